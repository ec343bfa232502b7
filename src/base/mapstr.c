#include "base/mapstr.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* 16 bytes: what is looked up again and again lies close together. */
struct mapstr_slot {
	uint32_t hash;
	uint32_t key; /* a reference to it; 0: the slot is empty */
	int64_t value;
};

/* Keys lie behind one another in blocks, since an allocation for each would take half as much again. A reference is 1 + the number of the block in the upper bits and
 * the place in it in the lower ones. */
#define PLACE_BITS 16
#define BLOCK_FIRST 1024
#define BLOCK_MOST (1 << PLACE_BITS)
#define BLOCKS_MAX ((size_t)(UINT32_MAX >> PLACE_BITS)) /* 4 GiB of keys */

struct mapstr_block {
	char *text;
	size_t len, cap;
};

void mapstr_fini(struct mapstr *map) {
	for (size_t i = 0; i < map->blocks.count; i++) {
		free(map->blocks.items[i].text);
	}
	free(map->blocks.items);
	free(map->slots);
	*map = (struct mapstr){0};
}

static const char *key_of(const struct mapstr *map, const struct mapstr_slot *slot) {
	uint32_t at = slot->key - 1;
	return map->blocks.items[at >> PLACE_BITS].text + (at & (BLOCK_MOST - 1));
}

/* Room for n bytes. A key that fills a block has one to itself. */
static struct mapstr_block *block_for(struct mapstr *map, size_t n) {
	struct mapstr_block *last = map->blocks.count > 0 ? &map->blocks.items[map->blocks.count - 1] : NULL;
	if (last != NULL && last->cap - last->len >= n) {
		return last;
	}
	size_t cap = last == NULL ? BLOCK_FIRST : last->cap < BLOCK_MOST / 2 ? 2 * last->cap : BLOCK_MOST;
	cap = n > cap ? n : cap;
	if (map->blocks.count == BLOCKS_MAX) {
		alloc_failed();
	}
	ARRAY_GROW(&map->blocks, items);
	struct mapstr_block *block = &map->blocks.items[map->blocks.count++];
	*block = (struct mapstr_block){.text = xmalloc(cap), .cap = cap};
	return block;
}

static uint32_t keep(struct mapstr *map, const char *key) {
	size_t n = strlen(key) + 1;
	struct mapstr_block *block = block_for(map, n);
	size_t at = block->len;
	memcpy(block->text + at, key, n);
	block->len += n;
	return (uint32_t)((map->blocks.count - 1) << PLACE_BITS | at) + 1;
}

/* FNV-1a, 64 bits (draft-eastlake-fnv), with a final mix because the table's size is a power of two. */
static uint32_t hash_of(const char *key) {
	uint64_t h = UINT64_C(14695981039346656037);
	for (; *key != '\0'; key++) {
		h = (h ^ (unsigned char)*key) * UINT64_C(1099511628211);
	}
	return (uint32_t)(h ^ (h >> 29));
}

static struct mapstr_slot *probe(const struct mapstr *map, const char *key, uint32_t hash) {
	size_t at = (size_t)hash & (map->cap - 1);
	while (map->slots[at].key != 0 && (map->slots[at].hash != hash || strcmp(key_of(map, &map->slots[at]), key) != 0)) {
		at = (at + 1) & (map->cap - 1);
	}
	return &map->slots[at];
}

/* All keys differ: the first empty slot is the one, and no key is looked at. */
static void grow(struct mapstr *map) {
	struct mapstr_slot *old = map->slots;
	size_t old_cap = map->cap;
	map->cap = old_cap ? old_cap * 2 : 64;
	map->slots = xcalloc(map->cap, sizeof *map->slots);
	for (size_t i = 0; i < old_cap; i++) {
		size_t at = (size_t)old[i].hash & (map->cap - 1);
		while (old[i].key != 0 && map->slots[at].key != 0) {
			at = (at + 1) & (map->cap - 1);
		}
		if (old[i].key != 0) {
			map->slots[at] = old[i];
		}
	}
	free(old);
}

int64_t *mapstr_place(struct mapstr *map, const char *key, bool *made) {
	/* At most three quarters full, so that probing always meets an empty slot. Growing moves the values: pointers to them are void
	 * then. */
	if (map->count * 4 >= map->cap * 3) {
		grow(map);
	}
	uint32_t hash = hash_of(key);
	struct mapstr_slot *slot = probe(map, key, hash);
	*made = slot->key == 0;
	if (*made) {
		*slot = (struct mapstr_slot){.key = keep(map, key), .hash = hash};
		map->count++;
	}
	return &slot->value;
}

int64_t *mapstr_find(const struct mapstr *map, const char *key) {
	if (map->cap == 0) {
		return NULL;
	}
	struct mapstr_slot *slot = probe(map, key, hash_of(key));
	return slot->key != 0 ? &slot->value : NULL;
}

const char *mapstr_next(const struct mapstr *map, size_t *cursor) {
	while (*cursor < map->cap) {
		const struct mapstr_slot *slot = &map->slots[(*cursor)++];
		if (slot->key != 0) {
			return key_of(map, slot);
		}
	}
	return NULL;
}
