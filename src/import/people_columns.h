/* Finds the header row of a table of people and says what each of its columns means. */
#ifndef TURNOUT_IMPORT_PEOPLE_COLUMNS_H
#define TURNOUT_IMPORT_PEOPLE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "import/people.h"
#include "import/people_alias.h"
#include "import/table.h"

#define PEOPLE_OTHER (-1)

struct people_layout {
	size_t header;     /* row of the header */
	size_t first, end; /* rows of people: first <= row < end */
	size_t width;
	int *target; /* by column: what it means, or PEOPLE_OTHER */
	int *rank;   /* by column */
	char **name; /* by column: its header for display and for other columns */
	int key;     /* the key column, or -1 */
};

bool people_layout_find(const struct table *t, const struct people_options *opt, struct people_layout *out,
			struct err *err) TURNOUT_MUST_CHECK;
void people_layout_fini(struct people_layout *layout);

#endif
