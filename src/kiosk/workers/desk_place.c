#include "kiosk/workers/desk_place.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "kiosk/workers/event_reader.h"
#include "kiosk/workers/stand_note.h"
#include "store/write/append.h"
#include "store/write/erasing.h"
#include "store/write/purge.h"
#include "sync/rescue.h"

#define PROGRAM "turnout-kiosk"

const char *desk_place_point(const struct desk_place *place) { return place->desk == NULL ? POINT_ARRIVAL : desk_stand(place->desk)->text; }

static bool set_clock(struct desk_place *place, const char *text, struct err *err) {
	struct utc_ms now;
	int offset;
	if (!tz_parse(store_tz(place->store), text, &now, &offset)) {
		return err_set(err, ERR_USAGE, "\"%s\" is no time; write it like 2026-05-14T10:30", text);
	}
	return store_set_clock(place->store, now, true, err);
}

static bool open_store(struct desk_place *place, struct err *err) {
	place->store = rescue_open(place->path, PROGRAM, err);
	if (place->store != NULL && !store_cache(place->store, WAITED_CACHE_KIB, err)) {
		store_close(place->store);
		place->store = NULL;
	}
	return place->store != NULL;
}

bool desk_place_open(struct desk_place *place, const char *point, const char *now, struct err *err) {
	if (!open_store(place, err)) {
		return false;
	}
	place->event = *store_event(place->store);
	place->purged = store_is_purged(place->store);
	if (place->purged) {
		return true;
	}
	if (now != NULL && !set_clock(place, now, err)) {
		return false;
	}
	place->started_at = point;
	char *kept = stand_note_read(&place->event, point);
	struct err gone = {0};
	place->desk = kept == NULL ? NULL : desk_open(place->store, kept, &gone);
	if (kept != NULL && place->desk == NULL) {
		log_warn("kiosk", "where staff had put this box is there no more: it stands where it was started: %s", gone.text);
	}
	free(kept);
	place->desk = place->desk != NULL ? place->desk : desk_open(place->store, point, err);
	return place->desk != NULL;
}

bool desk_place_stand(struct desk_place *place, const char *stand, struct err *err) {
	if (!desk_set_point(place->desk, stand, err)) {
		return false;
	}
	stand_note_write(&place->event, place->started_at, desk_place_point(place));
	return true;
}

void desk_place_introduce(struct desk_place *place) {
	bool begun;
	struct err err = {0};
	if (!store_introduce(place->store, &begun, &err)) {
		log_warn("kiosk", "the organiser sees this box with its first check-in only: %s", err.text);
	}
}

void desk_place_close(struct desk_place *place) {
	if (place->desk != NULL) {
		free(place->point);
		place->point = xstrdup(desk_place_point(place));
		place->clock = store_clock(place->store);
	}
	desk_close(place->desk);
	store_close(place->store);
	place->desk = NULL;
	place->store = NULL;
}

static struct desk *open_desk(struct desk_place *place, struct err *err) {
	struct err gone = {0};
	struct desk *desk = desk_open(place->store, str_empty(place->point) ? POINT_ARRIVAL : place->point, &gone);
	if (desk == NULL && !str_eq(place->point, POINT_ARRIVAL)) {
		log_warn("kiosk", "where this box stood is there no more: it stands at arrival now: %s", gone.text);
		return desk_open(place->store, POINT_ARRIVAL, err);
	}
	if (desk == NULL) {
		err_give(err, &gone);
	}
	return desk;
}

bool desk_place_reopen(struct desk_place *place, struct err *err) {
	if (!open_store(place, err)) {
		return false;
	}
	if (!crypto_hash_eq(store_event(place->store), &place->event)) {
		err_set(err, ERR_REFUSED, "%s is another event's file", place->path);
	} else if (store_is_purged(place->store)) {
		place->purged = true;
		return true;
	} else {
		store_take_clock(place->store, place->clock);
		place->desk = open_desk(place, err);
	}
	if (place->desk == NULL) {
		store_close(place->store);
		place->store = NULL;
	}
	return place->desk != NULL;
}

bool desk_place_purge(struct desk_place *place, struct err *err) {
	if (!store_purge(place->store, err)) {
		return false;
	}
	desk_close(place->desk);
	place->desk = NULL;
	place->purged = true;
	return true;
}

void desk_place_let_go(struct desk_place *place) {
	if (place->store != NULL && erasure_clean(place->store)) {
		desk_place_close(place);
	}
}

bool desk_place_look(struct desk_place *place, struct err *err) {
	if (place->store == NULL || store_look(place->store, err)) {
		return true;
	}
	rescue_keep(place->store, err);
	desk_place_close(place);
	return false;
}

void desk_place_fini(struct desk_place *place) {
	desk_place_close(place);
	free(place->point);
	place->point = NULL;
}
