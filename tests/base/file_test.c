#include "base/file.h"

#include "lib/testing.h"

#include <sys/stat.h>

#include "base/alloc.h"

static void whole_or_not_at_all(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct strbuf got = {0};
	char *path = scratch_write(s, "a", "one", 3);
	assert_ok(file_write(path, "two two", 7, 0600, &err));
	assert_ok(file_read(path, 100, &got, &err));
	assert_string_equal(strbuf_str(&got), "two two");
	char *nowhere = file_join(s->folder, "no/such/folder");
	assert_false(file_write(nowhere, "x", 1, 0600, &err));
	assert_holds(err.text, "no/such/folder");
	char **names;
	size_t count;
	assert_ok(file_list(s->folder, 10, &names, &count, &err)); /* no temporary file is left */
	assert_int_equal(count, 1);
	free(names[0]);
	free(names);
	free(nowhere);
	free(path);
	strbuf_fini(&got);
}

static void reading_is_capped(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct strbuf got = {0};
	char *path = scratch_write(s, "a", "12345", 5);
	assert_ok(file_read(path, 5, &got, &err));
	assert_false(file_read(path, 4, &got, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_false(file_read(s->folder, 100, &got, &err));    /* a folder */
	assert_false(file_read("/dev/zero", 1000, &got, &err)); /* endless */
	free(path);
	strbuf_fini(&got);
}

static void folders(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *deep = file_join(s->folder, "x/y/z");
	struct stat st;
	assert_ok(file_mkdirs(deep, &err));
	assert_ok(file_mkdirs(deep, &err));
	assert_true(file_is_dir(deep));
	assert_int_equal(stat(deep, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_string_equal(file_base_name("/a/b.csv"), "b.csv");
	free(deep);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(whole_or_not_at_all), TEST(reading_is_capped), TEST(folders)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
