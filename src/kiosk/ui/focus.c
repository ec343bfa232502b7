#include "kiosk/ui/focus.h"

#include <stdlib.h>

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
static bool share_row(struct box a, struct box b) {
	return a.y + a.h / 2 >= b.y && b.y + b.h / 2 >= a.y && a.y + a.h / 2 < b.y + b.h && b.y + b.h / 2 < a.y + a.h;
}

static bool reads_before(struct box a, struct box b) { return share_row(a, b) ? a.x < b.x : a.y + a.h / 2 < b.y + b.h / 2; }

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

/* --- where it stands ------------------------------------------------------------------------------------------------------------------- */

struct areas {
	const struct draw_list *list;
	size_t order[FOCUS_MAX], count;
};

static void find_areas(const struct draw_list *list, struct areas *out) {
	out->list = list;
	out->count = focus_order(list, out->order, FOCUS_MAX);
}

static const struct draw_command *area(const struct areas *a, size_t i) { return &a->list->items[a->order[i]]; }

/* Between the middles, doubled so that halves of pixels count. */
static int64_t distance(struct box a, struct box b) {
	int64_t x = 2 * (int64_t)(a.x - b.x) + a.w - b.w, y = 2 * (int64_t)(a.y - b.y) + a.h - b.h;
	return x * x + y * y;
}

/* Its number in the order; count: it stands nowhere. */
static size_t index_of(const struct areas *a, const struct focus *focus) {
	size_t same = a->count, near = a->count;
	for (size_t i = 0; i < a->count && focus->on; i++) {
		const struct draw_command *c = area(a, i);
		int64_t far = distance(c->box, focus->box);
		if (c->action == focus->action && c->argument == focus->argument &&
		    (same == a->count || far < distance(area(a, same)->box, focus->box))) {
			same = i;
		}
		if (near == a->count || far < distance(area(a, near)->box, focus->box)) {
			near = i;
		}
	}
	bool here = focus->owner == a->list->owner;
	return !focus->on ? a->count : here && same < a->count ? same : here ? near : 0;
}

const struct draw_command *focus_find(const struct draw_list *list, const struct focus *focus) {
	struct areas all;
	find_areas(list, &all);
	size_t at = index_of(&all, focus);
	return at < all.count ? area(&all, at) : NULL;
}

static void put(const struct areas *a, struct focus *focus, size_t i) {
	const struct draw_command *c = area(a, i);
	focus->on = true;
	focus->action = c->action;
	focus->argument = c->argument;
	focus->box = c->box;
	focus->owner = a->list->owner;
}

/* --- keys --------------------------------------------------------------------------------------------------------------------------------- */

void focus_step(const struct draw_list *list, struct focus *focus, int step) {
	struct areas all;
	find_areas(list, &all);
	if (all.count == 0) {
		return;
	}
	size_t at = index_of(&all, focus), n = all.count;
	if (at == n) { /* nowhere */
		at = step > 0 ? n - 1 : 0;
	}
	focus->whole_row = false;
	put(&all, focus, (at + n + (size_t)(step > 0 ? 1 : n - 1)) % n);
}

/* How far that way it is, with what lies aside of the way counting twice; INT64_MAX: it lies elsewhere. */
static int64_t way(struct box from, struct box to, int x, int y) {
	int64_t dx = 2 * (int64_t)(to.x - from.x) + to.w - from.w, dy = 2 * (int64_t)(to.y - from.y) + to.h - from.h;
	int64_t along = dx * x + dy * y, aside = llabs(dx * y) + llabs(dy * x);
	bool there = x != 0 ? along > 0 && share_row(from, to) : along > 0 && !share_row(from, to);
	return there ? along + 2 * aside : INT64_MAX;
}

void focus_move(const struct draw_list *list, struct focus *focus, int x, int y) {
	struct areas all;
	find_areas(list, &all);
	size_t at = index_of(&all, focus), best = all.count;
	int64_t least = INT64_MAX;
	for (size_t i = 0; at < all.count && i < all.count; i++) {
		int64_t far = i == at ? INT64_MAX : way(area(&all, at)->box, area(&all, i)->box, x, y);
		if (far < least) {
			least = far;
			best = i;
		}
	}
	if (best == all.count) {
		focus_step(list, focus, x + y > 0 ? 1 : -1);
		return;
	}
	focus->whole_row = false;
	put(&all, focus, best);
}

/* --- switches ------------------------------------------------------------------------------------------------------------------------------- */

/* The areas of the row in which one stands: from `first` to before `end` of the order. */
struct row {
	size_t first, end;
};

static struct row row_from(const struct areas *a, size_t first) {
	struct row row = {first, first + 1};
	while (row.end < a->count && share_row(area(a, first)->box, area(a, row.end)->box)) {
		row.end++;
	}
	return row;
}

static struct row row_of(const struct areas *a, size_t at) {
	struct row row = row_from(a, 0);
	while (row.end <= at) {
		row = row_from(a, row.end);
	}
	return row;
}

static bool goes_by_rows(const struct areas *a) { return a->count >= FOCUS_ROWS_FROM; }

static void put_row(const struct areas *a, struct focus *focus, size_t first) {
	put(a, focus, first);
	focus->whole_row = row_from(a, first).end - first > 1; /* of one area alone there is nothing to go through */
	focus->passed = 0;
}

void focus_advance(const struct draw_list *list, struct focus *focus) {
	struct areas all;
	find_areas(list, &all);
	size_t at = index_of(&all, focus);
	if (all.count == 0) {
		return;
	}
	if (!goes_by_rows(&all)) {
		focus_step(list, focus, 1);
		return;
	}
	if (at == all.count || focus->owner != list->owner) {
		put_row(&all, focus, 0);
		return;
	}
	struct row row = row_of(&all, at);
	if (!focus->whole_row && row.end - row.first > 1 && at + 1 < row.end) {
		put(&all, focus, at + 1);
		return;
	}
	bool leaves = !focus->whole_row && row.end - row.first > 1 && focus->passed == 0;
	focus->passed += leaves;
	if (leaves) { /* once more from its beginning: whoever missed theirs has not to look for the row again */
		put(&all, focus, row.first);
		return;
	}
	put_row(&all, focus, row.end < all.count ? row.end : 0);
}

const struct draw_command *focus_choose(const struct draw_list *list, struct focus *focus) {
	struct areas all;
	find_areas(list, &all);
	size_t at = index_of(&all, focus);
	if (at == all.count) {
		return NULL;
	}
	struct row row = row_of(&all, at);
	if (focus->whole_row && focus->owner == list->owner) {
		put(&all, focus, row.first);
		focus->whole_row = false;
		focus->passed = 0;
		return NULL;
	}
	put(&all, focus, at);
	focus->whole_row = goes_by_rows(&all) && row.end - row.first > 1; /* of keys the next one is as likely in any row */
	focus->passed = 0;
	return area(&all, at);
}

/* --- the ring ------------------------------------------------------------------------------------------------------------------------------- */

static struct box joined(struct box a, struct box b) {
	int x = a.x < b.x ? a.x : b.x, y = a.y < b.y ? a.y : b.y;
	int right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w, low = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
	return (struct box){x, y, right - x, low - y};
}

static struct box within(struct box box, struct box panel) {
	int right = box.x + box.w, low = box.y + box.h;
	box.x = box.x > panel.x ? box.x : panel.x;
	box.y = box.y > panel.y ? box.y : panel.y;
	right = right < panel.x + panel.w ? right : panel.x + panel.w;
	low = low < panel.y + panel.h ? low : panel.y + panel.h;
	return (struct box){box.x, box.y, right - box.x, low - box.y};
}

void focus_draw(const struct pen *pen, const struct focus *focus, struct box panel) {
	const struct theme *t = pen->theme;
	struct areas all;
	find_areas(pen->list, &all);
	size_t at = index_of(&all, focus);
	if (at == all.count) {
		return;
	}
	struct box box = area(&all, at)->box;
	struct row row = row_of(&all, at);
	for (size_t i = row.first; focus->whole_row && i < row.end; i++) {
		box = joined(box, area(&all, i)->box);
	}
	int width = len(t, LINE_FOCUS), air = len(t, FOCUS_AIR) + width, round = len(t, ROUND_BUTTON) + air;
	struct box ring = within(box_inset(box, -air - width), panel);
	draw_outline(pen->list, ring, round + width, width, hue(t, WHITE));
	draw_outline(pen->list, box_inset(ring, width), round, width, hue(t, INK));
}
