/* What the reader of an agenda is told beforehand, and what it tells beside the sessions. */
#ifndef TURNOUT_IMPORT_AGENDA_REPORT_H
#define TURNOUT_IMPORT_AGENDA_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "base/tz.h"
#include "event/agenda.h"
#include "import/column_map.h"
#include "import/fault.h"

struct agenda_report {           /* a zeroed struct is empty */
	struct fault_list bad;   /* entries that cannot be taken and were left out */
	struct fault_list cells; /* what cannot be understood in entries that were taken without it: a number of seats, an end, a zone */
	struct fault_list notes; /* what was decided where the source leaves it open */
	struct strbuf unused;    /* headers of a table's columns that mean nothing to us, as fault_add_name lists them */
};
void agenda_report_fini(struct agenda_report *report);
/* Whether there is anything in `bad` or `cells`. */
bool agenda_report_is_bad(const struct agenda_report *report);
/* Says the first of those (of entries left out, where there are any), and that because of them nothing was taken. There is one at least. False. */
bool agenda_refuse(const struct agenda_report *report, struct err *err);

struct agenda_options {                /* a zeroed struct is the default */
	const char *encoding, *sheet;  /* as in struct table_options */
	const struct column_map *maps; /* of a table: session_field_key(), or what agenda_columns.h has beyond */
	size_t map_count;
	bool month_first; /* of a table: in dates like 05/12/2026 that leave it open the month comes first */
	/* The event's dates as tz_days(), where it has any: rules without an end are opened for them, dates without a year lie in them, and
	 * when they are one day, it is that of rows that name none. */
	bool has_days;
	int64_t first_day, last_day;
	/* Where entries that cannot be taken are told and then left out, and cells that cannot be understood; NULL: the first of them refuses the
	 * whole. */
	struct agenda_report *report;
};

struct agenda_input { /* a file in memory */
	const char *bytes;
	size_t n;
	const struct tz *zone;            /* of times that name none */
	const struct agenda_options *opt; /* never NULL */
};

/* Where an entry is read: what it added after `count` goes when it cannot be taken. */
struct agenda_attempt {
	struct agenda *out;
	size_t count;
	struct err err; /* for the reader of the entry */
	struct fault fault;
};
void agenda_attempt_begin(struct agenda_attempt *attempt, struct agenda *out);
/* After the entry could not be taken: true when it was told and reading goes on; else `err` says it. Limits of the program always end it. */
bool agenda_attempt_failed(struct agenda_attempt *attempt, const struct agenda_options *opt, const struct fault_place *at,
			   struct err *err) TURNOUT_MUST_CHECK;

/* Something in an entry that cannot be understood, and that the entry can do without: true when it was told. */
bool agenda_do_without(const struct agenda_options *opt, const struct fault *cell, struct err *err) TURNOUT_MUST_CHECK;

/* Tells what was decided; nothing without a report. */
void agenda_note(const struct agenda_options *opt, const struct fault *note);

/* Whether a wall time is one of the two odd hours a year. */
enum agenda_hour { AGENDA_HOUR_PLAIN, AGENDA_HOUR_TWICE, AGENDA_HOUR_NEVER };
enum agenda_hour agenda_hour(const struct tz *zone, const struct civil *local);
/* Tells it when it is; `taken` is the wall time that it was taken for. */
void agenda_note_hour(const struct agenda_options *opt, enum agenda_hour hour, const struct civil *local, const struct civil *taken,
		      const struct fault_place *at);

#endif
