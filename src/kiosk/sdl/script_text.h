/* Lines of text in any script: in both directions, with marks, in fonts that the kiosk's typefaces fall back on. What is measured and what is drawn
 * are the same runs, so a text that was laid out is never cut. */
#ifndef TURNOUT_KIOSK_SDL_SCRIPT_TEXT_H
#define TURNOUT_KIOSK_SDL_SCRIPT_TEXT_H

#include <SDL.h>

#include "base/strbuf.h"
#include "kiosk/sdl/fonts.h"

struct script_text;

/* The fonts must outlive it. ERR_SYSTEM. */
bool script_text_open(const struct fonts *fonts, struct script_text **out, struct err *err) TURNOUT_MUST_CHECK;
void script_text_close(struct script_text *text); /* NULL is fine */

struct script_line {
	enum face face;
	int size;         /* em, pixels */
	const char *text; /* valid UTF-8 without line ends; ends with NUL */
};

/* The pixels that it advances. */
int script_text_width(struct script_text *text, const struct script_line *line);

/* In white onto an ARGB surface, from x on at the baseline y, cut at its edges. */
void script_text_draw(struct script_text *text, const struct script_line *line, SDL_Surface *onto, SDL_Point at);

/* Whether an installed font has each of its characters; nothing is drawn. */
bool script_text_draws(struct script_text *text, const struct script_line *line);

/* When characters came up that no installed font draws, and whose package was not told of before: adds which and what to install, and is true once.
 * A few characters are named, never a text: it is for the log. */
bool script_text_lacking(struct script_text *text, struct strbuf *out);
/* Likewise apart, whatever was told before: a few of the characters that came up ("U+4E00"), and the packages that draw them; both are added to. */
void script_text_lacks(const struct script_text *text, struct strbuf *characters, struct strbuf *packages);

#endif
