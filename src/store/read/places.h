/* Places that people may come from, as an import brought them (store/view/place.h). */
#ifndef TURNOUT_STORE_READ_PLACES_H
#define TURNOUT_STORE_READ_PLACES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct store;

struct place { /* NULL-free: "" where it has none */
	const char *region, *district, *community, *settlement;
};

struct place_list {
	const char *region, *district; /* "" */
	const char *places; /* a line each: a community, and where there is one, a tab and a settlement; "" takes the list away */
};
#define PLACE_LIST_MAX 40000 /* bytes of `places`: a record has room for so much */
/* Puts a district's places in the place of those that it had, inside a transaction; one that is the same as before changes nothing. `part`: from 0, where a district needs
 * several lists. */
bool places_put(struct store *store, const struct place_list *list, int part, struct err *err) TURNOUT_MUST_CHECK;

/* Stops when `each` fails; the texts are good until it returns. In the order of the districts' ids, then as the import had them. */
typedef bool place_each_fn(void *context, const struct place *place, struct err *err);
bool places_each(struct store *store, place_each_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

#endif
