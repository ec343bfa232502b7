/* A table from texts to 64-bit numbers, open addressing. Keys are copied, and stay where they are as long as the table. For hundreds of thousands of entries in one import. */
#ifndef TURNOUT_BASE_MAPSTR_H
#define TURNOUT_BASE_MAPSTR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mapstr_slot;
struct mapstr_block;

struct mapstr { /* a zeroed struct is an empty table */
	struct mapstr_slot *slots;
	size_t count, cap;
	struct {
		struct mapstr_block *items;
		size_t count, cap;
	} blocks; /* of the keys */
};

void mapstr_fini(struct mapstr *map);
/* The place of the key's value, made (0) when it was not there. Good until the next call that makes one. */
int64_t *mapstr_place(struct mapstr *map, const char *key, bool *made);
/* The place of the key's value, or NULL. */
int64_t *mapstr_find(const struct mapstr *map, const char *key);

/* Walks over the keys in no order: start with *cursor 0; NULL at the end. */
const char *mapstr_next(const struct mapstr *map, size_t *cursor);

#endif
