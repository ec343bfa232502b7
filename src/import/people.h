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
#include "event/phone.h"
#include "import/fault.h"
#include "import/people_columns.h"
#include "import/people_list.h"
#include "import/table.h"

#define PEOPLE_MAX 1000000

/* Reads the file ("-": stdin). `opt` may be NULL. `out` is filled on success only; people_fini frees it. ERR_USAGE: a map names no field;
 * ERR_INPUT: no column with names, a mapped header that is not there, doubled maps, caps, and what table_read says; all name the file. */
bool people_read(const char *path, const struct people_options *opt, struct people *out, struct err *err) TURNOUT_MUST_CHECK;
/* The same from a table in memory. */
bool people_from_table(const struct table *t, const struct people_options *opt, struct people *out, struct err *err) TURNOUT_MUST_CHECK;
void people_fini(struct people *p);

#endif
