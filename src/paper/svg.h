/* A logo from an SVG (librsvg) or PNG file, drawn into a box of a canvas. */
#ifndef TURNOUT_PAPER_SVG_H
#define TURNOUT_PAPER_SVG_H

#include <stdbool.h>

#include "base/err.h"
#include "paper/canvas.h"

struct svg;

/* The kind is taken from the content. Files up to 8 MiB, PNGs up to 8192 pixels a side; an SVG may not load other files. */
bool svg_open(const char *path, struct svg **out, struct err *err) TURNOUT_MUST_CHECK;
void svg_close(struct svg *svg); /* NULL is fine; canvases that drew it may outlive it */
/* As large as the box allows, whole and undistorted; `hug` says where spare room goes. Returns where it was drawn. */
struct mm_rect svg_draw(const struct svg *svg, struct canvas *c, struct mm_rect box, enum text_align hug);

#endif
