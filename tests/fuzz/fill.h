/* Filling in what a fuzzer cannot guess (fuzz/world.h): tokens, and the hashes and signatures of runs. */
#ifndef TURNOUT_TESTS_FUZZ_FILL_H
#define TURNOUT_TESTS_FUZZ_FILL_H

#include "fuzz/world.h"

struct fuzz_chains {
	struct fuzz_chain *items; /* begun or gone on with in a text; the world's are known besides */
	size_t count, cap;
};
void fuzz_chains_fini(struct fuzz_chains *chains);

void fuzz_expand_in(const struct fuzz_world *w, struct octets text, enum fuzz_key signer, struct strbuf *out);
/* Appends `text` with what is zero in its runs filled in. */
void fuzz_fill(const struct fuzz_world *w, struct fuzz_chains *chains, const struct strbuf *text, struct strbuf *out);

#endif
