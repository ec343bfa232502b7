#include "import/time_text.h"

#include "scratch.h"

static void expect(const char *text, const char *date, int minute, int end_minute) {
	struct time_text t = {0};
	char shown[TZ_TEXT_MAX] = "";
	if (!time_text_read(text, &t)) {
		print_error("\"%s\" was not read\n", text);
		fail();
	}
	if (t.has_day) {
		tz_format_date(t.day, shown);
	}
	assert_string_equal(shown, date);
	assert_int_equal(t.has_time ? t.minute : -1, minute);
	assert_int_equal(t.has_end ? t.end_minute : -1, end_minute);
}

static void dates(void **state) {
	(void)state;
	const char *const same[] = {"14.05.2026",
				    "2026-05-14",
				    "14/05/2026",
				    "05/14/2026",
				    "14.05.26",
				    "14 травня 2026",
				    "14 травня 2026 р.",
				    "14 мая 2026",
				    "14 May 2026",
				    "May 14, 2026",
				    "четвер, 14.05.2026",
				    "Чт 14.05.2026",
				    "2026/05/14",
				    "2026.05.14",
				    "Thu, 14 May 2026",
				    "14-05-2026",
				    "четвер 14 травня 2026 року"};
	for (size_t i = 0; i < COUNT_OF(same); i++) {
		expect(same[i], "2026-05-14", -1, -1);
	}
	expect("середа, 12 серпня 2026", "2026-08-12", -1, -1);
	expect("12 августа 2026", "2026-08-12", -1, -1);
	expect("1 листопада 2026", "2026-11-01", -1, -1);
	expect("пʼятниця, 5 червня 2026", "2026-06-05", -1, -1);
}

static void times(void **state) {
	(void)state;
	expect("10:30", "", 630, -1);
	expect("10.30", "", 630, -1);
	expect("9:05", "", 545, -1);
	expect("10:30:00", "", 630, -1);
	expect("2:30 PM", "", 870, -1);
	expect("12:00 am", "", 0, -1);
	expect("12:15 p.m.", "", 735, -1);
	expect("о 10:30", "", 630, -1);
	expect("10:30-11:45", "", 630, 705);
	expect("10.30 – 11.45", "", 630, 705);
	expect("з 10:30 до 11:45", "", 630, 705);
	expect("from 9:00 AM to 1:00 PM", "", 540, 780);
	expect("23:00-24:00", "", 1380, 1440);
	expect("24:00", "", 1440, -1);
	expect("10:00\n11:30", "", 600, 690);
	expect("10:00\n- 11:30", "", 600, 690);
	expect("14.05.2026 24:00", "2026-05-14", 1440, -1);
}

static void both(void **state) {
	(void)state;
	expect("14.05.2026 10:30", "2026-05-14", 630, -1);
	expect("2026-05-14T10:30:00", "2026-05-14", 630, -1);
	expect("14 травня 2026, 10:30-11:00", "2026-05-14", 630, 660);
}

static void the_rest_is_refused(void **state) {
	(void)state;
	const char *const wrong[] = {"",      " ",           "-",           "31.02.2026", "10:60",        "25:00",
				     "TBA",   "10:30 11:30", "10:30-",      "14",         "1 2 3",        "14.05",
				     "0.0.0", "2026-13-01",  "13 PM",       "13:00 PM",   "14 травня",    "10:30-11:00-12:00",
				     "99999", "10:3",        "день перший", "99.99.9999", "2026-05-14Z1", "14.05.2026 15.05.2026"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct time_text t = {0};
		bool read = time_text_read(wrong[i], &t) && !(str_eq(wrong[i], "14.05") && t.has_time && !t.has_day);
		if (read) {
			print_error("\"%s\" was read\n", wrong[i]);
			fail();
		}
	}
}

static void durations(void **state) {
	(void)state;
	static const struct {
		const char *text;
		int minutes;
	} good[] = {{"45", 45},       {"45 хв", 45},       {"45 хвилин", 45}, {"1:30", 90},      {"1.30", 90},
		    {"01:30:00", 90}, {"1 год 30 хв", 90}, {"1 год", 60},     {"2 години", 120}, {"90 min", 90},
		    {"1h 30m", 90},   {"1h30", 90},        {"2 часа", 120},   {"0", 0},          {"30 мин.", 30}};
	static const char *const wrong[] = {"", "довго", "-5", "45 верст", "99999999", "1:3", "1:30:99x", "30000"};
	int minutes = 0;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		if (!time_text_duration(good[i].text, &minutes)) {
			print_error("\"%s\" was not read\n", good[i].text);
			fail();
		}
		assert_int_equal(minutes, good[i].minutes);
	}
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		if (time_text_duration(wrong[i], &minutes)) {
			print_error("\"%s\" was read as %d\n", wrong[i], minutes);
			fail();
		}
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates),     cmocka_unit_test(times), cmocka_unit_test(both), cmocka_unit_test(the_rest_is_refused),
		cmocka_unit_test(durations),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
