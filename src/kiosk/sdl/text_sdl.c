#include "kiosk/sdl/text_sdl.h"

#include <SDL_ttf.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "kiosk/sdl/runs.h"
#include "kiosk/sdl/script_text.h"

#define WIDTHS_MAX 20000 /* measured texts that are remembered */
#define WIDTH_BYTES 200  /* of one that is: more is on no line */
#define SIZES_MAX 48     /* opened sizes of all faces */
#define SCRIPT_WIDE 8192 /* pixels of a line in any script that are drawn: more than screens have */

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
	struct script_text *scripts; /* draws what is not plain */
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
	bool ok = script_text_open(fonts, &text->scripts, err);
	if (ok && font_of(text, FACE_TEXT, 16) == NULL) {
		ok = err_set(err, ERR_SYSTEM, "the font %s cannot be read: %s", fonts->path[FACE_TEXT], TTF_GetError());
	}
	if (!ok) {
		text_sdl_close(text);
		return false;
	}
	*out = text;
	return true;
}

void text_sdl_close(struct text_sdl *text) {
	if (text != NULL) {
		close_sizes(text);
		script_text_close(text->scripts);
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

/* Letters of ours from the left to the right, one character each, which the face or the symbols' have: SDL2_ttf draws these. All else is drawn run by
 * run (script_text.h), the letters of ours beside it too, so that one line has one baseline and one way of spacing. */
static bool is_plain(struct text_sdl *text, enum face face, int size, const char *line) {
	for (uint32_t c = utf8_next(&line); c != 0; c = utf8_next(&line)) {
		if (c >= 0x80 && (!runs_is_plain(c) || utf8_is_mark(c) || utf8_is_unseen(c) ||
				  (!provides(text, (int)face, size, c) && !provides(text, FONT_SYMBOLS, size, c)))) {
			return false;
		}
	}
	return true;
}

static int measure(struct text_sdl *text, enum face face, int size, const char *line) {
	int total = 0;
	if (!is_plain(text, face, size, line)) {
		return script_text_width(text->scripts, &(struct script_line){face, size, line});
	}
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
	if (n > WIDTH_BYTES) {
		return measure(text, face, size, strbuf_str(&text->key) + head);
	}
	int64_t *place = mapstr_place(&text->widths, strbuf_str(&text->key), &made);
	if (made) {
		*place = measure(text, face, size, strbuf_str(&text->key) + head);
	}
	return (int)*place;
}

struct metrics text_sdl_metrics(struct text_sdl *text) {
	return (struct metrics){text, width};
}

static SDL_Surface *surface_of(int width, int height) {
	return SDL_CreateRGBSurfaceWithFormat(0, width < 1 ? 1 : width, height, 32, SDL_PIXELFORMAT_ARGB8888);
}

/* Room around the line for what stands out of it: tails that swing under the letters before, marks above marks. Heaps of them are cut. */
static struct text_picture draw_scripts(struct text_sdl *text, const struct script_line *line, int height) {
	TTF_Font *own = font_of(text, (int)line->face, line->size);
	int total = script_text_width(text->scripts, line), around = line->size / 2;
	total = total > SCRIPT_WIDE ? SCRIPT_WIDE : total;
	SDL_Surface *whole = own == NULL ? NULL : surface_of(total + 2 * around, height + 2 * around);
	if (whole != NULL) {
		int baseline = around + (height - TTF_FontHeight(own)) / 2 + TTF_FontAscent(own);
		script_text_draw(text->scripts, line, whole, (SDL_Point){around, baseline});
	}
	return (struct text_picture){whole, around, around};
}

static struct text_picture draw_plain(struct text_sdl *text, const struct script_line *line, int height) {
	int total = measure(text, line->face, line->size, line->text), x = 0, above = 0;
	TTF_Font *own = font_of(text, (int)line->face, line->size);
	if (own == NULL) {
		return (struct text_picture){0};
	}
	if (TTF_FontHeight(own) > height) { /* lines may stand closer than the font is high, which is no reason to cut the dots off an Ї */
		above = (TTF_FontHeight(own) - height + 1) / 2;
		height += above * 2;
	}
	SDL_Surface *whole = surface_of(total, height);
	if (whole == NULL) {
		return (struct text_picture){0};
	}
	int baseline = (height - TTF_FontHeight(own)) / 2 + TTF_FontAscent(own);
	for (const char *at = line->text; *at != '\0';) {
		int font;
		size_t n = run_length(text, line->face, line->size, at, &font);
		strbuf_reset(&text->part);
		strbuf_add(&text->part, at, n);
		TTF_Font *ttf = font_of(text, font, line->size);
		SDL_Surface *part =
			ttf == NULL ? NULL : TTF_RenderUTF8_Blended(ttf, strbuf_str(&text->part), (SDL_Color){255, 255, 255, 255});
		if (part != NULL) {
			SDL_Rect to = {x, baseline - TTF_FontAscent(ttf), part->w, part->h};
			/* Copied with its alpha: blending onto nothing would darken the edges. */
			SDL_SetSurfaceBlendMode(part, SDL_BLENDMODE_NONE);
			SDL_BlitSurface(part, NULL, whole, &to);
			x += part->w;
			SDL_FreeSurface(part);
		}
		at += n;
	}
	return (struct text_picture){whole, 0, above};
}

struct text_picture text_sdl_render(struct text_sdl *text, const struct text_line *line) {
	struct script_line drawn = {line->face, line->size, line->text};
	return is_plain(text, line->face, line->size, line->text) ? draw_plain(text, &drawn, line->height)
								  : draw_scripts(text, &drawn, line->height);
}

bool text_sdl_lacking(struct text_sdl *text, struct strbuf *out) { return script_text_lacking(text->scripts, out); }
