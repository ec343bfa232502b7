/* A new event: its settings, its key, its PIN. */
#include "office/prepare.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "lib/testing.h"
#include "store/read/settings.h"

static void has_setting(struct store *store, const char *key, const char *wanted) {
	char *value = setting_get(store, key);
	assert_string_equal(str_or_empty(value), wanted);
	free(value);
}

static void what_nobody_chose_is_set(void **state) {
	const struct scratch *s = *state;
	struct prepare_wish wish = {.title = "Ярмарок"};
	char pin[PREPARE_PIN_LEN + 1];
	struct err err = {0};
	char *path = scratch_path(s, "fair");
	char *key = xasprintf("%s.key", path);
	assert_ok(prepare_event(path, &wish, pin, &err));
	assert_true(file_exists(key));
	assert_int_equal(strspn(pin, "0123456789"), PREPARE_PIN_LEN);
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	has_setting(store, "title", "Ярмарок");
	has_setting(store, "timezone", PREPARE_TIMEZONE);
	has_setting(store, "languages", PREPARE_LANGUAGES);
	has_setting(store, "dates", "");
	store_close(store);
	free(key);
	free(path);
}

static void what_is_there_is_not_written_over(void **state) {
	const struct scratch *s = *state;
	struct prepare_wish wish = {.timezone = "Mars/Olympus"};
	char pin[PREPARE_PIN_LEN + 1];
	struct err err = {0};
	char *path = scratch_write(s, "notes", "mine", 4);
	assert_false(prepare_event(path, &wish, pin, &err));
	wish.timezone = NULL;
	assert_false(prepare_event(path, &wish, pin, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	free(path);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_nobody_chose_is_set, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(what_is_there_is_not_written_over, scratch_open, scratch_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
