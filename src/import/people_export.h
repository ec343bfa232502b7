/* Lists of people that Turnout itself wrote (report/list_people.h) and that come back, edited in a spreadsheet. Such a table has a column "id" with ids
 * of people and nothing else in it. Its headers mean what they say: the names of fields (event/person.h), "badge" (nothing to be taken), and
 * all others the organiser's own columns; one of those whose name would be taken for something else stands as "custom:NAME". */
#ifndef TURNOUT_IMPORT_PEOPLE_EXPORT_H
#define TURNOUT_IMPORT_PEOPLE_EXPORT_H

#include <stdbool.h>

#include "import/people_layout.h"
#include "import/people_list.h"
#include "import/table.h"

/* Whether the table below out->header is such a list; then its columns are described: target, rank, name, and the column of ids. */
bool people_export_find(const struct table *t, struct people_layout *out);

/* What the row's cells say, as they stand: an edited list is compared with what the roster has now, letter by letter. For people_fini. */
void people_export_keep(const struct table *t, const struct people_layout *layout, size_t row, struct people_cells *out);

/* Codes of Turnout's own badges, which a list shows where the person has one, are no other system's. */
bool people_export_is_badge(const char *code);

#endif
