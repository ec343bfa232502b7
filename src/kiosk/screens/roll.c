/* Who is here, or who is missing: the names behind the figures of the day. Printed it is what is read out where everybody was sent out of the house. */
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/slip_parts.h"

enum {
	ROLL_PAGE = ACTION_OWN, /* argument: the page */
	ROLL_PRINT,
};

struct roll {
	bool here; /* else: missing */
	uint64_t asked;
	int64_t asked_ms;
	bool told, failed;
	int64_t all;
	size_t count;
	int page;
	struct slip_asked slip;
	struct roll_row rows[ROLL_MAX];
};

static struct roll *mine(const struct model *m) { return model_state(m, SCREEN_ROLL); }

static void ask(struct model *m, struct effects *effects) {
	struct roll *s = mine(m);
	s->asked = model_number(m);
	s->asked_ms = m->ms;
	effects_put(effects, &(struct effect){.kind = EFFECT_ROLL, .now = m->now, .number = s->asked, .forced = s->here});
}

static void enter(struct model *m, int64_t here, struct effects *effects) {
	mine(m)->here = here != 0;
	ask(m, effects);
}

static void leave(struct model *m) { crypto_wipe(mine(m), sizeof *mine(m)); }

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->action) {
	case ROLL_PAGE: mine(m)->page = (int)msg->argument; return true;
	case ROLL_PRINT:
		if (mine(m)->here) {
			part_slip_ask(m, &mine(m)->slip, true, effects);
		}
		return true;
	default: return false;
	}
}

#define AGAIN_MS \
	20000 /* names are looked through slowly: what changes meanwhile is told no sooner, and an answer that is not there by then was lost */

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct roll *s = mine(m);
	if (!model_shows(m, SCREEN_ROLL)) {
		return;
	}
	if (msg->kind == MSG_TOTALS && msg->totals->number == s->asked) {
		s->told = true;
		s->failed = msg->totals->failed;
		s->all = msg->totals->roll_all;
		s->count = msg->totals->roll_count;
		memcpy(s->rows, msg->totals->roll, s->count * sizeof *s->rows);
	} else if (msg->kind == MSG_TIME && m->ms - s->asked_ms >= AGAIN_MS) {
		ask(m, effects);
	}
}

static int64_t deadline(const struct model *m) { return mine(m)->asked_ms + AGAIN_MS; }

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static void draw_row(const struct view *v, struct box box, const struct roll_row *row) {
	const struct theme *t = v->pen.theme;
	struct strbuf name = {0}, about = {0};
	int side = len(t, STAFF_CARD_SIDE), names = row->about[0] != '\0' ? box.h * 62 / 100 : box.h;
	struct box inner = {box.x + side, box.y, box.w - 2 * side, names};
	draw_fill(v->pen.list, box, len(t, ROUND_CARD), hue(t, CARD));
	utf8_add_isolated(&name, row->name);
	utf8_add_isolated(&about, row->about);
	label_draw(&v->pen, inner,
		   &(struct label){.text = strbuf_str(&name), .role = TYPE_STRONG, .colour = hue(t, INK), .lines = 2, .middle = true});
	if (row->about[0] != '\0') {
		inner.y += names;
		inner.h = box.h - names - len(t, GAP_TIGHT);
		label_draw(&v->pen, inner,
			   &(struct label){
				   .text = strbuf_str(&about), .role = TYPE_SECOND, .colour = hue(t, MUTED), .lines = 1, .middle = true});
	}
	strbuf_fini(&name);
	strbuf_fini(&about);
}

/* Those that are counted and stand in no row: known by a code alone, or beyond what a screen has. */
static struct box draw_more(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct roll *s = mine(v->model);
	struct strbuf text = {0};
	int64_t more = s->all - (int64_t)s->count;
	if (more <= 0) {
		return room;
	}
	view_fill_count(&text,
			s->count == ROLL_MAX
				? TN(v, "{n} more: a printed list has all names", "{n} more: a printed list has all names", (long)more)
				: TN(v, "{n} more by a badge without a name here", "{n} more by badges without a name here", (long)more),
			more);
	struct label label = {.text = strbuf_str(&text), .role = TYPE_SECOND, .colour = hue(t, MUTED), .lines = 2};
	int used = label_draw(&v->pen, (struct box){room.x, room.y, room.w, 0}, &label).h + len(t, GAP_TIGHT);
	strbuf_fini(&text);
	return (struct box){room.x, room.y + used, room.w, room.h - used};
}

static void draw_rows(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct roll *s = mine(v->model);
	int gap = len(t, GAP_TIGHT), high = len(t, OWN_ROW_HIGH), buttons = len(t, PAGE_BUTTON_HIGH);
	struct pages_room all = {.height = room.h, .row = high + gap, .buttons = buttons + gap};
	struct pages pages = pages_of(&all, (int)s->count, s->page);
	for (int i = 0; i < (int)s->count; i++) {
		if (pages_shows(&pages, i)) {
			draw_row(v, (struct box){room.x, room.y + i % pages.fit * (high + gap), room.w, high}, &s->rows[i]);
		}
	}
	part_pages(v, room, &pages, ROLL_PAGE, TC(v, "a page of a list", "Back"), TC(v, "a page of a list", "Next"));
}

static void draw_words(const struct view *v, struct box room) {
	const struct roll *s = mine(v->model);
	const char *words = s->failed  ? T(v, "They cannot be counted now")
			    : !s->told ? T(v, "One moment")
			    : s->here  ? T(v, "Nobody is here now")
				       : T(v, "Nobody is missing");
	label_draw(&v->pen, room, &(struct label){.text = words, .role = TYPE_GREETING, .colour = hue(v->pen.theme, MUTED), .lines = 2});
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	const struct roll *s = mine(v->model);
	struct box room = part_head(v, s->here ? T(v, "Who is inside") : T(v, "Who is missing"));
	if (s->here && model_has_printer(v->model)) {
		int high = len(t, BUTTON_HIGH);
		struct box button = {room.x, room.y + room.h - high, room.w, high};
		room.h -= high + len(t, GAP_CLOSE);
		part_slip_button(v, button, &s->slip, T(v, "Print the list"), ROLL_PRINT);
		room = part_slip_trouble(v, room, &s->slip);
	}
	if (!s->told || s->failed || s->all <= 0) {
		draw_words(v, room);
		return;
	}
	draw_rows(v, draw_more(v, room));
}

const struct screen screen_roll = {
	.name = "roll",
	.state = sizeof(struct roll),
	.behind_pin = true,
	.enter = enter,
	.act = act,
	.told = told,
	.deadline = deadline,
	.leave = leave,
	.draw = draw,
};
