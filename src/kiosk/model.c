#include "kiosk/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/str.h"
#include "sync/stick_worker.h"
#include "sync/worker.h"

/* --- the stack of screens ------------------------------------------------------------------------------------------------------------ */

static const struct screen *screen_of(const struct model *m, enum screen_id id) { return m->screens[id]; }
static const struct screen *top_screen(const struct model *m) { return screen_of(m, model_top(m)); }

bool model_holds(const struct model *m, uint64_t screens) {
	for (size_t i = 0; i < m->depth; i++) {
		if ((screens >> m->stack[i] & 1) != 0) {
			return true;
		}
	}
	return false;
}

enum screen_id model_top(const struct model *m) { return m->stack[m->depth - 1]; }

void *model_state(const struct model *m, enum screen_id id) { return m->states[id]; }

/* Where everybody begins: nothing can be shown before the event is read. */
static enum screen_id first_screen(const struct model *m) {
	return m->event == NULL ? SCREEN_START : model_erased(m) ? SCREEN_ERASED : SCREEN_AGENDA;
}

static void leave_top(struct model *m) {
	const struct screen *left = top_screen(m);
	m->depth--;
	if (left->leave != NULL) {
		left->leave(m);
	}
}

static void put_screen(struct model *m, enum screen_id id) { m->stack[m->depth++] = id; }

/* A screen that opens what it does not declare is a fault of ours: a debug build stops at once; at a booth nobody is served by that, and the screen
 * stays as it is. */
static bool may_open(struct model *m, enum screen_id from, enum screen_id to) {
	bool declared = (screen_of(m, from)->next & UINT64_C(1) << to) != 0 || to == SCREEN_RESULT || to == first_screen(m);
	if (screen_of(m, to)->of_leads && !model_leads(m)) { /* no button leads there; a script may try */
		return false;
	}
	if (declared && m->depth < STACK_MAX) {
		return true;
	}
	m->strays++;
#ifdef TURNOUT_DEBUG
	fprintf(stderr, "the screen \"%s\" opens \"%s\" and does not declare it\n", screen_of(m, from)->name, screen_of(m, to)->name);
	abort();
#endif
	return false;
}

static void enter_screen(struct model *m, enum screen_id id, int64_t argument, struct effects *effects) {
	put_screen(m, id);
	m->openings++;
	if (screen_of(m, id)->enter != NULL) {
		screen_of(m, id)->enter(m, argument, effects);
	}
}

void model_open(struct model *m, enum screen_id id, int64_t argument, struct effects *effects) {
	if (may_open(m, model_top(m), id)) {
		enter_screen(m, id, argument, effects);
	}
}

void model_switch(struct model *m, enum screen_id id, int64_t argument, struct effects *effects) {
	if (!may_open(m, model_top(m), id)) {
		return;
	}
	while (m->depth > 1) {
		leave_top(m);
	}
	if (id != model_top(m)) {
		enter_screen(m, id, argument, effects);
	}
}

void model_back(struct model *m) {
	if (m->depth > 1) {
		leave_top(m);
	}
	/* Somebody went back all the way: the time is not asked for again by itself. */
	m->asks_clock = m->asks_clock && m->depth > 1;
}

void model_leave_all(struct model *m, struct effects *effects) {
	while (m->depth > 0) {
		leave_top(m);
	}
	m->language = m->station_language;
	m->signing_ms = 0; /* whoever was signed in by staff is told by the answer, and nobody waits at a screen for it */
	m->at_work = (struct at_work){.here = false};
	put_screen(m, first_screen(m));
	/* A badge that was read meanwhile does not spare staff the question for the time. */
	m->asks_clock = m->asks_clock && m->event != NULL && model_clock_doubted(m);
	if (m->asks_clock) {
		enter_screen(m, SCREEN_PIN, PIN_FOR_CLOCK, effects);
	}
}

void model_go_home(struct model *m, struct effects *effects) {
	model_leave_all(m, effects);
	model_choose_access(m, &m->own_access);
	m->focus = (struct focus){0};
}

/* --- the event ----------------------------------------------------------------------------------------------------------------------- */

/* The one that the box is set to, or else the event's first: in a language that the event does not have there are no keys, and no button leads back to it. */
static void choose_station_language(struct model *m) {
	int before = m->station_language;
	bool given = false;
	m->station_language = 0;
	for (size_t i = m->event->language_count; i > 0; i--) {
		int known = words_language(m->words, m->event->languages[i - 1]);
		given = given || (known >= 0 && known == m->language_given);
		m->station_language = known >= 0 ? known : m->station_language;
	}
	m->station_language = given ? m->language_given : m->station_language;
	m->language = m->language == before ? m->station_language : m->language;
}

static void choose_language(struct model *m, int64_t index) {
	if (m->event != NULL && index >= 0 && (size_t)index < m->event->language_count) {
		int known = words_language(m->words, m->event->languages[index]);
		m->language = known >= 0 ? known : m->language;
	}
}

void model_set_language(struct model *m, int language) {
	m->language_given = language;
	if (m->event != NULL) {
		choose_station_language(m);
		m->language = m->station_language;
	}
}

static void choose_style(struct model *m) {
	struct style_wish wish = m->look;
	wish.large = m->access.large;
	wish.high_contrast = m->access.high_contrast;
	wish.calm = m->access.calm || m->access.aloud; /* what changes by itself would be read out again and again */
	wish.longer = m->access.longer;
	wish.upright = wish.large && wish.upright;
	if (m->event != NULL) {
		wish.has_colour = m->event->has_colour;
		wish.colour = m->event->colour;
		wish.has_panel_colour = m->event->has_panel_colour;
		wish.panel_colour = m->event->panel_colour;
	}
	if (!style_is_plain(&wish)) {
		style_make(&wish, &m->own_style);
		m->style = &m->own_style;
	} else if (m->style == &m->own_style) { /* else it is somebody else's */
		m->style = &style_default;
	}
}

void model_set_look(struct model *m, const struct style_wish *look) {
	struct access own = m->own_access;
	own.large = look->large;
	own.high_contrast = look->high_contrast;
	m->look = (struct style_wish){.still = look->still, .upright = look->upright};
	model_set_access(m, &own);
}

void model_set_access(struct model *m, const struct access *own) {
	bool chosen = model_access_chosen(m);
	m->own_access = *own;
	model_choose_access(m, chosen ? &m->access : own);
}

void model_choose_access(struct model *m, const struct access *access) {
	m->access = *access;
	m->access.aloud = access->aloud && model_speaks(m);
	choose_style(m);
}

bool model_speaks(const struct model *m) { return m->speaks && m->box.loudness > 0; }

bool model_access_chosen(const struct model *m) { return !access_equal(&m->access, &m->own_access); }

/* Returns the event until now. */
static struct kiosk_event *take_event(struct model *m, struct desk_message *d, struct effects *effects) {
	struct kiosk_event *before = m->event;
	m->event = d->event;
	d->event = NULL;
	m->station = d->station;
	choose_station_language(m);
	choose_style(m);
	if (before == NULL) {
		model_go_home(m, effects);
	}
	return before;
}

static void take_counts(struct model *m, struct desk_message *d) {
	m->saved = d->saved;
	m->waiting_to_send = d->waiting;
	m->standing = d->standing;
	if (d->kind != DESK_COUNTED) {
		return;
	}
	str_copy(m->problem[PROBLEM_STATION], sizeof m->problem[0], str_or_empty(d->text));
	m->station_clock = d->clock;
	m->helps = d->helps;
	announcements_fini(&m->announcements);
	m->announcements = d->announcements;
	d->announcements = (struct announcements){0};
	m->retention = d->retention;
	m->acknowledged = d->acknowledged;
	m->acknowledged_at = d->acknowledged_at;
	str_copy(m->station_name, sizeof m->station_name, d->station_name);
	if (!m->counted && d->saved > 0) {
		m->last = d->last;
		m->last_approximate = d->last_approximate;
		m->notice_ms = m->ms + m->style->timing.notice_ms;
	}
	m->counted = true;
}

/* --- what is told ---------------------------------------------------------------------------------------------------------------------- */

static void tell_top(struct model *m, struct msg *msg, struct effects *effects) {
	const struct screen *top = top_screen(m);
	if (top->told != NULL) {
		top->told(m, msg, effects);
	}
}

static void tell_all(struct model *m, struct msg *msg, struct effects *effects) {
	bool taken = false;
	for (enum screen_id id = 0; id < SCREEN_COUNT && !taken; id++) {
		if (screen_of(m, id)->told != NULL) {
			screen_of(m, id)->told(m, msg, effects);
		}
		taken = (msg->kind == MSG_DESK && msg->desk == NULL) ||
			(msg->kind == MSG_PEOPLE && msg->people == NULL); /* a screen keeps it; there is nothing left to tell */
	}
}

/* The organiser, or this box's standing, takes the search away while somebody is at it: it is left, with what lies on it. */
static void leave_find(struct model *m) {
	size_t below = 0;
	while (below < m->depth && m->stack[below] != SCREEN_FIND) {
		below++;
	}
	while (m->depth > below && !model_finds(m)) {
		leave_top(m);
	}
}

/* Whoever was at this box, what they typed, and all that is told of people: the screens begin anew, too. */
static void forget_people(struct model *m) {
	while (m->depth > 0) {
		leave_top(m);
	}
	for (enum screen_id id = 0; id < SCREEN_COUNT; id++) {
		const struct screen *screen = screen_of(m, id);
		if (screen->fini != NULL) {
			screen->fini(m);
		}
		crypto_wipe(m->states[id], screen->state);
	}
	for (size_t i = 0; i < TRANSPORT_COUNT; i++) {
		free(m->peers[i]);
		m->peers[i] = NULL;
	}
	print_message_free(m->print);
	m->print = NULL;
	crypto_wipe(&m->chosen, sizeof m->chosen);
	crypto_wipe(&m->signer, sizeof m->signer);
	crypto_wipe(m->station_name, sizeof m->station_name);
	m->helps = (struct helps){0};
	announcements_fini(&m->announcements);
	m->seen.ms = m->not_badge_ms = m->notice_ms = m->signing_ms = m->last.v = 0;
	m->saved = m->waiting_to_send = 0;
	m->sent = 0;
	m->refusals = 0;
	m->visitor_language = -1;
	m->asks_clock = m->acknowledged = false;
}

/* The event comes again, as its file has it now. */
static void take_erased(struct model *m, struct desk_message *d, struct effects *effects) {
	struct kiosk_event *before = m->event;
	forget_people(m);
	m->event = d->event;
	d->event = NULL;
	m->station = d->station;
	m->retention = d->retention;
	choose_station_language(m);
	choose_style(m);
	kiosk_event_free(before);
	model_go_home(m, effects);
	desk_message_free(d);
}

/* What was under way when the personal data went. True: it was nothing else. */
static bool drop_late(struct msg *msg) {
	switch (msg->kind) {
	case MSG_DESK: desk_message_free(msg->desk); return true;
	case MSG_SYNC: free(msg->sync); return true;
	case MSG_STICK: free(msg->stick); return true;
	case MSG_FOUND: find_message_free(msg->found); return true;
	case MSG_PEOPLE: people_message_free(msg->people); return true;
	case MSG_PRINT: print_message_free(msg->print); return true;
	case MSG_SELF_TEST: self_test_message_free(msg->self_test); return true;
	case MSG_CODE:
	case MSG_SEEN: return true;
	default: return false;
	}
}

static void take_desk(struct model *m, struct msg *msg, struct effects *effects) {
	struct kiosk_event *before = NULL;
	if (msg->desk->kind == DESK_ERASED) {
		take_erased(m, msg->desk, effects);
		return;
	}
	if (msg->desk->kind == DESK_LOADED) {
		msg->before = before = take_event(m, msg->desk, effects);
	} else if (msg->desk->kind != DESK_FAILED) {
		take_counts(m, msg->desk);
	}
	if (msg->desk->label) {
		struct effect e = {.kind = EFFECT_LABEL};
		str_copy(e.person, sizeof e.person, msg->desk->person);
		effects_put(effects, &e);
	}
	tell_all(m, msg, effects); /* who kept an index finds it again by the event until now */
	leave_find(m);
	kiosk_event_free(before);
	desk_message_free(msg->desk);
}

static void take_sync(struct model *m, struct msg *msg, struct effects *effects) {
	m->near_state = msg->near_state;
	tell_all(m, msg, effects);
	/* Both kinds say how it stands with everybody. */
	free(m->peers[msg->transport]);
	m->peers[msg->transport] = msg->sync;
	leave_find(m);
}

/* What a screen shows of it stays until the next picture comes. */
static void take_print(struct model *m, struct msg *msg, struct effects *effects) {
	if (msg->print->picture.width > 0) {
		raster_fini(&m->label);
		m->label = msg->print->picture;
		msg->print->picture = (struct raster){0};
	}
	print_message_free(m->print);
	m->print = msg->print;
	tell_all(m, msg, effects);
}

bool model_has_printer(const struct model *m) { return m->print != NULL && m->print->there; }

bool model_prints(const struct model *m) {
	return model_has_printer(m) && m->print->asked && (m->print->trouble == PRINTER_FINE || m->print->trouble == PRINTER_BUSY);
}

void model_scan(struct model *m, const struct msg *code, struct effects *effects) {
	struct effect e = {.kind = EFFECT_SCAN, .how = code->how, .taken_us = code->taken_us};
	e.n = code->n < sizeof e.text ? code->n : sizeof e.text;
	memcpy(e.text, code->text, e.n);
	m->notice_ms = 0;
	effects_put(effects, &e);
}

uint64_t model_number(struct model *m) { return ++m->numbers; }

static void sign_in(struct model *m, const char *how, const char *although, struct effects *effects) {
	struct effect e = {.kind = EFFECT_SIGN_IN, .how = how};
	str_copy(e.person, sizeof e.person, m->chosen.id);
	str_copy(e.by, sizeof e.by, m->at_work.key);
	str_copy(e.text, sizeof e.text, although);
	m->signing_ms = m->ms;
	effects_put(effects, &e);
}

void model_sign_in(struct model *m, const char *how, struct effects *effects) { sign_in(m, how, "", effects); }

void model_let_in(struct model *m, const char *although, struct effects *effects) { sign_in(m, "staff", although, effects); }

uint64_t model_ask_people(struct model *m, const struct people_question *question, struct effects *effects) {
	struct effect e = {.kind = EFFECT_PEOPLE, .people = xcalloc(1, sizeof *question)};
	struct people_question *q = e.people;
	*q = *question;
	q->number = model_number(m);
	q->now = m->now;
	str_copy(q->stand, sizeof q->stand, str_empty(m->event->stand_text) ? POINT_ARRIVAL : m->event->stand_text);
	uint64_t number = q->number;
	effects_put(effects, &e);
	return number;
}

uint64_t model_sign_in_group(struct model *m, const struct group_sign_in *group, struct effects *effects) {
	struct effect e = {.kind = EFFECT_GROUP, .group = xcalloc(1, sizeof *group)};
	*e.group = *group;
	e.group->number = model_number(m);
	str_copy(e.group->by, sizeof e.group->by, m->at_work.key);
	uint64_t number = e.group->number;
	effects_put(effects, &e);
	return number;
}

bool model_leads(const struct model *m) { return m->at_work.here && m->at_work.role == STAFF_LEAD; }

uint64_t model_deed(struct model *m, const struct deed *deed, struct effects *effects) {
	struct effect e = {.kind = EFFECT_DEED, .deed = xcalloc(1, sizeof *deed)};
	*e.deed = *deed;
	e.deed->number = model_number(m);
	str_copy(e.deed->by, sizeof e.deed->by, m->at_work.key);
	uint64_t number = e.deed->number;
	effects_put(effects, &e);
	return number;
}

/* A badge of the staff's opens their screens where their PIN would; anywhere else it is a badge like any other. */
static bool is_pass(const struct model *m, const struct msg *msg) {
	char code[BADGE_CODE_MAX + 1];
	if (!model_shows(m, SCREEN_PIN) || m->event == NULL || msg->n >= sizeof code) {
		return false;
	}
	memcpy(code, msg->text, msg->n);
	code[msg->n] = '\0';
	return staff_by_badge(&m->event->staff, code) != NULL;
}

static void take_code(struct model *m, struct msg *msg, struct effects *effects) {
	m->delivery = str_eq(msg->how, "wedge") ? delivery_judge(msg->text, msg->n) : DELIVERY_WHOLE;
	if (model_behind_pin(m) || is_pass(m, msg)) {
		tell_top(m, msg, effects);
	} else {
		model_scan(m, msg, effects);
	}
}

static void take_camera(struct model *m, const struct msg *msg) {
	m->camera = msg->camera;
	m->seen.ms = 0; /* it stood in a picture that is gone */
	str_copy(m->camera_reason, sizeof m->camera_reason, msg->text);
}

static void take_seen(struct model *m, const struct seen_code *seen) {
	m->seen = *seen;
	m->seen.ms = seen->marked || seen->guidance != GUIDANCE_NONE ? m->ms : 0;
}

enum station_standing model_standing(const struct model *m) {
	const struct sync_message *hub = m->peers[TRANSPORT_HUB];
	enum trouble trouble = hub == NULL || hub->peer_count == 0 ? TROUBLE_NONE : hub->peers[0].trouble;
	if (m->standing != STATION_GOOD) {
		return m->standing;
	}
	return trouble == TROUBLE_RETIRED ? STATION_RETIRED : trouble == TROUBLE_CLOSED ? STATION_OUTSIDER : STATION_GOOD;
}

bool model_serves(const struct model *m) {
	enum station_standing standing = model_standing(m);
	return standing != STATION_RETIRED && standing != STATION_LOST && !model_erased(m);
}

bool model_erased(const struct model *m) { return m->retention.state == RETENTION_ERASED; }

/* Where things are handed out and where people leave nobody is new. */
bool model_walks_in(const struct model *m) {
	return m->event != NULL && m->event->walk_in && model_serves(m) && m->event->stand != STAND_POINT && !m->event->leaves;
}

bool model_finds(const struct model *m) { return m->event != NULL && m->event->find_by_name && model_serves(m); }

/* A box that was put away after the last event and lost its time comes back years before this one. */
#define LONG_BEFORE_DAYS 366

bool model_clock_is_sure(const struct model *m) { return m->station_clock.set || m->clock_sure; }

bool model_clock_doubted(const struct model *m) {
	if (!clock_is_set(m->now)) {
		return true;
	}
	bool may_be = model_clock_is_sure(m) || m->event == NULL || m->event->day_count == 0;
	return !may_be && tz_local_day(m->event->tz, m->now) < m->event->days[0] - LONG_BEFORE_DAYS;
}

static const struct help_call *find_call(const struct model *m, bool own) {
	for (size_t i = 0; i < m->helps.count; i++) {
		if (crypto_key_eq(&m->helps.items[i].station, &m->station) == own) {
			return &m->helps.items[i];
		}
	}
	return NULL;
}

const struct help_call *model_call_elsewhere(const struct model *m) { return find_call(m, false); }
bool model_own_call(const struct model *m) { return find_call(m, true) != NULL; }

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

/* --- what people do ------------------------------------------------------------------------------------------------------------------ */

/* A touch that the present screen does not offer comes from a script or a picture before: nothing is opened by it. */
static bool leads_to(const struct model *m, enum screen_id id) {
	return (top_screen(m)->next & UINT64_C(1) << id) != 0 || id == first_screen(m);
}

static void open_day(struct model *m, int64_t day, struct effects *effects) {
	enum screen_id to = day < 0 ? first_screen(m) : SCREEN_DAY;
	if (leads_to(m, to)) {
		model_switch(m, to, day, effects);
	}
}

static void open_session(struct model *m, int64_t index, struct effects *effects) {
	if (leads_to(m, SCREEN_SESSION) && m->event != NULL && index >= 0 && (size_t)index < m->event->sessions.count) {
		model_open(m, SCREEN_SESSION, index, effects);
	}
}

static void switch_to(struct model *m, enum screen_id id, struct effects *effects) {
	if (leads_to(m, id)) {
		model_switch(m, id, 0, effects);
	}
}

/* The headset's key. Nothing is read aloud to staff, so there it does nothing. */
static void turn_aloud(struct model *m) {
	struct access access = m->access;
	access.aloud = !access.aloud;
	if (!top_screen(m)->behind_pin) {
		model_choose_access(m, &access);
	}
}

/* What is the same on every screen. */
static void act_anywhere(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->action) {
	case ACTION_LANGUAGE: choose_language(m, msg->argument); break;
	case ACTION_DAY: open_day(m, msg->argument, effects); break;
	case ACTION_SESSION: open_session(m, msg->argument, effects); break;
	case ACTION_BACK: model_back(m); break;
	case ACTION_HELP: switch_to(m, SCREEN_HELP, effects); break;
	case ACTION_FIND:
		if (model_finds(m)) {
			switch_to(m, SCREEN_FIND, effects);
		}
		break;
	case ACTION_WALKIN:
		if (model_walks_in(m)) {
			switch_to(m, SCREEN_WALKIN, effects);
		}
		break;
	case ACTION_TYPE: switch_to(m, SCREEN_TYPE, effects); break;
	case ACTION_CREDITS: switch_to(m, SCREEN_CREDITS, effects); break;
	case ACTION_ACCESS: switch_to(m, SCREEN_ACCESS, effects); break;
	case ACTION_ALOUD: turn_aloud(m); break;
	case ACTION_CLOCK:
		if (m->event != NULL && model_clock_doubted(m) && leads_to(m, SCREEN_PIN)) {
			m->asks_clock = true;
			model_switch(m, SCREEN_PIN, PIN_FOR_CLOCK, effects);
		}
		break;
	default: break;
	}
}

/* Whoever does something elsewhere than at the form is not the one who waits for its answer, or waits no longer. */
static void note_hands(struct model *m) {
	m->sent = model_holds(m, SCREEN_SET(WALKIN)) ? m->sent : 0;
	m->touched_ms = m->ms;
}

/* A touch on what another screen drew is none: the picture changed under the finger. */
static void act(struct model *m, struct msg *msg, struct effects *effects) {
	const struct screen *top = top_screen(m);
	if (msg->screen != NULL && msg->screen != top) {
		m->touched_ms = m->ms;
		msg->kind = MSG_TOUCH;
		tell_top(m, msg, effects);
		return;
	}
	note_hands(m);
	if (top->act == NULL || !top->act(m, msg, effects)) {
		act_anywhere(m, msg, effects);
	}
}

static void type_text(struct model *m, const struct msg *msg, struct effects *effects) {
	note_hands(m);
	if (top_screen(m)->typed != NULL) {
		top_screen(m)->typed(m, msg->text, msg->n, effects);
	}
}

static void move_finger(struct model *m, const struct msg *msg, struct effects *effects) {
	bool followed = top_screen(m)->drag != NULL;
	/* Somebody who signs is there. What only slides over a screen that does not follow it (a sleeve, a poster) keeps nothing on it. */
	if (msg->phase == FINGER_DOWN || (msg->phase == FINGER_MOVE && followed)) {
		m->touched_ms = m->ms;
	}
	if (followed) {
		top_screen(m)->drag(m, msg, effects);
	}
}

/* --- time -------------------------------------------------------------------------------------------------------------------------- */

static enum idling idling_of(const struct model *m) { return top_screen(m)->idling == NULL ? IDLING_COUNTED : top_screen(m)->idling(m); }

int model_countdown(const struct model *m) {
	const struct timing *t = &m->style->timing;
	int64_t left = t->idle_ms - (m->ms - m->touched_ms);
	return idling_of(m) == IDLING_COUNTED && left <= t->countdown_ms && left > 0 ? (int)((left + 999) / 1000) : 0;
}

static void pass_time(struct model *m, struct msg *msg, struct effects *effects) {
	const struct timing *t = &m->style->timing;
	m->ms = msg->ms;
	m->now = msg->now;
	m->clock_sure = msg->clock_sure;
	if (idling_of(m) != IDLING_NEVER && m->ms - m->touched_ms >= t->idle_ms) {
		m->sent = 0;
		m->asks_clock = false; /* nobody answered: home must not be the same question again */
		model_go_home(m, effects);
	}
	tell_top(m, msg, effects);
	if (m->not_badge_ms != 0 && m->ms - m->not_badge_ms >= t->words_ms) {
		m->not_badge_ms = 0;
	}
	if (m->seen.ms != 0 && m->ms - m->seen.ms >= t->seen_ms) {
		m->seen.ms = 0;
	}
	if (m->notice_ms != 0 && m->ms >= m->notice_ms) {
		m->notice_ms = 0;
	}
}

static int64_t sooner(int64_t a, int64_t b) { return a < b ? a : b; }

int64_t model_deadline(const struct model *m) {
	const struct timing *t = &m->style->timing;
	int64_t at = INT64_MAX;
	if (m->event != NULL) {
		at = m->ms + 60000 - (m->now.v % 60000 + 60000) % 60000; /* the clock's next minute */
	}
	if (top_screen(m)->deadline != NULL) {
		at = sooner(at, top_screen(m)->deadline(m));
	}
	if (idling_of(m) != IDLING_NEVER) {
		int64_t idle = m->touched_ms + t->idle_ms; /* the countdown's beginning, then each of its seconds */
		at = sooner(at, m->ms < idle - t->countdown_ms ? idle - t->countdown_ms : idle - (idle - m->ms - 1) / 1000 * 1000);
	}
	if (m->not_badge_ms != 0) {
		bool shaking = m->ms - m->not_badge_ms < t->shake_ms;
		at = sooner(at, shaking ? m->ms + t->step_ms : m->not_badge_ms + t->words_ms);
	}
	if (m->seen.ms != 0) {
		at = sooner(at, m->seen.ms + t->seen_ms);
	}
	return m->notice_ms != 0 ? sooner(at, m->notice_ms) : at;
}

/* --- the whole --------------------------------------------------------------------------------------------------------------------- */

void model_init(struct model *m, const struct screen *const *screens, const struct words *words, const char *language) {
	*m = (struct model){.words = words,
			    .style = &style_default,
			    .screens = screens,
			    .station_language = -1,
			    .language_given = -1,
			    .visitor_language = -1,
			    .box = {.loudness = 100},
			    .camera = CAMERA_NONE};
	for (enum screen_id id = 0; id < SCREEN_COUNT; id++) {
		m->states[id] = xcalloc(1, screens[id]->state > 0 ? screens[id]->state : 1);
	}
	if (language != NULL) {
		m->language_given = m->station_language = words_language(words, language);
	}
	m->language = m->station_language < 0 ? 0 : m->station_language;
	put_screen(m, first_screen(m));
}

void model_fini(struct model *m) {
	while (m->depth > 0) {
		leave_top(m);
	}
	for (enum screen_id id = 0; id < SCREEN_COUNT; id++) {
		if (m->screens != NULL && screen_of(m, id)->fini != NULL) {
			screen_of(m, id)->fini(m);
		}
		free(m->states[id]);
	}
	for (size_t i = 0; i < TRANSPORT_COUNT; i++) {
		free(m->peers[i]);
	}
	announcements_fini(&m->announcements);
	print_message_free(m->print);
	raster_fini(&m->label);
	kiosk_event_free(m->event);
	*m = (struct model){0};
}

void model_update(struct model *m, const struct msg *given, struct effects *effects) {
	struct msg msg = *given; /* a copy: on its way a message may lose what it carries, or turn into another */
	if (model_erased(m) && drop_late(&msg)) {
		return;
	}
	switch (msg.kind) {
	case MSG_TIME: pass_time(m, &msg, effects); break;
	case MSG_ACTION: act(m, &msg, effects); break;
	case MSG_TOUCH:
		m->touched_ms = m->ms;
		tell_top(m, &msg, effects);
		break;
	case MSG_HANDS: m->touched_ms = m->ms; break;
	case MSG_FINGER: move_finger(m, &msg, effects); break;
	case MSG_TYPED: type_text(m, &msg, effects); break;
	case MSG_CODE: take_code(m, &msg, effects); break;
	case MSG_DESK: take_desk(m, &msg, effects); break;
	case MSG_SYNC: take_sync(m, &msg, effects); break;
	case MSG_STICK:
		tell_all(m, &msg, effects);
		free(msg.stick);
		break;
	case MSG_FOUND:
		tell_all(m, &msg, effects);
		find_message_free(msg.found);
		break;
	case MSG_PEOPLE:
		tell_all(m, &msg, effects);
		people_message_free(msg.people);
		break;
	case MSG_PRINT: take_print(m, &msg, effects); break;
	case MSG_SELF_TEST:
		tell_all(m, &msg, effects);
		self_test_message_free(msg.self_test);
		break;
	case MSG_SEEN: take_seen(m, msg.seen); break;
	case MSG_CAMERA: take_camera(m, &msg); break;
	case MSG_TOTALS:
	case MSG_PIN: tell_top(m, &msg, effects); break;
	case MSG_CAMERAS:
	case MSG_KEPT: tell_all(m, &msg, effects); break;
	case MSG_BOX: m->box = *msg.box; break;
	case MSG_PROBLEM: str_copy(m->problem[msg.problem], sizeof m->problem[0], msg.text); break;
	}
}

bool model_behind_pin(const struct model *m) { return top_screen(m)->behind_pin; }

bool model_wants_preview(const struct model *m) { return top_screen(m)->preview && m->camera == CAMERA_OK && model_serves(m); }

int model_language(const struct model *m) { return m->visitor_language >= 0 ? m->visitor_language : m->language; }
