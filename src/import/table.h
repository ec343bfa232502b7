/* A table of texts from a CSV file or an Excel workbook (.xlsx): rows of cells, and where in the source each row stood.
 *
 * CSV: RFC 4180, and what programs really write (see table_csv.h). XLSX: ECMA-376 part 1 (see xlsx.h). Which of them it is, is told by
 * the content: a ZIP's magic or not. Cells are utf8_clean()ed; rows whose cells are all empty are left out; empty cells at the end of a
 * row are not kept. */
#ifndef TURNOUT_IMPORT_TABLE_H
#define TURNOUT_IMPORT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "import/arena.h"
#include "import/encoding.h"

#define TABLE_FILE_MAX ((size_t)512 << 20) /* bytes */
#define TABLE_ROWS_MAX 2000000
#define TABLE_COLUMNS_MAX 500
#define TABLE_CELLS_MAX 40000000 /* non-empty rows' cells in all: bounds the memory of a file of bare delimiters */
#define TABLE_CELL_MAX 32767     /* characters of one cell: Excel's own limit */

struct table_row {
	size_t first;   /* index of its first cell in `cells` */
	uint32_t count; /* cells up to the last that is not empty; >= 1 */
	uint32_t line;  /* CSV: physical line where the row starts, from 1; XLSX: row number */
};

struct table {
	struct table_row *rows; /* row 0 is the first that holds anything: the header, usually */
	size_t count, cap;
	const char **cells; /* never NULL inside */
	size_t cell_count, cell_cap;
	char encoding[ENCODING_NAME_MAX]; /* "UTF-8" for XLSX */
	char delimiter;                   /* ',', ';' or '\t'; 0 for XLSX */
	char *sheet;                      /* XLSX: its name; else NULL */
	struct strbuf text;               /* most CSV cells point into it */
	struct arena arena;               /* the others into this */
};

struct table_options {        /* a zeroed struct is the default */
	const char *encoding; /* of a CSV file; NULL finds it out */
	const char *sheet;    /* of a workbook; NULL takes the first visible one */
	bool lines;           /* keep line ends inside cells */
};

/* Reads the file; "-" is stdin. `opt` may be NULL. `out` is filled on success only. Errors (ERR_INPUT unless the system fails) read
 * "people.csv: line 12, column 4: …" or "people.xlsx: sheet "A", cell D12: …". */
bool table_read(const char *path, const struct table_options *opt, struct table *out, struct err *err) TURNOUT_MUST_CHECK;
/* The same for bytes in memory; errors name no file. */
bool table_parse(const struct strbuf *bytes, const struct table_options *opt, struct table *out, struct err *err) TURNOUT_MUST_CHECK;
void table_fini(struct table *t);

/* "" beyond the row's end. Owned by the table. */
const char *table_cell(const struct table *t, size_t row, size_t column);

/* For the readers. Begins a row; then cells are pushed; a row that stays empty is taken back by the end. */
bool table_begin_row(struct table *t, size_t line, struct err *err) TURNOUT_MUST_CHECK;
void table_push(struct table *t, const char *cell); /* the text must live as long as the table */
void table_end_row(struct table *t);
/* The NUL-terminated cell of n bytes brought into clean form: in place where that fits, else in the arena. False when it is longer
 * than TABLE_CELL_MAX (`err` untouched: the reader knows the place). */
bool table_clean(struct table *t, char *cell, size_t n, bool lines, const char **out) TURNOUT_MUST_CHECK;

#endif
