/* Words on all screens of the event: staff write them, see what stands there, and take it down. */
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/letter_keys.h"
#include "kiosk/screens/screens.h"

enum {
	ANNOUNCE_KEY = ACTION_OWN, /* argument: the character */
	ANNOUNCE_ERASE,
	ANNOUNCE_LAYOUT,
	ANNOUNCE_SIGNS,
	ANNOUNCE_DONE,
	ANNOUNCE_DOWN, /* argument: its number */
};

static const struct letter_actions LETTERS = {
	.key = ANNOUNCE_KEY, .erase = ANNOUNCE_ERASE, .change = ANNOUNCE_LAYOUT, .signs = ANNOUNCE_SIGNS};

#define WORDS_MAX 120 /* characters: two lines on a first screen */

struct announce {
	struct field words;
	struct letter_keys keys;
	uint64_t doing; /* of what is under way; 0: nothing */
	bool failed;    /* the last one could not be recorded */
};

static struct announce *mine(const struct model *m) { return model_state(m, SCREEN_ANNOUNCE); }

static const struct field_rule RULE = {.most = WORDS_MAX};

/* The keys on the screen are capitals: one begins a sentence, the others are meant small. */
static uint32_t letter_of_sentence(const struct field *words, uint32_t character) {
	size_t n = strlen(words->text);
	bool begins = n == 0 || (n > 1 && words->text[n - 1] == ' ' && strchr(".!?", words->text[n - 2]) != NULL);
	return begins ? character : utf8_lower(character);
}

static void done(struct model *m, struct effects *effects) {
	struct announce *s = mine(m);
	struct deed deed = {.kind = DEED_ANNOUNCE};
	if (s->doing != 0 || s->words.text[strspn(s->words.text, " ")] == '\0' || !str_copy(deed.text, sizeof deed.text, s->words.text)) {
		return;
	}
	s->doing = model_deed(m, &deed, effects);
}

/* Of that one wherever it stands by now: others may have come since it was drawn. */
static int64_t number_of(const struct announcement *a) {
	uint64_t log;
	memcpy(&log, a->log.b, sizeof log);
	return (int64_t)((log ^ a->seq) & INT64_MAX);
}

static void take_down(struct model *m, int64_t which, struct effects *effects) {
	struct announce *s = mine(m);
	for (size_t i = 0; i < m->announcements.count && s->doing == 0; i++) {
		const struct announcement *a = &m->announcements.items[i];
		if (number_of(a) == which) {
			s->doing = model_deed(m, &(struct deed){.kind = DEED_WITHDRAW, .log = a->log, .seq = a->seq}, effects);
		}
	}
}

static void typed(struct model *m, const char *text, size_t n, struct effects *effects) {
	for (const char *at = text; at < text + n;) {
		mine(m)->failed = false;
		if (field_key(&mine(m)->words, &RULE, utf8_next(&at))) {
			done(m, effects);
		}
	}
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	struct announce *s = mine(m);
	const struct letters_typing typing = {&s->words, &s->keys, &RULE, letter_of_sentence};
	enum letters_did did = letters_act(&typing, &LETTERS, m, msg);
	if (did != LETTERS_NOTHING) {
		s->failed = s->failed && did != LETTERS_TYPED;
		return true;
	}
	switch (msg->action) {
	case ANNOUNCE_DONE: done(m, effects); return true;
	case ANNOUNCE_DOWN: take_down(m, msg->argument, effects); return true;
	default: return false;
	}
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct announce *s = mine(m);
	(void)effects;
	if (msg->kind == MSG_DESK && msg->desk->kind == DESK_DONE && s->doing != 0 && msg->desk->number == s->doing) {
		s->doing = 0;
		s->failed = !msg->desk->kept;
		if (msg->desk->kept) {
			field_wipe(&s->words);
		}
	}
}

static void leave(struct model *m) { *mine(m) = (struct announce){.doing = 0}; }

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

/* What stands there; returns what is left below. */
static struct box draw_standing(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct announcements *all = &v->model->announcements;
	int high = len(t, BUTTON_HIGH), gap = len(t, GAP_TIGHT), button = len(t, OWN_UNDO_WIDE), side = len(t, STAFF_CARD_SIDE);
	for (size_t i = 0; i < all->count && i < 2; i++) {
		struct box box = {room.x, room.y, room.w, high};
		draw_fill(v->pen.list, box, len(t, ROUND_CARD), hue(t, CARD));
		label_draw(&v->pen, (struct box){box.x + side, box.y, box.w - 2 * side - button, high},
			   &(struct label){.text = announcement_words(&all->items[i], words_code(v->tongue.words, v->tongue.language)),
					   .role = TYPE_SECOND,
					   .colour = hue(t, INK),
					   .lines = 2,
					   .middle = true});
		button_draw(&v->pen, (struct box){box.x + box.w - button - gap, box.y + gap, button, high - 2 * gap},
			    &(struct button){.text = T(v, "Take down"), .action = ANNOUNCE_DOWN, .argument = number_of(&all->items[i])});
		room.y += high + gap;
		room.h -= high + gap;
	}
	return room;
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	const struct announce *s = mine(v->model);
	struct box room = draw_standing(v, part_head(v, T(v, "Announcement")));
	int high = len(t, FIND_FIELD_HIGH), button = len(t, ANNOUNCE_DONE_WIDE), gap = len(t, GAP_CLOSE);
	button = button > room.w / 3 ? room.w / 3 : button;
	field_draw_line(&v->pen, (struct box){room.x, room.y, room.w - button - gap, high}, &s->words, T(v, "Words for all screens"));
	button_draw(&v->pen, (struct box){room.x + room.w - button, room.y, button, high},
		    &(struct button){.text = T(v, "Show on all screens"),
				     .action = ANNOUNCE_DONE,
				     .filled = s->words.text[0] != '\0' && s->doing == 0,
				     .quiet = s->words.text[0] == '\0',
				     .colour = hue(t, TEAL)});
	struct label label = {.text = s->failed ? T(v, "That could not be saved") : T(v, "Other boxes show it after the next exchange"),
			      .role = TYPE_SECOND,
			      .colour = s->failed ? hue(t, RED) : hue(t, MUTED),
			      .lines = 1,
			      .middle = true};
	label_draw(&v->pen, (struct box){room.x, room.y + high, room.w, len(t, FIND_HINT_HIGH)}, &label);
	int y = room.y + high + len(t, FIND_HINT_HIGH) + gap;
	part_letters(v, (struct box){room.x, y, room.w, room.y + room.h - y}, &s->keys, &LETTERS);
}

const struct screen screen_announce = {
	.name = "announce",
	.state = sizeof(struct announce),
	.of_leads = true,
	.behind_pin = true,
	.act = act,
	.typed = typed,
	.told = told,
	.leave = leave,
	.draw = draw,
};
