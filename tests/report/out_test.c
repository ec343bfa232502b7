#include "report/out.h"

#include "lib/testing.h"

#include <fcntl.h>
#include <unistd.h>

#define SAID "Їжак\t\x1b[31m\u202E\r\n"
#define SHOWN "Їжак\t\\x1B[31m\\xE2\\x80\\xAE\r\n"

/* What comes out at the reading end when SAID goes in. */
static void passes(int reading, struct out *out, const char *wanted) {
	struct err err = {0};
	char got[200] = "";
	strbuf_adds(&out->text, SAID);
	assert_ok(out_flush(out, &err));
	assert_int_equal(out->text.len, 0);
	assert_int_equal(read(reading, got, sizeof got - 1), strlen(wanted));
	assert_string_equal(got, wanted);
	strbuf_fini(&out->text);
}

static void words_are_escaped_and_bytes_for_programs_are_not(void **state) {
	(void)state;
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	passes(ends[0], &(struct out){.fd = ends[1]}, SHOWN);
	passes(ends[0], &(struct out){.fd = ends[1], .exact = true}, SAID);
	close(ends[0]);
	close(ends[1]);
}

/* CSV on a terminal is for eyes. */
static void a_terminal_gets_nothing_that_steers(void **state) {
	(void)state;
	int terminal = posix_openpt(O_RDWR | O_NOCTTY);
	int end = terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0 ? open(ptsname(terminal), O_RDWR | O_NOCTTY) : -1;
	if (end < 0) {
		print_message("SKIPPED: no terminal can be made here\n");
		skip();
	}
	/* The terminal itself writes a line's end as CR LF. */
	passes(terminal, &(struct out){.fd = end, .exact = true}, "Їжак\t\\x1B[31m\\xE2\\x80\\xAE\r\r\n");
	close(end);
	close(terminal);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_escaped_and_bytes_for_programs_are_not),
		cmocka_unit_test(a_terminal_gets_nothing_that_steers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
