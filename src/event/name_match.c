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

#define HELD_DOWN 3 /* letters */

/* One letter again and again, signs beside it: it sounds like that letter, and fits whoever begins so. */
static bool is_held_down(const char *text) {
	uint32_t letter = 0, c;
	for (const char *p = text; (c = utf8_next(&p)) != 0;) {
		bool sign = c == 0x044C || c == 0x044A; /* ь, ъ */
		if (!sign && letter != 0 && c != letter) {
			return false;
		}
		letter = sign ? letter : c;
	}
	return utf8_length(text) >= HELD_DOWN;
}

static void read_word(struct name_query *query, const char *text) {
	struct name_query_word *w = &query->words[query->count];
	name_sounds_read(text, &w->sounds);
	if (w->sounds.text[0] == '\0') { /* a sign alone, as ь, would fit whatever there is */
		return;
	}
	query->count++;
	w->text = text;
	w->letters = utf8_length(text);
	w->held_down = is_held_down(text);
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

static struct name_trial try_loosely(const struct name_query_word *q, const struct name_word *w) {
	char key[NAME_SOUNDS_MAX + 1];
	name_key_of(&w->sounds, key);
	if (str_eq(q->key, key)) {
		return (struct name_trial){NAME_FIT_SPELLING, true, 5};
	}
	if (q->letters >= NAME_SLIP_LETTERS && is_slip(q->text, w->text)) {
		return (struct name_trial){NAME_FIT_SLIP, true, 6};
	}
	/* In another alphabet a slip shows in the sounds. */
	return strlen(q->key) >= NAME_SLIP_LETTERS && is_slip(q->key, key) ? (struct name_trial){NAME_FIT_SLIP, true, 8}
									   : (struct name_trial){NAME_FIT_NONE, true, 0};
}

static struct name_trial try_word(const struct name_query *query, const struct name_query_word *q, const struct name_word *w,
				  bool loosely) {
	struct given_groups groups;
	if (str_starts(w->text, q->text)) {
		return w->text[strlen(q->text)] == '\0' ? (struct name_trial){NAME_FIT_EXACT, false, 0}
							: (struct name_trial){NAME_FIT_BEGINNING, false, 2};
	}
	if (q->held_down) {
		return (struct name_trial){NAME_FIT_NONE, false, 0};
	}
	if (name_sounds_fit(&q->sounds, &w->sounds, true)) {
		return (struct name_trial){NAME_FIT_SPELLING, false, 1};
	}
	if (q->groups.count != 0) {
		given_names_find(query->given, &w->sounds, &groups);
		if (given_groups_meet(&q->groups, &groups)) {
			return (struct name_trial){NAME_FIT_FORM, false, 3};
		}
	}
	if (begins(q, &w->sounds)) {
		return (struct name_trial){NAME_FIT_SPELLING, false, 4};
	}
	return loosely ? try_loosely(q, w) : (struct name_trial){NAME_FIT_NONE, false, 0};
}

struct name_trial name_try(const struct name_query *query, size_t which, const char *word, bool loosely) {
	struct name_word w = {.text = word};
	name_sounds_read(word, &w.sounds);
	return try_word(query, &query->words[which], &w, loosely);
}

/* --- all words ---------------------------------------------------------------------------------------------------------------------------- */

struct matching {
	const struct name_query *query;
	struct name_word names[NAME_WORDS_MAX];
	size_t name_count;
	struct name_trial trials[NAME_QUERY_MAX][NAME_WORDS_MAX];
	size_t chosen[NAME_QUERY_MAX];
	unsigned used;                /* words of the name, as bits */
	int slips;                    /* that may still be taken */
	int rest[NAME_QUERY_MAX + 1]; /* the least that the typed words from there on cost */
	struct name_fits *best;
};

/* The cheapest way to give each typed word from `at` on a word of the name of its own. */
static void choose(struct matching *m, size_t at, int cost) {
	if (cost + m->rest[at] >= m->best->cost) {
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
		const struct name_trial *t = &m->trials[at][i];
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

/* False when a typed word fits none. */
static bool try_all(struct matching *m, bool loosely) {
	for (size_t q = m->query->count; q > 0; q--) {
		int least = INT_MAX;
		for (size_t i = 0; i < m->name_count; i++) {
			struct name_trial t = m->trials[q - 1][i] = try_word(m->query, &m->query->words[q - 1], &m->names[i], loosely);
			least = t.fit != NAME_FIT_NONE && t.cost < least ? t.cost : least;
		}
		if (least == INT_MAX) {
			return false;
		}
		m->rest[q - 1] = m->rest[q] + least;
	}
	return m->query->count != 0;
}

bool name_match(const struct name_query *query, const char *words, int slips, struct name_fits *out) {
	struct matching m = {.query = query, .slips = slips, .best = out};
	char *text = xstrdup(words), *parts[NAME_WORDS_MAX + 1];
	size_t n = str_split(text, ' ', parts, COUNT_OF(parts));
	out->cost = INT_MAX;
	for (; m.name_count < n && m.name_count < NAME_WORDS_MAX; m.name_count++) {
		m.names[m.name_count].text = parts[m.name_count];
		name_sounds_read(parts[m.name_count], &m.names[m.name_count].sounds);
	}
	if (try_all(&m, slips > 0)) {
		choose(&m, 0, 0);
	}
	free(text);
	return out->cost != INT_MAX;
}
