#include "report/list_checkins.h"

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "report/list_time.h"
#include "store/read/checkins.h"
#include "store/read/sessions.h"

static const struct column CHECKIN_COLUMNS[] = {
	{"ref", NULL, LIST_ALL},     {"time", NULL, LIST_ALL},     {"outcome", NULL, LIST_ALL},      {"name", NULL, LIST_ALL},
	{"person", NULL, LIST_BOTH}, {"code", NULL, LIST_BOTH},    {"point", NULL, LIST_BOTH},       {"where", NULL, LIST_ALL},
	{"method", NULL, LIST_ALL},  {"station", NULL, LIST_BOTH}, {"duplicate_of", NULL, LIST_ALL}, {"approximate", NULL, LIST_BOTH},
	{"undone", NULL, LIST_ALL},
};

struct checkin_list {
	struct store *store;
	enum listing_form form;
	struct listing *listing;
	const struct checkins *checkins;
	struct sessions sessions;
	struct mapstr places; /* record -> index + 1 */
};

static const char *duplicate_of(const struct checkin_list *list, const struct checkin *c, char text[40]) {
	const int64_t *place = c->duplicate_of ? mapstr_find(&list->places, str_number(c->duplicate_of).text) : NULL;
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
	list_corrected(l, list->form, &(struct list_when){store_tz(list->store), c->utc, c->approximate});
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
		bool made = false;
		*mapstr_place(&list.places, str_number(checkins.items[i].record).text, &made) = (int64_t)i + 1;
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
