/* Pictures from SVG (librsvg) and PNG files, for a canvas or as pixels. */
#ifndef TURNOUT_PAPER_PICTURE_H
#define TURNOUT_PAPER_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "paper/canvas.h"

struct picture;

#define PICTURE_ASPECT_MAX 100 /* of an SVG: the longer side over the shorter */

/* The kind is taken from the content. Files up to 8 MiB, PNGs up to 8192 pixels a side; an SVG may not load other files, and not be packed. An SVG of a
 * stranger may take any time to be drawn: paper/logo.h tries it first. */
bool picture_open(const char *path, struct picture **out, struct err *err) TURNOUT_MUST_CHECK;
bool picture_read(const void *bytes, size_t n, struct picture **out, struct err *err) TURNOUT_MUST_CHECK;
void picture_close(struct picture *picture);          /* NULL is fine; canvases that drew it may outlive it */
double picture_aspect(const struct picture *picture); /* width over height */

/* By its first bytes: a PNG, of so many pixels; nothing of it is decoded. */
bool picture_is_png(const void *bytes, size_t n, uint32_t *width, uint32_t *height);

/* As large as the box allows, whole and undistorted; `hug` says where spare room goes. Returns where it was drawn. */
struct mm_rect picture_draw(const struct picture *picture, struct canvas *c, struct mm_rect box, enum text_align hug);

/* Pixels 0xAARRGGBB, premultiplied with their alpha. */
struct raster {
	int width, height; /* 0: none */
	uint32_t *pixels;  /* owned */
};
/* The picture as large as fits into that box, each side at least a pixel. ERR_SYSTEM without memory. */
bool picture_raster(const struct picture *picture, int width, int height, struct raster *out, struct err *err) TURNOUT_MUST_CHECK;
/* The same from pixels: each of the new ones is the mean of what it covers. */
bool raster_scale(const struct raster *from, int width, int height, struct raster *out, struct err *err) TURNOUT_MUST_CHECK;
/* What was drawn on a canvas for a PNG, white where nothing was. ERR_USAGE for another; ERR_SYSTEM without memory. */
bool raster_of_canvas(struct canvas *c, struct raster *out, struct err *err) TURNOUT_MUST_CHECK;
void raster_fini(struct raster *raster);
/* Appends it as a PNG file. */
bool raster_png(const struct raster *raster, struct strbuf *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
