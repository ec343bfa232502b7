/* Making event files: new ones, and those of an event that exists elsewhere. What fails leaves nothing. */
#include "store/create.h"

#include "lib/meet.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "store/log/ends.h"
#include "store/log/share.h"
#include "store/read/settings.h"

static void a_new_event(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	char *key = scratch_path(s, "e.turnout.key");
	struct stat st;
	assert_int_equal(stat(key, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	struct store_settings again = {.title = "T", .timezone = "Europe/Kyiv", .languages = "uk"};
	assert_false(store_create(store_path(store), &again, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	store_close(store);
	free(key);
}

static void wrong_settings_make_nothing(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store_settings wrong = {.title = "T", .timezone = "Europe/Atlantis", .languages = "uk"};
	char *path = scratch_path(s, "e.turnout"), *key = scratch_path(s, "e.turnout.key");
	assert_false(store_create(path, &wrong, &err));
	assert_holds(err.text, "Atlantis");
	assert_false(file_exists(path) || file_exists(key));
	free(path);
	free(key);
}

static void settings_are_in_it(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store_settings all = {.title = "Т",
				     .timezone = "Europe/Kyiv",
				     .languages = "uk,en",
				     .dates = "2026-05-14",
				     .place = "Сорочинці",
				     .staff_pin = "1234"};
	static const char *const keys[] = {"title", "timezone", "languages", "dates", "place", "staff_pin"};
	const char *const values[] = {all.title, all.timezone, all.languages, all.dates, all.place, all.staff_pin};
	char *path = scratch_path(s, "e.turnout");
	assert_ok(store_create(path, &all, &err));
	struct store *store = event_sample_open(path);
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		char *value = setting_get(store, keys[i]);
		assert_string_equal(value, values[i]);
		free(value);
	}
	meet_assert_sound(store);
	store_close(store);
	free(path);
}

static void names_that_cannot_be(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store_settings settings = {.title = "T", .timezone = "UTC", .languages = "uk"};
	char *nowhere = scratch_path(s, "no/e.turnout"), *key = scratch_path(s, "k.turnout.key"), *file = scratch_path(s, "k.turnout");
	assert_false(store_create("", &settings, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_false(store_create(nowhere, &settings, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_holds(err.text, "/no: make it first");
	free(scratch_write(s, "k.turnout.key", "mine", 4)); /* somebody's key: it is not written over */
	assert_false(store_create(file, &settings, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_false(file_exists(file));
	char *link = scratch_path(s, "link.turnout"), *lock = scratch_path(s, "link.turnout.lock");
	assert_int_equal(symlink("nothing", link), 0);
	assert_false(store_create(link, &settings, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_false(file_exists(lock));
	assert_false(store_adopt_try(nowhere, &err));
	assert_holds(err.text, "/no: make it first"); /* of the name that was given, and of no other */
	assert_null(strstr(err.text, ".lock"));
	free(lock);
	free(link);
	free(nowhere);
	free(key);
	free(file);
}

/* A file for the event, without any record: an exchange fills it. */
static void an_adopted_one(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct exchange_report report;
	struct store_origin origin, again;
	struct heads heads;
	char *path = event_sample_make(s, "e.turnout"), *copy = scratch_path(s, "adopted.turnout");
	struct store *store = event_sample_open(path);
	struct store *adopted = meet_adopt(s, store, "adopted.turnout", 5);
	assert_ok(store_heads(adopted, &heads, &err));
	assert_int_equal(heads.count, 0);
	heads_fini(&heads);
	assert_true(crypto_hash_eq(store_event(adopted), store_event(store)));
	assert_ok(store_origin(store, &origin, &err) && store_origin(adopted, &again, &err));
	assert_memory_equal(&origin.event_key, &again.event_key, KEY_LEN);
	assert_true(again.has_invitation);
	assert_false(store_adopt(copy, &origin, &err)); /* it is there already */
	assert_int_equal(err.kind, ERR_REFUSED);
	meet_stores(adopted, store, &report);
	meet_assert_same(adopted, store);
	store_close(adopted);
	store_close(store);
	event_sample_sql(path, "DELETE FROM meta WHERE key = 'event_key'");
	store = event_sample_open(path);
	assert_false(store_origin(store, &origin, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	store_close(store);
	free(path);
	free(copy);
}

static int names_in(const char *folder) {
	DIR *dir = opendir(folder);
	int count = 0;
	assert_non_null(dir);
	while (readdir(dir) != NULL) {
		count++;
	}
	closedir(dir);
	return count;
}

/* Whether a file can be made is tried without touching what waits under its name: the log of one that was moved away, whose owner comes back. */
static void a_trial_touches_nothing(void **state) {
	static const char log[] = "what was acknowledged, and is in no file yet: more than a head of 32 bytes";
	struct scratch *s = *state;
	struct err err = {0};
	struct strbuf text = {0};
	char *path = scratch_path(s, "away.turnout"), *wal = scratch_path(s, "away.turnout-wal");
	char *deep = scratch_path(s, "no/such/file"), *longer = scratch_path(s, "x");
	assert_ok(file_write(wal, log, sizeof log, &err));
	int before = names_in(s->folder);
	assert_ok(store_adopt_try(path, &err));
	assert_int_equal(names_in(s->folder), before);
	assert_ok(file_read(wal, 1000, &text, &err));
	assert_memory_equal(text.data, log, sizeof log);
	assert_false(store_adopt_try(wal, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_false(store_adopt_try(deep, &err));
	char *name = xasprintf("%s%0250d", longer, 1); /* with what comes beside it too long */
	assert_false(store_adopt_try(name, &err));
	assert_int_equal(names_in(s->folder), before);
	strbuf_fini(&text);
	free(name);
	free(longer);
	free(deep);
	free(wal);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_new_event),    TEST(wrong_settings_make_nothing), TEST(settings_are_in_it), TEST(names_that_cannot_be),
		TEST(an_adopted_one), TEST(a_trial_touches_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
