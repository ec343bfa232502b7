/* Finds the header row of a table of people and says what each of its columns means. */
#ifndef TURNOUT_IMPORT_PEOPLE_COLUMNS_H
#define TURNOUT_IMPORT_PEOPLE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "import/column_map.h"
#include "import/people_alias.h"
#include "import/table.h"

#define PEOPLE_OTHER (-1)

struct people_options {                /* a zeroed struct is the default */
	const char *encoding, *sheet;  /* as in struct table_options */
	const struct column_map *maps; /* say what columns mean; other columns then no longer mean that field */
	size_t map_count;
	const char *key;         /* header of the column that tells people apart; its values are in people.keys */
	const char *sheet_field; /* a field that the name of a workbook's sheet fills where no cell does; NULL: none */
};

struct people_layout {
	size_t header;     /* row of the header */
	size_t first, end; /* rows of people: first <= row < end */
	size_t width;
	int *target;       /* by column: what it means, or PEOPLE_OTHER */
	int *rank;         /* by column */
	bool *second;      /* by column: another one of its field comes first, so what is not taken of it is kept under its header */
	char **name;       /* by column: its header for display and for other columns */
	int key;           /* the key column, or -1 */
	int sheet_field;   /* enum person_field, or -1 */
	bool registration; /* some column says something of it */
	bool given_names;  /* the column of names holds given names alone: the rest stands in columns of their own */
};

bool people_layout_find(const struct table *t, const struct people_options *opt, struct people_layout *out,
			struct err *err) TURNOUT_MUST_CHECK;
void people_layout_fini(struct people_layout *layout);

#endif
