/* One row of a table of people as a person. */
#ifndef TURNOUT_IMPORT_PEOPLE_ROW_H
#define TURNOUT_IMPORT_PEOPLE_ROW_H

#include "base/mapstr.h"
#include "import/people_layout.h"
#include "import/people_list.h"
#include "import/table.h"

enum people_row_kind {
	PEOPLE_ROW_EMPTY,  /* nothing in it, or its number alone, or the headers again */
	PEOPLE_ROW_PERSON, /* `p` is filled */
	PEOPLE_ROW_PASSED, /* a line below a list that is no person; it is in people.passed */
	PEOPLE_ROW_BAD,    /* left out; it is in people.bad */
};

struct people_row_reader {
	const struct table *t;
	const struct people_layout *layout;
	struct people *out;        /* whose lists of faults are filled */
	struct mapstr codes, keys; /* whose they are (people_holder.h); for mapstr_fini */

	size_t row;
	int column[PEOPLE_TARGET_COUNT];        /* the column, from 1, that gave each value of this row; 0: none of the row's */
	const char *value[PEOPLE_TARGET_COUNT]; /* NULL: none */
	const char *key;                        /* of the key column; "" none, or it is another's */
};

/* Reads the row; `p` is zeroed before, and for person_fini afterwards, whatever the answer. */
enum people_row_kind people_row_read(struct people_row_reader *r, size_t row, struct person *p);

#endif
