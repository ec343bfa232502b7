/* The event file: opening, refusing, one writer, and the invariants of records and views. */
#include "store/store.h"

#include "lib/event_sample.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "station/desk.h"
#include "store/create.h"
#include "store/file/state.h"
#include "store/read/audit.h"
#include "store/read/badges.h"
#include "store/read/checkins.h"
#include "store/read/people.h"
#include "store/read/settings.h"

static void refuses(const char *path, enum err_kind kind, const char *says) {
	for (int mode = STORE_READ; mode <= STORE_WRITE; mode++) {
		struct err err = {0};
		struct store *store = store_open(path, (enum store_mode)mode, "test", &err);
		assert_null(store);
		assert_int_equal(err.kind, kind);
		assert_holds(err.text, says);
		assert_holds(err.text, path);
	}
}

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

/* They are compiled when they are first used: one that cannot be must not wait for a day when it is. */
static void every_statement_is_one(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	for (size_t t = 0; t < store->statements.count; t++) {
		struct err err = {0};
		for (size_t i = 0; i < store->statements.items[t].table->count; i++) {
			assert_true(stmt_col_count(store->statements.items[t].items[i]) >= 0);
			assert_ok(stmt_done(store->statements.items[t].items[i], &err));
		}
	}
	store_close(store);
}

/* Until then nobody notices; then it is told, and the next one is none the worse. */
static void what_is_no_statement(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	static const char *const sql[] = {"SELECT nothing FROM nowhere WHERE id = ?1", "SELECT ?1"};
	struct stmt *s[COUNT_OF(sql)];
	struct err err = {0};
	db_prepare(store->db, sql, COUNT_OF(sql), s);
	for (int again = 0; again < 2; again++) {
		stmt_int(s[0], 1, 7);
		assert_false(stmt_row(s[0]));
		assert_false(stmt_done(s[0], &err));
		assert_int_equal(err.kind, ERR_SYSTEM);
		assert_holds(err.text, "nowhere");
		stmt_int(s[1], 1, 7);
		assert_true(stmt_row(s[1]));
		assert_int_equal(stmt_col_int(s[1], 0), 7);
		assert_ok(stmt_done(s[1], &err));
	}
	db_release(s, COUNT_OF(s));
	assert_null(s[1]);
	store_close(store);
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

static void what_is_no_event_file(void **state) {
	struct scratch *s = *state;
	char *text = scratch_write(
		s, "notes.turnout",
		"these are my notes, nothing else, but long enough for a header of SQLite, which has a hundred bytes, they say", 108);
	char *empty = scratch_write(s, "empty.turnout", "", 0);
	char *missing = scratch_path(s, "missing.turnout");
	refuses(text, ERR_INPUT, "no event file");
	refuses(empty, ERR_INPUT, "no event file");
	refuses(missing, ERR_NOT_FOUND, "");
	refuses(s->folder, ERR_INPUT, "");
	free(text);
	free(empty);
	free(missing);
}

static void other_databases_and_newer_versions(void **state) {
	struct scratch *s = *state;
	char *path = event_sample_make(s, "e.turnout");
	event_sample_sql(path, "PRAGMA user_version = 99");
	refuses(path, ERR_VERSION, "newer");
	event_sample_sql(path, "PRAGMA user_version = 1; PRAGMA application_id = 7");
	refuses(path, ERR_INPUT, "no event file");
	free(path);
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

static void one_writer_many_readers(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *writer = scratch_event(s, "e.turnout");
	struct store *second = store_open(store_path(writer), STORE_WRITE, "second", &err);
	assert_null(second);
	assert_int_equal(err.kind, ERR_BUSY);
	assert_holds(err.text, "test"); /* the holder's name */
	struct store *a = store_open(store_path(writer), STORE_READ, "a", &err), *b = store_open(store_path(writer), STORE_READ, "b", &err);
	assert_ok(a != NULL && b != NULL);
	assert_false(store_begin(a, &err));
	store_close(a);
	store_close(b);
	char *path = xstrdup(store_path(writer));
	store_close(writer);
	writer = event_sample_open(path);
	store_close(writer);
	free(path);
}

/* Invariant 7. */
static void a_rolled_back_transaction_leaves_nothing(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char before[65], after[65];
	char *path = event_sample_make(s, "e.turnout");
	event_sample_digest(path, before);
	int64_t records = event_sample_number(path, "SELECT count(*) FROM record");
	struct store *store = event_sample_open(path);
	assert_ok(store_begin(store, &err));
	assert_ok(setting_put(store, "title", "Other", &err));
	assert_ok(badge_revoke(store, "CODE-A", &err));
	store_rollback(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record"), records);
	event_sample_digest(path, after);
	assert_string_equal(before, after);
	assert_ok(store_begin(store, &err)); /* and the log goes on as if nothing had been */
	assert_ok(setting_put(store, "title", "Other", &err));
	assert_ok(store_commit(store, &err));
	store_close(store);
	struct audit audit;
	store = store_open(path, STORE_READ, "test", &err);
	assert_ok(audit_verify(store, &audit, ignore_fault, NULL, &err));
	assert_int_equal(audit.faults, 0);
	store_close(store);
	free(path);
}

/* Invariant 2. */
static void views_rebuilt_equal_views_kept(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char before[65], after[65];
	char *path = event_sample_make(s, "e.turnout");
	event_sample_digest(path, before);
	struct store *store = event_sample_open(path);
	assert_ok(store_rebuild(store, &err));
	store_close(store);
	event_sample_digest(path, after);
	assert_string_equal(before, after);
	free(path);
}

/* Invariant 3: the file's own numbers of its logs are its order of arrival; any other order gives the same views. */
static void permuted_records_give_one_digest(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char before[65], after[65];
	char *path = event_sample_make(s, "e.turnout");
	event_sample_digest(path, before);
	int64_t logs = event_sample_number(path, "SELECT max(id) FROM log");
	assert_true(logs >= 4);
	for (int64_t step = 1; step < logs; step++) {
		/* Number i becomes 1000 + (i * step') mod p: another order each time. */
		char sql[600];
		snprintf(sql, sizeof sql,
			 "UPDATE record SET id = ((1000 + ((id >> 40) * %lld) %% 101) << 40) | (id & 1099511627775);"
			 "UPDATE signature SET log = 1000 + (log * %lld) %% 101; UPDATE log SET id = 1000 + (id * %lld) %% 101;"
			 "UPDATE record SET id = ((1 + (id >> 40) - 1000) << 40) | (id & 1099511627775);"
			 "UPDATE signature SET log = 1 + log - 1000; UPDATE log SET id = 1 + id - 1000;",
			 (long long)(17 * step + 30), (long long)(17 * step + 30), (long long)(17 * step + 30));
		event_sample_sql(path, sql);
		struct store *store = event_sample_open(path);
		assert_ok(store_rebuild(store, &err));
		store_close(store);
		event_sample_digest(path, after);
		assert_string_equal(before, after);
	}
	free(path);
}

/* Invariant 5. */
static void keep_fault(void *context, const char *sentence) { str_copy(context, 1000, sentence); }

/* Does the deed to a new event and wants verify to name it. The file's path, for free(). */
static char *verify_names(const struct scratch *s, size_t number, const char *deed) {
	struct err err = {0};
	struct audit audit;
	char said[1000] = "", name[32];
	snprintf(name, sizeof name, "t%zu.turnout", number);
	char *path = event_sample_make(s, name);
	event_sample_sql(path, deed);
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	assert_ok(audit_verify(store, &audit, keep_fault, said, &err));
	store_close(store);
	if (audit.faults == 0 || said[0] == '\0') {
		fail_msg("verify did not see: %s", deed);
	}
	return path;
}

static void tampering_is_named(void **state) {
	struct scratch *s = *state;
	static const char *const deeds[] = {
		"UPDATE record SET body = replace(body, 'CODE-A', 'CODE-B') WHERE kind = 'checkin' AND body LIKE '%CODE-A%'",
		"UPDATE record SET utc_ms = utc_ms + 1 WHERE id = (SELECT min(id) + 1 FROM record WHERE kind = 'checkin')",
		"DELETE FROM record WHERE id = (SELECT min(id) FROM record WHERE kind = 'checkin')",
		"UPDATE record SET kind = 'note' WHERE id = (SELECT max(id) FROM record WHERE kind = 'checkin')",
		"UPDATE record SET hash = randomblob(32) WHERE id = (SELECT max(id) FROM record WHERE kind = 'checkin')",
		"UPDATE signature SET signature = randomblob(64) WHERE log = (SELECT min(log) FROM signature)",
		"UPDATE log SET author = randomblob(32) WHERE id = (SELECT max(id) FROM log)",
	};
	for (size_t i = 0; i < COUNT_OF(deeds); i++) {
		free(verify_names(s, i, deeds[i]));
	}
}

/* A copied file on another device is another station and begins another log; the same device goes on with its own. */
static void copies_begin_logs_of_their_own(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout"), *copy = scratch_path(s, "copy.turnout");
	struct store *store = event_sample_open(path);
	struct public_key here = *store_station(store);
	assert_ok(store_copy(store, copy, &err));
	assert_false(store_copy(store, copy, &err)); /* nothing is written over */
	store_close(store);
	event_sample_device(s, 9);
	store = event_sample_open(copy);
	assert_false(crypto_key_eq(&here, store_station(store)));
	store_close(store);
	char a[65], b[65];
	event_sample_digest(path, a);
	event_sample_digest(copy, b);
	assert_string_equal(a, b);
	free(path);
	free(copy);
}

static void a_state_folder_that_cannot_be_written(void **state) {
	struct scratch *s = *state;
	char *path = event_sample_make(s, "e.turnout");
	setenv("XDG_STATE_HOME", "/proc/no", 1);
	struct store *store = event_sample_open(path); /* nobody is turned away for want of a folder */
	assert_holds(store_warning(store), "/proc/no");
	store_close(store);
	free(path);
}

static void tallies_are_no_records(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char before[65], after[65];
	char *path = event_sample_make(s, "e.turnout");
	event_sample_digest(path, before);
	struct store *store = event_sample_open(path);
	assert_ok(store_begin(store, &err));
	assert_ok(store_count_up(store, "unknown", &err) && store_count_up(store, "unknown", &err));
	assert_ok(store_commit(store, &err));
	assert_int_equal(store_tally(store, "unknown"), 2);
	store_close(store);
	event_sample_digest(path, after);
	assert_string_equal(before, after);
	free(path);
}

/* Invariant 3 again, for what a plain sample has not: rings and chains of joins, two roles of one key. */
static void join(struct store *store, const char *person, const char *into) {
	struct err err = {0};
	assert_ok(store_begin(store, &err));
	assert_ok(person_join(store, person, into, &err));
	assert_ok(store_commit(store, &err));
}

static int count_people(struct store *store) {
	struct err err = {0};
	int64_t n = 0;
	assert_ok(people_count(store, &n, &err));
	return (int)n;
}

static void joins_in_chains_and_rings(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char ids[12][PERSON_ID_LEN + 1];
	struct store *store = scratch_event(s, "j.turnout");
	assert_ok(store_begin(store, &err));
	for (int i = 0; i < 12; i++) {
		struct person p = {0};
		snprintf(ids[i], sizeof ids[i], "%020d", i);
		person_set(&p, PERSON_NAME, ids[i]);
		assert_ok(person_edit(store, &(struct person_edit){.id = ids[i], .set = &p, .fresh = true}, &err));
		person_fini(&p);
	}
	assert_ok(store_commit(store, &err));
	for (int i = 2; i < 12; i++) {
		join(store, ids[i], ids[1]); /* ten into one */
	}
	assert_int_equal(count_people(store), 2);
	join(store, ids[1], ids[0]); /* a chain of two */
	struct person_row row;
	bool found = false;
	assert_ok(person_get(store, ids[7], &row, &found, &err));
	assert_string_equal(row.id, ids[0]);
	person_row_fini(&row);
	assert_int_equal(count_people(store), 1);
	join(store, ids[0], ids[1]); /* a ring: its greatest id stays */
	assert_ok(person_get(store, ids[7], &row, &found, &err));
	assert_string_equal(row.id, ids[1]);
	person_row_fini(&row);
	assert_int_equal(count_people(store), 1);
	char before[65], after[65];
	char *path = xstrdup(store_path(store));
	assert_ok(store_rebuild(store, &err));
	store_close(store);
	event_sample_digest(path, before);
	store = event_sample_open(path);
	assert_ok(store_rebuild(store, &err));
	store_close(store);
	event_sample_digest(path, after);
	assert_string_equal(before, after);
	free(path);
}

/* Whoever can write into a file cannot get it signed: only the log that the notes outside name is signed to its end. */
static void what_others_put_in_is_not_signed(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout");
	event_sample_sql(path, "DELETE FROM signature WHERE log = (SELECT max(log) FROM signature)");
	int64_t before = event_sample_number(path, "SELECT count(DISTINCT log) FROM signature");
	char *state_home = xstrdup(getenv("XDG_STATE_HOME"));
	char *command = xasprintf("find '%s' -name 'marker-*' -delete", state_home); /* so that the next writer begins a new log */
	assert_int_equal(system(command), 0);                                        /* NOLINT: the words are ours */
	struct store *store = event_sample_open(path);
	assert_ok(store_begin(store, &err) && setting_put(store, "title", "Later", &err) && store_commit(store, &err));
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(DISTINCT log) FROM signature"), before + 1); /* the new one alone */
	free(command);
	free(state_home);
	free(path);
}

static void what_verify_must_not_miss(void **state) {
	struct scratch *s = *state;
	static const char *const deeds[] = {
		"INSERT INTO record (id, kind, mono_ms, utc_ms, subject, body, body_sha256, hash) SELECT (id >> 40) << 40, 'event', 1, 1, "
		"'', "
		"'{\"set\":{\"title\":\"HACKED\"},\"was\":[]}', randomblob(32), randomblob(32) FROM record WHERE kind = 'genesis'",
		"UPDATE record SET body = NULL WHERE kind = 'checkin'",
		"UPDATE view_person SET name = 'Hacker' WHERE id = '0000000000000000000a'",
		"DELETE FROM view_checkin",
	};
	for (size_t i = 0; i < COUNT_OF(deeds); i++) {
		struct err err = {0};
		char *path = verify_names(s, i, deeds[i]);
		struct store *store = event_sample_open(path);
		assert_ok(store_rebuild(store, &err));
		char *title = setting_get(store, "title");
		assert_string_equal(title, "Test");
		free(title);
		store_close(store);
		free(path);
	}
}

static void two_names_of_one_file_have_one_lock(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout"), *link = scratch_path(s, "link.turnout");
	assert_int_equal(symlink(path, link), 0);
	struct store *store = event_sample_open(path);
	assert_null(store_open(link, STORE_WRITE, "second", &err));
	assert_int_equal(err.kind, ERR_BUSY);
	store_close(store);
	free(path);
	free(link);
}

/* Setting the clock while a log is open anchors all of it, what was written before too. */
static void a_clock_that_is_set_corrects_the_whole_log(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct checkins list;
	char *path = event_sample_make(s, "e.turnout");
	event_sample_device(s, 5);
	struct store *store = event_sample_open(path);
	struct desk *desk = desk_open(store, "arrival", &err);
	struct desk_answer answer;
	assert_ok(desk != NULL);
	assert_ok(desk_take(desk, &(struct desk_scan){.text = "CODE-B", .len = 6, .how = "camera"}, &answer, &err));
	struct record_ref ref = answer.ref;
	desk_answer_fini(&answer);
	assert_ok(store_set_clock(store, (struct utc_ms){1778745600000}, true, &err));
	assert_ok(checkins_load(store, &list, &err));
	bool seen = false;
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].record == ref.id) {
			seen = true;
			assert_false(list.items[i].approximate);
			assert_in_range(list.items[i].utc.v, 1778745600000 - 60000, 1778745600000 + 60000);
		}
	}
	assert_true(seen);
	checkins_fini(&list);
	desk_close(desk);
	store_close(store);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_new_event),
		TEST(every_statement_is_one),
		TEST(what_is_no_statement),
		TEST(wrong_settings_make_nothing),
		TEST(what_is_no_event_file),
		TEST(other_databases_and_newer_versions),
		TEST(damaged_files),
		TEST(one_writer_many_readers),
		TEST(a_rolled_back_transaction_leaves_nothing),
		TEST(views_rebuilt_equal_views_kept),
		TEST(permuted_records_give_one_digest),
		TEST(tampering_is_named),
		TEST(copies_begin_logs_of_their_own),
		TEST(a_state_folder_that_cannot_be_written),
		TEST(tallies_are_no_records),
		TEST(joins_in_chains_and_rings),
		TEST(what_others_put_in_is_not_signed),
		TEST(what_verify_must_not_miss),
		TEST(two_names_of_one_file_have_one_lock),
		TEST(a_clock_that_is_set_corrects_the_whole_log),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
