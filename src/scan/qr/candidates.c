#include "scan/qr/candidates.h"

#include <math.h>

#include "base/ranked.h"

static bool is_near(const struct finder *a, const struct finder *b) {
	return point_distance(a->centre, b->centre) < 1.5F * fminf(a->module, b->module);
}

static bool are_there(const struct grid_view *a, const struct grid_view *b) {
	return a->image == b->image && is_near(&a->corner, &b->corner) && is_near(&a->right, &b->right) && is_near(&a->below, &b->below);
}

static bool is_same(const struct candidate *a, const struct candidate *b) {
	return a->bent == b->bent && a->grid.version == b->grid.version && are_there(&a->view, &b->view);
}

static bool is_likelier(const void *a, const void *b) {
	return ((const struct candidate *)a)->merit > ((const struct candidate *)b)->merit;
}

void candidates_keep(struct candidates *list, const struct candidate *c) {
	const struct ranked ranked = {list->items, &list->count, CANDIDATES_MAX, sizeof *list->items, is_likelier};
	int at = 0;
	while (at < list->count && !is_same(&list->items[at], c)) {
		at++;
	}
	if (at < list->count) {
		/* What was tried stays, so that its failed attempts are not made again. */
		if (list->items[at].tried != 0 || list->items[at].merit >= c->merit) {
			return;
		}
		ranked_drop(&ranked, at);
	}
	ranked_put(&ranked, c);
}

static bool fits_better(const void *a, const void *b) { return ((const struct suspect *)a)->fit > ((const struct suspect *)b)->fit; }

void suspects_keep(struct suspects *list, const struct suspect *s) {
	for (int i = 0; i < list->count; i++) {
		if (are_there(&list->items[i].view, &s->view)) {
			return;
		}
	}
	ranked_put(&(struct ranked){list->items, &list->count, SUSPECTS_MAX, sizeof *list->items, fits_better}, s);
}
