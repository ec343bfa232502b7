/* Find my name: letters on the screen or from a keyboard, and at most five people whom they fit, as everybody may see them. Nothing here tells who is present. */
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/letter_keys.h"
#include "kiosk/screens/screens.h"
#include "kiosk/ui/field.h"

#define TYPED_MAX 60 /* characters */

enum {
	FIND_KEY = ACTION_OWN, /* argument: the character */
	FIND_ERASE,
	FIND_LAYOUT,
	FIND_ROW, /* argument: which of them */
};

static const struct letter_actions LETTERS = {.key = FIND_KEY, .erase = FIND_ERASE, .change = FIND_LAYOUT};

struct find {
	struct field name;
	struct letter_keys keys;
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

static void forget(struct find *s) {
	crypto_wipe(s->rows, sizeof s->rows);
	s->count = 0;
	s->more = s->failed = false;
}

static void ask(struct model *m, struct effects *effects) {
	struct find *s = mine(m);
	s->asked = model_number(m);
	s->asked_ms = m->ms;
	if (!letters_are_enough(&s->name)) {
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

/* --- what there is to choose ------------------------------------------------------------------------------------------------------------ */

static void choose(struct model *m, int64_t which, struct effects *effects) {
	struct find *s = mine(m);
	if (which >= 0 && (size_t)which < s->count) {
		m->chosen = s->rows[which];
		model_open(m, SCREEN_ME, 0, effects);
	}
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	struct find *s = mine(m);
	const struct letters_typing typing = {&s->name, &s->keys, &RULE, letter_of_name};
	enum letters_did did = letters_act(&typing, &LETTERS, m, msg);
	if (did == LETTERS_TYPED) {
		ask(m, effects);
	} else if (did == LETTERS_NOTHING && msg->action == FIND_ROW) {
		choose(m, msg->argument, effects);
		return true;
	}
	return did != LETTERS_NOTHING;
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
	if (found->kind == FOUND_PEOPLE && found->number == s->asked && letters_are_enough(&s->name)) {
		take_rows(s, found);
	} else if (found->kind == FOUND_FAILED && found->number == s->asked && letters_are_enough(&s->name)) {
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
static bool finds_nobody(const struct find *s) { return letters_are_enough(&s->name) && !is_waiting(s) && s->count == 0; }

/* `fit`: for so many people there is room. */
static const char *hint(const struct view *v, size_t fit) {
	const struct find *s = mine(v->model);
	if (!letters_are_enough(&s->name)) {
		return T(v, "Type at least three letters of your first or last name");
	}
	if (is_waiting(s)) {
		return "";
	}
	return s->failed                   ? T(v, "The search is not working right now. Please call our staff")
	       : s->count == 0             ? T(v, "Nobody found. Try another part of your name, or call for help")
	       : s->more || s->count > fit ? T(v, "Not listed? Type more letters")
					   : T(v, "Touch your name");
}

static int rows_high(const struct cells *cells, int rows) { return rows * cells->high + (rows - 1) * cells->gap; }

/* Where they stand: in two columns, or upright in one; room for as many as there may be, as far as the keys leave it. Returns how many rows. */
static int rows_fit(const struct theme *t, int high, struct cells *cells) {
	*cells = (struct cells){.columns = t->portrait ? 1 : 2, .high = len(t, FIND_ROW_HIGH), .gap = len(t, FIND_ROW_GAP)};
	int most = (FOUND_ROWS_MAX + cells->columns - 1) / cells->columns, fit = (high + cells->gap) / (cells->high + cells->gap);
	return fit < 1 ? 1 : fit < most ? fit : most;
}

/* Nobody: then it is somebody's to help, or they are on no list. */
static void draw_ways_on(const struct view *v, struct box room, const struct cells *cells) {
	struct button button = {.text = T(v, "I have no badge"), .action = ACTION_WALKIN};
	int which = 0;
	if (model_walks_in(v->model)) {
		button_draw(&v->pen, box_cell(room, cells, which++), &button);
	}
	button = (struct button){.text = T(v, "Call for help"), .icon = ICON_HELP, .action = ACTION_HELP};
	button_draw(&v->pen, box_cell(room, cells, which), &button);
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box room = part_head(v, T(v, "Find my name"));
	int high = len(t, FIND_FIELD_HIGH), code = len(t, FIND_CODE_WIDE), gap = len(t, GAP_CLOSE);
	code = code > room.w / 3 ? room.w / 3 : code;
	field_draw_line(&v->pen, (struct box){room.x, room.y, room.w - code - gap, high}, &mine(v->model)->name, T(v, "Name"));
	button_draw(&v->pen, (struct box){room.x + room.w - code, room.y, code, high},
		    &(struct button){.text = T(v, "Type the badge's code"), .icon = ICON_KEYS, .action = ACTION_TYPE, .quiet = true});
	struct cells cells;
	int y = room.y + high + len(t, FIND_HINT_HIGH),
	    low = room.y + room.h - part_letters_least(v, &mine(v->model)->keys, &LETTERS) - gap;
	int fit = rows_fit(t, low - y, &cells), end = y + rows_high(&cells, fit);
	struct label label = {.text = hint(v, (size_t)fit * (size_t)cells.columns),
			      .role = TYPE_SECOND,
			      .colour = hue(t, INK),
			      .lines = 1,
			      .middle = true};
	label_draw(&v->pen, (struct box){room.x, room.y + high, room.w, len(t, FIND_HINT_HIGH)}, &label);
	struct box rows = {room.x, y, room.w, end - y};
	for (size_t i = 0; i < mine(v->model)->count && (int)i < fit * cells.columns; i++) {
		const struct found_row *row = &mine(v->model)->rows[i];
		part_offer(v, box_cell(rows, &cells, (int)i), &(struct offer){row->name, row->community, TYPE_HEAD, FIND_ROW, (int64_t)i});
	}
	if (finds_nobody(mine(v->model))) {
		draw_ways_on(v, rows, &cells);
	}
	part_letters(v, (struct box){room.x, end + gap, room.w, room.y + room.h - end - gap}, &mine(v->model)->keys, &LETTERS);
}

const struct screen screen_find = {
	.name = "find",
	.state = sizeof(struct find),
	.next = SCREEN_SET(ME) | SCREEN_SET(WALKIN) | SCREEN_SET(TYPE) | SCREEN_SET(HELP),
	.act = act,
	.typed = typed,
	.told = told,
	.deadline = deadline,
	.leave = leave,
	.draw = draw,
};
