/* Runs of logs, into an event file: whatever they hold, the views are a function of the set of records (invariants 2 and 3), and the file is sound.
 * The first byte: whose certificate %c is. */
#include "fuzz/world.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "store/log/ends.h"
#include "store/log/share.h"
#include "store/read/audit.h"
#include "sync/replica_store.h"

/* The pieces in the other order; the runs of one keep theirs. */
static void turn_round(struct message *m) {
	struct message_run *turned = xcalloc(m->run_count, sizeof *turned);
	size_t out = 0;
	for (size_t end = m->run_count; end > 0;) {
		size_t begin = end - 1;
		while (m->runs[begin].follows) {
			begin--;
		}
		memcpy(turned + out, m->runs + begin, (end - begin) * sizeof *turned);
		out += end - begin;
		end = begin;
	}
	memcpy(m->runs, turned, m->run_count * sizeof *turned);
	free(turned);
}

static size_t take(struct store *store, const struct strbuf *text, bool backwards) {
	struct err err = {0};
	struct strbuf copy = {0};
	struct message m;
	size_t added = 0;
	strbuf_add(&copy, text->data, text->len);
	if (message_read(&copy, &m, &err) && m.run_count != 0) {
		if (backwards) {
			turn_round(&m);
		}
		struct intake intake = {.runs = m.runs, .count = m.run_count};
		intake.fates = xcalloc(intake.count, sizeof *intake.fates);
		if (!replica_store_ops.take(store, &intake, &err)) {
			fuzz_fail(__FILE__, __LINE__, err.text);
		}
		for (size_t i = 0; i < intake.count; i++) {
			added += intake.fates[i].result.added;
		}
		free(intake.fates);
	}
	message_fini(&m);
	return added;
}

static struct hash digest_of(struct store *store, struct heads *heads) {
	struct err err = {0};
	struct hash digest;
	fuzz_assert(audit_digest(store, &digest, &err) && store_heads(store, heads, &err));
	return digest;
}

/* The same runs, last first, until nothing is new: a run waits for what comes before it, an erased body for its proof. */
static void take_backwards(const struct strbuf *text, const struct store *store, struct fuzz_file *other) {
	struct heads ours, theirs;
	fuzz_file_reset(other);
	while (take(other->store, text, true) != 0) {
	}
	struct hash digest = digest_of((struct store *)(uintptr_t)store, &ours);
	struct hash backwards = digest_of(other->store, &theirs);
	fuzz_assert(heads_equal(&ours, &theirs));
	fuzz_assert(crypto_hash_eq(&digest, &backwards));
	heads_fini(&ours);
	heads_fini(&theirs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	static struct fuzz_file other;
	struct fuzz_file *f = fuzz_file_fresh();
	struct strbuf text = {0};
	if (n < 2) {
		return 0;
	}
	if (other.store == NULL) {
		fuzz_file_open(&other, "other");
	}
	message_begin(&text, MESSAGE_STICK);
	fuzz_text((const char *)data + 1, n - 1, (enum fuzz_key)(data[0] % FUZZ_KEYS), &text);
	size_t added = take(f->store, &text, false);
	if (added != 0) {
		while (take(f->store, &text, false) != 0) { /* what stood before its proof */
		}
		fuzz_assert(take(f->store, &text, false) == 0);
		fuzz_check_views(f->store);
		take_backwards(&text, f->store, &other);
	}
	if (added != 0 || fuzz_proves(&text)) {
		fuzz_file_reset(f);
	}
	strbuf_fini(&text);
	return 0;
}
