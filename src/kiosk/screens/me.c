/* Is this you? Whoever was found by name says so by the last digits of their telephone; who has none here, or does not know them, asks staff, who sign them in with
 * their PIN. While something is awaited there are no keys; whatever answer does not come in time is told, and there is a way on. */
#include "base/crypto.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/keyboard.h"

#define COLUMNS 3

enum {
	ME_KEY = ACTION_OWN, /* argument: the digit */
	ME_ERASE,
	ME_STAFF,
	ME_SOMEBODY_ELSE,
};

enum me_state {
	ME_ASKS,
	ME_COMPARES, /* the digits, since asked_ms */
	ME_WRONG,    /* they were, and nothing was typed since: tries_left */
	ME_FAILED,   /* no answer, or none that says anything */
	ME_GONE,     /* they are not on the roster any more */
};

struct me {
	struct field digits;
	enum me_state state;
	uint64_t asked;
	int64_t asked_ms;
	int tries_left;
};

static struct me *mine(const struct model *m) { return model_state(m, SCREEN_ME); }

/* --- typing -------------------------------------------------------------------------------------------------------------------------- */

static uint32_t accept(uint32_t character) { return character < 0x80 && str_is_digit((char)character) ? character : 0; }

static const struct field_rule RULE = {.most = FOUND_DIGITS, .accept = accept};

/* No keys meanwhile: what is typed now would be another question. */
static bool is_busy(const struct model *m) { return mine(m)->state == ME_COMPARES || m->signing_ms != 0; }

static bool takes_digits(const struct model *m) { return m->chosen.can_confirm && mine(m)->state != ME_GONE && !is_busy(m); }

static void ask(struct model *m, struct effects *effects) {
	struct me *s = mine(m);
	struct effect e = {.kind = EFFECT_CONFIRM, .number = s->asked = model_number(m)};
	str_copy(e.text, sizeof e.text, s->digits.text);
	str_copy(e.person, sizeof e.person, m->chosen.id);
	field_wipe(&s->digits);
	s->state = ME_COMPARES;
	s->asked_ms = m->ms;
	effects_put(effects, &e);
	crypto_wipe(&e, sizeof e);
}

static void put(struct model *m, uint32_t character, struct effects *effects) {
	struct me *s = mine(m);
	if (!takes_digits(m) || accept(character) == 0) {
		return;
	}
	s->state = ME_ASKS;
	field_put(&s->digits, &RULE, character);
	if (field_length(&s->digits) == FOUND_DIGITS) {
		ask(m, effects);
	}
}

static void typed(struct model *m, const char *text, size_t n, struct effects *effects) {
	for (const char *at = text; at < text + n;) {
		uint32_t character = utf8_next(&at);
		if (character == '\b') {
			field_erase(&mine(m)->digits);
		} else {
			put(m, character, effects);
		}
	}
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->action) {
	case ME_KEY: put(m, (uint32_t)msg->argument, effects); return true;
	case ME_ERASE: field_erase(&mine(m)->digits); return true;
	case ME_STAFF:
		if (!is_busy(m)) {
			model_open(m, SCREEN_PIN, PIN_FOR_SIGN_IN, effects);
		}
		return true;
	case ME_SOMEBODY_ELSE: model_back(m); return true;
	default: return false;
	}
}

static void take_answer(struct model *m, const struct found_message *found, struct effects *effects) {
	struct me *s = mine(m);
	switch (found->kind) {
	case FOUND_CONFIRMED:
		s->state = ME_ASKS;
		model_sign_in(m, "name", effects);
		return;
	case FOUND_WRONG:
		s->state = ME_WRONG;
		s->tries_left = found->tries_left;
		m->chosen.can_confirm = s->tries_left > 0;
		break;
	case FOUND_GONE: s->state = ME_GONE; break;
	default: s->state = ME_FAILED;
	}
	effects_chime(effects, CHIME_LOW);
}

/* Whatever was asked last; INT64_MAX: nothing is awaited. */
static int64_t deadline(const struct model *m) {
	int64_t since = m->signing_ms != 0 ? m->signing_ms : mine(m)->asked_ms;
	return is_busy(m) ? since + m->style->timing.answer_ms : INT64_MAX;
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct me *s = mine(m);
	if (msg->kind == MSG_FOUND && s->state == ME_COMPARES && msg->found->kind >= FOUND_CONFIRMED && msg->found->number == s->asked) {
		take_answer(m, msg->found, effects);
	} else if (msg->kind == MSG_TIME && m->ms >= deadline(m)) {
		s->state = ME_FAILED;
		m->signing_ms = 0;
		effects_chime(effects, CHIME_LOW);
	}
}

static void leave(struct model *m) {
	uint64_t asked = mine(m)->asked; /* numbers go on, so that an answer under way is nobody's */
	crypto_wipe(mine(m), sizeof *mine(m));
	crypto_wipe(&m->chosen, sizeof m->chosen);
	m->signing_ms = 0;
	mine(m)->asked = asked;
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static bool is_bad(const struct view *v) { return !is_busy(v->model) && mine(v->model)->state >= ME_WRONG; }

static const char *plain_words(const struct view *v) {
	const struct me *s = mine(v->model);
	if (v->model->signing_ms != 0) {
		return T(v, "One moment: we are signing you in");
	}
	if (s->state == ME_COMPARES) {
		return T(v, "One moment, please");
	}
	return s->state == ME_GONE             ? T(v, "You are no longer on the list. Please see our staff")
	       : s->state == ME_FAILED         ? T(v, "That is not working right now. Please call our staff")
	       : !v->model->chosen.can_confirm ? T(v, "Please call our staff: they will sign you in here")
					       : T(v, "Type the last four digits of your phone number");
}

static void say(const struct view *v, struct strbuf *out) {
	int left = mine(v->model)->tries_left;
	if (mine(v->model)->state == ME_WRONG && left > 0 && !is_busy(v->model)) {
		view_fill_count(out, TN(v, "Those digits do not match. {n} try left", "Those digits do not match. {n} tries left", left),
				left);
	} else {
		strbuf_adds(out, plain_words(v));
	}
}

static struct box draw_who(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct found_row *who = &v->model->chosen;
	struct strbuf words = {0};
	say(v, &words);
	struct label name = {.text = who->name, .role = TYPE_GREETING, .colour = hue(t, INK), .lines = 2};
	struct box used = label_draw(&v->pen, room, &name);
	struct label from = {.text = who->community, .role = TYPE_UNDER, .colour = hue(t, MUTED), .lines = 2};
	used = label_draw(&v->pen, box_below(room, used, len(t, GAP_TIGHT)), &from);
	struct label said = {.text = strbuf_str(&words), .role = TYPE_UNDER, .colour = is_bad(v) ? hue(t, RED) : hue(t, INK), .lines = 4};
	used = label_draw(&v->pen, box_below(room, used, len(t, GAP_FAR)), &said);
	strbuf_fini(&words);
	return used;
}

static void draw_keys(const struct view *v, struct box room) {
	struct key keys[12];
	int count = keyboard_characters("1234567890", ME_KEY, keys);
	keys[count++] = (struct key){.kind = KEY_ERASE, .action = ME_ERASE};
	struct keyboard keyboard = {
		.keys = keys, .count = count, .columns = COLUMNS, .gap = PIN_KEY_GAP, .high = ME_KEY_HIGH, .last_fills = true};
	keyboard_draw(&v->pen, room, &keyboard);
}

/* Whoever cannot say who they are is led on by each of them: to the rows, to staff who are not here, to staff who are. Where no digits can tell, the words
 * above say to call them: that is the button for it. */
static void draw_foot(const struct view *v, struct box foot) {
	struct cells cells = {.columns = 3, .high = foot.h, .gap = len(v->pen.theme, GAP_CLOSE)};
	enum me_state state = mine(v->model)->state;
	bool gone = state == ME_GONE, calls = gone || state == ME_FAILED || !v->model->chosen.can_confirm;
	button_draw(&v->pen, box_cell(foot, &cells, 0), &(struct button){.text = T(v, "That is not me"), .action = ME_SOMEBODY_ELSE});
	button_draw(&v->pen, box_cell(foot, &cells, 1),
		    &(struct button){.text = T(v, "Call for help"), .icon = ICON_HELP, .action = ACTION_HELP, .filled = calls});
	if (!gone) {
		button_draw(&v->pen, box_cell(foot, &cells, 2),
			    &(struct button){.text = T(v, "For staff: sign them in"), .action = ME_STAFF});
	}
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box room = part_head(v, T(v, "Is this you?"));
	int foot = len(t, BUTTON_HIGH), gap = len(t, GAP_FAR);
	struct box words = {room.x, room.y, room.w * 52 / 100, room.h - foot - gap},
		   keys = {room.x + room.w * 58 / 100, room.y, room.w - room.w * 58 / 100, room.h - foot - len(t, GAP_CLOSE)};
	if (t->portrait) {
		words = (struct box){room.x, room.y, room.w, len(t, ME_WORDS_HIGH)};
		keys = (struct box){room.x, words.y + words.h + gap, room.w, room.h - words.h - foot - 2 * gap};
	}
	struct box used = draw_who(v, words);
	if (is_busy(v->model)) {
		return;
	}
	draw_foot(v, (struct box){room.x, room.y + room.h - foot, room.w, foot});
	if (takes_digits(v->model)) {
		int high = len(t, PIN_FIELD_HIGH), most = len(t, PIN_FIELD_WIDE);
		struct box field = {words.x, used.y + used.h + len(t, GAP_CLOSE), words.w < most ? words.w : most, high};
		field_draw_dots(&v->pen, field, &mine(v->model)->digits, FOUND_DIGITS);
		draw_keys(v, keys);
	}
}

const struct screen screen_me = {
	.name = "me",
	.state = sizeof(struct me),
	.next = SCREEN_SET(PIN) | SCREEN_SET(HELP),
	.act = act,
	.typed = typed,
	.told = told,
	.deadline = deadline,
	.leave = leave,
	.draw = draw,
};
