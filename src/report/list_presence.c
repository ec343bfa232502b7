#include "report/list_presence.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "event/point.h"
#include "event/stay.h"
#include "report/list_time.h"
#include "store/read/calendar.h"
#include "store/read/checkins.h"
#include "store/read/people.h"
#include "store/read/sessions.h"
#include "store/write/clock.h"

static const struct column COLUMNS[] = {
	{"name", NULL, LIST_ALL},     {"organisation", NULL, LIST_ALL}, {"person", NULL, LIST_BOTH}, {"code", NULL, LIST_BOTH},
	{"session", NULL, LIST_BOTH}, {"where", NULL, LIST_ALL},        {"room", NULL, LIST_ALL},    {"day", NULL, LIST_ALL},
	{"in", NULL, LIST_ALL},       {"out", NULL, LIST_ALL},          {"minutes", NULL, LIST_ALL}, {"times", NULL, LIST_ALL},
	{"ended", NULL, LIST_ALL},    {"approximate", NULL, LIST_BOTH},
};

#define ARRIVAL (-1)                   /* in a session's place */
#define NO_DAY INT64_MIN               /* nothing says which */
#define LATE_MS (6 * INT64_C(3600000)) /* so long after the end people still go home */
#define DAY_MS (24 * INT64_C(3600000))

struct moves {
	struct stay_move *items;
	size_t count, cap;
};

/* Somebody at one place. */
struct row {
	const struct checkin *first; /* in the books: whose it is */
	int session;
	int64_t day; /* of an arrival, or on which the session begins */
	struct moves entries;
	struct stay stay;
};

struct presences {
	struct store *store;
	enum listing_form form;
	struct listing *listing;
	struct checkins books;
	struct sessions sessions;
	struct event_calendar calendar;
	struct mapstr places; /* a session's id -> its index */
	struct mapstr keys;   /* who and where -> index of the row, plus one */
	struct {
		struct row *items;
		size_t count, cap;
	} rows;
	struct mapstr exit_keys; /* who and from which session ("": the event) -> index, plus one */
	struct {
		struct moves *items;
		size_t count, cap;
	} exits;
};

static void add_move(struct moves *moves, const struct checkin *c, bool in) {
	ARRAY_GROW(moves, items);
	moves->items[moves->count++] = (struct stay_move){c->utc, in, c->approximate};
}

/* --- what the books have ------------------------------------------------------------------------------------------------------------- */

static void note_exit(struct presences *p, const struct checkin *c) {
	char *key = xasprintf("%s\n%s", checkin_who(c), point_exit_session(c->point));
	bool made = false;
	int64_t *place = mapstr_place(&p->exit_keys, key, &made);
	if (made) {
		ARRAY_GROW(&p->exits, items);
		p->exits.items[p->exits.count++] = (struct moves){0};
		*place = (int64_t)p->exits.count;
	}
	add_move(&p->exits.items[*place - 1], c, false);
	free(key);
}

static void note_entry(struct presences *p, const struct checkin *c) {
	const int64_t *session = mapstr_find(&p->places, c->point);
	struct row row = {.first = c, .session = session == NULL ? ARRIVAL : (int)*session, .day = NO_DAY};
	bool made = false;
	if (session != NULL) {
		const struct session_when *when = &p->sessions.items[*session].session.when;
		row.day = tz_offset_day(when->start, when->place_offset_min);
	} else if (!str_eq(c->point, POINT_ARRIVAL)) { /* a session that is on no agenda any more: nothing says how long it was */
		return;
	} else if (!checkin_day(c, &p->calendar, store_tz(p->store), &row.day)) {
		row.day = NO_DAY;
	}
	char *key = xasprintf("%s\n%s\n%s", checkin_who(c), c->point, session == NULL ? str_number(row.day).text : "");
	int64_t *place = mapstr_place(&p->keys, key, &made);
	if (made) {
		ARRAY_GROW(&p->rows, items);
		p->rows.items[p->rows.count++] = row;
		*place = (int64_t)p->rows.count;
	}
	add_move(&p->rows.items[*place - 1].entries, c, true);
	free(key);
}

static void note_books(struct presences *p) {
	for (size_t i = 0; i < p->sessions.count; i++) {
		bool made;
		*mapstr_place(&p->places, p->sessions.items[i].id, &made) = (int64_t)i;
	}
	for (size_t i = 0; i < p->books.count; i++) {
		const struct checkin *c = &p->books.items[i];
		if (c->shown == OUTCOME_LEFT && !c->undone && !c->is_void) {
			note_exit(p, c);
		} else if (c->shown != OUTCOME_LEFT && checkin_stands(c)) {
			note_entry(p, c);
		}
	}
}

/* --- how long ------------------------------------------------------------------------------------------------------------------------- */

/* The end of a local day. */
static struct utc_ms midnight(const struct presences *p, int64_t day) {
	struct civil at = {.hour = 0};
	tz_from_days(day + 1, &at.year, &at.month, &at.day);
	return tz_utc(store_tz(p->store), &at);
}

/* One of which nobody said when it ends goes on until the next one in its room, or the day is over. */
static struct utc_ms end_of(const struct presences *p, size_t session) {
	const struct session_when *when = &p->sessions.items[session].session.when;
	if (when->end.v > when->start.v) {
		return when->end;
	}
	for (size_t i = session + 1; i < p->sessions.count; i++) { /* by start */
		const struct session_when *next = &p->sessions.items[i].session.when;
		if (next->start.v > when->start.v && next->start.v < when->start.v + DAY_MS &&
		    str_eq(str_or_empty(next->room), str_or_empty(when->room))) {
			return next->start;
		}
	}
	return midnight(p, tz_offset_day(when->start, when->place_offset_min));
}

static struct stay_span span_of_day(const struct presences *p, int64_t day) {
	struct stay_span span = {.from = {INT64_MIN}, .until = {INT64_MAX}, .rule = {INT64_MIN}, .late = {INT64_MAX}};
	if (day == NO_DAY) {
		return span;
	}
	for (size_t i = 0; i < p->sessions.count; i++) {
		const struct session *s = &p->sessions.items[i].session;
		if (!s->cancelled && tz_offset_day(s->when.start, s->when.place_offset_min) == day) {
			struct utc_ms end = end_of(p, i);
			span.rule = end.v > span.rule.v ? end : span.rule;
		}
	}
	struct utc_ms over = midnight(p, day);
	span.rule = span.rule.v == INT64_MIN ? over : span.rule;
	span.late.v = (over.v > span.rule.v ? over.v : span.rule.v) + LATE_MS;
	return span;
}

static struct stay_span span_of(const struct presences *p, const struct row *row) {
	if (row->session == ARRIVAL) {
		return span_of_day(p, row->day);
	}
	struct utc_ms end = end_of(p, (size_t)row->session);
	return (struct stay_span){p->sessions.items[row->session].session.when.start, end, end, {end.v + LATE_MS}};
}

static void add_exits(const struct presences *p, const struct row *row, const char *from, struct utc_ms until, struct moves *all) {
	char *key = xasprintf("%s\n%s", checkin_who(row->first), from);
	const int64_t *place = mapstr_find(&p->exit_keys, key);
	for (size_t i = 0; place != NULL && i < p->exits.items[*place - 1].count; i++) {
		const struct stay_move *move = &p->exits.items[*place - 1].items[i];
		if (move->utc.v <= until.v) {
			ARRAY_GROW(all, items);
			all->items[all->count++] = *move;
		}
	}
	free(key);
}

static void count(struct presences *p, struct row *row) {
	const struct stay_span span = span_of(p, row);
	/* Who leaves the event after a session was over had left that before. */
	add_exits(p, row, "", row->session == ARRIVAL ? span.late : span.until, &row->entries);
	if (row->session != ARRIVAL) {
		add_exits(p, row, p->sessions.items[row->session].id, span.late, &row->entries);
	}
	(void)stay_count(row->entries.items, row->entries.count, &span, store_now(p->store), &row->stay); /* each has an entry */
}

/* --- the list ------------------------------------------------------------------------------------------------------------------------- */

/* The days of the event, then its sessions; in each who came first stands first. */
static int in_order(const void *a, const void *b) {
	const struct row *one = a, *other = b;
	if (one->session != other->session) {
		return one->session < other->session ? -1 : 1;
	}
	if (one->day != other->day) {
		return one->day < other->day ? -1 : 1;
	}
	if (one->stay.first.v != other->stay.first.v) {
		return one->stay.first.v < other->stay.first.v ? -1 : 1;
	}
	return strcmp(checkin_who(one->first), checkin_who(other->first));
}

static bool put_person(const struct presences *p, const struct checkin *c, struct err *err) {
	struct person_row person = {0};
	bool found = false;
	if (c->person[0] != '\0' && !person_get_plain(p->store, c->person, &person, &found, err)) {
		return false;
	}
	listing_text(p->listing, c->name);
	listing_text(p->listing, found ? person_text(&person.person, PERSON_ORGANISATION) : "");
	listing_text(p->listing, c->person);
	listing_text(p->listing, c->code);
	if (found) {
		person_row_fini(&person);
	}
	return true;
}

static void put_time(const struct presences *p, struct utc_ms utc, bool approximate) {
	list_corrected(p->listing, p->form, &(struct list_when){store_tz(p->store), utc, approximate});
}

static bool put_row(const struct presences *p, const struct row *row, struct err *err) {
	const struct session_row *session = row->session == ARRIVAL ? NULL : &p->sessions.items[row->session];
	struct listing *l = p->listing;
	char day[TZ_TEXT_MAX] = "";
	if (!put_person(p, row->first, err)) {
		return false;
	}
	if (row->day != NO_DAY) {
		tz_format_date(row->day, day);
	}
	listing_text(l, session == NULL ? "" : session->id);
	listing_text(l, session == NULL ? POINT_ARRIVAL : session_text(&session->session, SESSION_TITLE));
	listing_text(l, session == NULL ? "" : str_or_empty(session->session.when.room));
	listing_text(l, day);
	put_time(p, row->stay.first, row->stay.approximate);
	if (row->stay.end == STAY_GOES_ON) {
		listing_text(l, NULL);
	} else {
		put_time(p, row->stay.last, row->stay.approximate);
	}
	listing_int(l, stay_minutes(&row->stay));
	listing_int(l, row->stay.times);
	listing_text(l, stay_end_word(row->stay.end));
	listing_bool(l, row->stay.approximate);
	return listing_row(l, err);
}

static bool put_all(struct presences *p, const struct list_options *options, struct err *err) {
	struct listing_options how = {options->form, COLUMNS, COUNT_OF(COLUMNS), options->bom};
	bool ok = true;
	for (size_t i = 0; i < p->rows.count; i++) {
		count(p, &p->rows.items[i]);
	}
	if (p->rows.count > 1) {
		qsort(p->rows.items, p->rows.count, sizeof *p->rows.items, in_order);
	}
	p->listing = listing_open(options->out, &how);
	for (size_t i = 0; ok && i < p->rows.count; i++) {
		ok = put_row(p, &p->rows.items[i], err);
	}
	ok = ok && listing_finish(p->listing, err);
	listing_close(p->listing);
	return ok;
}

static void fini(struct presences *p) {
	for (size_t i = 0; i < p->rows.count; i++) {
		free(p->rows.items[i].entries.items);
	}
	for (size_t i = 0; i < p->exits.count; i++) {
		free(p->exits.items[i].items);
	}
	free(p->rows.items);
	free(p->exits.items);
	mapstr_fini(&p->places);
	mapstr_fini(&p->keys);
	mapstr_fini(&p->exit_keys);
	event_calendar_fini(&p->calendar);
	sessions_fini(&p->sessions);
	checkins_fini(&p->books);
}

bool list_presence(struct store *store, const struct list_options *options, struct err *err) {
	struct presences p = {.store = store, .form = options->form};
	bool ok = checkins_load(store, &p.books, err) && sessions_load(store, &p.sessions, err) && calendar_load(store, &p.calendar, err);
	if (ok) {
		note_books(&p);
		ok = put_all(&p, options, err);
	}
	fini(&p);
	return ok;
}
