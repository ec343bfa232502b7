/* The cells of one sheet, streamed: ECMA-376 part 1, 18.3 (worksheets) and 18.4 (shared strings). */
#ifndef TURNOUT_IMPORT_XLSX_SHEET_H
#define TURNOUT_IMPORT_XLSX_SHEET_H

#include <stdbool.h>

#include "base/err.h"
#include "import/table.h"
#include "import/xlsx_book.h"
#include "import/xlsx_package.h"

struct xlsx_texts { /* those that cells refer to by number */
	const char **items;
	size_t count, cap;
	bool read;
};

struct xlsx_reading {
	struct xlsx_package *package;
	const struct xlsx_book *book;
	bool lines;          /* keep line ends inside cells */
	size_t rows_max;     /* stop after so many rows; 0: read all */
	struct table *texts; /* in whose arena the texts lie: it has to outlive the tables whose cells refer to them */
	struct xlsx_texts shared;
};

/* Appends the sheet's rows to the table. Errors name the cell. A cell whose formula came to nothing (#N/A) is empty, and one of t->notes.
 * The texts are read by the first call; xlsx_reading_fini frees their list. */
bool xlsx_sheet_read(struct xlsx_reading *reading, const struct xlsx_sheet *sheet, struct table *t, struct err *err) TURNOUT_MUST_CHECK;
void xlsx_reading_fini(struct xlsx_reading *reading);

/* ECMA-376 part 1, 22.9.2.19 (ST_Xstring): _xHHHH_ is that UTF-16 code unit, so _x005F_ is a "_" that begins no such thing. In place;
 * returns the new length. What is no character (a lone half of a pair, zero) is dropped. */
size_t xlsx_unescape(char *text, size_t n);

/* A stored number as a person would write it: "1.0" is "1", "3.8050123E+11" is "380501230000"; 15 significant digits. Other text is
 * left as it is. */
void xlsx_number_text(const char *stored, char text[40]);

#endif
