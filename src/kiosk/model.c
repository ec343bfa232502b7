#include "kiosk/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "kiosk/model_private.h"

#define CLOCK_HOUR 9 /* where setting an unset clock begins */
#define TRACKS_MAX 64

void model_put_effect(struct effects *effects, struct effect effect) {
	if (effects->count < EFFECTS_MAX) {
		effects->items[effects->count++] = effect;
	}
}

void model_chime(struct effects *effects, enum chime which) {
	model_put_effect(effects, (struct effect){.kind = EFFECT_CHIME, .chime = which});
}

static bool admits(const struct desk_message *r) { return r->kept && outcome_admits(r->outcome); }

int64_t model_result_span(const struct desk_message *r) {
	if (!admits(r) || r->outsider) {
		return RESULT_REFUSED_MS;
	}
	return r->outcome == OUTCOME_LATE || r->outcome == OUTCOME_DUPLICATE ? RESULT_LATE_MS : RESULT_ADMITTED_MS;
}

static enum chime result_chime(const struct desk_message *r) {
	if (r->outsider) {
		return CHIME_LOW;
	}
	switch (r->outcome) {
	case OUTCOME_ACCEPTED: return CHIME_WELCOME;
	case OUTCOME_LATE:
	case OUTCOME_UNVERIFIED: return CHIME_RISING;
	case OUTCOME_REVOKED: return CHIME_LOW;
	default: return CHIME_SOFT;
	}
}

void model_go_home(struct model *m) {
	/* A badge that was read meanwhile does not spare staff the question for the time. */
	bool clock = m->setting_clock && !clock_is_set(m->now);
	m->setting_clock = clock;
	m->screen = m->event == NULL ? SCREEN_START : clock ? SCREEN_CLOCK : SCREEN_AGENDA;
	m->language = m->station_language;
	m->typed[0] = '\0';
	m->called_ms = 0;
	m->page = 0;
	m->track = -1;
	staff_leave(m);
}

static void show(struct model *m, struct desk_message *r, struct effects *effects) {
	desk_message_free(m->result);
	m->result = r;
	m->result_ms = m->ms;
	m->refusals = admits(r) ? 0 : m->refusals + 1;
	model_go_home(m);
	m->screen = SCREEN_RESULT;
	m->not_badge_ms = 0;
	model_chime(effects, r->kept ? result_chime(r) : CHIME_LOW);
}

static void show_next(struct model *m, struct effects *effects) {
	struct desk_message *r = m->waiting[0];
	m->waiting_count--;
	memmove(m->waiting, m->waiting + 1, m->waiting_count * sizeof *m->waiting);
	show(m, r, effects);
}

static void end_result(struct model *m, struct effects *effects) {
	if (m->waiting_count > 0) {
		show_next(m, effects);
		return;
	}
	desk_message_free(m->result);
	m->result = NULL;
	model_go_home(m);
}

static bool result_held(const struct model *m) { return m->screen == SCREEN_RESULT && m->ms - m->result_ms < RESULT_HOLD_MS; }

static void take_answer(struct model *m, struct desk_message *r, struct effects *effects) {
	if (staff_is_screen(m)) { /* read before staff came; whoever it was saw nothing and is counted */
		desk_message_free(r);
		return;
	}
	if (r->kept && r->outcome == OUTCOME_NOT_A_BADGE) {
		if (m->screen != SCREEN_TYPE) {
			m->not_badge_ms = m->ms;
			model_chime(effects, CHIME_SOFT);
			desk_message_free(r);
			return;
		}
		r->outcome = OUTCOME_UNKNOWN; /* somebody typed it off a badge: it is one, if not ours */
	}
	if (!result_held(m)) {
		show(m, r, effects);
		return;
	}
	if (m->waiting_count == WAITING_RESULTS_MAX) { /* recorded all the same; the oldest is not shown */
		desk_message_free(m->waiting[0]);
		memmove(m->waiting, m->waiting + 1, (WAITING_RESULTS_MAX - 1) * sizeof *m->waiting);
		m->waiting_count--;
	}
	m->waiting[m->waiting_count++] = r;
}

static void ask_clock(struct model *m) {
	if (m->event == NULL || m->clock_asked || clock_is_set(m->now)) {
		return;
	}
	int64_t day = m->event->day_count > 0 ? m->event->days[0] : tz_days(2026, 1, 1);
	m->clock = (struct civil){.hour = CLOCK_HOUR};
	tz_from_days(day, &m->clock.year, &m->clock.month, &m->clock.day);
	m->clock_asked = m->setting_clock = true;
	m->screen = SCREEN_CLOCK;
	m->touched_ms = m->ms;
}

static void choose_station_language(struct model *m) {
	if (m->language_given) {
		return;
	}
	int before = m->station_language;
	m->station_language = 0;
	for (size_t i = m->event->language_count; i > 0; i--) {
		int known = words_language(m->words, m->event->languages[i - 1]);
		m->station_language = known >= 0 ? known : m->station_language;
	}
	m->language = m->language == before ? m->station_language : m->language;
}

/* The session's number in another event, or -1. */
static int find_again(const struct kiosk_event *before, int session, const struct kiosk_event *now) {
	for (size_t i = 0; session >= 0 && i < now->sessions.count; i++) {
		if (str_eq(now->sessions.items[i].id, before->sessions.items[session].id)) {
			return (int)i;
		}
	}
	return -1;
}

/* The event changed under what is shown: whoever looks at something goes on doing so, as long as it is there. */
static void renew_event(struct model *m, const struct kiosk_event *before) {
	int session = before->sessions.count > 0 ? find_again(before, m->session, m->event) : -1;
	if (m->result != NULL) {
		m->result->other = find_again(before, m->result->other, m->event);
	}
	for (size_t i = 0; i < m->waiting_count; i++) {
		m->waiting[i]->other = find_again(before, m->waiting[i]->other, m->event);
	}
	m->session = session < 0 ? 0 : session;
	m->track = -1;
	if (m->screen == SCREEN_SESSION && session < 0) {
		model_go_home(m);
	}
}

static void take_event(struct model *m, struct desk_message *d) {
	struct kiosk_event *before = m->event;
	m->event = d->event;
	d->event = NULL;
	m->station = d->station;
	choose_station_language(m);
	if (before == NULL) {
		model_go_home(m);
	} else {
		renew_event(m, before);
	}
	ask_clock(m);
	kiosk_event_free(before);
}

static void take_counts(struct model *m, const struct desk_message *d) {
	m->saved = d->saved;
	m->waiting_to_send = d->waiting;
	m->standing = d->standing;
	if (d->kind != DESK_COUNTED) {
		return;
	}
	str_copy(m->problem[PROBLEM_STATION], sizeof m->problem[0], str_or_empty(d->text));
	m->station_clock = d->clock;
	m->acknowledged = d->acknowledged;
	m->acknowledged_at = d->acknowledged_at;
	str_copy(m->station_name, sizeof m->station_name, d->station_name);
	if (!m->counted && d->saved > 0) {
		m->last = d->last;
		m->notice_ms = m->ms + NOTICE_MS;
	}
	m->counted = true;
}

static void take_desk(struct model *m, struct desk_message *d, struct effects *effects) {
	if (d->kind == DESK_LOADED) {
		take_event(m, d);
	} else if (d->kind == DESK_COUNTED || d->kind == DESK_ANSWERED) {
		take_counts(m, d);
		if (d->kind == DESK_ANSWERED) {
			take_answer(m, d, effects);
			return;
		}
	}
	desk_message_free(d);
}

/* --- others ------------------------------------------------------------------------------------------------------------------------- */

static void take_sync(struct model *m, const struct msg *msg) {
	struct sync_message *message = msg->sync;
	m->near_state = msg->near_state;
	if (message->kind == SYNC_ROUND) {
		staff_take_round(m, msg->transport, message);
	}
	/* Both say how it stands with everybody. */
	free(m->peers[msg->transport]);
	m->peers[msg->transport] = message;
}

enum station_standing model_standing(const struct model *m) {
	const struct sync_message *hub = m->peers[TRANSPORT_HUB];
	enum trouble trouble = hub == NULL || hub->peer_count == 0 ? TROUBLE_NONE : hub->peers[0].trouble;
	if (m->standing != STATION_GOOD) {
		return m->standing;
	}
	return trouble == TROUBLE_RETIRED ? STATION_RETIRED : trouble == TROUBLE_CLOSED ? STATION_OUTSIDER : STATION_GOOD;
}

bool model_online(const struct model *m) {
	for (size_t i = 0; i < TRANSPORT_COUNT; i++) {
		for (size_t k = 0; m->peers[i] != NULL && k < m->peers[i]->peer_count; k++) {
			if (m->peers[i]->peers[k].up) {
				return true;
			}
		}
	}
	return false;
}

/* --- what visitors do -------------------------------------------------------------------------------------------------------------- */

static void type_character(struct model *m, char c) {
	static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* Crockford's base 32, as badges carry it */
	char upper = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	upper = upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper;
	size_t n = strlen(m->typed);
	if (c != '\0' && strchr(alphabet, upper) != NULL && n < TYPED_MAX) {
		m->typed[n] = upper;
		m->typed[n + 1] = '\0';
	}
}

static void type_wipe(struct model *m) {
	size_t n = strlen(m->typed);
	if (n > 0) {
		m->typed[n - 1] = '\0';
	}
}

static void scan(struct model *m, const struct msg *msg, struct effects *effects) {
	if (staff_is_screen(m)) {
		staff_take_code(m, effects);
		return;
	}
	struct effect e = {.kind = EFFECT_SCAN, .how = msg->how, .taken_us = msg->taken_us};
	/* Longer than any code: cut, it stays something that is no badge of ours. */
	e.n = msg->n < sizeof e.text ? msg->n : sizeof e.text;
	memcpy(e.text, msg->text, e.n);
	m->notice_ms = 0;
	model_put_effect(effects, e);
}

static void type_done(struct model *m, struct effects *effects) {
	if (strlen(m->typed) == TYPED_MAX) {
		scan(m, &(struct msg){.text = m->typed, .n = TYPED_MAX, .how = "typed"}, effects);
		m->typed[0] = '\0';
	}
}

static void typed(struct model *m, const struct msg *msg, struct effects *effects) {
	m->touched_ms = m->ms;
	staff_typed(m, msg->text, msg->n, effects);
	for (size_t i = 0; m->screen == SCREEN_TYPE && i < msg->n; i++) {
		if (msg->text[i] == '\n') {
			type_done(m, effects);
		} else if (msg->text[i] == '\b') {
			type_wipe(m);
		} else {
			type_character(m, msg->text[i]);
		}
	}
}

static void turn_clock(struct model *m, enum action action, int by) {
	if (m->screen != SCREEN_CLOCK) { /* nothing is being set */
		return;
	}
	struct civil *c = &m->clock;
	switch (action) {
	case ACTION_CLOCK_YEAR: c->year += by; break;
	case ACTION_CLOCK_MONTH: c->month = (c->month - 1 + by + 12) % 12 + 1; break;
	case ACTION_CLOCK_DAY: c->day = (c->day - 1 + by + 31) % 31 + 1; break;
	case ACTION_CLOCK_HOUR: c->hour = (c->hour + by + 24) % 24; break;
	default: c->minute = (c->minute + by + 60) % 60;
	}
	c->year = c->year < 2026 ? 2026 : c->year > 2199 ? 2199 : c->year;
	while (!tz_date_valid(c->year, c->month, c->day)) {
		c->day = by < 0 && action == ACTION_CLOCK_DAY ? c->day - 1 : action == ACTION_CLOCK_DAY ? 1 : c->day - 1;
	}
}

static void set_clock(struct model *m, struct effects *effects) {
	if (m->screen != SCREEN_CLOCK) {
		return;
	}
	struct utc_ms now = tz_utc(m->event->tz, &m->clock);
	model_put_effect(effects, (struct effect){.kind = EFFECT_SET_CLOCK, .now = now});
	m->now = now;
	model_go_home(m);
}

static void back(struct model *m, struct effects *effects) {
	if (m->screen == SCREEN_RESULT) {
		end_result(m, effects);
	} else if (m->screen == SCREEN_SESSION && m->below == SCREEN_DAY) {
		m->screen = SCREEN_DAY;
		m->page = 0;
	} else if (m->screen == SCREEN_STICK || m->screen == SCREEN_CAMERA) {
		m->screen = SCREEN_STAFF;
	} else {
		int language = m->language;
		m->setting_clock = false;
		model_go_home(m);
		m->language = language;
	}
}

static void choose_language(struct model *m, int64_t index) {
	if (m->event != NULL && index >= 0 && (size_t)index < m->event->language_count) {
		int known = words_language(m->words, m->event->languages[index]);
		m->language = known >= 0 ? known : m->language;
	}
}

static void open_day(struct model *m, int64_t day) {
	m->screen = day < 0 ? SCREEN_AGENDA : SCREEN_DAY;
	m->day = day;
	m->page = 0;
	m->track = -1;
}

static void open_session(struct model *m, int64_t index) {
	if (m->event != NULL && index >= 0 && (size_t)index < m->event->sessions.count) {
		m->below = m->screen;
		m->screen = SCREEN_SESSION;
		m->session = (int)index;
		m->page = 0;
	}
}

/* Somebody wants something else than what is said: it must not be said to the next one later. */
static void drop_results(struct model *m) {
	desk_message_free(m->result);
	m->result = NULL;
	while (m->waiting_count > 0) {
		desk_message_free(m->waiting[--m->waiting_count]);
	}
}

static void call_help(struct model *m, struct effects *effects) {
	drop_results(m);
	m->screen = SCREEN_HELP;
	m->called_ms = m->ms;
	m->refusals = 0;
	model_chime(effects, CHIME_CALL);
}

static void act(struct model *m, const struct msg *msg, struct effects *effects) {
	m->touched_ms = m->ms;
	m->staff.held_ms = 0;
	switch (msg->action) {
	case ACTION_LANGUAGE: choose_language(m, msg->argument); break;
	case ACTION_DAY: open_day(m, msg->argument); break;
	case ACTION_TRACK:
		m->track = (int)msg->argument;
		m->page = 0;
		break;
	case ACTION_PAGE: m->page = m->page + (int)msg->argument < 0 ? 0 : m->page + (int)msg->argument; break;
	case ACTION_SESSION: open_session(m, msg->argument); break;
	case ACTION_BACK: back(m, effects); break;
	case ACTION_HELP: call_help(m, effects); break;
	case ACTION_TYPE:
		drop_results(m);
		m->typed[0] = '\0';
		m->screen = SCREEN_TYPE;
		break;
	case ACTION_TYPE_KEY: type_character(m, (char)msg->argument); break;
	case ACTION_TYPE_WIPE: type_wipe(m); break;
	case ACTION_TYPE_DONE: type_done(m, effects); break;
	case ACTION_CLOCK:
		m->clock_asked = false;
		ask_clock(m);
		break;
	case ACTION_CLOCK_DAY:
	case ACTION_CLOCK_MONTH:
	case ACTION_CLOCK_YEAR:
	case ACTION_CLOCK_HOUR:
	case ACTION_CLOCK_MINUTE: turn_clock(m, msg->action, (int)msg->argument); break;
	case ACTION_CLOCK_DONE: set_clock(m, effects); break;
	case ACTION_STAFF_HOLD:
	case ACTION_PIN_KEY:
	case ACTION_PIN_WIPE:
	case ACTION_PIN_DONE:
	case ACTION_SYNC_NOW:
	case ACTION_STICK:
	case ACTION_STICK_VISIT:
	case ACTION_STICK_END:
	case ACTION_CAMERA:
	case ACTION_CAMERA_USE:
	case ACTION_CAMERA_TURN:
	case ACTION_CAMERA_MIRROR: staff_act(m, msg, effects); break;
	case ACTION_NONE:
	case ACTION_STILL_HERE:
	case ACTION_COUNT: break;
	}
}

/* --- time -------------------------------------------------------------------------------------------------------------------------- */

static bool can_idle(const struct model *m) {
	switch (m->screen) {
	case SCREEN_DAY:
	case SCREEN_SESSION:
	case SCREEN_HELP:
	case SCREEN_TYPE:
	case SCREEN_CLOCK:
	case SCREEN_PIN:
	case SCREEN_CAMERA:
	case SCREEN_STAFF: return true;
	case SCREEN_STICK: return m->staff.stick_stage != STICK_UNDER_WAY;
	case SCREEN_AGENDA: return m->language != m->station_language;
	default: return false;
	}
}

/* On the first screen only the language goes back: nothing of anybody's would be lost, so nothing is counted down. */
int model_countdown(const struct model *m) {
	int64_t left = IDLE_MS - (m->ms - m->touched_ms);
	return can_idle(m) && m->screen != SCREEN_AGENDA && left <= IDLE_COUNTDOWN_MS && left > 0 ? (int)((left + 999) / 1000) : 0;
}

static void pass_time(struct model *m, struct effects *effects) {
	if (m->screen == SCREEN_RESULT) {
		int64_t shown = m->ms - m->result_ms;
		if (shown >= model_result_span(m->result) || (m->waiting_count > 0 && shown >= RESULT_HOLD_MS)) {
			end_result(m, effects);
		}
	}
	if (can_idle(m) && m->ms - m->touched_ms >= IDLE_MS) {
		m->setting_clock = false;
		model_go_home(m);
	}
	staff_pass_time(m, effects);
	if (m->screen == SCREEN_HELP && m->ms - m->called_ms >= CALL_CHIME_MS) {
		m->called_ms = m->ms;
		model_chime(effects, CHIME_CALL);
	}
	if (m->not_badge_ms != 0 && m->ms - m->not_badge_ms >= WORDS_MS) {
		m->not_badge_ms = 0;
	}
	if (m->seen.ms != 0 && m->ms - m->seen.ms >= SEEN_MS) {
		m->seen.ms = 0;
	}
	if (m->notice_ms != 0 && m->ms >= m->notice_ms) {
		m->notice_ms = 0;
	}
}

static int64_t sooner(int64_t a, int64_t b) { return a < b ? a : b; }

int64_t model_deadline(const struct model *m) {
	int64_t at = INT64_MAX;
	if (m->event != NULL) {
		at = m->ms + 60000 - (m->now.v % 60000 + 60000) % 60000; /* the clock's next minute */
	}
	if (m->screen == SCREEN_RESULT) {
		int64_t step = m->ms + 33; /* the bar that shows the remaining time */
		at = sooner(at, sooner(step, m->result_ms + model_result_span(m->result)));
	}
	if (can_idle(m)) {
		int64_t idle = m->touched_ms + IDLE_MS;
		at = sooner(at, m->ms < idle - IDLE_COUNTDOWN_MS ? idle - IDLE_COUNTDOWN_MS : idle - (idle - m->ms - 1) / 1000 * 1000);
	}
	at = sooner(at, staff_deadline(m));
	if (m->screen == SCREEN_HELP) {
		at = sooner(at, m->called_ms + CALL_CHIME_MS);
	}
	if (m->not_badge_ms != 0) {
		bool shaking = m->ms - m->not_badge_ms < SHAKE_MS;
		at = sooner(at, shaking ? m->ms + 33 : m->not_badge_ms + WORDS_MS);
	}
	if (m->seen.ms != 0) {
		at = sooner(at, m->seen.ms + SEEN_MS);
	}
	return m->notice_ms != 0 ? sooner(at, m->notice_ms) : at;
}

/* --- the whole --------------------------------------------------------------------------------------------------------------------- */

void model_init(struct model *m, const struct words *words, const char *language) {
	*m = (struct model){.words = words, .station_language = -1, .track = -1, .camera = CAMERA_NONE};
	if (language != NULL) {
		m->station_language = words_language(words, language);
		m->language_given = true;
	}
	m->language = m->station_language < 0 ? 0 : m->station_language;
}

void model_fini(struct model *m) {
	desk_message_free(m->result);
	for (size_t i = 0; i < m->waiting_count; i++) {
		desk_message_free(m->waiting[i]);
	}
	for (size_t i = 0; i < TRANSPORT_COUNT; i++) {
		free(m->peers[i]);
	}
	kiosk_event_free(m->event);
	*m = (struct model){0};
}

void model_update(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->kind) {
	case MSG_TIME:
		m->ms = msg->ms;
		m->now = msg->now;
		m->staff.clock_sure = msg->clock_sure;
		pass_time(m, effects);
		break;
	case MSG_ACTION: act(m, msg, effects); break;
	case MSG_TOUCH:
		m->touched_ms = m->ms;
		if (m->screen == SCREEN_RESULT && !result_held(m)) {
			end_result(m, effects);
		}
		break;
	case MSG_RELEASE: m->staff.held_ms = 0; break;
	case MSG_TYPED: typed(m, msg, effects); break;
	case MSG_CODE: scan(m, msg, effects); break;
	case MSG_DESK: take_desk(m, msg->desk, effects); break;
	case MSG_SYNC: take_sync(m, msg); break;
	case MSG_STICK:
		staff_take_stick(m, msg->stick, effects);
		free(msg->stick);
		break;
	case MSG_SEEN:
		m->seen = *msg->seen;
		m->seen.ms = msg->seen->marked || msg->seen->guidance != GUIDANCE_NONE ? m->ms : 0;
		break;
	case MSG_CAMERA:
		m->camera = msg->camera;
		m->seen.ms = 0;
		str_copy(m->camera_reason, sizeof m->camera_reason, msg->text);
		break;
	case MSG_CAMERAS: staff_take_cameras(m, msg); break;
	case MSG_PROBLEM: str_copy(m->problem[msg->problem], sizeof m->problem[0], msg->text); break;
	}
}

bool model_wants_preview(const struct model *m) {
	return (m->screen == SCREEN_AGENDA || m->screen == SCREEN_CAMERA) && m->camera == CAMERA_OK;
}

int model_language(const struct model *m) {
	if (m->screen == SCREEN_RESULT && m->result->language != NULL) {
		int own = words_language(m->words, m->result->language);
		return own >= 0 ? own : m->language;
	}
	return m->language;
}

size_t model_tracks(const struct model *m, int64_t day, int *out, size_t cap) {
	size_t n = 0;
	for (size_t i = 0; i < m->event->sessions.count && n < cap && n < TRACKS_MAX; i++) {
		const struct session *s = &m->event->sessions.items[i].session;
		const char *track = session_text(s, SESSION_TRACK);
		bool known = str_empty(track) || kiosk_session_day(s) != day;
		for (size_t k = 0; k < n && !known; k++) {
			known = str_eq(session_text(&m->event->sessions.items[out[k]].session, SESSION_TRACK), track);
		}
		if (!known) {
			out[n++] = (int)i;
		}
	}
	return n;
}
