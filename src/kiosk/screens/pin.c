/* The staff's PIN: the way to their screens, to the clock where nobody knows the time, and what they vouch with for a visitor. Visitors who get here by chance find the way back as on
 * every screen. */
#include <string.h>

#include "base/crypto.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/sign.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/keyboard.h"
#include "store/read/settings.h"

#define COLUMNS 3
#define ROWS 4
#define TRIES 3

enum {
	PIN_KEY = 21, /* argument: the digit */
	PIN_ERASE,
	PIN_DONE,
};

struct pin {
	struct field pin;
	enum pin_for purpose;
	bool wrong;        /* the last one was, and nothing was typed since */
	int64_t barred_ms; /* until when no PIN is taken; 0: it is */
	uint64_t asked;    /* what was typed is being looked at; 0: nothing is */
};

static struct pin *mine(const struct model *m) { return model_state(m, SCREEN_PIN); }

/* --- typing -------------------------------------------------------------------------------------------------------------------------- */

/* The event's PIN; NULL when it has none that can be typed. */
static const char *right_pin(const struct model *m) {
	const char *pin = m->event == NULL ? NULL : m->event->staff_pin;
	size_t n = strlen(str_or_empty(pin));
	bool whole = pin != NULL && n >= STAFF_PIN_MIN && n <= STAFF_PIN_MAX && strspn(pin, "0123456789") == n;
	return whole ? pin : NULL;
}

/* The one for all opens nothing where somebody who leads has one of their own. */
static bool takes_common(const struct model *m) { return right_pin(m) != NULL && !staff_leads_have_pins(&m->event->staff); }

/* They have PINs or badges of their own. */
static bool has_own(const struct model *m) { return m->event != NULL && staff_have_pins(&m->event->staff); }

static size_t digits_most(const struct model *m) { return has_own(m) ? STAFF_OWN_PIN_MAX : STAFF_PIN_MAX; }

/* Seconds for which no PIN is taken; 0: it is. */
static int barred_seconds(const struct model *m) {
	int64_t left = mine(m)->barred_ms - m->ms;
	return left <= 0 ? 0 : (int)((left + 999) / 1000);
}

static uint32_t accept(uint32_t character) { return character < 0x80 && str_is_digit((char)character) ? character : 0; }

static void put_digit(struct model *m, uint32_t character) {
	const struct field_rule rule = {.most = digits_most(m), .accept = accept};
	if (accept(character) != 0 && barred_seconds(m) == 0 && mine(m)->asked == 0 && field_length(&mine(m)->pin) < rule.most) {
		field_put(&mine(m)->pin, &rule, character);
		mine(m)->wrong = false;
	}
}

static void forget_typed(struct model *m) {
	field_wipe(&mine(m)->pin);
	mine(m)->wrong = false;
	mine(m)->asked = 0;
}

/* Whom nobody lets in all the same is nobody's business any more. */
static void leave(struct model *m) {
	forget_typed(m);
	if (mine(m)->purpose == PIN_FOR_OVERRULE) {
		crypto_wipe(&m->chosen, sizeof m->chosen);
	}
}

static void bar(struct model *m) { mine(m)->barred_ms = m->ms + m->style->timing.barred_ms; }

static void lead_on(struct model *m, struct effects *effects) {
	switch (mine(m)->purpose) {
	case PIN_FOR_STAFF: /* of an erased box nothing is left but to end it */
		model_switch(m, model_erased(m) ? SCREEN_END : SCREEN_STAFF, 0, effects);
		break;
	case PIN_FOR_CLOCK: model_switch(m, SCREEN_CLOCK, 0, effects); break;
	case PIN_FOR_OVERRULE:
		if (model_leads(m)) {
			mine(m)->purpose = PIN_FOR_STAFF; /* whom it is about goes along */
			model_switch(m, SCREEN_OVERRULE, 0, effects);
		} else { /* whoever only is at the door finds what they may do */
			model_switch(m, SCREEN_STAFF, 0, effects);
		}
		break;
	case PIN_FOR_SIGNATURE:
		model_back(m);
		sign_for_them(m, effects);
		break;
	case PIN_FOR_SIGN_IN: /* that screen says so until the answer comes */
		model_back(m);
		model_sign_in(m, "staff", effects);
		break;
	}
}

/* `member` NULL: the PIN was the one for all, which opens everything. */
static void let_in(struct model *m, const struct staff_member *member, struct effects *effects) {
	forget_typed(m);
	m->pin_tries = 0;
	m->at_work = (struct at_work){.here = true, .role = STAFF_LEAD};
	if (member != NULL) {
		m->at_work.role = member->role;
		str_copy(m->at_work.key, sizeof m->at_work.key, member->key);
		str_copy(m->at_work.name, sizeof m->at_work.name, member->name);
	}
	lead_on(m, effects);
}

static void turn_away(struct model *m, struct effects *effects) {
	forget_typed(m);
	mine(m)->wrong = true;
	if (++m->pin_tries >= TRIES) {
		bar(m);
	}
	effects_chime(effects, CHIME_LOW);
}

/* What the event file has of a PIN takes a while to compute; the try is counted before, so that nobody gets round it by going away meanwhile. */
static void ask(struct model *m, struct effects *effects) {
	struct effect e = {.kind = EFFECT_PIN, .number = model_number(m)};
	str_copy(e.text, sizeof e.text, mine(m)->pin.text);
	forget_typed(m);
	mine(m)->asked = e.number;
	m->pin_tries++;
	effects_put(effects, &e);
}

static void try_pin(struct model *m, struct effects *effects) {
	struct pin *s = mine(m);
	if (s->pin.text[0] == '\0' || barred_seconds(m) > 0 || s->asked != 0) {
		return;
	}
	if (takes_common(m) && str_eq(s->pin.text, right_pin(m))) {
		let_in(m, NULL, effects);
	} else if (has_own(m)) {
		ask(m, effects);
	} else if (takes_common(m)) {
		turn_away(m, effects);
	}
}

static void take_hash(struct model *m, const struct msg *msg, struct effects *effects) {
	const struct staff_member *member = staff_by_pin(&m->event->staff, msg->text);
	m->pin_tries--; /* counted when it was asked */
	if (member != NULL && msg->text[0] != '\0') {
		let_in(m, member, effects);
	} else {
		turn_away(m, effects);
	}
}

static void take_pass(struct model *m, const struct msg *msg, struct effects *effects) {
	char code[BADGE_CODE_MAX + 1];
	memcpy(code, msg->text, msg->n); /* the model looked: it is one, and fits */
	code[msg->n] = '\0';
	let_in(m, staff_by_badge(&m->event->staff, code), effects);
}

static void typed(struct model *m, const char *text, size_t n, struct effects *effects) {
	for (const char *at = text; at < text + n && model_shows(m, SCREEN_PIN);) {
		uint32_t character = utf8_next(&at);
		if (character == '\n') {
			try_pin(m, effects);
		} else if (character == '\b') {
			field_erase(&mine(m)->pin);
		} else {
			put_digit(m, character);
		}
	}
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->action) {
	case PIN_KEY: put_digit(m, (uint32_t)msg->argument); return true;
	case PIN_ERASE: field_erase(&mine(m)->pin); return true;
	case PIN_DONE: try_pin(m, effects); return true;
	default: return false;
	}
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct pin *s = mine(m);
	if (msg->kind == MSG_PIN && s->asked != 0 && msg->number == s->asked) {
		take_hash(m, msg, effects);
	} else if (msg->kind == MSG_CODE) {
		take_pass(m, msg, effects);
	} else if (msg->kind == MSG_TIME && s->barred_ms != 0 && m->ms >= s->barred_ms) {
		s->barred_ms = 0;
		m->pin_tries = 0;
		s->wrong = false;
	}
}

/* Barred before the program was started: from the beginning again. */
static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)effects;
	mine(m)->purpose = (enum pin_for)argument;
	if (mine(m)->barred_ms == 0 && m->pin_tries >= TRIES) {
		bar(m);
	}
}

static int64_t deadline(const struct model *m) {
	int64_t at = mine(m)->barred_ms;
	return at > m->ms ? at - (at - m->ms - 1) / 1000 * 1000 : INT64_MAX; /* the next second of the countdown */
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

/* What is said above the field. */
static void say(const struct view *v, struct strbuf *out) {
	int seconds = barred_seconds(v->model);
	if (seconds > 0) {
		view_fill_count(
			out,
			TN(v, "Too many wrong tries. Try again in {n} second", "Too many wrong tries. Try again in {n} seconds", seconds),
			seconds);
	} else if (mine(v->model)->asked != 0) {
		strbuf_adds(out, T(v, "One moment"));
	} else {
		strbuf_adds(out, mine(v->model)->wrong ? T(v, "That is not the PIN")
				 : mine(v->model)->purpose == PIN_FOR_CLOCK
					 ? T(v, "Badges are read all the same. Staff: type the PIN, then the time")
				 : has_own(v->model) ? T(v, "Type your PIN, or show your staff badge")
						     : T(v, "Type the staff's PIN"));
	}
}

static void draw_keys(const struct view *v, struct box room) {
	struct key keys[ROWS * COLUMNS];
	int count = keyboard_characters("123456789", PIN_KEY, keys);
	keys[count++] = (struct key){.kind = KEY_ERASE, .action = PIN_ERASE};
	count += keyboard_characters("0", PIN_KEY, keys + count);
	keys[count++] = (struct key){.text = TC(v, "the key that ends a number", "OK"), .kind = KEY_DONE, .action = PIN_DONE};
	struct keyboard keyboard = {.keys = keys, .count = count, .columns = COLUMNS, .gap = PIN_KEY_GAP, .high = PIN_KEY_HIGH};
	keyboard_draw(&v->pen, room, &keyboard);
}

static void draw_missing(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	struct label label = {
		.text = T(v, "This event has no PIN for staff yet"), .role = TYPE_GREETING, .colour = hue(t, INK), .lines = 3};
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y + len(t, GAP_FAR), room.w, 0}, &label);
	label = (struct label){.text = T(v, "On the organiser's computer:"), .role = TYPE_UNDER, .colour = hue(t, MUTED), .lines = 3};
	used = label_draw(&v->pen, box_below(room, used, len(t, GAP_FAR)), &label);
	label = (struct label){.text = "turnout set EVENT staff_pin 1234", .role = TYPE_STRONG, .colour = hue(t, INK), .lines = 2};
	used = label_draw(&v->pen, box_below(room, used, len(t, GAP_TIGHT)), &label);
	label = (struct label){
		.text = T(v, "with a number of your own. It comes here with the next exchange, or with a fresh copy of the event file."),
		.role = TYPE_UNDER,
		.colour = hue(t, MUTED),
		.lines = 5};
	label_draw(&v->pen, box_below(room, used, len(t, GAP_TIGHT)), &label);
}

static const char *title(const struct view *v) {
	switch (mine(v->model)->purpose) {
	case PIN_FOR_CLOCK: return T(v, "The clock is not set");
	case PIN_FOR_SIGN_IN: return T(v, "For staff: sign them in");
	default: return T(v, "For staff");
	}
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box room = part_head(v, title(v));
	if (right_pin(v->model) == NULL && !has_own(v->model)) {
		draw_missing(v, room);
		return;
	}
	struct strbuf words = {0};
	say(v, &words);
	int most = len(t, PIN_KEY_WIDE) * COLUMNS + mm(t, length_of(t, PIN_KEY_GAP) * (COLUMNS - 1)), gap = len(t, PIN_COLUMN_GAP);
	struct label label = {.text = strbuf_str(&words),
			      .role = TYPE_UNDER,
			      .colour = mine(v->model)->wrong || barred_seconds(v->model) > 0 ? hue(t, RED) : hue(t, INK),
			      .align = ALIGN_CENTRE,
			      .lines = 3,
			      .middle = true};
	struct box left = {room.x, room.y, room.w - most - gap, room.h}, keys = {room.x + room.w - most, room.y, most, room.h};
	if (t->portrait) {
		left = (struct box){room.x, room.y, room.w, len(t, PIN_HIGH_UPRIGHT)};
		int width = room.w < most * 3 / 2 ? room.w : most * 3 / 2;
		keys = (struct box){room.x + (room.w - width) / 2, left.y + left.h + gap, width, room.h - left.h - gap};
	}
	int field = len(t, PIN_FIELD_HIGH), above = t->portrait ? left.h - field : (left.h - field) / 2;
	label_draw(&v->pen, (struct box){left.x, left.y + above - len_sum(t, PIN_WORDS_HIGH, GAP_TIGHT), left.w, len(t, PIN_WORDS_HIGH)},
		   &label);
	int width = (int)((int64_t)len(t, PIN_FIELD_WIDE) * (int64_t)digits_most(v->model) / STAFF_PIN_MAX);
	width = left.w < width ? left.w : width;
	field_draw_dots(&v->pen, (struct box){left.x + (left.w - width) / 2, left.y + above, width, field}, &mine(v->model)->pin,
			(int)digits_most(v->model));
	if (barred_seconds(v->model) == 0) {
		draw_keys(v, keys);
	}
	strbuf_fini(&words);
}

const struct screen screen_pin = {
	.name = "pin",
	.state = sizeof(struct pin),
	.enter = enter,
	.next = SCREEN_SET(STAFF) | SCREEN_SET(CLOCK) | SCREEN_SET(END) | SCREEN_SET(OVERRULE),
	.act = act,
	.typed = typed,
	.told = told,
	.deadline = deadline,
	.leave = leave,
	.draw = draw,
};
