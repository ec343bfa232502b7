#include "import/arena.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define BLOCK_SIZE ((size_t)256 * 1024)

struct arena_block {
	struct arena_block *next;
	char data[];
};

void arena_fini(struct arena *arena) {
	for (struct arena_block *block = arena->blocks; block != NULL;) {
		struct arena_block *next = block->next;
		free(block);
		block = next;
	}
	*arena = (struct arena){0};
}

char *arena_bytes(struct arena *arena, size_t n) {
	arena->total += n;
	if (n > arena->left || arena->at == NULL) {
		size_t size = n > BLOCK_SIZE / 4 ? n : BLOCK_SIZE;
		struct arena_block *block = xmalloc(sizeof *block + size);
		block->next = arena->blocks;
		arena->blocks = block;
		if (size == n) {
			return block->data; /* a big one gets a block of its own, the current one stays in use */
		}
		arena->at = block->data;
		arena->left = size;
	}
	char *bytes = arena->at;
	arena->at += n;
	arena->left -= n;
	return bytes;
}

char *arena_text(struct arena *arena, const char *text, size_t n) {
	char *copy = arena_bytes(arena, n + 1);
	memcpy(copy, text, n);
	copy[n] = '\0';
	return copy;
}
