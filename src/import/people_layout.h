/* What the columns of a table of people mean, and which of its rows are people's. import/people_columns.h finds it out. */
#ifndef TURNOUT_IMPORT_PEOPLE_LAYOUT_H
#define TURNOUT_IMPORT_PEOPLE_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "import/people_alias.h"

#define PEOPLE_OTHER (-1)

struct people_layout {
	size_t header;     /* row of the header */
	size_t first, end; /* rows of people: first <= row < end */
	size_t unheaded;   /* as table_unheaded says */
	size_t width;
	int *target;       /* by column: what it means, or PEOPLE_OTHER */
	int *rank;         /* by column */
	bool *second;      /* by column: another one of its field comes first, so what is not taken of it is kept under its header */
	char **name;       /* by column: its header for display and for other columns */
	int key;           /* the key column, or -1 */
	int id;            /* the column of ids, where the table is a list of ours (people_export.h), or -1 */
	bool *statuses;    /* by column: of an other column, whose cells look like what a registration is */
	int sheet_field;   /* enum person_field, or -1 */
	bool registration; /* some column says something of it */
	bool applicants;   /* as in struct people_options */
	bool given_names;  /* the column of names holds given names alone: the rest stands in columns of their own */
};

#endif
