/* A table from a CSV file or an Excel workbook (.xlsx).
 *
 * CSV: RFC 4180, and what programs really write (see table_csv.h). XLSX: ECMA-376 part 1 (see xlsx.h). Which of them it is, is told by
 * the content: a ZIP's magic or not. */
#ifndef TURNOUT_IMPORT_TABLE_READ_H
#define TURNOUT_IMPORT_TABLE_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "import/table.h"

#define TABLE_FILE_MAX ((size_t)512 << 20) /* bytes */

struct table_options {        /* a zeroed struct is the default */
	const char *encoding; /* of a CSV file; NULL finds it out */
	const char *sheet;    /* of a workbook; NULL takes the first visible one that holds cells, TABLE_SHEETS_ALL all that look like it */
	bool lines;           /* keep line ends inside cells */
	size_t rows_max;      /* refused while it is read when it has more; 0: TABLE_ROWS_MAX */
};

/* Reads the file; "-" is stdin. `opt` may be NULL. `out` is filled on success only. Errors (ERR_INPUT unless the system fails) read
 * "people.csv: line 12, column 4: …" or "people.xlsx: sheet "A", cell D12: …". */
bool table_read(const char *path, const struct table_options *opt, struct table *out, struct err *err) TURNOUT_MUST_CHECK;
/* The same for bytes in memory; errors name no file. */
bool table_parse(const struct strbuf *bytes, const struct table_options *opt, struct table *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
