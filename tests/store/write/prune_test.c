/* A log of many branches: whatever order they come in, every file ends with the same few. */
#include "store/write/prune.h"

#include "lib/craft.h"
#include "lib/meet.h"
#include "lib/ways.h"

#include "base/str.h"
#include "store/log/branches.h"
#include "store/log/ends.h"
#include "store/read/audit.h"
#include "store/write/brought.h"
#include "sync/replica_store.h"

#define FILES 4

static void give_way(struct store *store, const struct craft_member *member, const struct way *way) {
	struct strbuf text = {0};
	struct err err = {0};
	way_write(way, member, store, 1, &text);
	assert_ok(ways_take(&replica_store_ops, store, &text, &err));
	strbuf_fini(&text);
}

static void give_all(struct store *store, const struct craft_member *member, const struct way ways[WAYS], unsigned seed) {
	int order[WAYS];
	ways_mix(order, seed);
	for (int i = 0; i < WAYS; i++) {
		give_way(store, member, &ways[order[i]]);
	}
}

static void in_any_order_the_same_few(void **state) {
	struct scratch *s = *state;
	struct exchange_report report;
	for (unsigned seed = 1; seed <= 6; seed++) {
		struct way ways[WAYS];
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
		ways_grow(ways, seed);
		struct hash digests[FILES];
		for (int f = 0; f < FILES; f++) {
			struct err err = {0};
			give_all(stores[f], &member, ways, seed * 100 + (unsigned)f);
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
	struct way ways[WAYS];
	char *a = event_sample_make(s, "a.turnout");
	struct store *sa = event_sample_open_as(s, a, 7);
	struct store *sb = meet_adopt(s, sa, "b.turnout", 9);
	struct craft_member member = craft_member_of(sa);
	meet_stores(sb, sa, &report);
	ways_grow(ways, 77);
	for (int i = 0; i < WAYS; i++) {
		give_way(i % 2 ? sa : sb, &member, &ways[i]);
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
