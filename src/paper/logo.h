/* Whether a file is fit to be a logo: kept in the event file, shown by every box, printed everywhere, and looking the same each time. */
#ifndef TURNOUT_PAPER_LOGO_H
#define TURNOUT_PAPER_LOGO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define LOGO_BYTES_MAX 1048576
#define LOGO_PIXELS_MAX 4000000 /* of a PNG */
#define LOGO_ASPECT_MAX 20      /* the longer side over the shorter */
#define LOGO_DRAW_S_MAX 2       /* of processor time */

struct logo_look {
	double aspect; /* width over height */
	int pixels;    /* a PNG's width; 0: an SVG, as sharp as one likes */
	bool is_pale;  /* on white paper nothing, or next to nothing, of it is to be seen */
	bool has_text; /* an SVG's letters are drawn with whatever fonts there are */
};

/* ERR_INPUT says what is wrong and what helps: not a PNG or SVG, too large, broken, empty, dear to draw, or an SVG that needs what is not in it (other
 * files, fonts from the net, HTML). */
bool logo_check(const void *bytes, size_t n, struct logo_look *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
