#include "kiosk/screens/buttons.h"

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

void part_without_badge(const struct view *v, struct box first, int gap, const struct button *look) {
	struct button button = *look;
	if (!model_serves(v->model)) { /* no name and no code signs anybody in here */
		button.text = T(v, "Call for help");
		button.action = ACTION_HELP;
		button_draw(&v->pen, (struct box){first.x, first.y, 2 * first.w + gap, first.h}, &button);
		return;
	}
	bool find = model_finds(v->model); /* the code is typed from there */
	button.text = find ? T(v, "Find my name") : T(v, "Type the badge's code");
	button.action = find ? ACTION_FIND : ACTION_TYPE;
	button_draw(&v->pen, first, &button);
	first.x += first.w + gap;
	button.text = T(v, "Call for help");
	button.action = ACTION_HELP;
	button_draw(&v->pen, first, &button);
}
