#include "base/option.h"

#include "lib/testing.h"

#include "base/str.h"

#define WORDS_MAX 6
#define WORD_MAX 30

static const struct option TABLE[] = {{"listen", required_argument, NULL, 'l'},
				      {"tls-cert", required_argument, NULL, 'c'},
				      {"tls-key", required_argument, NULL, 'k'},
				      {"help", no_argument, NULL, 'h'},
				      {NULL, 0, NULL, 0}};

/* What is said of the first of these words that is not taken; "" when all are. */
static void refused(const char *const *words, char text[ERR_TEXT_MAX]) {
	char copies[WORDS_MAX + 1][WORD_MAX] = {"program"};
	char *argv[WORDS_MAX + 2] = {copies[0]};
	int argc = 1, answer;
	struct err err = {0};
	for (; words[argc - 1] != NULL; argc++) {
		assert_true(str_copy(copies[argc], WORD_MAX, words[argc - 1]));
		argv[argc] = copies[argc];
	}
	opterr = 0;
	optind = 0; /* begin anew: getopt(3) */
	while ((answer = getopt_long(argc, argv, ":h", TABLE, NULL)) != -1) {
		if (answer == '?' || answer == ':') {
			assert_false(option_refused(answer, argv, TABLE, &err));
			assert_int_equal(err.kind, ERR_USAGE);
			break;
		}
	}
	str_copy(text, ERR_TEXT_MAX, err.text);
}

static void it_is_named(void **state) {
	static const struct {
		const char *words[WORDS_MAX];
		const char *said;
	} cases[] = {
		{{"--listen", "x", "--help"}, ""},
		{{"--frobnicate", "--help"}, "there is no option --frobnicate"},
		{{"--frobnicate=7"}, "there is no option --frobnicate"},
		{{"file", "--frobnicate", "7"}, "there is no option --frobnicate"},
		{{"-x"}, "there is no option -x"},
		{{"-l", "x"}, "there is no option -l"},
		{{"-hxy"}, "there is no option -hxy"},
		{{"-ж"}, "there is no option -ж"},
		{{"--listen"}, "--listen needs a value"},
		{{"--help", "--tls-k"}, "--tls-key needs a value"},
		{{"--help=x"}, "--help takes no value"},
		{{"--tls", "x"}, "--tls may be several options: write it out"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[ERR_TEXT_MAX];
		refused(cases[i].words, text);
		assert_string_equal(text, cases[i].said);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(it_is_named)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
