/* The files of the kiosk's typefaces, found by fontconfig; which ones they are stands in fonts/faces. */
#ifndef TURNOUT_KIOSK_SDL_FONTS_H
#define TURNOUT_KIOSK_SDL_FONTS_H

#include "base/err.h"
#include "kiosk/ui/draw.h"

#define FONT_SYMBOLS FACE_COUNT /* the face for characters that the others lack */
#define FONT_COUNT (FACE_COUNT + 1)

struct _FcConfig; /* fontconfig's own name for FcConfig */

struct fonts {
	char *path[FONT_COUNT];   /* a face that is missing has another's file; never NULL after success */
	char missing[256];        /* "" or which are missing and the packages that bring them */
	struct _FcConfig *config; /* what is installed, for fallback.h */
};

/* ERR_SYSTEM when there is none at all: names the packages. */
bool fonts_find(struct fonts *fonts, struct err *err) TURNOUT_MUST_CHECK;
void fonts_fini(struct fonts *fonts);

/* What a face (or FONT_SYMBOLS) is called, and its weight as fontconfig counts it (may be NULL). */
const char *fonts_family(int font, int *weight);

#endif
