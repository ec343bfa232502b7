#include "hub/pg.h"

#include <endian.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"

struct pg {
	PGconn *connection;
	struct mapstr prepared; /* names of statements */
};

struct pg_rows; /* a PGresult */

static const PGresult *result_of(const struct pg_rows *rows) { return (const PGresult *)rows; }

/* libpq's messages end with newlines and may have several lines: the first one says it. */
static bool failed(const struct pg *pg, const PGresult *result, struct err *err) {
	/* PostgreSQL's manual, appendix A: serialization_failure, deadlock_detected, unique_violation (another hub put the row first). */
	static const char *const again[] = {"40001", "40P01", "23505"};
	const char *state = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *message = result == NULL ? PQerrorMessage(pg->connection) : PQresultErrorMessage(result);
	enum err_kind kind = ERR_SYSTEM;
	for (size_t i = 0; i < COUNT_OF(again); i++) {
		kind = str_eq(state, again[i]) ? ERR_BUSY : kind;
	}
	return err_set(err, kind, "PostgreSQL: %.*s", (int)strcspn(message, "\n"), message);
}

static void no_notices(void *context, const PGresult *result) {
	(void)context;
	(void)result;
}

bool pg_open(const char *conninfo, struct pg **out, struct err *err) {
	/* A server that takes connections and says nothing must not hold a thread for ever; whoever names others in `conninfo` gets those. */
	static const char *const names[] = {"connect_timeout", "tcp_user_timeout", "dbname", NULL};
	const char *const values[] = {"5", "30000", conninfo, NULL};
	struct pg *pg = xcalloc(1, sizeof *pg);
	pg->connection = PQconnectdbParams(names, values, 1);
	if (PQstatus(pg->connection) != CONNECTION_OK) {
		failed(pg, NULL, err);
		pg_close(pg);
		return false;
	}
	PQsetNoticeReceiver(pg->connection, no_notices, NULL);
	if (!pg_exec(pg,
		     "SET synchronous_commit = on; SET client_min_messages = warning; SET client_encoding = 'UTF8'; SET statement_timeout "
		     "= 60000",
		     err)) {
		pg_close(pg);
		return false;
	}
	*out = pg;
	return true;
}

void pg_close(struct pg *pg) {
	if (pg != NULL) {
		PQfinish(pg->connection);
		mapstr_fini(&pg->prepared);
		free(pg);
	}
}

bool pg_broken(const struct pg *pg) { return PQstatus(pg->connection) != CONNECTION_OK; }

/* --- values -------------------------------------------------------------------------------------------------------------------------------- */

static void add_arg(struct pg_args *args, const void *data, size_t n, int format) {
	int at = args->count++;
	args->values[at] = data;
	args->lengths[at] = (int)n;
	args->formats[at] = format;
}

void pg_arg_int(struct pg_args *args, int64_t value) {
	uint64_t *place = &args->numbers[args->count];
	*place = htobe64((uint64_t)value);
	add_arg(args, place, sizeof *place, 1);
}

void pg_arg_bytes(struct pg_args *args, const void *data, size_t n) { add_arg(args, data, n, 1); }

void pg_arg_text(struct pg_args *args, const char *text) { add_arg(args, text, 0, 0); }

/* --- running ------------------------------------------------------------------------------------------------------------------------------- */

static bool prepare(struct pg *pg, const struct pg_sql *sql, struct err *err) {
	bool made = false;
	if (mapstr_find(&pg->prepared, sql->name) != NULL) {
		return true;
	}
	PGresult *result = PQprepare(pg->connection, sql->name, sql->text, 0, NULL);
	bool ok = PQresultStatus(result) == PGRES_COMMAND_OK || failed(pg, result, err);
	PQclear(result);
	if (ok) {
		mapstr_place(&pg->prepared, sql->name, &made);
	}
	return ok;
}

bool pg_run(struct pg *pg, const struct pg_sql *sql, const struct pg_args *args, struct pg_rows **out, struct err *err) {
	static const struct pg_args none = {.count = 0};
	args = args == NULL ? &none : args;
	if (!prepare(pg, sql, err)) {
		return err_wrap(err, "%s", sql->name);
	}
	PGresult *result =
		PQexecPrepared(pg->connection, sql->name, args->count, args->values, args->lengths, args->formats, 1 /* binary results */);
	ExecStatusType status = PQresultStatus(result);
	bool ok = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || failed(pg, result, err);
	if (ok && out != NULL) {
		*out = (struct pg_rows *)result;
		return true;
	}
	PQclear(result);
	return ok || err_wrap(err, "%s", sql->name);
}

bool pg_exec(struct pg *pg, const char *sql, struct err *err) {
	PGresult *result = PQexec(pg->connection, sql);
	ExecStatusType status = PQresultStatus(result);
	bool ok = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || failed(pg, result, err);
	PQclear(result);
	return ok;
}

/* --- rows ---------------------------------------------------------------------------------------------------------------------------------- */

int pg_count(const struct pg_rows *rows) { return PQntuples(result_of(rows)); }

int64_t pg_int(const struct pg_rows *rows, int row, int column) {
	const PGresult *result = result_of(rows);
	uint64_t wide;
	uint32_t narrow;
	if (PQgetisnull(result, row, column)) {
		return 0;
	}
	if (PQgetlength(result, row, column) == (int)sizeof narrow) {
		memcpy(&narrow, PQgetvalue(result, row, column), sizeof narrow);
		return (int32_t)be32toh(narrow);
	}
	memcpy(&wide, PQgetvalue(result, row, column), sizeof wide);
	return (int64_t)be64toh(wide);
}

const char *pg_text(const struct pg_rows *rows, int row, int column) {
	/* A binary text is its bytes, and libpq puts a NUL behind every value. */
	return PQgetisnull(result_of(rows), row, column) ? NULL : PQgetvalue(result_of(rows), row, column);
}

const void *pg_bytes(const struct pg_rows *rows, int row, int column, size_t *n) {
	*n = (size_t)PQgetlength(result_of(rows), row, column);
	return PQgetisnull(result_of(rows), row, column) ? NULL : PQgetvalue(result_of(rows), row, column);
}

bool pg_take(const struct pg_rows *rows, int row, int column, void *out, size_t n) {
	size_t len;
	const void *data = pg_bytes(rows, row, column, &len);
	if (data != NULL && len == n) {
		memcpy(out, data, n);
	}
	return data != NULL && len == n;
}

int64_t pg_changed(const struct pg_rows *rows) {
	int64_t n = 0;
	PGresult *result = (PGresult *)(uintptr_t)rows;
	return str_to_i64(PQcmdTuples(result), &n) ? n : 0;
}

void pg_rows_free(struct pg_rows *rows) { PQclear((PGresult *)rows); }

/* --- COPY ---------------------------------------------------------------------------------------------------------------------------------- */

#define COPY_STEP (256 * 1024)

static void put_be16(struct strbuf *out, uint16_t value) {
	value = htobe16(value);
	strbuf_add(out, &value, sizeof value);
}

static void put_be32(struct strbuf *out, uint32_t value) {
	value = htobe32(value);
	strbuf_add(out, &value, sizeof value);
}

void pg_copy_begin(struct strbuf *out) {
	strbuf_add(out, "PGCOPY\n\377\r\n\0", 11); /* PostgreSQL's manual, COPY, Binary Format */
	put_be32(out, 0);
	put_be32(out, 0);
}

void pg_copy_row(struct strbuf *out, int columns) { put_be16(out, (uint16_t)columns); }

void pg_copy_int(struct strbuf *out, int64_t value) {
	uint64_t wide = htobe64((uint64_t)value);
	pg_copy_value(out, &wide, sizeof wide);
}

void pg_copy_value(struct strbuf *out, const void *data, size_t n) {
	/* A length of -1 is NULL. */
	put_be32(out, data == NULL ? UINT32_MAX : (uint32_t)n);
	if (data != NULL) {
		strbuf_add(out, data, n);
	}
}

/* Ends the COPY and reads what came of it. */
static bool copy_end(struct pg *pg, bool ok, struct err *err) {
	if (PQputCopyEnd(pg->connection, ok ? NULL : "given up") != 1) {
		return failed(pg, NULL, err);
	}
	PGresult *result;
	while ((result = PQgetResult(pg->connection)) != NULL) {
		ok = ok && (PQresultStatus(result) == PGRES_COMMAND_OK || failed(pg, result, err));
		PQclear(result);
	}
	return ok;
}

bool pg_copy(struct pg *pg, const char *sql, struct strbuf *rows, struct err *err) {
	put_be16(rows, UINT16_MAX); /* the trailer */
	PGresult *result = PQexec(pg->connection, sql);
	bool ok = PQresultStatus(result) == PGRES_COPY_IN || failed(pg, result, err);
	PQclear(result);
	if (!ok) {
		return false;
	}
	for (size_t at = 0; ok && at < rows->len; at += COPY_STEP) {
		size_t n = rows->len - at < COPY_STEP ? rows->len - at : COPY_STEP;
		ok = PQputCopyData(pg->connection, rows->data + at, (int)n) == 1 || failed(pg, NULL, err);
	}
	return copy_end(pg, ok, err);
}
