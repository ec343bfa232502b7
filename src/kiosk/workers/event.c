#include "kiosk/workers/event.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/colour.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "event/fold.h"
#include "event/room.h"
#include "event/rule.h"
#include "store/read/checkins.h"
#include "store/read/credits.h"
#include "store/read/form.h"
#include "store/read/points.h"
#include "store/read/retention.h"
#include "store/read/settings.h"
#include "store/read/staff.h"

static void read_languages(struct kiosk_event *event, struct store *store) {
	char *text = setting_get(store, "languages");
	char fallback[] = "uk,en";
	char *parts[EVENT_LANGUAGES_MAX];
	size_t n = str_split(str_empty(text) ? fallback : text, ',', parts, COUNT_OF(parts));
	for (size_t i = 0; i < n; i++) {
		event->languages[event->language_count++] = xstrdup(parts[i]);
	}
	free(text);
}

static void find_days(struct kiosk_event *event, struct store *store) {
	event->day_count = setting_days(store, event->days, COUNT_OF(event->days));
	if (event->day_count > 0) {
		return;
	}
	for (size_t i = 0; i < event->sessions.count && event->day_count < COUNT_OF(event->days); i++) {
		int64_t day = kiosk_session_day(&event->sessions.items[i].session);
		if (event->day_count == 0 || day > event->days[event->day_count - 1]) {
			event->days[event->day_count++] = day;
		}
	}
}

/* What a session is coloured by. */
static const char *track_name(const struct session *s) {
	const char *track = session_text(s, SESSION_TRACK);
	return str_empty(track) ? str_or_empty(s->when.room) : track;
}

static void number_tracks(struct kiosk_event *event) {
	struct mapstr seen = {0};
	event->track = xcalloc(event->sessions.count, sizeof *event->track);
	for (size_t i = 0; i < event->sessions.count; i++) {
		bool made;
		int64_t *number = mapstr_place(&seen, track_name(&event->sessions.items[i].session), &made);
		if (made) {
			*number = (int64_t)seen.count - 1;
		}
		event->track[i] = (int)*number;
	}
	mapstr_fini(&seen);
}

static int find_session(const struct kiosk_event *event, const char *id) {
	const struct session_row *row = sessions_by_id(&event->sessions, id);
	return row == NULL ? -1 : (int)(row - event->sessions.items);
}

void kiosk_event_stand_in_room(struct kiosk_event *event, const char *name) {
	char *folded = fold_text(name);
	event->stand = STAND_ROOM;
	free(event->in_room);
	event->in_room = xcalloc(event->sessions.count + 1, sizeof *event->in_room);
	for (size_t i = 0; i < event->sessions.count; i++) {
		event->in_room[i] = room_is(event->sessions.items[i].session.when.room, folded);
	}
	free(folded);
}

static void read_stand(struct kiosk_event *event, const char *text) {
	struct point_place place = point_place_read(text);
	event->leaves = place.leaves;
	event->point = event->handout = -1;
	event->stand_text = xstrdup(text);
	if (place.at == PLACE_ROOM) {
		kiosk_event_stand_in_room(event, place.name);
	} else if (place.at == PLACE_NAMED) {
		event->handout = place.leaves ? -1 : event_points_find(&event->points, place.name);
		event->point = event->handout < 0 ? find_session(event, place.name) : -1;
		event->stand = event->handout >= 0 ? STAND_POINT : event->point >= 0 ? STAND_SESSION : STAND_ARRIVAL;
	}
}

/* What holds for everybody; who may come earlier by a rule of theirs is told at the door. */
static bool read_doors(struct kiosk_event *event, struct store *store, struct err *err) {
	struct rules rules;
	event->doors_ms = ROOM_DOORS_MS;
	bool ok = rules_load(store, &rules, err);
	for (size_t i = 0; ok && i < rules.count; i++) {
		const struct rule *rule = &rules.items[i];
		if (rule->place.at == RULE_AT_SESSIONS && rule->whom[0] == '\0' && rule->early_min >= 0) {
			event->doors_ms = rule->early_min * 60000;
		}
	}
	rules_fini(&rules);
	return ok;
}

/* Of what is on where nobody says otherwise. */
static bool is_on(struct store *store, const char *key) {
	char *text = setting_get(store, key);
	bool on = !str_eq(text, "off");
	free(text);
	return on;
}

/* And of what is off. */
static bool is_wished(struct store *store, const char *key) {
	char *text = setting_get(store, key);
	bool on = str_eq(text, "on");
	free(text);
	return on;
}

static void read_wishes(struct kiosk_event *event, struct store *store) {
	char *text = setting_get(store, "signature"), *admission = setting_get(store, "admission");
	event->registered = str_eq(admission, "registered");
	free(admission);
	event->signature = str_eq(text, "required") ? SIGNATURE_REQUIRED : str_eq(text, "asked") ? SIGNATURE_ASKED : SIGNATURE_OFF;
	free(text);
}

static bool read_colour(struct store *store, const char *key, uint32_t *out) {
	char *text = setting_get(store, key);
	bool has = text != NULL && colour_parse(text, out);
	free(text);
	return has;
}

bool kiosk_event_load(struct store *store, const char *stand, struct kiosk_event **out, struct err *err) {
	struct kiosk_event *event = xcalloc(1, sizeof *event);
	char *zone = setting_get(store, "timezone");
	event->tz = tz_open(str_empty(zone) ? "UTC" : zone, err);
	free(zone);
	if (event->tz == NULL || !sessions_load(store, &event->sessions, err) ||
	    !session_changes_load(store, &event->sessions, &event->changes, err) || !form_load(store, &event->form, NULL, err) ||
	    !credits_load(store, &event->credits, NULL, err) || !event_points_load(store, &event->points, err) ||
	    !staff_load(store, &event->staff, err) || !read_doors(event, store, err)) {
		kiosk_event_free(event);
		return false;
	}
	event->title = setting_get(store, "title");
	event->place = setting_get(store, "place");
	event->organisers = setting_get(store, "organisers");
	event->hub = setting_get(store, "hub");
	event->agenda_url = setting_get(store, "agenda_url");
	event->staff_pin = setting_get(store, "staff_pin");
	event->find_by_name = is_on(store, "find_by_name");
	event->walk_in = is_on(store, "walk_in");
	event->labels = is_wished(store, "labels");
	event->erases = retention_days(store) > 0;
	read_wishes(event, store);
	event->has_colour = read_colour(store, "colour", &event->colour);
	event->has_panel_colour = read_colour(store, "panel_colour", &event->panel_colour);
	read_languages(event, store);
	find_days(event, store);
	number_tracks(event);
	read_stand(event, stand);
	*out = event;
	return true;
}

void kiosk_event_free(struct kiosk_event *event) {
	if (event == NULL) {
		return;
	}
	for (size_t i = 0; i < event->language_count; i++) {
		free(event->languages[i]);
	}
	sessions_fini(&event->sessions);
	session_changes_fini(&event->changes);
	form_fini(&event->form);
	credits_fini(&event->credits);
	event_points_fini(&event->points);
	staff_list_fini(&event->staff);
	free(event->in_room);
	free(event->stand_text);
	logos_fini(&event->logos);
	free(event->track);
	tz_close(event->tz);
	free(event->title);
	free(event->place);
	free(event->organisers);
	free(event->hub);
	free(event->agenda_url);
	free(event->staff_pin);
	free(event);
}

int64_t kiosk_session_day(const struct session *s) { return tz_offset_day(s->when.start, s->when.place_offset_min); }

/* The greatest day below `day`, or with `after` the least one above it. */
static bool nearest_day(const struct kiosk_event *event, int64_t day, bool after, int64_t *out) {
	bool found = false;
	for (size_t i = 0; i < event->day_count + event->sessions.count; i++) {
		int64_t one =
			i < event->day_count ? event->days[i] : kiosk_session_day(&event->sessions.items[i - event->day_count].session);
		if ((after ? one > day : one < day) && (!found || (after ? one < *out : one > *out))) {
			*out = one;
			found = true;
		}
	}
	return found;
}

bool kiosk_event_day_before(const struct kiosk_event *event, int64_t day, int64_t *out) { return nearest_day(event, day, false, out); }
bool kiosk_event_day_after(const struct kiosk_event *event, int64_t day, int64_t *out) { return nearest_day(event, day, true, out); }

int kiosk_event_find(const struct kiosk_event *event, const struct kiosk_event *before, int session) {
	if (session < 0 || (size_t)session >= before->sessions.count) {
		return -1;
	}
	for (size_t i = 0; i < event->sessions.count; i++) {
		if (str_eq(event->sessions.items[i].id, before->sessions.items[session].id)) {
			return (int)i;
		}
	}
	return -1;
}

int kiosk_event_door(const struct kiosk_event *event, struct utc_ms now) {
	if (event->stand != STAND_ROOM) {
		return event->point;
	}
	struct room_session *slots = xcalloc(event->sessions.count + 1, sizeof *slots);
	int *places = xcalloc(event->sessions.count + 1, sizeof *places);
	size_t n = 0;
	for (size_t i = 0; i < event->sessions.count; i++) {
		const struct session *s = &event->sessions.items[i].session;
		if (!s->cancelled && event->in_room[i]) {
			slots[n] = (struct room_session){s->when.start, s->when.end};
			places[n++] = (int)i;
		}
	}
	struct room_choice choice = room_choose(slots, n, now, event->doors_ms);
	int found = choice.now < 0 ? -1 : places[choice.now];
	free(slots);
	free(places);
	return found;
}

/* The one that this station checks in at does, whatever became of it: whoever has a badge for it is let in while it stands here. */
static bool takes_place(const struct kiosk_event *event, size_t session) {
	return !event->sessions.items[session].session.cancelled || (int)session == event->point;
}

const struct session_change *kiosk_event_change(const struct kiosk_event *event, int session) {
	const struct session_change *c = (size_t)session < event->changes.count ? &event->changes.items[session] : NULL;
	return c != NULL && (c->moved || c->cancelled) ? c : NULL;
}

/* Whoever came for one that was cancelled lately is told so. */
static bool is_told(const struct kiosk_event *event, size_t session) {
	const struct session_change *c = kiosk_event_change(event, (int)session);
	return takes_place(event, session) || (c != NULL && c->cancelled);
}

struct found {
	int *items;
	size_t cap;
};

static void put_found(const struct found *found, size_t n, size_t session) {
	if (n < found->cap) {
		found->items[n] = (int)session;
	}
}

typedef bool wanted_fn(const struct kiosk_event *event, size_t session);

static size_t find_running(const struct kiosk_event *event, wanted_fn *wanted, struct utc_ms now, struct found found) {
	size_t n = 0;
	for (size_t i = 0; i < event->sessions.count; i++) {
		const struct session_when *when = &event->sessions.items[i].session.when;
		if (when->start.v <= now.v && now.v < when->end.v && wanted(event, i)) {
			put_found(&found, n++, i);
		}
	}
	return n;
}

#define HALF_DAY_MS (12 * INT64_C(3600000))

int kiosk_event_next_in_room(const struct kiosk_event *event, int session, struct utc_ms now) {
	const struct session_when *before = &event->sessions.items[session].session.when;
	for (size_t i = 0; i < event->sessions.count; i++) { /* by start */
		const struct session_when *when = &event->sessions.items[i].session.when;
		if (when->start.v >= before->end.v && when->end.v > now.v && when->start.v - now.v < HALF_DAY_MS && (int)i != session &&
		    takes_place(event, i) && str_eq(str_or_empty(when->room), str_or_empty(before->room))) {
			return (int)i;
		}
	}
	return -1;
}

static size_t find_coming(const struct kiosk_event *event, wanted_fn *wanted, struct utc_ms now, struct found found) {
	size_t n = 0;
	int64_t day = 0;
	for (size_t i = 0; i < event->sessions.count; i++) {
		const struct session *s = &event->sessions.items[i].session;
		if (s->when.start.v <= now.v || !wanted(event, i)) {
			continue;
		}
		if (n == 0) {
			day = kiosk_session_day(s);
		} else if (kiosk_session_day(s) != day) {
			break;
		}
		put_found(&found, n++, i);
	}
	return n;
}

size_t kiosk_event_running(const struct kiosk_event *event, struct utc_ms now, int *out, size_t cap) {
	return find_running(event, takes_place, now, (struct found){out, cap});
}

size_t kiosk_event_coming(const struct kiosk_event *event, struct utc_ms now, int *out, size_t cap) {
	return find_coming(event, takes_place, now, (struct found){out, cap});
}

size_t kiosk_event_running_told(const struct kiosk_event *event, struct utc_ms now, int *out, size_t cap) {
	return find_running(event, is_told, now, (struct found){out, cap});
}

size_t kiosk_event_coming_told(const struct kiosk_event *event, struct utc_ms now, int *out, size_t cap) {
	return find_coming(event, is_told, now, (struct found){out, cap});
}
