/* A paper surface, measured in millimetres from the page's top left corner, written as PDF, PNG or SVG (cairo, pango).
 *
 * Colours are 0xRRGGBB. Text is UTF-8 in the families Inter and Inter Display (Debian: fonts-inter), DejaVu Sans where they lack a
 * character; in a PDF it stays text. The same calls with the same `created` give the same bytes. */
#ifndef TURNOUT_PAPER_CANVAS_H
#define TURNOUT_PAPER_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "paper/qr.h"
#include "paper/unknown.h"

struct canvas;
struct _cairo; /* cairo's own name for cairo_t */

struct mm_rect {
	double x, y, w, h;
};

struct mm_point {
	double x, y;
};

enum canvas_format { CANVAS_PDF, CANVAS_PNG, CANVAS_SVG, CANVAS_FORMAT_COUNT };
/* "pdf", "png", "svg": what files of it end with. */
const char *canvas_format_name(enum canvas_format format);

struct canvas_options {
	enum canvas_format format;
	double width, height;          /* mm, at most 2000 */
	double dpi;                    /* of a PNG; 0: 300 */
	const char *title;             /* of a PDF; may be NULL */
	struct utc_ms created;         /* of a PDF */
	struct unknown_texts *unknown; /* takes the texts that no installed font draws whole: they are boxes; may be NULL */
};

/* Nothing is written before canvas_finish. A PNG or SVG has one page. ERR_USAGE for impossible sizes. */
bool canvas_open(const struct canvas_options *options, struct canvas **out, struct err *err) TURNOUT_MUST_CHECK;
/* Writes the file, whole or not at all ("-": stdout). The canvas can only be closed after it. */
bool canvas_finish(struct canvas *c, const char *path, struct err *err) TURNOUT_MUST_CHECK;
/* The same into memory: appends the file. */
bool canvas_bytes(struct canvas *c, struct strbuf *out, struct err *err) TURNOUT_MUST_CHECK;
void canvas_close(struct canvas *c); /* NULL is fine */

/* What is drawn on this page from now on lies across it: its top is the page's right side. */
void canvas_turn(struct canvas *c);

/* Ends the page of a PDF and begins the next. */
void canvas_next_page(struct canvas *c);

void canvas_fill_rect(struct canvas *c, struct mm_rect box, uint32_t colour);
void canvas_fill_round(struct canvas *c, struct mm_rect box, double radius, uint32_t colour);

struct stroke {
	double width;
	uint32_t colour;
};
/* The stroke lies inside the box. */
void canvas_frame_round(struct canvas *c, struct mm_rect box, double radius, struct stroke stroke);
void canvas_line(struct canvas *c, struct mm_point from, struct mm_point to, struct stroke stroke);

struct polyline {
	const struct mm_point *points;
	size_t count;
};
/* Connected points with round joins and ends, for drawn signatures. One point draws a dot. */
void canvas_polyline(struct canvas *c, struct polyline line, struct stroke stroke);

/* The modules fill the square box; the quiet zone is the caller's to leave. One path, so no seams show between modules. */
void canvas_qr(struct canvas *c, const struct qr_matrix *qr, struct mm_rect box, uint32_t colour);

enum text_face { TEXT_FACE_TEXT, TEXT_FACE_DISPLAY, TEXT_FACE_COUNT };
enum text_weight { TEXT_REGULAR, TEXT_MEDIUM, TEXT_SEMIBOLD, TEXT_BOLD, TEXT_WEIGHT_COUNT };
enum text_align { TEXT_LEFT, TEXT_CENTRE, TEXT_RIGHT };

/* A text and the room it has. The text is set in the largest size, between size_max and size_min, at which it fits without breaking a
 * word; then words are broken; then it becomes smaller than size_min. It is never cut and never leaves the room. */
struct text_spec {
	const char *text; /* \n begins a new line */
	enum text_face face;
	enum text_weight weight;
	enum text_align align;
	double size_max, size_min; /* of the em, mm; size_min 0: size_max */
	double width, height;      /* mm; 0: as much as it needs */
	int max_lines;             /* 0: any */
	double leading;            /* baseline to baseline over the em; 0: 1.21, Inter's own */
	double tracking;           /* extra space between characters over the em */
};

struct text_size {
	double width, height; /* of what is drawn: the longest line; lines * size * leading */
	double size;          /* the em that was chosen */
	int lines;
};

/* Both keep recent texts, so measuring and then drawing, or drawing one text on every badge, sets it once. An empty text has no size. */
struct text_size canvas_text_size(struct canvas *c, const struct text_spec *spec);
/* Draws with the top left corner of the room at (at.x, at.y); returns the size. */
struct text_size canvas_text(struct canvas *c, const struct text_spec *spec, struct mm_point at, uint32_t colour);

/* For the adapters in this folder: cairo's context, in millimetres. Owned by the canvas. */
struct _cairo *canvas_cairo(struct canvas *c);

#endif
