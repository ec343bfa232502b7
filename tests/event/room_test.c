/* Which session of a room people enter. */
#include "event/room.h"

#include "lib/testing.h"

#include "base/alloc.h"

#define MIN INT64_C(60000)

/* 10:00 to 11:00, 11:00 to 12:00, 14:00 without an end, 15:00 to 16:00; minutes since midnight. */
static const struct room_session DAY[] = {
	{{600 * MIN}, {660 * MIN}}, {{660 * MIN}, {720 * MIN}}, {{840 * MIN}, {840 * MIN}}, {{900 * MIN}, {960 * MIN}}};

static void assert_choice(int64_t minute, int now, int then) {
	struct room_choice choice = room_choose(DAY, COUNT_OF(DAY), (struct utc_ms){minute * MIN}, ROOM_DOORS_MS);
	if (choice.now != now || choice.then != then) {
		fail_msg("at %d: %d and %d instead of %d and %d", (int)minute, choice.now, choice.then, now, then);
	}
}

static void through_the_day(void **state) {
	(void)state;
	assert_choice(0, 0, -1);
	assert_choice(599, 0, -1);
	assert_choice(600, 0, -1);
	assert_choice(644, 0, -1);
	assert_choice(645, 0, 1); /* a quarter of an hour before */
	assert_choice(659, 0, 1);
	assert_choice(660, 1, -1); /* what ends at eleven is over at eleven */
	assert_choice(719, 1, -1);
	assert_choice(720, 2, -1); /* nothing is on: the next one */
	assert_choice(840, 2, -1);
	assert_choice(890, 2, 3); /* nobody said when it ends: until the next one starts */
	assert_choice(900, 3, -1);
	assert_choice(2000, 3, -1); /* the last one was it */
}

static void odd_ones(void **state) {
	(void)state;
	struct room_choice none = room_choose(NULL, 0, (struct utc_ms){5}, ROOM_DOORS_MS);
	assert_true(none.now == -1 && none.then == -1);
	/* A short one inside a long one: while it lasts it is meant, then the long one again. */
	const struct room_session in[] = {{{0}, {100 * MIN}}, {{40 * MIN}, {50 * MIN}}};
	assert_int_equal(room_choose(in, 2, (struct utc_ms){45 * MIN}, 0).now, 1);
	assert_int_equal(room_choose(in, 2, (struct utc_ms){60 * MIN}, 0).now, 0);
	/* Without an end, and nothing behind it: it goes on. */
	const struct room_session open[] = {{{0}, {0}}};
	assert_int_equal(room_choose(open, 1, (struct utc_ms){INT64_C(9999999999)}, 0).now, 0);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(through_the_day), cmocka_unit_test(odd_ones)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
