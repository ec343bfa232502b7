/* Calls for help: one of a box at a place, closed by anybody's, in whatever order the records come. */
#include "store/read/helps.h"

#include "lib/event_sample.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"

static bool call(const struct scratch *s, const char *path, int device, const char *point) {
	struct err err = {0};
	bool called = false;
	event_sample_write(s, path, device, help_call(store, point, &called, &err));
	return called;
}

static struct helps load(const char *path) {
	struct err err = {0};
	struct helps helps;
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	assert_ok(helps_load(store, &helps, &err));
	store_close(store);
	return helps;
}

static void close_call(const struct scratch *s, const char *path, int device, const struct help_call *c) {
	struct err err = {0};
	event_sample_write(s, path, device, help_close(store, &(struct help_close){&c->log, c->seq, "olena"}, &err));
}

static void a_call_is_open_until_it_is_closed(void **state) {
	struct scratch *s = *state;
	char *path = event_sample_bare(s, "e.turnout");
	assert_int_equal(load(path).open, 0);
	assert_true(call(s, path, 1, "arrival"));
	assert_false(call(s, path, 1, "arrival")); /* a second touch is the same call */
	assert_true(call(s, path, 2, "0000000000000000000a"));
	struct helps helps = load(path);
	assert_int_equal(helps.open, 2);
	struct public_key first = event_sample_key(s, path, 1);
	assert_true(crypto_key_eq(&helps.items[0].station, &first)); /* the oldest first */
	assert_string_equal(helps.items[0].point, "arrival");
	assert_string_equal(helps.items[0].name, "");
	assert_string_equal(helps.items[1].point, "0000000000000000000a");
	assert_true(helps.items[0].utc.v <= helps.items[1].utc.v && clock_is_set(helps.items[0].utc));
	close_call(s, path, 2, &helps.items[0]); /* from another box */
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record WHERE kind = 'helped' AND body ->> '$.by' = 'olena'"), 1);
	helps = load(path);
	assert_int_equal(helps.open, 1);
	assert_string_equal(helps.items[0].point, "0000000000000000000a");
	assert_true(call(s, path, 1, "arrival")); /* somebody else, later */
	assert_int_equal(load(path).open, 2);
	event_sample_stays_so(path);
	free(path);
}

/* Invariant 3: the word that somebody went may come before the call itself. */
static void the_answer_may_come_first(void **state) {
	struct scratch *s = *state;
	char *one = event_sample_bare(s, "one.turnout"), *other = scratch_path(s, "other.turnout");
	struct err err = {0};
	struct strbuf copy = {0};
	char before[65], after[65];
	assert_ok(file_read(one, (size_t)64 << 20, &copy, &err));
	assert_ok(file_write(other, copy.data, copy.len, &err));
	strbuf_fini(&copy);
	assert_true(call(s, one, 1, "arrival"));
	struct helps helps = load(one);
	close_call(s, other, 2, &helps.items[0]);
	assert_int_equal(load(other).open, 0); /* of a call that it has not heard of */
	event_sample_merge(one, other);
	event_sample_merge(other, one);
	assert_int_equal(load(one).open, 0);
	assert_int_equal(load(other).open, 0);
	event_sample_digest(one, before);
	event_sample_digest(other, after);
	assert_string_equal(before, after);
	free(one);
	free(other);
}

static void what_is_no_call(void **state) {
	struct scratch *s = *state;
	char *path = event_sample_bare(s, "e.turnout"), *body = xasprintf("{\"point\":\"%065d\"}", 1);
	const struct draft wrong[] = {{.kind = "help", .body = "{}"},
				      {.kind = "help", .body = "{\"point\":\"\"}"},
				      {.kind = "help", .body = body},
				      {.kind = "helped", .body = "{\"log\":\"12\",\"seq\":1}"},
				      {.kind = "helped", .body = "{\"seq\":1}"}};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct draft draft = wrong[i];
		draft.author = AUTHOR_STATION;
		draft.subject = "";
		event_sample_append(s, path, 1, &draft);
	}
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_ignored WHERE reason = 'thing'"), (int64_t)COUNT_OF(wrong));
	assert_int_equal(load(path).open, 0);
	free(path);
	free(body);
}

/* More than are shown are counted. */
static void many_calls(void **state) {
	struct scratch *s = *state;
	char *path = event_sample_bare(s, "e.turnout");
	for (int i = 0; i < HELPS_SHOWN_MAX + 2; i++) {
		char point[32];
		snprintf(point, sizeof point, "place-%d", i);
		assert_true(call(s, path, 1, point));
	}
	struct helps helps = load(path);
	assert_int_equal(helps.open, HELPS_SHOWN_MAX + 2);
	assert_int_equal(helps.count, HELPS_SHOWN_MAX);
	assert_string_equal(helps.items[0].point, "place-0");
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_call_is_open_until_it_is_closed),
		TEST(the_answer_may_come_first),
		TEST(what_is_no_call),
		TEST(many_calls),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
