#include "kiosk/workers/guesses.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "event/person.h"
#include "kiosk/workers/state_note.h"

#define NAME "name-tries"
#define WHAT "wrong digits of telephones"
#define LINE_MAX_BYTES (PERSON_ID_LEN + 8)

struct guessed {
	char person[PERSON_ID_LEN + 1];
	int wrong;
	struct mono_ms last;
};

struct guesses {
	struct guessed *items; /* the last one who was guessed at stands last */
	size_t count, cap;
};

/* Tries that are used up now. */
static int used(const struct guessed *g, struct mono_ms now) {
	int64_t back = (now.v - g->last.v) / GUESSES_BACK_MS;
	return back >= g->wrong ? 0 : g->wrong - (int)back;
}

static struct guessed *find(const struct guesses *g, const char *person) {
	for (size_t i = 0; i < g->count; i++) {
		if (str_eq(g->items[i].person, person)) {
			return &g->items[i];
		}
	}
	return NULL;
}

static void drop(struct guesses *g, size_t which) {
	g->count--;
	memmove(&g->items[which], &g->items[which + 1], (g->count - which) * sizeof *g->items);
}

static void add(struct guesses *g, const char *person, int wrong, struct mono_ms now) {
	if (g->count == GUESSES_PEOPLE_MAX) {
		drop(g, 0);
	}
	ARRAY_GROW(g, items);
	struct guessed *item = &g->items[g->count++];
	*item = (struct guessed){.wrong = wrong, .last = now};
	str_copy(item->person, sizeof item->person, person);
}

/* Whoever has all tries again is no longer spoken of. */
static void save(struct guesses *g, struct mono_ms now) {
	struct strbuf text = {0};
	for (size_t i = g->count; i > 0; i--) {
		if (used(&g->items[i - 1], now) == 0) {
			drop(g, i - 1);
		}
	}
	for (size_t i = 0; i < g->count; i++) {
		strbuf_addf(&text, "%s %d\n", g->items[i].person, used(&g->items[i], now));
	}
	state_note_write(NAME, strbuf_str(&text), WHAT);
	strbuf_fini(&text);
}

static void read_line(struct guesses *g, char *line, struct mono_ms now) {
	char *parts[2];
	int64_t wrong;
	if (str_split(line, ' ', parts, COUNT_OF(parts)) == COUNT_OF(parts) && strlen(parts[0]) == PERSON_ID_LEN &&
	    str_to_i64(parts[1], &wrong) && wrong > 0 && wrong <= GUESSES_TRIES && find(g, parts[0]) == NULL) {
		add(g, parts[0], (int)wrong, now);
	}
}

void guesses_wipe(void) { state_note_write(NAME, "", WHAT); }

struct guesses *guesses_open(struct mono_ms now) {
	struct guesses *g = xcalloc(1, sizeof *g);
	struct strbuf text = {0};
	if (state_note_read(NAME, (size_t)GUESSES_PEOPLE_MAX * LINE_MAX_BYTES, &text)) {
		for (char *line = text.data, *rest; line != NULL; line = rest) {
			rest = strchr(line, '\n');
			if (rest != NULL) {
				*rest++ = '\0';
			}
			read_line(g, line, now);
		}
	}
	strbuf_fini(&text);
	return g;
}

void guesses_close(struct guesses *g) {
	if (g != NULL) {
		free(g->items);
		free(g);
	}
}

int guesses_left(const struct guesses *g, const char *person, struct mono_ms now) {
	const struct guessed *item = find(g, person);
	return GUESSES_TRIES - (item == NULL ? 0 : used(item, now));
}

void guesses_wrong(struct guesses *g, const char *person, struct mono_ms now) {
	const struct guessed *item = find(g, person);
	int wrong = (item == NULL ? 0 : used(item, now)) + 1;
	if (item != NULL) {
		drop(g, (size_t)(item - g->items));
	}
	add(g, person, wrong > GUESSES_TRIES ? GUESSES_TRIES : wrong, now);
	save(g, now);
}

void guesses_forget(struct guesses *g, const char *person, struct mono_ms now) {
	const struct guessed *item = find(g, person);
	if (item != NULL) {
		drop(g, (size_t)(item - g->items));
		save(g, now);
	}
}
