#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/lines.h"

#include "base/alloc.h"
#include "base/tz.h"

/* A pipe that holds the bytes and then ends. */
static int pipe_with(const char *bytes, size_t n) {
	int fds[2];
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(write(fds[1], bytes, n), (ssize_t)n);
	close(fds[1]);
	return fds[0];
}

static void expect(struct lines *lines, const char *want) {
	const char *line = NULL;
	size_t len = 0;
	struct err err = {0};
	assert_true(lines_next(lines, &line, &len, &err));
	if (want == NULL) {
		assert_null(line);
	} else {
		assert_non_null(line);
		assert_string_equal(line, want);
		assert_int_equal(len, strlen(want));
	}
}

static void lines_end_with_lf_or_the_file(void **state) {
	(void)state;
	static const char text[] = "one\n\ntwo\r\nthree\rdropped\n\rfour\nlast";
	struct lines lines = {.fd = pipe_with(text, sizeof text - 1)};
	expect(&lines, "one");
	expect(&lines, "");
	expect(&lines, "two");
	expect(&lines, "three");
	expect(&lines, "");
	expect(&lines, "last");
	expect(&lines, NULL);
	expect(&lines, NULL);
	close(lines.fd);
}

static void long_lines_are_capped(void **state) {
	(void)state;
	size_t n = 50000;
	char *text = xmalloc(n + 6);
	memset(text, 'x', n);
	memcpy(text + n, "\nnext\n", 6);
	struct lines lines = {.fd = pipe_with(text, n + 6)};
	const char *line = NULL;
	size_t len = 0;
	struct err err = {0};
	assert_true(lines_next(&lines, &line, &len, &err));
	assert_int_equal(len, LINE_MAX_LEN);
	expect(&lines, "next");
	expect(&lines, NULL);
	close(lines.fd);
	free(text);
}

static void a_line_may_hold_nul(void **state) {
	(void)state;
	struct lines lines = {.fd = pipe_with("a\0b\n", 4)};
	const char *line = NULL;
	size_t len = 0;
	struct err err = {0};
	assert_true(lines_next(&lines, &line, &len, &err));
	assert_int_equal(len, 3);
	assert_memory_equal(line, "a\0b", 4);
	close(lines.fd);
}

static void what_cannot_be_read_is_an_error(void **state) {
	(void)state;
	struct lines lines = {.fd = -1};
	const char *line = NULL;
	size_t len = 0;
	struct err err = {0};
	assert_false(lines_next(&lines, &line, &len, &err));
	assert_int_equal(err.kind, ERR_SYSTEM);
}

static void put(int fd, const char *bytes, size_t n) { assert_int_equal(write(fd, bytes, n), (ssize_t)n); }

/* Whole lines alone are there to be had; who writes half of one is not waited for. */
static void only_whole_lines_are_waiting(void **state) {
	(void)state;
	int fds[2];
	assert_int_equal(pipe(fds), 0);
	struct lines lines = {.fd = fds[0]};
	assert_false(lines_waiting(&lines));
	put(fds[1], "one\ntwo\nthr", 11);
	assert_true(lines_waiting(&lines));
	expect(&lines, "one");
	assert_true(lines_waiting(&lines));
	expect(&lines, "two");
	assert_false(lines_waiting(&lines));
	put(fds[1], "ee\n\n", 4);
	assert_true(lines_waiting(&lines));
	expect(&lines, "three");
	assert_true(lines_waiting(&lines));
	expect(&lines, "");
	assert_false(lines_waiting(&lines));
	char *part = xmalloc(20000); /* more than is kept without an end */
	memset(part, 'x', 20000);
	put(fds[1], part, 20000);
	assert_false(lines_waiting(&lines));
	put(fds[1], "\nlast", 5);
	const char *line = NULL;
	size_t len = 0;
	struct err err = {0};
	assert_true(lines_next(&lines, &line, &len, &err));
	assert_int_equal(len, LINE_MAX_LEN);
	assert_false(lines_waiting(&lines));
	close(fds[1]);
	assert_true(lines_waiting(&lines));
	expect(&lines, "last");
	assert_true(lines_waiting(&lines)); /* for the end nobody waits either */
	expect(&lines, NULL);
	close(fds[0]);
	free(part);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_end_with_lf_or_the_file), cmocka_unit_test(long_lines_are_capped),
		cmocka_unit_test(a_line_may_hold_nul),           cmocka_unit_test(what_cannot_be_read_is_an_error),
		cmocka_unit_test(only_whole_lines_are_waiting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
