#include "report/list_checkins.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "report/list_stations.h"
#include "report/list_time.h"
#include "store/log/record.h"
#include "store/read/checkins.h"
#include "store/read/overrides.h"
#include "store/read/people.h"
#include "store/read/points.h"
#include "store/read/sessions.h"
#include "store/read/staff.h"
#include "store/view/roles.h"

static const struct column CHECKIN_COLUMNS[] = {
	{"ref", NULL, LIST_ALL},
	{"time", NULL, LIST_ALL},
	{"outcome", NULL, LIST_ALL},
	{"name", NULL, LIST_ALL},
	{"organisation", NULL, LIST_ALL},
	{"region", NULL, LIST_ALL},
	{"person", NULL, LIST_BOTH},
	{"code", NULL, LIST_BOTH},
	{"point", NULL, LIST_BOTH},
	{"where", NULL, LIST_ALL},
	{"method", NULL, LIST_ALL},
	{"station", NULL, LIST_BOTH},
	{"station_name", "station", LIST_ALL},
	{"repeat", NULL, LIST_ALL},
	{"duplicate_of", NULL, LIST_BOTH},
	{"approximate", NULL, LIST_BOTH},
	{"undone", NULL, LIST_ALL},
	{"clock_unsure", NULL, LIST_BOTH},
	{"outside", "outside its dates", LIST_ALL},
	{"void", NULL, LIST_ALL},
	{"by", NULL, LIST_ALL},       /* who of the staff: their name; in JSON their key */
	{"although", NULL, LIST_ALL}, /* what staff overruled, and why */
};

struct checkin_list {
	struct store *store;
	enum listing_form form;
	struct listing *listing;
	const struct checkins *checkins;
	struct sessions sessions;
	struct mapstr places; /* record -> index + 1 */
	struct mapstr points; /* a session's id -> index + 1 */
	struct mapstr titles; /* of sessions -> how many have it */
	struct event_points handouts;
	struct staff_list staff;
	struct mapstr although; /* a check-in's log and seq -> index into reasons, plus one */
	struct reasons {
		char **items;
		size_t count, cap;
	} reasons;
};

static const char *duplicate_of(const struct checkin_list *list, const struct checkin *c, char text[RECORD_REF_TEXT]) {
	const int64_t *place = c->duplicate_of ? mapstr_find(&list->places, str_number(c->duplicate_of).text) : NULL;
	if (place == NULL) {
		return NULL;
	}
	const struct checkin *first = &list->checkins->items[*place - 1];
	record_ref_text(&first->log, first->seq, text);
	return text;
}

/* A session's title; where several have it, its time and room as well. For free(). */
static char *session_words(const struct checkin_list *list, int64_t index) {
	const struct session *s = &list->sessions.items[index].session;
	const char *title = session_text(s, SESSION_TITLE), *room = str_or_empty(s->when.room);
	if (*mapstr_find(&list->titles, title) == 1) {
		return xstrdup(title);
	}
	char start[TZ_TEXT_MAX];
	tz_format_offset(s->when.start, s->when.place_offset_min, start);
	return xasprintf("%s (%.10s %.5s%s%s)", title, start, start + 11, room[0] != '\0' ? ", " : "", room);
}

/* The point for people. For free(). */
static char *where(const struct checkin_list *list, const struct checkin *c) {
	bool leaves = point_is_exit(c->point);
	const char *point = leaves ? point_exit_session(c->point) : c->point;
	const int64_t *place = mapstr_find(&list->points, point);
	int handout = event_points_find(&list->handouts, point);
	if (place == NULL) {
		return xstrdup(handout < 0 ? c->point : point_name(&list->handouts.items[handout], NULL));
	}
	char *session = session_words(list, *place - 1);
	char *words = leaves ? xasprintf("exit: %s", session) : xstrdup(session);
	free(session);
	return words;
}

static void put_staff(const struct checkin_list *list, const char *key) {
	const struct staff_member *m = list->form == LISTING_JSON ? NULL : staff_find(&list->staff, key);
	listing_text(list->listing, m == NULL ? key : m->name);
}

static void checkin_key(const struct hash *log, uint64_t seq, char key[2 * HASH_LEN + 32]) {
	char hex[2 * HASH_LEN + 1];
	str_hex(log->b, HASH_LEN, hex);
	snprintf(key, 2 * HASH_LEN + 32, "%s:%" PRIu64, hex, seq);
}

static void put_although(const struct checkin_list *list, const struct checkin *c) {
	char key[2 * HASH_LEN + 32];
	checkin_key(&c->log, c->seq, key);
	const int64_t *place = mapstr_find(&list->although, key);
	listing_text(list->listing, place == NULL ? NULL : list->reasons.items[*place - 1]);
}

static bool note_override(void *context, const struct override *o, struct err *err) {
	struct checkin_list *list = context;
	char key[2 * HASH_LEN + 32];
	bool made = false;
	(void)err;
	checkin_key(&o->log, o->seq, key);
	int64_t *place = mapstr_place(&list->although, key, &made);
	if (made) { /* one check-in has one: what another box may claim besides comes behind it */
		ARRAY_GROW(&list->reasons, items);
		list->reasons.items[list->reasons.count++] = xasprintf("%s: %s", outcome_word(o->refused), o->reason);
		*place = (int64_t)list->reasons.count;
	}
	return true;
}

static void note_sessions(struct checkin_list *list) {
	for (size_t i = 0; i < list->sessions.count; i++) {
		bool made = false;
		*mapstr_place(&list->points, list->sessions.items[i].id, &made) = (int64_t)i + 1;
		++*mapstr_place(&list->titles, session_text(&list->sessions.items[i].session, SESSION_TITLE), &made);
	}
}

static bool put_person(const struct checkin_list *list, const struct checkin *c, struct err *err) {
	struct person_row row = {0};
	bool found = false;
	if (c->person[0] != '\0' && !person_get_plain(list->store, c->person, &row, &found, err)) {
		return false;
	}
	listing_text(list->listing, c->name);
	listing_text(list->listing, found ? person_text(&row.person, PERSON_ORGANISATION) : "");
	listing_text(list->listing, found ? person_text(&row.person, PERSON_REGION) : "");
	if (found) {
		person_row_fini(&row);
	}
	return true;
}

/* The key, and what the organiser called it; what has no name is known by the beginning of its key. */
static bool put_station(const struct checkin_list *list, const struct checkin *c, struct err *err) {
	char key[2 * KEY_LEN + 1];
	char name[ROLE_NAME_MAX + 1];
	if (!role_name(list->store, &c->station, name, sizeof name, err)) {
		return false;
	}
	str_hex(c->station.b, KEY_LEN, key);
	listing_text(list->listing, key);
	key[LIST_KEY_SHOWN] = '\0';
	listing_text(list->listing, name[0] != '\0' ? name : key);
	return true;
}

/* A word for people. */
static void put_repeat(const struct checkin_list *list, bool repeat) {
	if (list->form == LISTING_JSON) {
		listing_bool(list->listing, repeat);
	} else {
		listing_text(list->listing, repeat ? "repeat" : "");
	}
}

static bool put_checkin(const struct checkin_list *list, const struct checkin *c, struct err *err) {
	struct listing *l = list->listing;
	char ref[RECORD_REF_TEXT];
	char other[RECORD_REF_TEXT];
	record_ref_text(&c->log, c->seq, ref);
	listing_text(l, ref);
	list_corrected(l, list->form, &(struct list_when){store_tz(list->store), c->utc, c->approximate});
	listing_text(l, c->shown == OUTCOME_COUNT ? "" : outcome_word(c->shown));
	if (!put_person(list, c, err)) {
		return false;
	}
	listing_text(l, c->person);
	listing_text(l, c->code);
	listing_text(l, c->point);
	char *place = where(list, c);
	listing_text(l, place);
	free(place);
	listing_text(l, c->how);
	if (!put_station(list, c, err)) {
		return false;
	}
	const char *first = duplicate_of(list, c, other);
	put_repeat(list, first != NULL);
	listing_text(l, first);
	listing_bool(l, c->approximate);
	listing_bool(l, c->undone);
	listing_bool(l, c->clock_unsure);
	listing_text(l, c->outside == OUTCOME_COUNT ? NULL : outcome_word(c->outside));
	listing_bool(l, c->is_void);
	put_staff(list, c->by);
	put_although(list, c);
	return listing_row(l, err);
}

static bool load(struct checkin_list *list, struct err *err) {
	if (!sessions_load(list->store, &list->sessions, err) || !event_points_load(list->store, &list->handouts, err) ||
	    !staff_load(list->store, &list->staff, err) || !overrides_each(list->store, note_override, list, err)) {
		return false;
	}
	for (size_t i = 0; i < list->checkins->count; i++) {
		bool made = false;
		*mapstr_place(&list->places, str_number(list->checkins->items[i].record).text, &made) = (int64_t)i + 1;
	}
	note_sessions(list);
	return true;
}

static void list_fini(struct checkin_list *list) {
	listing_close(list->listing);
	mapstr_fini(&list->places);
	mapstr_fini(&list->points);
	mapstr_fini(&list->titles);
	mapstr_fini(&list->although);
	for (size_t i = 0; i < list->reasons.count; i++) {
		free(list->reasons.items[i]);
	}
	free(list->reasons.items);
	event_points_fini(&list->handouts);
	staff_list_fini(&list->staff);
	sessions_fini(&list->sessions);
}

bool list_checkins(struct store *store, const struct list_options *options, struct err *err) {
	struct checkins checkins;
	if (!checkins_load(store, &checkins, err)) {
		return false;
	}
	struct checkin_list list = {.store = store, .form = options->form, .checkins = &checkins};
	bool ok = load(&list, err);
	struct listing_options how = {options->form, CHECKIN_COLUMNS, COUNT_OF(CHECKIN_COLUMNS), options->bom};
	list.listing = ok ? listing_open(options->out, &how) : NULL;
	for (size_t i = 0; ok && i < checkins.count; i++) {
		ok = put_checkin(&list, &checkins.items[i], err);
	}
	ok = ok && listing_finish(list.listing, err);
	list_fini(&list);
	checkins_fini(&checkins);
	return ok;
}
