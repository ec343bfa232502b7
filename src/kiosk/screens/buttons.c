#include "kiosk/screens/buttons.h"

void part_pages(const struct view *v, struct box room, const struct pages *pages, int action, const char *before, const char *after) {
	int high = len(v->pen.theme, PAGE_BUTTON_HIGH);
	pages_draw(
		&v->pen, (struct box){room.x, room.y + room.h - high, room.w, high}, pages,
		&(struct pages_buttons){
			.before = before, .after = after, .action = action, .width = len(v->pen.theme, OWN_PAGE_WIDE), .numbered = true});
}

void part_pair(const struct view *v, struct box room, struct box out[2]) {
	int gap = len(v->pen.theme, GAP_CLOSE), half = (room.w - gap) / 2;
	out[0] = (struct box){room.x, room.y, half, room.h};
	out[1] = (struct box){room.x + half + gap, room.y, room.w - half - gap, room.h};
}

struct box part_foot(const struct view *v, struct box room, int high) {
	int most = len(v->pen.theme, BUTTON_WIDE), width = room.w / 2 < most ? room.w / 2 : most;
	return (struct box){room.x + (room.w - width) / 2, room.y + room.h - high, width, high};
}

struct box part_foot_done(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	int width = t->portrait ? room.w : room.w / 2, high = len(t, DONE_HIGH);
	return (struct box){room.x + (room.w - width) / 2, room.y + room.h - high, width, high};
}

void part_offer(const struct view *v, struct box box, const struct offer *offer) {
	const struct theme *t = v->pen.theme;
	int side = len(t, FIND_ROW_SIDE);
	struct box inside = {box.x + side, box.y, box.w - 2 * side, box.h};
	bool alone = offer->under[0] == '\0';
	draw_fill(v->pen.list, box, len(t, ROUND_BUTTON), hue(t, CARD));
	draw_outline(v->pen.list, box, len(t, ROUND_BUTTON), len(t, LINE_HAIR), hue(t, INK));
	struct label label = {.text = offer->name, .role = offer->role, .colour = hue(t, INK), .lines = 1, .middle = true};
	label_draw(&v->pen, alone ? inside : (struct box){inside.x, inside.y + box.h / 10, inside.w, box.h * 45 / 100}, &label);
	if (!alone) {
		label = (struct label){.text = offer->under, .role = TYPE_SECOND, .colour = hue(t, MUTED), .lines = 1, .middle = true};
		label_draw(&v->pen, (struct box){inside.x, inside.y + box.h * 54 / 100, inside.w, box.h * 36 / 100}, &label);
	}
	draw_touch(v->pen.list, box, offer->action, offer->argument);
}

/* What there is to touch, at most three; returns how many. */
static int without_badge(const struct view *v, const struct without_badge *opt, struct button out[3]) {
	bool find = model_finds(v->model); /* the code is typed from there */
	int count = 0;
	if (model_serves(v->model)) { /* else no name and no code signs anybody in here */
		out[count] = *opt->look;
		out[count].icon = find ? ICON_FIND : ICON_KEYS;
		out[count].text = find ? T(v, "Find my name") : T(v, "Type the badge's code");
		out[count++].action = find ? ACTION_FIND : ACTION_TYPE;
	}
	if (opt->form && model_walks_in(v->model)) {
		out[count] = *opt->look;
		out[count].icon = ICON_WALKIN;
		out[count].text = T(v, "I have no badge");
		out[count++].action = ACTION_WALKIN;
	}
	out[count] = *opt->look;
	out[count].icon = ICON_HELP;
	out[count].text = T(v, "Call for help");
	out[count++].action = ACTION_HELP;
	return count;
}

void part_without_badge(const struct view *v, struct box room, const struct without_badge *opt) {
	struct button buttons[3];
	int count = without_badge(v, opt, buttons), columns = opt->two_rows && count > 2 ? 2 : count;
	struct cells cells = {.columns = columns, .high = room.h, .gap = opt->gap};
	if (columns < count) {
		cells.high = (room.h - opt->gap) / 2;
	}
	for (int i = 0; i < count; i++) {
		struct box box = box_cell(room, &cells, i);
		if (i + 1 == count) { /* what is left of its row */
			box.w = room.x + room.w - box.x;
		}
		button_draw(&v->pen, box, &buttons[i]);
	}
}

int part_without_badge_rows(const struct view *v) { return model_walks_in(v->model) ? 2 : 1; }
