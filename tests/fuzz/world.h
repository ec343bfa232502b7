/* What fuzz targets share: an event that is always the same to the byte, whose keys the target holds, and texts with tokens that stand for them.
 * So a fuzzer gets behind the seal and the signatures, and its corpus stays good. */
#ifndef TURNOUT_TESTS_FUZZ_WORLD_H
#define TURNOUT_TESTS_FUZZ_WORLD_H

#include "store/create.h"
#include "store/store.h"
#include "sync/replica.h"

/* Ends the program, so that the fuzzer keeps the input. */
#define fuzz_assert(holds)                                     \
	do {                                                   \
		if (!(holds)) {                                \
			fuzz_fail(__FILE__, __LINE__, #holds); \
		}                                              \
	} while (0)
_Noreturn void fuzz_fail(const char *file, int line, const char *what);

enum fuzz_key {
	FUZZ_ORGANISER, /* %o; log %O, its last hash %G */
	FUZZ_STATION,   /* %s; log %L, its last hash %H */
	FUZZ_HUB,       /* %h: a hub, and the asking or answering side's own key */
	FUZZ_EDITOR,    /* %d */
	FUZZ_RETIRED,   /* %r; log %R */
	FUZZ_MEMBER,    /* %m: nothing is known of it, but it has a certificate */
	FUZZ_OUTSIDER,  /* %x: nor that */
	FUZZ_INVITATION,
	FUZZ_KEYS
};

struct fuzz_chain { /* of a known key, as far as it is known */
	enum fuzz_key key;
	struct hash log;
	struct hash *hashes; /* of its records */
	size_t count, cap;
};

struct fuzz_world {
	struct key_pair keys[FUZZ_KEYS];
	struct store_origin origin;
	struct certificate certificates[FUZZ_KEYS];
	struct fuzz_chain chains[FUZZ_KEYS]; /* that the event holds; those of the others are empty */
	char *folder, *template;             /* in memory where there is such a file system */
};

/* Made at the first call. Ends the program when it cannot be. */
const struct fuzz_world *fuzz_world(void);

/* An open file of the event, as it was made. */
struct fuzz_file {
	char *path;
	struct store *store;
	struct replica replica; /* its signer: FUZZ_HUB */
};
void fuzz_file_open(struct fuzz_file *f, const char *name);
/* As it was made, after something was taken. */
void fuzz_file_reset(struct fuzz_file *f);
struct fuzz_file *fuzz_file_fresh(void); /* one that is kept open between inputs; whoever changed it resets it */

/* Appends the text with its tokens replaced: %o %s %h %d %r %m %x %i public keys, %e the event, %O %L %R logs, %G %H hashes of the first two's last
 * records, %c the certificate's signature for `signer`, %0 64 zeros, %S 128 zeros, %b 1000 letters, %% a percent sign.
 *
 * Then what is zero in runs of known keys is filled in: a log that begins gets its id, one that goes on is the key's last, the hash before and
 * the signature are right. */
void fuzz_text(const char *data, size_t n, enum fuzz_key signer, struct strbuf *out);
/* Replaces tokens only. */
void fuzz_expand(const char *data, size_t n, enum fuzz_key signer, struct strbuf *out);

/* Does a text bring the proof of an erasure? It may change a file without adding a record. */
bool fuzz_proves(const struct strbuf *text);

/* The next part of an input, up to a byte 0x1E; false at its end. */
bool fuzz_part(const uint8_t **data, size_t *n, struct octets *part);

/* Views are a function of the records: computed anew they are the same, and the file is sound. */
void fuzz_check_views(struct store *store);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#endif
