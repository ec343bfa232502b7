/* Slips for staff from the event file – the figures of a day, who is inside – and their pages, for a label printer (paper/printer.h) or as a file. In the event's first
 * language. */
#ifndef TURNOUT_OFFICE_SLIP_PRINT_H
#define TURNOUT_OFFICE_SLIP_PRINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "office/label_print.h"
#include "paper/slip.h"
#include "words/words.h"

struct store;

enum slip_what { SLIP_DAY, SLIP_INSIDE, SLIP_WHAT_COUNT };
extern const char *const slip_what_names[]; /* "day", "inside"; NULL ends them */

struct slip_wish {
	enum slip_what what;
	int64_t day;       /* of the event (event/event_day.h) */
	struct utc_ms now; /* printed on it */
};

/* Reads all of it from the file. Of those inside, by name, with a box to be ticked; whom only a badge's code names is counted below them. */
bool slip_read(struct store *store, const struct words *words, const struct slip_wish *wish, struct slip *out,
	       struct err *err) TURNOUT_MUST_CHECK;

/* As the printer takes it, all of it in one job. Errors as of label_page_make. */
bool slip_page_make(const struct slip *slip, enum label_size size, const struct printer_state *state, struct label_page *out,
		    enum printer_trouble *trouble, struct err *err) TURNOUT_MUST_CHECK;

/* As a PDF on sheets of A4: appends it. */
bool slip_sheets(const struct slip *slip, struct strbuf *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
