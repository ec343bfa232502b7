/* How long somebody was there. */
#include "event/stay.h"

#include "lib/testing.h"

#include "base/alloc.h"

#define BASE INT64_C(1778745600000) /* 2026-05-14, 11:00 in Kyiv */
#define AT(minute) ((struct utc_ms){BASE + (minute)*INT64_C(60000)})
#define IN(minute) \
	{ AT(minute), true, false }
#define OUT(minute) \
	{ AT(minute), false, false }

/* From minute 0 to minute 60; who forgets to leave is counted until then. */
static const struct stay_span SPAN = {{BASE}, {BASE + 60 * 60000}, {BASE + 60 * 60000}, {BASE + 120 * 60000}};

static const struct {
	const char *what;
	struct stay_move moves[6];
	size_t count;
	int now; /* minute */
	int minutes, times;
	enum stay_end end;
} CASES[] = {
	{"came and went", {IN(10), OUT(40)}, 2, 500, 30, 1, STAY_LEFT},
	{"in whatever order the records came", {OUT(40), IN(10)}, 2, 500, 30, 1, STAY_LEFT},
	{"early and late count for nothing more", {IN(-20), OUT(70)}, 2, 500, 60, 1, STAY_LEFT},
	{"came back", {IN(0), OUT(10), IN(30), OUT(50)}, 4, 500, 30, 2, STAY_LEFT},
	{"came twice without leaving", {IN(0), IN(20), OUT(50)}, 3, 500, 50, 1, STAY_LEFT},
	{"nobody ended it", {IN(10)}, 1, 500, 50, 1, STAY_BY_RULE},
	{"nobody ended the second one", {IN(0), OUT(10), IN(30)}, 3, 500, 40, 2, STAY_BY_RULE},
	{"is there now", {IN(10)}, 1, 25, 15, 1, STAY_GOES_ON},
	{"is there before it begins", {IN(-10)}, 1, -5, 0, 1, STAY_GOES_ON},
	{"came when it was over", {IN(80)}, 1, 500, 0, 1, STAY_BY_RULE},
	{"an exit of the next day ends nothing", {IN(10), OUT(300)}, 2, 500, 50, 1, STAY_BY_RULE},
	{"went without having come", {OUT(5)}, 1, 500, 0, 0, STAY_LEFT},
	{"in and out in one moment", {OUT(5), IN(5)}, 2, 500, 0, 1, STAY_LEFT},
};

static void each_case(void **state) {
	(void)state;
	for (size_t i = 0; i < COUNT_OF(CASES); i++) {
		struct stay_move moves[6];
		struct stay stay;
		memcpy(moves, CASES[i].moves, sizeof moves);
		bool came = stay_count(moves, CASES[i].count, &SPAN, AT(CASES[i].now), &stay);
		if (came != (CASES[i].times > 0) || stay_minutes(&stay) != CASES[i].minutes || stay.times != CASES[i].times ||
		    stay.end != CASES[i].end) {
			fail_msg("%s: %d minutes, %d times, %s", CASES[i].what, (int)stay_minutes(&stay), stay.times,
				 stay_end_word(stay.end));
		}
	}
}

/* In 1970 nobody knows that it goes on. */
static void without_a_clock_it_is_over(void **state) {
	struct stay_move moves[] = {IN(10)};
	struct stay stay;
	(void)state;
	assert_true(stay_count(moves, 1, &SPAN, (struct utc_ms){1000}, &stay));
	assert_int_equal(stay.end, STAY_BY_RULE);
	assert_int_equal(stay_minutes(&stay), 50);
	assert_true(stay.first.v == AT(10).v && stay.last.v == AT(60).v);
}

static void a_time_in_doubt_is_marked(void **state) {
	struct stay_move moves[] = {IN(10), {AT(20), false, true}};
	struct stay stay;
	(void)state;
	assert_true(stay_count(moves, 2, &SPAN, AT(500), &stay));
	assert_true(stay.approximate);
	moves[1].approximate = false;
	assert_true(stay_count(moves, 2, &SPAN, AT(500), &stay));
	assert_false(stay.approximate);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_case), cmocka_unit_test(without_a_clock_it_is_over),
					   cmocka_unit_test(a_time_in_doubt_is_marked)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
