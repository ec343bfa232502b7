#include "event/tally.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/mapstr.h"

struct person {
	int category; /* -1: nobody said */
	bool expected;
	int first; /* of their lines, plus one; 0: none */
};

struct tally {
	int64_t day;
	struct tally_counts counts;
	struct mapstr who, places, categories;
	struct {
		struct person *items;
		size_t count, cap;
	} people;
	struct {
		struct tally_line *items;
		int32_t *next; /* beside each: the one before it of the same person, plus one; 0: none */
		size_t count, cap;
	} lines;
	size_t place_cap, category_cap;
};

struct tally *tally_open(int64_t day) {
	struct tally *t = xcalloc(1, sizeof *t);
	t->day = day;
	tally_place(t, "");
	return t;
}

void tally_close(struct tally *t) {
	if (t == NULL) {
		return;
	}
	for (size_t i = 0; i < t->counts.place_count; i++) {
		free(t->counts.places[i].key);
	}
	for (size_t i = 0; i < t->counts.category_count; i++) {
		free(t->counts.categories[i].name);
	}
	free(t->counts.places);
	free(t->counts.categories);
	mapstr_fini(&t->who);
	mapstr_fini(&t->places);
	mapstr_fini(&t->categories);
	free(t->people.items);
	free(t->lines.items);
	free(t->lines.next);
	free(t);
}

/* --- numbers ------------------------------------------------------------------------------------------------------------------------------- */

int tally_who(struct tally *t, const char *key, bool *made) {
	bool fresh = false;
	int64_t *place = mapstr_place(&t->who, key, &fresh);
	if (fresh) {
		ARRAY_GROW(&t->people, items);
		*place = (int64_t)t->people.count;
		t->people.items[t->people.count++] = (struct person){.category = -1};
	}
	if (made != NULL) {
		*made = fresh;
	}
	return (int)*place;
}

int tally_find(const struct tally *t, const char *key) {
	const int64_t *place = mapstr_find(&t->who, key);
	return place == NULL ? -1 : (int)*place;
}

int tally_place(struct tally *t, const char *key) {
	bool made = false;
	int64_t *place = mapstr_place(&t->places, key, &made);
	if (made) {
		if (t->counts.place_count == t->place_cap) {
			t->place_cap = t->place_cap == 0 ? 16 : 2 * t->place_cap;
			t->counts.places = xrealloc(t->counts.places, t->place_cap, sizeof *t->counts.places);
		}
		*place = (int64_t)t->counts.place_count;
		t->counts.places[t->counts.place_count++] = (struct tally_place_count){.key = xstrdup(key)};
	}
	return (int)*place;
}

int tally_category_of(struct tally *t, const char *name) {
	bool made = false;
	int64_t *place = mapstr_place(&t->categories, name, &made);
	if (made) {
		if (t->counts.category_count == t->category_cap) {
			t->category_cap = t->category_cap == 0 ? 8 : 2 * t->category_cap;
			t->counts.categories = xrealloc(t->counts.categories, t->category_cap, sizeof *t->counts.categories);
		}
		*place = (int64_t)t->counts.category_count;
		t->counts.categories[t->counts.category_count++] = (struct tally_category){.name = xstrdup(name)};
	}
	return (int)*place;
}

void tally_expect_nobody(struct tally *t) {
	t->counts.expected = 0;
	for (size_t i = 0; i < t->counts.category_count; i++) {
		t->counts.categories[i].expected = 0;
	}
}

void tally_expect(struct tally *t, int category, int64_t people) {
	t->counts.expected += people;
	t->counts.categories[category].expected += people;
}

/* --- what a person adds ---------------------------------------------------------------------------------------------------------------------- */

/* Where somebody was at one place: of a few lines, so they are gone through again for each. */
struct at_place {
	bool came, inside;
	int64_t first, last, left; /* ms; of coming, of leaving */
	int quarter;               /* of the first */
};

static void note(struct at_place *at, const struct tally_line *line) {
	if (line->move == TALLY_CAME) {
		at->quarter = !at->came || line->utc.v < at->first ? line->quarter : at->quarter;
		at->first = !at->came || line->utc.v < at->first ? line->utc.v : at->first;
		at->last = !at->came || line->utc.v > at->last ? line->utc.v : at->last;
		at->came = true;
	} else if (line->move == TALLY_LEFT) {
		at->left = line->utc.v > at->left ? line->utc.v : at->left;
	}
}

/* Whoever is in a session has come to the event, whether or not anybody signed them in at its entrance. */
static bool is_arrival(const struct tally *t, const struct tally_line *line) {
	return line->day == t->day && (line->place == TALLY_ARRIVAL || line->move == TALLY_CAME);
}

/* Arrival counts by its day; a session whenever it was. Who leaves the event leaves its sessions. */
static struct at_place look(const struct tally *t, const struct person *p, int place) {
	struct at_place at = {.left = INT64_MIN};
	for (int i = p->first; i != 0; i = t->lines.next[i - 1]) {
		const struct tally_line *line = &t->lines.items[i - 1];
		bool event_left = line->move == TALLY_LEFT && line->place == TALLY_ARRIVAL;
		bool here = place == TALLY_ARRIVAL ? is_arrival(t, line) : line->place == place;
		if (line->counts && (here || (place != TALLY_ARRIVAL && event_left))) {
			note(&at, line);
		}
	}
	at.inside = at.came && at.left < at.last;
	return at;
}

/* Is this the person's first line of that place? Then the place is counted by it. */
static bool is_first_of_place(const struct tally *t, const struct person *p, int number) {
	int place = t->lines.items[number].place;
	for (int i = p->first; i != 0 && i - 1 != number; i = t->lines.next[i - 1]) {
		if (t->lines.items[i - 1].place == place) {
			return false;
		}
	}
	return true;
}

static void count_arrival(struct tally *t, const struct person *p, int sign) {
	struct at_place at = look(t, p, TALLY_ARRIVAL);
	if (!at.came) {
		return;
	}
	t->counts.arrived += sign;
	t->counts.here += at.inside ? sign : 0;
	t->counts.of_them += p->expected ? sign : 0;
	t->counts.quarters[at.quarter < 0 ? 0 : at.quarter >= TALLY_QUARTERS ? TALLY_QUARTERS - 1 : at.quarter] += sign;
	if (p->category >= 0) {
		t->counts.categories[p->category].arrived += sign;
		t->counts.categories[p->category].of_them += p->expected ? sign : 0;
	}
}

/* Puts all that a person adds to the counts in (+1), or takes it out (-1). */
static void count_person(struct tally *t, const struct person *p, int sign) {
	count_arrival(t, p, sign);
	for (int i = p->first; i != 0; i = t->lines.next[i - 1]) {
		const struct tally_line *line = &t->lines.items[i - 1];
		struct tally_place_count *count = &t->counts.places[line->place];
		if (line->move == TALLY_GOT) {
			count->given += line->counts && line->day == t->day ? sign : 0;
		} else if (line->place != TALLY_ARRIVAL && is_first_of_place(t, p, i - 1)) {
			struct at_place at = look(t, p, line->place);
			count->visited += at.came ? sign : 0;
			count->inside += at.inside ? sign : 0;
		}
	}
}

void tally_describe(struct tally *t, int who, int category, bool expected) {
	struct person *p = &t->people.items[who];
	count_person(t, p, -1);
	p->category = category;
	p->expected = expected;
	count_person(t, p, +1);
}

int tally_add(struct tally *t, const struct tally_line *line) {
	struct person *p = &t->people.items[line->who];
	count_person(t, p, -1);
	if (t->lines.count == t->lines.cap) {
		t->lines.cap = t->lines.cap == 0 ? 64 : 2 * t->lines.cap;
		t->lines.items = xrealloc(t->lines.items, t->lines.cap, sizeof *t->lines.items);
		t->lines.next = xrealloc(t->lines.next, t->lines.cap, sizeof *t->lines.next);
	}
	t->lines.items[t->lines.count] = *line;
	t->lines.next[t->lines.count++] = p->first;
	p->first = (int)t->lines.count;
	count_person(t, p, +1);
	return (int)t->lines.count - 1;
}

const struct tally_line *tally_line_at(const struct tally *t, int number) { return &t->lines.items[number]; }

void tally_change(struct tally *t, int number, const struct tally_line *line) {
	struct tally_line *kept = &t->lines.items[number];
	const struct person *p = &t->people.items[kept->who];
	count_person(t, p, -1);
	kept->utc = line->utc;
	kept->day = line->day;
	kept->quarter = line->quarter;
	kept->counts = line->counts;
	count_person(t, p, +1);
}

const struct tally_counts *tally_count(const struct tally *t) { return &t->counts; }

bool tally_is_here(const struct tally *t, int who) { return look(t, &t->people.items[who], TALLY_ARRIVAL).inside; }

bool tally_has_arrived(const struct tally *t, int who) { return look(t, &t->people.items[who], TALLY_ARRIVAL).came; }

struct tally_span tally_span(const int64_t quarters[TALLY_QUARTERS]) {
	struct tally_span span = {-1, -1, 1};
	for (int i = 0; i < TALLY_QUARTERS; i++) {
		if (quarters[i] > 0) {
			span.first = span.first < 0 ? i : span.first;
			span.last = i;
			span.most = quarters[i] > span.most ? quarters[i] : span.most;
		}
	}
	return span;
}
