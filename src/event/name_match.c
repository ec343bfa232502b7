#include "event/name_match.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/script.h"
#include "event/slip.h"

const char *name_fit_word(enum name_fit fit) {
	static const char *const words[] = {"exact", "beginning", "spelling", "form", "slip", "none"};
	return words[fit];
}

/* --- what was typed ------------------------------------------------------------------------------------------------------------------- */

static void read_word(struct name_query *query, const char *text) {
	struct name_query_word *w = &query->words[query->count];
	name_sounds_read(text, &w->sounds);
	if (w->sounds.text[0] == '\0') { /* a sign alone, as ь, would fit whatever there is */
		return;
	}
	query->count++;
	w->text = text;
	w->letters = utf8_length(text);
	name_key_of(&w->sounds, w->key);
	w->open_count = name_sounds_open(text, w->open);
	given_names_find(query->given, &w->sounds, &w->groups);
}

void name_query_read(const char *text, const struct given_names *given, struct name_query *out) {
	char *parts[NAME_QUERY_MAX + 1];
	*out = (struct name_query){.text = name_in_one_script(text, NULL), .given = given};
	size_t n = str_split(out->text, ' ', parts, COUNT_OF(parts));
	for (size_t i = 0; i < n && out->count < NAME_QUERY_MAX; i++) {
		read_word(out, parts[i]);
	}
}

void name_query_fini(struct name_query *query) {
	free(query->text);
	*query = (struct name_query){.text = NULL};
}

/* --- one word against another ----------------------------------------------------------------------------------------------------------- */

static bool is_slip(const char *one, const char *other) { return slip_between(one, other).kind != SLIP_NOT; }

static bool begins(const struct name_query_word *q, const struct name_sounds *sounds) {
	for (size_t i = 0; i < q->open_count; i++) {
		if (name_sounds_fit(&q->open[i], sounds, false)) {
			return true;
		}
	}
	return false;
}

struct name_word {
	const char *text;
	struct name_sounds sounds;
};

struct trial {
	enum name_fit fit;
	bool loose;
	int cost;
};

static struct trial try_loosely(const struct name_query_word *q, const struct name_word *w) {
	char key[NAME_SOUNDS_MAX + 1];
	name_key_of(&w->sounds, key);
	if (str_eq(q->key, key)) {
		return (struct trial){NAME_FIT_SPELLING, true, 5};
	}
	if (q->letters >= NAME_SLIP_LETTERS && is_slip(q->text, w->text)) {
		return (struct trial){NAME_FIT_SLIP, true, 6};
	}
	/* In another alphabet a slip shows in the sounds. */
	return strlen(q->key) >= NAME_SLIP_LETTERS && is_slip(q->key, key) ? (struct trial){NAME_FIT_SLIP, true, 8}
									   : (struct trial){NAME_FIT_NONE, true, 0};
}

static struct trial try_word(const struct name_query *query, const struct name_query_word *q, const struct name_word *w, bool loosely) {
	struct given_groups groups;
	if (str_starts(w->text, q->text)) {
		return w->text[strlen(q->text)] == '\0' ? (struct trial){NAME_FIT_EXACT, false, 0}
							: (struct trial){NAME_FIT_BEGINNING, false, 2};
	}
	if (name_sounds_fit(&q->sounds, &w->sounds, true)) {
		return (struct trial){NAME_FIT_SPELLING, false, 1};
	}
	if (q->groups.count != 0) {
		given_names_find(query->given, &w->sounds, &groups);
		if (given_groups_meet(&q->groups, &groups)) {
			return (struct trial){NAME_FIT_FORM, false, 3};
		}
	}
	if (begins(q, &w->sounds)) {
		return (struct trial){NAME_FIT_SPELLING, false, 4};
	}
	return loosely ? try_loosely(q, w) : (struct trial){NAME_FIT_NONE, false, 0};
}

/* --- all words ---------------------------------------------------------------------------------------------------------------------------- */

struct matching {
	const struct name_query *query;
	struct name_word names[NAME_WORDS_MAX];
	size_t name_count;
	struct trial trials[NAME_QUERY_MAX][NAME_WORDS_MAX];
	size_t chosen[NAME_QUERY_MAX];
	unsigned used; /* words of the name, as bits */
	int slips;     /* that may still be taken */
	struct name_fits *best;
};

/* The cheapest way to give each typed word from `at` on a word of the name of its own. */
static void choose(struct matching *m, size_t at, int cost) {
	if (cost >= m->best->cost) {
		return;
	}
	if (at == m->query->count) {
		m->best->cost = cost;
		for (size_t i = 0; i < at; i++) {
			m->best->words[i].at = m->chosen[i];
			m->best->words[i].fit = m->trials[i][m->chosen[i]].fit;
		}
		return;
	}
	for (size_t i = 0; i < m->name_count; i++) {
		const struct trial *t = &m->trials[at][i];
		int slip = t->loose;
		if (t->fit != NAME_FIT_NONE && (m->used & 1u << i) == 0 && slip <= m->slips) {
			m->used |= 1u << i;
			m->slips -= slip;
			m->chosen[at] = i;
			choose(m, at + 1, cost + t->cost);
			m->slips += slip;
			m->used &= ~(1u << i);
		}
	}
}

bool name_match(const struct name_query *query, const char *words, int slips, struct name_fits *out) {
	struct matching m = {.query = query, .slips = slips, .best = out};
	char *text = xstrdup(words), *parts[NAME_WORDS_MAX + 1];
	size_t n = str_split(text, ' ', parts, COUNT_OF(parts));
	bool all = query->count != 0;
	out->cost = INT_MAX;
	for (; m.name_count < n && m.name_count < NAME_WORDS_MAX; m.name_count++) {
		m.names[m.name_count].text = parts[m.name_count];
		name_sounds_read(parts[m.name_count], &m.names[m.name_count].sounds);
	}
	for (size_t q = 0; all && q < query->count; q++) {
		all = false;
		for (size_t i = 0; i < m.name_count; i++) {
			m.trials[q][i] = try_word(query, &query->words[q], &m.names[i], slips > 0);
			all = all || m.trials[q][i].fit != NAME_FIT_NONE;
		}
	}
	if (all) {
		choose(&m, 0, 0);
	}
	free(text);
	return out->cost != INT_MAX;
}
