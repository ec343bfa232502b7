/* Texts through SDL2_ttf (HarfBuzz shapes them): how wide they are, and their pictures. Characters that a face lacks come from the
 * symbols face. Needs no window: screens can be laid out without a display. */
#ifndef TURNOUT_KIOSK_SDL_TEXT_SDL_H
#define TURNOUT_KIOSK_SDL_TEXT_SDL_H

#include <SDL.h>

#include "kiosk/sdl/fonts.h"
#include "kiosk/ui/flow.h"

struct text_sdl;

bool text_sdl_open(const struct fonts *fonts, struct text_sdl **out, struct err *err) TURNOUT_MUST_CHECK;
void text_sdl_close(struct text_sdl *text); /* NULL is fine */

/* For laying out; the context is the text_sdl's own. */
struct metrics text_sdl_metrics(struct text_sdl *text);

/* One line in white on nothing, `height` pixels high with the text's middle at its own; when the font is higher as much more above as below. NULL when
 * it cannot be drawn. */
SDL_Surface *text_sdl_render(struct text_sdl *text, enum face face, int size, int height, const char *line);

#endif
