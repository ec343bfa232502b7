#include "badge/sheet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "badge/code.h"
#include "base/alloc.h"
#include "base/colour.h"
#include "base/str.h"
#include "event/fold.h"
#include "paper/picture.h"
#include "paper/qr.h"
#include "words/glue.h"

void sheet_measure(struct canvas *c, const struct badge *badge, const struct badge_layout_spec *spec, struct badge_measure *out) {
	struct typeset t;
	typeset_init(&t, c, badge, spec);
	memcpy(out->part, t.box, sizeof out->part);
	memcpy(out->em, t.em, sizeof out->em);
	out->others_max = t.others_max;
	typeset_fini(&t);
}

/* --- drawing -------------------------------------------------------------------------------------------------------------------- */

struct sheet {
	struct canvas *canvas;
	struct picture *logo; /* may be NULL */
	const struct badge_layout_spec *spec;
	struct badge_layout_spec with_credits; /* what `spec` is where somebody is thanked */
	struct credit_strip strip;
	const struct badge_sheet_options *options;
	char *title, *dates; /* as they are set; owned */
};

static struct mm_rect moved(struct mm_rect box, struct mm_rect slot) {
	return (struct mm_rect){box.x + slot.x, box.y + slot.y, box.w, box.h};
}

/* Text in the middle of a box's height. */
static void text_in(struct canvas *c, struct text_spec spec, struct mm_rect box, uint32_t colour) {
	spec.width = box.w;
	spec.height = box.h;
	struct text_size size = canvas_text_size(c, &spec);
	canvas_text(c, &spec, (struct mm_point){box.x, box.y + (box.h - size.height) / 2}, colour);
}

/* Title to the left, dates to the right; on a centred badge the dates stand under the title. */
static void draw_band(const struct sheet *s, struct mm_rect slot, double em_max) {
	const struct badge_layout_spec *spec = s->spec;
	struct canvas *c = s->canvas;
	uint32_t ink = spec->plain ? LAYOUT_INK : LAYOUT_WHITE;
	struct mm_rect band = {slot.x, slot.y, slot.w, spec->band};
	if (spec->plain) {
		struct mm_point from = {slot.x + spec->margin, slot.y + band.h}, to = {slot.x + slot.w - spec->margin, slot.y + band.h};
		canvas_line(c, from, to, (struct stroke){0.4, LAYOUT_INK});
	} else {
		canvas_fill_rect(c, band, LAYOUT_TEAL);
	}
	double em = fmin(spec->band_em, em_max);
	struct mm_rect words = {band.x + spec->margin, band.y + 0.5, band.w - 2 * spec->margin, band.h - 1};
	struct text_spec title = {
		.text = s->title, .weight = TEXT_BOLD, .size_max = em, .size_min = em * 0.6, .max_lines = 2, .leading = 1.15};
	struct text_spec dates = {.text = s->dates, .size_max = em * 0.86, .size_min = em * 0.6, .max_lines = 2, .leading = 1.15};
	if (spec->centred) {
		title.align = dates.align = TEXT_CENTRE;
		double share = str_empty(dates.text) ? 1 : 0.6;
		text_in(c, title, (struct mm_rect){words.x, words.y + (share < 1 ? 0.6 : 0), words.w, words.h * share}, ink);
		text_in(c, dates, (struct mm_rect){words.x, words.y + words.h * 0.6, words.w, words.h * 0.36}, ink);
		return;
	}
	dates.align = TEXT_RIGHT;
	dates.width = words.w * 0.42;
	dates.height = words.h;
	double dates_w = canvas_text_size(c, &dates).width;
	double gap = dates_w > 0 ? 2 : 0;
	text_in(c, title, (struct mm_rect){words.x, words.y, words.w - dates_w - gap, words.h}, ink);
	text_in(c, dates, (struct mm_rect){words.x + words.w - dates.width, words.y, dates.width, words.h}, ink);
}

/* One for a category, however it was typed. */
static uint32_t category_colour(const char *category) {
	char *folded = fold_text(str_or_empty(category));
	uint32_t colour = colour_of_category(folded);
	free(folded);
	return colour;
}

static void draw_pill(const struct sheet *s, const struct typeset *t, const struct badge *b, struct mm_rect slot) {
	struct mm_rect pill = moved(t->box[BADGE_PART_PILL], slot);
	if (pill.w <= 0) {
		return;
	}
	struct text_spec text = t->spec[BADGE_PART_PILL];
	uint32_t colour = b->category_colour != 0 ? b->category_colour & 0xFFFFFF : category_colour(b->category);
	uint32_t ink = colour_clearer(colour, LAYOUT_WHITE, LAYOUT_INK);
	if (s->spec->plain) {
		canvas_frame_round(s->canvas, pill, pill.h / 2, (struct stroke){0.45, LAYOUT_INK});
		ink = LAYOUT_INK;
	} else {
		canvas_fill_round(s->canvas, pill, pill.h / 2, colour);
	}
	struct text_size size = canvas_text_size(s->canvas, &text);
	double x = pill.x + (pill.w - text.width) / 2;
	canvas_text(s->canvas, &text, (struct mm_point){x, pill.y + (pill.h - size.height) / 2}, ink);
}

static void draw_words(const struct sheet *s, const struct typeset *t, struct mm_rect slot) {
	for (int part = BADGE_PART_NAME; part <= BADGE_PART_PLACE; part++) {
		if (t->box[part].h > 0) {
			uint32_t ink = part == BADGE_PART_PLACE && !s->spec->plain ? LAYOUT_MUTED : LAYOUT_INK;
			canvas_text(s->canvas, &t->spec[part], (struct mm_point){slot.x + s->spec->words.x, slot.y + t->box[part].y}, ink);
		}
	}
}

static bool draw_code(const struct sheet *s, const char *text, struct mm_rect slot, double em_max, struct err *err) {
	struct qr_matrix qr;
	if (!qr_encode(&qr, text, strlen(text), QR_LEVEL_M, err)) {
		return false;
	}
	canvas_qr(s->canvas, &qr, layout_qr_modules(moved(s->spec->qr, slot), qr.side), s->spec->plain ? 0 : LAYOUT_INK);
	char aloud[CODE_ALOUD_MAX];
	code_read_aloud(text, aloud);
	double em = fmin(s->spec->aloud.h * 0.74, em_max);
	struct text_spec spec = {
		.text = aloud, .weight = TEXT_MEDIUM, .align = TEXT_CENTRE, .size_max = em, .tracking = 0.03, .max_lines = 1};
	text_in(s->canvas, spec, moved(s->spec->aloud, slot), s->spec->plain ? LAYOUT_INK : LAYOUT_MUTED);
	return true;
}

static bool draw_badge(const struct sheet *s, const struct badge *b, struct mm_rect slot, struct err *err) {
	struct typeset t;
	typeset_init(&t, s->canvas, b, s->spec);
	draw_band(s, slot, t.others_max);
	if (s->logo != NULL) {
		picture_draw(s->logo, s->canvas, moved(s->spec->logo, slot), s->spec->centred ? TEXT_LEFT : TEXT_CENTRE);
	}
	draw_words(s, &t, slot);
	draw_pill(s, &t, b, slot);
	if (s->options->credits != NULL) {
		credit_strip_draw(&s->strip, s->canvas, s->options->credits, (struct mm_point){slot.x, slot.y},
				  s->spec->plain ? LAYOUT_INK : LAYOUT_MUTED);
	}
	bool ok = str_empty(b->code) || draw_code(s, b->code, slot, t.others_max, err);
	typeset_fini(&t);
	return ok || err_wrap(err, "the badge of %s", str_empty(b->name) ? "?" : b->name);
}

static bool draw_page(const struct sheet *s, const struct badge *badges, size_t count, struct err *err) {
	struct mm_line marks[LAYOUT_MARKS_MAX];
	size_t n = layout_cut_marks(s->spec, marks);
	for (size_t i = 0; i < n; i++) {
		canvas_line(s->canvas, marks[i].from, marks[i].to, (struct stroke){0.15, LAYOUT_MUTED});
	}
	for (size_t i = 0; i < count; i++) {
		if (!draw_badge(s, &badges[i], layout_slot(s->spec, (int)i), err)) {
			return false;
		}
	}
	return true;
}

/* --- files ---------------------------------------------------------------------------------------------------------------------- */

char *sheet_page_path(const char *path, size_t page, size_t pages) {
	if (pages == 1) {
		return xstrdup(path);
	}
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(slash ? slash + 1 : path, '.');
	/* A name that only begins with a dot has no ending. */
	size_t stem = dot && dot != path && dot[-1] != '/' ? (size_t)(dot - path) : strlen(path);
	return xasprintf("%.*s-%0*zu%s", (int)stem, path, pages < 1000 ? 3 : 4, page + 1, path + stem);
}

static bool open_canvas(struct sheet *s, struct err *err) {
	const struct canvas_options options = {.format = s->options->format,
					       .width = s->spec->page_w,
					       .height = s->spec->page_h,
					       .dpi = s->options->dpi,
					       .title = s->options->event_title,
					       .created = s->options->created,
					       .unknown = s->options->unknown};
	if (!canvas_open(&options, &s->canvas, err)) {
		return false;
	}
	if (s->options->credits != NULL) {
		credit_strip_fini(&s->strip);
		credit_strip_set(&s->strip, s->canvas, s->options->credits, s->spec->credits.strip);
	}
	return true;
}

/* Ends the page-th of `pages`: the file of a picture is written, a PDF gets its next page or, after the last, is written. */
static bool end_page(struct sheet *s, const char *path, size_t page, size_t pages, struct err *err) {
	bool pdf = s->options->format == CANVAS_PDF;
	if (pdf && page + 1 < pages) {
		canvas_next_page(s->canvas);
		return true;
	}
	char *name = sheet_page_path(path, pdf ? 0 : page, pdf ? 1 : pages);
	bool ok = canvas_finish(s->canvas, name, err);
	free(name);
	canvas_close(s->canvas);
	s->canvas = NULL;
	return ok;
}

bool sheet_write(const char *path, const struct badge *badges, size_t count, const struct badge_sheet_options *options, struct err *err) {
	if (count == 0) {
		return err_set(err, ERR_USAGE, "there are no badges to print");
	}
	struct sheet s = {.spec = layout_spec(options->layout), .options = options};
	if (!str_empty(options->logo) && !picture_open(options->logo, &s.logo, err)) {
		return err_wrap(err, "the logo");
	}
	if (options->credits != NULL) {
		s.with_credits = layout_with_credits(options->layout);
		s.spec = &s.with_credits;
	}
	s.title = text_glued(str_or_empty(options->event_title));
	s.dates = text_glued(str_or_empty(options->dates));
	size_t per_page = (size_t)layout_per_page(s.spec);
	size_t pages = (count + per_page - 1) / per_page;
	bool ok = true;
	for (size_t page = 0; ok && page < pages; page++) {
		size_t from = page * per_page;
		size_t n = count - from < per_page ? count - from : per_page;
		ok = (s.canvas != NULL || open_canvas(&s, err)) && draw_page(&s, badges + from, n, err) &&
		     end_page(&s, path, page, pages, err);
		if (ok && options->progress != NULL) {
			options->progress(options->context, from + n, count);
		}
	}
	if (options->credits_left != NULL) {
		*options->credits_left = s.strip.left;
	}
	canvas_close(s.canvas);
	picture_close(s.logo);
	credit_strip_fini(&s.strip);
	free(s.title);
	free(s.dates);
	return ok;
}
