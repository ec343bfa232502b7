#include "office/label_print.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/read/people.h"
#include "store/read/settings.h"

#define LOADED_MOST 3 /* trays told */

void label_text_fini(struct label_text *t) {
	free(t->name);
	free(t->organisation);
	free(t->community);
	free(t->category);
	free(t->code);
	free(t->mark);
	*t = (struct label_text){0};
}

bool label_text_read(struct store *store, const char *person, struct label_text *out, bool *found, struct err *err) {
	struct person_row row;
	*out = (struct label_text){0};
	if (!person_get(store, person, &row, found, err)) {
		return false;
	}
	*found = *found && !row.removed;
	if (*found) {
		*out = (struct label_text){.name = xstrdup(person_text(&row.person, PERSON_NAME)),
					   .organisation = xstrdup(person_text(&row.person, PERSON_ORGANISATION)),
					   .community = xstrdup(person_text(&row.person, PERSON_COMMUNITY)),
					   .category = xstrdup(person_text(&row.person, PERSON_CATEGORY)),
					   .code = xstrdup(row.badge == BADGE_STATUS_VALID ? row.code : "")};
	}
	person_row_fini(&row);
	return true;
}

struct tongue label_tongue(struct store *store, const struct words *words) {
	char first[WORDS_CODE_MAX] = "en";
	if (store != NULL) {
		setting_first_language(store, first, sizeof first);
	}
	int language = words_language(words, first);
	return (struct tongue){words, language < 0 ? words_language(words, "en") : language};
}

void label_text_mark(struct store *store, const struct words *words, struct label_text *text) {
	char *wish = setting_get(store, "label_again");
	struct tongue tongue = label_tongue(store, words);
	if (str_eq(wish, "on")) {
		free(text->mark);
		text->mark = xstrdup(tongue_get_in(&tongue, "on a label", "DUPLICATE"));
	}
	free(wish);
}

void label_text_test(struct store *store, const struct words *words, enum label_size size, struct label_text *out) {
	struct tongue tongue = label_tongue(store, words);
	const struct label_spec *spec = label_spec(size);
	int shorter = spec->width < spec->height ? spec->width : spec->height, longer = spec->width + spec->height - shorter;
	*out = (struct label_text){.name = xstrdup(tongue_get(&tongue, "Test label")),
				   .organisation = spec->most > 0 ? xasprintf("%g mm", spec->width / 100.0)
								  : xasprintf("%g × %g mm", shorter / 100.0, longer / 100.0),
				   .code = xstrdup("TURNOUT TEST LABEL"),
				   .framed = true};
}

static struct name_label label_of(const struct label_text *t) {
	return (struct name_label){.badge = {.name = t->name,
					     .organisation = t->organisation,
					     .community = t->community,
					     .category = t->category,
					     .code = t->code},
				   .mark = t->mark,
				   .framed = t->framed};
}

/* --- where it lies --------------------------------------------------------------------------------------------------------------------- */

static bool measure_length(const struct label_text *text, enum label_size size, double *length, struct err *err) {
	const struct canvas_options options = {.format = CANVAS_PDF, .width = 100, .height = 100};
	const struct name_label label = label_of(text);
	struct canvas *c = NULL;
	*length = label_spec(size)->height / 100.0;
	if (label_spec(size)->most == 0) {
		return true;
	}
	if (!canvas_open(&options, &c, err)) {
		return false;
	}
	*length = name_label_length(c, &label, size);
	canvas_close(c);
	return true;
}

bool label_print_fit(enum label_size size, double length, const struct printer_state *state, struct label_place *out, struct err *err) {
	/* Who says nothing of its media at all is told. */
	if (state == NULL || state->media.count == 0) {
		label_place_plain(size, length, out);
		return true;
	}
	if (!label_choose(size, length, &state->media, out)) {
		struct strbuf loaded = {0};
		label_print_loaded(state, &loaded);
		err_set(err, ERR_REFUSED,
			"the label is %s, and the printer has %s: put the right ones in, or choose the size that is in it (turnout device "
			"set label)",
			label_spec(size)->in_words, loaded.len > 0 ? strbuf_str(&loaded) : "none of that size");
		strbuf_fini(&loaded);
		return false;
	}
	return true;
}

bool label_print_place(const struct label_text *text, enum label_size size, const struct printer_state *state, struct label_place *out,
		       struct err *err) {
	double length;
	return measure_length(text, size, &length, err) && label_print_fit(size, length, state, out, err);
}

void label_print_loaded(const struct printer_state *state, struct strbuf *out) {
	for (size_t i = 0; state->says_ready && i < state->media.count && i < LOADED_MOST; i++) {
		strbuf_adds(out, i > 0 ? ", " : "");
		label_medium_words(&state->media.items[i], out);
	}
}

/* --- the page -------------------------------------------------------------------------------------------------------------------------- */

static bool draw(const void *what, struct canvas *c, const struct label_place *place, size_t page, struct err *err) {
	(void)page;
	const struct name_label label = label_of(what);
	return name_label_draw(c, &label, place, err);
}

static struct label_art art_of(const struct label_text *text) {
	return (struct label_art){.title = "Label", .what = text, .draw = draw, .pages = 1};
}

bool label_print_picture(const struct label_text *text, const struct label_place *place, int dpi, struct raster *out, struct err *err) {
	const struct label_art art = art_of(text);
	return label_art_picture(&art, place, 0, dpi, out, err);
}

bool label_page_make(const struct label_text *text, enum label_size size, const struct printer_state *state, struct label_page *out,
		     enum printer_trouble *trouble, struct err *err) {
	const struct label_art art = art_of(text);
	struct label_place place;
	*out = (struct label_page){.format = ""};
	*trouble = PRINTER_WRONG_MEDIA;
	return label_print_place(text, size, state, &place, err) && label_page_of(&art, &place, state, out, trouble, err);
}

bool label_print_wait(const struct label_printer *to, const struct label_text *text, struct err *err) {
	struct printer_state *state = xcalloc(1, sizeof *state);
	struct label_page page = {.format = ""};
	enum printer_trouble trouble;
	bool ok = label_printer_ready(&to->printer, state, err) && label_page_make(text, to->size, state, &page, &trouble, err) &&
		  label_page_wait(&to->printer, &page, err);
	label_page_fini(&page);
	free(state);
	return ok;
}
