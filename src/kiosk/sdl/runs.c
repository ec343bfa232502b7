#include "kiosk/sdl/runs.h"

#include <fribidi.h>
#include <hb.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/utf8.h"

/* A line while it is parted: its characters, and where the clusters begin. */
struct line {
	const char *text;
	size_t n;
	FriBidiChar *characters;
	FriBidiLevel *levels; /* of each character */
	size_t length;
};

void runs_fini(struct text_runs *runs) {
	free(runs->items);
	*runs = (struct text_runs){0};
}

static hb_script_t script_of(uint32_t character) { return hb_unicode_script(hb_unicode_funcs_get_default(), character); }

bool runs_is_plain(uint32_t character) {
	hb_script_t script = script_of(character);
	return script == HB_SCRIPT_LATIN || script == HB_SCRIPT_CYRILLIC || script == HB_SCRIPT_GREEK || script == HB_SCRIPT_COMMON;
}

static bool is_of_all(uint32_t script) { return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED; }

static void take_characters(struct line *line) {
	const char *end = line->text + line->n;
	line->characters = xcalloc(line->n + 1, sizeof *line->characters);
	for (const char *at = line->text; at < end;) {
		line->characters[line->length++] = utf8_next(&at);
	}
}

/* Without memory FriBidi gives none, and all stay at level 0: from the left. */
static void take_levels(struct line *line) {
	FriBidiStrIndex length = (FriBidiStrIndex)line->length;
	FriBidiCharType *types = xcalloc(line->length + 1, sizeof *types);
	FriBidiBracketType *brackets = xcalloc(line->length + 1, sizeof *brackets);
	FriBidiParType direction = FRIBIDI_PAR_ON;
	line->levels = xcalloc(line->length + 1, sizeof *line->levels);
	fribidi_get_bidi_types(line->characters, length, types);
	fribidi_get_bracket_types(line->characters, length, types, brackets);
	if (fribidi_get_par_embedding_levels_ex(types, brackets, length, &direction, line->levels) == 0) {
		for (size_t i = 0; i < line->length; i++) {
			line->levels[i] = 0;
		}
	}
	free(types);
	free(brackets);
}

/* The first script of its own among the characters, "Zyyy" when they have none. */
static uint32_t first_script(const FriBidiChar *characters, size_t n) {
	for (size_t i = 0; i < n; i++) {
		uint32_t script = (uint32_t)script_of(characters[i]);
		if (!is_of_all(script)) {
			return script;
		}
	}
	return HB_SCRIPT_COMMON;
}

static void add(struct text_runs *runs, struct text_run run) {
	struct text_run *last = runs->count == 0 ? NULL : &runs->items[runs->count - 1];
	bool same = last != NULL && last->font == run.font && last->script == run.script && last->level == run.level;
	if (same || runs->count == TEXT_RUNS_MAX) {
		last->n += run.n;
		return;
	}
	ARRAY_GROW(runs, items);
	runs->items[runs->count++] = run;
}

/* In the order in which they are read. Characters without a script (digits, blanks, brackets) take that of what stands before them. */
static void part(struct text_runs *runs, const struct line *line, const struct run_fonts *fonts) {
	uint32_t script = first_script(line->characters, line->length);
	int before = -1;
	size_t character = 0;
	for (size_t first = 0; first < line->n;) {
		size_t n = utf8_cluster(line->text + first, line->n - first), length = 0;
		for (size_t i = 0; i < n; i++) {
			length += !utf8_is_later(line->text[first + i]);
		}
		uint32_t own = first_script(line->characters + character, length);
		script = is_of_all(own) ? script : own;
		struct cluster cluster = {.text = line->text + first, .n = n, .script = script, .before = before};
		before = fonts->choose(fonts->context, &cluster);
		add(runs, (struct text_run){first, n, before, script, (uint8_t)line->levels[character]});
		first += n;
		character += length;
	}
}

static void turn(struct text_run *items, size_t count) {
	for (size_t i = 0; i + 1 < count - i; i++) {
		struct text_run swapped = items[i];
		items[i] = items[count - 1 - i];
		items[count - 1 - i] = swapped;
	}
}

/* Rule L2 of UAX #9: from the highest level to the lowest odd one, what stands at it or above is turned. */
static void order(struct text_runs *runs) {
	int highest = 0;
	for (size_t i = 0; i < runs->count; i++) {
		highest = runs->items[i].level > highest ? runs->items[i].level : highest;
	}
	for (int level = highest; level > 0; level--) {
		for (size_t i = 0; i < runs->count;) {
			size_t from = i;
			while (i < runs->count && runs->items[i].level >= level) {
				i++;
			}
			if (i > from) {
				turn(runs->items + from, i - from);
			} else {
				i++;
			}
		}
	}
}

void runs_split(struct text_runs *runs, const char *text, size_t n, const struct run_fonts *fonts) {
	struct line line = {.text = text, .n = n};
	runs->count = 0;
	take_characters(&line);
	take_levels(&line);
	part(runs, &line, fonts);
	order(runs);
	free(line.characters);
	free(line.levels);
}
