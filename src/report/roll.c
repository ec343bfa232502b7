#include "report/roll.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct roll {
	char **items; /* ids, sorted once they are all there */
	size_t count, cap;
	person_each_fn *each;
	void *context;
};

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static bool take(void *context, const struct totals_person *person, struct err *err) {
	(void)err;
	struct roll *roll = context;
	ARRAY_GROW(roll, items);
	roll->items[roll->count++] = xstrdup(person->id);
	return true;
}

static bool pass_on(void *context, const struct person_row *row, struct err *err) {
	const struct roll *roll = context;
	const char *id = row->id;
	return bsearch(&id, roll->items, roll->count, sizeof *roll->items, by_text) == NULL || roll->each(roll->context, row, err);
}

bool roll_each(struct store *store, struct totals *totals, enum totals_who who, person_each_fn *each, void *context, struct err *err) {
	struct roll roll = {.each = each, .context = context};
	bool ok = totals_each(totals, who, take, &roll, err);
	if (ok && roll.count > 0) { /* of nobody there is nothing to look through */
		qsort(roll.items, roll.count, sizeof *roll.items, by_text);
		ok = people_each_in_order(store, NULL, PEOPLE_BY_NAME, pass_on, &roll, err);
	}
	for (size_t i = 0; i < roll.count; i++) {
		free(roll.items[i]);
	}
	free(roll.items);
	return ok;
}
