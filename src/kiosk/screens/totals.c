/* The figures of the day, as they are now: who is here, came, is expected and missing; when they came; by category, session and point. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/point_words.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/slip_parts.h"

enum {
	TOTALS_ROLL_HERE = ACTION_OWN,
	TOTALS_ROLL_MISSING,
	TOTALS_SLIP,
	TOTALS_FROM, /* argument: which row of the lists comes first */
};

struct totals {
	struct totals_message told; /* the last figures; number 0: none yet */
	uint64_t asked;             /* 0: nothing is */
	bool stale;                 /* something was recorded since they were asked for */
	int64_t asked_ms;
	struct slip_asked slip;
	int from; /* the first row of the lists that is shown */
};

#define LISTS_MAX (2 * TOTALS_ROWS_MAX)

static struct totals *mine(const struct model *m) { return model_state(m, SCREEN_TOTALS); }

static void ask(struct model *m, struct effects *effects) {
	struct totals *s = mine(m);
	if (s->asked != 0) {
		s->stale = true;
		return;
	}
	s->stale = false;
	s->asked = model_number(m);
	s->asked_ms = m->ms;
	effects_put(effects, &(struct effect){.kind = EFFECT_TOTALS, .now = m->now, .number = s->asked});
}

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)argument;
	ask(m, effects);
}

static void leave(struct model *m) { *mine(m) = (struct totals){.asked = 0}; }

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->action) {
	case TOTALS_ROLL_HERE:
	case TOTALS_ROLL_MISSING: model_open(m, SCREEN_ROLL, msg->action == TOTALS_ROLL_HERE, effects); return true;
	case TOTALS_FROM: mine(m)->from = msg->argument >= 0 && msg->argument < LISTS_MAX ? (int)msg->argument : 0; return true;
	case TOTALS_SLIP: part_slip_ask(m, &mine(m)->slip, false, effects); return true;
	default: return false;
	}
}

#define ANSWER_MS 10000 /* an answer that is not there by then was lost */

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct totals *s = mine(m);
	if (!model_shows(m, SCREEN_TOTALS)) {
		return;
	}
	if (msg->kind == MSG_TOTALS && msg->totals->number == s->asked) {
		s->told = *msg->totals;
		s->asked = 0;
		if (s->stale) {
			ask(m, effects);
		}
	} else if (msg->kind == MSG_DESK) { /* whatever the store thread tells, something may have been recorded */
		ask(m, effects);
	} else if (msg->kind == MSG_TIME && s->asked != 0 && m->ms - s->asked_ms >= ANSWER_MS) {
		s->asked = 0;
		ask(m, effects);
	}
}

static int64_t deadline(const struct model *m) { return mine(m)->asked == 0 ? INT64_MAX : mine(m)->asked_ms + ANSWER_MS; }

/* Somebody stands there and looks. */
static enum idling idling(const struct model *m) {
	(void)m;
	return IDLING_QUIET;
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static void draw_figure(const struct view *v, struct box box, const char *words, int64_t n) {
	const struct theme *t = v->pen.theme;
	struct box inner = box_inset(box, len(t, STAFF_CARD_TOP));
	draw_fill(v->pen.list, box, len(t, ROUND_CARD), hue(t, CARD));
	label_draw(&v->pen, (struct box){inner.x, inner.y, inner.w, inner.h / 2},
		   &(struct label){.text = words, .role = TYPE_SECOND, .colour = hue(t, MUTED), .lines = 2, .middle = true});
	label_draw(&v->pen, (struct box){inner.x, inner.y + inner.h / 2, inner.w, inner.h / 2},
		   &(struct label){.text = str_number(n).text, .role = TYPE_TITLE, .colour = hue(t, INK), .lines = 1, .middle = true});
}

static int draw_figures(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct totals_message *f = &mine(v->model)->told;
	struct cells cells = {.columns = 2, .high = len(t, TOTALS_FIGURE_HIGH), .gap = len(t, GAP_TIGHT)};
	draw_figure(v, box_cell(room, &cells, 0), T(v, "Here now"), f->here);
	draw_figure(v, box_cell(room, &cells, 1), T(v, "Came today"), f->arrived);
	draw_figure(v, box_cell(room, &cells, 2), T(v, "Expected"), f->expected);
	draw_figure(v, box_cell(room, &cells, 3), T(v, "Missing"), f->expected - f->of_them);
	return 2 * cells.high + cells.gap;
}

#define QUARTERS_LEAST 16 /* four hours: a lone bar as wide as the screen says nothing */

static void draw_hour(const struct view *v, struct box box, int quarter) {
	char text[8];
	snprintf(text, sizeof text, "%d", quarter / 4 % 24);
	label_draw(&v->pen, box,
		   &(struct label){.text = text, .role = TYPE_SECOND, .colour = hue(v->pen.theme, MUTED), .align = ALIGN_LEFT, .lines = 1});
}

static void draw_bars(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct totals_message *f = &mine(v->model)->told;
	struct tally_span span = tally_span(f->quarters);
	int foot = len(t, TOTALS_HOURS_HIGH), head = len(t, TOTALS_HEAD_HIGH), high = room.h - foot - head;
	label_draw(
		&v->pen, (struct box){room.x, room.y, room.w, head},
		&(struct label){.text = T(v, "Arrivals per quarter of an hour"), .role = TYPE_SECOND, .colour = hue(t, MUTED), .lines = 1});
	if (span.first < 0 || high < foot) {
		return;
	}
	int first = span.first / 4 * 4, count = span.last - first + 1;
	count = count < QUARTERS_LEAST ? QUARTERS_LEAST : count;
	for (int i = 0; i < count && first + i < TALLY_QUARTERS; i++) {
		int x = room.x + (int)((int64_t)room.w * i / count), next = room.x + (int)((int64_t)room.w * (i + 1) / count);
		int bar = (int)((int64_t)high * f->quarters[first + i] / span.most), gap = next - x > 4 ? (next - x) / 5 : 0;
		if (f->quarters[first + i] > 0) {
			bar = bar < 2 ? 2 : bar;
			draw_fill(v->pen.list, (struct box){x, room.y + head + high - bar, next - x - gap, bar}, 0, hue(t, TEAL));
		}
		/* Every hour, or as many of them as have room. */
		int hours = (count + 47) / 48;
		if ((first + i) % (4 * hours) == 0) {
			draw_hour(v, (struct box){x, room.y + head + high, (next - x) * 4 * hours, foot}, first + i);
		}
	}
	draw_fill(v->pen.list, (struct box){room.x, room.y + head + high, room.w, len(t, LINE_HAIR)}, 0, hue(t, HAIRLINE));
}

/* --- the list beside them -------------------------------------------------------------------------------------------------------------------- */

struct rows {
	struct box room;
	int y;
};

/* As high as its words turn out; false, and nothing is drawn, where that is more than there is. */
static bool draw_row(const struct view *v, struct rows *rows, const char *name, const char *figure) {
	const struct theme *t = v->pen.theme;
	int right = label_width(&v->pen, TYPE_STRONG, figure) + len(t, GAP_PARTS);
	right = right > rows->room.w / 2 ? rows->room.w / 2 : right;
	struct label label = {.text = name, .role = TYPE_SECOND, .colour = hue(t, INK), .lines = 3};
	struct box box = {rows->room.x, rows->y, rows->room.w - right, 0};
	int high = label_measure(&v->pen, box, &label).h, least = len(t, TOTALS_ROW_HIGH);
	high = high < least ? least : high;
	if (rows->y + high > rows->room.y + rows->room.h) {
		return false;
	}
	box.h = high;
	label.middle = true;
	label_draw(&v->pen, box, &label);
	label_draw(&v->pen, (struct box){rows->room.x + rows->room.w - right, rows->y, right, high},
		   &(struct label){
			   .text = figure, .role = TYPE_STRONG, .colour = hue(t, INK), .align = ALIGN_RIGHT, .lines = 1, .middle = true});
	rows->y += high;
	return true;
}

static bool draw_category(const struct view *v, struct rows *rows, const struct totals_row *row) {
	char figure[64];
	if (row->second > 0) {
		snprintf(figure, sizeof figure, "%lld / %lld", (long long)row->first, (long long)row->second);
	} else {
		snprintf(figure, sizeof figure, "%lld", (long long)row->first);
	}
	return draw_row(v, rows, row->key[0] != '\0' ? row->key : T(v, "Without a category"), figure);
}

static bool draw_place(const struct view *v, struct rows *rows, const struct totals_row *row) {
	struct strbuf name = {0};
	char figure[64];
	int session = view_session_by_id(v, row->key);
	if (session >= 0) { /* its title says enough */
		utf8_add_isolated(&name, session_text(view_session_at(v, session), SESSION_TITLE));
	} else {
		part_point_words(v, row->key, &name);
	}
	if (row->second < 0) {
		snprintf(figure, sizeof figure, "%lld", (long long)row->first);
	} else {
		snprintf(figure, sizeof figure, "%lld / %lld", (long long)row->first, (long long)row->second);
	}
	bool drawn = draw_row(v, rows, strbuf_str(&name), figure);
	strbuf_fini(&name);
	return drawn;
}

static bool draw_heading(const struct view *v, struct rows *rows, const char *words) {
	const struct theme *t = v->pen.theme;
	struct label label = {.text = words, .role = TYPE_SECOND, .colour = hue(t, TEAL), .lines = 3};
	int high = label_measure(&v->pen, (struct box){rows->room.x, rows->y, rows->room.w, 0}, &label).h + len(t, GAP_TIGHT);
	if (rows->y + high + len(t, TOTALS_ROW_HIGH) > rows->room.y + rows->room.h) { /* not without a row below it */
		return false;
	}
	label_draw(&v->pen, (struct box){rows->room.x, rows->y, rows->room.w, high}, &label);
	rows->y += high;
	return true;
}

/* Categories first, then places, the latest of them first. False, and nothing is drawn, where there is no room left for it. */
static bool draw_listed(const struct view *v, struct rows *rows, int i, bool first) {
	const struct totals_message *f = &mine(v->model)->told;
	int categories = (int)f->category_count, place = (int)f->place_count - 1 - (i - categories);
	int y = rows->y;
	bool headed = true;
	if (i < categories) {
		headed = (i > 0 && !first) || draw_heading(v, rows, T(v, "By category: came / expected"));
		headed = headed && draw_category(v, rows, &f->categories[i]);
	} else {
		bool heads = i == categories || first;
		rows->y += heads && !first ? len(v->pen.theme, GAP_CLOSE) : 0;
		headed = !heads || draw_heading(v, rows, T(v, "By place: inside now / visited, or given"));
		headed = headed && draw_place(v, rows, &f->places[place]);
	}
	rows->y = headed ? rows->y : y;
	return headed;
}

/* Tried on a list that nobody sees. */
static bool lists_fit(const struct view *v, struct rows rows, int count) {
	struct draw_list unseen = {0};
	struct view trial = *v;
	int i = 0;
	trial.pen.list = &unseen;
	while (i < count && draw_listed(&trial, &rows, i, i == 0)) {
		i++;
	}
	draw_fini(&unseen);
	return i == count;
}

/* A page of them; what has no room comes by the button below, and after the last the first come again. */
static void draw_lists(const struct view *v, struct box card) {
	const struct theme *t = v->pen.theme;
	const struct totals *s = mine(v->model);
	int count = (int)(s->told.category_count + s->told.place_count), from = s->from < count ? s->from : 0, i = from;
	struct rows rows = {.room = {card.x + len(t, STAFF_CARD_SIDE), card.y + len(t, STAFF_CARD_TOP),
				     card.w - len_twice(t, STAFF_CARD_SIDE), card.h - len_twice(t, STAFF_CARD_TOP)}};
	rows.y = rows.room.y;
	draw_fill(v->pen.list, card, len(t, ROUND_CARD), hue(t, CARD));
	int high = len(t, PAGE_BUTTON_HIGH);
	bool whole = from == 0 && lists_fit(v, rows, count);
	rows.room.h -= whole ? 0 : high + len(t, GAP_TIGHT);
	while (i < count && draw_listed(v, &rows, i, i == from)) {
		i++;
	}
	if (whole) {
		return;
	}
	i = i > from ? i : from + 1; /* so low that not even one has room: the next one gets its turn */
	button_draw(
		&v->pen, (struct box){rows.room.x, rows.room.y + rows.room.h + len(t, GAP_TIGHT), rows.room.w, high},
		&(struct button){.text = i < count ? TC(v, "lists of figures", "More") : TC(v, "lists of figures", "From the beginning"),
				 .action = TOTALS_FROM,
				 .argument = i < count ? i : 0});
}

/* What can be done with them, below: beside each other where there is room for the words. */
static struct box draw_deeds(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	int count = model_has_printer(v->model) ? 3 : 2, high = len(t, BUTTON_HIGH), gap = len(t, GAP_CLOSE);
	struct cells cells = {.columns = room.w > room.h ? count : 1, .high = high, .gap = gap};
	int rows = count / cells.columns, whole = rows * high + (rows - 1) * gap;
	struct box at = {room.x, room.y + room.h - whole, room.w, whole};
	button_draw(&v->pen, box_cell(at, &cells, 0), &(struct button){.text = T(v, "Who is inside"), .action = TOTALS_ROLL_HERE});
	button_draw(&v->pen, box_cell(at, &cells, 1), &(struct button){.text = T(v, "Who is missing"), .action = TOTALS_ROLL_MISSING});
	part_slip_button(v, box_cell(at, &cells, 2), &mine(v->model)->slip, T(v, "Print the slip"), TOTALS_SLIP);
	return part_slip_trouble(v, (struct box){room.x, room.y, room.w, room.h - whole - gap}, &mine(v->model)->slip);
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	const struct totals *s = mine(v->model);
	struct box room = draw_deeds(v, part_head(v, T(v, "Figures of the day"))), halves[2];
	if (s->told.number == 0 || s->told.failed) {
		struct label label = {.text = s->told.failed ? T(v, "They cannot be counted now") : T(v, "One moment"),
				      .role = TYPE_GREETING,
				      .colour = hue(t, MUTED),
				      .lines = 2};
		label_draw(&v->pen, room, &label);
		return;
	}
	part_two(v, room, 55, halves);
	int used = draw_figures(v, halves[0]) + len(t, GAP_PARTS);
	draw_bars(v, (struct box){halves[0].x, halves[0].y + used, halves[0].w, halves[0].h - used});
	draw_lists(v, halves[1]);
}

const struct screen screen_totals = {
	.name = "totals",
	.state = sizeof(struct totals),
	.behind_pin = true,
	.next = SCREEN_SET(ROLL),
	.enter = enter,
	.act = act,
	.told = told,
	.deadline = deadline,
	.idling = idling,
	.leave = leave,
	.draw = draw,
};
