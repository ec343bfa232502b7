#include "sync/points.h"

#include <string.h>

#include "base/alloc.h"

#define POINTS_OF_LOG 512 /* more are not remembered */

bool points_place(const struct replica *replica, const struct log_view *view, const struct head *point, bool *placed, struct err *err) {
	*placed = point->seq == 0;
	for (size_t c = 0; !*placed && c < view->chain_count; c++) {
		if (!offer_holds(replica, &view->chains[c], point, placed, err)) {
			return false;
		}
	}
	return true;
}

bool points_hold_signed(const struct replica *replica, const struct log_view *view, const struct head *point, bool *held, struct err *err) {
	*held = point->seq == 0;
	for (size_t c = 0; !*held && c < view->chain_count; c++) {
		if (point->seq <= view->chains[c].seq && !offer_holds(replica, &view->chains[c], point, held, err)) {
			return false;
		}
	}
	return true;
}

/* *below: the point and the lower one lie on one chain of ours, so the lower one says nothing more. */
static bool is_below(const struct replica *replica, const struct head *lower, const struct head *point, bool *below, struct err *err) {
	struct heads own = {0};
	*below = lower->seq == 0 || (lower->seq == point->seq && crypto_hash_eq(&lower->hash, &point->hash));
	if (*below || lower->seq >= point->seq) {
		return true;
	}
	bool ok = replica->ops->heads_of(replica->self, &point->log, &own, err);
	for (size_t c = 0; ok && !*below && c < own.count; c++) {
		struct log_view one = {&own.items[c], 1, NULL, 0};
		bool both[2] = {false, false};
		ok = points_place(replica, &one, lower, &both[0], err) && points_place(replica, &one, point, &both[1], err);
		*below = both[0] && both[1];
	}
	heads_fini(&own);
	return ok;
}

bool points_add(const struct replica *replica, struct heads *points, const struct head *point, struct err *err) {
	size_t begin = heads_find(points, &point->log);
	size_t end = begin + offer_heads_of(points, begin, &point->log);
	size_t at = begin; /* where it belongs among those that stay */
	if (end - begin >= POINTS_OF_LOG) {
		return true;
	}
	size_t kept = begin;
	for (size_t i = begin; i < end; i++) {
		bool below = false;
		if (!is_below(replica, &points->items[i], point, &below, err)) {
			return false;
		}
		if (!below) {
			at = head_order(&points->items[i], point) < 0 ? kept + 1 : at;
			points->items[kept++] = points->items[i];
		}
	}
	if (kept != end) {
		memmove(&points->items[kept], &points->items[end], (points->count - end) * sizeof *points->items);
		points->count -= end - kept;
	}
	ARRAY_GROW(points, items);
	memmove(&points->items[at + 1], &points->items[at], (points->count - at) * sizeof *points->items);
	points->items[at] = *point;
	points->count++;
	return true;
}
