#include "kiosk/sdl/text_sdl.h"

#include <SDL_ttf.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#define WIDTHS_MAX 20000 /* measured texts that are remembered */
#define SIZES_MAX 48     /* opened sizes of all faces */

struct sized {
	int font, size;
	TTF_Font *ttf;
};

struct text_sdl {
	struct fonts fonts; /* paths are its own */
	struct sized sized[SIZES_MAX];
	size_t count;
	struct mapstr widths;
	struct strbuf key, part;
};

static void close_sizes(struct text_sdl *text) {
	for (size_t i = 0; i < text->count; i++) {
		TTF_CloseFont(text->sized[i].ttf);
	}
	text->count = 0;
}

static TTF_Font *font_of(struct text_sdl *text, int font, int size) {
	for (size_t i = 0; i < text->count; i++) {
		if (text->sized[i].font == font && text->sized[i].size == size) {
			return text->sized[i].ttf;
		}
	}
	/* All go at once: fonts that were given out before are closed then. */
	if (text->count == SIZES_MAX) {
		close_sizes(text);
	}
	TTF_Font *ttf = TTF_OpenFont(text->fonts.path[font], size); /* at 72 dots per inch a point is a pixel */
	if (ttf != NULL) {
		TTF_SetFontHinting(ttf, TTF_HINTING_LIGHT_SUBPIXEL);
		text->sized[text->count++] = (struct sized){font, size, ttf};
	}
	return ttf;
}

bool text_sdl_open(const struct fonts *fonts, struct text_sdl **out, struct err *err) {
	if (TTF_Init() != 0) {
		return err_set(err, ERR_SYSTEM, "SDL2_ttf does not start: %s", TTF_GetError());
	}
	struct text_sdl *text = xcalloc(1, sizeof *text);
	for (int i = 0; i < FONT_COUNT; i++) {
		text->fonts.path[i] = xstrdup(fonts->path[i]);
	}
	if (font_of(text, FACE_TEXT, 16) == NULL) {
		err_set(err, ERR_SYSTEM, "the font %s cannot be read: %s", fonts->path[FACE_TEXT], TTF_GetError());
		text_sdl_close(text);
		return false;
	}
	*out = text;
	return true;
}

void text_sdl_close(struct text_sdl *text) {
	if (text != NULL) {
		close_sizes(text);
		fonts_fini(&text->fonts);
		mapstr_fini(&text->widths);
		strbuf_fini(&text->key);
		strbuf_fini(&text->part);
		free(text);
		TTF_Quit();
	}
}

/* Opening one font may close all others (font_of), so each is asked for where it is used and not kept. */
static bool provides(struct text_sdl *text, int font, int size, uint32_t character) {
	TTF_Font *ttf = font_of(text, font, size);
	return ttf != NULL && TTF_GlyphIsProvided32(ttf, character);
}

/* The longest run from `at` that one font draws; says which. */
static size_t run_length(struct text_sdl *text, enum face face, int size, const char *at, int *font) {
	const char *p = at;
	*font = -1;
	while (*p != '\0') {
		const char *next = p;
		uint32_t c = utf8_next(&next);
		bool symbol = !provides(text, (int)face, size, c) && provides(text, FONT_SYMBOLS, size, c);
		int which = symbol ? FONT_SYMBOLS : (int)face;
		if (*font >= 0 && which != *font) {
			break;
		}
		*font = which;
		p = next;
	}
	return (size_t)(p - at);
}

static int measure(struct text_sdl *text, enum face face, int size, const char *line) {
	int total = 0;
	while (*line != '\0') {
		int font, w = 0;
		size_t n = run_length(text, face, size, line, &font);
		strbuf_reset(&text->part);
		strbuf_add(&text->part, line, n);
		TTF_Font *ttf = font_of(text, font, size);
		if (ttf != NULL && TTF_SizeUTF8(ttf, strbuf_str(&text->part), &w, NULL) == 0) {
			total += w;
		}
		line += n;
	}
	return total;
}

static int width(void *context, enum face face, int size, const char *line, size_t n) {
	struct text_sdl *text = context;
	bool made;
	if (text->widths.count >= WIDTHS_MAX) {
		mapstr_fini(&text->widths);
	}
	strbuf_reset(&text->key);
	strbuf_addf(&text->key, "%d/%d/", (int)face, size);
	size_t head = text->key.len;
	strbuf_add(&text->key, line, n);
	int64_t *place = mapstr_place(&text->widths, strbuf_str(&text->key), &made);
	if (made) {
		*place = measure(text, face, size, strbuf_str(&text->key) + head);
	}
	return (int)*place;
}

struct metrics text_sdl_metrics(struct text_sdl *text) {
	return (struct metrics){text, width};
}

SDL_Surface *text_sdl_render(struct text_sdl *text, enum face face, int size, int height, const char *line) {
	int total = measure(text, face, size, line), x = 0;
	TTF_Font *own = font_of(text, (int)face, size);
	if (own == NULL) {
		return NULL;
	}
	if (TTF_FontHeight(own) > height) { /* lines may stand closer than the font is high, which is no reason to cut the dots off an Ї */
		height += (TTF_FontHeight(own) - height + 1) / 2 * 2;
	}
	SDL_Surface *whole = SDL_CreateRGBSurfaceWithFormat(0, total < 1 ? 1 : total, height, 32, SDL_PIXELFORMAT_ARGB8888);
	if (whole == NULL) {
		return NULL;
	}
	int baseline = (height - TTF_FontHeight(own)) / 2 + TTF_FontAscent(own);
	while (*line != '\0') {
		int font;
		size_t n = run_length(text, face, size, line, &font);
		strbuf_reset(&text->part);
		strbuf_add(&text->part, line, n);
		TTF_Font *ttf = font_of(text, font, size);
		SDL_Surface *part =
			ttf == NULL ? NULL : TTF_RenderUTF8_Blended(ttf, strbuf_str(&text->part), (SDL_Color){255, 255, 255, 255});
		if (part != NULL) {
			SDL_Rect at = {x, baseline - TTF_FontAscent(ttf), part->w, part->h};
			/* Copied with its alpha: blending onto nothing would darken the edges. */
			SDL_SetSurfaceBlendMode(part, SDL_BLENDMODE_NONE);
			SDL_BlitSurface(part, NULL, whole, &at);
			x += part->w;
			SDL_FreeSurface(part);
		}
		line += n;
	}
	return whole;
}
