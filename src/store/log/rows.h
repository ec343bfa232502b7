/* The rows of logs and records, and the SQL that all share who ask for them. */
#ifndef TURNOUT_STORE_LOG_ROWS_H
#define TURNOUT_STORE_LOG_ROWS_H

#include "base/str.h"
#include "store/log/record.h"
#include "store/sql/db.h"

struct store;

/* A record's id is log << SEQ_BITS | seq. The number of a log is 1 to LOG_ID_MAX, so that the next one's can be shifted, too: store_open
 * refuses a file with another, log_insert gives none. */
#define SEQ_BITS 40
#define SEQ_MASK ((INT64_C(1) << SEQ_BITS) - 1)
#define LOG_ID_MAX ((INT64_C(1) << (63 - SEQ_BITS)) - 2)

/* SQL: the real id of a log, of its branches too. */
#define LOG_NAME(log) "coalesce(" log ".origin, " log ".hash)"
/* SQL for the id of a log's last record: one step into the table's B-tree. */
#define LAST_RECORD_OF(log) "(SELECT max(id) FROM record WHERE id > " log " << 40 AND id < (" log " + 1) << 40)"

/* Body NULL: erased. */
bool record_insert(struct store *store, int64_t id, const struct record *r, const char *body, const struct hash *hash,
		   struct err *err) TURNOUT_MUST_CHECK;

/* The hash of a record; not found either when it was cut short. */
bool record_hash_of(struct store *store, int64_t id, struct hash *out, bool *found, struct err *err) TURNOUT_MUST_CHECK;

/* A log's row (migrations/0002_exchange.sql); *id gets this file's number for it. `origin` NULL: it is no branch. */
struct log_row {
	const struct hash *hash;
	const struct public_key *author;
	const struct hash *origin;
	int64_t base;   /* the chain that a branch leaves; 0: none */
	uint64_t after; /* the last seq the two share */
};
bool log_insert(struct store *store, const struct log_row *row, int64_t *id, struct err *err) TURNOUT_MUST_CHECK;

/* The first columns of a row: id, kind, mono_ms, utc_ms, subject. Texts are the statement's. */
static inline struct record record_of_row(struct stmt *s) {
	return (struct record){.seq = (uint64_t)(stmt_col_int(s, 0) & SEQ_MASK),
			       .kind = str_or_empty(stmt_col_text(s, 1)),
			       .mono = {stmt_col_int(s, 2)},
			       .utc = {stmt_col_int(s, 3)},
			       .subject = str_or_empty(stmt_col_text(s, 4))};
}

#endif
