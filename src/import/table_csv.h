/* Comma separated values: RFC 4180, and what programs really write.
 *
 * The delimiter is , ; or tab: named by a first line "sep=;" (Excel's way), else the one that cuts the first lines most evenly. Lines
 * end with CRLF, LF or CR. A quote at the start of a field opens it; doubled quotes, delimiters and line ends may stand inside; a quote
 * elsewhere is taken as it is. Text between a closing quote and the next delimiter is appended as it is. ="00456" and '00123 are their
 * digits. */
#ifndef TURNOUT_IMPORT_TABLE_CSV_H
#define TURNOUT_IMPORT_TABLE_CSV_H

#include <stdbool.h>

#include "base/err.h"
#include "import/table.h"

/* Cuts t->text (valid UTF-8), in place, into rows; sets t->delimiter. ERR_INPUT names line and column (of the table, from 1): an
 * unterminated quote at its opening, caps. */
bool table_csv_parse(struct table *t, bool lines, struct err *err) TURNOUT_MUST_CHECK;

#endif
