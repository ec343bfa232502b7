/* A table of texts: rows of cells, and where in the source each row stood (import/table_read.h reads one from a file).
 *
 * Cells are utf8_clean()ed; rows whose cells are all empty are left out; empty cells at the end of a row are not kept. */
#ifndef TURNOUT_IMPORT_TABLE_H
#define TURNOUT_IMPORT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "import/arena.h"
#include "import/encoding.h"
#include "import/fault.h"

#define TABLE_ROWS_MAX 2000000
#define TABLE_COLUMNS_MAX 500
#define TABLE_CELLS_MAX 40000000 /* non-empty rows' cells in all: bounds the memory of a file of bare delimiters */
#define TABLE_CELL_MAX 32767     /* characters of one cell: Excel's own limit */

struct table_row {
	size_t first;    /* index of its first cell in `cells` */
	uint32_t count;  /* cells up to the last that is not empty; >= 1 */
	uint32_t fields; /* CSV: cells that the file has in it, empty ones too; XLSX: 0 */
	uint32_t line;   /* CSV: physical line where the row starts, from 1; XLSX: row number */
};

#define TABLE_SHEETS_ALL "all" /* in place of a sheet's name */

struct table_part { /* the rows of one sheet */
	char *sheet;
	size_t first; /* its first row */
};

struct table {
	struct table_row *rows; /* row 0 is the first that holds anything: the header, usually */
	size_t count, cap;
	size_t rows_max;    /* that it may have; 0: TABLE_ROWS_MAX */
	const char **cells; /* never NULL inside */
	size_t cell_count, cell_cap;
	char encoding[ENCODING_NAME_MAX]; /* "UTF-8" for XLSX */
	char delimiter;                   /* ',', ';' or '\t'; 0 for XLSX */
	char *sheet;                      /* XLSX: its name; of several the first one's; else NULL */
	struct {
		struct table_part *items;
		size_t count, cap;
	} parts;             /* XLSX: one for each sheet that was read, in the rows' order */
	struct strbuf alike; /* XLSX: names of the sheets that were not read and have the same headers (fault_add_name) */
	size_t alike_count;
	struct strbuf unread;    /* XLSX: names of the others that were not read, hidden ones and charts among them */
	struct fault_list notes; /* cells that hold nothing that can be read and count as empty, with their places */
	struct strbuf text;      /* most CSV cells point into it */
	struct arena arena;      /* the others into this */
};

void table_fini(struct table *t);

/* "" beyond the row's end. Owned by the table. */
const char *table_cell(const struct table *t, size_t row, size_t column);
/* The rows say the same, cell by cell, and something; cells beyond a row's end are empty ones. */
bool table_same_row(const struct table *a, size_t row, const struct table *b, size_t other);

/* CSV whose rows before `end` have mostly (at least half of them, and more than one) the same number of cells, and more than the row of headers has:
 * the last columns have no header. That number; 0: it is not so. */
size_t table_unheaded(const struct table *t, size_t header, size_t end);
/* Then: the fault that tells it once for all of them, at the row of headers. */
struct fault table_wider(const struct table *t, size_t header);
/* A row of CSV with a cell where the row of headers has none, not even an empty one, and most rows have none either: in one before it stands a
 * separator that no quotation marks hold, so its cells are not those of their columns. The last cell; NULL: it is not so. */
const char *table_beyond(const struct table *t, size_t row, size_t header, size_t unheaded);

/* The sheet on which that row stands; NULL: there are none. */
const char *table_sheet(const struct table *t, size_t row);
/* How the place of a row is said: with its sheet where there are several. `column` from 1, or 0. */
struct fault_place table_place(const struct table *t, size_t row, size_t column);

/* For the readers. Rows of that sheet come from here on. */
void table_begin_part(struct table *t, const char *sheet);
/* Takes rows away that were read: those from `from` on and before `end`. */
void table_drop_rows(struct table *t, size_t from, size_t end);
/* Begins a row; then cells are pushed; a row that stays empty is taken back by the end. */
bool table_begin_row(struct table *t, size_t line, struct err *err) TURNOUT_MUST_CHECK;
void table_push(struct table *t, const char *cell); /* the text must live as long as the table */
void table_end_row(struct table *t);
/* The NUL-terminated cell of n bytes brought into clean form: in place where that fits, else in the arena. False when it is longer
 * than TABLE_CELL_MAX (`err` untouched: the reader knows the place). */
bool table_clean(struct table *t, char *cell, size_t n, bool lines, const char **out) TURNOUT_MUST_CHECK;

#endif
