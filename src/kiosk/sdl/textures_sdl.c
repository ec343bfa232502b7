#include "kiosk/sdl/textures_sdl.h"

#include <stdlib.h>

#include "base/alloc.h"

struct texture_entry *textures_get(struct textures *cache, const char *name) {
	int64_t *place = mapstr_find(&cache->index, name);
	if (place == NULL) {
		return NULL;
	}
	/* Places are stored one too high: 0 is what a new entry of the index begins with. */
	struct texture_entry *e = &cache->items[*place - 1];
	e->frame = cache->frame;
	return e;
}

struct texture_entry *textures_put(struct textures *cache, const char *name, SDL_Texture *texture) {
	bool made;
	ARRAY_GROW(cache, items);
	struct texture_entry *e = &cache->items[cache->count++];
	*e = (struct texture_entry){.texture = texture, .name = xstrdup(name), .frame = cache->frame};
	SDL_QueryTexture(texture, NULL, NULL, &e->w, &e->h);
	cache->pixels += (size_t)e->w * (size_t)e->h;
	*mapstr_place(&cache->index, name, &made) = (int64_t)cache->count;
	return e;
}

static void drop(struct texture_entry *e) {
	if (e->texture != NULL) {
		SDL_DestroyTexture(e->texture);
	}
	free(e->name);
}

void textures_next_frame(struct textures *cache) {
	if (cache->pixels > TEXTURES_PIXELS_MAX) {
		/* Only what the last frame showed stays: that is likely shown again. */
		struct textures kept = {.frame = cache->frame};
		for (size_t i = 0; i < cache->count; i++) {
			struct texture_entry *e = &cache->items[i];
			if (e->frame == cache->frame) {
				struct texture_entry *moved = textures_put(&kept, e->name, e->texture);
				moved->w = e->w;
				moved->h = e->h;
				moved->left = e->left;
				moved->above = e->above;
				e->texture = NULL; /* its new owner has it */
			}
		}
		textures_fini(cache);
		*cache = kept;
	}
	cache->frame++;
}

void textures_fini(struct textures *cache) {
	for (size_t i = 0; i < cache->count; i++) {
		drop(&cache->items[i]);
	}
	free(cache->items);
	mapstr_fini(&cache->index);
	*cache = (struct textures){0};
}
