/* Pictures that are drawn again and again (texts, shapes), kept as textures under a name and dropped when they take too much room. */
#ifndef TURNOUT_KIOSK_SDL_TEXTURES_SDL_H
#define TURNOUT_KIOSK_SDL_TEXTURES_SDL_H

#include <SDL.h>

#include "base/mapstr.h"

#define TEXTURES_PIXELS_MAX ((size_t)3 << 18) /* 3 MiB, several screens of text; what the present frame shows is kept in any case */

struct texture_entry {
	SDL_Texture *texture;
	char *name;
	int w, h;        /* the texture's; whoever draws it turned sets what it is before that */
	int left, above; /* what of it stands out of the box it is drawn for */
	uint64_t frame;  /* last drawn in */
};

struct textures { /* a zeroed struct is an empty cache */
	struct texture_entry *items;
	size_t count, cap;
	struct mapstr index; /* name -> position + 1 */
	size_t pixels;
	uint64_t frame;
};

/* The texture of that name, or NULL. */
struct texture_entry *textures_get(struct textures *cache, const char *name);
/* Takes the texture over. */
struct texture_entry *textures_put(struct textures *cache, const char *name, SDL_Texture *texture);
/* Begins a frame; drops what the last ones did not use when the cache is full. */
void textures_next_frame(struct textures *cache);
void textures_fini(struct textures *cache);

#endif
