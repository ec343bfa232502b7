/* SQLite, and the only file that includes its header. Statements come from an enum-indexed table, are compiled once, when they are
 * first used, and only ever bound.
 *
 * Invariant: one connection of a file reads and writes, and it alone checkpoints (SQLite before 3.51.3 can lose a WAL reset when two
 * do); all others are read-only. */
#ifndef TURNOUT_STORE_SQL_DB_H
#define TURNOUT_STORE_SQL_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/sql/held_file.h"

struct db;
struct stmt;

enum db_mode {
	DB_READ,   /* read-only; also opens files on media that cannot be written */
	DB_WRITE,  /* the file must exist */
	DB_CREATE, /* the file must not exist */
	DB_MEMORY, /* nothing of it reaches a disk; the path is ":memory:" */
};

/* Looks at the file's head: false where there is none, where it is no database, or cut short. */
bool db_probe(const char *path, struct err *err) TURNOUT_MUST_CHECK;
struct db *db_open(const char *path, enum db_mode mode, struct err *err) TURNOUT_MUST_CHECK;
void db_close(struct db *db); /* statements must have been released; NULL is fine */

/* Runs SQL without parameters: schema, pragmas. */
bool db_exec(struct db *db, const char *sql, struct err *err) TURNOUT_MUST_CHECK;

/* `count` statements (> 0) of texts that must outlive them. One that cannot be compiled gives no rows, and stmt_done says why. */
void db_prepare(struct db *db, const char *const *sql, size_t count, struct stmt **out);
void db_release(struct stmt **statements, size_t count); /* what db_prepare gave, or all NULL */

/* A transaction that may write (BEGIN IMMEDIATE) or only reads one state (BEGIN). They do not nest. */
bool db_begin(struct db *db, struct err *err) TURNOUT_MUST_CHECK;
bool db_begin_read(struct db *db, struct err *err) TURNOUT_MUST_CHECK;
/* After true the changes are durable (synchronous=FULL). After false they are undone. */
bool db_commit(struct db *db, struct err *err) TURNOUT_MUST_CHECK;
void db_rollback(struct db *db); /* no open transaction is no error */

/* From here on every transaction looks whether the file is still the one under its name (held_file.h): db_begin and db_commit fail with ERR_GONE
 * when it is not, and nothing is moved from the write-ahead log into a file that is not known. What was committed then lies in what is open, and
 * may still be read from there, unless it was overwritten. */
void db_watch(struct db *db);
bool db_look(struct db *db, struct err *err) TURNOUT_MUST_CHECK; /* the same look without a transaction; true where nothing is watched */
/* How much of the file is kept in memory at most, in KiB; else DB_CACHE_KIB. */
#define DB_CACHE_KIB 32768 /* the roster of 100,000 with its indexes stays in memory during an import */
bool db_cache(struct db *db, int kib, struct err *err) TURNOUT_MUST_CHECK;
/* Lets go of what is kept of it: after a large part was gone through that is not read again soon. */
bool db_shrink(struct db *db, struct err *err) TURNOUT_MUST_CHECK;
/* db_checkpoint, when anything was committed since the last one. */
void db_rest(struct db *db);
/* Looks no more, and lets nothing of this connection reach the file under the name, also when it is closed. */
void db_let_go(struct db *db);
enum file_verdict db_verdict(const struct db *db); /* of the last transaction */

/* Binding: parameters count from 1; texts and blobs must stay alive until the statement is reset. NULL binds NULL. */
void stmt_int(struct stmt *s, int at, int64_t value);
void stmt_text(struct stmt *s, int at, const char *text);
void stmt_blob(struct stmt *s, int at, const void *data, size_t n);
void stmt_null(struct stmt *s, int at);

/* Steps. stmt_row: true with a row; false at the end or on error: ask stmt_done. */
bool stmt_row(struct stmt *s);
/* Resets and clears the bindings; false with the error when the last step failed. */
bool stmt_done(struct stmt *s, struct err *err) TURNOUT_MUST_CHECK;
/* Runs a statement that gives no rows and resets it. */
bool stmt_run(struct stmt *s, struct err *err) TURNOUT_MUST_CHECK;

/* Steps through all rows, and resets; the first false of `each` ends it and is the result. */
typedef bool db_row_fn(void *context, struct stmt *row, struct err *err);
bool stmt_each(struct stmt *s, db_row_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

/* Columns of the present row count from 0. Text and blobs live until the next step or reset. */
int64_t stmt_col_int(struct stmt *s, int at);
const char *stmt_col_text(struct stmt *s, int at); /* NULL for NULL */
const void *stmt_col_blob(struct stmt *s, int at, size_t *n);
bool stmt_col_null(struct stmt *s, int at);
/* Copies a blob of fixed length, a hash or key; false, and `out` zeros, when it has another. */
bool stmt_take(struct stmt *s, int at, void *out, size_t n);

/* One number from one row of SQL without parameters. */
/* Rows that this connection has changed so far, undone ones too: the same number again means that it wrote nothing meanwhile. */
int64_t db_changes(const struct db *db);
bool db_number(struct db *db, const char *sql, int64_t *out, struct err *err) TURNOUT_MUST_CHECK;
/* The first text that `PRAGMA integrity_check` gives: "ok" or what is wrong. */
bool db_check(struct db *db, char *text, size_t cap, struct err *err) TURNOUT_MUST_CHECK;

/* Moves the write-ahead log into the file and empties it. False when a reader stands in the way; nothing is wrong then. */
bool db_checkpoint(struct db *db);

/* Copies the very bytes of a file that is not being written, and with `wal` its write-ahead log ("TO-wal"): to be looked at, and thrown away. Over what
 * stands there; mode 0600. */
bool db_copy_bytes(const char *path, const char *to, bool wal, struct err *err) TURNOUT_MUST_CHECK;

/* Copies the whole database, as one state, into a new file (SQLite's backup). Writers may go on meanwhile. */
bool db_backup(struct db *db, const char *to, struct err *err) TURNOUT_MUST_CHECK;
/* Whether there is a place and room for one, now: takes the room of it there and gives it back. Of what a transaction has written meanwhile it knows. */
bool db_backup_try(struct db *db, const char *to, struct err *err) TURNOUT_MUST_CHECK;
/* The same, with something changed in the copy before it gets its name. */
typedef bool db_change_fn(struct db *copy, const void *context, struct err *err);
bool db_backup_changed(struct db *db, const char *to, db_change_fn *change, const void *context, struct err *err) TURNOUT_MUST_CHECK;

/* stmt_each on SQL without parameters that is compiled for this once. */
bool db_each(struct db *db, const char *sql, db_row_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;
int stmt_col_count(struct stmt *s);

#endif
