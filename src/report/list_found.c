#include "report/list_found.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "event/written_word.h"
#include "store/read/people.h"

static const struct column COLUMNS[] = {
	{"id", NULL, LIST_BOTH},          {"name", NULL, LIST_ALL},
	{"organisation", NULL, LIST_ALL}, {"community", NULL, LIST_ALL},
	{"region", NULL, LIST_BOTH},      {"code", NULL, LIST_ALL},
	{"cost", NULL, LIST_BOTH},        {"layout", NULL, LIST_BOTH},
	{"why", NULL, LISTING_JSON},      {"fits", NULL, LISTING_TABLE | LISTING_CSV},
};

/* How people wrote what fits, not as it was compared: found->typed and found->is are folded. */
struct written {
	char *typed[NAME_QUERY_MAX], *is[NAME_QUERY_MAX];
};

/* What was read in another alphabet or keyboard layout is nowhere as it is. */
static char *written_or(const char *text, const char *folded) {
	char *word = written_word(text, folded);
	return word != NULL ? word : xstrdup(folded);
}

static void written_read(const char *typed, const struct person *person, const struct found *found, struct written *out) {
	for (size_t i = 0; i < found->words; i++) {
		char *is = written_word(person_text(person, PERSON_NAME), found->is[i]);
		out->typed[i] = written_or(typed, found->typed[i]);
		out->is[i] = is != NULL ? is : written_or(person_text(person, PERSON_NAME_LATIN), found->is[i]);
	}
}

static void written_fini(struct written *written, size_t words) {
	for (size_t i = 0; i < words; i++) {
		free(written->typed[i]);
		free(written->is[i]);
	}
}

/* [{"typed":"Саша","is":"Олександр","fit":"form"},…] */
static void put_why(struct listing *l, const struct found *found, const struct written *written) {
	struct strbuf text = {0};
	struct json_writer w = {.out = &text};
	json_open(&w, NULL, '[');
	for (size_t i = 0; i < found->words; i++) {
		json_open(&w, NULL, '{');
		json_put_text(&w, "typed", written->typed[i]);
		json_put_text(&w, "is", written->is[i]);
		json_put_text(&w, "fit", name_fit_word(found->fit[i]));
		json_close(&w, '}');
	}
	json_close(&w, ']');
	listing_json(l, strbuf_str(&text));
	strbuf_fini(&text);
}

/* What is not there as it was typed: "Саша = Олександр (form)". */
static void put_fits(struct listing *l, const struct found *found, const struct written *written, bool layout) {
	struct strbuf text = {0};
	strbuf_adds(&text, layout ? "another keyboard layout" : "");
	for (size_t i = 0; i < found->words; i++) {
		if (found->fit[i] != NAME_FIT_EXACT) {
			strbuf_addf(&text, "%s%s = %s (%s)", text.len != 0 ? ", " : "", written->typed[i], written->is[i],
				    name_fit_word(found->fit[i]));
		}
	}
	listing_text(l, strbuf_str(&text));
	strbuf_fini(&text);
}

struct search_said {
	const char *typed;
	const struct finding *finding;
};

static bool put_found(struct store *store, struct listing *l, const struct search_said *search, const struct found *found,
		      struct err *err) {
	struct person_row row;
	bool there = false;
	if (!person_get(store, found->id, &row, &there, err)) {
		return false;
	}
	if (!there) { /* erased since */
		return true;
	}
	struct written written;
	written_read(search->typed, &row.person, found, &written);
	listing_text(l, row.id);
	listing_text(l, person_text(&row.person, PERSON_NAME));
	listing_text(l, person_text(&row.person, PERSON_ORGANISATION));
	listing_text(l, person_text(&row.person, PERSON_COMMUNITY));
	listing_text(l, person_text(&row.person, PERSON_REGION));
	listing_text(l, row.code);
	listing_int(l, found->cost);
	listing_bool(l, search->finding->layout);
	put_why(l, found, &written);
	put_fits(l, found, &written, search->finding->layout);
	written_fini(&written, found->words);
	person_row_fini(&row);
	return listing_row(l, err);
}

bool list_found(struct store *store, const char *typed, const struct finding *finding, const struct list_options *options,
		struct err *err) {
	const struct search_said search = {typed, finding};
	struct listing_options how = {options->form, COLUMNS, COUNT_OF(COLUMNS), options->bom};
	struct listing *l = listing_open(options->out, &how);
	bool ok = true;
	for (size_t i = 0; ok && i < finding->count; i++) {
		ok = put_found(store, l, &search, &finding->items[i], err);
	}
	ok = ok && listing_finish(l, err);
	listing_close(l);
	return ok;
}
