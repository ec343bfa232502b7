#include "base/mapstr.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct mapstr_slot {
	char *key;
	uint64_t hash;
	int64_t value;
};

void mapstr_fini(struct mapstr *map) {
	for (size_t i = 0; i < map->cap; i++) {
		free(map->slots[i].key);
	}
	free(map->slots);
	*map = (struct mapstr){0};
}

/* FNV-1a, 64 bits (draft-eastlake-fnv), with a final mix because the table's size is a power of two. */
static uint64_t hash_of(const char *key) {
	uint64_t h = UINT64_C(14695981039346656037);
	for (; *key != '\0'; key++) {
		h = (h ^ (unsigned char)*key) * UINT64_C(1099511628211);
	}
	return h ^ (h >> 29);
}

static struct mapstr_slot *probe(const struct mapstr *map, const char *key, uint64_t hash) {
	size_t at = (size_t)hash & (map->cap - 1);
	while (map->slots[at].key != NULL && (map->slots[at].hash != hash || strcmp(map->slots[at].key, key) != 0)) {
		at = (at + 1) & (map->cap - 1);
	}
	return &map->slots[at];
}

static void grow(struct mapstr *map) {
	struct mapstr old = *map;
	map->cap = old.cap ? old.cap * 2 : 64;
	map->slots = xcalloc(map->cap, sizeof *map->slots);
	for (size_t i = 0; i < old.cap; i++) {
		if (old.slots[i].key != NULL) {
			*probe(map, old.slots[i].key, old.slots[i].hash) = old.slots[i];
		}
	}
	free(old.slots);
}

int64_t *mapstr_place(struct mapstr *map, const char *key, bool *made) {
	/* At most three quarters full, so that probing always meets an empty slot. Growing moves the values: pointers to them are void
	 * then. */
	if (map->count * 4 >= map->cap * 3) {
		grow(map);
	}
	uint64_t hash = hash_of(key);
	struct mapstr_slot *slot = probe(map, key, hash);
	*made = slot->key == NULL;
	if (*made) {
		*slot = (struct mapstr_slot){.key = xstrdup(key), .hash = hash};
		map->count++;
	}
	return &slot->value;
}

int64_t *mapstr_find(const struct mapstr *map, const char *key) {
	if (map->cap == 0) {
		return NULL;
	}
	struct mapstr_slot *slot = probe(map, key, hash_of(key));
	return slot->key ? &slot->value : NULL;
}

const char *mapstr_next(const struct mapstr *map, size_t *cursor) {
	while (*cursor < map->cap) {
		const struct mapstr_slot *slot = &map->slots[(*cursor)++];
		if (slot->key != NULL) {
			return slot->key;
		}
	}
	return NULL;
}
