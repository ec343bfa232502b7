/* The people of a table, as import/people.h reads them. */
#ifndef TURNOUT_IMPORT_PEOPLE_LIST_H
#define TURNOUT_IMPORT_PEOPLE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "event/person.h"
#include "import/encoding.h"
#include "import/fault.h"

struct people_column {
	char *header;       /* as the file has it, or "Column N"; doubled ones with " (2)" */
	const char *target; /* "email", "family", …; NULL: an other column */
	bool second;        /* another column of that field comes first: what is not taken is kept like an other column's */
	bool unused;        /* neither: nothing of it is kept */
	bool id;            /* of a list of ours: says which person a row is; `unused` beyond that */
	bool sheet;         /* no column of the table: the name of each row's sheet */
};

/* A row of a list of ours (people_export.h): its cells as they stand; NULL where the list has no such column. */
struct people_cells {
	char *id; /* "" for somebody new */
	char *text[PERSON_FIELD_COUNT];
};

struct people {
	struct person *items;
	size_t *lines;              /* source line of each */
	char **keys;                /* value of the key column of each; NULL without options.key or where it is empty */
	struct people_cells *cells; /* of each; NULL where the table is no list of ours */
	size_t count, cap;
	struct fault_list bad;    /* rows that were left out */
	struct fault_list notes;  /* cells that were not understood, or not wholly */
	struct fault_list passed; /* what was passed over without harm: lines that are no people, columns of statuses */
	struct people_column *columns;
	size_t column_count;
	size_t header_line;
	char encoding[ENCODING_NAME_MAX];
	char delimiter; /* ',', ';', '\t'; 0 for a workbook */
	char *sheet;    /* of a workbook; else NULL; of several the first */
	size_t sheets;  /* how many were read; 0: it is no workbook */
	char *alike;    /* names of sheets with the same headers that were not read (fault_add_name); "" */
	size_t alike_count;
	char *unread; /* names of the other sheets; "" */
	char *file;   /* its base name, "standard input"; NULL for a table in memory */
};

#endif
