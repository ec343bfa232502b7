#include "store/read/conflicts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/tz.h"
#include "event/point.h"
#include "store/file/state.h"
#include "store/log/rows.h"
#include "store/read/checkins.h"
#include "store/read/erasure_left.h"
#include "store/read/sessions.h"
#include "store/read/twins.h"
#include "store/view/anchor.h"
#include "store/view/roles.h"
#include "store/view/setting.h"
#include "store/view/views.h"

/* Things with one record cannot be in dispute, so they are never read. */
enum { EDITED_TWICE, IGNORED, HAS_BADGE, STATEMENTS };
static const char *const TEXTS[] = {
	[EDITED_TWICE] = "SELECT thing FROM view_touch WHERE thing >= ?1 AND thing < ?2 GROUP BY thing HAVING count(*) > 1 ORDER BY thing",
	[IGNORED] = "SELECT " LOG_NAME(
		"g") ", g.author, i.record, r.kind, i.reason FROM view_ignored i JOIN record r ON r.id = i.record JOIN log g ON "
		     "g.id = i.record >> 40 ORDER BY " LOG_NAME("g") ", i.record & 1099511627775, r.hash",
	[HAS_BADGE] = "SELECT 1 FROM view_badge WHERE person = ?1 AND status = 'valid'",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static const char *const WORDS[] = {
	[CONFLICT_DOUBLE] = "double", [CONFLICT_REVOKED] = "revoked", [CONFLICT_FIELD] = "field",         [CONFLICT_BRANCH] = "branch",
	[CONFLICT_AUTHOR] = "author", [CONFLICT_UNKNOWN] = "unknown", [CONFLICT_MALFORMED] = "malformed", [CONFLICT_CLOCK] = "clock",
	[CONFLICT_ERASED] = "erased", [CONFLICT_DATES] = "dates",     [CONFLICT_ALIKE] = "alike",         [CONFLICT_ODD] = "odd",
};
_Static_assert(COUNT_OF(WORDS) == CONFLICT_KINDS, "every kind has its word");

const char *conflict_word(enum conflict_kind kind) { return WORDS[kind]; }

struct station {
	char *name;
	char role[ROLE_WORDS_MAX];
	bool retired;
};

struct looking {
	struct store *store;
	conflict_fn *each;
	void *context;
	struct {
		struct station *items;
		size_t count, cap;
		struct mapstr places; /* key in hexadecimal -> index */
	} stations;
	const struct checkins *given; /* NULL: the books are read when they are needed */
	struct checkins read;
	struct sessions sessions;
	/* While one thing's fields are looked at: */
	const struct registers *r;
	const struct store_view *view; /* whose thing it is */
	const char *thing, *name;
	/* While ignored records are: */
	enum ignore_class class;
};

static bool tell_conflict(const struct looking *l, const struct conflict *c, struct err *err) { return l->each(l->context, c, err); }

/* --- stations -------------------------------------------------------------------------------------------------------------------- */

static bool note_station(void *context, const struct station_row *row, struct err *err) {
	(void)err;
	struct looking *l = context;
	char hex[2 * KEY_LEN + 1];
	bool made = false;
	ARRAY_GROW(&l->stations, items);
	struct station *station = &l->stations.items[l->stations.count];
	*station = (struct station){.name = xstrdup(row->name), .retired = row->retired};
	role_words(row->roles, station->role);
	str_hex(row->key.b, KEY_LEN, hex);
	*mapstr_place(&l->stations.places, hex, &made) = (int64_t)l->stations.count++;
	return true;
}

static struct conflict_station station_of(const struct looking *l, const struct public_key *key) {
	char hex[2 * KEY_LEN + 1];
	str_hex(key->b, KEY_LEN, hex);
	const int64_t *place = mapstr_find(&l->stations.places, hex);
	const struct station *station = place ? &l->stations.items[*place] : NULL;
	struct conflict_station out = {.name = station ? station->name : "",
				       .role = station ? station->role : "none",
				       .retired = station != NULL && station->retired};
	str_copy(out.key, sizeof out.key, hex);
	return out;
}

/* Columns at `from`: the log's hash, its author. */
static void read_log(const struct looking *l, struct stmt *s, int from, struct conflict_record *out) {
	struct public_key author;
	stmt_take(s, from, out->log.b, HASH_LEN);
	stmt_take(s, from + 1, author.b, KEY_LEN);
	out->station = station_of(l, &author);
}

/* --- check-ins ------------------------------------------------------------------------------------------------------------------- */

static struct conflict_record record_of(const struct looking *l, const struct checkin *c) {
	return (struct conflict_record){.station = station_of(l, &c->station),
					.log = c->log,
					.seq = c->seq,
					.utc = c->utc,
					.approximate = c->approximate,
					.counts = !c->undone && !c->is_void && c->duplicate_of == 0};
}

static const struct checkins *books_of(const struct looking *l) { return l->given != NULL ? l->given : &l->read; }

static const char *where(const struct looking *l, const char *point) {
	for (size_t i = 0; i < l->sessions.count; i++) {
		if (str_eq(l->sessions.items[i].id, point)) {
			return session_text(&l->sessions.items[i].session, SESSION_TITLE);
		}
	}
	return point;
}

static struct conflict about_checkin(const struct looking *l, enum conflict_kind kind, const struct checkin *c) {
	return (struct conflict){.kind = kind,
				 .at = record_of(l, c),
				 .person = c->person,
				 .name = c->name,
				 .code = c->code,
				 .point = c->point,
				 .where = where(l, c->point)};
}

static void record_key(int64_t record, char key[24]) { snprintf(key, 24, "%" PRId64, record); }

struct exits {
	struct mapstr last; /* who -> place of their last exit, plus one */
	int *before;        /* of each line that is one: the place of the one before it, plus one */
};

static void find_exits(const struct checkins *books, struct exits *out) {
	*out = (struct exits){.before = xcalloc(books->count + 1, sizeof *out->before)};
	for (size_t i = 0; i < books->count; i++) {
		const struct checkin *c = &books->items[i];
		bool made;
		if (c->shown == OUTCOME_LEFT && !c->undone && !c->is_void) {
			int64_t *last = mapstr_place(&out->last, checkin_who(c), &made);
			out->before[i] = (int)*last;
			*last = (int64_t)i + 1;
		}
	}
}

/* They were gone in between, from there or from the event: whoever comes back is no contradiction. */
static bool left_between(const struct checkins *books, const struct exits *exits, const struct checkin *from, const struct checkin *to) {
	const int64_t *last = mapstr_find(&exits->last, checkin_who(to));
	bool left = false;
	for (int at = last == NULL ? 0 : (int)*last; at != 0 && !left; at = exits->before[at - 1]) {
		const struct checkin *c = &books->items[at - 1];
		const char *session = point_exit_session(c->point);
		left = (session[0] == '\0' || str_eq(session, to->point)) && c->utc.v >= from->utc.v && c->utc.v <= to->utc.v;
	}
	return left;
}

/* Who was answered "already in" was known to be in: no contradiction. Of the others of one person at one point the first in the books
 * stands, and each later one at another station is told beside it. */
static bool look_for_doubles(const struct looking *l, struct err *err) {
	struct mapstr firsts = {0}; /* the record that counts -> place of the first that was let in as such */
	struct exits exits;
	bool ok = true;
	find_exits(books_of(l), &exits);
	for (size_t i = 0; ok && i < books_of(l)->count; i++) {
		const struct checkin *c = &books_of(l)->items[i];
		char key[24];
		bool made = false;
		if (!checkin_stands(c) || c->shown == OUTCOME_DUPLICATE) {
			continue;
		}
		record_key(c->duplicate_of ? c->duplicate_of : c->record, key);
		int64_t *place = mapstr_place(&firsts, key, &made);
		if (made) {
			*place = (int64_t)i;
			continue;
		}
		const struct checkin *first = &books_of(l)->items[*place];
		if (left_between(books_of(l), &exits, first, c)) {
			*place = (int64_t)i;
		} else if (!crypto_key_eq(&first->station, &c->station)) {
			struct conflict found = about_checkin(l, CONFLICT_DOUBLE, c);
			found.twice.first = record_of(l, first);
			found.twice.first_code = first->code;
			ok = tell_conflict(l, &found, err);
		}
	}
	mapstr_fini(&firsts);
	mapstr_fini(&exits.last);
	free(exits.before);
	return ok;
}

/* Of the lines that count: who came again is told once. */
static bool look_for_dates(const struct looking *l, struct err *err) {
	bool ok = true;
	for (size_t i = 0; ok && i < books_of(l)->count; i++) {
		const struct checkin *c = &books_of(l)->items[i];
		if (c->outside != OUTCOME_COUNT && c->duplicate_of == 0) {
			struct conflict found = about_checkin(l, CONFLICT_DATES, c);
			found.outside = c->outside;
			ok = tell_conflict(l, &found, err);
		}
	}
	return ok;
}

struct revocation {
	struct conflict_record record;
	struct json *body;
};

struct revocations {
	const struct looking *l;
	struct revocation *items; /* those of one code together, by hash */
	size_t count, cap;
	struct mapstr places; /* code as check-ins say it (checkin_stub) -> place of its first */
	struct mapstr told;   /* who came in by which code, where and at which station */
};

static bool note_revocation(void *context, struct stmt *s, struct err *err) {
	struct revocations *r = context;
	const char *body = str_or_empty(stmt_col_text(s, 1));
	char stub[BADGE_CODE_MAX + 1];
	bool made = false;
	int64_t *place = mapstr_place(&r->places, checkin_stub(str_or_empty(stmt_col_text(s, 0)), stub), &made);
	if (made) {
		*place = (int64_t)r->count;
	}
	ARRAY_GROW(r, items);
	struct revocation *item = &r->items[r->count++];
	*item = (struct revocation){.record = {.seq = (uint64_t)(stmt_col_int(s, 4) & SEQ_MASK),
					       .utc = {stmt_col_int(s, 5)},
					       .approximate = stmt_col_int(s, 6) != 0},
				    .body = json_parse(body, strlen(body), err)};
	read_log(r->l, s, 2, &item->record);
	return item->body != NULL;
}

/* True when the revocation names the check-in: whoever revoked the badge knew of it (badge_revoke). */
static bool names(const struct json *body, const struct checkin *c) {
	const struct json *known = json_get(body, "known");
	char log[2 * HASH_LEN + 1];
	str_hex(c->log.b, HASH_LEN, log);
	for (size_t i = 0; i < json_count(known); i++) {
		const struct json *one = json_at(known, i);
		if (json_get_int(one, "seq", 0) == (int64_t)c->seq && str_eq(json_get_text(one, "log"), log)) {
			return true;
		}
	}
	return false;
}

/* Whether it is sure that the badge was good yet: nobody's clock is in doubt, and whoever revoked it did so later. */
static bool came_before(const struct revocation *revocation, const struct checkin *c) {
	return !revocation->record.approximate && !c->approximate && c->utc.v < revocation->record.utc.v;
}

/* A new badge in the place of an old one is ordinary work: that they came by the old one before is nothing to look at. Of a badge that was taken
 * away for good it is, as whoever took it may have thought that they were not in. */
static bool was_replaced(const struct looking *l, const struct checkin *c, bool *replaced, struct err *err) {
	struct stmt *s = store_sql(l->store, &SQL, HAS_BADGE);
	stmt_text(s, 1, c->person);
	*replaced = c->person[0] != '\0' && stmt_row(s);
	return stmt_done(s, err);
}

/* The same badge again at the same place is told once. */
static bool told_before(struct revocations *r, const struct checkin *c) {
	char station[2 * KEY_LEN + 1];
	bool made = false;
	str_hex(c->station.b, KEY_LEN, station);
	char *key = xasprintf("%s|%s|%s", c->code, c->point, station);
	mapstr_place(&r->told, key, &made);
	free(key);
	return !made;
}

/* What a point handed out is gone as well. */
static bool gave_or_let_in(const struct checkin *c) { return !c->undone && !c->is_void && outcome_admits(c->shown); }

/* Several may have revoked one badge: when any of them knew of the check-in it is no conflict. */
static bool look_at_revoked(struct revocations *r, const struct checkin *c, struct err *err) {
	const int64_t *place = c->code[0] != '\0' && gave_or_let_in(c) ? mapstr_find(&r->places, c->code) : NULL;
	if (place == NULL) {
		return true;
	}
	char stub[BADGE_CODE_MAX + 1];
	bool before = true, replaced = false;
	for (size_t i = (size_t)*place; i < r->count; i++) {
		if (!str_eq(checkin_stub(str_or_empty(json_get_text(r->items[i].body, "code")), stub), c->code)) {
			break;
		}
		if (names(r->items[i].body, c)) {
			return true;
		}
		before = before && came_before(&r->items[i], c);
	}
	if (before && !was_replaced(r->l, c, &replaced, err)) {
		return false;
	}
	if (replaced || told_before(r, c)) {
		return true;
	}
	struct conflict found = about_checkin(r->l, CONFLICT_REVOKED, c);
	found.revocation = r->items[*place].record;
	return tell_conflict(r->l, &found, err);
}

#define ANCHORED(record) "(SELECT a.delta_ms " ANCHORS_OF(record " >> 40") " LIMIT 1)"

static bool look_for_revoked(const struct looking *l, struct err *err) {
	struct revocations r = {.l = l};
	bool ok = db_each(
		l->store->db,
		"SELECT b.code, x.body, " LOG_NAME("g") ", g.author, x.id, coalesce(x.mono_ms + " ANCHORED("x.id") ", x.utc_ms), " ANCHORED(
			"x.id") " IS NULL FROM view_badge b JOIN view_touch t ON t.thing = 'b' || b.code JOIN record x ON x.id = "
				"t.record AND x.kind = 'revoke' AND x.body IS NOT NULL JOIN log g ON g.id = x.id >> 40 WHERE "
				"b.status = 'revoked' ORDER BY b.code, x.hash",
		note_revocation, &r, err);
	for (size_t i = 0; ok && r.count != 0 && i < books_of(l)->count; i++) {
		ok = look_at_revoked(&r, &books_of(l)->items[i], err);
	}
	for (size_t i = 0; i < r.count; i++) {
		json_free(r.items[i].body);
	}
	free(r.items);
	mapstr_fini(&r.places);
	mapstr_fini(&r.told);
	return ok;
}

static bool look_at_odd(void *context, const struct odd *odd, struct err *err) {
	const struct looking *l = context;
	struct conflict found = {.kind = CONFLICT_ODD, .at = record_of(l, odd->from)};
	found.odd.reason = odd->reason;
	found.odd.count = odd->count;
	if (odd->other != NULL) {
		found.odd.other = station_of(l, odd->other);
	}
	return tell_conflict(l, &found, err);
}

/* The books cost memory and time; where one station took a few check-ins and no badge was revoked they have nothing to tell. */
#define ODD_LEAST "4" /* points */
_Static_assert(ODD_POINTS == 4 && ODD_BULK > ODD_POINTS, "as the text says");

static bool look_at_checkins(struct looking *l, struct err *err) {
	int64_t needed = 0;
	if (!db_number(
		    l->store->db,
		    "SELECT (SELECT count(DISTINCT g.author) FROM log g WHERE EXISTS (SELECT 1 FROM view_checkin c WHERE c.record BETWEEN "
		    "g.id << 40 AND (g.id + 1) << 40)) > 1 OR EXISTS (SELECT 1 FROM view_badge WHERE status = 'revoked') "
		    "OR EXISTS (SELECT 1 FROM view_anchor) OR " /* what corrects a time shows who came outside the dates */
		    "(SELECT count(*) FROM (SELECT 1 FROM view_checkin LIMIT " ODD_LEAST ")) = " ODD_LEAST,
		    &needed, err)) {
		return false;
	}
	return needed == 0 || ((l->given != NULL || checkins_load(l->store, &l->read, err)) && sessions_load(l->store, &l->sessions, err) &&
			       look_for_doubles(l, err) && look_for_revoked(l, err) && look_for_dates(l, err) &&
			       odd_each(books_of(l), look_at_odd, l, err));
}

/* --- fields ---------------------------------------------------------------------------------------------------------------------- */

/* "2026-05-14 10:00 to 11:00, A": start, end and room of a session are one field. By the clocks of the place, as the kiosk shows them. */
static void when_text(const struct json *when, struct strbuf *out) {
	char start[TZ_TEXT_MAX];
	char end[TZ_TEXT_MAX];
	int offset = (int)json_get_int(when, "place", json_get_int(when, "offset", 0));
	tz_format_offset((struct utc_ms){json_get_int(when, "start", 0)}, offset, start);
	tz_format_offset((struct utc_ms){json_get_int(when, "end", 0)}, offset, end);
	bool same_day = strncmp(start, end, 10) == 0;
	strbuf_addf(out, "%.10s %.5s to ", start, start + 11);
	strbuf_addf(out, "%.*s%s%.5s", same_day ? 0 : 10, end, same_day ? "" : " ", end + 11);
	const char *room = json_get_text(when, "room");
	if (!str_empty(room)) {
		strbuf_addf(out, ", %s", room);
	}
	int64_t places = json_get_int(when, "capacity", 0);
	if (places > 0) {
		strbuf_addf(out, ", %" PRId64 " %s", places, places == 1 ? "place" : "places");
	}
}

static void value_text(const char *field, const struct json *value, struct strbuf *out) {
	const char *text = json_text(value);
	strbuf_reset(out);
	if (text != NULL) {
		strbuf_adds(out, text);
	} else if (str_eq(field, "when")) {
		when_text(value, out);
	} else {
		json_dump(value, out);
	}
}

static bool look_at_field(void *context, const char *field, const struct json *value, struct err *err) {
	const struct looking *l = context;
	struct strbuf shown = {0};
	struct strbuf other = {0};
	bool ok = true;
	if (l->view == &view_setting && str_starts(field, SETTING_OWN_PREFIX)) {
		return true;
	}
	value_text(field, value, &shown);
	for (size_t i = 0; ok && i < l->r->count; i++) {
		if (!registers_in_force(l->r, &l->r->items[i], field)) {
			continue;
		}
		value_text(field, json_get(l->r->items[i].set, field), &other);
		if (!str_eq(strbuf_str(&shown), strbuf_str(&other))) {
			struct conflict c = {.kind = CONFLICT_FIELD, .name = l->name};
			c.edit.thing = l->view->edits;
			c.edit.id = l->thing + 1;
			c.edit.field = field;
			c.edit.shown = strbuf_str(&shown);
			c.edit.other = strbuf_str(&other);
			ok = tell_conflict(l, &c, err);
		}
	}
	strbuf_fini(&shown);
	strbuf_fini(&other);
	return ok;
}

static bool look_at_thing(void *context, struct stmt *s, struct err *err) {
	struct looking *l = context;
	struct registers r = {0};
	char *thing = xstrdup(str_or_empty(stmt_col_text(s, 0)));
	bool ok = registers_read(l->store, thing, &r, err);
	l->r = &r;
	l->thing = thing;
	l->name = l->view->title != NULL ? str_or_empty(registers_text(&r, l->view->title)) : "";
	ok = ok && registers_each(&r, look_at_field, l, err);
	registers_fini(&r);
	free(thing);
	return ok;
}

static bool look_at_edits(struct looking *l, struct err *err) {
	bool ok = true;
	for (size_t i = 0; ok && (l->view = views_at(i)) != NULL; i++) {
		char from[] = {l->view->thing, '\0'};
		/* A thing's name begins with its view's letter: the range from that letter to the next one. */
		char to[] = {(char)(l->view->thing + 1), '\0'};
		if (l->view->edits != NULL) {
			struct stmt *s = store_sql(l->store, &SQL, EDITED_TWICE);
			stmt_text(s, 1, from);
			stmt_text(s, 2, to);
			ok = stmt_each(s, look_at_thing, l, err);
		}
	}
	return ok;
}

/* --- logs and records ------------------------------------------------------------------------------------------------------------ */

static bool look_at_branch(void *context, struct stmt *s, struct err *err) {
	const struct looking *l = context;
	struct conflict c = {.kind = CONFLICT_BRANCH, .after = (uint64_t)stmt_col_int(s, 2)};
	read_log(l, s, 0, &c.at);
	return tell_conflict(l, &c, err);
}

/* A branch stands in `log` as a log of its own, whose `origin` is the real log's id and `after` the last seq that both have. */
static bool look_at_branches(struct looking *l, struct err *err) {
	return db_each(l->store->db, "SELECT origin, author, after FROM log WHERE origin IS NOT NULL ORDER BY origin, after, hash",
		       look_at_branch, l, err);
}

static bool look_at_ignored(void *context, struct stmt *s, struct err *err) {
	const struct looking *l = context;
	static const enum conflict_kind kinds[] = {
		[IGNORED_AUTHOR] = CONFLICT_AUTHOR, [IGNORED_UNKNOWN] = CONFLICT_UNKNOWN, [IGNORED_MALFORMED] = CONFLICT_MALFORMED};
	const char *word = str_or_empty(stmt_col_text(s, 4));
	enum ignore_reason reason = ignore_find(word);
	if ((reason == IGNORE_REASONS ? IGNORED_MALFORMED : ignore_class_of(reason)) != l->class) {
		return true;
	}
	struct conflict c = {.kind = kinds[l->class], .at = {.seq = (uint64_t)(stmt_col_int(s, 2) & SEQ_MASK)}};
	c.ignored.kind = str_or_empty(stmt_col_text(s, 3));
	c.ignored.reason = word;
	c.ignored.why = reason == IGNORE_REASONS ? word : ignore_text(reason);
	read_log(l, s, 0, &c.at);
	/* Who has a role by now writes by it: that they once came without a good invitation is nothing to look at any more. */
	return (reason == IGNORE_INVITATION && !str_eq(c.at.station.role, "none")) || tell_conflict(l, &c, err);
}

static bool look_at_records(struct looking *l, struct err *err) {
	bool ok = true;
	for (int class = IGNORED_AUTHOR; ok && class <= IGNORED_MALFORMED; class ++) {
		l->class = (enum ignore_class) class;
		ok = stmt_each(store_sql(l->store, &SQL, IGNORED), look_at_ignored, l, err);
	}
	return ok;
}

static bool look_at_clock(void *context, struct stmt *s, struct err *err) {
	const struct looking *l = context;
	struct conflict c = {.kind = CONFLICT_CLOCK, .count = stmt_col_int(s, 2)};
	read_log(l, s, 0, &c.at);
	return tell_conflict(l, &c, err);
}

/* What staff said when it was needs no clock. */
static bool look_at_clocks(struct looking *l, struct err *err) {
	return db_each(l->store->db,
		       "SELECT name, author, sum(n) AS total FROM (SELECT " LOG_NAME(
			       "g") " AS name, g.author, (SELECT count(*) FROM view_checkin c "
				    "WHERE c.record BETWEEN g.id << 40 AND (g.id + 1) << 40 AND c.at_ms IS NULL AND c.record NOT IN "
				    "(" CHECKINS_VOID ")) AS n FROM log g WHERE n > "
				    "0 AND NOT EXISTS "
				    "(SELECT 1 " ANCHORS_OF("g.id") ")) GROUP BY name ORDER BY name",
		       look_at_clock, l, err);
}

static bool look_at_left(void *context, const char *person, int64_t people, struct err *err) {
	struct conflict c = {.kind = CONFLICT_ERASED};
	c.erased.id = person;
	c.erased.people = people;
	return tell_conflict(context, &c, err);
}

static bool look_at_twins(void *context, const struct twins *twins, struct err *err) {
	struct conflict c = {.kind = CONFLICT_ALIKE, .person = twins->person[0].id, .name = twins->person[0].name};
	c.alike.id = twins->person[1].id;
	c.alike.name = twins->person[1].name;
	c.alike.by = twins->by;
	return tell_conflict(context, &c, err);
}

static bool look_for_twins(struct looking *l, struct err *err) {
	struct given_names *given = given_names_open();
	bool ok = twins_each(l->store, given, look_at_twins, l, err);
	given_names_close(given);
	return ok;
}

static bool look(struct looking *l, bool for_twins, struct err *err) {
	if (!db_begin_read(l->store->db, err)) {
		return false;
	}
	bool ok = roles_each(l->store, note_station, l, err) && look_at_checkins(l, err) && look_at_edits(l, err) &&
		  look_at_branches(l, err) && look_at_records(l, err) && look_at_clocks(l, err) &&
		  erasure_left(l->store, look_at_left, l, err) && (!for_twins || look_for_twins(l, err));
	db_rollback(l->store->db);
	for (size_t i = 0; i < l->stations.count; i++) {
		free(l->stations.items[i].name);
	}
	free(l->stations.items);
	mapstr_fini(&l->stations.places);
	checkins_fini(&l->read);
	sessions_fini(&l->sessions);
	return ok;
}

bool conflicts_each(struct store *store, conflict_fn *each, void *context, struct err *err) {
	struct looking l = {.store = store, .each = each, .context = context};
	return look(&l, true, err);
}

bool conflicts_each_in(struct store *store, const struct checkins *books, conflict_fn *each, void *context, struct err *err) {
	struct looking l = {.store = store, .given = books, .each = each, .context = context};
	return look(&l, false, err);
}
