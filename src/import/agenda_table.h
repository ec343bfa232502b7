/* An agenda in a table: CSV or XLSX, one row a session, columns matched by their headers in Ukrainian, Russian or English.
 *
 * Needed are a title and a start. The start may stand in one column with the date, or date and time in two; "10:00-11:30" names the end
 * too. A date left empty is that of the row above, a row of nothing but a day's title ("День 2, 15 травня") names that of those below it, and
 * of an event of one day it is that day. An end before the start is on the next day, unless it has a date of its own; 24:00 is the midnight
 * after. Without an end there is the duration, else the end of a later last day, else AGENDA_DEFAULT_MINUTES. Rows for whole days (Google
 * Calendar's "All Day Event") are passed over, and so is the header where it stands again. Which time zone a time is in says
 * import/agenda_when.h, how many may come import/seats_text.h; a row is left out only when it does not say what or when, anything else that is not
 * understood is told and done without. How dates and times may be written says
 * import/time_text.h, how a column of them is read import/agenda_dates.h. */
#ifndef TURNOUT_IMPORT_AGENDA_TABLE_H
#define TURNOUT_IMPORT_AGENDA_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/tz.h"
#include "event/agenda.h"
#include "import/agenda_report.h"
#include "import/table.h"

/* Adds the table's sessions to `out`, which the caller frees, also on failure; agenda_finish is the caller's. A row that cannot be taken goes
 * into the report, or without one refuses the whole, with line and column. */
bool agenda_from_table(const struct table *t, const struct tz *zone, const struct agenda_options *opt, struct agenda *out,
		       struct err *err) TURNOUT_MUST_CHECK;

#endif
