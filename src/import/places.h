/* Places from a file, for the pickers of a form: a table with columns for region, district, community and settlement, under the headers that people give them
 * in Ukrainian, Russian and English; or Ukraine's official list of them (import/places_katottg.h). */
#ifndef TURNOUT_IMPORT_PLACES_H
#define TURNOUT_IMPORT_PLACES_H

#include <stdbool.h>

#include "base/err.h"
#include "import/places_columns.h"
#include "import/places_list.h"

/* "-" is standard input. All of the file or an error that names the place: of a list that was taken by half nobody would see what it lacks. Rows that name no
 * place are in out->bad. `out` is filled on success only. */
bool places_read(const char *path, const struct places_options *opt, struct places *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
