/* A log of many branches: whatever order they come in, every file ends with the same few. */
#include "store/write/prune.h"

#include "lib/craft.h"
#include "lib/meet.h"

#include "base/alloc.h"
#include "base/str.h"
#include "store/log/branches.h"
#include "store/log/ends.h"
#include "store/read/audit.h"
#include "store/write/brought.h"
#include "sync/replica_store.h"

#define PATHS 60
#define DEEP 12
#define FILES 4

/* A way through the log's tree: which word each of its records says. Two ways that begin alike share those records. */
struct path {
	int words[DEEP];
	int count;
};

static unsigned roll(unsigned *seed, unsigned below) {
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % below;
}

/* Each leaves an earlier one somewhere; the first half at the same few places, so that the same fork has many. */
static void grow(struct path paths[PATHS], unsigned seed) {
	int word = 0;
	paths[0] = (struct path){.count = 6};
	for (int i = 0; i < 6; i++) {
		paths[0].words[i] = word++;
	}
	for (int p = 1; p < PATHS; p++) {
		const struct path *from = &paths[roll(&seed, (unsigned)p)];
		int keep = p < PATHS / 2 ? 2 + (int)roll(&seed, 2) : (int)roll(&seed, (unsigned)from->count + 1);
		paths[p] = *from;
		paths[p].count = keep < from->count ? keep : from->count;
		int more = 1 + (int)roll(&seed, 3);
		for (int i = 0; i < more && paths[p].count < DEEP; i++) {
			paths[p].words[paths[p].count++] = word++;
		}
	}
}

static void give_path(struct store *store, const struct craft_member *member, const struct path *path) {
	struct strbuf text = {0};
	struct message message;
	struct err err = {0};
	struct craft c;
	craft_join(&c, member, store, 1, &text);
	for (int i = 0; i < path->count; i++) {
		char word[20];
		snprintf(word, sizeof word, "word %d", path->words[i]);
		craft_notes(&c, word, 1, &text);
	}
	craft_read(&text, &message);
	struct intake intake = {.runs = message.runs, .count = message.run_count};
	intake.fates = xcalloc(intake.count + 1, sizeof *intake.fates);
	assert_ok(replica_store_ops.take(store, &intake, &err));
	for (size_t i = 0; i < message.run_count; i++) {
		assert_false(intake.fates[i].wrong);
		assert_true(intake.fates[i].result.outcome != MERGE_PACED);
	}
	free(intake.fates);
	message_fini(&message);
	strbuf_fini(&text);
}

static void give_all(struct store *store, const struct craft_member *member, const struct path paths[PATHS], unsigned seed) {
	int order[PATHS];
	for (int i = 0; i < PATHS; i++) {
		int at = (int)roll(&seed, (unsigned)i + 1);
		order[i] = order[at];
		order[at] = i;
	}
	for (int i = 0; i < PATHS; i++) {
		give_path(store, member, &paths[order[i]]);
	}
}

static void in_any_order_the_same_few(void **state) {
	struct scratch *s = *state;
	struct exchange_report report;
	for (unsigned seed = 1; seed <= 6; seed++) {
		struct path paths[PATHS];
		struct store *stores[FILES];
		char name[40];
		snprintf(name, sizeof name, "a%u.turnout", seed);
		char *first = event_sample_make(s, name);
		stores[0] = event_sample_open_as(s, first, 50);
		for (int f = 1; f < FILES; f++) {
			snprintf(name, sizeof name, "f%u-%d.turnout", seed, f);
			stores[f] = meet_adopt(s, stores[0], name, 60 + f);
			meet_stores(stores[f], stores[0], &report);
		}
		struct craft_member member = craft_member_of(stores[0]);
		grow(paths, seed);
		struct hash digests[FILES];
		for (int f = 0; f < FILES; f++) {
			struct err err = {0};
			give_all(stores[f], &member, paths, seed * 100 + (unsigned)f);
			assert_ok(store_digest(stores[f], &digests[f], &err));
			assert_true(crypto_hash_eq(&digests[f], &digests[0]));
			meet_assert_sound(stores[f]);
		}
		char *path = scratch_path(s, name);
		/* the log itself and its branches */
		assert_int_equal(event_sample_number(path, "SELECT count(*) FROM log WHERE origin IS NOT NULL"), BRANCHES_KEPT);
		for (int f = 0; f < FILES; f++) {
			meet_stores(stores[f], stores[(f + 1) % FILES], &report);
			assert_true(report.sent == 0 || f == 0);
			meet_assert_same(stores[f], stores[(f + 1) % FILES]);
		}
		for (int f = 0; f < FILES; f++) {
			store_close(stores[f]);
		}
		free(path);
		free(first);
	}
}

/* Two files that each know other branches exchange: each gives up what the other's push out. */
static void files_that_know_other_branches_agree(void **state) {
	struct scratch *s = *state;
	struct exchange_report report;
	struct path paths[PATHS];
	char *a = event_sample_make(s, "a.turnout");
	struct store *sa = event_sample_open_as(s, a, 7);
	struct store *sb = meet_adopt(s, sa, "b.turnout", 9);
	struct craft_member member = craft_member_of(sa);
	meet_stores(sb, sa, &report);
	grow(paths, 77);
	for (int i = 0; i < PATHS; i++) {
		give_path(i % 2 ? sa : sb, &member, &paths[i]);
	}
	meet_stores(sa, sb, &report);
	meet_stores(sb, sa, &report);
	meet_assert_same(sa, sb);
	meet_assert_sound(sa);
	meet_assert_sound(sb);
	store_close(sa);
	store_close(sb);
	free(a);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(in_any_order_the_same_few, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(files_that_know_other_branches_agree, scratch_open, scratch_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
