/* Places as an import gathers them: a list for each district, cut into parts where a record has no room for all of it (store/read/places.h). */
#ifndef TURNOUT_IMPORT_PLACES_LIST_H
#define TURNOUT_IMPORT_PLACES_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mapstr.h"
#include "base/strbuf.h"
#include "import/fault.h"
#include "store/read/places.h"

#define PLACES_MAX 100000  /* rows of a file: three times a country's */
#define PLACE_NAME_MAX 120 /* characters of a region's, district's, community's or settlement's name: what a box suggests */

struct place_block {
	char *region, *district;
	struct strbuf places; /* lines, as in struct place_list */
	int part;
};

struct places { /* a zeroed struct is empty; for places_fini */
	struct {
		struct place_block *items;
		size_t count, cap;
	} blocks;
	size_t regions, districts, communities, settlements; /* that differ */
	bool official;                                       /* it is the state's list of all places (import/places_katottg.h) */
	struct strbuf carried;      /* headers of the columns whose empty cells mean the same as above (fault_add_name) */
	struct strbuf unused;       /* headers of the columns that mean nothing here (likewise) */
	struct fault_list bad;      /* rows that were left out */
	struct mapstr known;        /* private: what was counted already */
	struct mapstr districts_at; /* private: each district's last block */
};

void places_fini(struct places *places);
/* A place that is there already is not taken twice. Community or settlement must be there, and no text longer than PLACE_NAME_MAX characters. */
void places_add(struct places *places, const struct place *place);
/* The blocks as what the store takes; it borrows them. For free(). */
struct place_list *places_lists(const struct places *places);

#endif
