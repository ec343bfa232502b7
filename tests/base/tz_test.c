#include "base/tz.h"

#include "lib/testing.h"

#include "base/alloc.h"

static struct utc_ms parse(const struct tz *tz, const char *text) {
	struct utc_ms utc;
	int offset;
	if (!tz_parse(tz, text, &utc, &offset)) {
		fail_msg("\"%s\" is no time", text);
	}
	return utc;
}

static void check(const struct tz *tz, const char *in, const char *out) {
	char text[TZ_TEXT_MAX];
	tz_format(tz, parse(tz, in), text);
	assert_string_equal(text, out);
}

static void local_times_across_the_year(void **state) {
	struct scratch *s = *state;
	check(s->kyiv, "2026-05-14T10:30", "2026-05-14T10:30:00+03:00");
	check(s->kyiv, "2026-01-14 10:30:05", "2026-01-14T10:30:05+02:00");
	check(s->kyiv, "2026-05-14", "2026-05-14T00:00:00+03:00");
	check(s->kyiv, "2026-05-14T10:30Z", "2026-05-14T13:30:00+03:00");
	check(s->kyiv, "2026-05-14T10:30-05:30", "2026-05-14T19:00:00+03:00");
}

/* 2026: clocks go on at 03:00 on 29 March and back at 04:00 on 25 October. */
static void the_two_nights(void **state) {
	struct scratch *s = *state;
	check(s->kyiv, "2026-03-29T02:59", "2026-03-29T02:59:00+02:00");
	check(s->kyiv, "2026-03-29T03:30", "2026-03-29T04:30:00+03:00"); /* the hour that is skipped */
	check(s->kyiv, "2026-10-25T03:30", "2026-10-25T03:30:00+03:00"); /* the first of two */
	assert_int_equal(parse(s->kyiv, "2026-10-25T04:00").v - parse(s->kyiv, "2026-10-25T03:00").v, 2 * 3600 * 1000);
}

static void what_is_no_time(void **state) {
	struct scratch *s = *state;
	static const char *const wrong[] = {
		"",           "2026-13-01", "2026-02-30",        "2026-05-14T25:00", "2026-05-14T10:60", "2026-05-14T10:30+99:00",
		"14.05.2026", "2026-5-14",  "2026-05-14T10:30x", "99999-01-01",      "2026-05-14T1030",  "0000-00-00"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct utc_ms utc;
		int offset;
		if (tz_parse(s->kyiv, wrong[i], &utc, &offset)) {
			fail_msg("\"%s\" was taken for a time", wrong[i]);
		}
	}
}

static void days_and_back(void **state) {
	(void)state;
	for (int64_t d = tz_days(1900, 1, 1); d < tz_days(2200, 1, 1); d++) {
		int y, m, day;
		tz_from_days(d, &y, &m, &day);
		assert_true(tz_date_valid(y, m, day));
		assert_int_equal(tz_days(y, m, day), d);
	}
	assert_int_equal(tz_days(1970, 1, 1), 0);
	assert_false(tz_date_valid(2026, 2, 29));
	assert_true(tz_date_valid(2028, 2, 29));
}

static void zones(void **state) {
	(void)state;
	struct err err = {0};
	assert_null(tz_open("Mars/Olympus", &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_null(tz_open("../../etc/passwd", &err));
	struct tz *fixed = tz_open("+05:45", &err);
	assert_ok(fixed != NULL);
	check(fixed, "2026-05-14T10:30", "2026-05-14T10:30:00+05:45");
	tz_close(fixed);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
/* What records of others hold may be any number: it is written as the first or last time that has a name, whole. */
static void times_that_have_no_name(void **state) {
	struct scratch *s = *state;
	static const int64_t late[] = {INT64_MAX, INT64_MAX - 1, INT64_C(253402300800000), INT64_MAX / 2};
	static const int64_t early[] = {INT64_MIN, INT64_MIN + 1, INT64_MIN / 2};
	char text[TZ_TEXT_MAX];
	for (size_t i = 0; i < COUNT_OF(late); i++) {
		tz_format(s->kyiv, (struct utc_ms){late[i]}, text);
		assert_string_equal(text, "9999-12-31T23:59:59+02:00");
		tz_format_offset((struct utc_ms){late[i]}, INT32_MAX, text);
		assert_string_equal(text, "9999-12-31T23:59:59+24:00");
		tz_format_date(late[i], text);
		assert_string_equal(text, "9999-12-31");
	}
	for (size_t i = 0; i < COUNT_OF(early); i++) {
		tz_format_offset((struct utc_ms){early[i]}, INT32_MIN, text);
		assert_string_equal(text, "0001-01-01T00:00:00-24:00");
		tz_format_date(early[i], text);
		assert_string_equal(text, "0001-01-01");
		assert_int_equal(tz_local_day(s->kyiv, (struct utc_ms){early[i]}), tz_days(1, 1, 1));
	}
	tz_format_offset((struct utc_ms){0}, 0, text);
	assert_string_equal(text, "1970-01-01T00:00:00+00:00");
}

static void days_at_an_offset(void **state) {
	(void)state;
	assert_int_equal(tz_offset_day((struct utc_ms){0}, 0), 0);
	assert_int_equal(tz_offset_day((struct utc_ms){0}, -1), -1);
	assert_int_equal(tz_offset_day((struct utc_ms){-1}, 0), -1);
	assert_int_equal(tz_offset_day((struct utc_ms){-86400000}, 0), -1);
	assert_int_equal(tz_offset_day((struct utc_ms){-86400001}, 0), -2);
	assert_int_equal(tz_offset_day((struct utc_ms){86400000 - 60000}, 1), 1);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(days_at_an_offset),
					   TEST(local_times_across_the_year),
					   TEST(the_two_nights),
					   TEST(what_is_no_time),
					   TEST(days_and_back),
					   TEST(zones),
					   TEST(times_that_have_no_name)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
