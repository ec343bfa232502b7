/* Tables of people: which column is which field, and the rows as persons.
 *
 * Headers are matched by people_alias.h, or named by the caller. The header row need not be the first: titles, Zoom's preamble and the
 * sections of its webinar report (of which "Attendee Details" is taken) are passed over. Columns that mean nothing known are kept under
 * their own header. Where several columns mean one field, the first of the highest rank that is not empty counts.
 *
 * A row that cannot be taken (no name, a wrong e-mail address, a value too long) is left out and listed in `bad`; rows without any value
 * are passed over silently. */
#ifndef TURNOUT_IMPORT_PEOPLE_H
#define TURNOUT_IMPORT_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "event/person.h"
#include "import/fault.h"
#include "import/people_columns.h"
#include "import/table.h"

#define PEOPLE_MAX 1000000
#define PEOPLE_PHONE_MAX 32

struct people_column {
	char *header;       /* as the file has it, or "Column N"; doubled ones with " (2)" */
	const char *target; /* "email", "family", …; NULL: an other column */
};

struct people {
	struct person *items;
	size_t *lines; /* source line of each */
	char **keys;   /* value of the key column of each; NULL without options.key or where it is empty */
	size_t count, cap;
	struct fault_list bad; /* rows that were left out */
	struct people_column *columns;
	size_t column_count;
	size_t header_line;
	char encoding[ENCODING_NAME_MAX];
	char delimiter; /* ',', ';', '\t'; 0 for a workbook */
	char *sheet;    /* of a workbook; else NULL */
	char *file;     /* its base name, "standard input"; NULL for a table in memory */
};

/* Reads the file ("-": stdin). `opt` may be NULL. `out` is filled on success only; people_fini frees it. ERR_USAGE: a map names no field;
 * ERR_INPUT: no column with names, a mapped header that is not there, doubled maps, caps, and what table_read says; all name the file. */
bool people_read(const char *path, const struct people_options *opt, struct people *out, struct err *err) TURNOUT_MUST_CHECK;
/* The same from a table in memory. */
bool people_from_table(const struct table *t, const struct people_options *opt, struct people *out, struct err *err) TURNOUT_MUST_CHECK;
void people_fini(struct people *p);

/* The digits of a phone number in one form for comparing: "+38 (050) 123-45-67", "050 123 45 67", "80501234567", "501234567" and
 * "00380501234567" all give "380501234567". Other numbers give their digits without a leading 00. "" when there are fewer than 5. */
void people_phone_digits(const char *phone, char digits[PEOPLE_PHONE_MAX]);

#endif
