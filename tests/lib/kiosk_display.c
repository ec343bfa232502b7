#include "lib/kiosk_display.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "lib/kiosk_states.h"

static struct session_change *change_of(struct kiosk_event *event, int session) {
	if (event->changes.items == NULL) {
		event->changes.count = event->sessions.count;
		event->changes.items = xcalloc(event->changes.count, sizeof *event->changes.items);
	}
	return &event->changes.items[session];
}

void display_moves(struct kiosk_event *event, int session, const char *start, const char *room) {
	struct session_change *c = change_of(event, session);
	const struct session_when *now = &event->sessions.items[session].session.when;
	free(c->was.room);
	c->moved = true;
	c->was = *now;
	c->was.room = xstrdup(room != NULL ? room : str_or_empty(now->room));
	if (start != NULL) {
		c->was.start = kiosk_fixture_time(start);
		c->was.end.v = c->was.start.v + now->end.v - now->start.v;
	}
}

void display_cancels(struct kiosk_event *event, int session) {
	change_of(event, session)->cancelled = true;
	event->sessions.items[session].session.cancelled = true;
}

static void act(struct kiosk_fixture *f, int action, int64_t argument) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_ACTION, .action = action, .argument = argument});
}

static void changed(struct kiosk_fixture *f) {
	struct kiosk_event *event = f->model.event;
	display_moves(event, 2, NULL, "Шатро 2");
	display_moves(event, 3, "2026-05-14T10:00", "Намет біля сцени");
	display_cancels(event, 1);
	display_cancels(event, 4);
	display_moves(event, 6, "2026-05-15T09:30", NULL);
}

static void day_changed(struct kiosk_fixture *f) {
	changed(f);
	act(f, ACTION_DAY, tz_days(2026, 5, 14));
}

static void session_moved(struct kiosk_fixture *f) {
	changed(f);
	act(f, ACTION_SESSION, 3);
}

static void session_cancelled_lately(struct kiosk_fixture *f) {
	changed(f);
	act(f, ACTION_SESSION, 4);
}

static void link_to(struct kiosk_fixture *f) {
	free(f->model.event->agenda_url);
	f->model.event->agenda_url = xstrdup("https://fair.example.org/programme");
}

static void day_link(struct kiosk_fixture *f) {
	link_to(f);
	act(f, ACTION_DAY, tz_days(2026, 5, 14));
}

static void agenda_link(struct kiosk_fixture *f) {
	link_to(f);
	f->model.now = kiosk_fixture_time("2026-05-14T12:20");
}

static void day_second(struct kiosk_fixture *f) { act(f, ACTION_DAY, tz_days(2026, 5, 15)); }

/* --- many tracks ---------------------------------------------------------------------------------------------------------------------- */

#define SLOTS 10 /* of a day, an hour each */
#define HOUR_MS INT64_C(3600000)
#define LUNCH_SLOT 4

static void put_session(struct kiosk_event *event, size_t tracks, int64_t start, size_t track) {
	static const char *const titles[] = {"How a community of five villages wrote its budget", "Bees",
					     "Roads, wells and who pays for them", "A school bus for three valleys"};
	char text[80];
	size_t i = event->sessions.count++;
	struct session_row *row = &event->sessions.items[i];
	bool lunch = track == tracks;
	*row = (struct session_row){.source = xstrdup("test")};
	snprintf(row->id, sizeof row->id, "%020zu", i);
	row->session.uid = xstrdup(row->id);
	snprintf(text, sizeof text, "Session %zu: %s", i, lunch ? "Lunch for everybody" : titles[i % COUNT_OF(titles)]);
	session_set(&row->session, SESSION_TITLE, text);
	snprintf(text, sizeof text, "Track %zu", track + 1);
	session_set(&row->session, SESSION_TRACK, lunch ? "" : text);
	snprintf(text, sizeof text, "Hall %zu", track + 1);
	row->session.when = (struct session_when){.start = {start},
						  .end = {start + HOUR_MS - 5 * 60000},
						  .offset_min = 180,
						  .place_offset_min = 180,
						  .room = xstrdup(lunch ? "Garden" : text)};
	event->track[i] = (int)track;
}

struct kiosk_event *display_tracks(size_t sessions, size_t tracks) {
	struct kiosk_event *event = kiosk_fixture_event(false);
	free(event->track);
	event->track = xcalloc(sessions, sizeof *event->track);
	event->sessions.items = xcalloc(sessions, sizeof *event->sessions.items);
	event->sessions.cap = sessions;
	event->day_count = 0;
	for (int64_t day = 0, start = 0; event->sessions.count < sessions; day++) {
		event->days[event->day_count++] = tz_days(2026, 5, 14) + day;
		for (size_t slot = 0; slot < SLOTS; slot++) {
			start = kiosk_fixture_time("2026-05-14T09:00").v + (day * 24 + (int64_t)slot) * HOUR_MS;
			for (size_t track = slot == LUNCH_SLOT ? tracks : 0; track < tracks + (slot == LUNCH_SLOT); track++) {
				if (event->sessions.count < sessions) {
					put_session(event, tracks, start, track);
				}
			}
		}
	}
	return event;
}

static void day_grid(struct kiosk_fixture *f) {
	kiosk_fixture_load(&f->model, display_tracks(37, 4));
	display_cancels(f->model.event, 2);
	display_moves(f->model.event, 5, "2026-05-14T09:00", NULL);
	act(f, ACTION_DAY, tz_days(2026, 5, 14));
}

static void eight_tracks(struct kiosk_fixture *f) { kiosk_fixture_load(&f->model, display_tracks(1000, 8)); }

static void colours(struct kiosk_fixture *f) {
	struct kiosk_event *event = kiosk_fixture_event(true);
	event->has_colour = true;
	event->colour = 0x8a1c5c;
	kiosk_fixture_load(&f->model, event);
}

/* Nobody has touched it for a while: the first page, in the language of its turn, with the badge up. */
static void attract(struct kiosk_fixture *f, int64_t turn) {
	struct model *m = &f->model;
	int64_t since = m->ms; /* of the last that happened */
	m->touched_ms = since;
	kiosk_fixture_wait(m, TIMING.attract_after_ms + turn * TIMING.attract_every_ms + 2000);
	m->now = kiosk_fixture_time("2026-05-14T10:42");
}

static void attract_first(struct kiosk_fixture *f) { attract(f, 0); }

static void attract_second(struct kiosk_fixture *f) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_CAMERA, .camera = CAMERA_OK, .text = ""});
	attract(f, 1);
}

static void attract_moving(struct kiosk_fixture *f) {
	attract(f, 2);
	kiosk_fixture_wait(&f->model, 500);
}

static void later(struct kiosk_fixture *f) { f->model.now = kiosk_fixture_time("2026-05-14T11:20"); }

/* The second morning: one that would be on, and one to come, are on the day before now. */
static void moved_away(struct kiosk_fixture *f) {
	display_moves(f->model.event, 3, "2026-05-15T09:00", "Намет біля сцени");
	display_moves(f->model.event, 6, "2026-05-15T09:30", NULL);
	f->model.now = kiosk_fixture_time("2026-05-15T09:10");
}

static void day_moved_away(struct kiosk_fixture *f) {
	moved_away(f);
	act(f, ACTION_DAY, tz_days(2026, 5, 15));
}

/* Four tracks side by side. */
static void grid_moved_away(struct kiosk_fixture *f) {
	kiosk_fixture_load(&f->model, display_tracks(72, 4));
	display_moves(f->model.event, 60, "2026-05-14T10:30", NULL);
	act(f, ACTION_DAY, tz_days(2026, 5, 14));
}

/* As many letters as a source may send: 300. */
static void session_long(struct kiosk_fixture *f) {
	struct session *s = &f->model.event->sessions.items[2].session;
	session_set(s, SESSION_TITLE,
		    "Стратегічне планування розвитку міжмуніципального співробітництва у сфері поводження з побутовими відходами: досвід, "
		    "помилки та інструменти, якими громади Полтавської, Сумської й Чернігівської областей користуються разом із партнерами "
		    "з університетів, бізнесу та місцевих спілок сім років поспіль");
	session_set(s, SESSION_SPEAKERS,
		    "Олександра Переяслав-Хмельницька, Володимир Добровольський, Катерина Вишнивецька-Заболотна, Тарас Зразковий");
	act(f, ACTION_SESSION, 2);
}

/* How somebody uses the kiosk: nothing of it chosen, some of it, and the first screen after that. */
static void access_open(struct kiosk_fixture *f) { act(f, ACTION_ACCESS, 0); }
static void access_chosen(struct kiosk_fixture *f) {
	f->model.speaks = true;
	access_open(f);
	act(f, ACTION_OWN, 3); /* more time, read aloud */
	act(f, ACTION_OWN, 5);
}
static void access_silent(struct kiosk_fixture *f) {
	f->model.speaks = true;
	f->model.box.loudness = 0;
	access_open(f);
}
static void agenda_access(struct kiosk_fixture *f) {
	access_chosen(f);
	act(f, ACTION_BACK, 0);
}

/* A code that a hand scanner lost a part of. */
static void garbled(struct kiosk_fixture *f) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_CODE, .text = "TO1ABCDEF", .n = 9, .how = "wedge"});
	state_answer(f, kiosk_fixture_answer(OUTCOME_NOT_A_BADGE, NULL));
}

const struct display_state display_states[] = {
	{"garbled", garbled},
	{"access", access_open},
	{"access-chosen", access_chosen},
	{"access-silent", access_silent},
	{"agenda-access", agenda_access},
	{"agenda-changed", changed},
	{"day-changed", day_changed},
	{"session-moved", session_moved},
	{"session-cancelled-lately", session_cancelled_lately},
	{"day-link", day_link},
	{"day-calendar", day_second},
	{"agenda-link", agenda_link},
	{"day-grid", day_grid},
	{"agenda-eight-tracks", eight_tracks},
	{"agenda-later", later},
	{"attract", attract_first},
	{"attract-camera", attract_second},
	{"attract-moving", attract_moving},
	{"agenda-colours", colours},
	{"session-long-title", session_long},
	{"agenda-moved-away", moved_away},
	{"day-moved-away", day_moved_away},
	{"day-grid-moved-away", grid_moved_away},
};
const size_t display_state_count = COUNT_OF(display_states);
