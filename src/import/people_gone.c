#include "import/people_gone.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static void add_gone(struct people_gone *out, const struct known_person *p) {
	out->total++;
	if (out->count < PEOPLE_GONE_LISTED) {
		ARRAY_GROW(out, items);
		memcpy(out->items[out->count].id, p->id, sizeof p->id);
		out->items[out->count++].name = known_describe(p);
	}
}

static bool *who_is_there(const struct known_people *known, const struct match *match, const struct people_doubts *doubts) {
	bool *there = xcalloc(known->count + 1, sizeof *there);
	for (size_t i = 0; i < match->count; i++) {
		if (match->items[i].known != MATCH_NONE) {
			there[match->items[i].known] = true;
		}
	}
	for (size_t i = 0; i < doubts->count; i++) {
		const struct known_person *like = known_person(known, doubts->items[i].like_id);
		if (like != NULL) {
			there[like->root] = true;
		}
	}
	return there;
}

static int by_name(const void *a, const void *b) {
	const struct gone_person *x = a, *y = b;
	int names = strcmp(x->name, y->name);
	return names != 0 ? names : strcmp(x->id, y->id);
}

void people_list_gone(const struct known_people *known, const struct match *match, const struct people_doubts *doubts,
		      struct people_gone *out) {
	bool *there = who_is_there(known, match, doubts);
	for (size_t i = 0; i < known->count; i++) {
		const struct known_person *p = &known->items[i], *root = &known->items[p->root];
		if (p->mine && !p->removed && !root->removed && !there[p->root]) {
			there[p->root] = true; /* told */
			add_gone(out, root);
		}
	}
	free(there);
	if (out->count > 1) {
		qsort(out->items, out->count, sizeof *out->items, by_name);
	}
}

void people_gone_fini(struct people_gone *gone) {
	for (size_t i = 0; i < gone->count; i++) {
		free(gone->items[i].name);
	}
	free(gone->items);
	*gone = (struct people_gone){0};
}
