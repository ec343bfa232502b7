/* Which column of an agenda's table means what: headers in Ukrainian, Russian and English, told by the caller, or none of ours.
 *
 * A header may name one thing in several ways, "Назва доповіді / сесії", "Зала (Room)", "Speaker or host"; the first that is known counts.
 * A column of modules or blocks is the title where no other one is, else the track. */
#ifndef TURNOUT_IMPORT_AGENDA_COLUMNS_H
#define TURNOUT_IMPORT_AGENDA_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "event/agenda.h"
#include "import/agenda_alias.h"
#include "import/agenda_report.h"
#include "import/table.h"

struct agenda_columns {
	int target[TABLE_COLUMNS_MAX];
	size_t header;   /* its row */
	size_t unheaded; /* as table_unheaded says; nothing is taken of such columns */
	size_t width;
};

/* Finds the header, which stands in the first 50 rows, and fills `out`; --map names start, end, date, end_date, room, id, capacity, duration,
 * status, all_day, timezone beside the fields of a session. Headers that mean nothing go into the report. A column of dates that has times as
 * well ("Start Date": 2026-05-14T07:00Z) is a start. ERR_INPUT: there is no title or no start, or a mapped column is not there; ERR_USAGE: a map names no field. */
bool agenda_columns_find(const struct table *t, const struct agenda_options *opt, struct agenda_columns *out,
			 struct err *err) TURNOUT_MUST_CHECK;

#endif
