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

/* Stops when `each` fails; the texts are good until it returns. In the order of the districts' ids, then as the import had them. */
typedef bool place_each_fn(void *context, const struct place *place, struct err *err);
bool places_each(struct store *store, place_each_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

#endif
