/* Excel workbooks (.xlsx): the ZIP package of Office Open XML (ECMA-376 part 1: SpreadsheetML; part 2: packages).
 *
 * Taken: shared, inline and formula strings, numbers, booleans, errors as their text, dates by their number format (as "YYYY-MM-DD",
 * "YYYY-MM-DD HH:MM" or "HH:MM"), both date systems, sparse rows and cells by their references. Formulas are not computed: the value that
 * Excel stored is taken. Merged cells, comments and pictures are not looked at. Refused: more than XLSX_INFLATED_MAX bytes inflated in
 * all, .ods and other ZIPs, and what xml.h refuses. */
#ifndef TURNOUT_IMPORT_XLSX_H
#define TURNOUT_IMPORT_XLSX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "import/table.h"
#include "import/xml.h"

#define XLSX_INFLATED_MAX ((int64_t)256 << 20)

/* Fills the zeroed table (the caller frees it, also on failure) from the workbook in memory. `sheet` NULL: the first visible one.
 * ERR_NOT_FOUND for an unknown sheet, its message lists those there are; else ERR_INPUT, naming sheet and cell where there is one. */
bool xlsx_parse(const struct strbuf *bytes, const char *sheet, bool lines, struct table *t, struct err *err) TURNOUT_MUST_CHECK;

/* The parts of the package, for xlsx_book.c and xlsx_sheet.c. */
struct xlsx_package;
bool xlsx_has_part(const struct xlsx_package *package, const char *name);
/* A whole part in memory, appended to `out`. */
bool xlsx_read_part(struct xlsx_package *package, const char *name, struct strbuf *out, struct err *err) TURNOUT_MUST_CHECK;
/* A part as XML events. */
bool xlsx_stream_part(struct xlsx_package *package, const char *name, const struct xml_handler *handler, void *context,
		      struct err *err) TURNOUT_MUST_CHECK;

#endif
