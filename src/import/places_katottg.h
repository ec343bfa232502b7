/* Ukraine's list of all its places as the ministry publishes it ("Кодифікатор адміністративно-територіальних одиниць та територій територіальних громад", КАТОТТГ):
 * a row for each unit, with the codes of all units that it belongs to in the columns "Перший рівень" … "Додатковий рівень", of which the last that is filled is its
 * own; a letter for its category; and its name, without a noun where that is an adjective.
 *
 * Names become what people say: "Рівненська область", "Рівненський район", "Зарічненська громада", "Зарічне". A city that is a region of its own ("Київ") is its own
 * community and settlement, too. Districts of cities are left out: people say their city. */
#ifndef TURNOUT_IMPORT_PLACES_KATOTTG_H
#define TURNOUT_IMPORT_PLACES_KATOTTG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "import/places_list.h"
#include "import/table.h"

#define KATOTTG_LEVELS 5
#define KATOTTG_SOURCE "КАТОТТГ" /* whose list it is, whatever the file is called: each edition takes the place of the one before */

struct katottg_columns {
	size_t header;
	size_t code[KATOTTG_LEVELS];
	size_t category, name;
};

/* The table is such a list. */
bool katottg_find(const struct table *t, struct katottg_columns *out);
/* Refuses a list in which a unit belongs to one that is not there: it is not whole. */
bool katottg_read(const struct table *t, const struct katottg_columns *columns, struct places *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
