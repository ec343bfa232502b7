#include "lib/kiosk_crowd.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "lib/kiosk_fixture.h"

#define SLOTS 14 /* of a day */
#define SLOT_MS (70 * INT64_C(60000))
#define LASTS_MS (65 * INT64_C(60000))
#define DAY_MS (24 * INT64_C(3600000))
#define TRACKS 20
#define OFFSET_MIN 180

static void put_session(struct kiosk_event *event, size_t i) {
	static const char *const endings[] = {
		"a short one", "and how a community of five villages wrote the budget that its neighbours copied", "with tea"};
	struct session_row *out = &event->sessions.items[i];
	size_t room = i % CROWD_ROOMS, slot = i / CROWD_ROOMS % SLOTS, day = i / CROWD_ROOMS / SLOTS;
	char text[160];
	*out = (struct session_row){.source = xstrdup("test")};
	snprintf(out->id, sizeof out->id, "%020zu", i);
	out->session.uid = xstrdup(out->id);
	snprintf(text, sizeof text, "Session %zu, %s", i, endings[i % COUNT_OF(endings)]);
	session_set(&out->session, SESSION_TITLE, text);
	event->track[i] = (int)(i % TRACKS);
	snprintf(text, sizeof text, "Track %d", event->track[i]);
	session_set(&out->session, SESSION_TRACK, text);
	int64_t start = kiosk_fixture_time("2026-05-14T08:00").v + (int64_t)day * DAY_MS + (int64_t)slot * SLOT_MS;
	out->session.when = (struct session_when){
		.start = {start}, .end = {start + LASTS_MS}, .offset_min = OFFSET_MIN, .place_offset_min = OFFSET_MIN};
	snprintf(text, sizeof text, "Room %zu", room + 1);
	out->session.when.room = xstrdup(text);
}

struct kiosk_event *kiosk_crowd_event(size_t sessions, size_t days) {
	struct kiosk_event *event = kiosk_fixture_event(false);
	event->day_count = 0;
	for (size_t i = 0; i < days; i++) {
		event->days[event->day_count++] = tz_days(2026, 5, 14) + (int64_t)i;
	}
	free(event->track);
	event->track = xcalloc(sessions, sizeof *event->track);
	event->sessions.items = xcalloc(sessions, sizeof *event->sessions.items);
	event->sessions.count = event->sessions.cap = sessions;
	for (size_t i = 0; i < sessions; i++) {
		put_session(event, i);
	}
	return event;
}
