#include "station/stand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/fold.h"
#include "event/room.h"
#include "store/read/points.h"

static void drop_sessions(struct stand *stand) {
	for (size_t i = 0; i < stand->count; i++) {
		session_row_fini(&stand->sessions[i]);
	}
	free(stand->sessions);
}

void stand_fini(struct stand *stand) {
	drop_sessions(stand);
	event_points_fini(&stand->points);
	free(stand->text);
	*stand = (struct stand){0};
}

static bool is_in_room(const struct session_row *row, const char *folded) {
	return !row->session.cancelled && room_is(row->session.when.room, folded);
}

/* Takes the rows over that it wants. */
static bool take_room(struct sessions *all, const char *name, struct stand *out, struct err *err) {
	char *folded = fold_text(name);
	out->at = STAND_ROOM;
	out->sessions = xcalloc(all->count + 1, sizeof *out->sessions);
	for (size_t i = 0; folded[0] != '\0' && i < all->count; i++) {
		if (is_in_room(&all->items[i], folded)) {
			out->sessions[out->count++] = all->items[i];
			all->items[i] = (struct session_row){0};
		}
	}
	free(folded);
	if (out->count == 0) {
		return err_set(err, ERR_NOT_FOUND, "no session of the agenda is in a room called \"%s\"", name);
	}
	out->text = xasprintf("%s%s", POINT_ROOM, out->sessions[0].session.when.room); /* as the agenda spells it */
	return true;
}

static bool take_session(struct sessions *all, const char *name, struct stand *out, struct err *err) {
	const struct session_row *found = sessions_find(all, name, err);
	if (found == NULL) {
		return false;
	}
	if (found->session.cancelled) {
		return err_set(err, ERR_REFUSED, "the session \"%s\" is cancelled", session_text(&found->session, SESSION_TITLE));
	}
	size_t index = (size_t)(found - all->items);
	out->at = STAND_SESSION;
	out->sessions = xcalloc(1, sizeof *out->sessions);
	out->sessions[out->count++] = all->items[index];
	all->items[index] = (struct session_row){0};
	out->text = xstrdup(out->sessions[0].id);
	return true;
}

static bool take_point(struct store *store, const char *key, struct stand *out, bool *found, struct err *err) {
	struct event_points all;
	if (!event_points_load(store, &all, err)) {
		return false;
	}
	int index = event_points_find(&all, key);
	*found = index >= 0;
	if (*found) {
		out->at = STAND_POINT;
		event_points_add(&out->points, key, all.items[index].set);
		all.items[index].set = NULL;
		out->text = xstrdup(key);
	}
	event_points_fini(&all);
	return true;
}

static bool find_named(struct store *store, const struct point_place *place, struct stand *out, struct err *err) {
	struct sessions all;
	bool found = false;
	if (place->at == PLACE_NAMED && !place->leaves && !take_point(store, place->name, out, &found, err)) {
		return false;
	}
	if (found) {
		return true;
	}
	bool ok = sessions_load(store, &all, err);
	ok = ok && (place->at == PLACE_ROOM ? take_room : take_session)(&all, place->name, out, err);
	sessions_fini(&all);
	return ok;
}

bool stand_find(struct store *store, const char *text, struct stand *out, struct err *err) {
	struct point_place place = point_place_read(text);
	*out = (struct stand){.leaves = place.leaves};
	if (place.at == PLACE_EVENT) {
		out->text = xstrdup(place.leaves ? POINT_EXIT : POINT_ARRIVAL);
		return true;
	}
	if (!find_named(store, &place, out, err)) {
		stand_fini(out);
		return false;
	}
	if (place.leaves) {
		char *inner = out->text;
		out->text = xasprintf("%s%s", POINT_EXIT_OF, inner);
		free(inner);
	}
	return true;
}

/* --- doors ---------------------------------------------------------------------------------------------------------------------------------- */

static void put_door(const struct stand *stand, int index, struct door *out) {
	out->session = &stand->sessions[index];
	snprintf(out->point, sizeof out->point, "%s%s", stand->leaves ? POINT_EXIT_OF : "", out->session->id);
}

static size_t room_doors(const struct stand *stand, struct utc_ms now, int64_t doors_ms, struct door doors[DOORS_MAX]) {
	struct room_session *slots = xcalloc(stand->count, sizeof *slots);
	for (size_t i = 0; i < stand->count; i++) {
		slots[i] = (struct room_session){stand->sessions[i].session.when.start, stand->sessions[i].session.when.end};
	}
	struct room_choice choice = room_choose(slots, stand->count, now, doors_ms);
	bool begun = slots[choice.now].start.v <= now.v;
	free(slots);
	if (stand->leaves) { /* what is on, or was last; then what was before: some stay on a little */
		int last = begun || choice.now == 0 ? choice.now : choice.now - 1;
		put_door(stand, last, &doors[0]);
		if (last > 0) {
			put_door(stand, last - 1, &doors[1]);
		}
		return last > 0 ? 2 : 1;
	}
	put_door(stand, choice.now, &doors[0]);
	if (choice.then >= 0) {
		put_door(stand, choice.then, &doors[1]);
	}
	return choice.then >= 0 ? 2 : 1;
}

size_t stand_doors(const struct stand *stand, struct utc_ms now, int64_t doors_ms, struct door doors[DOORS_MAX]) {
	switch (stand->at) {
	case STAND_SESSION: put_door(stand, 0, &doors[0]); return 1;
	case STAND_ROOM: return room_doors(stand, now, doors_ms, doors);
	case STAND_ARRIVAL:
	case STAND_POINT: break;
	}
	doors[0] = (struct door){.session = NULL};
	str_copy(doors[0].point, sizeof doors[0].point, stand->text);
	return 1;
}
