#include "kiosk/sdl/glyphs.h"

#include <freetype/freetype.h>
#include <freetype/ftoutln.h>
#include <hb-ft.h>
#include <hb.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

/* As SDL2_ttf is told to (text_sdl.c): letters are fitted to the rows of pixels, not to the columns, and advance by fractions. */
#define LOAD_FLAGS (FT_LOAD_NO_BITMAP | FT_LOAD_TARGET_LIGHT)

struct opened {
	char *path;
	int index, size;
	FT_Face face;
	hb_font_t *font;
	uint64_t used; /* when, counted in uses */
};

struct glyphs {
	FT_Library library;
	hb_buffer_t *buffer;
	struct opened faces[GLYPHS_FACES_MAX];
	size_t count;
	uint64_t uses;
};

static void close_face(struct opened *o) {
	hb_font_destroy(o->font);
	FT_Done_Face(o->face);
	free(o->path);
}

bool glyphs_open(struct glyphs **out) {
	struct glyphs *g = xcalloc(1, sizeof *g);
	if (FT_Init_FreeType(&g->library) != 0) {
		free(g);
		return false;
	}
	g->buffer = hb_buffer_create();
	*out = g;
	return true;
}

void glyphs_close(struct glyphs *g) {
	if (g != NULL) {
		for (size_t i = 0; i < g->count; i++) {
			close_face(&g->faces[i]);
		}
		hb_buffer_destroy(g->buffer);
		FT_Done_FreeType(g->library);
		free(g);
	}
}

size_t glyphs_faces(const struct glyphs *g) { return g->count; }

/* The file's place among those that are open; a free one, or that of the file that was needed longest ago, when it is not. */
static struct opened *place_of(struct glyphs *g, const struct font_file *file) {
	struct opened *oldest = &g->faces[0];
	for (size_t i = 0; i < g->count; i++) {
		struct opened *o = &g->faces[i];
		if (o->index == file->index && str_eq(o->path, file->path)) {
			return o;
		}
		oldest = o->used < oldest->used ? o : oldest;
	}
	if (g->count < GLYPHS_FACES_MAX) {
		return &g->faces[g->count]; /* counted when the file is open */
	}
	close_face(oldest);
	*oldest = g->faces[--g->count];
	return &g->faces[g->count];
}

static struct opened *open_at(struct glyphs *g, const struct font_file *file, int size) {
	struct opened *o = place_of(g, file);
	if (o == &g->faces[g->count]) {
		*o = (struct opened){.index = file->index};
		if (FT_New_Face(g->library, file->path, file->index, &o->face) != 0) {
			return NULL;
		}
		FT_Set_Pixel_Sizes(o->face, 0, (FT_UInt)size);
		o->size = size;
		o->font = hb_ft_font_create_referenced(o->face);
		hb_ft_font_set_load_flags(o->font, LOAD_FLAGS);
		o->path = xstrdup(file->path);
		g->count++;
	}
	if (o->size != size) {
		FT_Set_Pixel_Sizes(o->face, 0, (FT_UInt)size);
		hb_ft_font_changed(o->font);
		o->size = size;
	}
	o->used = ++g->uses;
	return o;
}

/* Into the buffer, from the left to the right. */
static struct opened *shape(struct glyphs *g, const struct glyph_run *run) {
	struct opened *o = open_at(g, &run->file, run->size);
	hb_buffer_clear_contents(g->buffer);
	if (o != NULL) {
		hb_buffer_add_utf8(g->buffer, run->text, (int)run->length, (unsigned)run->first, (int)run->n);
		hb_buffer_set_script(g->buffer, (hb_script_t)run->script);
		hb_buffer_set_direction(g->buffer, run->backwards ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
		hb_shape(o->font, g->buffer, NULL, 0);
	}
	return o;
}

int glyphs_width(struct glyphs *g, const struct glyph_run *run) {
	int64_t advance = 0;
	unsigned count;
	if (shape(g, run) == NULL) {
		return 0;
	}
	const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(g->buffer, &count);
	for (unsigned i = 0; i < count; i++) {
		advance += positions[i].x_advance;
	}
	return advance < 0 ? 0 : (int)((advance + 32) / 64);
}

/* Letters that overlap, as those do that join, cover together what each of them does. */
static void blend(SDL_Surface *onto, const FT_Bitmap *bitmap, SDL_Point at) {
	for (int y = 0; y < (int)bitmap->rows; y++) {
		if (at.y + y < 0 || at.y + y >= onto->h) {
			continue;
		}
		uint32_t *row = (uint32_t *)((char *)onto->pixels + (size_t)(at.y + y) * (size_t)onto->pitch);
		const uint8_t *from = bitmap->buffer + (ptrdiff_t)y * bitmap->pitch;
		for (int x = 0; x < (int)bitmap->width; x++) {
			if (at.x + x >= 0 && at.x + x < onto->w && from[x] != 0) {
				uint32_t below = row[at.x + x] >> 24, above = from[x];
				row[at.x + x] = (below + above - (below * above + 127) / 255) << 24 | 0xffffff;
			}
		}
	}
}

/* As FT_GlyphSlot_Embolden has it, which does what badges show. */
static void embolden(FT_Face face) {
	FT_Pos strength = FT_MulFix(face->units_per_EM, face->size->metrics.y_scale) / 24;
	FT_Outline_Embolden(&face->glyph->outline, strength);
}

/* x and y in 1/64 pixel, y upwards from the top of the surface. */
static void draw_glyph(struct opened *o, unsigned glyph, FT_Vector pen, const struct glyph_run *run, SDL_Surface *onto) {
	int baseline = -(int)((pen.y + 32) >> 6), left = (int)(pen.x >> 6);
	if (left > onto->w + run->size || left < -4 * run->size || FT_Load_Glyph(o->face, glyph, LOAD_FLAGS) != 0 ||
	    o->face->glyph->format != FT_GLYPH_FORMAT_OUTLINE) {
		return;
	}
	if (run->file.emboldened) {
		embolden(o->face);
	}
	FT_Outline_Translate(&o->face->glyph->outline, pen.x & 63, 0);
	if (FT_Render_Glyph(o->face->glyph, FT_RENDER_MODE_NORMAL) == 0 && o->face->glyph->bitmap.pixel_mode == FT_PIXEL_MODE_GRAY) {
		SDL_Point at = {left + o->face->glyph->bitmap_left, baseline - o->face->glyph->bitmap_top};
		blend(onto, &o->face->glyph->bitmap, at);
	}
}

void glyphs_draw(struct glyphs *g, const struct glyph_run *run, SDL_Surface *onto, SDL_Point at) {
	struct opened *o = shape(g, run);
	unsigned count;
	if (o == NULL) {
		return;
	}
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(g->buffer, &count);
	const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(g->buffer, &count);
	FT_Vector pen = {(FT_Pos)at.x * 64, -(FT_Pos)at.y * 64};
	for (unsigned i = 0; i < count; i++) {
		FT_Vector where = {pen.x + positions[i].x_offset, pen.y + positions[i].y_offset};
		draw_glyph(o, infos[i].codepoint, where, run, onto);
		pen.x += positions[i].x_advance;
		pen.y += positions[i].y_advance;
	}
}
