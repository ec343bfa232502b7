/* Badges on paper: PDF with all pages, or one PNG or SVG a page. */
#ifndef TURNOUT_BADGE_SHEET_H
#define TURNOUT_BADGE_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "badge/credit_print.h"
#include "badge/layout.h"
#include "badge/typeset.h"
#include "base/clock.h"
#include "base/err.h"
#include "paper/canvas.h"

struct badge_sheet_options {
	enum badge_layout layout;
	enum canvas_format format;
	double dpi;                                                 /* of a PNG; 0: 300 */
	const char *event_title;                                    /* may be NULL, as may the next two */
	const char *dates;                                          /* as they are to be read: "14–15 травня" */
	const char *logo;                                           /* path of an SVG or PNG */
	const struct credit_prints *credits;                        /* whom the event thanks; NULL: nobody */
	struct credit_left *credits_left;                           /* takes what of them has no room on these badges; may be NULL */
	struct utc_ms created;                                      /* goes into the PDF; the same input and time give the same bytes */
	void (*progress)(void *context, size_t done, size_t count); /* after every page; may be NULL */
	void *context;
	struct unknown_texts *unknown; /* takes the texts that are boxes on paper, as no font here draws them whole; may be NULL */
};

/* Writes the badges in their order. A PDF is one file; a PNG or SVG "x.png" is x.png for one page and x-001.png, x-002.png, … (four
 * digits from 1000 pages on) for several. ERR_USAGE without badges, ERR_INPUT for a code too long for a QR code or a wrong logo; a PDF is
 * written whole or not at all. */
bool sheet_write(const char *path, const struct badge *badges, size_t count, const struct badge_sheet_options *options,
		 struct err *err) TURNOUT_MUST_CHECK;

/* The file that a page (from 0) of several goes to; new memory for free(). */
char *sheet_page_path(const char *path, size_t page, size_t pages);

/* Where each text of a badge came to lie, for tests and previews; boxes in mm inside the badge, w = 0 where there is none. */
struct badge_measure {
	struct mm_rect part[BADGE_PART_COUNT];
	double em[BADGE_PART_COUNT]; /* the size of type */
	double others_max;           /* which the band's texts and the spoken code do not exceed either */
};
void sheet_measure(struct canvas *c, const struct badge *badge, const struct badge_layout_spec *spec, struct badge_measure *out);

#endif
