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
	const char *source; /* whose import brought it: each has lists of its own, also of the same district. NULL is "" */
	int part;           /* from 0, where a district needs several lists */
};
#define PLACE_LIST_MAX 40000 /* bytes of `places`: a record has room for so much */
/* Puts a district's places in the place of those that it had, inside a transaction; one that is the same as before changes nothing. */
bool places_put(struct store *store, const struct place_list *list, struct err *err) TURNOUT_MUST_CHECK;

struct places_replaced {
	size_t changed, unchanged, removed; /* lists; new ones are changed */
};
/* All of a source's lists in the place of those that it had, inside a transaction; other sources' stay. `dry_run`: only counts, and a store opened for reading
 * will do. The lists' own `source` does not matter. */
bool places_replace(struct store *store, const char *source, const struct place_list *lists, size_t n, bool dry_run,
		    struct places_replaced *out, struct err *err) TURNOUT_MUST_CHECK;

/* Stops when `each` fails; the texts are good until it returns. In the order of the districts' ids, then as the import had them. */
typedef bool place_each_fn(void *context, const struct place *place, struct err *err);
bool places_each(struct store *store, place_each_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

#endif
