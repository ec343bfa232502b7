/* Runs of one font and one script as pixels: shaped by HarfBuzz, drawn by FreeType. SDL2_ttf draws what needs no more than letters beside each other
 * (text_sdl.c); of a run it does not tell where in its picture the run begins, so marks that stand out would move it. */
#ifndef TURNOUT_KIOSK_SDL_GLYPHS_H
#define TURNOUT_KIOSK_SDL_GLYPHS_H

#include <SDL.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct glyphs;

#define GLYPHS_FACES_MAX 6 /* files that are open at once; whichever was needed longest ago is closed for another */

bool glyphs_open(struct glyphs **out);    /* false: FreeType does not start */
void glyphs_close(struct glyphs *glyphs); /* NULL is fine */

struct font_file { /* a zeroed struct is none */
	const char *path;
	int index;       /* of the face in it */
	bool emboldened; /* a bold face that there is not is made of this one */
};

struct glyph_run {
	struct font_file file;
	int size;         /* em, pixels */
	const char *text; /* the whole line: letters join over the ends of runs */
	size_t length, first, n;
	uint32_t script; /* as in runs.h */
	bool backwards;
};

/* The pixels that it advances; 0 when the file cannot be read. */
int glyphs_width(struct glyphs *glyphs, const struct glyph_run *run);

/* In white onto an ARGB surface, from x on at the baseline y; what stands out of the surface is cut. */
void glyphs_draw(struct glyphs *glyphs, const struct glyph_run *run, SDL_Surface *onto, SDL_Point at);

/* How many files are open. */
size_t glyphs_faces(const struct glyphs *glyphs);

#endif
