#include "kiosk/staff.h"

#include <string.h>

#include "base/str.h"
#include "kiosk/model_private.h"

bool staff_is_screen(const struct model *m) { return m->screen == SCREEN_STAFF || m->screen == SCREEN_STICK || m->screen == SCREEN_CAMERA; }

const char *staff_pin(const struct model *m) {
	const char *pin = m->event == NULL ? NULL : m->event->staff_pin;
	size_t n = strlen(str_or_empty(pin));
	bool whole = pin != NULL && n >= STAFF_PIN_MIN && n <= STAFF_PIN_MAX && strspn(pin, "0123456789") == n;
	return whole ? pin : NULL;
}

int staff_barred(const struct model *m) {
	int64_t left = m->staff.barred_ms - m->ms;
	return m->staff.barred_ms == 0 || left <= 0 ? 0 : (int)((left + 999) / 1000);
}

void staff_leave(struct model *m) {
	crypto_wipe(m->staff.pin, sizeof m->staff.pin);
	m->staff.wrong = false;
	m->staff.held_ms = 0;
}

/* --- the PIN ------------------------------------------------------------------------------------------------------------------------- */

static void type_digit(struct model *m, char c) {
	struct staff *s = &m->staff;
	size_t n = strlen(s->pin);
	if (str_is_digit(c) && n < STAFF_PIN_MAX && staff_barred(m) == 0) {
		s->pin[n] = c;
		s->pin[n + 1] = '\0';
		s->wrong = false;
	}
}

static void wipe_digit(struct model *m) {
	size_t n = strlen(m->staff.pin);
	if (n > 0) {
		m->staff.pin[n - 1] = '\0';
	}
}

static void open_staff(struct model *m) {
	m->staff.tries = 0;
	m->staff.round.told = false;
	m->screen = SCREEN_STAFF;
}

static void try_pin(struct model *m, struct effects *effects) {
	struct staff *s = &m->staff;
	const char *pin = staff_pin(m);
	if (pin == NULL || s->pin[0] == '\0' || staff_barred(m) > 0) {
		return;
	}
	bool right = str_eq(s->pin, pin);
	staff_leave(m);
	if (right) {
		open_staff(m);
		return;
	}
	s->wrong = true;
	if (++s->tries == STAFF_TRIES) {
		s->tries = 0;
		s->barred_ms = m->ms + STAFF_BARRED_MS;
	}
	model_chime(effects, CHIME_LOW);
}

void staff_typed(struct model *m, const char *text, size_t n, struct effects *effects) {
	for (size_t i = 0; m->screen == SCREEN_PIN && i < n; i++) {
		if (text[i] == '\n') {
			try_pin(m, effects);
		} else if (text[i] == '\b') {
			wipe_digit(m);
		} else {
			type_digit(m, text[i]);
		}
	}
}

/* --- exchanging ---------------------------------------------------------------------------------------------------------------------- */

static void sync_now(struct model *m, struct effects *effects) {
	struct staff *s = &m->staff;
	if (s->round.owed != 0) {
		return;
	}
	s->round.told = true;
	s->round.sent = s->round.received = 0;
	for (unsigned i = 0; i < TRANSPORT_COUNT; i++) {
		s->round.owed |= m->peers[i] != NULL ? 1u << i : 0;
	}
	model_put_effect(effects, (struct effect){.kind = EFFECT_SYNC_NOW});
}

void staff_take_round(struct model *m, enum transport transport, const struct sync_message *round) {
	struct staff *s = &m->staff;
	if ((s->round.owed & 1u << transport) != 0) {
		s->round.owed &= ~(1u << transport);
		s->round.sent += round->sent;
		s->round.received += round->received;
	}
}

/* --- sticks -------------------------------------------------------------------------------------------------------------------------- */

static void look(struct model *m, struct effects *effects) {
	m->staff.look_ms = m->ms;
	model_put_effect(effects, (struct effect){.kind = EFFECT_STICK_LOOK});
}

static void open_stick(struct model *m, struct effects *effects) {
	struct staff *s = &m->staff;
	m->screen = SCREEN_STICK;
	if (s->stick_stage != STICK_UNDER_WAY) {
		s->stick_stage = STICK_CHOOSE;
		s->looked = false;
		look(m, effects);
	}
}

static void visit(struct model *m, int64_t which, struct effects *effects) {
	struct staff *s = &m->staff;
	if (m->screen != SCREEN_STICK || s->stick_stage != STICK_CHOOSE || which < 0 || (size_t)which >= s->media.media_count) {
		return;
	}
	struct effect e = {.kind = EFFECT_STICK_VISIT};
	str_copy(e.text, sizeof e.text, s->media.media[which].folder);
	s->stick_stage = STICK_UNDER_WAY;
	s->stick = (struct stick_message){.kind = STICK_STEP};
	model_put_effect(effects, e);
}

void staff_take_stick(struct model *m, const struct stick_message *message, struct effects *effects) {
	struct staff *s = &m->staff;
	switch (message->kind) {
	case STICK_MEDIA:
		s->media = *message;
		s->looked = true;
		break;
	case STICK_STEP: s->stick = *message; break;
	case STICK_OVER:
		s->stick = *message;
		s->stick_stage = STICK_TOLD;
		m->touched_ms = m->ms; /* whoever waits for it has time to read how it ended */
		model_chime(effects, message->trouble == STICK_FINE ? CHIME_WELCOME : CHIME_LOW);
		break;
	}
}

/* --- the camera ---------------------------------------------------------------------------------------------------------------------- */

static void open_camera(struct model *m, struct effects *effects) {
	m->screen = SCREEN_CAMERA;
	m->staff.camera.looked = false;
	m->staff.camera.read_ms = 0;
	m->staff.look_ms = m->ms;
	model_put_effect(effects, (struct effect){.kind = EFFECT_CAMERA_LOOK});
}

void staff_take_cameras(struct model *m, const struct msg *msg) {
	str_copy(m->staff.camera.kept, sizeof m->staff.camera.kept, msg->text);
	m->staff.camera.turn = msg->turn;
	if (msg->cameras != NULL) {
		m->staff.camera.list = *msg->cameras;
		m->staff.camera.looked = true;
	}
}

static void change_camera(struct model *m, const struct msg *msg, struct effects *effects) {
	struct effect e = {.kind = EFFECT_CAMERA_KEEP, .turn = m->staff.camera.turn};
	if (m->screen != SCREEN_CAMERA) {
		return;
	}
	if (msg->action == ACTION_CAMERA_TURN) {
		e.turn.degrees = (e.turn.degrees + 90) % 360;
	} else if (msg->action == ACTION_CAMERA_MIRROR) {
		e.turn.mirror = !e.turn.mirror;
	} else if (msg->argument < 0 || (size_t)msg->argument >= m->staff.camera.list.count) {
		return;
	} else {
		str_copy(m->staff.camera.kept, sizeof m->staff.camera.kept, m->staff.camera.list.items[msg->argument].id);
	}
	m->staff.camera.turn = e.turn;
	str_copy(e.text, sizeof e.text, m->staff.camera.kept);
	model_put_effect(effects, e);
}

void staff_take_code(struct model *m, struct effects *effects) {
	if (m->screen == SCREEN_CAMERA) {
		m->staff.camera.read_ms = m->ms;
		model_chime(effects, CHIME_SOFT);
	}
}

/* --- all of it ----------------------------------------------------------------------------------------------------------------------- */

void staff_act(struct model *m, const struct msg *msg, struct effects *effects) {
	struct staff *s = &m->staff;
	if (msg->action == ACTION_STAFF_HOLD) {
		s->held_ms = m->screen == SCREEN_AGENDA ? m->ms : 0;
	} else if (m->screen == SCREEN_PIN) {
		switch (msg->action) {
		case ACTION_PIN_KEY: type_digit(m, (char)msg->argument); break;
		case ACTION_PIN_WIPE: wipe_digit(m); break;
		case ACTION_PIN_DONE: try_pin(m, effects); break;
		default: break;
		}
	} else if (staff_is_screen(m)) {
		switch (msg->action) {
		case ACTION_SYNC_NOW: sync_now(m, effects); break;
		case ACTION_STICK: open_stick(m, effects); break;
		case ACTION_CAMERA: open_camera(m, effects); break;
		case ACTION_CAMERA_USE:
		case ACTION_CAMERA_TURN:
		case ACTION_CAMERA_MIRROR: change_camera(m, msg, effects); break;
		case ACTION_STICK_VISIT: visit(m, msg->argument, effects); break;
		case ACTION_STICK_END:
			if (s->stick_stage == STICK_UNDER_WAY) {
				model_put_effect(effects, (struct effect){.kind = EFFECT_STICK_END});
			}
			break;
		default: break;
		}
	}
}

void staff_pass_time(struct model *m, struct effects *effects) {
	struct staff *s = &m->staff;
	if (s->barred_ms != 0 && m->ms >= s->barred_ms) {
		s->barred_ms = 0;
		s->wrong = false;
	}
	if (s->held_ms != 0 && m->screen != SCREEN_AGENDA) {
		s->held_ms = 0;
	}
	if (s->held_ms != 0 && m->ms - s->held_ms >= STAFF_HOLD_MS) {
		staff_leave(m);
		m->touched_ms = m->ms;
		m->screen = SCREEN_PIN;
	}
	if (m->screen == SCREEN_STICK && s->stick_stage == STICK_CHOOSE && m->ms - s->look_ms >= STAFF_LOOK_MS) {
		look(m, effects);
	}
	if (m->screen == SCREEN_CAMERA && m->ms - s->look_ms >= STAFF_LOOK_MS) { /* one may be plugged in meanwhile */
		s->look_ms = m->ms;
		model_put_effect(effects, (struct effect){.kind = EFFECT_CAMERA_LOOK});
	}
	if (s->camera.read_ms != 0 && m->ms - s->camera.read_ms >= STAFF_READ_MS) {
		s->camera.read_ms = 0;
	}
}

int64_t staff_deadline(const struct model *m) {
	const struct staff *s = &m->staff;
	if (s->held_ms != 0) {
		return m->ms + 33; /* a bar fills while the finger is down */
	}
	if ((m->screen == SCREEN_STICK && s->stick_stage == STICK_CHOOSE) || m->screen == SCREEN_CAMERA) {
		return s->look_ms + STAFF_LOOK_MS;
	}
	return m->screen == SCREEN_PIN && s->barred_ms != 0 ? s->barred_ms - (s->barred_ms - m->ms - 1) / 1000 * 1000 : INT64_MAX;
}
