/* A note on somebody (model.chosen), for staff: typed here, recorded as `turnout note` records it, and gone from here once it is on disk. */
#include <string.h>

#include "base/crypto.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/card.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/letter_keys.h"
#include "kiosk/screens/screens.h"

enum {
	NOTE_KEY = ACTION_OWN, /* argument: the character */
	NOTE_ERASE,
	NOTE_LAYOUT,
	NOTE_SIGNS,
	NOTE_SAVE,
	NOTE_DOOR,
};

static const struct letter_actions LETTERS = {.key = NOTE_KEY, .erase = NOTE_ERASE, .change = NOTE_LAYOUT, .signs = NOTE_SIGNS};

#define WORDS_MAX 140 /* characters: NOTE_TEXT_MAX bytes of letters of two */

struct note_screen {
	struct field words;
	struct letter_keys keys;
	bool silent;    /* it is not said at the door */
	uint64_t doing; /* of what is under way; 0: nothing */
	bool failed;    /* the last one could not be recorded */
};

static struct note_screen *mine(const struct model *m) { return model_state(m, SCREEN_NOTE); }

static const struct field_rule RULE = {.most = WORDS_MAX};

/* Of capitals on the keys one begins the note; the others are meant small. */
static uint32_t letter_of_note(const struct field *words, uint32_t character) {
	return words->text[0] == '\0' ? character : utf8_lower(character);
}

static bool is_empty(const struct note_screen *s) { return s->words.text[strspn(s->words.text, " ")] == '\0'; }

static void save(struct model *m, struct effects *effects) {
	struct note_screen *s = mine(m);
	struct deed deed = {.kind = DEED_NOTE, .door = !s->silent};
	if (s->doing == 0 && !is_empty(s) && str_copy(deed.text, sizeof deed.text, s->words.text)) {
		str_copy(deed.person, sizeof deed.person, m->chosen.id);
		s->doing = model_deed(m, &deed, effects);
	}
	crypto_wipe(&deed, sizeof deed);
}

static void typed(struct model *m, const char *text, size_t n, struct effects *effects) {
	for (const char *at = text; at < text + n;) {
		mine(m)->failed = false;
		if (field_key(&mine(m)->words, &RULE, utf8_next(&at))) {
			save(m, effects);
		}
	}
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	struct note_screen *s = mine(m);
	const struct letters_typing typing = {&s->words, &s->keys, &RULE, letter_of_note};
	enum letters_did did = letters_act(&typing, &LETTERS, m, msg);
	if (did != LETTERS_NOTHING) {
		s->failed = s->failed && did != LETTERS_TYPED;
		return true;
	}
	switch (msg->action) {
	case NOTE_SAVE: save(m, effects); return true;
	case NOTE_DOOR: s->silent = !s->silent; return true;
	default: return false;
	}
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct note_screen *s = mine(m);
	(void)effects;
	if (msg->kind == MSG_DESK && msg->desk->kind == DESK_DONE && s->doing != 0 && msg->desk->number == s->doing) {
		s->doing = 0;
		s->failed = !msg->desk->kept;
		if (msg->desk->kept && model_shows(m, SCREEN_NOTE)) { /* back to their card, which shows it */
			model_back(m);
		}
	}
}

static void leave(struct model *m) { crypto_wipe(mine(m), sizeof *mine(m)); }

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static void draw_field(const struct view *v, struct box box) {
	const struct theme *t = v->pen.theme;
	const struct note_screen *s = mine(v->model);
	int button = len(t, FIND_CODE_WIDE), gap = len(t, GAP_CLOSE);
	button = button > box.w / 3 ? box.w / 3 : button;
	field_draw_line(&v->pen, (struct box){box.x, box.y, box.w - button - gap, box.h}, &s->words, T(v, "A note for staff"));
	button_draw(&v->pen, (struct box){box.x + box.w - button, box.y, button, box.h},
		    &(struct button){.text = T(v, "Save"),
				     .action = NOTE_SAVE,
				     .filled = !is_empty(s) && s->doing == 0,
				     .quiet = is_empty(s),
				     .colour = hue(t, TEAL)});
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	const struct note_screen *s = mine(v->model);
	struct box room = part_head(v, T(v, "Write a note"));
	int high = len(t, FIND_FIELD_HIGH), gap = len(t, GAP_CLOSE), name = len(t, FIND_HINT_HIGH) * (t->portrait ? 2 : 1),
	    half = (room.w - gap) / 2;
	label_draw(&v->pen, (struct box){room.x, room.y, room.w, name},
		   &(struct label){.text = card_name(v->model),
				   .role = TYPE_STRONG,
				   .colour = hue(t, INK),
				   .lines = t->portrait ? 3 : 2,
				   .middle = true,
				   .contained = true});
	draw_field(v, (struct box){room.x, room.y + name, room.w, high});
	int y = room.y + name + high + gap;
	button_draw(&v->pen, (struct box){room.x, y, half, high},
		    &(struct button){.text = s->silent ? T(v, "Not said at the door") : T(v, "Said at the door"),
				     .icon = s->silent ? ICON_NONE : ICON_DONE,
				     .action = NOTE_DOOR,
				     .filled = !s->silent,
				     .quiet = s->silent});
	label_draw(&v->pen, (struct box){room.x + half + gap, y, room.w - half - gap, high},
		   &(struct label){.text = s->failed ? T(v, "That could not be saved") : "",
				   .role = TYPE_SECOND,
				   .colour = hue(t, RED),
				   .lines = 2,
				   .middle = true,
				   .contained = true});
	y += high + gap;
	part_letters(v, (struct box){room.x, y, room.w, room.y + room.h - y}, &s->keys, &LETTERS);
}

const struct screen screen_note = {
	.name = "note",
	.state = sizeof(struct note_screen),
	.behind_pin = true,
	.act = act,
	.typed = typed,
	.told = told,
	.leave = leave,
	.draw = draw,
};
