/* What a file gives away: signed records only, of every chain, and what keepers said of them. */
#include "store/log/ends.h"
#include "store/log/share.h"

#include "lib/meet.h"

#include <stdio.h>

#include "base/alloc.h"
#include "store/read/settings.h"
#include "store/write/sign.h"

static struct heads heads_of(struct store *store) {
	struct err err = {0};
	struct heads heads;
	assert_ok(store_heads(store, &heads, &err));
	return heads;
}

static void set_title(struct store *store, const char *title) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) && setting_put(store, "title", title, &err) && store_commit(store, &err));
}

static void what_is_not_signed_is_not_given(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	struct heads before = heads_of(store);
	assert_int_equal(before.count, 1);
	set_title(store, "Another");
	struct heads after = heads_of(store);
	assert_true(heads_equal(&before, &after));
	heads_fini(&after);
	assert_ok(store_sign(store, &err));
	after = heads_of(store);
	assert_int_equal(after.items[0].seq, before.items[0].seq + 1);
	struct heads one;
	assert_ok(store_heads_of(store, &after.items[0].log, &one, &err));
	assert_true(heads_equal(&one, &after));
	heads_fini(&one);
	assert_ok(store_heads_of(store, &(struct hash){{1}}, &one, &err)); /* no such log */
	assert_int_equal(one.count, 0);
	heads_fini(&one);
	heads_fini(&before);
	heads_fini(&after);
	store_close(store);
}

struct shown {
	uint64_t first, last, signed_at;
	int records, runs, stop_after;
};

static bool show_record(void *context, uint64_t seq, const struct run_record *record) {
	struct shown *shown = context;
	assert_true(record->kind[0] != '\0');
	assert_true(shown->records == 0 || seq == shown->last + 1);
	shown->first = shown->records == 0 ? seq : shown->first;
	shown->last = seq;
	return ++shown->records != shown->stop_after;
}

static bool show_sign(void *context, uint64_t seq, const struct signature *signature) {
	struct shown *shown = context;
	(void)signature;
	assert_int_equal(seq, shown->last);
	shown->signed_at = seq;
	shown->runs++;
	return true;
}

static struct shown read_from(struct store *store, const struct head *head, uint64_t from, int stop_after) {
	struct err err = {0};
	struct shown shown = {.stop_after = stop_after};
	struct run_visitor visitor = {show_record, show_sign, &shown};
	assert_ok(store_read(store, head, from, &visitor, &err));
	return shown;
}

static void runs_end_at_signed_records(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	for (int i = 0; i < 100; i++) {
		char title[20];
		snprintf(title, sizeof title, "Title %d", i);
		set_title(store, title);
	}
	struct heads heads = heads_of(store);
	const struct head *head = &heads.items[0];
	assert_int_equal(head->seq, 64); /* of 103; nobody asked to sign the rest */
	struct shown shown = read_from(store, head, 1, 0);
	assert_int_equal(shown.first, 1);
	assert_int_equal(shown.signed_at, 64);
	assert_int_equal(shown.runs, 2); /* its beginning was signed apart */
	shown = read_from(store, head, 60, 0);
	assert_int_equal(shown.first, 60);
	assert_int_equal(shown.last, 64);
	shown = read_from(store, head, 65, 0); /* there is nothing to give */
	assert_int_equal(shown.records, 0);
	shown = read_from(store, head, 1, 2); /* whoever is shown them may have enough */
	assert_int_equal(shown.records, 2);
	struct hash hash;
	bool found = false;
	assert_ok(store_hash_at(store, head->chain, 64, &hash, &found, &err));
	assert_true(found && crypto_hash_eq(&hash, &head->hash));
	assert_ok(store_hash_at(store, head->chain, 0, &hash, &found, &err));
	assert_false(found);
	assert_ok(store_hash_at(store, head->chain, UINT64_MAX, &hash, &found, &err));
	assert_false(found);
	assert_false(store_hash_at(store, 999, 1, &hash, &found, &err)); /* no such chain */
	heads_fini(&heads);
	store_close(store);
}

static void a_hole_is_told(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout");
	event_sample_sql(path, "DELETE FROM record WHERE id = (SELECT min(id) + 1 FROM record)");
	struct store *store = event_sample_open(path);
	struct heads heads = heads_of(store);
	bool told = false;
	for (size_t i = 0; i < heads.count; i++) {
		struct shown shown = {0};
		struct run_visitor visitor = {show_record, show_sign, &shown};
		if (!store_read(store, &heads.items[i], 1, &visitor, &err)) {
			assert_int_equal(err.kind, ERR_CORRUPT);
			told = true;
		}
	}
	assert_true(told);
	heads_fini(&heads);
	store_close(store);
	free(path);
}

static bool is_news(struct store *store, const struct ack *ack) {
	struct err err = {0};
	bool news = false;
	assert_ok(store_ack_is_news(store, ack, &news, &err));
	return news;
}

static void a_keepers_word_only_grows(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	struct heads heads = heads_of(store);
	struct backlog backlog;
	struct ack ack = {.chain = heads.items[0].chain, .keeper = {{5}}, .seq = 2, .at = {1000000}};
	assert_ok(store_backlog(store, &backlog, &err));
	assert_int_equal(backlog.records, heads.items[0].seq);
	assert_false(backlog.ever);
	assert_true(is_news(store, &ack));
	assert_ok(store_begin(store, &err) && store_ack(store, &ack, &err));
	assert_false(is_news(store, &ack));
	ack.at.v += 59999;
	assert_false(is_news(store, &ack));
	ack.at.v++;
	assert_true(is_news(store, &ack)); /* a minute later the same word is fresher */
	ack.seq = 1;
	assert_ok(store_ack(store, &ack, &err)); /* less than what is known */
	assert_ok(store_backlog(store, &backlog, &err));
	assert_int_equal(backlog.records, heads.items[0].seq - 2);
	assert_true(backlog.ever);
	assert_int_equal(backlog.at.v, ack.at.v);
	ack.seq = heads.items[0].seq;
	assert_true(is_news(store, &ack));
	assert_ok(store_ack(store, &ack, &err) && store_commit(store, &err) && store_backlog(store, &backlog, &err));
	assert_int_equal(backlog.records, 0);
	heads_fini(&heads);
	store_close(store);
}

static void this_stations_check_ins_that_nobody_holds(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct backlog backlog;
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open_as(s, path, 1);
	assert_ok(store_backlog(store, &backlog, &err));
	int64_t before = backlog.checkins;
	assert_true(before > 0);
	meet_check_in(store, "CODE-B");
	assert_ok(store_backlog(store, &backlog, &err));
	assert_int_equal(backlog.checkins, before + 1);
	store_close(store);
	event_sample_device(s, 9); /* another box: those are not its own */
	store = event_sample_open(path);
	assert_ok(store_backlog(store, &backlog, &err));
	assert_int_equal(backlog.checkins, 0);
	store_close(store);
	free(path);
}

static void another_connections_writing_shows(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	struct store *reader = store_open(store_path(store), STORE_READ, "reader", &err);
	assert_ok(reader != NULL);
	int64_t before = store_data_version(reader);
	assert_int_equal(store_data_version(reader), before);
	set_title(store, "Another");
	assert_true(store_data_version(reader) != before);
	store_close(reader);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(what_is_not_signed_is_not_given),
		TEST(runs_end_at_signed_records),
		TEST(a_hole_is_told),
		TEST(a_keepers_word_only_grows),
		TEST(this_stations_check_ins_that_nobody_holds),
		TEST(another_connections_writing_shows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
