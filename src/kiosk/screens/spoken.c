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

void part_spoken(const struct view *v, struct box room, const struct spoken *spoken) {
	const struct theme *t = v->pen.theme;
	int sign = len(t, SPOKEN_SIGN), gap = len(t, SPOKEN_GAP);
	struct box words = room;
	if (t->portrait) {
		int high = put_words(v, words, spoken, false), most = room.h - high - gap;
		sign = sign < most ? sign : most;
		int y = room.y + (room.h - high - gap - sign) / 2;
		spoken->sign(v, (struct box){room.x + (room.w - sign) / 2, y, sign, sign});
		words.y = y + sign + gap;
	} else {
		sign = sign < room.h ? sign : room.h;
		words.x += sign + gap;
		words.w -= sign + gap;
		words.y += (room.h - put_words(v, words, spoken, false)) / 2;
		spoken->sign(v, (struct box){room.x, room.y + (room.h - sign) / 2, sign, sign});
	}
	put_words(v, words, spoken, true);
}

static struct box part_of(struct box box, int x, int y, int size) { /* per cent of its side */
	return (struct box){box.x + box.w * x / 100, box.y + box.h * y / 100, box.w * size / 100, box.h * size / 100};
}

void sign_person(const struct view *v, struct box box) {
	const struct theme *t = v->pen.theme;
	uint32_t fore = hue(t, WHITE);
	struct box head = part_of(box, 39, 20, 22), body = part_of(box, 26, 48, 48);
	draw_fill(v->pen.list, box, box.w / 2, hue(t, TEAL));
	draw_fill(v->pen.list, head, head.w / 2, fore);
	draw_fill(v->pen.list, (struct box){body.x, body.y, body.w, body.h * 3 / 5}, body.h * 3 / 10, fore);
}

void sign_power(const struct view *v, struct box box) {
	const struct theme *t = v->pen.theme;
	int line = box.w / 12;
	draw_fill(v->pen.list, box, box.w / 2, hue(t, RED));
	draw_arc(v->pen.list, &(struct arc){.box = part_of(box, 27, 29, 46), .width = line, .from = 40, .to = 320}, hue(t, WHITE));
	struct pixel bar[] = {{box.x + box.w / 2, box.y + box.h * 22 / 100}, {box.x + box.w / 2, box.y + box.h * 48 / 100}};
	draw_stroke(v->pen.list, bar, 2, line, hue(t, WHITE));
}
