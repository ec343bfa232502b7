#include "kiosk/screens/credits_parts.h"

#include "base/str.h"
#include "event/credit.h"
#include "kiosk/screens/logo_parts.h"

#define ROW_STEP_MM 2

static const char *caption(const struct view *v, enum credit_group group) {
	static const char *const texts[CREDIT_GROUPS] = {
		[CREDIT_FUNDER] = MARK("over logos", "Funded by"),
		[CREDIT_IMPLEMENTER] = MARK("over logos", "Implemented by"),
		[CREDIT_PARTNER] = MARK("over logos", "Partners"),
	};
	return TC(v, "over logos", texts[group]);
}

/* Of those who brought no logo, or one that is too large for this glass. */
static void names(const struct view *v, const struct box *row, enum credit_group group, struct strbuf *out) {
	const struct kiosk_event *event = v->model->event;
	const char *language = words_code(v->tongue.words, v->tongue.language);
	for (size_t i = 0; i < event->credits.count; i++) {
		const struct credit *c = &event->credits.items[i];
		if (c->group == group && !part_logo_fits(v, *row, i)) {
			strbuf_addf(out, "%s%s", out->len > 0 ? " · " : "", str_or_empty(credit_words(c, "name", language)));
		}
	}
}

/* --- rows -------------------------------------------------------------------------------------------------------------------------------------- */

struct credits_layout {
	struct box room;
	int row;         /* height of a row of logos, pixels */
	int per_turn;    /* rows of one group that are to be seen at a time; 0: all */
	unsigned groups; /* those that are to be seen, a bit each */
};
#define ALL_GROUPS ((1u << CREDIT_GROUPS) - 1)

static int rows_shown(const struct credits_layout *l, int rows) { return l->per_turn > 0 && rows > l->per_turn ? l->per_turn : rows; }

/* The logos' rows of a group, on white. Returns where the card ends. */
static int draw_card(const struct view *v, const struct credits_layout *l, int y, enum credit_group group) {
	const struct theme *t = v->pen.theme;
	const struct logo_choice choice = {.group = (int)group};
	int side = len(t, CREDITS_CARD_SIDE);
	struct box row = {l->room.x + side, y, l->room.w - 2 * side, l->row};
	bool left;
	int rows = part_logo_rows(v, row, &choice, &left), shown = rows_shown(l, rows);
	int64_t turn = shown > 0 ? v->model->ms / t->style->timing.turn_ms % ((rows + shown - 1) / shown) : 0;
	struct box card = {l->room.x, y, l->room.w, shown * l->row};
	draw_fill(v->pen.list, card, len(t, ROUND_CARD), hue(t, WHITE));
	for (int i = (int)turn * shown; i < rows && i < ((int)turn + 1) * shown; i++, row.y += l->row) {
		part_logo_row(v, row, &choice, i);
	}
	return card.y + card.h;
}

/* A group's height, and (when `draw`) the group. */
static int group_part(const struct view *v, const struct credits_layout *l, int y, enum credit_group group, bool draw) {
	const struct theme *t = v->pen.theme;
	const struct logo_choice choice = {.group = (int)group};
	struct strbuf without = {0};
	int from = y, side = len(t, CREDITS_CARD_SIDE);
	bool left;
	const struct box row = {0, 0, l->room.w - 2 * side, l->row};
	names(v, &row, group, &without);
	size_t logos = 0;
	for (size_t i = 0; i < v->model->event->credits.count; i++) {
		logos += v->model->event->credits.items[i].group == group && part_logo_fits(v, row, i);
	}
	if (logos + without.len == 0) {
		strbuf_fini(&without);
		return 0;
	}
	struct label head = {.text = caption(v, group), .role = TYPE_LABEL, .colour = hue(t, ACCENT), .lines = 2};
	struct box room = {l->room.x, y, l->room.w, 0}, used = label_measure(&v->pen, room, &head);
	if (draw) {
		label_draw(&v->pen, room, &head);
	}
	y = used.y + used.h + len(t, CREDITS_CAPTION_GAP);
	if (logos > 0) {
		int rows = part_logo_rows(v, row, &choice, &left);
		y = draw ? draw_card(v, l, y, group) : y + rows_shown(l, rows) * l->row;
	}
	if (without.len > 0) {
		/* As many lines as they need, as far as a group has room at all. */
		struct box under = {l->room.x, y + (logos > 0 ? len(t, CREDITS_CAPTION_GAP) : 0), l->room.w, 0};
		int most = l->room.h - (under.y - from);
		under.h = most > len(t, CREDITS_ROW_LEAST) ? most : len(t, CREDITS_ROW_LEAST);
		struct label label = {.text = strbuf_str(&without), .role = TYPE_STRONG, .colour = hue(t, INK)};
		used = draw ? label_draw(&v->pen, under, &label) : label_measure(&v->pen, under, &label);
		y = used.y + used.h;
	}
	strbuf_fini(&without);
	return y - from + len(t, CREDITS_GROUP_GAP);
}

static int all_parts(const struct view *v, const struct credits_layout *l, int from, bool draw) {
	int y = from;
	for (int group = 0; group < CREDIT_GROUPS; group++) {
		y += (l->groups >> group & 1) != 0 ? group_part(v, l, y, (enum credit_group)group, draw) : 0;
	}
	return y > from ? y - from - len(v->pen.theme, CREDITS_GROUP_GAP) : 0;
}

/* Whether no logo is too large for a row of that height. */
static bool all_have_room(const struct view *v, const struct credits_layout *l) {
	int side = len(v->pen.theme, CREDITS_CARD_SIDE);
	bool left;
	part_logo_rows(v, (struct box){0, 0, l->room.w - 2 * side, l->row}, &(struct logo_choice){.group = -1}, &left);
	return !left;
}

/* Makes rows lower until all of it has room, down to `least`. Returns how high it is then. */
static int fit_rows(const struct view *v, struct credits_layout *l, int least) {
	int step = mm(v->pen.theme, ROW_STEP_MM), high;
	while ((high = all_parts(v, l, 0, false)) > l->room.h && l->row - step >= least) {
		struct credits_layout lower = *l;
		lower.row -= step;
		if (all_have_room(v, l) && !all_have_room(v, &lower)) {
			return high; /* somebody would be seen no more */
		}
		*l = lower;
	}
	return high;
}

/* Where not even the groups have room below each other they take turns, as many at a time as have. */
static void choose_groups(const struct view *v, struct credits_layout *l) {
	unsigned turns[CREDIT_GROUPS] = {0};
	int count = 0;
	for (int group = 0; group < CREDIT_GROUPS; group++) {
		l->groups = 1u << group;
		if (all_parts(v, l, 0, false) == 0) {
			continue;
		}
		l->groups |= count > 0 ? turns[count - 1] : 0;
		if (count == 0 || all_parts(v, l, 0, false) > l->room.h) {
			turns[count++] = 1u << group;
		} else {
			turns[count - 1] = l->groups;
		}
	}
	l->groups = count == 0 ? 0 : turns[v->model->ms / v->pen.theme->style->timing.turn_ms % count];
}

static void part_credits(const struct view *v, struct box box) {
	const struct theme *t = v->pen.theme;
	struct credits_layout l = {.room = box, .row = len(t, CREDITS_ROW_HIGH), .groups = ALL_GROUPS};
	int least = part_logos_height(v), floor = len(t, CREDITS_ROW_LEAST);
	least = least > floor ? least : floor;
	l.row = l.row > least ? l.row : least;
	int high = fit_rows(v, &l, least);
	if (high > box.h) { /* then rows take turns, in each group */
		l.per_turn = 1;
		high = fit_rows(v, &l, floor);
	}
	if (high > box.h) {
		choose_groups(v, &l);
		high = all_parts(v, &l, 0, false);
	}
	all_parts(v, &l, box.y + (high < box.h ? (box.h - high) / 4 : 0), true);
}

/* --- what is said ------------------------------------------------------------------------------------------------------------------------------ */

static void add_words(const struct view *v, const char *member, struct strbuf *out) {
	const struct kiosk_event *event = v->model->event;
	const char *language = words_code(v->tongue.words, v->tongue.language);
	for (size_t i = 0; i < event->credits.count; i++) {
		const char *text = credit_words(&event->credits.items[i], member, language);
		if (text != NULL) {
			strbuf_addf(out, "%s%s", out->len > 0 ? "\n\n" : "", text);
		}
	}
}

static void part_credits_said(const struct view *v, struct strbuf *out) {
	add_words(v, "sentence", out);
	add_words(v, "disclaimer", out);
}

#define SAID_SHARE 42 /* per cent of the height at most, upright */

static void part_in_two(const struct view *v, struct box room, const char *said, struct box out[2]) {
	const struct theme *t = v->pen.theme;
	int gap = len(t, GAP_FAR);
	if (t->portrait) {
		struct label label = {.text = said, .role = TYPE_BODY};
		int most = (room.h - gap) * SAID_SHARE / 100, lower = label_measure(&v->pen, (struct box){0, 0, room.w, 0}, &label).h;
		lower = lower < most ? lower : most;
		out[0] = (struct box){room.x, room.y, room.w, room.h - gap - lower};
		out[1] = (struct box){room.x, room.y + room.h - lower, room.w, lower};
		return;
	}
	int left = (room.w - gap) / 2;
	out[0] = (struct box){room.x, room.y, left, room.h};
	out[1] = (struct box){room.x + left + gap, room.y, room.w - left - gap, room.h};
}

struct box part_credits_beside(const struct view *v, struct box room, struct strbuf *out) {
	struct box halves[2] = {room, {0}};
	part_credits_said(v, out);
	if (out->len > 0) {
		part_in_two(v, room, strbuf_str(out), halves);
	}
	part_credits(v, halves[0]);
	return halves[1];
}
