/* Which installed font draws what the kiosk's own typefaces lack: asked of fontconfig as badges ask it (paper/canvas.c), so that a name looks the same on
 * the screen and on paper. What was found is remembered, within bounds. */
#ifndef TURNOUT_KIOSK_SDL_FALLBACK_H
#define TURNOUT_KIOSK_SDL_FALLBACK_H

#include "kiosk/sdl/fonts.h"
#include "kiosk/sdl/glyphs.h"

struct fallback;

/* The fonts must outlive it. */
struct fallback *fallback_open(const struct fonts *fonts);
void fallback_close(struct fallback *fallback); /* NULL is fine */

struct wanted_font {
	enum face face;
	uint32_t script; /* as in runs.h */
	const char *text;
	size_t n; /* bytes of the text: a grapheme cluster */
};

/* A number for fallback_file: the first font that has all of the cluster, else one that has its first character; -1: none has it. */
int fallback_find(struct fallback *fallback, const struct wanted_font *wanted);

/* The path is good until the fallback is closed. */
struct font_file fallback_file(const struct fallback *fallback, int number);

#endif
