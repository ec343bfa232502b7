#include "kiosk/script.h"

#include "lib/testing.h"

#include "base/strbuf.h"

static bool parse(const char *text, struct script *out, struct err *err) { return script_parse("s.txt", text, strlen(text), out, err); }

static void every_command(void **state) {
	(void)state;
	struct script s;
	struct err err = {0};
	assert_ok(parse("# a visit\n\nat 500 screenshot first\r\nat 100 touch 10 20\n at 100 key Return\nat 200 text Привіт, світе\n"
			"at 300 wedge TO1ABC\nat 300 camera none\nat 400 clock 2026-05-14T10:30\nat 900 quit\n"
			"at 700 press 30 40\nat 750 move 50 60\nat 800 release",
			&s, &err));
	assert_int_equal(s.count, 11);
	assert_int_equal(s.items[0].verb, SCRIPT_TOUCH);
	assert_int_equal(s.items[0].y, 20);
	assert_int_equal(s.items[1].verb, SCRIPT_KEY); /* lines of one time stay in order */
	assert_string_equal(s.items[2].text, "Привіт, світе");
	assert_string_equal(s.items[6].text, "first");
	assert_int_equal(s.items[7].verb, SCRIPT_PRESS);
	assert_int_equal(s.items[7].x, 30);
	assert_int_equal(s.items[8].verb, SCRIPT_MOVE);
	assert_int_equal(s.items[8].y, 60);
	script_fini(&s);
}

static void what_is_wrong_is_said_with_its_place(void **state) {
	(void)state;
	static const struct {
		const char *text, *says;
	} wrong[] = {
		{"hello", "s.txt:1:1: a line begins with"},
		{"at 1 quit\nat x quit", "s.txt:2:4: a number of milliseconds"},
		{"at -5 quit", "s.txt:1:4: a number of milliseconds"},
		{"at 99999999999999999999 quit", "s.txt:1:4"},
		{"at 5", "s.txt:1:5: commands are"},
		{"at 5 jump", "s.txt:1:6: commands are"},
		{"at 5 touch 10", "touch, press and move take two numbers"},
		{"at 5 move 1", "touch, press and move take two numbers"},
		{"at 5 press", "touch, press and move take two numbers"},
		{"at 5 release 1", "something is left over"},
		{"at 5 touch 10 20 30", "something is left over"},
		{"at 5 quit now", "something is left over"},
		{"at 5 wedge", "something is missing"},
		{"at 5 screenshot ../etc", "a screenshot's name"},
		{"at 5 clock tomorrow", "a time is like"},
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct script s;
		struct err err = {0};
		assert_false(parse(wrong[i].text, &s, &err));
		assert_holds(err.text, wrong[i].says);
		assert_int_equal(s.count, 0);
	}
}

static void hostile_bytes(void **state) {
	(void)state;
	struct script s;
	struct err err = {0};
	assert_false(script_parse("s.txt", "at 1 text \xff\xfe", 12, &s, &err));
	assert_holds(err.text, "UTF-8");
	assert_false(script_parse("s.txt", "at 1\0quit", 9, &s, &err));
	struct strbuf huge = {0};
	for (int i = 0; i < SCRIPT_STEPS_MAX + 1; i++) {
		strbuf_adds(&huge, "at 1 quit\n");
	}
	assert_false(script_parse("s.txt", strbuf_str(&huge), huge.len, &s, &err));
	assert_holds(err.text, "10000");
	assert_false(script_parse("s.txt", strbuf_str(&huge), SCRIPT_FILE_MAX + 1, &s, &err));
	strbuf_fini(&huge);
	assert_false(script_load("/nonexistent/script", &s, &err));
	assert_holds(err.text, "/nonexistent/script");
}

static void every_beginning_of_a_script(void **state) {
	(void)state;
	static const char text[] = "at 500 screenshot first\nat 100 touch 10 20\nat 400 clock 2026-05-14T10:30\nat 900 quit\n";
	for (size_t n = 0; n < sizeof text; n++) {
		struct script s;
		struct err err = {0};
		if (script_parse("s.txt", text, n, &s, &err)) {
			script_fini(&s);
		} else {
			assert_holds(err.text, "s.txt");
		}
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_command), cmocka_unit_test(what_is_wrong_is_said_with_its_place),
					   cmocka_unit_test(hostile_bytes), cmocka_unit_test(every_beginning_of_a_script)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
