#include "kiosk/screens/spoken.h"

/* Loud above quiet; returns how high both are. */
static int put_words(const struct view *v, struct box room, const struct spoken *spoken, bool drawn) {
	const struct theme *t = v->pen.theme;
	enum align align = t->portrait ? ALIGN_CENTRE : ALIGN_LEFT;
	struct label loud = {.text = spoken->loud, .role = spoken->role, .colour = hue(t, INK), .align = align, .lines = 3};
	struct label quiet = {.text = spoken->quiet, .role = TYPE_UNDER, .colour = hue(t, INK), .align = align, .lines = 4};
	struct box used = (drawn ? label_draw : label_measure)(&v->pen, (struct box){room.x, room.y, room.w, 0}, &loud);
	used = (drawn ? label_draw : label_measure)(&v->pen, box_below(room, used, len(t, GAP_PARTS)), &quiet);
	return used.y + used.h - room.y;
}

static void draw_sign(const struct view *v, struct box box, const struct spoken *spoken) {
	const struct theme *t = v->pen.theme;
	uint32_t colour = hue(t, spoken->colour);
	draw_fill(v->pen.list, box, box.w / 2, colour);
	draw_icon(v->pen.list, box_inset(box, box.w / 4), icon_name(spoken->icon), theme_ink_on(t, colour));
}

void part_spoken(const struct view *v, struct box room, const struct spoken *spoken) {
	const struct theme *t = v->pen.theme;
	int sign = len(t, SPOKEN_SIGN), gap = len(t, SPOKEN_GAP);
	struct box words = room;
	if (t->portrait) {
		int high = put_words(v, words, spoken, false), most = room.h - high - gap;
		sign = sign < most ? sign : most;
		int y = room.y + (room.h - high - gap - sign) / 2;
		draw_sign(v, (struct box){room.x + (room.w - sign) / 2, y, sign, sign}, spoken);
		words.y = y + sign + gap;
	} else {
		sign = sign < room.h ? sign : room.h;
		words.x += sign + gap;
		words.w -= sign + gap;
		words.y += (room.h - put_words(v, words, spoken, false)) / 2;
		draw_sign(v, (struct box){room.x, room.y + (room.h - sign) / 2, sign, sign}, spoken);
	}
	put_words(v, words, spoken, true);
}
