/* What an SVG needs that is not in it. Nothing is ever loaded from outside (paper/picture.h); so whatever asks for it would be drawn with a hole, and the
 * reader is told before that.
 *
 * It is looked at as text, not as a tree: a document type may hold anything, an editor's own elements too, and what is looked for are attributes. */
#ifndef TURNOUT_PAPER_SVG_NEEDS_H
#define TURNOUT_PAPER_SVG_NEEDS_H

#include <stdbool.h>
#include <stddef.h>

#define SVG_NEED_MAX 80

struct svg_needs {
	char outside[SVG_NEED_MAX]; /* the first reference to something else; "": none */
	bool html;                  /* <foreignObject>: text that only browsers show */
	bool script;
	bool text; /* <text>: letters that a font is needed for */
	int line;  /* of the first of what is outside, html and script, from 1 */
};

/* A NUL stands behind the n bytes. */
void svg_needs_find(const char *bytes, size_t n, struct svg_needs *out);

#endif
