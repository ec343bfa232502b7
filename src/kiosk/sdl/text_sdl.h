/* Texts: how wide they are, and their pictures. Letters of ours go through SDL2_ttf, with the symbols' face for characters that a face lacks; lines in
 * which there is anything else through script_text.h. Needs no window: screens can be laid out without a display. */
#ifndef TURNOUT_KIOSK_SDL_TEXT_SDL_H
#define TURNOUT_KIOSK_SDL_TEXT_SDL_H

#include <SDL.h>

#include "kiosk/sdl/fonts.h"
#include "kiosk/ui/flow.h"

struct text_sdl;

/* The fonts must outlive it. */
bool text_sdl_open(const struct fonts *fonts, struct text_sdl **out, struct err *err) TURNOUT_MUST_CHECK;
void text_sdl_close(struct text_sdl *text); /* NULL is fine */

/* For laying out; the context is the text_sdl's own. */
struct metrics text_sdl_metrics(struct text_sdl *text);

struct text_line {
	enum face face;
	int size, height; /* em and line height, pixels */
	const char *text;
};

/* One line in white on nothing. */
struct text_picture {
	SDL_Surface *surface; /* the caller's to free; NULL when it cannot be drawn */
	int left, above;      /* so many pixels it stands out of the line's box on that side: marks, tails, a font higher than the line */
};
struct text_picture text_sdl_render(struct text_sdl *text, const struct text_line *line);

/* See script_text_lacking. */
bool text_sdl_lacking(struct text_sdl *text, struct strbuf *out);

#endif
