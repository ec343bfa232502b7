/* Excel workbooks (.xlsx): the ZIP package of Office Open XML (ECMA-376 part 1: SpreadsheetML; part 2: packages).
 *
 * Taken: shared, inline and formula strings, numbers (with the leading zeros that a format like "00000" shows), booleans, dates by their
 * number format (as "YYYY-MM-DD", "YYYY-MM-DD HH:MM" or "HH:MM"), both date systems, sparse rows and cells by their references. Formulas
 * are not computed: the value that Excel stored is taken; an error (#N/A) makes an empty cell and a note. Merged cells, comments and
 * pictures are not looked at. Part names with backslashes are good. Refused: more than XLSX_INFLATED_MAX bytes inflated in
 * all (xlsx_package.h), .ods and other ZIPs, and what xml.h refuses. */
#ifndef TURNOUT_IMPORT_XLSX_H
#define TURNOUT_IMPORT_XLSX_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "import/table.h"

/* Fills the zeroed table (the caller frees it, also on failure) from the workbook in memory. `sheet` NULL: the first visible one
 * that holds anything; TABLE_SHEETS_ALL: that one and all visible ones with the same headers, one after the other. ERR_NOT_FOUND for an unknown sheet, its message lists those there are; else ERR_INPUT, naming sheet and cell where there is one. */
bool xlsx_parse(const struct strbuf *bytes, const char *sheet, bool lines, struct table *t, struct err *err) TURNOUT_MUST_CHECK;

#endif
