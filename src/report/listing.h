/* Rows for people and for programs: the one place where lists become a table, CSV or JSON.
 *
 * table  aligned by display width; the widths are those of the first LISTING_SAMPLE rows, so that any number of rows streams
 * CSV    RFC 4180, UTF-8 without a byte order mark (with one on request, for Excel); a text cell that a spreadsheet would take for a
 *        formula (= + - @, tab, carriage return at its beginning) gets an apostrophe before it
 * JSON   an array of objects, one a line, streamed */
#ifndef TURNOUT_REPORT_LISTING_H
#define TURNOUT_REPORT_LISTING_H

#include <stdint.h>

#include "base/err.h"
#include "report/out.h"

#define LISTING_SAMPLE 500

enum listing_form { LISTING_TABLE = 1, LISTING_JSON = 2, LISTING_CSV = 4 };

struct column {
	const char *key;  /* the JSON member, the CSV header */
	const char *head; /* over the table's column; NULL: the key */
	unsigned forms;   /* in which forms it stands: LISTING_… or'ed; 0: all */
};

struct listing_options {
	enum listing_form form;
	const struct column *columns; /* must live as long as the listing */
	size_t count;
	bool bom;
};

struct listing;

struct listing *listing_open(struct out *out, const struct listing_options *options);

/* Every row puts every column once, in their order. */
void listing_text(struct listing *l, const char *text); /* NULL: null in JSON, else an empty cell */
void listing_int(struct listing *l, int64_t value);
void listing_bool(struct listing *l, bool value);                        /* yes and no in tables */
void listing_json(struct listing *l, const char *json);                  /* JSON that is already written; empty elsewhere */
void listing_none(struct listing *l);                                    /* left out of JSON; an empty cell elsewhere */
bool listing_row(struct listing *l, struct err *err) TURNOUT_MUST_CHECK; /* ends the row */

/* Writes what is left. listing_close frees, also after errors; NULL is fine. */
bool listing_finish(struct listing *l, struct err *err) TURNOUT_MUST_CHECK;
void listing_close(struct listing *l);

#endif
