/* Giving: runs of this file's logs, and what keepers acknowledged. */
#include "store/log/share.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/log/identity.h"
#include "store/log/rows.h"

enum { CHAIN_GET, RECORDS_OF, SIGNATURES_FROM, ACK_PUT, ACK_NEWS, CHECKINS_UNACKED, STATEMENTS };
static const char *const TEXTS[] = {
	[CHAIN_GET] = "SELECT base, after FROM log WHERE id = ?1",
	[RECORDS_OF] = "SELECT id, kind, mono_ms, utc_ms, subject, body, body_sha256 FROM record WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
	[SIGNATURES_FROM] = "SELECT seq, signature FROM signature WHERE log = ?1 AND seq >= ?2 ORDER BY seq",
	[ACK_PUT] = "INSERT INTO acknowledged (log, keeper, seq, at_ms) SELECT hash, ?2, ?3, ?4 FROM log WHERE id = ?1 ON CONFLICT DO "
		    "UPDATE SET seq = max(seq, excluded.seq), at_ms = excluded.at_ms",
	[ACK_NEWS] = "SELECT NOT EXISTS (SELECT 1 FROM acknowledged a JOIN log l ON l.hash = a.log WHERE l.id = ?1 AND keeper = ?2 AND "
		     "seq >= ?3 AND at_ms > ?4 - 60000)",
	[CHECKINS_UNACKED] =
		"SELECT coalesce(sum((SELECT count(*) FROM view_checkin c WHERE c.record > (l.id << 40 | "
		"coalesce((SELECT max(a.seq) FROM acknowledged a WHERE a.log = l.hash), 0)) AND c.record < (l.id + 1) << 40)), 0) "
		"FROM log l WHERE l.author = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

/* --- reading a chain -------------------------------------------------------------------------------------------------------------- */

/* Where the records of a chain lie: its own, and before it branched those of the chains below. From the highest down; a branch of a branch of a
 * branch has as many as whoever misbehaves likes. */
struct segments {
	struct segment {
		int64_t chain;
		uint64_t from, to; /* seqs; the highest one's `to` is open */
	} * items;
	size_t count, cap;
};

static bool find_segments(struct store *store, int64_t chain, struct segments *out, struct err *err) {
	uint64_t to = UINT64_MAX;
	*out = (struct segments){.count = 0};
	for (;;) {
		struct stmt *s = store_sql(store, &SQL, CHAIN_GET);
		stmt_int(s, 1, chain);
		bool found = stmt_row(s);
		int64_t base = found ? stmt_col_int(s, 0) : 0;
		uint64_t after = found ? (uint64_t)stmt_col_int(s, 1) : 0;
		if (!stmt_done(s, err)) {
			free(out->items);
			return false;
		}
		/* A branch leaves its base at a record of the base's own, so each step down begins lower. Else the rows are damaged,
		 * perhaps a ring. */
		if (!found || after >= to) {
			break;
		}
		ARRAY_GROW(out, items);
		out->items[out->count++] = (struct segment){chain, after + 1, to};
		if (after == 0) {
			return true;
		}
		chain = base;
		to = after;
	}
	free(out->items);
	*out = (struct segments){.count = 0};
	err_set(err, ERR_CORRUPT, "a log's branches do not hang together; \"turnout verify\" names it");
	return false;
}

bool store_hash_at(struct store *store, int64_t chain, uint64_t seq, struct hash *out, bool *found, struct err *err) {
	struct segments segments;
	*found = false;
	if (!find_segments(store, chain, &segments, err)) {
		return false;
	}
	size_t i = 0;
	while (i < segments.count && seq < segments.items[i].from) {
		i++;
	}
	bool ok = true;
	if (i < segments.count && seq <= SEQ_MASK) { /* else there is no such record */
		ok = record_hash_of(store, segments.items[i].chain << SEQ_BITS | (int64_t)seq, out, found, err);
	}
	free(segments.items);
	return ok;
}

struct showing {
	struct store *store;
	struct segments segments;
	const struct run_visitor *visitor;
	uint64_t next; /* seq that comes next */
	bool stopped;
};

/* Shows the next records up to `to`, all on one segment. */
static bool show_records(struct showing *show, const struct segment *segment, uint64_t to, struct err *err) {
	struct stmt *s = store_sql(show->store, &SQL, RECORDS_OF);
	stmt_int(s, 1, segment->chain << SEQ_BITS | (int64_t)show->next);
	stmt_int(s, 2, segment->chain << SEQ_BITS | (int64_t)to);
	bool sound = true;
	while (sound && !show->stopped && stmt_row(s)) {
		struct run_record r = {.kind = str_or_empty(stmt_col_text(s, 1)),
				       .mono_ms = stmt_col_int(s, 2),
				       .utc_ms = stmt_col_int(s, 3),
				       .subject = str_or_empty(stmt_col_text(s, 4)),
				       .body = stmt_col_text(s, 5)};
		uint64_t seq = (uint64_t)(stmt_col_int(s, 0) & SEQ_MASK);
		sound = stmt_take(s, 6, r.body_sha256.b, HASH_LEN) && seq == show->next;
		show->next++;
		show->stopped = sound && !show->visitor->record(show->visitor->context, seq, &r);
	}
	if (!stmt_done(s, err)) {
		return false;
	}
	return show->stopped || (sound && show->next > to) || err_set(err, ERR_CORRUPT, "a log has a hole; \"turnout verify\" names it");
}

/* Shows a run that ends at `to`, on however many segments. */
static bool show_run(struct showing *show, uint64_t to, struct err *err) {
	for (size_t i = show->segments.count; i > 0 && !show->stopped; i--) {
		const struct segment *segment = &show->segments.items[i - 1];
		uint64_t last = to < segment->to ? to : segment->to;
		if (show->next <= last && !show_records(show, segment, last, err)) {
			return false;
		}
	}
	return true;
}

/* Shows the runs that end on one segment, up to `last`. The first of them may have begun on the segment below. */
static bool show_signed(struct showing *show, const struct segment *segment, uint64_t last, struct err *err) {
	struct stmt *s = store_sql(show->store, &SQL, SIGNATURES_FROM);
	bool ok = true;
	stmt_int(s, 1, segment->chain);
	stmt_int(s, 2, (int64_t)show->next);
	while (ok && !show->stopped && stmt_row(s)) {
		struct signature signature;
		uint64_t seq = (uint64_t)stmt_col_int(s, 0);
		if (seq > segment->to || seq > last || !stmt_take(s, 1, signature.b, SIG_LEN)) {
			break; /* what was signed after the branch is not of it */
		}
		ok = show_run(show, seq, err);
		show->stopped = show->stopped || !ok || !show->visitor->sign(show->visitor->context, seq, &signature);
	}
	struct err late = {0};
	return stmt_done(s, ok ? err : &late) && ok;
}

bool store_read(struct store *store, const struct head *head, uint64_t from, const struct run_visitor *visitor, struct err *err) {
	struct showing show = {.store = store, .visitor = visitor, .next = from};
	if (!find_segments(store, head->chain, &show.segments, err)) {
		return false;
	}
	bool ok = true;
	for (size_t i = show.segments.count; ok && i > 0 && !show.stopped; i--) {
		ok = show_signed(&show, &show.segments.items[i - 1], head->seq, err);
	}
	free(show.segments.items);
	return ok;
}

/* --- keepers' word ---------------------------------------------------------------------------------------------------------------- */

static struct stmt *ack_bound(struct store *store, int statement, const struct ack *ack) {
	struct stmt *s = store_sql(store, &SQL, statement);
	stmt_int(s, 1, ack->chain);
	stmt_blob(s, 2, ack->keeper.b, KEY_LEN);
	stmt_int(s, 3, (int64_t)ack->seq);
	stmt_int(s, 4, ack->at.v);
	return s;
}

bool store_ack(struct store *store, const struct ack *ack, struct err *err) {
	struct stmt *s = ack_bound(store, ACK_PUT, ack);
	return stmt_run(s, err);
}

bool store_ack_is_news(struct store *store, const struct ack *ack, bool *news, struct err *err) {
	struct stmt *s = ack_bound(store, ACK_NEWS, ack);
	*news = stmt_row(s) && stmt_col_int(s, 0) != 0;
	return stmt_done(s, err);
}

bool store_backlog(struct store *store, struct backlog *out, struct err *err) {
	static const char records[] =
		"SELECT coalesce(sum(max(0, (" LAST_RECORD_OF("l.id") " & 1099511627775) - max(l.after, coalesce((SELECT max(a.seq) FROM "
								      "acknowledged a WHERE a.log = l.hash), 0)))), 0) FROM log l";
	int64_t at = 0;
	*out = (struct backlog){0};
	if (!db_number(store->db, records, &out->records, err) ||
	    !db_number(store->db, "SELECT coalesce(max(at_ms), -1) FROM acknowledged", &at, err)) {
		return false;
	}
	out->ever = at >= 0;
	out->at.v = at;
	struct stmt *s = store_sql(store, &SQL, CHECKINS_UNACKED);
	const struct public_key *own = store->identity ? &identity_station(store->identity)->public_key : NULL;
	stmt_blob(s, 1, own ? own->b : NULL, own ? KEY_LEN : 0);
	out->checkins = stmt_row(s) ? stmt_col_int(s, 0) : 0;
	return stmt_done(s, err);
}
