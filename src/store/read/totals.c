/* Every log's records have growing numbers, so what is new is what lies behind the last one seen of each. Most of it are check-ins, a line each. What else may
 * change a line is told by its kind: an anchor its log's times, an undo one line, an edit of a person what is known of them; a few kinds change so much that all is
 * counted again. */
#include "store/read/totals.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/tz.h"
#include "event/registration.h"
#include "store/file/state.h"
#include "store/log/rows.h"
#include "store/read/calendar.h"
#include "store/view/anchor.h"
#include "store/view/checkin_owner.h"

#define IS_UNDONE(record)                                                                                             \
	"EXISTS (SELECT 1 FROM view_undo u JOIN log l ON " LOG_NAME(                                                  \
		"l") " = u.log JOIN log a ON a.id = u.record >> 40 WHERE l.id = " record " >> 40 AND u.seq = " record \
		     " & 1099511627775 AND " UNDO_COUNTS ")"
#define COUNTS(record) "(NOT " IS_UNDONE(record) " AND NOT " IS_VOID(record) ")"
/* Walk-ins were on no list before they came. */
#define IS_WALKIN(id) \
	"EXISTS (SELECT 1 FROM view_touch t JOIN record w ON w.id = t.record WHERE t.thing = 'p' || " id " AND w.kind = 'walkin')"

/* Check-ins of one log behind a seq: whose, where, what, when. */
#define LINES                                                                                                                       \
	"WITH said AS (SELECT c.record, c.point, c.shown, c.at_ms, r.mono_ms, r.utc_ms, " CHECKIN_SAYS_WHO                          \
	" FROM view_checkin c JOIN record r ON r.id = c.record WHERE c.record > ?1 AND c.record <= ?2 AND c.shown IN ('accepted', " \
	"'duplicate', "                                                                                                             \
	"'late', 'unverified', 'given', 'left')), owned AS MATERIALIZED (SELECT s.*, " CHECKIN_OWNER                                \
	" AS raw FROM said s) SELECT o.record, "                                                                                    \
	"coalesce(j.into_person, o.raw, ''), coalesce(o.code, ''), o.point, o.shown, o.at_ms, o.mono_ms, o.utc_ms, " COUNTS(        \
		"o.record") " FROM owned o LEFT JOIN view_join j ON j.person = o.raw ORDER BY o.record"

enum { LOGS, KINDS, OF_LOG, ANCHOR, PERSON, ROSTER, UNDONE, EVERYBODY, STATEMENTS };
static const char *const TEXTS[] = {
	[LOGS] = "SELECT l.id, coalesce(" LAST_RECORD_OF("l.id") ", l.id << 40) FROM log l ORDER BY l.id",
	[KINDS] = "SELECT id, kind, iif(kind = 'person' AND json_valid(body), body ->> '$.id', NULL) FROM record WHERE id > ?1 AND id <= "
		  "?2 AND kind <> "
		  "'checkin' ORDER BY id",
	[OF_LOG] = LINES,
	[ANCHOR] = "SELECT a.delta_ms " ANCHORS_OF("?1") " LIMIT 1",
	[PERSON] = "SELECT coalesce(p.fields ->> '$.category', ''), p.fields ->> '$.registration', p.status = 'active', " IS_WALKIN(
		"p.id") " FROM view_person p WHERE p.id = ?1",
	/* Summed up here: a sorter of all people takes more memory than the figures. */
	[ROSTER] = "SELECT coalesce(p.fields ->> '$.category', ''), p.fields ->> '$.registration' FROM view_person p WHERE "
		   "p.status = 'active' AND "
		   "p.id NOT IN (SELECT person FROM view_join) AND NOT " IS_WALKIN("p.id"),
	[EVERYBODY] = "SELECT p.id, p.fields ->> '$.registration', p.status = 'active', " IS_WALKIN(
		"p.id") " FROM view_person p WHERE p.id NOT IN "
			"(SELECT person FROM view_join)",
	[UNDONE] = "SELECT l.id << 40 | u.seq, " COUNTS("(l.id << 40 | u.seq)") " FROM view_undo u JOIN log l ON " LOG_NAME(
		"l") " = u.log WHERE u.record = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

struct log_seen {
	int64_t id, last; /* its number; the last record that was looked at */
	bool anchored;
	int64_t delta;
	int first; /* of its lines, plus one; 0: none */
};

struct raw_line { /* behind the tally's line of that number */
	int64_t record;
	int64_t mono; /* the log's own clock */
	int next;     /* of the same log, plus one */
	bool stated;  /* staff said when it was, whatever any clock says */
};
_Static_assert(sizeof(struct raw_line) == 24, "nothing lies between its parts");

struct totals {
	struct store *store;
	int64_t day;
	struct event_calendar calendar;
	struct tally *tally;
	struct {
		struct log_seen *items;
		size_t count, cap;
	} logs;
	struct {
		struct raw_line *items;
		size_t count, cap;
	} lines;
	bool roster_stale;
	bool strangers; /* some lines are of codes of which nobody knew whose they are */
};

/* --- lines ---------------------------------------------------------------------------------------------------------------------------------- */

static void put_time(const struct totals *t, struct utc_ms utc, struct tally_line *out) {
	out->utc = utc;
	out->day = TALLY_NO_DAY;
	out->quarter = 0;
	if (clock_is_set(out->utc)) {
		struct civil at = tz_civil(t->store->tz, out->utc);
		int64_t date = tz_local_day(t->store->tz, out->utc);
		out->day = (int32_t)event_day_of(&t->calendar, out->utc, date);
		out->quarter = (int16_t)((date - out->day) * 96 + at.hour * 4 + at.minute / 15);
	} else if (t->calendar.day_count == 1) { /* as the books have it (store/read/checkins.h) */
		out->day = (int32_t)t->calendar.days[0];
	}
}

static bool describe(struct totals *t, int who, const char *id, struct err *err) {
	struct stmt *s = store_sql(t->store, &SQL, PERSON);
	stmt_text(s, 1, id);
	if (stmt_row(s)) {
		bool expected =
			stmt_col_int(s, 2) != 0 && stmt_col_int(s, 3) == 0 && registration_admits(registration_find(stmt_col_text(s, 1)));
		tally_describe(t->tally, who, tally_category_of(t->tally, str_or_empty(stmt_col_text(s, 0))), expected);
	}
	return stmt_done(s, err);
}

struct new_line {
	struct raw_line raw;
	struct utc_ms utc; /* as staff said, or as the box's clock did */
	char who[BADGE_CODE_MAX + 1];
	bool known;
	char point[POINT_MAX + 1];
	enum outcome shown;
	bool counts;
};

static bool add_line(struct totals *t, struct log_seen *log, const struct new_line *n, struct err *err) {
	t->strangers = t->strangers || !n->known;
	bool fresh = false, leaves = point_is_exit(n->point);
	const char *place = leaves ? point_exit_session(n->point) : str_eq(n->point, POINT_ARRIVAL) ? "" : n->point;
	struct tally_line line = {.place = tally_place(t->tally, place),
				  .move = n->shown == OUTCOME_GIVEN ? TALLY_GOT
					  : leaves                  ? TALLY_LEFT
								    : TALLY_CAME,
				  .counts = n->counts};
	line.who = tally_who(t->tally, n->who, &fresh);
	if (fresh && n->known && !describe(t, line.who, n->who, err)) {
		return false;
	}
	bool anchored = log->anchored && !n->raw.stated;
	put_time(t, anchored ? (struct utc_ms){n->raw.mono + log->delta} : n->utc, &line);
	ARRAY_GROW(&t->lines, items);
	struct raw_line *raw = &t->lines.items[t->lines.count++];
	*raw = n->raw;
	raw->next = log->first;
	log->first = tally_add(t->tally, &line) + 1;
	return true;
}

static struct new_line read_line(struct stmt *s) {
	struct new_line n = {.raw = {.record = stmt_col_int(s, 0), .mono = stmt_col_int(s, 6), .stated = !stmt_col_null(s, 5)},
			     .shown = outcome_find(str_or_empty(stmt_col_text(s, 4))),
			     .counts = stmt_col_int(s, 8) != 0};
	const char *person = str_or_empty(stmt_col_text(s, 1));
	n.utc.v = n.raw.stated ? stmt_col_int(s, 5) : stmt_col_int(s, 7);
	n.known = person[0] != '\0';
	str_copy(n.who, sizeof n.who, n.known ? person : str_or_empty(stmt_col_text(s, 2)));
	str_copy(n.point, sizeof n.point, str_or_empty(stmt_col_text(s, 3)));
	return n;
}

static bool read_anchor(struct totals *t, struct log_seen *log, struct err *err) {
	struct stmt *s = store_sql(t->store, &SQL, ANCHOR);
	stmt_int(s, 1, log->id);
	log->anchored = stmt_row(s);
	log->delta = log->anchored ? stmt_col_int(s, 0) : 0;
	return stmt_done(s, err);
}

struct adding {
	struct totals *t;
	struct log_seen *log;
};

static bool add_row(void *context, struct stmt *row, struct err *err) {
	const struct adding *a = context;
	struct new_line n = read_line(row);
	return add_line(a->t, a->log, &n, err);
}

#define AT_ONCE 1000 /* records: whose they are is looked up in memory, which a kiosk has little of */

static bool add_new(struct totals *t, struct log_seen *log, int64_t last, struct err *err) {
	struct adding a = {t, log};
	bool ok = true;
	while (ok && log->last < last) {
		int64_t to = last - log->last > AT_ONCE ? log->last + AT_ONCE : last;
		struct stmt *s = store_sql(t->store, &SQL, OF_LOG);
		stmt_int(s, 1, log->last);
		stmt_int(s, 2, to);
		ok = stmt_each(s, add_row, &a, err);
		log->last = to;
	}
	log->last = last;
	return ok;
}

/* --- what else came --------------------------------------------------------------------------------------------------------------------------- */

/* By the anchor that counts now. What the clocks said without one was not kept. */
static void retime(struct totals *t, const struct log_seen *log) {
	for (int i = log->first; i != 0; i = t->lines.items[i - 1].next) {
		struct tally_line line = *tally_line_at(t->tally, i - 1);
		if (!t->lines.items[i - 1].stated) {
			put_time(t, (struct utc_ms){t->lines.items[i - 1].mono + log->delta}, &line);
			tally_change(t->tally, i - 1, &line);
		}
	}
}

static bool take_undo(struct totals *t, int64_t record, struct err *err) {
	struct stmt *s = store_sql(t->store, &SQL, UNDONE);
	stmt_int(s, 1, record);
	int64_t undone = 0;
	bool counts = true;
	if (stmt_row(s)) {
		undone = stmt_col_int(s, 0);
		counts = stmt_col_int(s, 1) != 0;
	}
	for (size_t i = 0; undone != 0 && i < t->lines.count; i++) {
		if (t->lines.items[i].record == undone) {
			struct tally_line line = *tally_line_at(t->tally, (int)i);
			line.counts = counts;
			tally_change(t->tally, (int)i, &line);
		}
	}
	return stmt_done(s, err);
}

/* Of a log behind what was seen: what its records other than check-ins change. */
struct news {
	struct totals *t;
	bool all, anchors; /* everything is to be counted again; times are others */
	int64_t *undos;
	size_t count, cap;
};

/* Anchors hold for all chains of a log, and those are few: all logs are asked again. */
static bool read_anchors(struct news *n, struct err *err) {
	struct totals *t = n->t;
	for (size_t i = 0; i < t->logs.count; i++) {
		struct log_seen *log = &t->logs.items[i], before = *log;
		if (!read_anchor(t, log, err)) {
			return false;
		}
		if (before.anchored && !log->anchored) {
			n->all = true;
		} else if (before.anchored != log->anchored || before.delta != log->delta) {
			retime(t, log);
		}
	}
	return true;
}

static bool note_kind(void *context, struct stmt *row, struct err *err) {
	static const char *const all[] = {"join", "void", "erase", "role", "retire", "close", "invite", "session", "event", "revoke"};
	static const char *const whose[] = {"badge", "walkin", "person"};
	struct news *n = context;
	const char *kind = str_or_empty(stmt_col_text(row, 1)), *person = stmt_col_text(row, 2);
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		n->all = n->all || str_eq(kind, all[i]);
	}
	for (size_t i = 0; n->t->strangers && i < COUNT_OF(whose); i++) { /* and may be known now */
		n->all = n->all || str_eq(kind, whose[i]);
	}
	n->anchors = n->anchors || str_eq(kind, "anchor");
	n->t->roster_stale = n->t->roster_stale || str_eq(kind, "person"); /* no walk-in was expected */
	if (str_eq(kind, "undo")) {
		if (n->count == n->cap) {
			n->cap = n->cap == 0 ? 16 : 2 * n->cap;
			n->undos = xrealloc(n->undos, n->cap, sizeof *n->undos);
		}
		n->undos[n->count++] = stmt_col_int(row, 0);
	}
	if (person != NULL) { /* whoever came already may have another category now */
		int who = tally_who(n->t->tally, person, NULL);
		return describe(n->t, who, person, err);
	}
	return true;
}

static bool read_roster(struct totals *t, struct err *err) {
	struct stmt *s = store_sql(t->store, &SQL, ROSTER);
	tally_expect_nobody(t->tally);
	while (stmt_row(s)) {
		if (registration_admits(registration_find(stmt_col_text(s, 1)))) {
			tally_expect(t->tally, tally_category_of(t->tally, str_or_empty(stmt_col_text(s, 0))), 1);
		}
	}
	t->roster_stale = false;
	return stmt_done(s, err);
}

/* --- all of it -------------------------------------------------------------------------------------------------------------------------------- */

struct log_now {
	int64_t id, last;
};

struct logs_now {
	struct log_now *items;
	size_t count, cap;
};

static bool note_log(void *context, struct stmt *row, struct err *err) {
	struct logs_now *logs = context;
	(void)err;
	ARRAY_GROW(logs, items);
	logs->items[logs->count++] = (struct log_now){stmt_col_int(row, 0), stmt_col_int(row, 1)};
	return true;
}

/* The logs are the same as before, or some came, and none lost anything: else what was counted is not what is there. */
static bool follows(const struct totals *t, const struct logs_now *now) {
	size_t k = 0;
	for (size_t i = 0; i < t->logs.count; i++) {
		while (k < now->count && now->items[k].id < t->logs.items[i].id) {
			k++;
		}
		if (k == now->count || now->items[k].id != t->logs.items[i].id || now->items[k].last < t->logs.items[i].last) {
			return false;
		}
	}
	return true;
}

static struct log_seen *log_of(struct totals *t, int64_t id) {
	for (size_t i = t->logs.count; i > 0; i--) {
		if (t->logs.items[i - 1].id == id) {
			return &t->logs.items[i - 1];
		}
	}
	ARRAY_GROW(&t->logs, items);
	t->logs.items[t->logs.count] = (struct log_seen){.id = id, .last = id << SEQ_BITS};
	return &t->logs.items[t->logs.count++];
}

static void forget(struct totals *t) {
	tally_close(t->tally);
	event_calendar_fini(&t->calendar);
	free(t->logs.items);
	free(t->lines.items);
	struct store *store = t->store;
	int64_t day = t->day;
	*t = (struct totals){.store = store, .day = day, .tally = tally_open(day), .roster_stale = true};
}

static bool take_news(struct totals *t, const struct logs_now *now, bool *changed, struct news *news, struct err *err) {
	bool ok = true;
	for (size_t i = 0; ok && i < now->count; i++) {
		struct log_seen *log = log_of(t, now->items[i].id);
		if (log->last == now->items[i].last) {
			continue;
		}
		*changed = true;
		struct stmt *s = store_sql(t->store, &SQL, KINDS);
		stmt_int(s, 1, log->last);
		stmt_int(s, 2, now->items[i].last);
		ok = stmt_each(s, note_kind, news, err);
	}
	ok = ok && !news->all && (!news->anchors || read_anchors(news, err)) && !news->all;
	for (size_t i = 0; ok && i < now->count; i++) {
		struct log_seen *log = log_of(t, now->items[i].id);
		ok = log->last == now->items[i].last || add_new(t, log, now->items[i].last, err);
	}
	for (size_t i = 0; ok && i < news->count; i++) {
		ok = take_undo(t, news->undos[i], err);
	}
	return ok && (!t->roster_stale || read_roster(t, err));
}

static bool count_all(struct totals *t, const struct logs_now *now, struct err *err) {
	forget(t);
	bool ok = calendar_load(t->store, &t->calendar, err);
	for (size_t i = 0; ok && i < now->count; i++) {
		struct log_seen *log = log_of(t, now->items[i].id);
		ok = read_anchor(t, log, err) && add_new(t, log, now->items[i].last, err);
	}
	return ok && read_roster(t, err);
}

static bool refresh(struct totals *t, bool *changed, struct err *err) {
	struct logs_now now = {0};
	struct news news = {.t = t};
	struct stmt *s = store_sql(t->store, &SQL, LOGS);
	bool ok = stmt_each(s, note_log, &now, err), again = false;
	*changed = false;
	if (ok && t->logs.count > 0 && follows(t, &now)) {
		ok = take_news(t, &now, changed, &news, err);
		again = news.all;
	} else {
		again = ok;
	}
	if (again) {
		*changed = true;
		ok = count_all(t, &now, err);
	}
	free(now.items);
	free(news.undos);
	return ok;
}

bool totals_refresh(struct totals *t, bool *changed, struct err *err) {
	if (!db_begin_read(t->store->db, err)) {
		return false;
	}
	bool ok = refresh(t, changed, err);
	db_rollback(t->store->db);
	return ok;
}

bool totals_day(struct store *store, struct utc_ms now, int64_t *day, struct err *err) {
	struct event_calendar calendar;
	bool ok = calendar_load(store, &calendar, err);
	*day = ok ? event_day_of(&calendar, now, tz_local_day(store->tz, now)) : 0;
	event_calendar_fini(&calendar);
	return ok;
}

bool totals_open(struct store *store, int64_t day, struct totals **out, struct err *err) {
	struct totals *t = xcalloc(1, sizeof *t);
	bool changed;
	t->store = store;
	t->day = day;
	forget(t);
	if (!totals_refresh(t, &changed, err)) {
		totals_close(t);
		return false;
	}
	*out = t;
	return true;
}

void totals_close(struct totals *t) {
	if (t != NULL) {
		tally_close(t->tally);
		event_calendar_fini(&t->calendar);
		free(t->logs.items);
		free(t->lines.items);
		free(t);
	}
}

int64_t totals_of_day(const struct totals *t) { return t->day; }

const struct tally_counts *totals_counts(const struct totals *t) { return tally_count(t->tally); }

/* --- who -------------------------------------------------------------------------------------------------------------------------------------- */

struct listing_who {
	const struct totals *t;
	enum totals_who who;
	totals_id_fn *each;
	void *context;
};

static bool is_meant(const struct listing_who *l, struct stmt *row) {
	int who = tally_find(l->t->tally, str_or_empty(stmt_col_text(row, 0)));
	if (l->who == TOTALS_HERE) {
		return who >= 0 && tally_is_here(l->t->tally, who);
	}
	bool expected =
		stmt_col_int(row, 2) != 0 && stmt_col_int(row, 3) == 0 && registration_admits(registration_find(stmt_col_text(row, 1)));
	return expected && !(who >= 0 && tally_has_arrived(l->t->tally, who));
}

static bool list_row(void *context, struct stmt *row, struct err *err) {
	const struct listing_who *l = context;
	return !is_meant(l, row) || l->each(l->context, str_or_empty(stmt_col_text(row, 0)), err);
}

bool totals_each(struct totals *t, enum totals_who who, totals_id_fn *each, void *context, struct err *err) {
	struct listing_who l = {t, who, each, context};
	return stmt_each(store_sql(t->store, &SQL, EVERYBODY), list_row, &l, err);
}
