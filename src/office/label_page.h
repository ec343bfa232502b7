/* Pages for a label printer: whatever is drawn on them, in the printer's own dots or as PDF, and giving them to it. */
#ifndef TURNOUT_OFFICE_LABEL_PAGE_H
#define TURNOUT_OFFICE_LABEL_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "paper/label_media.h"
#include "paper/picture.h"
#include "paper/printer.h"

/* What is drawn: page after page, each of place->page_w x page_h. */
struct label_art {
	const char *title; /* of the job, for everybody to be seen: no name */
	const void *what;  /* the caller's, for draw */
	bool (*draw)(const void *what, struct canvas *c, const struct label_place *place, size_t page, struct err *err);
	size_t pages;
	struct utc_ms created; /* of a PDF */
};

/* As a page comes out of the printer, in so many dots an inch; for raster_fini. */
bool label_art_picture(const struct label_art *art, const struct label_place *place, size_t page, int dpi, struct raster *out,
		       struct err *err) TURNOUT_MUST_CHECK;
/* All of them as PDF; appends. */
bool label_art_pdf(const struct label_art *art, const struct label_place *place, struct strbuf *out, struct err *err) TURNOUT_MUST_CHECK;

/* One job, as the printer takes it. */
struct label_page {
	const char *format, *title; /* literals */
	struct strbuf bytes;
	struct label_medium medium;
	size_t pages;
};
/* ERR_REFUSED with *trouble PRINTER_NO_FORMAT. For label_page_fini, also when it fails. */
bool label_page_of(const struct label_art *art, const struct label_place *place, const struct printer_state *state, struct label_page *out,
		   enum printer_trouble *trouble, struct err *err) TURNOUT_MUST_CHECK;
void label_page_fini(struct label_page *page);
/* So much longer than a label it may take, in ms. */
int label_page_patience_ms(const struct label_page *page);

/* Gives it to the printer; *job is its number there. */
bool label_page_send(const struct printer *printer, const struct label_page *page, int *job, enum printer_trouble *trouble,
		     struct err *err) TURNOUT_MUST_CHECK;
/* And returns when it is out. ERR_BUSY: it did not come out within a minute, and was taken back. */
bool label_page_wait(const struct printer *printer, const struct label_page *page, struct err *err) TURNOUT_MUST_CHECK;
/* ERR_REFUSED: it can print nothing now, and why. */
bool label_printer_ready(const struct printer *printer, struct printer_state *state, struct err *err) TURNOUT_MUST_CHECK;

#endif
