#include "kiosk/sdl/turned.h"

#include "scan/image/turn.h"

struct turned turned_scene(int degrees, int w, int h) {
	struct turned scene = {.degrees = turn_degrees_valid(degrees) ? degrees : 0, .w = w, .h = h};
	turn_size(&(struct turn){.degrees = scene.degrees}, &scene.w, &scene.h);
	return scene;
}

struct box turned_box(const struct turned *t, struct box box) {
	struct turn_box out = turn_box(&(struct turn){.degrees = t->degrees}, t->w, t->h, (struct turn_box){box.x, box.y, box.w, box.h});
	return (struct box){out.x, out.y, out.w, out.h};
}

struct pixel turned_back(const struct turned *t, struct pixel at) {
	int w = t->w, h = t->h;
	turn_size(&(struct turn){.degrees = t->degrees}, &w, &h);
	struct turn_box out = turn_box(&(struct turn){.degrees = (360 - t->degrees) % 360}, w, h, (struct turn_box){at.x, at.y, 1, 1});
	return (struct pixel){out.x, out.y};
}

static const uint32_t *row_of(const SDL_Surface *surface, int y) {
	return (const uint32_t *)((const char *)surface->pixels + (ptrdiff_t)y * surface->pitch);
}

/* Each pixel of the new one is fetched from where it was: that is what turns it back. */
static void turn_pixels(const struct turned *t, const SDL_Surface *from, SDL_Surface *to) {
	for (int y = 0; y < to->h; y++) {
		uint32_t *row = (uint32_t *)((char *)to->pixels + (ptrdiff_t)y * to->pitch);
		for (int x = 0; x < to->w; x++) {
			switch (t->degrees) {
			case 90: row[x] = row_of(from, from->h - 1 - x)[y]; break;
			case 180: row[x] = row_of(from, from->h - 1 - y)[from->w - 1 - x]; break;
			default: row[x] = row_of(from, x)[from->w - 1 - y]; break;
			}
		}
	}
}

SDL_Surface *turned_surface(const struct turned *t, SDL_Surface *surface) {
	if (surface == NULL || t->degrees == 0) {
		return surface;
	}
	bool sideways = turned_sideways(t);
	int w = sideways ? surface->h : surface->w, h = sideways ? surface->w : surface->h;
	SDL_Surface *out = SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, surface->format->format);
	if (out != NULL) {
		turn_pixels(t, surface, out);
	}
	SDL_FreeSurface(surface);
	return out;
}
