/* Labels of the event's people for a label printer (paper/printer.h): what stands on one, as a page of just the medium that the printer has, and sending it. */
#ifndef TURNOUT_OFFICE_LABEL_PRINT_H
#define TURNOUT_OFFICE_LABEL_PRINT_H

#include <stdbool.h>

#include "badge/name_label.h"
#include "base/err.h"
#include "office/label_page.h"
#include "words/words.h"

struct store;

/* What a label says; texts are owned. A zeroed one is empty. */
struct label_text {
	char *name, *organisation, *community, *category, *code, *mark;
	bool framed;
};
void label_text_fini(struct label_text *text);

/* Somebody's, by their id: with the code of a badge that is good. *found: false, and nothing else: the roster has nobody of that id any more. */
bool label_text_read(struct store *store, const char *person, struct label_text *out, bool *found, struct err *err) TURNOUT_MUST_CHECK;
/* The event's first language; English where there is none, and of no event (NULL). */
struct tongue label_tongue(struct store *store, const struct words *words);
/* That it is printed again, in the event's first language, where the event wants that to be read on it (the setting label_again). */
void label_text_mark(struct store *store, const struct words *words, struct label_text *text);
/* The one to try a printer with: a frame around what it can print, a code, and its size. */
void label_text_test(struct store *store, const struct words *words, enum label_size size, struct label_text *out);

/* Where it comes to lie by what the printer has. False: nothing that is in it fits. */
bool label_print_place(const struct label_text *text, enum label_size size, const struct printer_state *state, struct label_place *out,
		       struct err *err) TURNOUT_MUST_CHECK;
/* The same for what is so long; of cut labels its length is theirs. */
bool label_print_fit(enum label_size size, double length, const struct printer_state *state, struct label_place *out,
		     struct err *err) TURNOUT_MUST_CHECK;
/* As it comes out of the printer, in so many dots an inch; for raster_fini. */
bool label_print_picture(const struct label_text *text, const struct label_place *place, int dpi, struct raster *out,
			 struct err *err) TURNOUT_MUST_CHECK;

/* ERR_REFUSED with *trouble PRINTER_NO_FORMAT or PRINTER_WRONG_MEDIA. */
bool label_page_make(const struct label_text *text, enum label_size size, const struct printer_state *state, struct label_page *out,
		     enum printer_trouble *trouble, struct err *err) TURNOUT_MUST_CHECK;

/* The whole of it, for who can wait: looks at the printer, gives it the label, and returns when it is out. ERR_BUSY: it did not come out within a minute,
 * and was taken back. */
struct label_printer {
	struct printer printer;
	enum label_size size;
};
bool label_print_wait(const struct label_printer *printer, const struct label_text *text, struct err *err) TURNOUT_MUST_CHECK;

/* What is loaded, in words: "62 mm tape", or several with commas. Appends; nothing where the printer does not say. */
void label_print_loaded(const struct printer_state *state, struct strbuf *out);

#endif
