/* PostgreSQL through libpq, and the only file that includes its header: a connection, prepared statements, binary values, COPY. One thread uses a
 * connection. */
#ifndef TURNOUT_HUB_PG_H
#define TURNOUT_HUB_PG_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

struct pg;

/* `conninfo`: "postgresql://…" or libpq's key=value; a server that does not answer is given up after 5 seconds, one that vanishes after 30, unless it
 * says otherwise (connect_timeout, tcp_user_timeout). Commits are durable (synchronous_commit is on, whatever the server's default). ERR_SYSTEM. */
bool pg_open(const char *conninfo, struct pg **out, struct err *err) TURNOUT_MUST_CHECK;
void pg_close(struct pg *pg);        /* NULL is fine */
bool pg_broken(const struct pg *pg); /* the connection is gone: close it and open another */

/* Errors of the functions below: ERR_BUSY when the same transaction may work when it is tried again (serialization failure, deadlock, a key that
 * another made meanwhile: SQLSTATE 40001, 40P01, 23505), else ERR_SYSTEM. */

/* Values for $1, $2, … in their order; what they point to must live until the call. */
#define PG_ARGS_MAX 12
struct pg_args { /* a zeroed struct is empty */
	const char *values[PG_ARGS_MAX];
	int lengths[PG_ARGS_MAX], formats[PG_ARGS_MAX];
	uint64_t numbers[PG_ARGS_MAX];
	int count;
};
void pg_arg_int(struct pg_args *args, int64_t value);                /* bigint */
void pg_arg_bytes(struct pg_args *args, const void *data, size_t n); /* bytea; NULL data is NULL */
void pg_arg_text(struct pg_args *args, const char *text);            /* NULL is NULL */

/* A statement that is prepared once a connection: made by PG_SQL below, one static object each. */
struct pg_sql {
	const char *name, *text;
};

struct pg_rows;
/* Runs it; `out` may be NULL when no rows are wanted. */
bool pg_run(struct pg *pg, const struct pg_sql *sql, const struct pg_args *args, struct pg_rows **out, struct err *err) TURNOUT_MUST_CHECK;
/* Several statements without values: schema, BEGIN, COMMIT. */
bool pg_exec(struct pg *pg, const char *sql, struct err *err) TURNOUT_MUST_CHECK;

int pg_count(const struct pg_rows *rows);
int64_t pg_int(const struct pg_rows *rows, int row, int column);      /* bigint or integer; 0 for NULL */
const char *pg_text(const struct pg_rows *rows, int row, int column); /* NULL for NULL; lives as long as the rows, like: */
const void *pg_bytes(const struct pg_rows *rows, int row, int column, size_t *n);
bool pg_take(const struct pg_rows *rows, int row, int column, void *out, size_t n); /* bytea of exactly n bytes */
int64_t pg_changed(const struct pg_rows *rows);                                     /* rows that an INSERT, UPDATE or DELETE changed */
void pg_rows_free(struct pg_rows *rows);                                            /* NULL is fine */

/* COPY … FROM STDIN (FORMAT binary). Rows are written into a buffer with pg_copy_*; then pg_copy sends them. */
void pg_copy_begin(struct strbuf *out);
void pg_copy_row(struct strbuf *out, int columns);
void pg_copy_int(struct strbuf *out, int64_t value);
void pg_copy_value(struct strbuf *out, const void *data, size_t n); /* text or bytea; NULL data is NULL */
bool pg_copy(struct pg *pg, const char *sql, struct strbuf *rows, struct err *err) TURNOUT_MUST_CHECK;

#endif
