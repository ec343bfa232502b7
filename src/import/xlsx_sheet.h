/* The cells of one sheet, streamed: ECMA-376 part 1, 18.3 (worksheets) and 18.4 (shared strings). */
#ifndef TURNOUT_IMPORT_XLSX_SHEET_H
#define TURNOUT_IMPORT_XLSX_SHEET_H

#include <stdbool.h>

#include "base/err.h"
#include "import/table.h"
#include "import/xlsx_book.h"
#include "import/xlsx_package.h"

/* Appends the sheet's rows to the table. Errors name the cell. */
bool xlsx_sheet_read(struct xlsx_package *package, const struct xlsx_book *book, bool lines, struct table *t,
		     struct err *err) TURNOUT_MUST_CHECK;

/* A stored number as a person would write it: "1.0" is "1", "3.8050123E+11" is "380501230000"; 15 significant digits. Other text is
 * left as it is. */
void xlsx_number_text(const char *stored, char text[40]);

#endif
