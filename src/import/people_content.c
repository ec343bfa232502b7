#include "import/people_content.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/fold.h"
#include "import/alias.h"
#include "import/registration_text.h"

/* ---- registrations ---- */

/* In the column: how many cells say something, and how many of them a status. */
static void count_statuses(const struct table *t, const struct people_layout *layout, size_t column, size_t *filled, size_t *known) {
	*filled = 0;
	*known = 0;
	for (size_t row = layout->first; row < layout->end; row++) {
		const char *cell = table_cell(t, row, column);
		if (*cell != '\0' && !str_eq(cell, table_cell(t, layout->header, column))) {
			(*filled)++;
			*known += registration_read(cell) != REGISTRATION_UNSAID;
		}
	}
}

/* A column that says nothing yet is one of statuses too: in the next file of that source somebody may be cancelled, or no more. */
static bool holds_statuses(const struct table *t, const struct people_layout *layout, size_t column) {
	size_t filled = 0;
	size_t known = 0;
	count_statuses(t, layout, column, &filled, &known);
	bool sure = layout->rank[column] > 0 ? known > 0 : known * 2 >= filled && known > 0;
	return sure || filled == 0;
}

static bool is_called_status(const struct people_layout *layout, size_t column) {
	return layout->target[column] == PERSON_CATEGORY && layout->rank[column] == 0;
}

static void judge_registrations(const struct table *t, struct people_layout *layout) {
	enum { MAPPED = 7 }; /* the rank of what the caller named */
	for (size_t c = 0; c < layout->width; c++) {
		size_t filled = 0;
		size_t known = 0;
		if (is_called_status(layout, c)) {
			count_statuses(t, layout, c, &filled, &known);
			layout->target[c] = known != 0 && known * 2 >= filled ? PERSON_REGISTRATION : PERSON_CATEGORY;
		} else if (layout->target[c] == PERSON_REGISTRATION && layout->rank[c] < MAPPED && !holds_statuses(t, layout, c)) {
			layout->target[c] = PEOPLE_OTHER;
		}
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
