/* What a station says to a scan, in every way. */
#include "lib/kiosk_states.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

void state_accepted(struct kiosk_fixture *f) { state_answer(f, kiosk_fixture_answer(OUTCOME_ACCEPTED, STATE_NAME)); }
void state_accepted_long(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, STATE_LONG_NAME);
	free(d->organisation);
	d->organisation =
		xstrdup("Комунальний заклад «Центр професійного розвитку педагогічних працівників» Великобудищанської сільської ради");
	state_answer(f, d);
}
void state_accepted_russian(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, "Пётр Примеров");
	d->language = xstrdup("ru");
	state_answer(f, d);
}
void state_accepted_unknown_name(struct kiosk_fixture *f) { state_answer(f, kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL)); }
void state_duplicate(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_DUPLICATE, "Тарас Зразковий");
	d->first = kiosk_fixture_time("2026-05-14T10:12");
	state_answer(f, d);
}
void state_late(struct kiosk_fixture *f) {
	f->model.event->point = 2;
	session_set(&f->model.event->sessions.items[2].session, SESSION_QUIET, "yes");
	state_answer(f, kiosk_fixture_answer(OUTCOME_LATE, STATE_NAME));
}
void state_late_for_a_workshop(struct kiosk_fixture *f) {
	f->model.event->point = 2;
	state_answer(f, kiosk_fixture_answer(OUTCOME_LATE, STATE_NAME));
}
void state_closed_for_good(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_CLOSED, STATE_NAME);
	f->model.event->point = 2;
	d->now = f->model.now = kiosk_fixture_time("2026-05-14T11:40");
	state_answer(f, d);
}
void state_closed_until_later(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_CLOSED, STATE_NAME);
	f->model.event->point = 2;
	d->now = f->model.now = kiosk_fixture_time("2026-05-13T10:42");
	state_answer(f, d);
}
void state_unverified(struct kiosk_fixture *f) { state_answer(f, kiosk_fixture_answer(OUTCOME_UNVERIFIED, NULL)); }
void state_unknown(struct kiosk_fixture *f) { state_answer(f, kiosk_fixture_answer(OUTCOME_UNKNOWN, NULL)); }
void state_unknown_twice(struct kiosk_fixture *f) {
	state_unknown(f);
	kiosk_fixture_wait(&f->model, TIMING.result_hold_ms);
	state_unknown(f);
}
void state_revoked(struct kiosk_fixture *f) { state_answer(f, kiosk_fixture_answer(OUTCOME_REVOKED, STATE_NAME)); }
void state_not_expected(struct kiosk_fixture *f) { state_answer(f, kiosk_fixture_answer(OUTCOME_NOT_EXPECTED, STATE_NAME)); }
/* A box that hands out lunch, twice a day. */
static struct desk_message *at_lunch(struct kiosk_fixture *f, enum outcome outcome) {
	static const char set[] = "{\"name:uk\":\"Обід\",\"name:en\":\"Lunch\",\"name:ru\":\"Обед\",\"often\":\"2 daily\"}";
	struct kiosk_event *event = f->model.event;
	struct err err;
	event_points_add(&event->points, "lunch", json_parse(set, strlen(set), &err));
	event->stand = STAND_POINT;
	event->handout = 0;
	struct desk_message *d = kiosk_fixture_answer(outcome, STATE_NAME);
	d->first = kiosk_fixture_time("2026-05-14T10:12");
	d->times = d->had = 2;
	return d;
}
void state_given(struct kiosk_fixture *f) { state_answer(f, at_lunch(f, OUTCOME_GIVEN)); }
void state_used_up(struct kiosk_fixture *f) { state_answer(f, at_lunch(f, OUTCOME_USED_UP)); }
void state_not_included(struct kiosk_fixture *f) { state_answer(f, at_lunch(f, OUTCOME_NOT_ENTITLED)); }
void state_none_left(struct kiosk_fixture *f) { state_answer(f, at_lunch(f, OUTCOME_FULL)); }
void state_not_this_door(struct kiosk_fixture *f) { state_answer(f, kiosk_fixture_answer(OUTCOME_NOT_ENTITLED, STATE_NAME)); }
void state_left(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_LEFT, STATE_NAME);
	f->model.event->leaves = true;
	kiosk_event_stand_in_room(f->model.event, f->model.event->sessions.items[2].session.when.room);
	str_copy(d->session, sizeof d->session, f->model.event->sessions.items[2].id);
	state_answer(f, d);
}
void state_noted(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, STATE_NAME);
	d->notes = xstrdup("На стійці чекає пакунок від видавництва\nСпікерка: провести до зали 4");
	state_answer(f, d);
}
void state_full_known(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_FULL, STATE_NAME);
	f->model.event->point = 2;
	str_copy(d->person, sizeof d->person, "0000000000000000000a");
	state_answer(f, d);
}
void state_overrule(struct kiosk_fixture *f) {
	state_full_known(f);
	state_act(f, ACTION_OWN + 1, 0);
	state_type_pin(f, "2468\n");
}
void state_at_a_room(struct kiosk_fixture *f) {
	kiosk_event_stand_in_room(f->model.event, f->model.event->sessions.items[2].session.when.room);
}
void state_at_an_exit(struct kiosk_fixture *f) { f->model.event->leaves = true; }
void state_pending(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_NOT_EXPECTED, STATE_NAME);
	d->registration = REGISTRATION_PENDING;
	state_answer(f, d);
}
void state_not_listed(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_NOT_EXPECTED, STATE_NAME);
	d->not_listed = true;
	state_answer(f, d);
}
void state_wrong_day(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_WRONG_DAY, STATE_NAME);
	d->now = kiosk_fixture_time("2026-05-13T10:42");
	state_answer(f, d);
}
void state_wrong_event(struct kiosk_fixture *f) { state_answer(f, kiosk_fixture_answer(OUTCOME_WRONG_EVENT, NULL)); }
void state_full(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_FULL, STATE_NAME);
	f->model.event->point = 2;
	d->other = 3;
	d->other_places = 12;
	state_answer(f, d);
}
void state_outsider(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, STATE_NAME);
	d->outsider = true;
	d->standing = STATION_OUTSIDER;
	state_answer(f, d);
}
void state_retired(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kept = false;
	d->standing = STATION_RETIRED;
	state_answer(f, d);
}
void state_file_lost(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kept = false;
	d->standing = STATION_LOST;
	f->model.refusals = 2; /* nobody is sent to a button that is not there */
	state_answer(f, d);
}
void state_gone(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kept = false;
	d->gone = true;
	state_answer(f, d);
}
void state_not_kept(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kept = false;
	d->text = xstrdup("fair.turnout: database or disk is full");
	state_answer(f, d);
}
