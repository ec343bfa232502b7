/* Find my name: letters on the screen or from a keyboard, and at most five people whom they fit, as everybody may see them. Nothing here tells who is present. */
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/fold.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/letters.h"

#define TYPED_MAX 60 /* characters */
#define LEAST 3      /* columns of letters and digits: of letters that are twice as wide, two say as much */

enum {
	FIND_KEY = ACTION_OWN, /* argument: the character */
	FIND_ERASE,
	FIND_LAYOUT,
	FIND_ROW, /* argument: which of them */
};

struct find {
	struct field name;
	int layout; /* of the keys, plus one; 0: that of the screen's language */
	uint64_t asked, answered;
	int64_t asked_ms;
	bool failed; /* the last search */
	struct found_row rows[FOUND_ROWS_MAX];
	size_t count;
	bool more;
};

static struct find *mine(const struct model *m) { return model_state(m, SCREEN_FIND); }

/* --- typing -------------------------------------------------------------------------------------------------------------------------- */

static const struct field_rule RULE = {.most = TYPED_MAX};

/* As the search reads it: blanks, signs, apostrophes and marks say nothing of anybody. */
static bool is_enough(const struct field *name) {
	char *folded = fold_text(name->text);
	size_t columns = utf8_width(folded);
	for (const char *at = folded; *at != '\0'; at++) {
		columns -= *at == ' ';
	}
	crypto_wipe(folded, strlen(folded));
	free(folded);
	return columns >= LEAST;
}

static void forget(struct find *s) {
	crypto_wipe(s->rows, sizeof s->rows);
	s->count = 0;
	s->more = s->failed = false;
}

static void ask(struct model *m, struct effects *effects) {
	struct find *s = mine(m);
	s->asked++;
	s->asked_ms = m->ms;
	if (!is_enough(&s->name)) {
		s->answered = s->asked;
		forget(s);
		return;
	}
	struct effect e = {.kind = EFFECT_FIND, .number = s->asked};
	str_copy(e.text, sizeof e.text, s->name.text);
	effects_put(effects, &e);
	crypto_wipe(&e, sizeof e);
}

static void typed(struct model *m, const char *text, size_t n, struct effects *effects) {
	for (const char *at = text; at < text + n;) {
		field_key(&mine(m)->name, &RULE, utf8_next(&at));
	}
	ask(m, effects);
}

/* A name begins with a capital, and goes on with small letters. */
static void put(struct model *m, uint32_t character, struct effects *effects) {
	struct field *name = &mine(m)->name;
	size_t n = strlen(name->text);
	bool inside = n > 0 && name->text[n - 1] != ' ' && name->text[n - 1] != '-';
	field_put(name, &RULE, inside ? utf8_lower(character) : character);
	ask(m, effects);
}

/* --- what there is to choose ------------------------------------------------------------------------------------------------------------ */

/* The layouts of the event's languages; returns how many there are, at least one. */
static int layouts_of(const struct model *m, int out[LETTER_LAYOUTS]) {
	int count = 0;
	for (size_t i = 0; m->event != NULL && i < m->event->language_count && count < LETTER_LAYOUTS; i++) {
		int layout = letters_layout(m->event->languages[i]);
		if (layout >= 0) {
			out[count++] = layout;
		}
	}
	if (count == 0) {
		out[count++] = letters_layout("en");
	}
	return count;
}

/* Which of them is on the screen. */
static int layout_at(const struct model *m, const int *layouts, int count) {
	int own = letters_layout(words_code(m->words, model_language(m)));
	int shown = mine(m)->layout > 0 ? mine(m)->layout - 1 : own;
	for (int i = 0; i < count; i++) {
		if (layouts[i] == shown) {
			return i;
		}
	}
	return 0;
}

static void change_layout(struct model *m) {
	int layouts[LETTER_LAYOUTS], count = layouts_of(m, layouts);
	mine(m)->layout = layouts[(layout_at(m, layouts, count) + 1) % count] + 1;
}

static void choose(struct model *m, int64_t which, struct effects *effects) {
	struct find *s = mine(m);
	if (which >= 0 && (size_t)which < s->count) {
		m->chosen = s->rows[which];
		model_open(m, SCREEN_ME, 0, effects);
	}
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->action) {
	case FIND_KEY: put(m, (uint32_t)msg->argument, effects); return true;
	case FIND_ERASE:
		field_erase(&mine(m)->name);
		ask(m, effects);
		return true;
	case FIND_LAYOUT: change_layout(m); return true;
	case FIND_ROW: choose(m, msg->argument, effects); return true;
	default: return false;
	}
}

static void take_rows(struct find *s, const struct found_message *found) {
	memcpy(s->rows, found->rows, sizeof s->rows);
	s->count = found->count;
	s->more = found->more;
	s->failed = false;
	s->answered = s->asked;
}

static void drop_row(struct find *s, const char *id) {
	size_t kept = 0;
	for (size_t i = 0; i < s->count; i++) {
		if (!str_eq(s->rows[i].id, id)) {
			s->rows[kept++] = s->rows[i];
		}
	}
	s->count = kept;
	crypto_wipe(&s->rows[kept], (FOUND_ROWS_MAX - kept) * sizeof *s->rows);
}

/* That nobody can be looked for is not that nobody has such a name. */
static void fail(struct find *s) {
	forget(s);
	s->failed = true;
	s->answered = s->asked;
}

static bool is_waiting(const struct find *s) { return s->answered != s->asked; }

static int64_t deadline(const struct model *m) { return is_waiting(mine(m)) ? mine(m)->asked_ms + m->style->timing.answer_ms : INT64_MAX; }

/* Whoever goes back to the rows finds of each what is so now: somebody whose digits were guessed at is for staff. */
static void renew_row(struct find *s, const struct found_row *row) {
	for (size_t i = 0; i < s->count; i++) {
		if (str_eq(s->rows[i].id, row->id)) {
			s->rows[i].can_confirm = row->can_confirm;
		}
	}
}

/* An answer to what was typed before is none: more letters came. */
static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct find *s = mine(m);
	(void)effects;
	if (msg->kind == MSG_TIME && m->ms >= deadline(m)) {
		fail(s);
	}
	if (msg->kind != MSG_FOUND) {
		return;
	}
	const struct found_message *found = msg->found;
	if (found->kind == FOUND_PEOPLE && found->number == s->asked && is_enough(&s->name)) {
		take_rows(s, found);
	} else if (found->kind == FOUND_FAILED && found->number == s->asked && is_enough(&s->name)) {
		fail(s);
	} else if (found->kind == FOUND_WRONG && found->count > 0) {
		renew_row(s, &found->rows[0]);
	} else if (found->kind == FOUND_GONE) {
		drop_row(s, m->chosen.id);
	}
}

static void leave(struct model *m) {
	uint64_t asked = mine(m)->asked; /* numbers go on, so that an answer under way is nobody's */
	crypto_wipe(mine(m), sizeof *mine(m));
	mine(m)->asked = mine(m)->answered = asked;
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

/* Then there is room for what is asked for next. */
static bool finds_nobody(const struct find *s) { return is_enough(&s->name) && !is_waiting(s) && s->count == 0; }

static const char *hint(const struct view *v) {
	const struct find *s = mine(v->model);
	if (!is_enough(&s->name)) {
		return T(v, "Type at least three letters of your given or family name");
	}
	if (is_waiting(s)) {
		return "";
	}
	return s->failed       ? T(v, "The search does not work now. Please call our staff")
	       : s->count == 0 ? T(v, "Nobody is found by that. Try another part of the name, or call for help")
	       : s->more       ? T(v, "Not among them? Type more letters")
			       : T(v, "Touch your name");
}

static void draw_row(const struct view *v, struct box box, int which) {
	const struct theme *t = v->pen.theme;
	const struct found_row *row = &mine(v->model)->rows[which];
	int side = len(t, FIND_ROW_SIDE);
	struct box inside = {box.x + side, box.y, box.w - 2 * side, box.h};
	draw_fill(v->pen.list, box, len(t, ROUND_BUTTON), hue(t, CARD));
	draw_outline(v->pen.list, box, len(t, ROUND_BUTTON), len(t, LINE_HAIR), hue(t, INK));
	bool alone = row->community[0] == '\0';
	struct label name = {.text = row->name, .role = TYPE_HEAD, .colour = hue(t, INK), .lines = 1, .middle = true};
	label_draw(&v->pen, alone ? inside : (struct box){inside.x, inside.y + box.h / 10, inside.w, box.h * 45 / 100}, &name);
	if (!alone) {
		struct label from = {.text = row->community, .role = TYPE_SECOND, .colour = hue(t, MUTED), .lines = 1, .middle = true};
		label_draw(&v->pen, (struct box){inside.x, inside.y + box.h * 54 / 100, inside.w, box.h * 36 / 100}, &from);
	}
	draw_touch(v->pen.list, box, FIND_ROW, which);
}

/* Where they stand: in two columns, or upright in one; as high as they are when there are as many as there may be. */
static int rows_high(const struct theme *t, struct cells *cells) {
	*cells = (struct cells){.columns = t->portrait ? 1 : 2, .high = len(t, FIND_ROW_HIGH), .gap = len(t, FIND_ROW_GAP)};
	int rows = (FOUND_ROWS_MAX + cells->columns - 1) / cells->columns;
	return rows * cells->high + (rows - 1) * cells->gap;
}

/* The name of the next layout's language, as its own button has it. */
static const char *next_name(const struct view *v, const int *layouts, int count, int at) {
	int language = words_language(v->tongue.words, letters_language(layouts[(at + 1) % count]));
	return count < 2 ? NULL
			 : words_get_in(v->tongue.words, language < 0 ? v->tongue.language : language, "the button of this language",
					MARK("the button of this language", "EN"));
}

static void draw_letters(const struct view *v, struct box room) {
	int layouts[LETTER_LAYOUTS], count = layouts_of(v->model, layouts), at = layout_at(v->model, layouts, count);
	struct letters letters = {.layout = layouts[at],
				  .next = next_name(v, layouts, count, at),
				  .key = FIND_KEY,
				  .erase = FIND_ERASE,
				  .change = FIND_LAYOUT};
	letters_draw(&v->pen, room, &letters);
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box room = part_head(v, T(v, "Find my name"));
	int high = len(t, FIND_FIELD_HIGH), code = len(t, FIND_CODE_WIDE), gap = len(t, GAP_CLOSE);
	code = code > room.w / 3 ? room.w / 3 : code;
	field_draw_line(&v->pen, (struct box){room.x, room.y, room.w - code - gap, high}, &mine(v->model)->name, T(v, "Name"));
	button_draw(&v->pen, (struct box){room.x + room.w - code, room.y, code, high},
		    &(struct button){.text = T(v, "Type the badge's code"), .action = ACTION_TYPE, .quiet = true});
	struct label label = {.text = hint(v), .role = TYPE_SECOND, .colour = hue(t, INK), .lines = 1, .middle = true};
	label_draw(&v->pen, (struct box){room.x, room.y + high, room.w, len(t, FIND_HINT_HIGH)}, &label);
	struct cells cells;
	int y = room.y + high + len(t, FIND_HINT_HIGH), end = y + rows_high(t, &cells);
	for (size_t i = 0; i < mine(v->model)->count; i++) {
		draw_row(v, box_cell((struct box){room.x, y, room.w, end - y}, &cells, (int)i), (int)i);
	}
	if (finds_nobody(mine(v->model))) {
		button_draw(&v->pen, box_cell((struct box){room.x, y, room.w, end - y}, &cells, 0),
			    &(struct button){.text = T(v, "Call for help"), .action = ACTION_HELP});
	}
	draw_letters(v, (struct box){room.x, end + gap, room.w, room.y + room.h - end - gap});
}

const struct screen screen_find = {
	.name = "find",
	.state = sizeof(struct find),
	.next = SCREEN_SET(ME) | SCREEN_SET(TYPE) | SCREEN_SET(HELP),
	.act = act,
	.typed = typed,
	.told = told,
	.deadline = deadline,
	.leave = leave,
	.draw = draw,
};
