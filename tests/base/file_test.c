#include "base/file.h"

#include "lib/testing.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

static void whole_or_not_at_all(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct strbuf got = {0};
	char *path = scratch_write(s, "a", "one", 3);
	assert_ok(file_write(path, "two two", 7, &err));
	assert_ok(file_read(path, 100, &got, &err));
	assert_string_equal(strbuf_str(&got), "two two");
	char *nowhere = file_join(s->folder, "no/such/folder");
	assert_false(file_write(nowhere, "x", 1, &err));
	assert_holds(err.text, "no/such: make it first");
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

static mode_t mode_of(const char *path) {
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

/* Names and keys are nobody else's to read, whatever the umask; what somebody opened to others stays so, and a stricter umask counts. */
static void private_by_default(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = file_join(s->folder, "new"), *made = file_join(s->folder, "made"), *strict = file_join(s->folder, "strict");
	mode_t before = umask(0);
	assert_ok(file_write(path, "x", 1, &err));
	assert_int_equal(mode_of(path), FILE_PRIVATE);
	assert_int_equal(chmod(path, 0664), 0);
	assert_ok(file_write(path, "y", 1, &err));
	assert_int_equal(mode_of(path), 0664);
	assert_ok(file_make(made, &err));
	assert_int_equal(mode_of(made), FILE_PRIVATE);
	umask(0277);
	assert_ok(file_write(strict, "x", 1, &err));
	assert_int_equal(mode_of(strict), 0400);
	umask(before);
	free(path);
	free(made);
	free(strict);
}

static void nothing_is_made_twice(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = file_join(s->folder, "a"), *link = file_join(s->folder, "link"), *nowhere = file_join(s->folder, "no/such");
	assert_ok(file_make(path, &err));
	assert_false(file_make(path, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_int_equal(symlink("target", link), 0); /* to nothing */
	assert_false(file_make(link, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_false(file_make(nowhere, &err));
	assert_int_equal(err.kind, ERR_SYSTEM);
	free(path);
	free(link);
	free(nowhere);
}

static void what_could_be_written(void **state) {
	const struct scratch *scratch = *state;
	struct err err = {0};
	char *path = file_join(scratch->folder, "tried"), *below = file_join(scratch->folder, "tried/below"),
	     *nowhere = file_join(scratch->folder, "no/where");
	assert_ok(file_write_try(path, &err));
	assert_false(file_exists(path));
	assert_ok(file_write(path, "kept", 4, &err));
	assert_ok(file_write_try(path, &err));
	assert_int_equal(file_size(path), 4);
	assert_false(file_write_try(below, &err));
	assert_false(file_write_try(nowhere, &err));
	assert_false(file_write_try(scratch->folder, &err));
	assert_ok(file_write_try("-", &err));
	free(path);
	free(below);
	free(nowhere);
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

static void refused(bool done, const struct err *err, const char *says) {
	assert_false(done);
	assert_int_equal(err->kind, ERR_REFUSED);
	assert_holds(err->text, says);
}

/* What cannot be a new file's name is told with what to do. */
static void where_a_file_may_be_made(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = scratch_write(s, "a", "one", 3), *below = file_join(path, "b"), *nowhere = file_join(s->folder, "no//x"),
	     *slash = file_join(s->folder, ""), *link = file_join(s->folder, "link"), *new = file_join(s->folder, "new"),
	     *unmade = file_join(s->folder, "unmade/");
	assert_int_equal(symlink("nothing", link), 0);
	assert_ok(file_place_check(path, &err));
	assert_ok(file_new_check(new, &err));
	assert_ok(file_new_check("surely-not-here", &err));
	refused(file_new_check(path, &err), &err, "exists already; nothing was changed: choose another name");
	refused(file_new_check(link, &err), &err, "link exists already");
	refused(file_place_check(s->folder, &err), &err, "is a folder: name the file in it, such as ");
	refused(file_place_check(slash, &err), &err, "/NAME");
	assert_null(strstr(err.text, "//NAME"));
	refused(file_place_check(nowhere, &err), &err, "/no: make it first");
	refused(file_place_check(unmade, &err), &err, "/unmade: make it first");
	refused(file_place_check(below, &err), &err, "/a is no folder");
	refused(file_write(nowhere, "x", 1, &err), &err, "make it first");
	refused(file_write_try(nowhere, &err), &err, "make it first");
	refused(file_write(s->folder, "x", 1, &err), &err, "name the file in it");
	refused(file_write_try(s->folder, &err), &err, "name the file in it");
	free(path);
	free(below);
	free(nowhere);
	free(slash);
	free(link);
	free(new);
	free(unmade);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(whole_or_not_at_all),     TEST(reading_is_capped),     TEST(private_by_default),
					   TEST(nothing_is_made_twice),   TEST(what_could_be_written), TEST(folders),
					   TEST(where_a_file_may_be_made)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
