/* The last check-ins of this box, and taking one back: staff who let in the wrong one a moment ago. */
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/point_words.h"
#include "kiosk/screens/screens.h"

enum {
	OWN_UNDO = ACTION_OWN, /* argument: which row; asks */
	OWN_SURE,              /* argument: likewise */
	OWN_PAGE,              /* argument: the page */
};

struct own {
	struct own_checkin rows[OWN_CHECKINS_SHOWN];
	size_t count;
	uint64_t asked, doing; /* of what is under way; 0: nothing */
	bool told;             /* they came */
	int sure;              /* the row that is asked about, plus one */
	int page;
	bool failed; /* the last one was not taken back; why is in the log */
};

static struct own *mine(const struct model *m) { return model_state(m, SCREEN_OWN); }

static void ask(struct model *m, struct effects *effects) {
	struct effect e = {.kind = EFFECT_OWN, .number = model_number(m)};
	mine(m)->asked = e.number;
	effects_put(effects, &e);
}

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)argument;
	ask(m, effects);
}

static void leave(struct model *m) { crypto_wipe(mine(m), sizeof *mine(m)); }

static bool may_undo(const struct model *m, int64_t row) {
	const struct own *s = mine(m);
	return model_leads(m) && row >= 0 && (size_t)row < s->count && !s->rows[row].undone && s->doing == 0;
}

static void undo(struct model *m, int64_t row, struct effects *effects) {
	struct own *s = mine(m);
	if (may_undo(m, row) && s->sure == (int)row + 1) {
		s->sure = 0;
		s->failed = false;
		s->doing = model_deed(m, &(struct deed){.kind = DEED_UNDO, .log = s->rows[row].log, .seq = s->rows[row].seq}, effects);
	}
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->action) {
	case OWN_UNDO: mine(m)->sure = may_undo(m, msg->argument) ? (int)msg->argument + 1 : 0; return true;
	case OWN_SURE: undo(m, msg->argument, effects); return true;
	case OWN_PAGE: mine(m)->page = (int)msg->argument; return true;
	default: return false;
	}
}

static void take_rows(struct own *s, const struct desk_message *d) {
	memcpy(s->rows, d->own, sizeof s->rows);
	s->count = d->own_count;
	s->told = true;
	s->sure = 0;
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct own *s = mine(m);
	if (msg->kind != MSG_DESK || !model_shows(m, SCREEN_OWN)) {
		return;
	}
	const struct desk_message *d = msg->desk;
	if (d->kind == DESK_OWN && d->number == s->asked) {
		take_rows(s, d);
	} else if (d->kind == DESK_DONE && s->doing != 0 && d->number == s->doing) {
		s->doing = 0;
		s->failed = !d->kept;
		ask(m, effects);
	} else if (d->kind == DESK_ANSWERED && d->recorded) { /* another one came meanwhile */
		ask(m, effects);
	}
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static const char *outcome_said(const struct view *v, const struct own_checkin *c) {
	if (c->undone) {
		return TC(v, "a check-in", "taken back");
	}
	switch (c->shown) {
	case OUTCOME_LATE: return TC(v, "a check-in", "signed in late");
	case OUTCOME_UNVERIFIED: return TC(v, "a check-in", "signed in, name follows");
	case OUTCOME_GIVEN: return TC(v, "a check-in", "received");
	case OUTCOME_LEFT: return TC(v, "a check-in", "left");
	default: return TC(v, "a check-in", "signed in");
	}
}

static void draw_undo(const struct view *v, struct box box, int row) {
	const struct theme *t = v->pen.theme;
	bool sure = mine(v->model)->sure == row + 1;
	if (may_undo(v->model, row)) {
		button_draw(&v->pen, box,
			    &(struct button){.text = sure ? T(v, "Really take back?") : T(v, "Take back"),
					     .action = sure ? OWN_SURE : OWN_UNDO,
					     .argument = row,
					     .filled = sure,
					     .colour = hue(t, RED)});
	}
}

static void draw_row(const struct view *v, struct box box, int row) {
	const struct theme *t = v->pen.theme;
	const struct own_checkin *c = &mine(v->model)->rows[row];
	struct strbuf under = {0}, name = {0};
	int button = model_leads(v->model) ? len(t, OWN_UNDO_WIDE) : 0, side = len(t, STAFF_CARD_SIDE);
	draw_fill(v->pen.list, box, len(t, ROUND_CARD), hue(t, CARD));
	date_clock_about(&under, v->model->event->tz, c->utc, c->approximate);
	strbuf_addf(&under, " · %s", outcome_said(v, c));
	if (!str_eq(c->point, POINT_EXIT)) { /* that they left says it */
		strbuf_adds(&under, " · ");
		part_point_words(v, c->point, &under);
	}
	utf8_add_isolated(&name, c->name[0] != '\0' ? c->name : T(v, "a badge without a name here"));
	int names = box.h * 62 / 100;
	struct box inner = {box.x + side, box.y, box.w - 2 * side - button, names};
	label_draw(&v->pen, inner,
		   &(struct label){.text = strbuf_str(&name),
				   .role = TYPE_STRONG,
				   .colour = c->undone ? hue(t, MUTED) : hue(t, INK),
				   .lines = 2,
				   .middle = true,
				   .struck = c->undone});
	inner.y += names;
	inner.h = box.h - names - len(t, GAP_TIGHT);
	label_draw(&v->pen, inner,
		   &(struct label){.text = strbuf_str(&under), .role = TYPE_SECOND, .colour = hue(t, MUTED), .lines = 1, .middle = true});
	int gap = len(t, GAP_TIGHT);
	draw_undo(v, (struct box){box.x + box.w - button - gap, box.y + gap, button, box.h - 2 * gap}, row);
	strbuf_fini(&under);
	strbuf_fini(&name);
}

static void draw_rows(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct own *s = mine(v->model);
	int gap = len(t, GAP_TIGHT), high = len(t, OWN_ROW_HIGH), buttons = len(t, PAGE_BUTTON_HIGH);
	struct pages_room all = {.height = room.h, .row = high + gap, .buttons = buttons + gap};
	struct pages pages = pages_of(&all, (int)s->count, s->page);
	for (int i = 0; i < (int)s->count; i++) {
		if (pages_shows(&pages, i)) {
			draw_row(v, (struct box){room.x, room.y + i % pages.fit * (high + gap), room.w, high}, i);
		}
	}
	part_pages(v, room, &pages, OWN_PAGE, T(v, "Newer"), T(v, "Older"));
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	const struct own *s = mine(v->model);
	struct box room = part_head(v, T(v, "Last check-ins of this box"));
	if (s->failed) {
		struct label label = {.text = T(v, "That could not be taken back"), .role = TYPE_STRONG, .colour = hue(t, RED), .lines = 2};
		int used = label_draw(&v->pen, (struct box){room.x, room.y, room.w, 0}, &label).h + len(t, GAP_TIGHT);
		room.y += used;
		room.h -= used;
	}
	if (s->told && s->count == 0) {
		label_draw(
			&v->pen, room,
			&(struct label){
				.text = T(v, "Nobody was signed in here yet"), .role = TYPE_GREETING, .colour = hue(t, MUTED), .lines = 2});
		return;
	}
	draw_rows(v, room);
}

const struct screen screen_own = {
	.name = "own",
	.state = sizeof(struct own),
	.behind_pin = true,
	.enter = enter,
	.act = act,
	.told = told,
	.leave = leave,
	.draw = draw,
};
