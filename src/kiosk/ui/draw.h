/* A draw list: what is on the screen, as data. Views fill it, the renderer plays it, tests read it.
 *
 * Coordinates are pixels from the top left corner. Colours are 0xRRGGBB. */
#ifndef TURNOUT_KIOSK_UI_DRAW_H
#define TURNOUT_KIOSK_UI_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "paper/picture.h"

struct box {
	int x, y, w, h;
};

struct pixel {
	int x, y;
};

static inline bool box_holds(struct box box, struct pixel p) {
	return p.x >= box.x && p.y >= box.y && p.x < box.x + box.w && p.y < box.y + box.h;
}

enum face { FACE_TEXT, FACE_MEDIUM, FACE_BOLD, FACE_DISPLAY, FACE_COUNT };

#define STROKE_POINTS_MAX 32 /* of one stroke; a longer one is several, each of which begins where the one before ends */

enum draw_kind {
	DRAW_FILL,    /* box with corners of `radius` */
	DRAW_OUTLINE, /* line of `width` inside the box, corners of `radius` */
	DRAW_STROKE,  /* connected points, round ends and joins */
	DRAW_ARC,     /* part of the ring that fills the box (round ends); degrees clockwise from 12 o'clock */
	DRAW_POLYGON, /* filled, corners of `radius` */
	DRAW_TEXT,    /* one line; box.x, box.y is its top left corner, box.h its line height */
	DRAW_PREVIEW, /* the camera's picture, cut to the box; corners of `radius` in `colour` around it */
	DRAW_PICTURE, /* pixels, scaled to the box; its text is the picture's name */
	DRAW_ICON,    /* in one colour; its text is the icon's name (kiosk/ui/icon.h) */
	DRAW_MODULES, /* a QR code's, without its quiet zone: squares of `width`; its text has '1' for each dark one, '0' for a clear one, row by row */
	DRAW_TOUCH, /* nothing to see: a touch in the box is this action */
};

struct draw_command {
	enum draw_kind kind;
	struct box box; /* of strokes and polygons: what holds all their points */
	uint32_t colour;
	int radius, width;
	int from, to;                /* degrees of an arc */
	const struct raster *raster; /* of a picture: borrowed, good as long as what the list was made of */
	size_t first, count;         /* its points; or its text's bytes */
	enum face face;
	int size;   /* em of a text, pixels */
	int action; /* of a touch */
	int64_t argument;
	bool quiet; /* of a text that is for whoever reads it, not to be read aloud */
};

struct draw_list { /* a zeroed struct is an empty list */
	struct draw_command *items;
	size_t count, cap;
	struct {
		struct pixel *items;
		size_t count, cap;
	} points;
	struct strbuf texts; /* NUL behind each */
	uint32_t background;
	const void *owner; /* whoever drew it: what its actions mean is theirs to say */
	bool quiet;        /* what is drawn now is not to be read aloud */
};

void draw_fini(struct draw_list *list);
void draw_reset(struct draw_list *list); /* empties, keeps the memory */

void draw_fill(struct draw_list *list, struct box box, int radius, uint32_t colour);
void draw_outline(struct draw_list *list, struct box box, int radius, int width, uint32_t colour);
void draw_stroke(struct draw_list *list, const struct pixel *points, size_t count, int width, uint32_t colour);
struct arc {
	struct box box;
	int width;
	int from, to; /* degrees clockwise from 12 o'clock, from < to */
};
void draw_arc(struct draw_list *list, const struct arc *arc, uint32_t colour);
void draw_polygon(struct draw_list *list, const struct pixel *points, size_t count, int radius, uint32_t colour);
void draw_preview(struct draw_list *list, struct box box, int radius, uint32_t around);
/* One name is one picture, always: it is kept by it. */
void draw_picture(struct draw_list *list, struct box box, const char *name, const struct raster *raster);
void draw_icon(struct draw_list *list, struct box box, const char *name, uint32_t colour);
struct qr_matrix;
void draw_modules(struct draw_list *list, struct pixel at, const struct qr_matrix *qr, int width, uint32_t colour);
void draw_touch(struct draw_list *list, struct box box, int action, int64_t argument);

struct draw_line {
	enum face face;
	int size, height; /* em and line height, pixels */
	int width;        /* as measured, pixels */
	const char *text;
	size_t n;
};
void draw_text(struct draw_list *list, struct pixel at, const struct draw_line *line, uint32_t colour);

const char *draw_text_of(const struct draw_list *list, const struct draw_command *command);
const struct pixel *draw_points_of(const struct draw_list *list, const struct draw_command *command);

/* Everything in it lies so much farther to the right and down. */
void draw_move(struct draw_list *list, int x, int y);

bool draw_equal(const struct draw_list *a, const struct draw_list *b);

/* The topmost touch at a place, or NULL. */
const struct draw_command *draw_touch_at(const struct draw_list *list, struct pixel at);

/* The list as text, one command a line: what golden files hold. */
void draw_print(const struct draw_list *list, struct strbuf *out);

#endif
