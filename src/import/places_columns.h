/* Which columns of a table say region, district, community and settlement, and what their empty cells mean. */
#ifndef TURNOUT_IMPORT_PLACES_COLUMNS_H
#define TURNOUT_IMPORT_PLACES_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "import/column_map.h"
#include "import/table.h"

struct places_options {       /* a zeroed struct is the default */
	const char *encoding; /* of a CSV file; NULL finds it out */
	const char *sheet;    /* of a workbook; NULL: the first that holds anything */
	const struct column_map *maps;
	size_t map_count;
};

enum place_level { PLACE_REGION, PLACE_DISTRICT, PLACE_COMMUNITY, PLACE_SETTLEMENT, PLACE_COUNT };

#define NO_COLUMN ((size_t)-1)

struct places_columns {
	size_t header;              /* the row that has them */
	size_t column[PLACE_COUNT]; /* NO_COLUMN */
	/* An empty cell means the same as above. Sheets that people read are made so, by merged cells or by leaving them empty: a name stands once, at the
	 * head of its rows. It is one where no name stands in two rows that follow each other, and a quarter of the cells at least are empty, or a column
	 * further out is made so: a sheet that repeats its names says with an empty cell that there is nothing, and so does one where a cell is empty here and
	 * there. */
	bool carried[PLACE_COUNT];
};

bool places_columns_find(const struct table *t, const struct places_options *opt, struct places_columns *out,
			 struct err *err) TURNOUT_MUST_CHECK;

#endif
