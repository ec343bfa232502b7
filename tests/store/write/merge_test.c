/* Taking runs in: again is nothing, different is a branch, wrong is refused and changes nothing. */
#include "store/write/merge.h"

#include "lib/craft.h"
#include "lib/meet.h"

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/log/ends.h"
#include "store/log/keys.h"
#include "store/log/share.h"
#include "store/write/append.h"
#include "store/write/sign.h"

/* Gives the store the first run of a text; what came of it. */
static struct merge_result give(struct store *store, struct strbuf *text, enum err_kind refused) {
	struct err err = {0};
	struct message message;
	struct merge_result result;
	craft_read(text, &message);
	assert_true(message.run_count > 0);
	assert_ok(store_begin(store, &err));
	bool ok = store_merge(store, &message.runs[0].run, &result, &err);
	assert_int_equal(ok ? ERR_NONE : err.kind, refused);
	if (ok) {
		assert_ok(store_commit(store, &err));
	} else {
		store_rollback(store);
	}
	message_fini(&message);
	return result;
}

static int64_t records(struct store *store) { return event_sample_number(store_path(store), "SELECT count(*) FROM record"); }

static void copy_text(const struct strbuf *from, struct strbuf *to) { strbuf_add(to, from->data, from->len); }

static void again_is_nothing(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	struct craft_member member = craft_member_of(store);
	struct craft log;
	struct strbuf text = {0}, again = {0};
	craft_join(&log, &member, store, 1, &text);
	copy_text(&text, &again);
	struct merge_result result = give(store, &text, ERR_NONE);
	assert_int_equal(result.outcome, MERGE_ADDED);
	assert_int_equal(result.added, 1);
	assert_false(result.branched);
	assert_true(crypto_hash_eq(&result.head, &log.head));
	int64_t before = records(store);
	result = give(store, &again, ERR_NONE);
	assert_int_equal(result.outcome, MERGE_KNOWN);
	assert_int_equal(records(store), before);
	strbuf_fini(&text);
	strbuf_fini(&again);
	store_close(store);
}

static void what_comes_before_is_missing(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	struct craft_member member = craft_member_of(store);
	struct craft log;
	struct strbuf first = {0}, second = {0};
	craft_join(&log, &member, store, 1, &first);
	craft_notes(&log, "later", 3, &second);
	int64_t before = records(store);
	struct merge_result result = give(store, &second, ERR_NONE);
	assert_int_equal(result.outcome, MERGE_GAP);
	assert_int_equal(records(store), before);
	strbuf_fini(&first);
	strbuf_fini(&second);
	store_close(store);
}

static void different_is_a_branch(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	struct craft_member member = craft_member_of(store);
	struct craft log;
	struct heads heads;
	struct err err = {0};
	struct strbuf text = {0};
	craft_join(&log, &member, store, 1, &text);
	assert_int_equal(give(store, &text, ERR_NONE).outcome, MERGE_ADDED);
	struct craft other = log;
	craft_notes(&log, "one", 2, &text);
	assert_false(give(store, &text, ERR_NONE).branched);
	craft_notes(&other, "other", 2, &text);
	struct merge_result result = give(store, &text, ERR_NONE);
	assert_int_equal(result.outcome, MERGE_ADDED);
	assert_true(result.branched);
	craft_notes(&other, "goes on", 1, &text); /* and the branch goes on as a branch */
	result = give(store, &text, ERR_NONE);
	assert_int_equal(result.outcome, MERGE_ADDED);
	assert_false(result.branched);
	assert_ok(store_heads_of(store, &log.log, &heads, &err));
	assert_int_equal(heads.count, 2);
	assert_int_equal(heads.items[0].seq, 3);
	assert_int_equal(heads.items[1].seq, 4);
	assert_int_equal(heads.items[0].after + heads.items[1].after, 1); /* one of them is the main one */
	heads_fini(&heads);
	meet_assert_sound(store);
	strbuf_fini(&text);
	store_close(store);
}

static void what_is_wrong_changes_nothing(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	struct craft_member member = craft_member_of(store);
	struct craft log;
	struct strbuf text = {0};
	craft_join(&log, &member, store, 1, &text);
	assert_int_equal(give(store, &text, ERR_NONE).outcome, MERGE_ADDED);
	int64_t before = records(store);
	struct craft thief = log;
	thief.key = key_of_number(9); /* goes on with another's log */
	craft_notes(&thief, "stolen", 1, &text);
	give(store, &text, ERR_INPUT);
	craft_piece(&log, '>', &text);
	craft_add(&log, &(struct craft_record){.kind = "note", .subject = "", .body = "{}"}, &text);
	log.head.b[0] ^= 1; /* the signature is of another hash */
	craft_sign(&log, &text);
	give(store, &text, ERR_INPUT);
	assert_int_equal(records(store), before);
	strbuf_fini(&text);
	store_close(store);
}

/* Invariant 6: else anybody could make records say nothing. */
static void a_missing_body_needs_the_organisers_word(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	struct craft_member member = craft_member_of(store);
	struct craft log;
	struct strbuf text = {0};
	craft_join(&log, &member, store, 1, &text);
	assert_int_equal(give(store, &text, ERR_NONE).outcome, MERGE_ADDED);
	int64_t before = records(store);
	craft_piece(&log, '>', &text);
	craft_add(&log, &(struct craft_record){.kind = "note", .subject = "0a", .gone = crypto_sha256("{}", 2)}, &text);
	craft_sign(&log, &text);
	assert_int_equal(give(store, &text, ERR_NONE).outcome, MERGE_ERASURE);
	assert_int_equal(records(store), before);
	strbuf_fini(&text);
	store_close(store);
}

/* A log that this process is writing must not grow under its hands: what comes in for it is another branch. */
static void what_comes_for_a_log_that_is_open(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	struct draft note = {.kind = "note", .author = AUTHOR_STATION, .subject = "", .body = "{}"};
	struct strbuf text = {0};
	assert_ok(store_begin(store, &err) && store_append(store, &note, NULL, &err) && store_commit(store, &err) &&
		  store_sign(store, &err));
	const struct chain *chain = &store->chains[AUTHOR_STATION];
	struct craft twin = {.key = *store_station_pair(store), .log = chain->log, .seq = chain->seq, .head = chain->head};
	craft_notes(&twin, "the same key elsewhere", 2, &text);
	struct merge_result result = give(store, &text, ERR_NONE);
	assert_int_equal(result.outcome, MERGE_ADDED);
	assert_true(result.branched);
	assert_ok(store_begin(store, &err) && store_append(store, &note, NULL, &err) && store_commit(store, &err)); /* and ours goes on */
	meet_assert_sound(store);
	strbuf_fini(&text);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(again_is_nothing),
		TEST(what_comes_before_is_missing),
		TEST(different_is_a_branch),
		TEST(what_is_wrong_changes_nothing),
		TEST(a_missing_body_needs_the_organisers_word),
		TEST(what_comes_for_a_log_that_is_open),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
