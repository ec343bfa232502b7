/* Finds the header row of a table of people and says what each of its columns means. */
#ifndef TURNOUT_IMPORT_PEOPLE_COLUMNS_H
#define TURNOUT_IMPORT_PEOPLE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "import/column_map.h"
#include "import/people_layout.h"
#include "import/table.h"

struct people_options {                /* a zeroed struct is the default */
	const char *encoding, *sheet;  /* as in struct table_options */
	const struct column_map *maps; /* say what columns mean; other columns then no longer mean that field */
	size_t map_count;
	const char *key;         /* header of the column that tells people apart; its values are in people.keys */
	bool applicants;         /* they have applied only: of whom the table says nothing, that is no confirmation */
	const char *sheet_field; /* a field that the name of a workbook's sheet fills where no cell does; NULL: none */
};

bool people_layout_find(const struct table *t, const struct people_options *opt, struct people_layout *out,
			struct err *err) TURNOUT_MUST_CHECK;
void people_layout_fini(struct people_layout *layout);

#endif
