/* The index gives the check-ins of a 63-bit hash. Each of them is looked up in the file once, and what was found out is kept in its entry
 * until a new round begins (seen_doubt). */
#include "store/read/presence.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/log/rows.h"
#include "store/read/badges.h"
#include "store/view/anchor.h"
#include "store/view/checkin.h"
#include "store/view/checkin_owner.h"

#define UNDONE(record)                                                                                                \
	"EXISTS (SELECT 1 FROM view_undo u JOIN log l ON " LOG_NAME(                                                  \
		"l") " = u.log JOIN log a ON a.id = u.record >> 40 WHERE l.id = " record " >> 40 AND u.seq = " record \
		     " & 1099511627775 AND " UNDO_COUNTS ")"
#define STANDS(record) "(NOT " UNDONE(record) " AND NOT " IS_VOID(record) ")"

enum { STATION_OF, PRESENCE, ANCHOR_OF_LOG, ANY_EXIT, INSIDE, MOVES, GIVEN, STATEMENTS };
static const char *const TEXTS[] = {
	[STATION_OF] = "SELECT author FROM log WHERE id = ?1",
	[PRESENCE] = "SELECT c.point, r.body, c.shown, c.at_ms, r.mono_ms, r.utc_ms FROM view_checkin c JOIN record r ON r.id = c.record "
		     "WHERE c.record = ?1 AND " STANDS("c.record"),
	[ANCHOR_OF_LOG] = "SELECT a.delta_ms " ANCHORS_OF("?1") " LIMIT 1",
	[ANY_EXIT] = "SELECT 1 FROM view_exit WHERE session IN (?1, '') LIMIT 1",
	[MOVES] = "WITH said AS (SELECT m.record, m.came, c.at_ms, r.mono_ms, r.utc_ms, " CHECKIN_SAYS_WHO
		  " FROM (SELECT record, 1 AS came FROM "
		  "view_visit WHERE session = ?1 UNION ALL SELECT record, 0 FROM view_exit WHERE session IN (?1, '')) m JOIN view_checkin "
		  "c ON "
		  "c.record = m.record JOIN record r ON r.id = m.record WHERE " STANDS(
			  "m.record") "), owned AS MATERIALIZED (SELECT s.*, " CHECKIN_OWNER
				      " AS raw FROM said s) SELECT coalesce(j.into_person, o.raw, o.code, ''), o.came, o.record, o.at_ms, "
				      "o.mono_ms, o.utc_ms FROM owned o LEFT "
				      "JOIN view_join j ON j.person = o.raw",
	[GIVEN] = "SELECT count(*) FROM view_visit v WHERE v.session = ?1 AND v.again = 0 AND " STANDS("v.record"),
	[INSIDE] = "SELECT count(DISTINCT v.who) FROM view_visit v WHERE v.session = ?1 AND " STANDS(
		"v.record") " AND (v.again = 0 OR EXISTS (SELECT 1 FROM view_visit o WHERE o.session = v.session AND o.who = v.who AND "
			    "o.again = 0 AND NOT " STANDS("o.record") "))",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

/* False: the log has no anchor, or the file could not be read; then *err is set. */
static bool anchor_of(struct store *store, int64_t log, int64_t *delta, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, ANCHOR_OF_LOG);
	stmt_int(s, 1, log);
	bool found = stmt_row(s);
	if (found) {
		*delta = stmt_col_int(s, 0);
	}
	struct err late = {0};
	if (!stmt_done(s, &late)) {
		err_give(err, &late);
		return false;
	}
	return found;
}

/* One question: who is in at the points? */
struct asking {
	struct store *store;
	const struct presence_query *query;
	int points[PRESENCE_POINTS_MAX]; /* seen_point of each */
};

/* True when a check-in's body is of that code or person. Ours begin with it, as checkin_append writes them; others are parsed. */
static bool body_is_of(const char *body, const char *key, const char *value, struct strbuf *work) {
	struct json_writer w = {.out = work};
	struct err ignored = {0};
	strbuf_reset(work);
	json_open(&w, NULL, '{');
	json_put_text(&w, key, value);
	strbuf_addc(work, ',');
	if (str_starts(body, work->data)) {
		return true;
	}
	struct json *parsed = json_parse(body, strlen(body), &ignored);
	bool same = str_eq(json_get_text(parsed, key), value);
	json_free(parsed);
	return same;
}

/* What the anchors say of one log, kept while check-ins of the same log come one after the other. */
struct log_clock {
	int64_t log;
	bool anchored;
	int64_t delta;
};

static bool read_clock(struct store *store, int64_t log, struct log_clock *clock, struct err *err) {
	if (log != clock->log) {
		struct err failed = {0};
		clock->log = log;
		clock->anchored = anchor_of(store, log, &clock->delta, &failed);
		if (failed.kind != ERR_NONE) {
			err_give(err, &failed);
			return false;
		}
	}
	return true;
}

struct asked {
	const char *key, *value; /* what the body must say: "code" or "person" */
	const char *whose;       /* and, of a code that may have been several people's one after the other, who had it; else NULL */
	uint64_t text;
	struct strbuf work;
	struct log_clock clock;
};

static void take_whose(void *context, const char *key, const char *value) {
	if (str_eq(key, "whose")) {
		str_copy(context, PERSON_ID_LEN + 1, value);
	}
}

/* "" when the record does not say. */
static void read_whose(const char *body, char id[PERSON_ID_LEN + 1]) {
	struct err ignored = {0};
	id[0] = '\0';
	if (!json_each_text(body, take_whose, id)) {
		struct json *parsed = json_parse(body, strlen(body), &ignored);
		str_copy(id, PERSON_ID_LEN + 1, str_or_empty(json_get_text(parsed, "whose")));
		json_free(parsed);
	}
}

/* By a code that the roster brought somebody came in who had it then: the record says who; where it does not, who has the code or had it. */
static bool is_theirs(struct store *store, const char *body, const struct asked *asked, bool *theirs, struct err *err) {
	char owner[PERSON_ID_LEN + 1], asker[PERSON_ID_LEN + 1];
	bool found = true;
	str_copy(asker, sizeof asker, asked->whose);
	read_whose(body, owner);
	if (owner[0] == '\0' && !badge_roster_owner(store, asked->value, owner, &found, err)) {
		return false;
	}
	if (!person_root(store, owner, err) || !person_root(store, asker, err)) {
		return false;
	}
	*theirs = !found || str_eq(owner, asker);
	return true;
}

/* Finds out about one check-in: whose it is, whether it lets somebody in and is not undone, and when it was. */
static bool find_out(struct store *store, int64_t record, struct seen_found *e, struct asked *asked, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, PRESENCE);
	bool has_at = false, own = false, ok = true;
	int64_t mono = 0, utc = 0;
	*e = (struct seen_found){.point = -1};
	stmt_int(s, 1, record);
	if (stmt_row(s)) {
		enum outcome shown = outcome_find(str_or_empty(stmt_col_text(s, 2)));
		const char *body = str_or_empty(stmt_col_text(s, 1));
		own = body_is_of(body, asked->key, asked->value, &asked->work);
		ok = !own || asked->whose == NULL || is_theirs(store, body, asked, &own, err);
		const char *point = str_or_empty(stmt_col_text(s, 0));
		if (own && shown != OUTCOME_COUNT && (point_is_exit(point) ? shown == OUTCOME_LEFT : outcome_admits(shown))) {
			e->point = seen_point(&store->seen, point);
		}
		has_at = !stmt_col_null(s, 3);
		e->utc = stmt_col_int(s, 3);
		mono = stmt_col_int(s, 4);
		utc = stmt_col_int(s, 5);
	}
	struct err late = {0};
	if (!stmt_done(s, ok ? err : &late) || !ok || (!has_at && !read_clock(store, record >> SEQ_BITS, &asked->clock, err))) {
		return false;
	}
	if (!has_at) {
		e->approximate = !asked->clock.anchored;
		e->utc = asked->clock.anchored ? mono + asked->clock.delta : utc;
	}
	/* Of another text with the same 63 bits nothing is kept: that is so rare that it may be found out anew each time. */
	e->text = asked->text;
	e->round = own ? store->seen.round : 0;
	return true;
}

static void report(const struct asking *q, int64_t record, const struct seen_found *e) {
	for (size_t i = 0; i < q->query->count; i++) {
		if (e->point == q->points[i]) {
			struct presence p = {.point = i, .ref = {.id = record}, .utc = {e->utc}, .approximate = e->approximate};
			q->query->each(q->query->context, &p);
		}
	}
}

/* Of `asked` the first three members are given. */
static bool ask_by_who(const struct asking *q, int64_t who, struct asked asked, struct err *err) {
	struct seen *seen;
	if (!checkin_seen(q->store, &seen, err)) {
		return false;
	}
	asked.clock.log = -1;
	/* What was found out of a code is kept for whom it was asked. */
	asked.text = seen_text(asked.value) ^ (asked.whose ? seen_text(asked.whose) : 0);
	uint32_t cursor = 0;
	struct seen_entry *e;
	bool ok = true;
	while (ok && (e = seen_next(seen, who, &cursor)) != NULL) {
		struct seen_found *found = seen_found(seen, e);
		if (found->round != seen->round || found->text != asked.text) {
			ok = find_out(q->store, e->record, found, &asked, err);
		}
		if (ok) {
			report(q, e->record, found);
		}
	}
	strbuf_fini(&asked.work);
	return ok;
}

static bool ask_code(void *context, const struct person_code *code, struct err *err) {
	char stub[BADGE_CODE_MAX + 1];
	struct asked asked = {.key = "code", .value = checkin_stub(code->code, stub)};
	asked.whose = code->kind == PERSON_CODE_ISSUED ? NULL : code->person;
	return ask_by_who(context, checkin_who_code(code->code), asked, err);
}

bool checkin_presence(struct store *store, const struct badge_row *badge, const struct presence_query *query, struct err *err) {
	struct asking q = {.store = store, .query = query};
	struct seen *seen;
	if (!checkin_seen(store, &seen, err)) {
		return false;
	}
	for (size_t i = 0; i < query->count; i++) {
		q.points[i] = seen_point(seen, query->points[i]);
	}
	if (badge->person[0] == '\0') {
		return ask_code(&q, &(struct person_code){.code = badge->code}, err);
	}
	/* Somebody may have come in by any of their badges, or by name. */
	return person_codes(store, badge->person, ask_code, &q, err) &&
	       ask_by_who(&q, checkin_who_person(badge->person), (struct asked){.key = "person", .value = badge->person}, err);
}

bool presence_station(struct store *store, int64_t record, struct public_key *station, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, STATION_OF);
	stmt_int(s, 1, record >> SEQ_BITS);
	bool found = stmt_row(s) && stmt_take(s, 0, station->b, KEY_LEN);
	return stmt_done(s, err) && (found || err_set(err, ERR_NOT_FOUND, "there is no such check-in"));
}

bool presence_refresh(struct store *store, int64_t *version, struct err *err) {
	int64_t now = 0;
	if (!db_number(store->db, "PRAGMA data_version", &now, err)) {
		return false;
	}
	if (now != *version) {
		seen_forget(&store->seen);
		*version = now;
	}
	return true;
}

/* --- how many are in ------------------------------------------------------------------------------------------------------------------------ */

/* Where somebody was last, as far as the session goes. */
struct last_move {
	int64_t utc;
	bool in, came;
};

struct moves {
	struct mapstr people; /* whose -> index into items */
	struct last_move *items;
	size_t count, cap;
	struct log_clock clock;
	struct store *store;
};

static struct last_move *move_of(struct moves *m, const char *whose) {
	bool made = false;
	int64_t *place = mapstr_place(&m->people, whose, &made);
	if (made) {
		ARRAY_GROW(m, items);
		*place = (int64_t)m->count;
		m->items[m->count++] = (struct last_move){.utc = INT64_MIN};
	}
	return &m->items[*place];
}

/* Columns: whose, whether they came, record, the stated time, mono, utc. Who leaves in the very millisecond in which they came has left. */
static bool add_move(void *context, struct stmt *row, struct err *err) {
	struct moves *m = context;
	bool came = stmt_col_int(row, 1) != 0, stated = !stmt_col_null(row, 3);
	if (!stated && !read_clock(m->store, stmt_col_int(row, 2) >> SEQ_BITS, &m->clock, err)) {
		return false;
	}
	int64_t utc = stated ? stmt_col_int(row, 3) : m->clock.anchored ? stmt_col_int(row, 4) + m->clock.delta : stmt_col_int(row, 5);
	struct last_move *last = move_of(m, str_or_empty(stmt_col_text(row, 0)));
	if (utc > last->utc || (utc == last->utc && !came)) {
		last->utc = utc;
		last->in = came;
	}
	last->came = last->came || came;
	return true;
}

static bool count_moves(struct store *store, const char *session, int *inside, struct err *err) {
	struct moves m = {.store = store, .clock = {.log = -1}};
	struct stmt *s = store_sql(store, &SQL, MOVES);
	stmt_text(s, 1, session);
	bool ok = stmt_each(s, add_move, &m, err);
	*inside = 0;
	for (size_t i = 0; i < m.count; i++) {
		*inside += m.items[i].came && m.items[i].in;
	}
	mapstr_fini(&m.people);
	free(m.items);
	return ok;
}

/* Where nobody left, which is the rule, counting is enough. */
bool checkin_inside(struct store *store, const char *session, int *inside, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, ANY_EXIT);
	stmt_text(s, 1, session);
	bool left = stmt_row(s);
	if (!stmt_done(s, err)) {
		return false;
	}
	if (left) {
		return count_moves(store, session, inside, err);
	}
	s = store_sql(store, &SQL, INSIDE);
	stmt_text(s, 1, session);
	*inside = stmt_row(s) ? (int)stmt_col_int(s, 0) : 0;
	return stmt_done(s, err);
}

int64_t checkin_changes(const struct store *store) { return db_changes(store->db); }

bool checkin_given(struct store *store, const char *point, int64_t *given, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, GIVEN);
	stmt_text(s, 1, point);
	*given = stmt_row(s) ? stmt_col_int(s, 0) : 0;
	return stmt_done(s, err);
}
