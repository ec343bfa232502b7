#include "office/label_print.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "store/read/people.h"
#include "store/read/settings.h"

#define DPI_WANTED 300 /* what label printers have, or near it */
#define LOADED_MOST 3  /* trays told */
#define WAIT_MS 60000
#define STEP_MS 200

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

static struct tongue first_tongue(struct store *store, const struct words *words) {
	char first[WORDS_CODE_MAX];
	setting_first_language(store, first, sizeof first);
	int language = words_language(words, first);
	return (struct tongue){words, language < 0 ? words_language(words, "en") : language};
}

void label_text_mark(struct store *store, const struct words *words, struct label_text *text) {
	char *wish = setting_get(store, "label_again");
	struct tongue tongue = first_tongue(store, words);
	if (str_eq(wish, "on")) {
		free(text->mark);
		text->mark = xstrdup(tongue_get_in(&tongue, "on a label", "DUPLICATE"));
	}
	free(wish);
}

void label_text_test(struct store *store, const struct words *words, enum label_size size, struct label_text *out) {
	struct tongue tongue = store == NULL ? (struct tongue){words, words_language(words, "en")} : first_tongue(store, words);
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

bool label_print_place(const struct label_text *text, enum label_size size, const struct printer_state *state, struct label_place *out,
		       struct err *err) {
	double length;
	if (!measure_length(text, size, &length, err)) {
		return false;
	}
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

void label_print_loaded(const struct printer_state *state, struct strbuf *out) {
	for (size_t i = 0; state->says_ready && i < state->media.count && i < LOADED_MOST; i++) {
		strbuf_adds(out, i > 0 ? ", " : "");
		label_medium_words(&state->media.items[i], out);
	}
}

/* --- the page -------------------------------------------------------------------------------------------------------------------------- */

static bool draw(const struct label_text *text, const struct label_place *place, const struct canvas_options *options, struct canvas **out,
		 struct err *err) {
	const struct name_label label = label_of(text);
	if (!canvas_open(options, out, err)) {
		return false;
	}
	if (!name_label_draw(*out, &label, place, err)) {
		canvas_close(*out);
		*out = NULL;
		return false;
	}
	return true;
}

bool label_print_picture(const struct label_text *text, const struct label_place *place, int dpi, struct raster *out, struct err *err) {
	const struct canvas_options options = {.format = CANVAS_PNG, .width = place->page_w, .height = place->page_h, .dpi = dpi};
	struct canvas *c = NULL;
	bool ok = draw(text, place, &options, &c, err) && raster_of_canvas(c, out, err);
	canvas_close(c);
	return ok;
}

/* The nearest to what label printers have; 0: none. */
static int choose_dpi(const struct printer_state *state) {
	int best = 0;
	for (size_t i = 0; i < state->dpi_count; i++) {
		bool nearer = abs(state->dpi[i] - DPI_WANTED) < abs(best - DPI_WANTED);
		best = best == 0 || nearer ? state->dpi[i] : best;
	}
	return best;
}

/* Black only where it is taken: what is grey a label printer makes dots of, and no reader likes a code of dots. */
static enum pwg_type choose_type(const struct printer_state *state) {
	int type = 0;
	while (type < PWG_TYPE_COUNT && !state->types[type]) {
		type++;
	}
	return (enum pwg_type)type;
}

static int points(double mm) { return (int)lround(mm * 72 / 25.4); }

static bool make_raster(const struct label_text *text, const struct label_place *place, const struct printer_state *state,
			struct label_page *out, struct err *err) {
	struct raster raster = {0};
	int dpi = choose_dpi(state);
	if (!label_print_picture(text, place, dpi, &raster, err)) {
		return false;
	}
	const struct pwg_page page = {.type = choose_type(state),
				      .dpi_x = dpi,
				      .dpi_y = dpi,
				      .page_w = points(place->page_w),
				      .page_h = points(place->page_h),
				      .medium = place->medium.name};
	out->format = "image/pwg-raster";
	pwg_write(&page, &raster, &out->bytes);
	raster_fini(&raster);
	return true;
}

static bool make_pdf(const struct label_text *text, const struct label_place *place, struct label_page *out, struct err *err) {
	const struct canvas_options options = {.format = CANVAS_PDF, .width = place->page_w, .height = place->page_h, .title = "Label"};
	struct canvas *c = NULL;
	out->format = "application/pdf";
	bool ok = draw(text, place, &options, &c, err) && canvas_bytes(c, &out->bytes, err);
	canvas_close(c);
	return ok;
}

bool label_page_make(const struct label_text *text, enum label_size size, const struct printer_state *state, struct label_page *out,
		     enum printer_trouble *trouble, struct err *err) {
	struct label_place place;
	*out = (struct label_page){.format = ""};
	*trouble = PRINTER_WRONG_MEDIA;
	if (!label_print_place(text, size, state, &place, err)) {
		return false;
	}
	out->medium = place.medium;
	bool raster = state->pwg && choose_dpi(state) > 0 && choose_type(state) < PWG_TYPE_COUNT;
	*trouble = raster || state->pdf ? PRINTER_REFUSES : PRINTER_NO_FORMAT;
	if (!raster && !state->pdf) {
		return err_set(err, ERR_REFUSED, "the printer: %s", printer_trouble_text(PRINTER_NO_FORMAT));
	}
	if (!(raster ? make_raster(text, &place, state, out, err) : make_pdf(text, &place, out, err))) {
		label_page_fini(out);
		return false;
	}
	*trouble = PRINTER_FINE;
	return true;
}

void label_page_fini(struct label_page *page) { strbuf_fini(&page->bytes); }

bool label_page_send(const struct printer *printer, const struct label_page *page, int *job, enum printer_trouble *trouble,
		     struct err *err) {
	/* No name: queues show titles to everybody. */
	const struct printer_page sent = {.title = "Label", .format = page->format, .bytes = &page->bytes, .medium = &page->medium};
	return printer_send(printer, &sent, job, trouble, err);
}

static bool await(const struct printer *printer, int job, struct err *err) {
	enum printer_job state = PRINTER_JOB_WAITS;
	for (int ms = 0; ms < WAIT_MS && state == PRINTER_JOB_WAITS; ms += STEP_MS) {
		clock_sleep_ms(STEP_MS);
		if (!printer_job(printer, job, &state, err)) {
			return false;
		}
	}
	if (state == PRINTER_JOB_WAITS) {
		struct err late = {0};
		bool back = printer_cancel(printer, job, &late);
		return err_set(err, ERR_BUSY, "the printer %s: the label did not come out within a minute%s", printer->name,
			       back ? " and was taken back" : ", and cannot be taken back");
	}
	return state != PRINTER_JOB_FAILED ||
	       err_set(err, ERR_SYSTEM, "the printer %s gave the label up: look at what it says", printer->name);
}

bool label_print_wait(const struct label_printer *to, const struct label_text *text, struct err *err) {
	struct printer_state *state = xcalloc(1, sizeof *state);
	struct label_page page = {.format = ""};
	enum printer_trouble trouble;
	int job;
	bool ok = printer_look(&to->printer, state, err);
	if (ok && state->trouble != PRINTER_FINE) {
		ok = err_set(err, ERR_REFUSED, "the printer %s: %s", to->printer.name, printer_trouble_text(state->trouble));
	}
	ok = ok && label_page_make(text, to->size, state, &page, &trouble, err) &&
	     label_page_send(&to->printer, &page, &job, &trouble, err) && await(&to->printer, job, err);
	label_page_fini(&page);
	free(state);
	return ok;
}
