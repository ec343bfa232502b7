/* A screen whose picture is turned: it is laid out (the scene) as on a panel that hangs so, and every part of it is drawn turned, where it belongs on the
 * panel as it really is. No window system is asked, as on the kernel's mode setting there is none; and as textures are turned once, when they are made,
 * a turned picture costs no more than one that is not. */
#ifndef TURNOUT_KIOSK_SDL_TURNED_H
#define TURNOUT_KIOSK_SDL_TURNED_H

#include <SDL.h>

#include "kiosk/ui/draw.h"

struct turned {      /* a zeroed one turns nothing */
	int degrees; /* clockwise, that the picture is turned by: 0, 90, 180 or 270 */
	int w, h;    /* the scene's size, pixels */
};

/* The scene of a panel of w x h pixels. */
struct turned turned_scene(int degrees, int w, int h);
/* A box of the scene, or of a picture that is w x h before it is turned, as it lies on the panel. */
struct box turned_box(const struct turned *turned, struct box box);
/* A pixel of the panel, as one of the scene. */
struct pixel turned_back(const struct turned *turned, struct pixel at);
static inline bool turned_sideways(const struct turned *turned) { return turned->degrees == 90 || turned->degrees == 270; }

/* A picture of 32 bits a pixel, turned likewise. Takes the surface over (NULL is fine) and returns it, or a new one; NULL: no memory. */
SDL_Surface *turned_surface(const struct turned *turned, SDL_Surface *surface);

#endif
