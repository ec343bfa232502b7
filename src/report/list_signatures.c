#include "report/list_signatures.h"

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/read/people.h"
#include "store/read/signatures.h"
#include "store/view/roles.h"

static const struct column COLUMNS[] = {
	{"day", NULL, LIST_ALL},
	{"name", NULL, LIST_ALL},
	{"organisation", NULL, LIST_ALL},
	{"by", NULL, LIST_ALL},
	{"point", NULL, LIST_BOTH},
	{"person", NULL, LIST_BOTH},
	{"station", NULL, LIST_BOTH},
	{"station_name", "station", LIST_ALL},
	{"strokes", NULL, LISTING_TABLE | LISTING_CSV},
	{"drawing", NULL, LISTING_JSON},
};

struct signature_list {
	struct store *store;
	struct listing *listing;
};

static void put_drawing(struct listing *l, const struct handwriting *hand) {
	struct strbuf text = {0};
	struct json_writer w = {.out = &text};
	json_open(&w, NULL, '{');
	handwriting_write(hand, 1, &w);
	json_close(&w, '}');
	listing_json(l, text.data);
	strbuf_fini(&text);
}

static void put_row(const struct signature_list *list, const struct signature_row *row, const struct person_row *person,
		    const char *station) {
	struct listing *l = list->listing;
	char key[2 * KEY_LEN + 1];
	str_hex(row->station.b, KEY_LEN, key);
	listing_text(l, row->day);
	listing_text(l, person_text(&person->person, PERSON_NAME));
	listing_text(l, person_text(&person->person, PERSON_ORGANISATION));
	listing_text(l, signature_by_word(row->by));
	listing_text(l, row->point);
	listing_text(l, person->id);
	listing_text(l, key);
	listing_text(l, station);
	listing_int(l, (int64_t)row->drawn.strokes);
	put_drawing(l, &row->drawn);
}

/* Of somebody who is gone there is nothing to list. */
static bool put_signature(void *context, const struct signature_row *row, struct err *err) {
	const struct signature_list *list = context;
	struct person_row person;
	char station[ROLE_NAME_MAX + 1] = "";
	bool found = false;
	if (!person_get_plain(list->store, row->person, &person, &found, err)) {
		return false;
	}
	bool ok = !found || role_name(list->store, &row->station, station, sizeof station, err);
	if (ok && found) {
		put_row(list, row, &person, station);
		ok = listing_row(list->listing, err);
	}
	person_row_fini(&person);
	return ok;
}

bool list_signatures(struct store *store, const struct list_options *options, struct err *err) {
	struct listing_options how = {options->form, COLUMNS, COUNT_OF(COLUMNS), options->bom};
	struct signature_list list = {store, listing_open(options->out, &how)};
	bool ok = signatures_each(store, NULL, put_signature, &list, err) && listing_finish(list.listing, err);
	listing_close(list.listing);
	return ok;
}
