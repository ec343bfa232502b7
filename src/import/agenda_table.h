/* An agenda in a table: CSV or XLSX, one row a session, columns matched by their headers in Ukrainian, Russian or English.
 *
 * Needed are a title and a start. The start may stand in one column with the date, or date and time in two; "10:00-11:30" names the end
 * too; a date left empty is that of the row above, and a row of nothing but a date names the day of those below it. An end before the
 * start is on the next day. Without an end there is the duration, else AGENDA_DEFAULT_MINUTES. How dates and times may be written says
 * import/time_text.h; RFC 3339 with an offset is taken too. */
#ifndef TURNOUT_IMPORT_AGENDA_TABLE_H
#define TURNOUT_IMPORT_AGENDA_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/tz.h"
#include "event/agenda.h"
#include "import/agenda_report.h"
#include "import/table.h"

/* Adds the table's sessions to `out`, which the caller frees, also on failure; agenda_finish is the caller's. A row that cannot be taken
 * refuses the whole, with line and column: a session that silently stayed away would be cancelled. `opt` may be NULL. */
bool agenda_from_table(const struct table *t, const struct tz *zone, const struct agenda_options *opt, struct agenda *out,
		       struct err *err) TURNOUT_MUST_CHECK;

#endif
