/* Signatures in the event file: kept, found for their day, thinned out where they are long, and gone with their person or their box. */
#include "store/read/signatures.h"

#include "lib/meet.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/log/record.h"
#include "store/read/people.h"
#include "store/write/voiding.h"

#define DAY "2026-05-14"

static struct handwriting *drawn(size_t points) {
	struct handwriting *hand = xcalloc(1, sizeof *hand);
	hand->across = HANDWRITING_UNIT;
	hand->down = 3000;
	hand->strokes = 1;
	for (; hand->count < points; hand->count++) {
		hand->points[hand->count] = (struct written_point){(int)(hand->count * 977 % 10000), (int)(hand->count * 331 % 3000),
								   (int32_t)hand->count * 111};
	}
	return hand;
}

static void sign(struct store *store, const char *person, const char *day, const struct handwriting *hand) {
	struct err err = {0};
	const struct signature_draft draft = {.person = person, .point = "arrival", .day = day, .by = SIGNED_BY_SELF, .drawn = hand};
	assert_ok(store_begin(store, &err) && signature_append(store, &draft, &err) && store_commit(store, &err));
}

static bool has(struct store *store, const char *person, const char *day) {
	struct err err = {0};
	bool there = false;
	assert_ok(signature_has(store, person, day, &there, &err));
	return there;
}

static bool count_row(void *context, const struct signature_row *row, struct err *err) {
	(void)row;
	(void)err;
	++*(int *)context;
	return true;
}

static int count(struct store *store, const char *person) {
	struct err err = {0};
	int n = 0;
	assert_ok(signatures_each(store, person, count_row, &n, &err));
	return n;
}

static bool take_row(void *context, const struct signature_row *row, struct err *err) {
	(void)err;
	*(struct signature_row *)context = *row;
	return true;
}

static void it_is_kept_and_read(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	struct handwriting *hand = drawn(300);
	struct signature_row *row = xcalloc(1, sizeof *row);
	struct err err = {0};
	char id[PERSON_ID_LEN + 1], other[PERSON_ID_LEN + 1];
	meet_walk_in(store, "Олена", id);
	meet_walk_in(store, "Тарас", other);
	int before = count(store, NULL); /* of the walk-ins */
	sign(store, id, DAY, hand);
	assert_true(has(store, id, DAY));
	assert_false(has(store, id, "2026-05-15"));
	assert_false(has(store, other, DAY));
	assert_int_equal(count(store, NULL), before + 1);
	assert_ok(signatures_each(store, id, take_row, row, &err));
	assert_string_equal(row->person, id);
	assert_string_equal(row->point, "arrival");
	assert_string_equal(row->day, DAY);
	assert_int_equal(row->by, SIGNED_BY_SELF);
	assert_true(crypto_key_eq(&row->station, store_station(store)));
	assert_memory_equal(&row->drawn, hand, sizeof *hand);
	assert_ok(store_rebuild(store, &err));
	assert_true(has(store, id, DAY));
	/* Who turns out to be somebody has signed as well. */
	assert_ok(store_begin(store, &err) && person_join(store, id, other, &err) && store_commit(store, &err));
	assert_true(has(store, other, DAY));
	meet_assert_sound(store);
	free(row);
	free(hand);
	store_close(store);
}

/* The longest that can be drawn has room in a record, and is still a line from where it began to where it ended. */
static void a_long_one_is_thinned_out(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	struct handwriting *hand = drawn(HANDWRITING_POINTS_MAX);
	struct signature_row *row = xcalloc(1, sizeof *row);
	struct err err = {0};
	char id[PERSON_ID_LEN + 1];
	meet_walk_in(store, "Олена", id);
	sign(store, id, DAY, hand);
	assert_in_range(event_sample_number(store_path(store), "SELECT max(length(body)) FROM record"), 10000, RECORD_BODY_MAX);
	assert_ok(signatures_each(store, id, take_row, row, &err));
	assert_in_range(row->drawn.count, HANDWRITING_POINTS_MAX / 4, HANDWRITING_POINTS_MAX - 1);
	assert_memory_equal(&row->drawn.points[0], &hand->points[0], sizeof hand->points[0]);
	assert_memory_equal(&row->drawn.points[row->drawn.count - 1], &hand->points[hand->count - 1], sizeof hand->points[0]);
	meet_assert_sound(store);
	free(row);
	free(hand);
	store_close(store);
}

static void staff_sign_without_a_line(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	struct err err = {0};
	struct signature_row *row = xcalloc(1, sizeof *row);
	char id[PERSON_ID_LEN + 1];
	meet_walk_in(store, "Олена", id);
	const struct signature_draft draft = {.person = id, .point = "arrival", .day = DAY, .by = SIGNED_BY_STAFF};
	assert_ok(store_begin(store, &err) && signature_append(store, &draft, &err) && store_commit(store, &err));
	assert_true(has(store, id, DAY));
	assert_ok(signatures_each(store, id, take_row, row, &err));
	assert_int_equal(row->by, SIGNED_BY_STAFF);
	assert_int_equal(row->drawn.strokes, 0);
	free(row);
	store_close(store);
}

static void nobody_signs_who_is_not_there(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	struct err err = {0};
	const struct signature_draft draft = {.person = "0123456789abcdef0123", .point = "arrival", .day = DAY};
	assert_ok(store_begin(store, &err));
	assert_false(signature_append(store, &draft, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	store_rollback(store);
	store_close(store);
}

/* Whoever is erased leaves no line of their hand, neither here nor in what meets this file. */
static void it_goes_with_its_person(void **state) {
	struct scratch *s = *state;
	struct store *store = scratch_event(s, "e.turnout");
	struct handwriting *hand = drawn(40);
	struct exchange_report report;
	char id[PERSON_ID_LEN + 1];
	meet_walk_in(store, "Олена", id);
	sign(store, id, DAY, hand);
	struct store *other = meet_adopt(s, store, "other.turnout", 4);
	meet_stores(store, other, &report);
	assert_true(has(other, id, DAY));
	meet_erase(store, id);
	assert_false(has(store, id, DAY));
	assert_int_equal(count(store, id), 0);
	meet_stores(store, other, &report);
	assert_false(has(other, id, DAY));
	assert_int_equal(
		event_sample_number(store_path(other), "SELECT count(*) FROM record WHERE kind = 'signature' AND body IS NOT NULL"), 0);
	meet_assert_same(store, other);
	free(hand);
	store_close(other);
	store_close(store);
}

/* A box that is out of the books has signed for nobody. */
static void it_goes_with_its_box(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_bare(s, "e.turnout"), id[PERSON_ID_LEN + 1];
	struct handwriting *hand = drawn(40);
	struct store *box = event_sample_open_as(s, path, 1);
	struct public_key key = *store_station(box);
	meet_walk_in(box, "Олена", id);
	sign(box, id, DAY, hand);
	store_close(box);
	event_sample_write(s, path, 0, station_void(store, &key, NULL, 0, &err));
	struct store *laptop = event_sample_open_as(s, path, 0);
	assert_false(has(laptop, id, DAY));
	assert_int_equal(count(laptop, NULL), 0);
	free(hand);
	free(path);
	store_close(laptop);
}

/* What somebody wrote who is no Turnout is kept, listed, and read as nothing. */
static void odd_records(void **state) {
	struct scratch *s = *state;
	static const char *const bodies[] = {
		"{\"person\":\"0123456789abcdef0123\",\"day\":\"\",\"by\":\"self\"}",
		"{\"person\":\"\",\"day\":\"\",\"by\":\"self\",\"strokes\":[]}",
		"{\"person\":\"0123456789abcdef01234567\",\"day\":\"\",\"by\":\"self\",\"strokes\":[]}",
		"{\"person\":\"0123456789abcdef0123\",\"day\":\"\",\"by\":\"a ghost\",\"strokes\":[]}",
		"{\"person\":\"0123456789abcdef0123\",\"day\":\"\",\"by\":\"self\",\"strokes\":[[1]]}",
	};
	char *path = event_sample_bare(s, "e.turnout");
	for (size_t i = 0; i < COUNT_OF(bodies); i++) {
		event_sample_append(s, path, 1,
				    &(struct draft){.kind = "signature", .author = AUTHOR_STATION, .subject = "", .body = bodies[i]});
	}
	struct store *store = event_sample_open(path);
	assert_int_equal(count(store, NULL), 0);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_ignored"), 3);
	meet_assert_sound(store);
	store_close(store);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(it_is_kept_and_read),
		TEST(a_long_one_is_thinned_out),
		TEST(staff_sign_without_a_line),
		TEST(nobody_signs_who_is_not_there),
		TEST(it_goes_with_its_person),
		TEST(it_goes_with_its_box),
		TEST(odd_records),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
