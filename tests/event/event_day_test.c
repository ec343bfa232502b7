/* Which day of the event a moment belongs to. Times are UTC here: dates and days are theirs. */
#include "event/event_day.h"

#include "lib/testing.h"

#include "base/alloc.h"

#define HOUR INT64_C(3600000)
#define DAY (24 * HOUR)
#define AT(day, hour) ((struct utc_ms){(day)*DAY + (int64_t)((hour) * (double)HOUR)})

static struct event_calendar calendar;

static void begin(const int64_t *days, size_t count) {
	event_calendar_fini(&calendar);
	event_calendar_begin(&calendar, days, count);
}

static void session(int64_t day, double from, double to) {
	struct day_session s = {.start = AT(day, from), .end = AT(day, to), .day = day};
	s.end_day = (s.end.v - 1) / DAY;
	event_calendar_add(&calendar, &s);
}

static int64_t day_at(int64_t date, double hour) { return event_day_of(&calendar, AT(date, hour), date); }

static void a_day_goes_on_after_midnight(void **state) {
	(void)state;
	begin((const int64_t[]){100, 101}, 2);
	session(100, 9, 18);
	session(100, 21, 26); /* a party until two */
	session(101, 9, 18);
	assert_int_equal(day_at(100, 23), 100);
	assert_int_equal(day_at(101, 0.5), 100);
	assert_int_equal(day_at(101, 2), 101); /* over */
	assert_int_equal(day_at(101, 8), 101);
	begin((const int64_t[]){100, 101}, 2);
	session(100, 22, 30);
	session(101, 5, 7); /* the new day has begun */
	assert_int_equal(day_at(101, 4.9), 100);
	assert_int_equal(day_at(101, 5), 101);
}

static void after_the_last_day(void **state) {
	(void)state;
	begin((const int64_t[]){100}, 1);
	session(100, 20, 27);
	assert_int_equal(day_at(101, 1), 100);
	assert_int_equal(day_at(101, 3), 101);
	begin((const int64_t[]){100}, 1);
	session(100, 10, 58); /* over three dates, of which one is a day of the event */
	assert_int_equal(day_at(102, 9), 100);
}

static void exhibitions_are_visited_by_dates(void **state) {
	(void)state;
	begin((const int64_t[]){100, 101, 102}, 3);
	session(100, 10, 66);
	assert_int_equal(day_at(101, 11), 101);
	assert_int_equal(day_at(102, 9), 102);
}

static void doors_before_midnight(void **state) {
	(void)state;
	begin((const int64_t[]){101}, 1);
	session(101, 0.5, 5);
	assert_int_equal(day_at(100, 23.8), 101);
	assert_int_equal(day_at(100, 21), 100); /* too early */
	begin((const int64_t[]){100, 101}, 2);
	session(100, 9, 10);
	session(101, 0.5, 5);
	assert_int_equal(day_at(100, 23.8), 100); /* that date is a day itself */
}

static void without_days(void **state) {
	(void)state;
	begin(NULL, 0);
	session(100, 20, 26);
	assert_int_equal(day_at(101, 1), 100);
	assert_int_equal(day_at(101, 3), 101);
	assert_true(event_calendar_has(&calendar, 7));
	begin(NULL, 0);
	assert_int_equal(day_at(5, 1), 5);
	event_calendar_fini(&calendar);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_goes_on_after_midnight),
		cmocka_unit_test(after_the_last_day),
		cmocka_unit_test(exhibitions_are_visited_by_dates),
		cmocka_unit_test(doors_before_midnight),
		cmocka_unit_test(without_days),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
