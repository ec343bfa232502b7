#include "kiosk/ui/focus.h"

#include <stdlib.h>

#define FOCUS_MAX 256 /* areas of one screen */

static bool covers(struct box upper, struct box lower) {
	struct pixel first = {lower.x, lower.y}, last = {lower.x + lower.w - 1, lower.y + lower.h - 1};
	return box_holds(upper, first) && box_holds(upper, last);
}

/* What was drawn later lies above, and gets the touches. */
static bool is_covered(const struct draw_list *list, size_t which) {
	for (size_t i = which + 1; i < list->count; i++) {
		if (list->items[i].kind == DRAW_TOUCH && covers(list->items[i].box, list->items[which].box)) {
			return true;
		}
	}
	return false;
}

/* Two areas share a row when the middle of the higher one lies beside the lower: buttons of unequal height do. */
static bool reads_before(struct box a, struct box b) {
	bool same_row = a.y + a.h / 2 >= b.y && b.y + b.h / 2 >= a.y && a.y + a.h / 2 < b.y + b.h && b.y + b.h / 2 < a.y + a.h;
	return same_row ? a.x < b.x : a.y + a.h / 2 < b.y + b.h / 2;
}

size_t focus_order(const struct draw_list *list, size_t *out, size_t cap) {
	size_t n = 0;
	for (size_t i = 0; i < list->count && n < cap; i++) {
		if (list->items[i].kind != DRAW_TOUCH || is_covered(list, i)) {
			continue;
		}
		size_t at = n++;
		while (at > 0 && reads_before(list->items[i].box, list->items[out[at - 1]].box)) {
			out[at] = out[at - 1];
			at--;
		}
		out[at] = i;
	}
	return n;
}

const struct draw_command *focus_step(const struct draw_list *list, int action, int64_t argument, int step) {
	size_t order[FOCUS_MAX];
	/* When nothing has the focus, a step forwards leads to the first area and one backwards to the last. */
	size_t n = focus_order(list, order, FOCUS_MAX), at = step > 0 ? n - 1 : 0;
	if (n == 0) {
		return NULL;
	}
	for (size_t i = 0; i < n; i++) {
		const struct draw_command *c = &list->items[order[i]];
		at = c->action == action && c->argument == argument ? i : at;
	}
	return &list->items[order[(at + n + (size_t)(step > 0 ? 1 : n - 1)) % n]];
}

void focus_draw(const struct pen *pen, struct box box) {
	const struct theme *t = pen->theme;
	int width = len(t, LINE_FOCUS), air = len(t, FOCUS_AIR) + width;
	draw_outline(pen->list, box_inset(box, -air), len(t, ROUND_BUTTON) + air, width, hue(t, TEAL));
}
