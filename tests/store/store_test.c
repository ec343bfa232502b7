/* The event file: opening, refusing, closing. */
#include "store/store.h"

#include "lib/event_sample.h"

#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "store/read/audit.h"

static void what_is_no_event_file(void **state) {
	struct scratch *s = *state;
	char *text = scratch_write(
		s, "notes.turnout",
		"these are my notes, nothing else, but long enough for a header of SQLite, which has a hundred bytes, they say", 108);
	char *empty = scratch_write(s, "empty.turnout", "", 0);
	char *missing = scratch_path(s, "missing.turnout");
	event_sample_refused(text, ERR_INPUT, "no event file");
	event_sample_refused(empty, ERR_INPUT, "no event file");
	event_sample_refused(missing, ERR_NOT_FOUND, "");
	event_sample_refused(s->folder, ERR_INPUT, "");
	free(text);
	free(empty);
	free(missing);
}

static void ignore_fault(void *context, const char *sentence) {
	(void)context;
	assert_true(sentence[0] != '\0');
}

/* Every beginning of a file, and a file with broken pages: a sentence, never a crash. */
static void damaged_files(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct strbuf whole = {0};
	char *path = event_sample_make(s, "e.turnout");
	assert_ok(file_read(path, (size_t)16 << 20, &whole, &err));
	for (size_t n = 0; n < whole.len; n += n < 200 ? 20 : 3001) {
		char *cut = scratch_write(s, "cut.turnout", whole.data, n);
		struct store *store = store_open(cut, STORE_READ, "test", &err);
		struct hash digest;
		if (store != NULL && !audit_digest(store, &digest, &err)) {
			assert_true(err.text[0] != '\0');
		}
		store_close(store);
		free(cut);
	}
	uint32_t seed = 1;
	for (int round = 0; round < 60; round++) {
		struct strbuf broken = {0};
		strbuf_add(&broken, whole.data, whole.len);
		for (int i = 0; i < 40; i++) {
			seed = seed * 1664525 + 1013904223;
			broken.data[100 + (seed >> 4) % (whole.len - 100)] = (char)(seed >> 24);
		}
		char *file = scratch_write(s, "broken.turnout", broken.data, broken.len);
		struct store *store = store_open(file, STORE_READ, "test", &err);
		struct audit audit;
		if (store != NULL && !audit_verify(store, &audit, ignore_fault, NULL, &err)) {
			assert_true(err.text[0] != '\0');
		}
		store_close(store);
		strbuf_fini(&broken);
		free(file);
	}
	strbuf_fini(&whole);
	free(path);
}

static void a_file_that_does_not_say_which_event_it_is(void **state) {
	struct scratch *s = *state;
	char *path = event_sample_make(s, "e.turnout");
	event_sample_sql(path, "UPDATE meta SET value = x'00' WHERE key = 'event'");
	event_sample_refused(path, ERR_CORRUPT, "which event");
	free(path);
}

/* A log's number is shifted by SEQ_BITS: those that leave no room for it are refused, reading and writing. */
static void log_numbers_that_nobody_gives(void **state) {
	struct scratch *s = *state;
	static const char *const wrong[] = {"0", "-1", "8388607", "9223372036854775807", "-9223372036854775807"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		char *path = event_sample_make(s, wrong[i]), sql[200];
		snprintf(sql, sizeof sql, "INSERT INTO log (id, hash, author) VALUES (%s, randomblob(32), randomblob(32))", wrong[i]);
		event_sample_sql(path, sql);
		event_sample_refused(path, ERR_CORRUPT, wrong[i]);
		free(path);
	}
	struct err err = {0};
	char *path = event_sample_make(s, "last");
	event_sample_sql(path, "INSERT INTO log (id, hash, author) VALUES (8388606, randomblob(32), randomblob(32))");
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	store_close(store);
	free(path);
}

static void what_is_known_of_an_open_file(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	assert_string_equal(store_path(store), path);
	assert_string_equal(store_warning(store), "");
	assert_int_equal(tz_local_day(store_tz(store), (struct utc_ms){1778796000000}), /* 14 May 2026, 22:00 UTC: the 15th in Kyiv */
			 tz_local_day(s->kyiv, (struct utc_ms){1778796000000}));
	struct store *other = event_sample_open(path);
	assert_true(crypto_hash_eq(store_event(store), store_event(other)));
	assert_true(crypto_key_eq(store_organiser(store), store_organiser(other)));
	store_close(other);
	store_close(store);
	store_close(NULL);
	free(path);
}

/* A machine without that zone still signs people in, and says so. */
static void a_zone_that_is_not_here(void **state) {
	struct scratch *s = *state;
	char *path = event_sample_make(s, "e.turnout");
	event_sample_sql(path, "UPDATE view_setting SET value = 'Europe/Atlantis' WHERE key = 'timezone'");
	struct store *store = event_sample_open(path);
	assert_holds(store_warning(store), "Atlantis");
	assert_non_null(store_tz(store));
	store_close(store);
	free(path);
}

/* Closing signs what is not signed yet, and leaves nothing beside the file but its lock. */
static void closing(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout"), *wal = scratch_path(s, "e.turnout-wal");
	struct draft draft = {.kind = "note", .author = AUTHOR_STATION, .subject = "", .body = "{}"};
	assert_ok(store_begin(store, &err) && store_append(store, &draft, NULL, &err) && store_commit(store, &err));
	store_close(store);
	assert_false(file_exists(wal));
	assert_int_equal(
		event_sample_number(path, "SELECT count(*) FROM log l WHERE NOT EXISTS (SELECT 1 FROM signature s WHERE s.log = l.id)"), 0);
	free(path);
	free(wal);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(what_is_no_event_file),         TEST(damaged_files),           TEST(a_file_that_does_not_say_which_event_it_is),
		TEST(what_is_known_of_an_open_file), TEST(a_zone_that_is_not_here), TEST(closing),
		TEST(log_numbers_that_nobody_gives),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
