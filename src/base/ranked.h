/* Short lists that keep the best of what comes, the best first. */
#ifndef TURNOUT_BASE_RANKED_H
#define TURNOUT_BASE_RANKED_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct ranked {
	void *items;
	int *count;
	int most;                                     /* items there is room for */
	size_t size;                                  /* bytes of one */
	bool (*before)(const void *a, const void *b); /* a stands before b; equal ones stay in the order in which they came */
};

/* Puts a copy of the item in its place; the last one makes room, and what would come after all of a full list is not put. Inline: for lists that thousands
 * of items pass by. */
static inline void ranked_put(const struct ranked *r, const void *item) {
	char *items = r->items;
	int at = *r->count;
	while (at > 0 && r->before(item, items + (size_t)(at - 1) * r->size)) {
		at--;
	}
	if (at >= r->most) {
		return;
	}
	int kept = *r->count < r->most ? *r->count : r->most - 1;
	memmove(items + (size_t)(at + 1) * r->size, items + (size_t)at * r->size, (size_t)(kept - at) * r->size);
	memcpy(items + (size_t)at * r->size, item, r->size);
	*r->count = kept + 1;
}

static inline void ranked_drop(const struct ranked *r, int at) {
	char *items = r->items;
	--*r->count;
	memmove(items + (size_t)at * r->size, items + (size_t)(at + 1) * r->size, (size_t)(*r->count - at) * r->size);
}

#endif
