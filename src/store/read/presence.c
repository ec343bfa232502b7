/* The index gives the check-ins of a 63-bit hash. Each of them is looked up in the file once, and what was found out is kept in its entry
 * until a new round begins (seen_doubt). */
#include "store/read/presence.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/log/rows.h"
#include "store/read/badges.h"
#include "store/view/anchor.h"
#include "store/view/checkin.h"

#define UNDONE(record)                                                                                                \
	"EXISTS (SELECT 1 FROM view_undo u JOIN log l ON " LOG_NAME(                                                  \
		"l") " = u.log JOIN log a ON a.id = u.record >> 40 WHERE l.id = " record " >> 40 AND u.seq = " record \
		     " & 1099511627775 AND " UNDO_COUNTS ")"
#define STANDS(record) "(NOT " UNDONE(record) " AND NOT " IS_VOID(record) ")"

enum { PRESENCE, ANCHOR_OF_LOG, INSIDE, STATEMENTS };
static const char *const TEXTS[] = {
	[PRESENCE] = "SELECT c.point, r.body, c.shown, c.at_ms, r.mono_ms, r.utc_ms FROM view_checkin c JOIN record r ON r.id = c.record "
		     "WHERE c.record = ?1 AND " STANDS("c.record"),
	[ANCHOR_OF_LOG] = "SELECT a.delta_ms " ANCHORS_OF("?1") " LIMIT 1",
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

/* One question: who is in at the point? */
struct asking {
	struct store *store;
	const char *point;
	presence_fn *each;
	void *context;
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
	int point;
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
static bool find_out(struct store *store, struct seen_entry *e, struct asked *asked, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, PRESENCE);
	bool has_at = false, own = false, ok = true;
	int64_t mono = 0, utc = 0;
	*e = (struct seen_entry){.who = e->who, .record = e->record, .next = e->next, .point = -1};
	stmt_int(s, 1, e->record);
	if (stmt_row(s)) {
		enum outcome shown = outcome_find(str_or_empty(stmt_col_text(s, 2)));
		const char *body = str_or_empty(stmt_col_text(s, 1));
		own = body_is_of(body, asked->key, asked->value, &asked->work);
		ok = !own || asked->whose == NULL || is_theirs(store, body, asked, &own, err);
		if (own && shown != OUTCOME_COUNT && outcome_admits(shown)) {
			e->point = seen_point(&store->seen, str_or_empty(stmt_col_text(s, 0)));
		}
		has_at = !stmt_col_null(s, 3);
		e->utc = stmt_col_int(s, 3);
		mono = stmt_col_int(s, 4);
		utc = stmt_col_int(s, 5);
	}
	struct err late = {0};
	if (!stmt_done(s, ok ? err : &late) || !ok || (!has_at && !read_clock(store, e->record >> SEQ_BITS, &asked->clock, err))) {
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

/* Of `asked` the first three members are given. */
static bool ask_by_who(const struct asking *q, int64_t who, struct asked asked, struct err *err) {
	struct seen *seen;
	if (!checkin_seen(q->store, &seen, err)) {
		return false;
	}
	asked.clock.log = -1;
	/* What was found out of a code is kept for whom it was asked. */
	asked.text = seen_text(asked.value) ^ (asked.whose ? seen_text(asked.whose) : 0);
	asked.point = seen_point(seen, q->point);
	uint32_t cursor = 0;
	struct seen_entry *e;
	bool ok = true;
	while (ok && (e = seen_next(seen, who, &cursor)) != NULL) {
		if (e->round != seen->round || e->text != asked.text) {
			ok = find_out(q->store, e, &asked, err);
		}
		if (ok && e->point == asked.point) {
			struct presence p = {.ref = {.id = e->record}, .utc = {e->utc}, .approximate = e->approximate};
			q->each(q->context, &p);
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

bool checkin_presence(struct store *store, const struct badge_row *badge, const char *point, presence_fn *each, void *context,
		      struct err *err) {
	struct asking q = {store, point, each, context};
	if (badge->person[0] == '\0') {
		return ask_code(&q, &(struct person_code){.code = badge->code}, err);
	}
	/* Somebody may have come in by any of their badges, or by name. */
	return person_codes(store, badge->person, ask_code, &q, err) &&
	       ask_by_who(&q, checkin_who_person(badge->person), (struct asked){.key = "person", .value = badge->person}, err);
}

bool checkin_inside(struct store *store, const char *session, int *inside, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, INSIDE);
	stmt_text(s, 1, session);
	*inside = stmt_row(s) ? (int)stmt_col_int(s, 0) : 0;
	return stmt_done(s, err);
}
