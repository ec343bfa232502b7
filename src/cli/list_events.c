/* Lists of what has a time: sessions, check-ins, stations. */
#include <inttypes.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "cli/list.h"
#include "store/read/checkins.h"
#include "store/read/sessions.h"
#include "store/view/roles.h"

#define BOTH (LISTING_JSON | LISTING_CSV)
#define ALL (LISTING_TABLE | BOTH)

#define MINUTE_LEN 16 /* "2026-05-14T10:30" */

/* RFC 3339 for programs, to the minute for people. */
static void put_time(struct listing *l, enum listing_form form, char text[TZ_TEXT_MAX]) {
	if (form == LISTING_TABLE) {
		text[MINUTE_LEN] = '\0';
		text[10] = ' ';
	}
	listing_text(l, text);
}

struct when {
	const struct tz *tz;
	struct utc_ms utc;
	bool approximate;
};

/* A corrected time; for people "≈" says that nothing confirms it. */
static void put_corrected(struct listing *l, enum listing_form form, const struct when *when) {
	char exact[TZ_TEXT_MAX];
	char text[TZ_TEXT_MAX + 4];
	tz_format(when->tz, when->utc, exact);
	if (form == LISTING_TABLE && when->approximate) {
		snprintf(text, sizeof text, "≈%.10s %.5s", exact, exact + 11);
		listing_text(l, text);
	} else {
		put_time(l, form, exact);
	}
}

/* --- sessions -------------------------------------------------------------------------------------------------------------------- */

static const struct column SESSION_COLUMNS[] = {
	{"id", NULL, ALL},        {"title", NULL, ALL},  {"start", NULL, ALL},    {"end", NULL, ALL},       {"room", NULL, ALL},
	{"track", NULL, ALL},     {"status", NULL, ALL}, {"speakers", NULL, ALL}, {"subtitle", NULL, BOTH}, {"abstract", NULL, BOTH},
	{"language", NULL, BOTH}, {"kind", NULL, BOTH},  {"colour", NULL, BOTH},  {"capacity", NULL, BOTH}, {"source", NULL, BOTH},
};

static bool put_session(struct listing *l, const struct session_row *row, const struct list_options *options, const struct tz *tz,
			struct err *err) {
	enum listing_form form = options->form;
	const struct session *s = &row->session;
	char text[TZ_TEXT_MAX];
	listing_text(l, row->id);
	listing_text(l, session_text(s, SESSION_TITLE));
	tz_format_offset(s->when.start, s->when.offset_min, text);
	put_time(l, form, text);
	tz_format_offset(s->when.end, session_end_offset(&s->when, tz), text);
	put_time(l, form, text);
	listing_text(l, str_or_empty(s->when.room));
	listing_text(l, session_text(s, SESSION_TRACK));
	listing_text(l, s->cancelled ? "cancelled" : "active");
	listing_text(l, session_text(s, SESSION_SPEAKERS));
	listing_text(l, session_text(s, SESSION_SUBTITLE));
	listing_text(l, session_text(s, SESSION_ABSTRACT));
	listing_text(l, session_text(s, SESSION_LANGUAGE));
	listing_text(l, session_text(s, SESSION_KIND));
	listing_text(l, session_text(s, SESSION_COLOUR));
	listing_int(l, s->when.capacity);
	listing_text(l, str_or_empty(row->source));
	return listing_row(l, err);
}

bool list_sessions(struct store *store, const struct list_options *options, struct err *err) {
	struct sessions sessions;
	if (!sessions_load(store, &sessions, err)) {
		return false;
	}
	struct listing_options how = {options->form, SESSION_COLUMNS, COUNT_OF(SESSION_COLUMNS), options->bom};
	struct listing *l = listing_open(options->out, &how);
	bool ok = true;
	for (size_t i = 0; ok && i < sessions.count; i++) {
		ok = put_session(l, &sessions.items[i], options, store_tz(store), err);
	}
	ok = ok && listing_finish(l, err);
	listing_close(l);
	sessions_fini(&sessions);
	return ok;
}

/* --- check-ins ------------------------------------------------------------------------------------------------------------------- */

static const struct column CHECKIN_COLUMNS[] = {
	{"ref", NULL, ALL},          {"time", NULL, ALL},         {"outcome", NULL, ALL}, {"name", NULL, ALL},   {"person", NULL, BOTH},
	{"code", NULL, BOTH},        {"point", NULL, BOTH},       {"where", NULL, ALL},   {"method", NULL, ALL}, {"station", NULL, BOTH},
	{"duplicate_of", NULL, ALL}, {"approximate", NULL, BOTH}, {"undone", NULL, ALL},
};

struct checkin_list {
	struct store *store;
	enum listing_form form;
	struct listing *listing;
	const struct checkins *checkins;
	struct sessions sessions;
	struct mapstr places; /* record -> index + 1 */
};

static void record_key(int64_t record, char key[24]) { snprintf(key, 24, "%" PRId64, record); }

static const char *duplicate_of(const struct checkin_list *list, const struct checkin *c, char text[40]) {
	char key[24];
	record_key(c->duplicate_of, key);
	const int64_t *place = c->duplicate_of ? mapstr_find(&list->places, key) : NULL;
	if (place == NULL) {
		return NULL;
	}
	checkin_ref_text(&list->checkins->items[*place - 1], text);
	return text;
}

/* The point for people: a session's title. */
static const char *where(const struct checkin_list *list, const struct checkin *c) {
	for (size_t i = 0; i < list->sessions.count; i++) {
		if (str_eq(list->sessions.items[i].id, c->point)) {
			return session_text(&list->sessions.items[i].session, SESSION_TITLE);
		}
	}
	return c->point;
}

static bool put_checkin(const struct checkin_list *list, const struct checkin *c, struct err *err) {
	struct listing *l = list->listing;
	char ref[40];
	char other[40];
	char key[2 * KEY_LEN + 1];
	checkin_ref_text(c, ref);
	listing_text(l, ref);
	put_corrected(l, list->form, &(struct when){store_tz(list->store), c->utc, c->approximate});
	listing_text(l, c->shown == OUTCOME_COUNT ? "" : outcome_word(c->shown));
	listing_text(l, c->name);
	listing_text(l, c->person);
	listing_text(l, c->code);
	listing_text(l, c->point);
	listing_text(l, where(list, c));
	listing_text(l, c->how);
	str_hex(c->station.b, KEY_LEN, key);
	listing_text(l, key);
	listing_text(l, duplicate_of(list, c, other));
	listing_bool(l, c->approximate);
	listing_bool(l, c->undone);
	return listing_row(l, err);
}

bool list_checkins(struct store *store, const struct list_options *options, struct err *err) {
	struct checkins checkins;
	if (!checkins_load(store, &checkins, err)) {
		return false;
	}
	struct checkin_list list = {.store = store, .form = options->form, .checkins = &checkins};
	if (!sessions_load(store, &list.sessions, err)) {
		checkins_fini(&checkins);
		return false;
	}
	for (size_t i = 0; i < checkins.count; i++) {
		char key[24];
		bool made = false;
		record_key(checkins.items[i].record, key);
		*mapstr_place(&list.places, key, &made) = (int64_t)i + 1;
	}
	struct listing_options how = {options->form, CHECKIN_COLUMNS, COUNT_OF(CHECKIN_COLUMNS), options->bom};
	list.listing = listing_open(options->out, &how);
	bool ok = true;
	for (size_t i = 0; ok && i < checkins.count; i++) {
		ok = put_checkin(&list, &checkins.items[i], err);
	}
	ok = ok && listing_finish(list.listing, err);
	listing_close(list.listing);
	mapstr_fini(&list.places);
	sessions_fini(&list.sessions);
	checkins_fini(&checkins);
	return ok;
}

/* --- stations -------------------------------------------------------------------------------------------------------------------- */

static const struct column STATION_COLUMNS[] = {
	{"key", NULL, ALL},     {"role", NULL, ALL},     {"name", NULL, ALL}, {"retired", NULL, ALL},      {"logs", NULL, ALL},
	{"records", NULL, ALL}, {"checkins", NULL, ALL}, {"last", NULL, ALL}, {"approximate", NULL, BOTH},
};

struct station_list {
	struct store *store;
	enum listing_form form;
	struct listing *listing;
};

static bool put_station(void *context, const struct station_row *row, struct err *err) {
	const struct station_list *list = context;
	struct listing *l = list->listing;
	char key[2 * KEY_LEN + 1];
	char role[ROLE_WORDS_MAX];
	str_hex(row->key.b, KEY_LEN, key);
	if (list->form == LISTING_TABLE) {
		key[LIST_KEY_SHOWN] = '\0';
	}
	listing_text(l, key);
	role_words(row->roles, role);
	listing_text(l, role);
	listing_text(l, row->name);
	listing_bool(l, row->retired);
	listing_int(l, row->logs);
	listing_int(l, row->records);
	listing_int(l, row->checkins);
	if (row->logs != 0) {
		put_corrected(l, list->form, &(struct when){store_tz(list->store), row->seen, row->seen_approximate});
	} else {
		listing_text(l, NULL);
	}
	listing_bool(l, row->seen_approximate);
	return listing_row(l, err);
}

bool list_stations(struct store *store, const struct list_options *options, struct err *err) {
	struct listing_options how = {options->form, STATION_COLUMNS, COUNT_OF(STATION_COLUMNS), options->bom};
	struct station_list list = {store, options->form, listing_open(options->out, &how)};
	bool ok = roles_each(store, put_station, &list, err) && listing_finish(list.listing, err);
	listing_close(list.listing);
	return ok;
}
