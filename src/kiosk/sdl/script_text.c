#include "kiosk/sdl/script_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/sdl/fallback.h"
#include "kiosk/sdl/glyphs.h"
#include "kiosk/sdl/runs.h"
#include "paper/unknown.h"

#define LACKING_MAX 3 /* characters that one warning names */

/* Fonts of runs: the face's own file, which draws a box for what nothing draws; fallback_file's numbers from FONT_OTHER on. */
enum { FONT_OWN, FONT_OTHER };

/* What no font draws, until it is told. */
struct lacking {
	struct unknown_texts packages;
	struct strbuf names;
	size_t count;
	size_t met; /* in all */
	char *told; /* the packages that were, NULL: none */
};

struct script_text {
	const struct fonts *fonts;
	struct fallback *fallback;
	struct glyphs *glyphs;
	struct text_runs runs;
	enum face face; /* that runs are made for */
	struct lacking lacking;
};

bool script_text_open(const struct fonts *fonts, struct script_text **out, struct err *err) {
	struct script_text *t = xcalloc(1, sizeof *t);
	t->fonts = fonts;
	t->fallback = fallback_open(fonts);
	if (!glyphs_open(&t->glyphs)) {
		script_text_close(t);
		return err_set(err, ERR_SYSTEM, "FreeType does not start");
	}
	*out = t;
	return true;
}

void script_text_close(struct script_text *t) {
	if (t != NULL) {
		glyphs_close(t->glyphs);
		fallback_close(t->fallback);
		runs_fini(&t->runs);
		unknown_fini(&t->lacking.packages);
		strbuf_fini(&t->lacking.names);
		free(t->lacking.told);
		free(t);
	}
}

static void note_lacking(struct lacking *lacking, const struct cluster *cluster) {
	char name[16];
	const char *at = cluster->text;
	uint32_t c = utf8_next(&at);
	lacking->met++;
	unknown_character(&lacking->packages, c);
	snprintf(name, sizeof name, "U+%04X", (unsigned)c);
	if (lacking->count < LACKING_MAX && strstr(strbuf_str(&lacking->names), name) == NULL) {
		strbuf_addf(&lacking->names, "%s%s", lacking->count > 0 ? ", " : "", name);
		lacking->count++;
	}
}

bool script_text_lacking(struct script_text *t, struct strbuf *out) {
	struct lacking *lacking = &t->lacking;
	struct strbuf packages = {0};
	unknown_packages(&lacking->packages, &packages);
	bool is_news = lacking->count > 0 && !str_eq(lacking->told, strbuf_str(&packages));
	if (is_news) {
		strbuf_addf(out, "no installed font draws %s", strbuf_str(&lacking->names));
		if (packages.len > 0) {
			strbuf_addf(out, " (install %s)", strbuf_str(&packages));
		}
		free(lacking->told);
		lacking->told = xstrdup(strbuf_str(&packages));
	}
	strbuf_reset(&lacking->names);
	lacking->count = 0;
	strbuf_fini(&packages);
	return is_news;
}

void script_text_lacks(const struct script_text *t, struct strbuf *characters, struct strbuf *packages) {
	unknown_packages(&t->lacking.packages, packages);
	strbuf_adds(characters, strbuf_str(&t->lacking.names));
}

/* Blanks and what is not seen belong to the word before them, as badges have it: the gap between two words is that of their font. */
static bool is_between(const struct cluster *cluster) {
	const char *at = cluster->text;
	uint32_t c = utf8_next(&at);
	return c == ' ' || c == 0xA0 || utf8_is_unseen(c);
}

static int choose(void *context, const struct cluster *cluster) {
	struct script_text *t = context;
	if (is_between(cluster)) {
		return cluster->before < 0 ? FONT_OWN : cluster->before;
	}
	struct wanted_font wanted = {.face = t->face, .script = cluster->script, .text = cluster->text, .n = cluster->n};
	int number = fallback_find(t->fallback, &wanted);
	if (number < 0) {
		note_lacking(&t->lacking, cluster);
		return FONT_OWN;
	}
	return FONT_OTHER + number;
}

static void split(struct script_text *t, const struct script_line *line) {
	t->face = line->face;
	runs_split(&t->runs, line->text, strlen(line->text), &(struct run_fonts){t, choose});
}

static struct glyph_run glyphs_of(const struct script_text *t, const struct script_line *line, const struct text_run *run) {
	struct font_file own = {.path = t->fonts->path[line->face]};
	return (struct glyph_run){.file = run->font == FONT_OWN ? own : fallback_file(t->fallback, run->font - FONT_OTHER),
				  .size = line->size,
				  .text = line->text,
				  .length = strlen(line->text),
				  .first = run->first,
				  .n = run->n,
				  .script = run->script,
				  .backwards = run->level % 2 == 1};
}

int script_text_width(struct script_text *t, const struct script_line *line) {
	int total = 0;
	split(t, line);
	for (size_t i = 0; i < t->runs.count; i++) {
		struct glyph_run run = glyphs_of(t, line, &t->runs.items[i]);
		total += glyphs_width(t->glyphs, &run);
	}
	return total;
}

bool script_text_draws(struct script_text *t, const struct script_line *line) {
	size_t before = t->lacking.met;
	split(t, line);
	return t->lacking.met == before;
}

void script_text_draw(struct script_text *t, const struct script_line *line, SDL_Surface *onto, SDL_Point at) {
	split(t, line);
	for (size_t i = 0; i < t->runs.count && at.x < onto->w; i++) {
		struct glyph_run run = glyphs_of(t, line, &t->runs.items[i]);
		glyphs_draw(t->glyphs, &run, onto, at);
		at.x += glyphs_width(t->glyphs, &run);
	}
}
