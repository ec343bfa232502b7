#include "report/list_found.h"

#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/read/people.h"

static const struct column COLUMNS[] = {
	{"id", NULL, LIST_BOTH},          {"name", NULL, LIST_ALL},
	{"organisation", NULL, LIST_ALL}, {"community", NULL, LIST_ALL},
	{"region", NULL, LIST_BOTH},      {"code", NULL, LIST_ALL},
	{"cost", NULL, LIST_BOTH},        {"layout", NULL, LIST_BOTH},
	{"why", NULL, LISTING_JSON},      {"fits", NULL, LISTING_TABLE | LISTING_CSV},
};

/* [{"typed":"саша","is":"олександр","fit":"form"},…] */
static void put_why(struct listing *l, const struct found *found) {
	struct strbuf text = {0};
	struct json_writer w = {.out = &text};
	json_open(&w, NULL, '[');
	for (size_t i = 0; i < found->words; i++) {
		json_open(&w, NULL, '{');
		json_put_text(&w, "typed", found->typed[i]);
		json_put_text(&w, "is", found->is[i]);
		json_put_text(&w, "fit", name_fit_word(found->fit[i]));
		json_close(&w, '}');
	}
	json_close(&w, ']');
	listing_json(l, strbuf_str(&text));
	strbuf_fini(&text);
}

/* What is not there as it was typed: "саша = олександр (form)". */
static void put_fits(struct listing *l, const struct found *found, bool layout) {
	struct strbuf text = {0};
	strbuf_adds(&text, layout ? "another keyboard layout" : "");
	for (size_t i = 0; i < found->words; i++) {
		if (found->fit[i] != NAME_FIT_EXACT) {
			strbuf_addf(&text, "%s%s = %s (%s)", text.len != 0 ? ", " : "", found->typed[i], found->is[i],
				    name_fit_word(found->fit[i]));
		}
	}
	listing_text(l, strbuf_str(&text));
	strbuf_fini(&text);
}

static bool put_found(struct store *store, struct listing *l, const struct finding *finding, const struct found *found, struct err *err) {
	struct person_row row;
	bool there = false;
	if (!person_get(store, found->id, &row, &there, err)) {
		return false;
	}
	if (!there) { /* erased since */
		return true;
	}
	listing_text(l, row.id);
	listing_text(l, person_text(&row.person, PERSON_NAME));
	listing_text(l, person_text(&row.person, PERSON_ORGANISATION));
	listing_text(l, person_text(&row.person, PERSON_COMMUNITY));
	listing_text(l, person_text(&row.person, PERSON_REGION));
	listing_text(l, row.code);
	listing_int(l, found->cost);
	listing_bool(l, finding->layout);
	put_why(l, found);
	put_fits(l, found, finding->layout);
	person_row_fini(&row);
	return listing_row(l, err);
}

bool list_found(struct store *store, const struct finding *finding, const struct list_options *options, struct err *err) {
	struct listing_options how = {options->form, COLUMNS, COUNT_OF(COLUMNS), options->bom};
	struct listing *l = listing_open(options->out, &how);
	bool ok = true;
	for (size_t i = 0; ok && i < finding->count; i++) {
		ok = put_found(store, l, finding, &finding->items[i], err);
	}
	ok = ok && listing_finish(l, err);
	listing_close(l);
	return ok;
}
