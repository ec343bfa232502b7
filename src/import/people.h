/* Tables of people: which column is which field, and the rows as persons.
 *
 * Headers are matched by people_alias.h, or named by the caller. The header row need not be the first: titles, Zoom's preamble and the
 * sections of its webinar report (of which "Attendee Details" is taken) are passed over. Columns that mean nothing known are kept under
 * their own header. Where several columns mean one field, the first of the highest rank that is not empty counts, and what the others say is
 * kept under their headers. Columns that number the rows are not kept.
 *
 * A bad cell is a bad cell: what can be understood of it is taken, else it stays empty, and `notes` says so; the person is kept. A row is
 * left out, and listed in `bad`, only when nothing in it names anybody (a name, an e-mail address, a code) or when it is too long for a
 * record. Lines below a list that are no people ("Total: 40", "Список склала: …") are listed in `passed`; rows without any value and
 * headers that come again are passed over silently. */
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
	bool second;        /* another column of that field comes first: what is not taken is kept like an other column's */
	bool unused;        /* neither: nothing of it is kept */
};

struct people {
	struct person *items;
	size_t *lines; /* source line of each */
	char **keys;   /* value of the key column of each; NULL without options.key or where it is empty */
	size_t count, cap;
	struct fault_list bad;    /* rows that were left out */
	struct fault_list notes;  /* cells that were not understood, or not wholly */
	struct fault_list passed; /* lines that are no people */
	struct people_column *columns;
	size_t column_count;
	size_t header_line;
	char encoding[ENCODING_NAME_MAX];
	char delimiter; /* ',', ';', '\t'; 0 for a workbook */
	char *sheet;    /* of a workbook; else NULL; of several the first */
	size_t sheets;  /* how many were read; 0: it is no workbook */
	char *alike;    /* names of sheets with the same headers that were not read, in quotation marks; "" */
	size_t alike_count;
	char *unread; /* names of the other sheets; "" */
	char *file;   /* its base name, "standard input"; NULL for a table in memory */
};

/* Reads the file ("-": stdin). `opt` may be NULL. `out` is filled on success only; people_fini frees it. ERR_USAGE: a map names no field;
 * ERR_INPUT: no column with names, a mapped header that is not there, doubled maps, caps, and what table_read says; all name the file. */
bool people_read(const char *path, const struct people_options *opt, struct people *out, struct err *err) TURNOUT_MUST_CHECK;
/* The same from a table in memory. */
bool people_from_table(const struct table *t, const struct people_options *opt, struct people *out, struct err *err) TURNOUT_MUST_CHECK;
void people_fini(struct people *p);

/* The digits of a phone number in one form for comparing: "+38 (050) 123-45-67", "050 123 45 67", "80501234567", "501234567" and
 * "00380501234567" all give "380501234567". Other numbers give their digits without a leading 00. Of several numbers in one text the first.
 * "" when there are fewer than 5 digits. */
void people_phone_digits(const char *phone, char digits[PEOPLE_PHONE_MAX]);

#endif
