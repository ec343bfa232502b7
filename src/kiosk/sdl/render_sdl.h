/* The window, and draw lists played into it. One thread. */
#ifndef TURNOUT_KIOSK_SDL_RENDER_SDL_H
#define TURNOUT_KIOSK_SDL_RENDER_SDL_H

#include <stdint.h>

#include "base/err.h"
#include "kiosk/sdl/text_sdl.h"
#include "kiosk/ui/draw.h"

struct render_sdl;

struct render_options {
	const char *title;
	int width, height;     /* 0: the whole screen */
	struct text_sdl *text; /* must outlive it */
};

/* SDL's video must be started (input_sdl_open does). */
bool render_sdl_open(const struct render_options *options, struct render_sdl **out, struct err *err) TURNOUT_MUST_CHECK;
void render_sdl_close(struct render_sdl *render); /* NULL is fine */

/* The picture is turned by so many degrees clockwise (0, 90, 180, 270) from the next one on. Sizes and places below are those of the scene that is laid
 * out (kiosk/sdl/turned.h). False: it was so already. */
bool render_sdl_turn(struct render_sdl *render, int degrees);
/* So much of the light is left, per cent of 100: the picture is as if a veil lay over it. False: it was so already. */
bool render_sdl_dim(struct render_sdl *render, int percent);

void render_sdl_size(struct render_sdl *render, int *width, int *height);
/* Where a place of the window lies in the scene. */
struct pixel render_sdl_scene(struct render_sdl *render, struct pixel window);
/* The panel's diagonal in millimetres as the display says it; 0 when it says nothing believable. */
double render_sdl_panel_mm(struct render_sdl *render);

/* Brings a window that fills the screen back in front of whatever covers it, and the keys back to it. Returns after how many milliseconds it is to be
 * called again; -1 when there is nothing to do, now and later: in a window, and where nothing else can come before it. */
int render_sdl_keep_in_front(struct render_sdl *render);

/* The camera's picture for DRAW_PREVIEW, as it is to be seen: rows of `width` bytes of luminance. */
void render_sdl_preview(struct render_sdl *render, const uint8_t *luma, int width, int height);

void render_sdl_draw(struct render_sdl *render, const struct draw_list *list);

/* What was drawn last, as a PNG: the window's pixels, turned as they are there. */
bool render_sdl_screenshot(struct render_sdl *render, const char *path, struct err *err) TURNOUT_MUST_CHECK;

#endif
