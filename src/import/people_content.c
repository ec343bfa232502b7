#include "import/people_content.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/fold.h"
#include "import/alias.h"
#include "import/registration_text.h"

/* ---- registrations ---- */

struct statuses { /* cells of a column */
	size_t filled, known, refusing;
};

static struct statuses count_statuses(const struct table *t, const struct people_layout *layout, size_t column) {
	struct statuses s = {0};
	for (size_t row = layout->first; row < layout->end; row++) {
		const char *cell = table_cell(t, row, column);
		if (*cell != '\0' && !str_eq(cell, table_cell(t, layout->header, column))) {
			enum registration said = registration_read(cell);
			s.filled++;
			s.known += said != REGISTRATION_UNSAID;
			s.refusing += !registration_admits(said);
		}
	}
	return s;
}

static bool mostly_statuses(const struct statuses *s) { return s->known != 0 && s->known * 2 >= s->filled; }

/* A column that says nothing yet is one of statuses too: in the next file of that source somebody may be cancelled, or no more. */
static bool holds_statuses(const struct statuses *s, int rank) { return s->filled == 0 || (rank > 0 ? s->known != 0 : mostly_statuses(s)); }

static bool is_called_status(const struct people_layout *layout, size_t column) {
	return layout->target[column] == PERSON_CATEGORY && layout->rank[column] == 0;
}

static void judge_column(const struct table *t, struct people_layout *layout, size_t column) {
	enum { MAPPED = 7 }; /* the rank of what the caller named */
	int target = layout->target[column];
	int rank = layout->rank[column];
	bool called = is_called_status(layout, column);
	if (rank == MAPPED || (target != PEOPLE_OTHER && target != PERSON_REGISTRATION && !called)) {
		return;
	}
	struct statuses s = count_statuses(t, layout, column);
	if (called && mostly_statuses(&s)) {
		layout->target[column] = PERSON_REGISTRATION;
	} else if (target == PERSON_REGISTRATION && !holds_statuses(&s, rank)) {
		layout->target[column] = PEOPLE_OTHER;
	}
	/* Whether it is the registration that they are of, nobody but the caller can say: it may be a payment's. */
	layout->statuses[column] = layout->target[column] == PEOPLE_OTHER && mostly_statuses(&s) && s.refusing != 0;
}

static void judge_registrations(const struct table *t, struct people_layout *layout) {
	for (size_t c = 0; c < layout->width; c++) {
		judge_column(t, layout, c);
		bool question = layout->target[c] >= PEOPLE_IS_CANCELLED && layout->target[c] <= PEOPLE_IS_COMING;
		layout->registration = layout->registration || question || layout->target[c] == PERSON_REGISTRATION;
	}
}

/* ---- names ---- */

bool people_name_holds(const char *name, const char *part) {
	char *x = fold_text(part), *y = fold_text(name), *words[32];
	size_t n = str_split(x, ' ', words, COUNT_OF(words));
	char *padded = xasprintf(" %s ", y);
	bool all = true;
	for (size_t i = 0; i < n && all; i++) {
		char *word = xasprintf(" %s ", words[i]);
		all = strstr(padded, word) != NULL;
		free(word);
	}
	free(padded);
	free(x);
	free(y);
	return all;
}

bool people_name_is_one_word(const char *name) { return strpbrk(name, " ,") == NULL; }

/* The column of that target, and its rank; -1. */
static int column_of(const struct people_layout *layout, int target) {
	int found = -1;
	for (size_t c = 0; c < layout->width; c++) {
		if (layout->target[c] == target && (found < 0 || layout->rank[c] > layout->rank[found])) {
			found = (int)c;
		}
	}
	return found;
}

/* "Ім'я учасника" beside "Прізвище": the header itself says given name, in the tongues where it is not the word for a whole one. */
static bool header_says_given(const struct people_layout *layout, int column) {
	char *folded = alias_fold(layout->name[column]);
	bool given = str_starts(folded, "імя") || str_starts(folded, "имя");
	free(folded);
	return given;
}

/* A family name that belongs to the buyer, and not to the attendee whose whole name stands in the other column, is of a lower rank. */
static void judge_names(const struct table *t, struct people_layout *layout) {
	int name = column_of(layout, PERSON_NAME);
	int family = column_of(layout, PEOPLE_FAMILY);
	size_t whole = 0;
	size_t lacking = 0;
	if (name < 0 || family < 0 || (layout->rank[family] < layout->rank[name] && !header_says_given(layout, name))) {
		return;
	}
	for (size_t row = layout->first; row < layout->end; row++) {
		const char *n = table_cell(t, row, (size_t)name);
		const char *f = table_cell(t, row, (size_t)family);
		if (*n != '\0' && *f != '\0') {
			*(people_name_holds(n, f) ? &whole : &lacking) += 1;
		}
	}
	layout->given_names = lacking > whole;
}

void people_content_judge(const struct table *t, struct people_layout *layout) {
	judge_registrations(t, layout);
	judge_names(t, layout);
}
