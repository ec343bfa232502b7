/* Which anchors a log lacks. What the books make of them is tested in clock_test.c. */
#include "store/write/anchors.h"

#include "lib/event_sample.h"

#include <stdio.h>
#include <sys/timex.h>

#include "base/alloc.h"
#include "base/str.h"
#include "station/desk.h"
#include "store/file/state.h"
#include "store/read/checkins.h"

/* This machine's clock is not synchronised: no log gets an anchor by itself. */
int adjtimex(struct timex *state) {
	state->status = STA_UNSYNC;
	return TIME_ERROR;
}

/* Setting the clock while a log is open anchors all of it, what was written before too. */
static void a_clock_that_is_set_corrects_the_whole_log(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct checkins list;
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open_as(s, path, 5);
	struct desk *desk = desk_open(store, "arrival", &err);
	struct desk_answer answer;
	assert_ok(desk != NULL);
	assert_ok(desk_take(desk, &(struct desk_scan){.text = "CODE-B", .len = 6, .how = "camera"}, &answer, &err));
	struct record_ref ref = answer.ref;
	desk_answer_fini(&answer);
	assert_ok(store_set_clock(store, (struct utc_ms){1778745600000}, true, &err));
	assert_ok(checkins_load(store, &list, &err));
	bool seen = false;
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].record == ref.id) {
			seen = true;
			assert_false(list.items[i].approximate);
			assert_in_range(list.items[i].utc.v, 1778745600000 - 60000, 1778745600000 + 60000);
		}
	}
	assert_true(seen);
	checkins_fini(&list);
	desk_close(desk);
	store_close(store);
	free(path);
}

static void once_for_each_clock(void **state) {
	(void)state;
	struct store store = {.clock = {.set = true, .forced = true, .ahead_ms = 1000}};
	struct chain chain = {.open = true};
	char body[ANCHOR_BODY];
	assert_true(anchors_missing(&store, &chain, body));
	assert_string_equal(body, "{\"rank\":\"staff\"}");
	anchors_written(&store, &chain);
	assert_false(anchors_missing(&store, &chain, body));
	store.clock.ahead_ms++; /* set anew: however little it moved, somebody said so */
	assert_true(anchors_missing(&store, &chain, body));
	anchors_written(&store, &chain);
	store.clock.by_hub = true;
	store.clock.ahead_ms = 5000;
	assert_true(anchors_missing(&store, &chain, body));
	assert_string_equal(body, "{\"rank\":\"hub\",\"ahead_ms\":5000}");
	anchors_written(&store, &chain);
	assert_false(anchors_missing(&store, &chain, body));
}

/* A hub's word comes over a network. */
static void two_seconds_of_a_hub_are_no_other_time(void **state) {
	(void)state;
	struct chain chain = {.anchored_hub = true, .hub_ahead_ms = 10000};
	assert_true(anchors_have_hub(&chain, 10000));
	assert_true(anchors_have_hub(&chain, 12000));
	assert_true(anchors_have_hub(&chain, 8000));
	assert_false(anchors_have_hub(&chain, 12001));
	assert_false(anchors_have_hub(&chain, 7999));
	chain.anchored_hub = false;
	assert_false(anchors_have_hub(&chain, 10000));
}

static void a_continued_log_knows_its_anchors(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	struct draft draft = {
		.kind = "anchor", .author = AUTHOR_STATION, .subject = "", .body = "{\"rank\":\"hub\",\"ahead_ms\":1778745600000}"};
	assert_ok(store_begin(store, &err) && store_append(store, &draft, NULL, &err));
	draft.body = "{\"rank\":\"hub\",\"ahead_ms\":1778745700000}";
	assert_ok(store_append(store, &draft, NULL, &err) && store_commit(store, &err));
	struct chain chain = {.log_id = store->chains[AUTHOR_STATION].log_id}, other = {.log_id = store->chains[AUTHOR_ORGANISER].log_id};
	anchors_read(store, &chain);
	assert_true(chain.anchored_hub);
	assert_int_equal(chain.hub_ahead_ms, 1778745700000); /* the last one */
	assert_int_equal(chain.anchored_ntp, store->chains[AUTHOR_STATION].anchored_ntp);
	anchors_read(store, &other); /* of another log */
	assert_false(other.anchored_hub);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_clock_that_is_set_corrects_the_whole_log),
		TEST(once_for_each_clock),
		TEST(two_seconds_of_a_hub_are_no_other_time),
		TEST(a_continued_log_knows_its_anchors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
