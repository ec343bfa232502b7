/* Memory for many small texts that live and die together: one bump pointer through big blocks, freed at once. */
#ifndef TURNOUT_IMPORT_ARENA_H
#define TURNOUT_IMPORT_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena { /* a zeroed struct is an empty arena */
	struct arena_block *blocks;
	char *at;
	size_t left;
	size_t total; /* bytes handed out */
};

void arena_fini(struct arena *arena);
/* n bytes, not aligned, not set; owned by the arena. */
char *arena_bytes(struct arena *arena, size_t n) __attribute__((returns_nonnull));
/* A NUL-terminated copy of n bytes. */
char *arena_text(struct arena *arena, const char *text, size_t n) __attribute__((returns_nonnull));

#endif
