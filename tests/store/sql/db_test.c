/* SQLite behind its wrapper: what cannot be compiled, transactions, rows, copies, and files that are none. */
#include "store/sql/db.h"

#include "lib/event_sample.h"

#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "store/file/state.h"

static struct db *numbers(const struct scratch *s, const char *name) {
	struct err err = {0};
	char *path = scratch_path(s, name);
	struct db *db = db_open(path, DB_CREATE, &err);
	assert_ok(db != NULL);
	assert_ok(db_exec(
		db, "CREATE TABLE n (v INTEGER PRIMARY KEY, t ANY) STRICT; INSERT INTO n VALUES (1, 'a'), (2, x'00ff'), (3, NULL)", &err));
	free(path);
	return db;
}

static int64_t count(struct db *db) {
	struct err err = {0};
	int64_t n = -1;
	assert_ok(db_number(db, "SELECT count(*) FROM n", &n, &err));
	return n;
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

/* Of another length than wanted there is nothing, and what was in its place before is gone. */
static void blobs_of_one_length(void **state) {
	static const char *const sql[] = {"SELECT x'0102', 'ab', NULL, x'', x'010203'"};
	struct db *db = numbers(*state, "n.db");
	struct stmt *s[COUNT_OF(sql)];
	struct err err = {0};
	uint8_t out[3] = {9, 9, 9};
	db_prepare(db, sql, COUNT_OF(sql), s);
	assert_true(stmt_row(s[0]));
	assert_true(stmt_take(s[0], 0, out, 2));
	assert_memory_equal(out, ((uint8_t[]){1, 2, 9}), 3); /* and nothing beyond it */
	assert_true(stmt_take(s[0], 1, out, 2));
	assert_memory_equal(out, "ab", 2);
	for (int at = 2; at < 5; at++) {
		out[0] = out[1] = 9;
		assert_false(stmt_take(s[0], at, out, 2));
		assert_memory_equal(out, ((uint8_t[]){0, 0, 9}), 3);
	}
	assert_ok(stmt_done(s[0], &err));
	db_release(s, COUNT_OF(s));
	db_close(db);
}

static void columns_are_as_they_were_bound(void **state) {
	static const char *const sql[] = {"INSERT INTO n (v, t) VALUES (?1, ?2)", "SELECT v, t FROM n WHERE v = ?1"};
	struct db *db = numbers(*state, "n.db");
	struct stmt *s[COUNT_OF(sql)];
	struct err err = {0};
	size_t n = 0;
	db_prepare(db, sql, COUNT_OF(sql), s);
	stmt_int(s[0], 1, INT64_MIN);
	stmt_blob(s[0], 2, "\0\1", 2);
	assert_ok(stmt_run(s[0], &err));
	stmt_int(s[1], 1, INT64_MIN);
	assert_true(stmt_row(s[1]));
	assert_true(stmt_col_int(s[1], 0) == INT64_MIN);
	assert_memory_equal(stmt_col_blob(s[1], 1, &n), "\0\1", 2);
	assert_int_equal(n, 2);
	assert_int_equal(stmt_col_count(s[1]), 2);
	assert_ok(stmt_done(s[1], &err));
	assert_false(stmt_row(s[1])); /* the bindings are gone: no row has the key NULL */
	assert_ok(stmt_done(s[1], &err));
	stmt_int(s[0], 1, 1); /* that key is there */
	assert_false(stmt_run(s[0], &err));
	assert_int_equal(err.kind, ERR_SYSTEM);
	assert_int_equal(count(db), 4);
	stmt_int(s[0], 1, 9);
	assert_ok(stmt_run(s[0], &err)); /* and it works again; the text is NULL now */
	assert_int_equal(count(db), 5);
	db_release(s, COUNT_OF(sql));
	db_close(db);
}

struct stopping {
	int seen, at;
};

static bool stop_at(void *context, struct stmt *row, struct err *err) {
	struct stopping *stopping = context;
	(void)row;
	return ++stopping->seen < stopping->at || err_set(err, ERR_REFUSED, "enough");
}

static void each_ends_where_its_caller_does(void **state) {
	struct db *db = numbers(*state, "n.db");
	struct err err = {0};
	struct stopping stopping = {.at = 2};
	assert_false(db_each(db, "SELECT v FROM n ORDER BY v", stop_at, &stopping, &err));
	assert_int_equal(stopping.seen, 2);
	assert_string_equal(err.text, "enough");
	stopping = (struct stopping){.at = 9};
	assert_ok(db_each(db, "SELECT v FROM n ORDER BY v", stop_at, &stopping, &err));
	assert_int_equal(stopping.seen, 3);
	assert_false(db_each(db, "SELECT nothing FROM n", stop_at, &stopping, &err));
	assert_holds(err.text, "nothing");
	db_close(db);
}

static void what_is_rolled_back_is_not_there(void **state) {
	struct db *db = numbers(*state, "n.db");
	struct err err = {0};
	assert_ok(db_begin(db, &err) && db_exec(db, "DELETE FROM n", &err));
	assert_int_equal(count(db), 0);
	db_rollback(db);
	assert_int_equal(count(db), 3);
	db_rollback(db); /* nothing is open: no error */
	assert_ok(db_begin(db, &err));
	assert_false(db_begin(db, &err)); /* they do not nest */
	assert_ok(db_exec(db, "DELETE FROM n WHERE v = 1", &err) && db_commit(db, &err));
	assert_int_equal(count(db), 2);
	assert_false(db_commit(db, &err)); /* what is not open is not committed */
	db_close(db);
}

/* What somebody put into the file does not run. */
static void triggers_do_nothing(void **state) {
	struct db *db = numbers(*state, "n.db");
	struct err err = {0};
	assert_ok(db_exec(db, "CREATE TRIGGER t AFTER INSERT ON n BEGIN DELETE FROM n; END; INSERT INTO n (v) VALUES (4)", &err));
	assert_int_equal(count(db), 4);
	db_close(db);
}

static void a_reader_writes_nothing(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = scratch_path(s, "n.db");
	db_close(numbers(s, "n.db"));
	struct db *db = db_open(path, DB_READ, &err);
	assert_ok(db != NULL);
	assert_false(db_exec(db, "DELETE FROM n", &err));
	assert_int_equal(count(db), 3);
	db_close(db);
	assert_null(db_open(path, DB_CREATE, &err)); /* nothing is made over it */
	assert_int_equal(err.kind, ERR_REFUSED);
	free(path);
}

static void a_copy_is_whole_and_never_over_another(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct db *db = numbers(s, "n.db");
	char *to = scratch_path(s, "copy.db"), *nowhere = scratch_path(s, "no/copy.db");
	char text[100];
	assert_ok(db_backup(db, to, &err));
	assert_false(db_backup(db, to, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_false(db_backup(db, nowhere, &err));
	assert_false(file_exists(nowhere));
	db_close(db);
	db = db_open(to, DB_WRITE, &err);
	assert_ok(db != NULL);
	assert_int_equal(count(db), 3);
	assert_ok(db_check(db, text, sizeof text, &err));
	assert_string_equal(text, "ok");
	db_close(db);
	free(to);
	free(nowhere);
}

static mode_t mode_of(const struct scratch *s, const char *name) {
	char *path = scratch_path(s, name);
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	free(path);
	return st.st_mode & 0777;
}

/* -wal and -shm get the file's own mode from SQLite: also of one that somebody shares with a group. */
static void files_are_private(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = scratch_path(s, "n.db"), *to = scratch_path(s, "copy.db");
	mode_t before = umask(0);
	struct db *db = numbers(s, "n.db");
	assert_ok(db_exec(db, "PRAGMA journal_mode=WAL; INSERT INTO n (v) VALUES (4)", &err));
	assert_ok(db_backup(db, to, &err));
	assert_int_equal(mode_of(s, "n.db"), 0600);
	assert_int_equal(mode_of(s, "n.db-wal"), 0600);
	assert_int_equal(mode_of(s, "n.db-shm"), 0600);
	assert_int_equal(mode_of(s, "copy.db"), 0600);
	db_close(db);
	assert_int_equal(chmod(path, 0660), 0);
	db = db_open(path, DB_WRITE, &err);
	assert_ok(db != NULL && db_exec(db, "INSERT INTO n (v) VALUES (5)", &err));
	assert_int_equal(mode_of(s, "n.db-wal"), 0660);
	db_close(db);
	umask(before);
	free(path);
	free(to);
}

static void the_log_is_emptied_when_nobody_reads(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct db *db = numbers(s, "n.db");
	char *path = scratch_path(s, "n.db"), *wal = scratch_path(s, "n.db-wal");
	struct stat st;
	assert_ok(db_exec(db, "PRAGMA journal_mode=WAL", &err) && db_exec(db, "INSERT INTO n (v) VALUES (4)", &err));
	struct db *reader = db_open(path, DB_READ, &err);
	assert_ok(reader != NULL && db_begin_read(reader, &err));
	assert_int_equal(count(reader), 4);
	assert_ok(db_exec(db, "INSERT INTO n (v) VALUES (5)", &err));
	assert_false(db_checkpoint(db)); /* the reader holds on to what it reads */
	assert_int_equal(count(reader), 4);
	db_rollback(reader);
	assert_true(db_checkpoint(db));
	assert_int_equal(stat(wal, &st), 0);
	assert_int_equal(st.st_size, 0);
	assert_int_equal(count(reader), 5);
	db_close(reader);
	db_close(db);
	free(path);
	free(wal);
}

/* Each says what to do, and "rebuild" only where that may help. */
static void what_the_disk_does(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = scratch_path(s, "n.db");
	struct db *db = numbers(s, "n.db");
	struct rlimit free_size, small;
	assert_ok(db_exec(db, "CREATE TABLE big (b); INSERT INTO big SELECT randomblob(50000) FROM n", &err));
	assert_false(db_exec(db, "PRAGMA max_page_count = 1; INSERT INTO big VALUES (randomblob(100000))", &err));
	assert_holds(err.text, "the disk is full; nothing was changed: make room");
	assert_ok(db_exec(db, "PRAGMA max_page_count = 1000000", &err));
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &free_size), 0);
	small = (struct rlimit){4096, free_size.rlim_max};
	void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	bool written = db_exec(db, "INSERT INTO big VALUES (randomblob(100000))", &err);
	setrlimit(RLIMIT_FSIZE, &free_size);
	signal(SIGXFSZ, before);
	assert_false(written);
	assert_int_equal(err.kind, ERR_SYSTEM);
	assert_holds(err.text, "the disk cannot be read or written (File too large); nothing was changed");
	assert_null(strstr(err.text, "rebuild"));
	db_close(db);
	db = db_open(path, DB_READ, &err);
	assert_ok(db != NULL);
	assert_int_equal(truncate(path, 8192), 0); /* while it is read */
	assert_false(db_exec(db, "SELECT sum(length(b)) FROM big", &err));
	assert_int_equal(err.kind, ERR_CORRUPT);
	assert_holds(err.text, "cut short; take the backup copy");
	db_close(db);
	free(path);
}

static void damage_within(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = scratch_path(s, "n.db");
	struct db *db = numbers(s, "n.db");
	assert_ok(db_exec(db, "CREATE TABLE big (b); INSERT INTO big SELECT randomblob(50000) FROM n", &err));
	db_close(db);
	struct strbuf file = {0};
	assert_ok(file_read(path, (size_t)1 << 20, &file, &err));
	memset(file.data + 8192, 0xFF, 4096);
	assert_ok(file_write(path, file.data, file.len, &err));
	strbuf_fini(&file);
	db = db_open(path, DB_READ, &err);
	assert_ok(db != NULL);
	assert_false(db_exec(db, "SELECT sum(length(b)) FROM big", &err));
	assert_int_equal(err.kind, ERR_CORRUPT);
	assert_holds(err.text, "\"turnout verify\" says where");
	assert_holds(err.text, "rebuild");
	db_close(db);
	free(path);
}

static void probe_refuses(const char *path, enum err_kind kind, const char *says) {
	struct err err = {0};
	assert_false(db_probe(path, &err));
	assert_int_equal(err.kind, kind);
	assert_holds(err.text, says);
}

static void files_that_are_none(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout"), *missing = scratch_path(s, "missing"), *pipe = scratch_path(s, "pipe");
	struct strbuf whole = {0};
	assert_ok(db_probe(path, &err));
	assert_ok(file_read(path, (size_t)16 << 20, &whole, &err));
	char *empty = scratch_write(s, "empty", "", 0);
	char *cut = scratch_write(s, "cut", whole.data, whole.len - 1);
	char *head = scratch_write(s, "head", whole.data, 99); /* one byte less than a header */
	assert_int_equal(mkfifo(pipe, 0600), 0);
	probe_refuses(missing, ERR_NOT_FOUND, "no such");
	probe_refuses(s->folder, ERR_INPUT, "folder");
	probe_refuses(pipe, ERR_INPUT, "no plain file");
	probe_refuses(empty, ERR_INPUT, "empty");
	probe_refuses(cut, ERR_CORRUPT, "cut short");
	probe_refuses(head, ERR_INPUT, "no event file");
	whole.data[0] = 's';
	char *other = scratch_write(s, "other", whole.data, whole.len);
	probe_refuses(other, ERR_INPUT, "no event file");
	strbuf_fini(&whole);
	free(path);
	free(missing);
	free(pipe);
	free(empty);
	free(cut);
	free(head);
	free(other);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(what_is_no_statement),
		TEST(blobs_of_one_length),
		TEST(columns_are_as_they_were_bound),
		TEST(each_ends_where_its_caller_does),
		TEST(what_is_rolled_back_is_not_there),
		TEST(triggers_do_nothing),
		TEST(a_reader_writes_nothing),
		TEST(a_copy_is_whole_and_never_over_another),
		TEST(files_are_private),
		TEST(the_log_is_emptied_when_nobody_reads),
		TEST(what_the_disk_does),
		TEST(damage_within),
		TEST(files_that_are_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
