/* Is this you? Whoever was found by name says so by the last digits of their telephone; who has none here, or does not know them, asks staff, who sign them in with
 * their PIN. */
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

struct me {
	struct field digits;
	uint64_t asked;
	bool waits;     /* for what the digits are */
	bool wrong;     /* the last ones were, and nothing was typed since */
	int tries_left; /* then */
};

static struct me *mine(const struct model *m) { return model_state(m, SCREEN_ME); }

/* --- typing -------------------------------------------------------------------------------------------------------------------------- */

static uint32_t accept(uint32_t character) { return character < 0x80 && str_is_digit((char)character) ? character : 0; }

static const struct field_rule RULE = {.most = FOUND_DIGITS, .accept = accept};

static void sign_in(struct model *m, const char *how, struct effects *effects) {
	struct effect e = {.kind = EFFECT_SIGN_IN, .how = how};
	str_copy(e.person, sizeof e.person, m->chosen.id);
	effects_put(effects, &e);
}

static void ask(struct model *m, struct effects *effects) {
	struct me *s = mine(m);
	struct effect e = {.kind = EFFECT_CONFIRM, .number = ++s->asked};
	str_copy(e.text, sizeof e.text, s->digits.text);
	str_copy(e.person, sizeof e.person, m->chosen.id);
	field_wipe(&s->digits);
	s->waits = true;
	effects_put(effects, &e);
	crypto_wipe(&e, sizeof e);
}

static void put(struct model *m, uint32_t character, struct effects *effects) {
	struct me *s = mine(m);
	if (!m->chosen.can_confirm || s->waits || accept(character) == 0) {
		return;
	}
	s->wrong = false;
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
		m->vouches = true;
		m->asks_clock = false;
		model_open(m, SCREEN_PIN, 0, effects);
		return true;
	case ME_SOMEBODY_ELSE: model_back(m); return true;
	default: return false;
	}
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct me *s = mine(m);
	if (msg->kind != MSG_FOUND || msg->found->kind < FOUND_CONFIRMED || !s->waits || msg->found->number != s->asked) {
		return;
	}
	s->waits = false;
	if (msg->found->kind == FOUND_CONFIRMED) {
		sign_in(m, "name", effects);
		return;
	}
	s->wrong = true;
	s->tries_left = msg->found->tries_left;
	m->chosen.can_confirm = s->tries_left > 0;
	effects_chime(effects, CHIME_LOW);
}

static void leave(struct model *m) {
	uint64_t asked = mine(m)->asked; /* numbers go on, so that an answer under way is nobody's */
	crypto_wipe(mine(m), sizeof *mine(m));
	crypto_wipe(&m->chosen, sizeof m->chosen);
	m->vouches = false;
	mine(m)->asked = asked;
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static void say(const struct view *v, struct strbuf *out) {
	const struct me *s = mine(v->model);
	if (s->wrong && s->tries_left > 0) {
		words_fill_number(
			out, TN(v, "Those are not the digits. {n} more try", "Those are not the digits. {n} more tries", s->tries_left),
			s->tries_left);
	} else if (v->model->chosen.can_confirm) {
		strbuf_adds(out, T(v, "Type the last four digits of your telephone number"));
	} else {
		strbuf_adds(out, T(v, "Please call our staff: they will sign you in here"));
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
	struct label said = {
		.text = strbuf_str(&words), .role = TYPE_UNDER, .colour = mine(v->model)->wrong ? hue(t, RED) : hue(t, INK), .lines = 4};
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

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box room = part_head(v, T(v, "Is this you?"));
	int foot = len(t, BUTTON_HIGH), gap = len(t, GAP_FAR);
	struct box words = {room.x, room.y, room.w * 52 / 100, room.h - foot - gap},
		   keys = {room.x + room.w * 58 / 100, room.y, room.w - room.w * 58 / 100, room.h};
	if (t->portrait) {
		words = (struct box){room.x, room.y, room.w, len(t, ME_WORDS_HIGH)};
		keys = (struct box){room.x, words.y + words.h + gap, room.w, room.h - words.h - foot - 2 * gap};
	}
	struct box used = draw_who(v, words);
	struct box buttons[2];
	part_pair(v, (struct box){room.x, room.y + room.h - foot, t->portrait ? room.w : words.w, foot}, buttons);
	button_draw(&v->pen, buttons[0], &(struct button){.text = T(v, "That is not me"), .action = ME_SOMEBODY_ELSE});
	button_draw(&v->pen, buttons[1],
		    &(struct button){.text = T(v, "For staff: sign them in"), .action = ME_STAFF, .filled = !v->model->chosen.can_confirm});
	if (v->model->chosen.can_confirm) {
		int high = len(t, PIN_FIELD_HIGH), most = len(t, PIN_FIELD_WIDE);
		struct box field = {words.x, used.y + used.h + len(t, GAP_CLOSE), words.w < most ? words.w : most, high};
		field_draw_dots(&v->pen, field, &mine(v->model)->digits, FOUND_DIGITS);
		draw_keys(v, keys);
	}
}

const struct screen screen_me = {
	.name = "me",
	.state = sizeof(struct me),
	.next = SCREEN_SET(PIN),
	.act = act,
	.typed = typed,
	.told = told,
	.leave = leave,
	.draw = draw,
};
