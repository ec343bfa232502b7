#include "store/sql/db.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/strbuf.h"

#define BUSY_TIMEOUT_MS 5000
#define CHECKPOINT_PAGES 1000 /* in the write-ahead log before they are moved into the file; SQLite's own number */

struct db {
	sqlite3 *handle;
	char *path, *wal_path;
	sqlite3_stmt *begin, *commit; /* prepared when first used: every check-in needs them */
	struct held_file held;
	enum file_verdict verdict;
	int wal_pages; /* in the write-ahead log after the last commit */
};

/* Compiled when it is first used: a program that records nothing pays for few of the statements that its store has. */
struct stmt {
	struct db *db;
	const char *sql;    /* the caller's */
	unsigned flags;     /* SQLITE_PREPARE_… */
	sqlite3_stmt *made; /* NULL: not yet */
	int refused;        /* why it could not be compiled, until stmt_done tells */
};

/* NULL when it cannot be compiled; SQLite takes that for a statement that does nothing, and stmt_done tells. */
static sqlite3_stmt *theirs(struct stmt *s) {
	if (s->made == NULL && s->refused == SQLITE_OK) {
		s->refused = sqlite3_prepare_v3(s->db->handle, s->sql, -1, s->flags, &s->made, NULL);
	}
	return s->made;
}

#define HEAD_LEN 100 /* bytes of a database's header: https://sqlite.org/fileformat.html#the_database_header */

/* The bytes that the header promises. Page size at 16 (1 stands for 65536), pages at 28. */
static int64_t promised_size(const unsigned char head[HEAD_LEN]) {
	int64_t page = head[16] * 256 + head[17];
	int64_t pages = ((int64_t)head[28] << 24) | (head[29] << 16) | (head[30] << 8) | head[31];
	return (page == 1 ? 65536 : page) * pages;
}

/* Of an open file that reads as damaged: did somebody cut off its end? */
static bool is_cut(sqlite3 *handle) {
	unsigned char head[HEAD_LEN] = {0};
	sqlite3_file *file = NULL;
	sqlite3_int64 size = 0;
	return handle != NULL && sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK && file != NULL &&
	       file->pMethods != NULL && file->pMethods->xFileSize(file, &size) == SQLITE_OK &&
	       file->pMethods->xRead(file, head, HEAD_LEN, 0) == SQLITE_OK && size < promised_size(head);
}

/* What was recorded before stays; what to do is said. */
static bool fail_io(sqlite3 *handle, int rc, struct err *err) {
	char reason[128];
	int number = handle != NULL ? sqlite3_system_errno(handle) : 0;
	if (rc == SQLITE_IOERR_SHORT_READ) {
		return err_set(err, ERR_CORRUPT, "the file is cut short; take the backup copy");
	}
	return err_set(err, ERR_SYSTEM,
		       "the disk cannot be read or written (%s); nothing was changed: is it still in? Copy the file to another disk while "
		       "it can be "
		       "read, or take the backup copy",
		       number != 0 ? strerror_r(number, reason, sizeof reason) : sqlite3_errstr(rc));
}

static bool fail_damaged(sqlite3 *handle, struct err *err) {
	return is_cut(handle)
		       ? err_set(err, ERR_CORRUPT, "the file is cut short; take the backup copy")
		       : err_set(err, ERR_CORRUPT,
				 "the file is damaged (%s): \"turnout verify\" says where; if only what is shown is damaged, \"turnout "
				 "rebuild\" computes it again from the records, else take the backup copy",
				 sqlite3_errmsg(handle));
}

static bool fail(sqlite3 *handle, int rc, struct err *err, const char *what) {
	/* The low byte is the primary code; extended ones add to it above. */
	switch (rc & 0xFF) {
	case SQLITE_NOTADB: return err_set(err, ERR_INPUT, "this is no event file");
	case SQLITE_CORRUPT: return fail_damaged(handle, err);
	case SQLITE_IOERR: return fail_io(handle, rc, err);
	case SQLITE_BUSY: return err_set(err, ERR_BUSY, "another program holds the file");
	case SQLITE_READONLY: return err_set(err, ERR_SYSTEM, "the file or its folder cannot be written");
	case SQLITE_FULL: return err_set(err, ERR_SYSTEM, "the disk is full; nothing was changed: make room on it, then do this again");
	case SQLITE_CANTOPEN: return err_set(err, ERR_SYSTEM, "the file cannot be opened (is the folder there, and may it be written?)");
	default: break;
	}
	return err_set(err, ERR_SYSTEM, "%s: %s", what, handle ? sqlite3_errmsg(handle) : sqlite3_errstr(rc));
}

/* A file URI for SQLite, every byte that could mean something escaped. */
static char *uri_of(const char *path, const char *query) {
	struct strbuf sb = {0};
	strbuf_adds(&sb, "file:");
	for (const unsigned char *p = (const unsigned char *)path; *p != '\0'; p++) {
		if (*p <= ' ' || *p == '?' || *p == '#' || *p == '%' || *p >= 0x7F) {
			strbuf_addf(&sb, "%%%02X", *p);
		} else {
			strbuf_addc(&sb, (char)*p);
		}
	}
	strbuf_adds(&sb, query);
	return strbuf_detach(&sb);
}

/* No figures about memory are ever asked for, and no connection is shared between threads: SQLite need not count and lock for them. */
static void configure(void) {
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
}

/* Before the first handle is opened: later SQLite takes no configuration. */
static void configure_once(void) {
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, configure);
}

static bool set_up(struct db *db, enum db_mode mode, struct err *err) {
	sqlite3_extended_result_codes(db->handle, 1);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	/* No migration makes triggers or views: what somebody put into the file does not run. */
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	char sql[200];
	snprintf(sql, sizeof sql, "PRAGMA cache_size=-%d; PRAGMA temp_store=MEMORY;%s", DB_CACHE_KIB,
		 mode == DB_READ ? " PRAGMA query_only=1;" : " PRAGMA synchronous=FULL; PRAGMA foreign_keys=0; PRAGMA secure_delete=ON;");
	return db_exec(db, sql, err);
}

/* What a file from elsewhere may cost: its constraints and expressions are computed by this program. No row of ours comes near. A heap limit would
 * be the whole process's and need the counting that is switched off above. */
static void limit(sqlite3 *handle) {
	static const struct {
		int id, most;
	} limits[] = {
		{SQLITE_LIMIT_LENGTH, 16 << 20}, /* a text, blob or row; ours are bodies of 48 KiB, and proofs of some of them */
		{SQLITE_LIMIT_EXPR_DEPTH, 100},  /* ours: 20 */
		{SQLITE_LIMIT_VDBE_OP, 1000000}, /* in one statement */
		{SQLITE_LIMIT_FUNCTION_ARG, 16}, {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000}, {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
	};
	for (size_t i = 0; i < COUNT_OF(limits); i++) {
		sqlite3_limit(handle, limits[i].id, limits[i].most);
	}
}

static bool open_once(struct db *db, const char *query, int flags) {
	char *uri = uri_of(db->path, query);
	int rc = sqlite3_open_v2(uri, &db->handle, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
	free(uri);
	if (db->handle != NULL) {
		limit(db->handle);
		/* From the first statement on: another program may be reading the log that a killed writer left. */
		sqlite3_busy_timeout(db->handle, BUSY_TIMEOUT_MS);
	}
	return rc == SQLITE_OK;
}

/* True when the file can be read as a database now; the first statement is what really opens it. */
static bool answers(struct db *db) { return sqlite3_exec(db->handle, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL) == SQLITE_OK; }

/* Committed changes may lie in the write-ahead log; without it the file would be read as it was before them. */
static bool wal_waits(const char *path) {
	struct stat st;
	char *wal = xasprintf("%s-wal", path);
	bool waits = stat(wal, &st) == 0 && st.st_size > 0;
	free(wal);
	return waits;
}

/* Read-only media hold no shared-memory file and cannot get one; nobody can be writing there either, so the file is taken as it is. */
static bool open_reader(struct db *db) {
	if (open_once(db, "?mode=ro", SQLITE_OPEN_READONLY) && answers(db)) {
		return true;
	}
	int rc = db->handle ? sqlite3_errcode(db->handle) & 0xFF : SQLITE_CANTOPEN;
	if (rc != SQLITE_CANTOPEN && rc != SQLITE_READONLY) {
		return false;
	}
	sqlite3_close(db->handle);
	db->handle = NULL;
	return !wal_waits(db->path) && open_once(db, "?mode=ro&immutable=1", SQLITE_OPEN_READONLY);
}

/* A file through SQLite's own descriptor: closing another one would drop all the locks that this process holds on the file (POSIX). For
 * sqlite3_close, also when it fails. */
static bool open_bytes(const char *path, sqlite3 **handle, sqlite3_file **file, struct err *err) {
	char *uri = uri_of(path, "?mode=ro");
	configure_once();
	int rc =
		sqlite3_open_v2(uri, handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
	free(uri);
	if (rc == SQLITE_OK) {
		rc = sqlite3_file_control(*handle, "main", SQLITE_FCNTL_FILE_POINTER, file);
	}
	if (rc != SQLITE_OK) {
		errno = sqlite3_system_errno(*handle);
		err_errno(err, "cannot open it");
	}
	return rc == SQLITE_OK;
}

/* Zeros stand for what is beyond the file's end. */
static bool read_bytes(sqlite3_file *file, void *out, size_t n, int64_t at, struct err *err) {
	int rc = file->pMethods->xRead(file, out, (int)n, at);
	return rc == SQLITE_OK || rc == SQLITE_IOERR_SHORT_READ || err_set(err, ERR_SYSTEM, "cannot read it: %s", sqlite3_errstr(rc));
}

static bool read_head(const char *path, unsigned char head[HEAD_LEN], struct err *err) {
	sqlite3 *handle = NULL;
	sqlite3_file *file = NULL;
	bool ok = open_bytes(path, &handle, &file, err) && read_bytes(file, head, HEAD_LEN, 0, err);
	sqlite3_close(handle);
	return ok;
}

#define COPY_BYTES (256 * 1024)

static bool copy_open(sqlite3_file *file, int64_t size, const char *to, struct err *err) {
	char *chunk = xmalloc(COPY_BYTES);
	int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool ok = fd >= 0 || err_errno(err, "cannot write %s", to);
	for (int64_t at = 0; ok && at < size; at += COPY_BYTES) {
		size_t n = size - at < COPY_BYTES ? (size_t)(size - at) : COPY_BYTES;
		ok = read_bytes(file, chunk, n, at, err) && (write(fd, chunk, n) == (ssize_t)n || err_errno(err, "cannot write %s", to));
	}
	if (fd >= 0) {
		close(fd);
	}
	free(chunk);
	return ok;
}

static bool copy_one(const char *path, const char *to, struct err *err) {
	sqlite3 *handle = NULL;
	sqlite3_file *file = NULL;
	sqlite3_int64 size = 0;
	bool ok = open_bytes(path, &handle, &file, err);
	if (ok && file->pMethods->xFileSize(file, &size) != SQLITE_OK) {
		ok = err_set(err, ERR_SYSTEM, "cannot read it");
	}
	ok = ok && copy_open(file, size, to, err);
	sqlite3_close(handle);
	return ok;
}

bool db_copy_bytes(const char *path, const char *to, bool wal, struct err *err) {
	char *from_wal = xasprintf("%s-wal", path), *to_wal = xasprintf("%s-wal", to);
	bool ok = copy_one(path, to, err) && (!wal || copy_one(from_wal, to_wal, err));
	free(from_wal);
	free(to_wal);
	return ok;
}

/* SQLite makes an empty database out of an empty or missing file, and takes a truncated one until it reads beyond the end. */
bool db_probe(const char *path, struct err *err) {
	unsigned char head[HEAD_LEN] = {0};
	struct stat st = {0};
	if (stat(path, &st) != 0) {
		return errno == ENOENT ? err_set(err, ERR_NOT_FOUND, "there is no such event file") : err_errno(err, "cannot open it");
	}
	if (!S_ISREG(st.st_mode)) { /* before opening: that alone would wait for ever on a pipe */
		return err_set(err, ERR_INPUT, "this is %s, no event file", S_ISDIR(st.st_mode) ? "a folder" : "no plain file");
	}
	if (st.st_size == 0) {
		return err_set(err, ERR_INPUT, "this file is empty, no event file");
	}
	if (!read_head(path, head, err)) {
		return false;
	}
	/* 16 bytes: the NUL is part of the magic. */
	if (st.st_size < HEAD_LEN || memcmp(head, "SQLite format 3", 16) != 0) {
		return err_set(err, ERR_INPUT, "this is no event file");
	}
	/* What a write-ahead log waits to add may be missing in the file itself. */
	char *wal = xasprintf("%s-wal", path);
	bool has_wal = file_exists(wal);
	free(wal);
	if (!has_wal && st.st_size < promised_size(head)) {
		return err_set(err, ERR_CORRUPT, "the file is cut short (%" PRId64 " of %" PRId64 " bytes); take the backup copy",
			       (int64_t)st.st_size, promised_size(head));
	}
	return true;
}

/* --- the file under its name ------------------------------------------------------------------------------------------------------------- */

/* In place of SQLite's own checkpoints, which ask nobody: after_commit moves the pages when it knows where to. */
static int note_pages(void *context, sqlite3 *handle, const char *name, int pages) {
	struct db *db = context;
	(void)handle, (void)name;
	db->wal_pages = pages;
	return SQLITE_OK;
}

void db_watch(struct db *db) {
	held_file_note(&db->held, db->path, db->wal_path);
	db->held.on = true;
	sqlite3_wal_hook(db->handle, note_pages, db);
}

void db_let_go(struct db *db) {
	db->held.on = false;
	sqlite3_wal_hook(db->handle, note_pages, db);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

enum file_verdict db_verdict(const struct db *db) { return db->verdict; }

static bool judged(struct db *db, enum file_verdict verdict, struct err *err) {
	db->verdict = verdict;
	return verdict == FILE_SAME || held_file_fail(verdict, err);
}

static void move_pages(struct db *db, int how) {
	sqlite3_wal_checkpoint_v2(db->handle, "main", how, NULL, NULL);
	db->wal_pages = 0;
	held_file_note(&db->held, db->path, db->wal_path);
}

bool db_look(struct db *db, struct err *err) {
	if (!db->held.on) {
		return true;
	}
	return (db->verdict == FILE_SAME && judged(db, held_file_after(&db->held, db->path, db->wal_path), err)) ||
	       held_file_fail(db->verdict, err);
}

static bool after_commit(struct db *db, struct err *err) {
	if (!db->held.on) {
		return true;
	}
	if (!db_look(db, err)) {
		return false;
	}
	if (db->wal_pages >= CHECKPOINT_PAGES) {
		move_pages(db, SQLITE_CHECKPOINT_PASSIVE);
	}
	return true;
}

/* --- opening -------------------------------------------------------------------------------------------------------------------------- */

struct db *db_open(const char *path, enum db_mode mode, struct err *err) {
	if ((mode == DB_READ || mode == DB_WRITE) && !db_probe(path, err)) {
		return NULL;
	}
	/* Made here, not by SQLite, which asks the umask alone; -wal, -shm and -journal get the mode that the file has. */
	if (mode == DB_CREATE && !file_make(path, err)) {
		return NULL;
	}
	configure_once();
	struct db *db = xcalloc(1, sizeof *db);
	db->path = xstrdup(path);
	db->wal_path = xasprintf("%s-wal", path);
	bool ok = mode == DB_READ ? open_reader(db) : open_once(db, "", SQLITE_OPEN_READWRITE);
	if (!ok) {
		fail(db->handle, db->handle ? sqlite3_errcode(db->handle) : SQLITE_CANTOPEN, err, "cannot open it");
		if (mode == DB_READ && db->handle == NULL && wal_waits(path)) {
			err_set(err, ERR_REFUSED,
				"its last changes lie in %s-wal and cannot be read here; copy both files into a folder "
				"that can be written",
				file_base_name(path));
		}
	} else if (mode == DB_WRITE && sqlite3_db_readonly(db->handle, "main") == 1) {
		ok = err_set(err, ERR_SYSTEM, "the file cannot be written (it or its folder is read-only)");
	}
	ok = ok && set_up(db, mode, err);
	if (!ok) {
		db_close(db);
		if (mode == DB_CREATE) {
			unlink(path);
		}
		return NULL;
	}
	return db;
}

void db_close(struct db *db) {
	if (db != NULL) {
		struct err gone = {0};
		if (db->handle != NULL && !db_look(db, &gone)) {
			db_let_go(db);
		}
		sqlite3_finalize(db->begin);
		sqlite3_finalize(db->commit);
		sqlite3_close(db->handle);
		free(db->path);
		free(db->wal_path);
		free(db);
	}
}

bool db_exec(struct db *db, const char *sql, struct err *err) {
	int rc = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
	return rc == SQLITE_OK || fail(db->handle, rc, err, "SQLite");
}

void db_prepare(struct db *db, const char *const *sql, size_t count, struct stmt **out) {
	struct stmt *all = xcalloc(count, sizeof *all);
	for (size_t i = 0; i < count; i++) {
		all[i] = (struct stmt){.db = db, .sql = sql[i], .flags = SQLITE_PREPARE_PERSISTENT};
		out[i] = &all[i];
	}
}

void db_release(struct stmt **statements, size_t count) {
	struct stmt *all = statements[0];
	for (size_t i = 0; i < count && all != NULL; i++) {
		sqlite3_finalize(all[i].made);
		statements[i] = NULL;
	}
	free(all);
}

static bool run_kept(struct db *db, sqlite3_stmt **kept, const char *sql, struct err *err) {
	int rc = *kept ? SQLITE_OK : sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, kept, NULL);
	if (rc == SQLITE_OK) {
		sqlite3_step(*kept);
		rc = sqlite3_reset(*kept);
	}
	return rc == SQLITE_OK || fail(db->handle, rc, err, "SQLite");
}

/* --- transactions --------------------------------------------------------------------------------------------------------------------- */

/* Once gone it stays gone, whatever comes under the name: what is open is another file. */
bool db_begin(struct db *db, struct err *err) {
	if (db->held.on && (db->verdict != FILE_SAME || !judged(db, held_file_before(&db->held, db->wal_path), err))) {
		return held_file_fail(db->verdict, err);
	}
	return run_kept(db, &db->begin, "BEGIN IMMEDIATE", err);
}

bool db_begin_read(struct db *db, struct err *err) { return db_exec(db, "BEGIN", err); }

bool db_commit(struct db *db, struct err *err) {
	if (run_kept(db, &db->commit, "COMMIT", err)) {
		return after_commit(db, err);
	}
	db_rollback(db);
	return false;
}

void db_rollback(struct db *db) {
	if (sqlite3_get_autocommit(db->handle) == 0) {
		sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
	}
}

void stmt_int(struct stmt *s, int at, int64_t value) { sqlite3_bind_int64(theirs(s), at, value); }

void stmt_text(struct stmt *s, int at, const char *text) {
	sqlite3_bind_text(theirs(s), at, text, text ? (int)strlen(text) : 0, SQLITE_STATIC);
}

void stmt_blob(struct stmt *s, int at, const void *data, size_t n) { sqlite3_bind_blob64(theirs(s), at, data, n, SQLITE_STATIC); }

void stmt_null(struct stmt *s, int at) { sqlite3_bind_null(theirs(s), at); }

bool stmt_row(struct stmt *s) { return sqlite3_step(theirs(s)) == SQLITE_ROW; }

bool stmt_done(struct stmt *s, struct err *err) {
	int rc = s->refused != SQLITE_OK ? s->refused : sqlite3_reset(s->made);
	if (s->made != NULL) {
		sqlite3_clear_bindings(s->made);
	}
	s->refused = SQLITE_OK;
	return rc == SQLITE_OK || fail(s->db->handle, rc, err, s->made == NULL ? s->sql : "SQLite");
}

bool stmt_run(struct stmt *s, struct err *err) {
	sqlite3_step(theirs(s));
	return stmt_done(s, err);
}

bool stmt_each(struct stmt *s, db_row_fn *each, void *context, struct err *err) {
	struct err late = {0};
	bool ok = true;
	while (ok && stmt_row(s)) {
		ok = each(context, s, err);
	}
	if (!stmt_done(s, &late) && ok) {
		err_give(err, &late);
		ok = false;
	}
	return ok;
}

int64_t stmt_col_int(struct stmt *s, int at) { return sqlite3_column_int64(theirs(s), at); }

const char *stmt_col_text(struct stmt *s, int at) { return (const char *)sqlite3_column_text(theirs(s), at); }

const void *stmt_col_blob(struct stmt *s, int at, size_t *n) {
	const void *data = sqlite3_column_blob(theirs(s), at);
	*n = (size_t)sqlite3_column_bytes(theirs(s), at);
	return data;
}

bool stmt_take(struct stmt *s, int at, void *out, size_t n) {
	size_t len = 0;
	const void *data = stmt_col_blob(s, at, &len);
	memset(out, 0, n);
	if (len != n) {
		return false;
	}
	memcpy(out, data, n);
	return true;
}

bool stmt_col_null(struct stmt *s, int at) { return sqlite3_column_type(theirs(s), at) == SQLITE_NULL; }

int stmt_col_count(struct stmt *s) { return sqlite3_column_count(theirs(s)); }

static bool take_busy(void *context, struct stmt *row, struct err *err) {
	(void)err;
	*(int64_t *)context = stmt_col_int(row, 0);
	return true;
}

bool db_checkpoint(struct db *db) {
	struct err ignored = {0};
	int64_t busy = 1;
	if (!db_look(db, &ignored)) {
		return false;
	}
	sqlite3_busy_timeout(db->handle, 0); /* nobody waits for a reader here */
	bool ok = db_each(db, "PRAGMA wal_checkpoint(TRUNCATE)", take_busy, &busy, &ignored);
	sqlite3_busy_timeout(db->handle, BUSY_TIMEOUT_MS);
	held_file_note(&db->held, db->path, db->wal_path);
	db->wal_pages = ok && busy == 0 ? 0 : db->wal_pages;
	return ok && busy == 0;
}

bool db_shrink(struct db *db, struct err *err) { return db_exec(db, "PRAGMA shrink_memory", err); }

bool db_cache(struct db *db, int kib, struct err *err) {
	char sql[64];
	snprintf(sql, sizeof sql, "PRAGMA cache_size=-%d", kib);
	return db_exec(db, sql, err);
}

void db_rest(struct db *db) {
	if (db->wal_pages > 0) {
		db_checkpoint(db);
	}
}

bool db_each(struct db *db, const char *sql, db_row_fn *each, void *context, struct err *err) {
	struct stmt s = {.db = db, .sql = sql};
	bool ok = stmt_each(&s, each, context, err);
	sqlite3_finalize(s.made);
	return ok;
}

static bool take_number(void *context, struct stmt *row, struct err *err) {
	(void)err;
	*(int64_t *)context = stmt_col_int(row, 0);
	return true;
}

int64_t db_changes(const struct db *db) { return sqlite3_total_changes64(db->handle); }

bool db_number(struct db *db, const char *sql, int64_t *out, struct err *err) { return db_each(db, sql, take_number, out, err); }

struct check_text {
	char *text;
	size_t cap;
};

static bool take_check(void *context, struct stmt *row, struct err *err) {
	(void)err;
	struct check_text *check = context;
	if (check->text[0] == '\0') {
		str_copy(check->text, check->cap, str_or_empty(stmt_col_text(row, 0)));
	}
	return true;
}

bool db_check(struct db *db, char *text, size_t cap, struct err *err) {
	struct check_text check = {text, cap};
	text[0] = '\0';
	return db_each(db, "PRAGMA integrity_check(1)", take_check, &check, err);
}

/* Into the empty file `to`. */
static bool copy_pages(struct db *db, const char *to, struct err *err) {
	sqlite3 *target = NULL;
	int rc = sqlite3_open_v2(to, &target, SQLITE_OPEN_READWRITE, NULL);
	sqlite3_backup *backup = rc == SQLITE_OK ? sqlite3_backup_init(target, "main", db->handle, "main") : NULL;
	if (backup != NULL) {
		while ((rc = sqlite3_backup_step(backup, 1024)) == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED) {
			if (rc != SQLITE_OK) {
				sqlite3_sleep(20);
			}
		}
		rc = sqlite3_backup_finish(backup);
	}
	bool ok = backup != NULL && rc == SQLITE_OK;
	if (!ok) {
		fail(target, rc == SQLITE_OK ? SQLITE_ERROR : rc, err, "the copy failed");
	}
	sqlite3_close(target);
	return ok;
}

static bool change_copy(const char *path, db_change_fn *change, const void *context, struct err *err) {
	struct db *copy = db_open(path, DB_WRITE, err);
	/* In the file itself: a write-ahead log beside it would not go along when it gets its name. */
	bool ok = copy != NULL && db_exec(copy, "PRAGMA journal_mode=DELETE", err) && db_begin(copy, err) && change(copy, context, err) &&
		  db_commit(copy, err) && db_exec(copy, "PRAGMA journal_mode=WAL", err);
	db_close(copy);
	return ok;
}

static void remove_copy(const char *path) {
	static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		char *name = xasprintf("%s%s", path, suffixes[i]);
		unlink(name);
		free(name);
	}
}

/* Beside the pages themselves: what changing something in the copy needs for its journal. */
#define COPY_ROOM (64 * 1024)

static bool take_room(struct db *db, const char *path, struct err *err) {
	int64_t pages = 0, size = 0;
	if (!db_number(db, "PRAGMA page_count", &pages, err) || !db_number(db, "PRAGMA page_size", &size, err)) {
		return false;
	}
	int fd = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC); /* nobody put a link in the place of what was made just now */
	errno = fd < 0 ? errno : posix_fallocate(fd, 0, pages * size + COPY_ROOM);
	bool ok = errno == 0 || err_errno(err, "there is no room for the copy (%" PRId64 " KiB)", (pages * size + COPY_ROOM) / 1024);
	if (fd >= 0) {
		close(fd);
	}
	return ok;
}

bool db_backup_try(struct db *db, const char *to, struct err *err) {
	char *temporary = xasprintf("%s.part", to);
	bool ok = file_new_check(to, err);
	if (ok) {
		remove_copy(temporary);
		ok = (file_make(temporary, err) && take_room(db, temporary, err)) || err_wrap(err, "%s", to);
		remove_copy(temporary);
	}
	free(temporary);
	return ok;
}

bool db_backup(struct db *db, const char *to, struct err *err) { return db_backup_changed(db, to, NULL, NULL, err); }

bool db_backup_changed(struct db *db, const char *to, db_change_fn *change, const void *context, struct err *err) {
	if (!file_new_check(to, err)) {
		return false;
	}
	/* Under another name until it is whole and on the disk: a copy of that name is never half of one. */
	char *temporary = xasprintf("%s.part", to);
	remove_copy(temporary);
	bool ok = file_make(temporary, err) && copy_pages(db, temporary, err) &&
		  (change == NULL || change_copy(temporary, change, context, err));
	int fd = ok ? open(temporary, O_RDONLY | O_CLOEXEC) : -1;
	if (ok && (fd < 0 || fsync(fd) != 0 || rename(temporary, to) != 0)) {
		ok = err_errno(err, "cannot finish the copy");
	}
	if (fd >= 0) {
		close(fd);
	}
	if (!ok) {
		remove_copy(temporary);
		err_wrap(err, "%s", to);
	}
	free(temporary);
	return ok;
}
