#include "scan/qr/candidates.h"

#include <math.h>

static bool is_near(const struct finder *a, const struct finder *b) {
	return point_distance(a->centre, b->centre) < 1.5F * fminf(a->module, b->module);
}

static bool are_there(const struct grid_view *a, const struct grid_view *b) {
	return a->image == b->image && is_near(&a->corner, &b->corner) && is_near(&a->right, &b->right) && is_near(&a->below, &b->below);
}

static bool is_same(const struct candidate *a, const struct candidate *b) {
	return a->bent == b->bent && a->grid.version == b->grid.version && are_there(&a->view, &b->view);
}

void candidates_keep(struct candidates *list, const struct candidate *c) {
	int at = 0;
	while (at < list->count && !is_same(&list->items[at], c)) {
		at++;
	}
	if (at < list->count && (list->items[at].tried != 0 || list->items[at].merit >= c->merit)) {
		return;
	}
	if (at == list->count) {
		at = list->count < CANDIDATES_MAX ? list->count++ : CANDIDATES_MAX;
	}
	for (; at > 0 && list->items[at - 1].merit < c->merit; at--) {
		if (at < CANDIDATES_MAX) {
			list->items[at] = list->items[at - 1];
		}
	}
	if (at < CANDIDATES_MAX) {
		list->items[at] = *c;
	}
}

void suspects_keep(struct suspects *list, const struct suspect *s) {
	for (int i = 0; i < list->count; i++) {
		if (are_there(&list->items[i].view, &s->view)) {
			return;
		}
	}
	int at = list->count < SUSPECTS_MAX ? list->count++ : SUSPECTS_MAX;
	for (; at > 0 && list->items[at - 1].fit < s->fit; at--) {
		if (at < SUSPECTS_MAX) {
			list->items[at] = list->items[at - 1];
		}
	}
	if (at < SUSPECTS_MAX) {
		list->items[at] = *s;
	}
}
