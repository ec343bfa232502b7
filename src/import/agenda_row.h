/* A row of an agenda's table while it is read: what stands in it by what its columns mean, and how faults in it are told. */
#ifndef TURNOUT_IMPORT_AGENDA_ROW_H
#define TURNOUT_IMPORT_AGENDA_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/tz.h"
#include "event/agenda.h"
#include "import/agenda_columns.h"
#include "import/agenda_dates.h"
#include "import/agenda_report.h"
#include "import/agenda_zone.h"
#include "import/fault.h"
#include "import/table.h"

struct agenda_row {
	const struct table *t;
	const struct tz *zone; /* the event's */
	const struct agenda_options *opt;
	struct agenda *out;
	struct agenda_columns cols;
	struct agenda_dates dates; /* the day that holds for rows which name none goes down the table */
	struct agenda_zones zones; /* that the table names */
	size_t row;
	const char *value[TO_COUNT]; /* of this row; "" for none */
	size_t column[TO_COUNT];     /* that gave it, from 1 */
	char *speakers;              /* several columns in one */
};

/* Frees what is the row's own; table, zone and options are the caller's. */
void agenda_row_fini(struct agenda_row *r);

/* Collects the values of the row r->row: of several columns for one field the first that is not empty; speakers all. */
void agenda_row_collect(struct agenda_row *r);

/* The row cannot be taken: because of a cell, or as it is. False. */
bool agenda_row_fail_cell(const struct agenda_row *r, int target, enum fault_kind kind, struct err *err);
bool agenda_row_fail(const struct agenda_row *r, enum fault_kind kind, struct err *err);
/* A cell that cannot be understood, and that the row can do without: agenda_do_without. */
bool agenda_row_without(const struct agenda_row *r, int target, enum fault_kind kind, struct err *err) TURNOUT_MUST_CHECK;

#endif
