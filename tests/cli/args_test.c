#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "cli/args.h"

static const struct option_spec OPTIONS[] = {
	{"json", 'j', NULL, "as JSON"},
	{"output", 'o', "FILE", "where to"},
	{"name_latin", 0, "TEXT", "a name"},
	{0},
};

static const struct command COMMAND = {
	.name = "test",
	.summary = "is tested",
	.usage = "EVENT FILE [--json]\nEVENT - [--json]",
	.operands = {"EVENT", "FILE"},
	.options = OPTIONS,
};

static const struct command OPEN_ENDED = {.name = "more", .summary = "", .usage = "", .operands = {"EVENT"}, .more = true};

#define PARSE(args, command, err, ...) \
	args_parse(args, command, (int)COUNT_OF(((const char *[]){__VA_ARGS__})), (char **)(uintptr_t)(const char *[]){__VA_ARGS__}, err)

static void options_stand_anywhere(void **state) {
	(void)state;
	struct args args;
	struct err err = {0};
	assert_true(PARSE(&args, &COMMAND, &err, "--output", "a", "ev", "-j", "--output=b", "file"));
	assert_string_equal(args_operand(&args, 0), "ev");
	assert_string_equal(args_operand(&args, 1), "file");
	assert_null(args_operand(&args, 2));
	assert_true(args_has(&args, "json"));
	assert_string_equal(args_value(&args, "output"), "b"); /* the last one */
	size_t cursor = 0;
	assert_string_equal(args_next(&args, "output", &cursor), "a");
	assert_string_equal(args_next(&args, "output", &cursor), "b");
	assert_null(args_next(&args, "output", &cursor));
	args_fini(&args);
}

static void short_options_take_values(void **state) {
	(void)state;
	struct args args;
	struct err err = {0};
	assert_true(PARSE(&args, &COMMAND, &err, "-ox", "ev", "file", "-o", "-"));
	assert_string_equal(args_value(&args, "output"), "-");
	args_fini(&args);
}

static void dash_and_underscore_are_one(void **state) {
	(void)state;
	struct args args;
	struct err err = {0};
	assert_true(PARSE(&args, &COMMAND, &err, "ev", "file", "--name-latin", "Olena"));
	assert_string_equal(args_value(&args, "name_latin"), "Olena");
	args_fini(&args);
}

static void two_dashes_end_options(void **state) {
	(void)state;
	struct args args;
	struct err err = {0};
	assert_true(PARSE(&args, &COMMAND, &err, "ev", "--", "--json"));
	assert_false(args_has(&args, "json"));
	assert_string_equal(args_operand(&args, 1), "--json");
	args_fini(&args);
	assert_true(PARSE(&args, &OPEN_ENDED, &err, "ev", "-"));
	assert_string_equal(args_operand(&args, 1), "-");
	args_fini(&args);
}

static void wrong_usage_names_the_argument(void **state) {
	(void)state;
	struct args args;
	struct err err = {0};
	assert_false(PARSE(&args, &COMMAND, &err, "ev", "file", "--nope=1"));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_string_equal(err.text, "there is no option --nope");
	assert_false(PARSE(&args, &COMMAND, &err, "ev", "file", "--output"));
	assert_string_equal(err.text, "--output needs a value: FILE");
	assert_false(PARSE(&args, &COMMAND, &err, "ev", "file", "--json=yes"));
	assert_string_equal(err.text, "--json takes no value");
	assert_false(PARSE(&args, &COMMAND, &err, "ev", "file", "-jx"));
	assert_string_equal(err.text, "there is no option -jx");
	assert_false(PARSE(&args, &COMMAND, &err, "ev"));
	assert_string_equal(err.text, "no FILE was given");
	assert_false(PARSE(&args, &COMMAND, &err, "ev", "file", "more"));
	assert_string_equal(err.text, "\"more\" is one argument too many");
	assert_false(PARSE(&args, &COMMAND, &err, "ev", "file", "--outpu", "x")); /* no guessing */
}

static void help_wins_over_everything(void **state) {
	(void)state;
	struct args args;
	struct err err = {0};
	assert_true(PARSE(&args, &COMMAND, &err, "--nope", "--help"));
	assert_true(args.help);
	args_fini(&args);
	assert_true(PARSE(&args, &COMMAND, &err, "ev", "--", "--help"));
	assert_false(args.help);
	args_fini(&args);
}

static void numbers_are_checked(void **state) {
	(void)state;
	struct args args;
	struct err err = {0};
	int64_t n = 0;
	struct args_range range = {1, 100, 7};
	assert_true(PARSE(&args, &COMMAND, &err, "ev", "file"));
	assert_true(args_number(&args, "output", range, &n, &err));
	assert_int_equal(n, 7);
	args_fini(&args);
	static const char *const wrong[] = {"0", "101", "x", "", "5x", "99999999999999999999"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_true(PARSE(&args, &COMMAND, &err, "ev", "file", "-o", wrong[i]));
		assert_false(args_number(&args, "output", range, &n, &err));
		args_fini(&args);
	}
}

static void help_is_made_of_the_description(void **state) {
	(void)state;
	struct strbuf text = {0};
	args_help(&COMMAND, &text);
	assert_string_equal(text.data, "turnout test: is tested\n\n"
				       "usage: turnout test EVENT FILE [--json]\n       turnout test EVENT - [--json]\n\n"
				       "options:\n"
				       "  -j, --json              as JSON\n"
				       "  -o, --output FILE       where to\n"
				       "  --name_latin TEXT       a name\n");
	strbuf_fini(&text);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_stand_anywhere),
		cmocka_unit_test(short_options_take_values),
		cmocka_unit_test(dash_and_underscore_are_one),
		cmocka_unit_test(two_dashes_end_options),
		cmocka_unit_test(wrong_usage_names_the_argument),
		cmocka_unit_test(help_wins_over_everything),
		cmocka_unit_test(numbers_are_checked),
		cmocka_unit_test(help_is_made_of_the_description),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
