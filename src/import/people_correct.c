/* By contact first, then by names with a second field, then what is left as doubts. Candidates are looked up by a word of the name, with the second
 * field where it has to agree: a slip spoils one word, and the others lead to each other. */
#include "import/people_correct.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "event/likeness.h"

#define LOOKED_AT 200 /* people under one word, so that a list of one name repeated costs no square of its rows */
#define NOBODY SIZE_MAX

/* People by texts, several under each. */
struct shelf {
	struct mapstr heads; /* -> index in items + 1 */
	struct {
		struct filed {
			size_t person, next; /* next: index + 1, 0 at the end */
		} * items;
		size_t count, cap;
	} filed;
};

static void shelve(struct shelf *shelf, const char *text, size_t person) {
	bool made = false;
	int64_t *head = mapstr_place(&shelf->heads, text, &made);
	ARRAY_GROW(&shelf->filed, items);
	shelf->filed.items[shelf->filed.count] = (struct filed){person, made ? 0 : (size_t)*head};
	*head = (int64_t)++shelf->filed.count;
}

static void shelf_fini(struct shelf *shelf) {
	mapstr_fini(&shelf->heads);
	free(shelf->filed.items);
}

/* Which pairs are looked for: with a second field that agrees; by names alone, also among people whom others brought; by a contact that several
 * have, a family's or an office's, with one word of the name: a reason to ask. */
enum search { SEARCH_SECOND, SEARCH_NAMES, SEARCH_CONTACT };

struct pair {
	size_t row, known;
	enum likeness likeness;
	bool agrees; /* in a second field */
};

struct correcting {
	const struct correct_input *in;
	struct corrections *out;
	bool *row_done, *known_done;                /* paired; closed ones are from the start */
	struct name_words *row_words, *known_words; /* of those that are open */
	size_t *seen_by;                            /* by known: the last row that looked at it, + 1 */
	struct strbuf key;
	struct {
		struct pair *items;
		size_t count, cap;
	} pairs;
};

static void add_correction(struct correcting *c, size_t row, size_t known, bool sure, bool only) {
	ARRAY_GROW(c->out, items);
	c->out->items[c->out->count++] = (struct correction){row, known, sure, only};
	c->row_done[row] = true;
	c->known_done[known] = c->known_done[known] || sure;
}

/* --- by e-mail and phone ---------------------------------------------------------------------------------------------------------------- */

struct holder {
	size_t count;
	size_t person; /* the last of them */
};

/* Who has each contact; of the known those of this source. */
struct holders {
	struct mapstr places; /* -> index in items + 1 */
	struct holder *items;
	size_t count, cap;
};

static const char *second_of(const struct correct_person *p, size_t which) { return str_or_empty(p->second[which]); }

static void count_holders(const struct correct_person *people, size_t n, enum correct_second which, struct holders *out) {
	for (size_t i = 0; i < n; i++) {
		const char *contact = second_of(&people[i], which);
		bool made = false;
		if (contact[0] == '\0' || !people[i].mine) {
			continue;
		}
		int64_t *place = mapstr_place(&out->places, contact, &made);
		if (made) {
			ARRAY_GROW(out, items);
			out->items[out->count++] = (struct holder){0};
			*place = (int64_t)out->count;
		}
		struct holder *holder = &out->items[*place - 1];
		holder->count++;
		holder->person = i;
	}
}

static size_t only_holder(const struct holders *holders, const char *contact) {
	const int64_t *place = mapstr_find(&holders->places, contact);
	const struct holder *holder = place ? &holders->items[*place - 1] : NULL;
	return holder != NULL && holder->count == 1 ? holder->person : NOBODY;
}

static void holders_fini(struct holders *holders) {
	mapstr_fini(&holders->places);
	free(holders->items);
}

static bool seconds_differ(const struct correct_person *a, const struct correct_person *b, size_t which) {
	return second_of(a, which)[0] != '\0' && second_of(b, which)[0] != '\0' && !str_eq(a->second[which], b->second[which]);
}

static void match_contacts(struct correcting *c, enum correct_second which) {
	struct holders rows = {0}, known = {0};
	count_holders(c->in->rows, c->in->row_count, which, &rows);
	count_holders(c->in->known, c->in->known_count, which, &known);
	for (size_t r = 0; r < c->in->row_count; r++) {
		const struct correct_person *row = &c->in->rows[r];
		const char *contact = second_of(row, which);
		if (c->row_done[r] || contact[0] == '\0' || only_holder(&rows, contact) != r) {
			continue;
		}
		size_t k = only_holder(&known, contact);
		if (k != NOBODY && !c->known_done[k] && !seconds_differ(row, &c->in->known[k], CORRECT_BIRTH_YEAR)) {
			/* An office's address goes on to the next one there: another name with another phone is told, not taken. */
			enum correct_second beside = which == CORRECT_EMAIL ? CORRECT_PHONE : CORRECT_EMAIL;
			bool same = !seconds_differ(row, &c->in->known[k], beside) ||
				    name_words_compare(&c->row_words[r], &c->known_words[k]) != LIKENESS_NONE;
			add_correction(c, r, k, same, true);
		}
	}
	holders_fini(&rows);
	holders_fini(&known);
}

/* --- by names --------------------------------------------------------------------------------------------------------------------------- */

static bool second_agrees(const struct correct_person *a, const struct correct_person *b, size_t which) {
	return second_of(a, which)[0] != '\0' && str_eq(a->second[which], b->second[which]);
}

static bool some_second_agrees(const struct correct_person *a, const struct correct_person *b) {
	bool agrees = false;
	for (size_t i = 0; i < CORRECT_SECONDS; i++) {
		agrees = agrees || second_agrees(a, b, i);
	}
	return agrees;
}

static bool some_second_differs(const struct correct_person *a, const struct correct_person *b) {
	bool differs = false;
	for (size_t i = 0; i < CORRECT_SECONDS; i++) {
		differs = differs || seconds_differ(a, b, i);
	}
	return differs;
}

/* Calls for every word of the name, alone or with each of the second fields. */
typedef void word_fn(struct correcting *c, const char *key, size_t person, void *context);
static void each_word(struct correcting *c, const struct name_words *words, const struct correct_person *with, size_t person, word_fn *each,
		      void *context) {
	for (size_t w = 0; w < words->count; w++) {
		for (size_t i = 0; i < (with == NULL ? 1 : CORRECT_SECONDS); i++) {
			if (with != NULL && second_of(with, i)[0] == '\0') {
				continue;
			}
			strbuf_reset(&c->key);
			strbuf_addf(&c->key, "%zu\n%s\n%s", i, with == NULL ? "" : with->second[i], words->words[w]);
			each(c, strbuf_str(&c->key), person, context);
		}
	}
}

static void shelve_word(struct correcting *c, const char *key, size_t person, void *context) {
	(void)c;
	shelve(context, key, person);
}

struct searching {
	const struct shelf *shelf;
	enum search search;
};

static bool contact_agrees(const struct correct_person *a, const struct correct_person *b) {
	return second_agrees(a, b, CORRECT_EMAIL) || second_agrees(a, b, CORRECT_PHONE);
}

/* Whether the two look like one person at all. */
static enum likeness look(const struct correcting *c, size_t r, size_t k, enum search search) {
	const struct correct_person *row = &c->in->rows[r], *known = &c->in->known[k];
	enum likeness likeness = name_words_compare(&c->row_words[r], &c->known_words[k]);
	if (seconds_differ(row, known, CORRECT_BIRTH_YEAR)) {
		return LIKENESS_NONE;
	}
	if (search == SEARCH_CONTACT) {
		return contact_agrees(row, known) ? LIKENESS_NEAR : LIKENESS_NONE; /* they were looked up by a word in common */
	}
	if (search == SEARCH_SECOND) {
		return some_second_agrees(row, known) ? likeness : LIKENESS_NONE;
	}
	if (!known->mine) {
		return likeness == LIKENESS_ALIKE && !some_second_differs(row, known) ? likeness : LIKENESS_NONE;
	}
	return likeness >= LIKENESS_SLIP ? likeness : LIKENESS_NONE;
}

static void look_under(struct correcting *c, const char *key, size_t r, void *context) {
	const struct searching *s = context;
	const int64_t *head = mapstr_find(&s->shelf->heads, key);
	size_t at = head == NULL || s->shelf->filed.items == NULL ? 0 : (size_t)*head;
	for (int looked = 0; at != 0 && looked < LOOKED_AT; looked++) {
		size_t k = s->shelf->filed.items[at - 1].person;
		at = s->shelf->filed.items[at - 1].next;
		enum likeness likeness = c->seen_by[k] == r + 1 ? LIKENESS_NONE : look(c, r, k, s->search);
		c->seen_by[k] = r + 1;
		if (likeness != LIKENESS_NONE) {
			ARRAY_GROW(&c->pairs, items);
			bool agrees = some_second_agrees(&c->in->rows[r], &c->in->known[k]);
			c->pairs.items[c->pairs.count++] = (struct pair){r, k, likeness, agrees};
		}
	}
}

/* All pairs of open ones that look alike. */
static void find_pairs(struct correcting *c, enum search search) {
	struct shelf shelf = {0};
	struct searching searching = {&shelf, search};
	bool with_second = search != SEARCH_NAMES;
	c->pairs.count = 0;
	for (size_t k = c->in->known_count; k-- > 0;) { /* so that the first comes first under its word */
		const struct correct_person *known = &c->in->known[k];
		if (!c->known_done[k] && (known->mine || !with_second)) {
			each_word(c, &c->known_words[k], with_second ? known : NULL, k, shelve_word, &shelf);
		}
	}
	memset(c->seen_by, 0, c->in->known_count * sizeof *c->seen_by);
	for (size_t r = 0; r < c->in->row_count; r++) {
		if (!c->row_done[r]) {
			each_word(c, &c->row_words[r], with_second ? &c->in->rows[r] : NULL, r, look_under, &searching);
		}
	}
	shelf_fini(&shelf);
}

static bool pair_is_open(const struct correcting *c, const struct pair *p) { return !c->row_done[p->row] && !c->known_done[p->known]; }

static bool pair_counts(const struct correcting *c, const struct pair *p, enum likeness least, bool agreeing) {
	return p->likeness >= least && (p->agrees || !agreeing) && pair_is_open(c, p);
}

/* How many such open pairs each row and each known one has. */
static void count_pairs(const struct correcting *c, enum likeness least, bool agreeing, size_t *rows, size_t *known) {
	memset(rows, 0, c->in->row_count * sizeof *rows);
	memset(known, 0, c->in->known_count * sizeof *known);
	for (size_t i = 0; i < c->pairs.count; i++) {
		const struct pair *p = &c->pairs.items[i];
		if (pair_counts(c, p, least, agreeing)) {
			rows[p->row]++;
			known[p->known]++;
		}
	}
}

/* Takes the pairs of at least that likeness that have no rival; as doubts, all of them. `agreeing`: in a second field. */
static void take_pairs(struct correcting *c, enum likeness least, bool agreeing, bool doubts) {
	size_t *rows = xcalloc(c->in->row_count + 1, sizeof *rows), *known = xcalloc(c->in->known_count + 1, sizeof *known);
	count_pairs(c, least, agreeing, rows, known);
	for (size_t i = 0; i < c->pairs.count; i++) {
		const struct pair *p = &c->pairs.items[i];
		bool only = rows[p->row] == 1 && known[p->known] == 1;
		if (pair_counts(c, p, least, agreeing) && (only || doubts)) {
			add_correction(c, p->row, p->known, !doubts, only);
		}
	}
	free(rows);
	free(known);
}

/* A row is told of once: whoever agrees in a second field is asked about before somebody of whom nothing else is known. */
static void take_doubts(struct correcting *c, enum likeness least) {
	take_pairs(c, least, true, true);
	take_pairs(c, least, false, true);
}

static void match_names(struct correcting *c) {
	find_pairs(c, SEARCH_SECOND);
	take_pairs(c, LIKENESS_ALIKE, true, false);
	take_pairs(c, LIKENESS_SLIP, true, false);
	take_doubts(c, LIKENESS_ALIKE); /* the likelier doubt first */
	take_doubts(c, LIKENESS_NEAR);
	find_pairs(c, SEARCH_NAMES);
	take_doubts(c, LIKENESS_ALIKE);
	take_doubts(c, LIKENESS_SLIP);
	find_pairs(c, SEARCH_CONTACT);
	take_doubts(c, LIKENESS_NEAR);
}

/* --- all of it -------------------------------------------------------------------------------------------------------------------------- */

static bool *close_closed(const struct correct_person *people, size_t n, struct name_words *words) {
	bool *done = xcalloc(n + 1, sizeof *done);
	for (size_t i = 0; i < n; i++) {
		done[i] = !people[i].open;
		if (people[i].open) {
			name_words_read(str_or_empty(people[i].name), &words[i]);
		}
	}
	return done;
}

static void free_words(struct name_words *words, size_t n) {
	for (size_t i = 0; i < n; i++) {
		name_words_fini(&words[i]);
	}
	free(words);
}

/* Doubts of several passes may be about one known person: then none of them is the only one. */
static void mark_rivals(struct correcting *c) {
	size_t *known = xcalloc(c->in->known_count + 1, sizeof *known);
	for (size_t i = 0; i < c->out->count; i++) {
		known[c->out->items[i].known]++;
	}
	for (size_t i = 0; i < c->out->count; i++) {
		struct correction *found = &c->out->items[i];
		found->only = found->only && known[found->known] == 1;
	}
	free(known);
}

static int by_row(const void *a, const void *b) {
	const struct correction *x = a, *y = b;
	return (x->row > y->row) - (x->row < y->row);
}

void people_correct(const struct correct_input *in, struct corrections *out) {
	struct correcting c = {.in = in, .out = out};
	c.row_words = xcalloc(in->row_count + 1, sizeof *c.row_words);
	c.known_words = xcalloc(in->known_count + 1, sizeof *c.known_words);
	c.row_done = close_closed(in->rows, in->row_count, c.row_words);
	c.known_done = close_closed(in->known, in->known_count, c.known_words);
	c.seen_by = xcalloc(in->known_count + 1, sizeof *c.seen_by);
	match_contacts(&c, CORRECT_EMAIL);
	match_contacts(&c, CORRECT_PHONE);
	match_names(&c);
	mark_rivals(&c);
	if (out->count > 1) {
		qsort(out->items, out->count, sizeof *out->items, by_row);
	}
	free_words(c.row_words, in->row_count);
	free_words(c.known_words, in->known_count);
	free(c.row_done);
	free(c.known_done);
	free(c.seen_by);
	free(c.pairs.items);
	strbuf_fini(&c.key);
}

void corrections_fini(struct corrections *list) {
	free(list->items);
	*list = (struct corrections){0};
}
