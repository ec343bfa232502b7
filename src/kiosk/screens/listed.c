#include "kiosk/screens/listed.h"

#include "base/alloc.h"

const struct session_when *listed_when(const struct view *v, int listed) {
	int session = listed_session(listed);
	return listed_was(listed) ? &kiosk_event_change(v->model->event, session)->was : &view_session_at(v, session)->when;
}

int64_t listed_day(const struct view *v, int listed) {
	struct session at = {.when = *listed_when(v, listed)};
	return kiosk_session_day(&at);
}

bool listed_left_a_day(const struct view *v, int session) {
	const struct session_change *c = kiosk_event_change(v->model->event, session);
	return c != NULL && c->moved && !view_session_at(v, session)->cancelled &&
	       listed_day(v, session | LISTED_WAS) != listed_day(v, session);
}

void listed_put(const struct view *v, int listed, int *items, size_t count, size_t cap) {
	size_t at = count < cap ? count : cap;
	while (at > 0 && listed_when(v, items[at - 1])->start.v > listed_when(v, listed)->start.v) {
		at--;
		if (at + 1 < cap) {
			items[at + 1] = items[at];
		}
	}
	if (at < cap) {
		items[at] = listed;
	}
}

int *listed_of_day(const struct view *v, int64_t day, size_t *count) {
	size_t n = v->model->event->sessions.count, cap = 2 * n;
	int *items = xcalloc(cap > 0 ? cap : 1, sizeof *items);
	*count = 0;
	for (int i = 0; (size_t)i < n; i++) {
		if (listed_day(v, i) == day) {
			listed_put(v, i, items, (*count)++, cap);
		}
		if (listed_left_a_day(v, i) && listed_day(v, i | LISTED_WAS) == day) {
			listed_put(v, i | LISTED_WAS, items, (*count)++, cap);
		}
	}
	return items;
}
