#include "badge/sheet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "badge/code.h"
#include "base/alloc.h"
#include "base/colour.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/fold.h"
#include "paper/qr.h"
#include "paper/svg.h"

#define NAME_LEADING 1.1
#define TEXT_LEADING 1.25
#define PILL_LEADING 1.12
#define SHRINK 0.93 /* of all sizes of a badge at once, while its words are taller than their room */

/* The words of one badge: what stands where. The texts are owned. */
struct words {
	struct text_spec spec[BADGE_PART_COUNT];
	struct mm_rect box[BADGE_PART_COUNT]; /* in the badge; w = 0: not there. The pill's is the pill itself */
	double em[BADGE_PART_COUNT];
};

/* "Олена Приклад" in two lines, "Приклад Олена Іванівна" too: the first word has a line of its own. Longer names flow. */
static char *name_in_lines(const char *name) {
	char *text = xstrdup(name);
	size_t spaces = 0;
	for (const char *at = text; *at != '\0'; at++) {
		spaces += *at == ' ';
	}
	if (spaces == 1 || spaces == 2) {
		*strchr(text, ' ') = '\n';
	}
	return text;
}

static char *place_of(const struct badge *b) {
	bool both = !str_empty(b->community) && !str_empty(b->region);
	return xasprintf("%s%s%s", str_or_empty(b->community), both ? " · " : "", str_or_empty(b->region));
}

static void words_init(struct words *w, const struct badge *b, const struct badge_layout_spec *spec) {
	enum text_align align = spec->centred ? TEXT_CENTRE : TEXT_LEFT;
	double width = spec->words.w;
	*w = (struct words){.spec = {
				    [BADGE_PART_NAME] = {.text = name_in_lines(str_or_empty(b->name)),
							 .face = TEXT_FACE_DISPLAY,
							 .weight = TEXT_BOLD,
							 .leading = NAME_LEADING,
							 .tracking = -0.01},
				    [BADGE_PART_POSITION] = {.text = xstrdup(str_or_empty(b->position)),
							     .weight = TEXT_MEDIUM,
							     .leading = TEXT_LEADING},
				    [BADGE_PART_ORGANISATION] = {.text = xstrdup(str_or_empty(b->organisation)),
								 .weight = TEXT_BOLD,
								 .leading = TEXT_LEADING},
				    [BADGE_PART_PLACE] = {.text = place_of(b), .weight = TEXT_REGULAR, .leading = TEXT_LEADING},
				    [BADGE_PART_PILL] = {.text = utf8_upper(str_or_empty(b->category)),
							 .weight = TEXT_BOLD,
							 .leading = PILL_LEADING,
							 .tracking = 0.02},
			    }};
	for (int part = 0; part < BADGE_PART_COUNT; part++) {
		w->spec[part].align = part == BADGE_PART_PILL ? TEXT_CENTRE : align;
		w->spec[part].width = width;
	}
}

static void words_fini(struct words *w) {
	for (int part = 0; part < BADGE_PART_COUNT; part++) {
		free((char *)(uintptr_t)w->spec[part].text);
	}
}

static void set_type(struct text_spec *spec, struct badge_type type, double scale) {
	spec->size_max = type.max * scale;
	spec->size_min = type.min * scale;
	spec->max_lines = type.lines;
}

/* The pill is as wide as its words need, at most as wide as the column; up to two lines. */
static void place_pill(struct canvas *c, struct words *w, const struct badge_layout_spec *spec) {
	struct text_spec *text = &w->spec[BADGE_PART_PILL];
	if (str_empty(text->text)) {
		return;
	}
	double h = spec->pill_h, pad = h * 0.72;
	text->width = spec->words.w - 2 * pad;
	text->height = h * 0.86;
	set_type(text, (struct badge_type){h * 0.43, h * 0.34, 1}, 1);
	struct text_size size = canvas_text_size(c, text);
	if (size.size < h * 0.34) {
		text->max_lines = 2;
		size = canvas_text_size(c, text);
	}
	struct mm_rect pill = {spec->words.x, spec->words.y + spec->words.h - h, size.width + 2 * pad, h};
	if (spec->centred) {
		pill.x += (spec->words.w - pill.w) / 2;
	}
	w->box[BADGE_PART_PILL] = pill;
	w->em[BADGE_PART_PILL] = size.size;
}

/* Sets the four texts in sizes scaled by `scale`, one under the other from 0; returns their height. */
static double stack(struct canvas *c, struct words *w, const struct badge_layout_spec *spec, double scale) {
	static const double gap_before[] = {
		[BADGE_PART_NAME] = 0, [BADGE_PART_POSITION] = 1.3, [BADGE_PART_ORGANISATION] = 0.9, [BADGE_PART_PLACE] = 0.4};
	const struct badge_type types[] = {spec->name_type, spec->position_type, spec->organisation_type, spec->place_type};
	double y = 0;
	for (int part = BADGE_PART_NAME; part <= BADGE_PART_PLACE; part++) {
		w->box[part] = (struct mm_rect){0};
		if (str_empty(w->spec[part].text)) {
			continue;
		}
		set_type(&w->spec[part], types[part], scale);
		struct text_size size = canvas_text_size(c, &w->spec[part]);
		y += y > 0 ? gap_before[part] * spec->gap * scale : 0;
		w->box[part] = (struct mm_rect){spec->words.x, y, size.width, size.height};
		w->em[part] = size.size;
		if (spec->centred) {
			w->box[part].x += (spec->words.w - size.width) / 2;
		}
		y += size.height;
	}
	return y;
}

static void place_words(struct canvas *c, struct words *w, const struct badge_layout_spec *spec) {
	place_pill(c, w, spec);
	double room = spec->words.h - (w->box[BADGE_PART_PILL].w > 0 ? spec->pill_h + 1.4 * spec->gap : 0);
	double scale = 1;
	double height = stack(c, w, spec, scale);
	/* All sizes go down together, so that name and position keep their ratio. */
	while (height > room && scale > 0.01) {
		scale *= SHRINK;
		height = stack(c, w, spec, scale);
	}
	/* Names stand at one height on a sheet; a lanyard badge, read from afar, carries its words in the middle. */
	double spare = fmax(0, room - height);
	double top = spec->words.y + (spec->centred ? spare * 0.45 : fmin(spare / 2, spec->gap));
	for (int part = BADGE_PART_NAME; part <= BADGE_PART_PLACE; part++) {
		w->box[part].y += top;
	}
}

void sheet_measure(struct canvas *c, const struct badge *badge, enum badge_layout layout, struct badge_measure *out) {
	struct words w;
	words_init(&w, badge, layout_spec(layout));
	place_words(c, &w, layout_spec(layout));
	memcpy(out->part, w.box, sizeof out->part);
	memcpy(out->em, w.em, sizeof out->em);
	words_fini(&w);
}

/* --- drawing -------------------------------------------------------------------------------------------------------------------- */

struct sheet {
	struct canvas *canvas;
	struct svg *logo; /* may be NULL */
	const struct badge_layout_spec *spec;
	const struct badge_sheet_options *options;
	char unknown[100]; /* of the canvas that was finished last */
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
static void draw_band(const struct sheet *s, struct mm_rect slot) {
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
	double em = spec->band_em;
	struct mm_rect words = {band.x + spec->margin, band.y + 0.5, band.w - 2 * spec->margin, band.h - 1};
	struct text_spec title = {.text = str_or_empty(s->options->event_title),
				  .weight = TEXT_BOLD,
				  .size_max = em,
				  .size_min = em * 0.6,
				  .max_lines = 2,
				  .leading = 1.15};
	struct text_spec dates = {
		.text = str_or_empty(s->options->dates), .size_max = em * 0.86, .size_min = em * 0.6, .max_lines = 2, .leading = 1.15};
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

static void draw_pill(const struct sheet *s, const struct words *w, const struct badge *b, struct mm_rect slot) {
	struct mm_rect pill = moved(w->box[BADGE_PART_PILL], slot);
	if (pill.w <= 0) {
		return;
	}
	struct text_spec text = w->spec[BADGE_PART_PILL];
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

static void draw_words(const struct sheet *s, const struct badge *b, struct mm_rect slot) {
	struct words w;
	words_init(&w, b, s->spec);
	place_words(s->canvas, &w, s->spec);
	for (int part = BADGE_PART_NAME; part <= BADGE_PART_PLACE; part++) {
		if (w.box[part].h > 0) {
			uint32_t ink = part == BADGE_PART_PLACE && !s->spec->plain ? LAYOUT_MUTED : LAYOUT_INK;
			canvas_text(s->canvas, &w.spec[part], (struct mm_point){slot.x + s->spec->words.x, slot.y + w.box[part].y}, ink);
		}
	}
	draw_pill(s, &w, b, slot);
	words_fini(&w);
}

static bool draw_code(const struct sheet *s, const char *text, struct mm_rect slot, struct err *err) {
	struct qr_matrix qr;
	if (!qr_encode(&qr, text, strlen(text), QR_LEVEL_M, err)) {
		return false;
	}
	canvas_qr(s->canvas, &qr, layout_qr_modules(moved(s->spec->qr, slot), qr.side), s->spec->plain ? 0 : LAYOUT_INK);
	char aloud[CODE_ALOUD_MAX];
	code_read_aloud(text, aloud);
	double em = s->spec->aloud.h * 0.74;
	struct text_spec spec = {
		.text = aloud, .weight = TEXT_MEDIUM, .align = TEXT_CENTRE, .size_max = em, .tracking = 0.03, .max_lines = 1};
	text_in(s->canvas, spec, moved(s->spec->aloud, slot), s->spec->plain ? LAYOUT_INK : LAYOUT_MUTED);
	return true;
}

static bool draw_badge(const struct sheet *s, const struct badge *b, struct mm_rect slot, struct err *err) {
	draw_band(s, slot);
	if (s->logo != NULL) {
		svg_draw(s->logo, s->canvas, moved(s->spec->logo, slot), s->spec->centred ? TEXT_LEFT : TEXT_CENTRE);
	}
	draw_words(s, b, slot);
	return str_empty(b->code) || draw_code(s, b->code, slot, err) ||
	       err_wrap(err, "the badge of %s", str_empty(b->name) ? "?" : b->name);
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
					       .created = s->options->created};
	return canvas_open(&options, &s->canvas, err);
}

/* Ends the page-th of `pages`: the file of a picture is written, a PDF gets its next page or, after the last, is written. */
static bool end_page(struct sheet *s, const char *path, size_t page, size_t pages, struct err *err) {
	bool pdf = s->options->format == CANVAS_PDF;
	if (pdf && page + 1 < pages) {
		canvas_next_page(s->canvas);
		return true;
	}
	char *name = sheet_page_path(path, pdf ? 0 : page, pdf ? 1 : pages);
	str_copy(s->unknown, sizeof s->unknown, canvas_unknown(s->canvas));
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
	if (!str_empty(options->logo) && !svg_open(options->logo, &s.logo, err)) {
		return err_wrap(err, "the logo");
	}
	size_t per_page = (size_t)layout_per_page(s.spec);
	size_t pages = (count + per_page - 1) / per_page;
	bool ok = true;
	for (size_t page = 0; ok && page < pages; page++) {
		size_t from = page * per_page;
		size_t n = count - from < per_page ? count - from : per_page;
		ok = (s.canvas != NULL || open_canvas(&s, err)) && draw_page(&s, badges + from, n, err) &&
		     end_page(&s, path, page, pages, err);
		if (ok && options->unknown != NULL && options->unknown[0] == '\0') {
			memcpy(options->unknown, s.unknown, sizeof s.unknown);
		}
		if (ok && options->progress != NULL) {
			options->progress(options->context, from + n, count);
		}
	}
	canvas_close(s.canvas);
	svg_close(s.logo);
	return ok;
}
