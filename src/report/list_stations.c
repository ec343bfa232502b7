#include "report/list_stations.h"

#include "base/alloc.h"
#include "base/str.h"
#include "base/tz.h"
#include "report/list_time.h"
#include "store/view/roles.h"

static const struct column STATION_COLUMNS[] = {
	{"key", NULL, LIST_ALL},           {"role", NULL, LIST_ALL}, {"name", NULL, LIST_ALL},         {"copy", NULL, LIST_ALL},
	{"retired", NULL, LIST_ALL},       {"void", NULL, LIST_ALL}, {"logs", NULL, LIST_ALL},         {"records", NULL, LIST_ALL},
	{"checkins", NULL, LIST_ALL},      {"last", NULL, LIST_ALL}, {"approximate", NULL, LIST_BOTH}, {"invitations", NULL, LIST_BOTH},
	{"held", "too much on", LIST_ALL},
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
	listing_text(l, row->copy);
	listing_bool(l, row->retired);
	listing_text(l, row->is_void == VOID_WHOLE ? "all" : row->is_void == VOID_PART ? "part" : "");
	listing_int(l, row->logs);
	listing_int(l, row->records);
	listing_int(l, row->checkins);
	if (row->logs != 0) {
		list_corrected(l, list->form, &(struct list_when){store_tz(list->store), row->seen, row->seen_approximate});
	} else {
		listing_text(l, NULL);
	}
	listing_bool(l, row->seen_approximate);
	listing_text(l, row->invitations);
	char day[TZ_TEXT_MAX];
	tz_format_date(row->held_day, day);
	listing_text(l, row->held ? day : NULL);
	return listing_row(l, err);
}

bool list_stations(struct store *store, const struct list_options *options, struct err *err) {
	struct listing_options how = {options->form, STATION_COLUMNS, COUNT_OF(STATION_COLUMNS), options->bom};
	struct station_list list = {store, options->form, listing_open(options->out, &how)};
	bool ok = roles_each(store, put_station, &list, err) && listing_finish(list.listing, err);
	listing_close(list.listing);
	return ok;
}
