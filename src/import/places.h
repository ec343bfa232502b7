/* Places from a file, for the pickers of a form: a table with columns for region, district, community and settlement, under the headers that people give them
 * in Ukrainian, Russian and English; or Ukraine's official list of them (import/places_katottg.h). */
#ifndef TURNOUT_IMPORT_PLACES_H
#define TURNOUT_IMPORT_PLACES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "import/column_map.h"
#include "import/places_list.h"

struct places_options {       /* a zeroed struct is the default */
	const char *encoding; /* of a CSV file; NULL finds it out */
	const char *sheet;    /* of a workbook; NULL: the first that holds anything */
	const struct column_map *maps;
	size_t map_count;
};

/* "-" is standard input. All of the file or an error that names the place: of a list that was taken by half nobody would see what it lacks. Rows that name no
 * place are in out->bad. `out` is filled on success only. */
bool places_read(const char *path, const struct places_options *opt, struct places *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
