/* Each log is walked once in the order of its seqs. The records are read in one transaction, so a writer that goes on meanwhile makes no
 * faults. */
#include "store/log/verify.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/meta.h"
#include "store/file/state.h"
#include "store/log/erasure.h"
#include "store/log/rows.h"
#include "store/log/share.h"
#include "store/sql/schema.h"

/* The rest is counted, not told: one cut can be thousands of faults. */
#define FAULTS_PER_LOG 20

/* All of one log: ?1 is its id. */
enum { VERIFY_RECORDS, VERIFY_SIGNATURES, VERIFY_UNSIGNED, VERIFY_END, STATEMENTS };
static const char *const TEXTS[] = {
	[VERIFY_RECORDS] = "SELECT id, kind, mono_ms, utc_ms, subject, body, body_sha256, hash FROM record "
			   "WHERE id >= ?1 << 40 AND id < (?1 + 1) << 40 ORDER BY id",
	[VERIFY_SIGNATURES] = "SELECT s.seq, s.signature, r.hash FROM signature s LEFT JOIN record r ON r.id = (s.log << 40 | s.seq) "
			      "WHERE s.log = ?1 ORDER BY s.seq",
	[VERIFY_UNSIGNED] = "SELECT r.id & 1099511627775 FROM record r WHERE r.id > ?1 << 40 AND r.id < (?1 + 1) << 40 "
			    "AND (r.id & 1099511627775) % ?2 = 0 AND NOT EXISTS "
			    "(SELECT 1 FROM signature s WHERE s.log = ?1 AND s.seq = (r.id & 1099511627775)) ORDER BY 1",
	[VERIFY_END] =
		"SELECT 1 FROM (SELECT max(seq) AS seq FROM signature WHERE log = ?1) s LEFT JOIN record r ON r.id = ?1 << 40 | s.seq "
		"LEFT JOIN log_end e ON e.log = ?1 WHERE r.id IS NOT NULL AND (e.seq IS NOT s.seq OR e.hash IS NOT r.hash)",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

struct verifying {
	struct store *store;
	struct audit *audit;
	audit_fault_fn *fault;
	void *context;

	int64_t log_id;
	struct hash log, name; /* `name`: under which it is held here, of a branch its own */
	bool purged;
	struct public_key author;
	uint64_t seq;   /* of the record last seen */
	uint64_t after; /* of a branch: the last seq it shares with the log it leaves; else 0 */
	struct hash before;
	int faults;
	bool altered; /* a table is another than it must be */
};

static void fault(struct verifying *v, const char *fmt, ...) TURNOUT_PRINTF(2, 3);

static void fault(struct verifying *v, const char *fmt, ...) {
	char text[400];
	char sentence[500];
	char log[9];
	va_list ap;
	v->audit->faults++;
	if (++v->faults > FAULTS_PER_LOG) {
		return;
	}
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	str_hex(v->log.b, 4, log);
	snprintf(sentence, sizeof sentence, "log %s: %s", log, text);
	v->fault(v->context, sentence);
}

/* A log begins with the event's genesis, or with a record that names the event and the log's author. */
static bool begins_its_log(const struct verifying *v, const struct record *r, const char *body) {
	char event[2 * HASH_LEN + 1], key[2 * KEY_LEN + 1];
	struct err ignored = {0};
	if (str_eq(r->kind, "genesis")) {
		return crypto_hash_eq(&v->log, &v->store->event);
	}
	str_hex(v->store->event.b, HASH_LEN, event);
	str_hex(v->author.b, KEY_LEN, key);
	struct json *said = json_parse(body, strlen(body), &ignored);
	bool same = str_eq(r->kind, "log") && str_eq(json_get_text(said, "event"), event) && str_eq(json_get_text(said, "key"), key);
	json_free(said);
	return same;
}

/* A log is named after its first record; a branch after the log and the first record of its own. */
static bool begins_as_named(const struct verifying *v, const struct hash *first) {
	struct hash key = v->after == 0 ? *first : run_branch_key(&v->log, first);
	return crypto_hash_eq(&key, &v->name);
}

/* Columns: id, kind, mono, utc, subject, body, body_sha256, hash. */
static bool check_record(void *context, struct stmt *s, struct err *err) {
	struct verifying *v = context;
	struct record r = record_of_row(s);
	const char *body = stmt_col_text(s, 5);
	struct hash stored;
	v->audit->records++;
	for (uint64_t missing = v->seq + 1; missing < r.seq && missing < v->seq + FAULTS_PER_LOG; missing++) {
		fault(v, "record %" PRIu64 " is missing", missing);
	}
	if (r.seq == 0) {
		fault(v, "record 0 (%s) was inserted: logs begin with 1", r.kind);
		return true;
	}
	/* After a gap the hash before is not known, so this record's cannot be checked; the missing one was named. */
	bool gap = r.seq != v->seq + 1;
	v->seq = r.seq;
	if (!stmt_take(s, 6, r.body_sha256.b, HASH_LEN) || !stmt_take(s, 7, stored.b, HASH_LEN)) {
		fault(v, "record %" PRIu64 " (%s) was changed: its hash is cut short", r.seq, r.kind);
		return true;
	}
	struct hash body_hash = crypto_sha256(str_or_empty(body), body ? strlen(body) : 0);
	if (body == NULL) {
		bool erased = v->purged && r.subject[0] != '\0';
		if (!erased && !erasure_known(v->store, r.subject, &erased, err)) {
			return false;
		}
		if (!erased) {
			fault(v, "record %" PRIu64 " (%s) was changed: its body is missing and no record erased it", r.seq, r.kind);
		}
	} else if (!crypto_hash_eq(&body_hash, &r.body_sha256)) {
		fault(v, "record %" PRIu64 " (%s) was changed: its body is not what was hashed", r.seq, r.kind);
	}
	struct hash hash = record_hash(&r, r.seq == 1 ? NULL : &v->before);
	if (!gap && !crypto_hash_eq(&hash, &stored)) {
		fault(v, "record %" PRIu64 " (%s) was changed or inserted: its hash does not follow from the record before", r.seq, r.kind);
	}
	if (r.seq == v->after + 1 && !begins_as_named(v, &stored)) {
		fault(v, "record %" PRIu64 " (%s) was changed: it is not the one the log is named after", r.seq, r.kind);
	}
	if (r.seq == 1 && body != NULL && !begins_its_log(v, &r, body)) {
		fault(v, "record 1 (%s) is of another event or of another author than its log", r.kind);
	}
	/* From the stored hash on, not the computed one: a changed record is one fault, not one for each record behind it. */
	v->before = stored;
	return true;
}

static bool check_signature(void *context, struct stmt *s, struct err *err) {
	(void)err;
	struct verifying *v = context;
	uint64_t seq = (uint64_t)stmt_col_int(s, 0);
	struct hash hash;
	struct signature sig;
	char text[RECORD_HEAD_TEXT];
	stmt_take(s, 1, sig.b, SIG_LEN); /* zeros sign nothing */
	v->audit->signatures++;
	if (stmt_col_null(s, 2) && seq <= v->seq) {
		return true; /* named as missing already */
	}
	if (stmt_col_null(s, 2) || !stmt_take(s, 2, hash.b, HASH_LEN)) {
		fault(v, "record %" PRIu64 " is missing: it was signed once", seq);
		return true;
	}
	size_t len = record_head_text(&v->log, seq, &hash, text);
	if (!public_key_verify(&v->author, text, len, &sig)) {
		fault(v, "a record up to %" PRIu64 " was changed: the signature there does not fit", seq);
	}
	return true;
}

static bool check_unsigned(void *context, struct stmt *s, struct err *err) {
	(void)err;
	fault(context, "the signature of record %" PRId64 " is missing", stmt_col_int(s, 0));
	return true;
}

static bool check_end(void *context, struct stmt *s, struct err *err) {
	struct verifying *v = context;
	(void)s, (void)err;
	fault(v, "what is noted as its end is not its last signed record; \"turnout rebuild\" mends that");
	v->audit->added++;
	return true;
}

static bool check_log(void *context, struct stmt *s, struct err *err) {
	struct verifying *v = context;
	v->log_id = stmt_col_int(s, 0);
	v->faults = 0;
	stmt_take(s, 2, v->author.b, KEY_LEN); /* zeros signed nothing */
	v->seq = v->after = (uint64_t)stmt_col_int(s, 4);
	v->before = (struct hash){{0}};
	if (!stmt_take(s, 1, v->name.b, HASH_LEN) || !stmt_take(s, 3, v->log.b, HASH_LEN)) {
		return err_set(err, ERR_CORRUPT, "a log's own row is cut short");
	}
	bool found = true;
	if (v->after != 0 && !store_hash_at(v->store, stmt_col_int(s, 5), v->after, &v->before, &found, err)) {
		return false;
	}
	if (!found) {
		fault(v, "record %" PRIu64 " is missing, from which a branch leaves", v->after);
	}
	v->audit->logs++;
	struct stmt *records = store_sql(v->store, &SQL, VERIFY_RECORDS);
	struct stmt *signatures = store_sql(v->store, &SQL, VERIFY_SIGNATURES);
	struct stmt *unsigned_ones = store_sql(v->store, &SQL, VERIFY_UNSIGNED);
	struct stmt *end = store_sql(v->store, &SQL, VERIFY_END);
	stmt_int(records, 1, v->log_id);
	if (!stmt_each(records, check_record, v, err)) {
		return false;
	}
	if (v->seq == v->after) {
		fault(v, "all of its records are missing");
	}
	stmt_int(signatures, 1, v->log_id);
	stmt_int(unsigned_ones, 1, v->log_id);
	stmt_int(unsigned_ones, 2, RECORD_SIGN_EVERY);
	stmt_int(end, 1, v->log_id);
	return stmt_each(signatures, check_signature, v, err) && stmt_each(unsigned_ones, check_unsigned, v, err) &&
	       stmt_each(end, check_end, v, err);
}

/* The log that gets this number next would have a signature that is not its own. */
static bool check_loose_signature(void *context, struct stmt *s, struct err *err) {
	(void)err;
	struct verifying *v = context;
	char text[100];
	snprintf(text, sizeof text, "a signature of record %" PRId64 " was inserted: it belongs to no log", stmt_col_int(s, 0));
	v->audit->faults++;
	v->fault(v->context, text);
	return true;
}

static bool check_orphan(void *context, struct stmt *s, struct err *err) {
	(void)err;
	struct verifying *v = context;
	char text[100];
	snprintf(text, sizeof text, "record %" PRId64 " was inserted: it belongs to no log", stmt_col_int(s, 0) & SEQ_MASK);
	v->audit->faults++;
	v->fault(v->context, text);
	return true;
}

static void tell_schema(void *context, bool alters, const char *sentence) {
	struct verifying *v = context;
	v->audit->faults++;
	v->audit->added += !alters;
	v->altered = v->altered || alters;
	v->fault(v->context, sentence);
}

static bool check_genesis(struct verifying *v, struct err *err) {
	int64_t found = 0;
	char sql[400];
	char event[2 * HASH_LEN + 1];
	char key[2 * KEY_LEN + 1];
	str_hex(v->store->event.b, HASH_LEN, event);
	str_hex(v->store->organiser.b, KEY_LEN, key);
	snprintf(sql, sizeof sql,
		 "SELECT count(*) FROM log l JOIN record r ON r.id = (l.id << 40 | 1) WHERE l.hash = x'%s' AND r.kind = 'genesis' AND "
		 "l.author = x'%s' AND json_extract(r.body, '$.organiser') = '%s'",
		 event, key, key);
	if (!db_number(v->store->db, sql, &found, err)) {
		return false;
	}
	if (found != 1) {
		v->audit->faults++;
		v->fault(v->context, "the record that names the organiser is missing or was changed");
	}
	return true;
}

bool verify_records(struct store *store, struct audit *audit, audit_fault_fn *report, void *context, struct err *err) {
	*audit = (struct audit){0};
	struct verifying v = {.store = store, .audit = audit, .fault = report, .context = context, .purged = store_is_purged(store)};
	char check[200];
	/* Before anything is asked of the tables: SQLite's own check would compute whatever constraint somebody wrote. */
	if (!schema_compare(store->db, tell_schema, &v, err) || v.altered) {
		return v.altered;
	}
	if (!db_check(store->db, check, sizeof check, err)) {
		return false;
	}
	if (!str_eq(check, "ok")) {
		char sentence[400];
		snprintf(sentence, sizeof sentence, "%s: SQLite finds the file damaged (%s); take the backup copy", store->path, check);
		audit->faults++;
		report(context, sentence);
	}
	bool ok =
		db_begin_read(store->db, err) &&
		db_each(store->db, "SELECT id, hash, author, coalesce(origin, hash), after, base FROM log ORDER BY id", check_log, &v,
			err) &&
		db_each(store->db, "SELECT id FROM record WHERE id >> 40 NOT IN (SELECT id FROM log) ORDER BY id", check_orphan, &v, err) &&
		db_each(store->db, "SELECT seq FROM signature WHERE log NOT IN (SELECT id FROM log) ORDER BY log, seq",
			check_loose_signature, &v, err) &&
		check_genesis(&v, err);
	db_rollback(store->db);
	return ok;
}
