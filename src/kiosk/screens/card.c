/* Somebody's card: all that helps staff at the door to know of one person, and what they can do for them. It is of whom model.chosen names. */
#include "kiosk/screens/card.h"

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/people_words.h"
#include "kiosk/screens/point_words.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/tick.h"

enum {
	CARD_SIGN_IN = ACTION_OWN,
	CARD_NOTE,
	CARD_LABEL,
	CARD_GROUP,
	CARD_MORE, /* argument: the first row that is shown then */
};

struct card {
	struct people_message *told; /* NULL: nothing is known yet */
	uint64_t asked;              /* 0: nothing is awaited */
	int64_t asked_ms;
	bool open, failed;
	bool stale;   /* something was recorded since: it is looked up again once it is to be seen */
	bool printed; /* a label was asked for */
	int from;     /* the first row that is shown */
};

static struct card *mine(const struct model *m) { return model_state(m, SCREEN_CARD); }

static const struct people_card *card_of(const struct model *m) {
	const struct people_message *told = mine(m)->told;
	return told == NULL ? NULL : told->card;
}

const char *card_name(const struct model *m) { return card_of(m) == NULL ? "" : card_of(m)->name; }

static void ask(struct model *m, struct effects *effects) {
	struct card *s = mine(m);
	struct people_question q = {.kind = PEOPLE_CARD};
	str_copy(q.person, sizeof q.person, m->chosen.id);
	s->asked = model_ask_people(m, &q, effects);
	s->asked_ms = m->ms;
	s->stale = false;
	crypto_wipe(&q, sizeof q);
}

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)argument;
	mine(m)->open = true;
	ask(m, effects);
}

static void leave(struct model *m) {
	people_message_free(mine(m)->told);
	crypto_wipe(mine(m), sizeof *mine(m));
	crypto_wipe(&m->chosen, sizeof m->chosen);
}

/* --- what is done for them ------------------------------------------------------------------------------------------------------------ */

/* Where the box stands. */
static const struct people_presence *presence_here(const struct people_card *c) { return c->elsewhere ? &c->here : &c->arrival; }

/* Who is in needs no more; where something is handed out they may get it again, and the rules say whether. */
static bool may_sign_in(const struct model *m) {
	const struct people_card *c = card_of(m);
	bool in = c != NULL && presence_here(c)->in;
	return c != NULL && model_serves(m) && (part_ticking(m) == TICKING_HANDS || in == (part_ticking(m) == TICKING_OUT));
}

static enum group_kind kind_of(const struct people_card *c) {
	int kind = 0;
	while (kind < GROUP_KINDS && c->group[kind][0] == '\0') {
		kind++;
	}
	return (enum group_kind)kind;
}

/* By the same way as any other of the staff's; the answer is shown as any other, on the first screen. */
static void sign_in(struct model *m, struct effects *effects) {
	if (may_sign_in(m)) {
		model_sign_in(m, "staff", effects);
		model_go_home(m, effects);
	}
}

/* Of whoever has no badge here it is the first one. */
static void print(struct model *m, struct effects *effects) {
	const struct people_card *c = card_of(m);
	if (c == NULL || !model_has_printer(m) || mine(m)->printed) {
		return;
	}
	struct effect e = {.kind = c->code[0] != '\0' ? EFFECT_LABEL_AGAIN : EFFECT_LABEL};
	str_copy(e.person, sizeof e.person, c->id);
	str_copy(e.text, sizeof e.text, c->code);
	e.n = strlen(e.text);
	effects_put(effects, &e);
	mine(m)->printed = true;
	crypto_wipe(&e, sizeof e);
}

static void open_group(struct model *m, struct effects *effects) {
	const struct people_card *c = card_of(m);
	if (c != NULL && kind_of(c) != GROUP_KINDS) {
		tick_open(m, kind_of(c), c->group[kind_of(c)], effects);
	}
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->action) {
	case CARD_SIGN_IN: sign_in(m, effects); return true;
	case CARD_LABEL: print(m, effects); return true;
	case CARD_GROUP: open_group(m, effects); return true;
	case CARD_MORE: mine(m)->from = msg->argument < 0 || msg->argument > INT32_MAX ? 0 : (int)msg->argument; return true;
	case CARD_NOTE:
		if (card_of(m) != NULL) {
			model_open(m, SCREEN_NOTE, 0, effects);
		}
		return true;
	default: return false;
	}
}

static int64_t deadline(const struct model *m) {
	const struct card *s = mine(m);
	return s->asked != 0 ? s->asked_ms + m->style->timing.answer_ms : s->stale ? m->ms : INT64_MAX;
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct card *s = mine(m);
	bool recorded = msg->kind == MSG_DESK && (msg->desk->kind == DESK_DONE || msg->desk->kind == DESK_GROUP);
	if (msg->kind == MSG_PEOPLE && s->asked != 0 && msg->people->number == s->asked) {
		people_message_free(s->told);
		s->told = msg->people;
		s->asked = 0;
		s->failed = msg->people->failed;
		msg->people = NULL;
	} else if (recorded) { /* a note on them, or their group was ticked off */
		s->stale = s->open;
	} else if (msg->kind == MSG_TIME && s->asked == 0 && s->stale) {
		ask(m, effects);
	} else if (msg->kind == MSG_TIME && m->ms >= deadline(m)) {
		s->asked = 0;
		s->failed = true;
	}
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

#define ROWS_MAX (9 + PEOPLE_NOTES_MAX)

struct row {
	const char *head;
	struct strbuf text;
	enum hue colour;
};

struct rows {
	struct row items[ROWS_MAX];
	int count;
};

static void add_row(struct rows *rows, const char *head, const char *text, enum hue colour) {
	if (text[0] != '\0') {
		struct row *row = &rows->items[rows->count++];
		*row = (struct row){.head = head, .colour = colour};
		strbuf_adds(&row->text, text);
	}
}

static void add_status(const struct view *v, const struct people_card *c, struct rows *rows) {
	struct strbuf text = {0};
	const char *kept_out = c->removed                              ? T(v, "Taken off the list")
			       : !registration_admits(c->registration) ? part_registration_words(v, c->registration)
			       : c->revoked                            ? T(v, "The badge was revoked")
								       : "";
	add_row(rows, T(v, "Look out"), kept_out, RED);
	part_presence_words(v, &c->arrival, &text);
	add_row(rows, T(v, "Today"), strbuf_str(&text), c->arrival.in ? TEAL : INK);
	strbuf_fini(&text);
}

/* "Hall A: yes, since 10:30". */
static void add_here(const struct view *v, const struct people_card *c, struct rows *rows) {
	struct strbuf place = {0}, text = {0}, time = {0};
	if (!c->elsewhere) {
		return;
	}
	part_point_words(v, str_or_empty(v->model->event->stand_text), &place);
	date_clock_about(&time, v->model->event->tz, c->here.since, c->here.approximate);
	struct word_value values[] = {{"place", strbuf_str(&place)}, {"time", strbuf_str(&time)}};
	bool timed = c->here.in && clock_is_set(c->here.since);
	words_fill(&text, timed ? T(v, "{place}: yes, since {time}") : c->here.in ? T(v, "{place}: yes") : T(v, "{place}: no"), values, 2);
	add_row(rows, T(v, "Where this box stands"), strbuf_str(&text), c->here.in ? TEAL : INK);
	strbuf_fini(&place);
	strbuf_fini(&text);
	strbuf_fini(&time);
}

static void add_points(const struct view *v, const struct people_card *c, struct rows *rows) {
	const struct event_points *points = &v->model->event->points;
	struct strbuf text = {0};
	for (size_t i = 0; i < c->point_count; i++) {
		int found = event_points_find(points, c->points[i]);
		strbuf_adds(&text, text.len > 0 ? ", " : "");
		strbuf_adds(&text,
			    found < 0 ? c->points[i] : point_name(&points->items[found], words_code(v->tongue.words, v->tongue.language)));
	}
	add_row(rows, T(v, "Entitled to"), strbuf_str(&text), INK);
	strbuf_fini(&text);
}

/* What decides at the door stands first. */
static void fill_rows(const struct view *v, const struct people_card *c, struct rows *rows) {
	*rows = (struct rows){.count = 0};
	add_status(v, c, rows);
	add_here(v, c, rows);
	for (size_t i = 0; i < c->note_count; i++) {
		if (c->notes[i].door) {
			add_row(rows, T(v, "To be said at the door"), c->notes[i].text, INK);
		}
	}
	add_row(rows, T(v, "Organisation"), c->organisation, INK);
	add_row(rows, T(v, "Position"), c->position, INK);
	add_row(rows, T(v, "Community"), c->place, INK);
	add_row(rows, T(v, "Category"), c->category, INK);
	add_points(v, c, rows);
	for (size_t i = 0; i < c->note_count; i++) {
		if (!c->notes[i].door) {
			add_row(rows, T(v, "Note"), c->notes[i].text, INK);
		}
	}
}

static void rows_fini(struct rows *rows) {
	for (int i = 0; i < rows->count; i++) {
		strbuf_fini(&rows->items[i].text);
	}
}

/* Returns its height; `measure`: without drawing. */
static int put_row(const struct view *v, struct box box, const struct row *row, bool measure) {
	struct box (*put)(const struct pen *, struct box, const struct label *) = measure ? label_measure : label_draw;
	const struct theme *t = v->pen.theme;
	struct box used = put(&v->pen, (struct box){box.x, box.y, box.w, 0},
			      &(struct label){.text = row->head, .role = TYPE_SECOND, .colour = hue(t, MUTED), .lines = 1});
	used = put(&v->pen, box_below(box, used, len(t, STAFF_HEAD_GAP)),
		   &(struct label){.text = strbuf_str(&row->text),
				   .role = TYPE_STRONG,
				   .colour = hue(t, row->colour),
				   .lines = 0,
				   .break_words = true});
	return used.y + used.h - box.y;
}

/* As many as have room, from the one on that is wanted; what is left is behind "More", which ends at the first ones again. */
static void draw_rows(const struct view *v, struct box room, const struct rows *rows) {
	const struct theme *t = v->pen.theme;
	int from = mine(v->model)->from < rows->count ? mine(v->model)->from : 0, i = from, gap = len(t, GAP_CLOSE),
	    more = len(t, PAGE_BUTTON_HIGH);
	int all = 0;
	for (int k = 0; k < rows->count; k++) {
		all += put_row(v, room, &rows->items[k], true) + gap;
	}
	bool paged = from > 0 || all - gap > room.h;
	int low = room.y + room.h - (paged ? more + gap : 0), y = room.y;
	while (i < rows->count && (i == from || y + put_row(v, room, &rows->items[i], true) <= low)) {
		y += put_row(v, (struct box){room.x, y, room.w, 0}, &rows->items[i], false) + gap;
		i++;
	}
	if (paged) {
		button_draw(&v->pen, (struct box){room.x, room.y + room.h - more, room.w, more},
			    &(struct button){.text = i < rows->count ? T(v, "More") : T(v, "Back up"),
					     .action = CARD_MORE,
					     .argument = i < rows->count ? i : 0,
					     .quiet = true});
	}
}

static const char *deed_words(const struct view *v) {
	static const char *const words[] = {[TICKING_IN] = MARK("what staff do for somebody", "Sign in"),
					    [TICKING_OUT] = MARK("what staff do for somebody", "Sign out"),
					    [TICKING_HANDS] = MARK("what staff do for somebody", "Hand out")};
	return TC(v, "what staff do for somebody", words[part_ticking(v->model)]);
}

/* What there is to touch; returns how many. */
static int fill_buttons(const struct view *v, struct button out[4]) {
	const struct people_card *c = card_of(v->model);
	int count = 0;
	if (may_sign_in(v->model)) {
		out[count++] = (struct button){.text = deed_words(v),
					       .action = CARD_SIGN_IN,
					       .filled = true,
					       .colour = hue(v->pen.theme, TEAL),
					       .icon = ICON_DONE};
	}
	out[count++] = (struct button){.text = T(v, "Write a note"), .action = CARD_NOTE, .icon = ICON_KEYS};
	if (kind_of(c) != GROUP_KINDS) {
		out[count++] = (struct button){.text = T(v, "Their group"), .action = CARD_GROUP};
	}
	if (model_has_printer(v->model)) {
		bool printed = mine(v->model)->printed;
		out[count++] = (struct button){.text = printed ? T(v, "The label is asked for") : T(v, "Print a label"),
					       .icon = printed ? ICON_DONE : ICON_PRINTER,
					       .action = CARD_LABEL,
					       .quiet = printed};
	}
	return count;
}

/* Beside what is to be seen or, upright, under it. Returns the room that is left for that. */
static struct box draw_buttons(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	struct button buttons[4];
	int count = fill_buttons(v, buttons), gap = len(t, GAP_CLOSE), wide = len(t, HEAD_DEEDS_WIDE);
	wide = wide > room.w * 2 / 5 ? room.w * 2 / 5 : wide;
	struct cells cells = {.columns = t->portrait ? 2 : 1, .high = len(t, BUTTON_HIGH), .gap = gap};
	int rows = (count + cells.columns - 1) / cells.columns, most = (room.h - (rows - 1) * gap) / rows;
	cells.high = !t->portrait && cells.high > most ? most : cells.high;
	int high = rows * (cells.high + gap) - gap;
	struct box at = t->portrait ? (struct box){room.x, room.y + room.h - high, room.w, high}
				    : (struct box){room.x + room.w - wide, room.y, wide, room.h};
	for (int i = 0; i < count; i++) {
		button_draw(&v->pen, box_cell(at, &cells, i), &buttons[i]);
	}
	room.h -= t->portrait ? high + len(t, GAP_PARTS) : 0;
	room.w -= t->portrait ? 0 : wide + len(t, GAP_FAR);
	return room;
}

static void draw_person(const struct view *v, struct box room, const struct people_card *c) {
	const struct theme *t = v->pen.theme;
	struct rows rows;
	room = draw_buttons(v, room);
	struct label name = {.text = c->name, .role = TYPE_TITLE, .colour = hue(t, INK), .break_words = true};
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y, room.w, room.h / 3}, &name);
	int down = used.h + len(t, GAP_CLOSE);
	fill_rows(v, c, &rows);
	draw_rows(v, (struct box){room.x, room.y + down, room.w, room.h - down}, &rows);
	rows_fini(&rows);
}

static void draw(const struct view *v) {
	const struct card *s = mine(v->model);
	const struct theme *t = v->pen.theme;
	const struct people_card *c = card_of(v->model);
	struct box room = part_head(v, T(v, "Person"));
	if (c != NULL) {
		draw_person(v, room, c);
		return;
	}
	const char *words = s->failed         ? T(v, "That could not be looked up. Go back and try again")
			    : s->told != NULL ? T(v, "This person is no longer on the list")
					      : "";
	label_draw(&v->pen, room, &(struct label){.text = words, .role = TYPE_GREETING, .colour = hue(t, MUTED), .lines = 4});
}

const struct screen screen_card = {
	.name = "card",
	.state = sizeof(struct card),
	.next = SCREEN_SET(NOTE) | SCREEN_SET(TICK),
	.behind_pin = true,
	.enter = enter,
	.act = act,
	.told = told,
	.deadline = deadline,
	.leave = leave,
	.draw = draw,
};
