/* A page as PWG raster (PWG 5102.4): what every driverless printer and every label printer's program takes, in its own dots. */
#ifndef TURNOUT_PAPER_PWG_H
#define TURNOUT_PAPER_PWG_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "paper/picture.h"

/* By their names in pwg-raster-document-type-supported: "black_1", "sgray_8", "black_8", "srgb_8". */
enum pwg_type { PWG_BLACK_1, PWG_SGRAY_8, PWG_BLACK_8, PWG_SRGB_8, PWG_TYPE_COUNT };
const char *pwg_type_name(enum pwg_type type);

struct pwg_page {
	enum pwg_type type;
	int dpi_x, dpi_y;
	int page_w, page_h; /* points of 1/72 inch */
	const char *medium; /* its name; "" */
};

/* Appends one page; the first, in an empty buffer, with what begins a file before it. The pixels are opaque; what is printed in black only is black below half of white. */
void pwg_write(const struct pwg_page *page, const struct raster *raster, struct strbuf *out);

#endif
