#include "paper/canvas.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <pango/pangocairo.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/tz.h"

#define POINTS_PER_MM (72.0 / 25.4)
#define SIDE_MAX 2000.0      /* mm */
#define PIXELS_MAX 16384.0   /* a side of a PNG */
#define CACHE_SLOTS 1024     /* a power of two */
#define SLACK 0.005          /* mm that rounding in pango's 1/1024 units may add */
#define SIZE_STEPS 6         /* halvings of [size_min, size_max]: a 64th of the range is not seen */
#define INTER_ASCENT 0.96875 /* of the em; hhea table of Inter 3.19 and 4.0 */
#define INTER_DESCENT 0.24121

struct cached {
	struct text_spec spec; /* `text` is owned; NULL: the slot is free */
	PangoLayout *layout;
	struct text_size size;
};

struct canvas {
	struct canvas_options options;
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoContext *pango;
	bool turned; /* this page */
	PangoFontDescription *fonts[TEXT_FACE_COUNT][TEXT_WEIGHT_COUNT];
	struct strbuf bytes;
	struct cached cache[CACHE_SLOTS];
};

static cairo_status_t take_bytes(void *closure, const unsigned char *data, unsigned int n) {
	struct canvas *c = closure;
	strbuf_add(&c->bytes, data, n);
	return CAIRO_STATUS_SUCCESS;
}

/* --- open and close ------------------------------------------------------------------------------------------------------------- */

static void make_pdf(struct canvas *c) {
	const struct canvas_options *o = &c->options;
	c->surface = cairo_pdf_surface_create_for_stream(take_bytes, c, o->width * POINTS_PER_MM, o->height * POINTS_PER_MM);
	if (!str_empty(o->title)) {
		cairo_pdf_surface_set_metadata(c->surface, CAIRO_PDF_METADATA_TITLE, o->title);
	}
	cairo_pdf_surface_set_metadata(c->surface, CAIRO_PDF_METADATA_CREATOR, "Turnout");
	/* Without a date of ours cairo writes today's, and no two files are alike. */
	char date[TZ_TEXT_MAX];
	tz_format_offset(o->created, 0, date);
	cairo_pdf_surface_set_metadata(c->surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

static void make_surface(struct canvas *c) {
	const struct canvas_options *o = &c->options;
	double scale = POINTS_PER_MM;
	switch (o->format) {
	case CANVAS_PDF: make_pdf(c); break;
	case CANVAS_SVG:
		/* The numbers are millimetres, and so is the unit that is written behind them. */
		scale = 1;
		c->surface = cairo_svg_surface_create_for_stream(take_bytes, c, o->width, o->height);
		cairo_svg_surface_set_document_unit(c->surface, CAIRO_SVG_UNIT_MM);
		break;
	case CANVAS_PNG:
		scale = o->dpi / 25.4;
		c->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(o->width * scale), (int)lround(o->height * scale));
		break;
	case CANVAS_FORMAT_COUNT: break;
	}
	c->cr = cairo_create(c->surface);
	cairo_scale(c->cr, scale, scale);
	if (o->format == CANVAS_PNG) {
		cairo_set_source_rgb(c->cr, 1, 1, 1);
		cairo_paint(c->cr);
	}
}

static void make_fonts(struct canvas *c) {
	static const char *const families[] = {
		[TEXT_FACE_TEXT] = "Inter,DejaVu Sans", [TEXT_FACE_DISPLAY] = "Inter Display,Inter,DejaVu Sans"};
	static const PangoWeight weights[] = {PANGO_WEIGHT_NORMAL, PANGO_WEIGHT_MEDIUM, PANGO_WEIGHT_SEMIBOLD, PANGO_WEIGHT_BOLD};
	_Static_assert(COUNT_OF(families) == TEXT_FACE_COUNT && COUNT_OF(weights) == TEXT_WEIGHT_COUNT,
		       "a family a face, a weight a weight");
	c->pango = pango_cairo_create_context(c->cr);
	/* Unhinted and unrounded, so that lines break alike on paper, in pictures and in measurements. */
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(c->pango, options);
	cairo_font_options_destroy(options);
	pango_context_set_round_glyph_positions(c->pango, FALSE);
	/* Not the locale's: another locale must not choose other fallback fonts. */
	pango_context_set_language(c->pango, pango_language_from_string("uk"));
	for (int face = 0; face < TEXT_FACE_COUNT; face++) {
		for (int weight = 0; weight < TEXT_WEIGHT_COUNT; weight++) {
			c->fonts[face][weight] = pango_font_description_new();
			pango_font_description_set_family_static(c->fonts[face][weight], families[face]);
			pango_font_description_set_weight(c->fonts[face][weight], weights[weight]);
		}
	}
}

static bool drawn_well(struct canvas *c, struct err *err) {
	cairo_status_t status = cairo_status(c->cr);
	if (status == CAIRO_STATUS_SUCCESS) {
		status = cairo_surface_status(c->surface);
	}
	return status == CAIRO_STATUS_SUCCESS || err_set(err, ERR_SYSTEM, "cannot draw the page: %s", cairo_status_to_string(status));
}

/* Without any, pango draws boxes and says nothing. */
static bool has_fonts(const struct canvas *c) {
	PangoLayout *layout = pango_layout_new(c->pango);
	pango_layout_set_text(layout, "Aя1", -1);
	int unknown = pango_layout_get_unknown_glyphs_count(layout);
	g_object_unref(layout);
	return unknown == 0;
}

const char *canvas_format_name(enum canvas_format format) {
	static const char *const names[] = {"pdf", "png", "svg"};
	_Static_assert(COUNT_OF(names) == CANVAS_FORMAT_COUNT, "every format has its name");
	return names[format];
}

bool canvas_open(const struct canvas_options *options, struct canvas **out, struct err *err) {
	double dpi = options->dpi > 0 ? options->dpi : 300;
	double longer = fmax(options->width, options->height);
	if (!(options->width > 0 && options->height > 0 && longer <= SIDE_MAX)) {
		return err_set(err, ERR_USAGE, "a page of %g x %g mm cannot be made", options->width, options->height);
	}
	if (options->format == CANVAS_PNG &&
	    !(longer / 25.4 * dpi <= PIXELS_MAX && fmin(options->width, options->height) / 25.4 * dpi >= 1)) {
		return err_set(err, ERR_USAGE, "%g dpi cannot be made of a page of %g x %g mm", dpi, options->width, options->height);
	}
	struct canvas *c = xcalloc(1, sizeof *c);
	c->options = *options;
	c->options.dpi = dpi;
	make_surface(c);
	make_fonts(c);
	if (!has_fonts(c)) {
		canvas_close(c);
		return err_set(err, ERR_SYSTEM, "there are no fonts: install the packages fonts-inter and fonts-dejavu-core");
	}
	if (!drawn_well(c, err)) {
		canvas_close(c);
		return false;
	}
	*out = c;
	return true;
}

/* CRC-32 as PNG has it (ISO/IEC 15948, annex D). */
static uint32_t png_crc(const uint8_t *data, size_t n) {
	uint32_t crc = 0xFFFFFFFF;
	for (size_t i = 0; i < n; i++) {
		crc ^= data[i];
		for (int bit = 0; bit < 8; bit++) {
			crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
		}
	}
	return ~crc;
}

static void put_be32(uint8_t *at, uint32_t value) {
	for (int i = 0; i < 4; i++) {
		at[i] = (uint8_t)(value >> (24 - 8 * i));
	}
}

/* cairo does not say how large a pixel is, and then a label is printed at some other size: a pHYs chunk goes in behind IHDR
 * (ISO/IEC 15948, 11.3.5.3), which ends at byte 33. */
static void add_png_resolution(struct canvas *c) {
	enum { IHDR_END = 33, CHUNK = 21 };
	if (c->bytes.len < IHDR_END) {
		return;
	}
	uint8_t chunk[CHUNK] = {0, 0, 0, 9, 'p', 'H', 'Y', 's'};
	uint32_t per_metre = (uint32_t)lround(c->options.dpi / 0.0254);
	put_be32(chunk + 8, per_metre);
	put_be32(chunk + 12, per_metre);
	chunk[16] = 1; /* the unit is the metre */
	put_be32(chunk + 17, png_crc(chunk + 4, 13));
	strbuf_add(&c->bytes, chunk, CHUNK);
	memmove(c->bytes.data + IHDR_END + CHUNK, c->bytes.data + IHDR_END, c->bytes.len - IHDR_END - CHUNK);
	memcpy(c->bytes.data + IHDR_END, chunk, CHUNK);
}

static bool finish(struct canvas *c, struct err *err) {
	if (c->options.format == CANVAS_PNG) {
		cairo_surface_flush(c->surface);
		cairo_surface_write_to_png_stream(c->surface, take_bytes, c);
		add_png_resolution(c);
	} else {
		cairo_show_page(c->cr);
	}
	if (!drawn_well(c, err)) {
		return false;
	}
	cairo_surface_finish(c->surface);
	cairo_status_t status = cairo_surface_status(c->surface);
	return status == CAIRO_STATUS_SUCCESS || err_set(err, ERR_SYSTEM, "cannot finish the file: %s", cairo_status_to_string(status));
}

bool canvas_finish(struct canvas *c, const char *path, struct err *err) {
	return finish(c, err) ? file_write(path, c->bytes.data, c->bytes.len, err) : err_wrap(err, "%s", path);
}

bool canvas_bytes(struct canvas *c, struct strbuf *out, struct err *err) {
	if (!finish(c, err)) {
		return false;
	}
	strbuf_add(out, c->bytes.data, c->bytes.len);
	return true;
}

void canvas_turn(struct canvas *c) {
	c->turned = true;
	cairo_translate(c->cr, c->options.width, 0);
	cairo_rotate(c->cr, M_PI / 2);
	pango_cairo_update_context(c->cr, c->pango);
}

static void drop_cached(struct cached *slot) {
	free((char *)(uintptr_t)slot->spec.text);
	g_clear_object(&slot->layout);
	slot->spec.text = NULL;
}

void canvas_close(struct canvas *c) {
	if (c == NULL) {
		return;
	}
	for (size_t i = 0; i < CACHE_SLOTS; i++) {
		drop_cached(&c->cache[i]);
	}
	for (int i = 0; i < TEXT_FACE_COUNT * TEXT_WEIGHT_COUNT; i++) {
		pango_font_description_free(c->fonts[i / TEXT_WEIGHT_COUNT][i % TEXT_WEIGHT_COUNT]);
	}
	g_clear_object(&c->pango);
	cairo_destroy(c->cr);
	cairo_surface_destroy(c->surface);
	strbuf_fini(&c->bytes);
	free(c);
}

struct _cairo *canvas_cairo(struct canvas *c) {
	return c->cr;
}

void canvas_next_page(struct canvas *c) {
	cairo_show_page(c->cr);
	if (c->turned) { /* cairo keeps what was done to the page before */
		c->turned = false;
		cairo_rotate(c->cr, -M_PI / 2);
		cairo_translate(c->cr, -c->options.width, 0);
		pango_cairo_update_context(c->cr, c->pango);
	}
}

/* --- shapes --------------------------------------------------------------------------------------------------------------------- */

static void set_colour(struct canvas *c, uint32_t colour) {
	cairo_set_source_rgb(c->cr, (colour >> 16 & 0xFF) / 255.0, (colour >> 8 & 0xFF) / 255.0, (colour & 0xFF) / 255.0);
}

void canvas_fill_rect(struct canvas *c, struct mm_rect box, uint32_t colour) {
	set_colour(c, colour);
	cairo_rectangle(c->cr, box.x, box.y, box.w, box.h);
	cairo_fill(c->cr);
}

static void round_path(struct canvas *c, struct mm_rect box, double radius) {
	double r = fmin(radius, fmin(box.w, box.h) / 2);
	cairo_new_sub_path(c->cr);
	cairo_arc(c->cr, box.x + box.w - r, box.y + r, r, -M_PI / 2, 0);
	cairo_arc(c->cr, box.x + box.w - r, box.y + box.h - r, r, 0, M_PI / 2);
	cairo_arc(c->cr, box.x + r, box.y + box.h - r, r, M_PI / 2, M_PI);
	cairo_arc(c->cr, box.x + r, box.y + r, r, M_PI, 3 * M_PI / 2);
	cairo_close_path(c->cr);
}

void canvas_fill_round(struct canvas *c, struct mm_rect box, double radius, uint32_t colour) {
	set_colour(c, colour);
	round_path(c, box, radius);
	cairo_fill(c->cr);
}

void canvas_frame_round(struct canvas *c, struct mm_rect box, double radius, struct stroke stroke) {
	double half = stroke.width / 2;
	set_colour(c, stroke.colour);
	cairo_set_line_width(c->cr, stroke.width);
	round_path(c, (struct mm_rect){box.x + half, box.y + half, box.w - stroke.width, box.h - stroke.width}, radius - half);
	cairo_stroke(c->cr);
}

void canvas_line(struct canvas *c, struct mm_point from, struct mm_point to, struct stroke stroke) {
	set_colour(c, stroke.colour);
	cairo_set_line_width(c->cr, stroke.width);
	cairo_set_line_cap(c->cr, CAIRO_LINE_CAP_BUTT);
	cairo_move_to(c->cr, from.x, from.y);
	cairo_line_to(c->cr, to.x, to.y);
	cairo_stroke(c->cr);
}

void canvas_polyline(struct canvas *c, struct polyline line, struct stroke stroke) {
	if (line.count == 0) {
		return;
	}
	set_colour(c, stroke.colour);
	cairo_set_line_width(c->cr, stroke.width);
	cairo_set_line_cap(c->cr, CAIRO_LINE_CAP_ROUND);
	cairo_set_line_join(c->cr, CAIRO_LINE_JOIN_ROUND);
	cairo_move_to(c->cr, line.points[0].x, line.points[0].y);
	for (size_t i = line.count > 1 ? 1 : 0; i < line.count; i++) {
		cairo_line_to(c->cr, line.points[i].x, line.points[i].y);
	}
	cairo_stroke(c->cr);
}

/* The rectangle of dark modules that begins at (x, y): as long as it goes to the right, then down while the whole row is dark and
 * not yet in another. Its modules are taken out of `left`. */
static struct mm_rect take_rectangle(const struct qr_matrix *qr, uint8_t *left, int x, int y) {
	int side = qr->side, w = 0, h = 1;
	while (x + w < side && left[y * side + x + w] != 0) {
		w++;
	}
	while (y + h < side && memchr(left + (y + h) * side + x, 0, (size_t)w) == NULL) {
		h++;
	}
	for (int row = y; row < y + h; row++) {
		memset(left + row * side + x, 0, (size_t)w);
	}
	return (struct mm_rect){x, y, w, h};
}

void canvas_qr(struct canvas *c, const struct qr_matrix *qr, struct mm_rect box, uint32_t colour) {
	uint8_t left[QR_SIDE_MAX * QR_SIDE_MAX];
	memcpy(left, qr->dark, (size_t)qr->side * (size_t)qr->side);
	double module = box.w / qr->side;
	for (int y = 0; y < qr->side; y++) {
		for (int x = 0; x < qr->side; x++) {
			if (left[y * qr->side + x] != 0) {
				struct mm_rect r = take_rectangle(qr, left, x, y);
				cairo_rectangle(c->cr, box.x + r.x * module, box.y + r.y * module, r.w * module, r.h * module);
			}
		}
	}
	set_colour(c, colour);
	/* In pixels every edge goes to the nearest one: grey edges cost label printers and readers more than half a pixel does. */
	cairo_set_antialias(c->cr, c->options.format == CANVAS_PNG ? CAIRO_ANTIALIAS_NONE : CAIRO_ANTIALIAS_DEFAULT);
	cairo_fill(c->cr);
	cairo_set_antialias(c->cr, CAIRO_ANTIALIAS_DEFAULT);
}

/* --- text ----------------------------------------------------------------------------------------------------------------------- */

static double leading_of(const struct text_spec *spec) { return spec->leading > 0 ? spec->leading : INTER_ASCENT + INTER_DESCENT; }

static double line_width(PangoLayoutLine *line) {
	PangoRectangle logical;
	pango_layout_line_get_extents(line, NULL, &logical);
	return logical.width / (double)PANGO_SCALE;
}

/* Sets the slot's text in that size; true when it fits the room. */
static bool set_text(struct canvas *c, struct cached *slot, double size, PangoWrapMode wrap) {
	const struct text_spec *spec = &slot->spec;
	PangoFontDescription *font = c->fonts[spec->face][spec->weight];
	pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
	pango_layout_set_font_description(slot->layout, font);
	pango_layout_set_wrap(slot->layout, wrap);
	pango_layout_set_width(slot->layout, spec->width > 0 ? (int)(spec->width * PANGO_SCALE) : -1);
	PangoAttrList *attributes = pango_attr_list_new();
	pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
	if (fabs(spec->tracking) > 0) {
		pango_attr_list_insert(attributes, pango_attr_letter_spacing_new((int)lround(spec->tracking * size * PANGO_SCALE)));
	}
	pango_layout_set_attributes(slot->layout, attributes);
	pango_attr_list_unref(attributes);
	struct text_size *out = &slot->size;
	*out = (struct text_size){.size = size};
	for (GSList *at = pango_layout_get_lines_readonly(slot->layout); at != NULL; at = at->next) {
		out->lines++;
		out->width = fmax(out->width, line_width(at->data));
	}
	out->height = out->lines * size * leading_of(spec);
	return (spec->max_lines <= 0 || out->lines <= spec->max_lines) && (spec->width <= 0 || out->width <= spec->width + SLACK) &&
	       (spec->height <= 0 || out->height <= spec->height + SLACK);
}

static void fit_text(struct canvas *c, struct cached *slot) {
	double large = slot->spec.size_max;
	double small = slot->spec.size_min > 0 ? slot->spec.size_min : large;
	if (set_text(c, slot, large, PANGO_WRAP_WORD)) {
		return;
	}
	if (set_text(c, slot, small, PANGO_WRAP_WORD)) {
		/* Halving: `fits` always fits, `large` never does. The slot's layout holds the last try, so what fits is set once more at
		 * the end. */
		double fits = small;
		for (int i = 0; i < SIZE_STEPS && large - fits > 0.02; i++) {
			double middle = (large + fits) / 2;
			if (set_text(c, slot, middle, PANGO_WRAP_WORD)) {
				fits = middle;
			} else {
				large = middle;
			}
		}
		set_text(c, slot, fits, PANGO_WRAP_WORD);
		return;
	}
	/* Not even the smallest size fits by words: words may be broken anywhere, and then it shrinks below the minimum until it fits. */
	for (double size = small; !set_text(c, slot, size, PANGO_WRAP_WORD_CHAR) && size > 0.05; size *= 0.9) {
	}
}

static uint64_t mix(uint64_t hash, uint64_t value) { return (hash ^ value) * 0x100000001B3; } /* FNV-1a, by words */

/* Chooses the slot only; what is in it is compared in full (same_numbers and the text). Each slot holds the last text that came to it. */
static uint64_t hash_of(const struct text_spec *spec) {
	uint64_t hash = 0xCBF29CE484222325;
	for (const char *c = spec->text; *c != '\0'; c++) {
		hash = mix(hash, (unsigned char)*c);
	}
	const double numbers[] = {spec->size_max, spec->size_min, spec->width, spec->height};
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		hash = mix(hash, (uint64_t)llround(numbers[i] * 1000));
	}
	return hash;
}

static bool same_numbers(const struct text_spec *a, const struct text_spec *b) {
	return a->size_max == b->size_max && a->size_min == b->size_min && a->width == b->width && a->height == b->height &&
	       a->leading == b->leading && a->tracking == b->tracking && a->face == b->face && a->weight == b->weight &&
	       a->max_lines == b->max_lines;
}

/* Pango says of a box which character it stands for. */
static void note_unknown(PangoLayout *layout, const char *text, struct unknown_texts *list) {
	PangoLayoutIter *at = pango_layout_get_iter(layout);
	do {
		PangoLayoutRun *run = pango_layout_iter_get_run_readonly(at);
		for (int i = 0; run != NULL && i < run->glyphs->num_glyphs; i++) {
			PangoGlyph glyph = run->glyphs->glyphs[i].glyph;
			if (glyph != PANGO_GLYPH_INVALID_INPUT && (glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0) {
				unknown_character(list, glyph & ~(PangoGlyph)PANGO_GLYPH_UNKNOWN_FLAG);
			}
		}
	} while (pango_layout_iter_next_run(at));
	pango_layout_iter_free(at);
	unknown_add(list, text);
}

/* The text as set, from the cache or anew. Alignment is no part of it. */
static struct cached *text_set(struct canvas *c, const struct text_spec *spec) {
	uint64_t hash = hash_of(spec);
	struct cached *slot = &c->cache[(hash ^ hash >> 32) & (CACHE_SLOTS - 1)];
	if (slot->spec.text != NULL && str_eq(slot->spec.text, spec->text) && same_numbers(&slot->spec, spec)) {
		return slot;
	}
	free((char *)(uintptr_t)slot->spec.text);
	slot->spec = *spec;
	slot->spec.text = xstrdup(spec->text);
	if (slot->layout == NULL) {
		slot->layout = pango_layout_new(c->pango);
		pango_layout_set_auto_dir(slot->layout, TRUE);
	}
	pango_layout_set_text(slot->layout, spec->text, -1);
	fit_text(c, slot);
	if (c->options.unknown != NULL && pango_layout_get_unknown_glyphs_count(slot->layout) > 0) {
		note_unknown(slot->layout, spec->text, c->options.unknown);
	}
	return slot;
}

struct text_size canvas_text_size(struct canvas *c, const struct text_spec *spec) {
	return str_empty(spec->text) ? (struct text_size){0} : text_set(c, spec)->size;
}

struct text_size canvas_text(struct canvas *c, const struct text_spec *spec, struct mm_point at, uint32_t colour) {
	if (str_empty(spec->text)) {
		return (struct text_size){0};
	}
	struct cached *slot = text_set(c, spec);
	set_colour(c, colour);
	double em = slot->size.size;
	double pitch = em * leading_of(spec);
	/* The baseline stands where CSS would have it: half of what the leading adds goes above the line. */
	double y = at.y + (pitch - em * (INTER_ASCENT + INTER_DESCENT)) / 2 + em * INTER_ASCENT;
	double room = spec->width > 0 ? spec->width : slot->size.width;
	for (GSList *line = pango_layout_get_lines_readonly(slot->layout); line != NULL; line = line->next) {
		double spare = spec->align == TEXT_LEFT ? 0 : room - line_width(line->data);
		cairo_move_to(c->cr, at.x + (spec->align == TEXT_CENTRE ? spare / 2 : spare), y);
		pango_cairo_show_layout_line(c->cr, line->data);
		y += pitch;
	}
	return slot->size;
}
