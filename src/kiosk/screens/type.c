/* The badge's eight characters, typed by hand: for a torn code, a broken camera, a telephone. */
#include <string.h>

#include "base/alloc.h"
#include "kiosk/screens/screen.h"

static const char keys[] = "1234567890ABCDEFGHJKMNPQRSTVWXYZ"; /* Crockford's base 32: no I, L, O, U */

static void draw_field(const struct view *v, struct box box) {
	const struct theme *t = v->pen.theme;
	const char *typed = v->model->typed;
	int gap = mm(t, 2), dash = mm(t, 6), cell = (box.w - dash - 7 * gap) / TYPED_MAX;
	cell = cell > mm(t, 20) ? mm(t, 20) : cell;
	int x = box.x + (box.w - (cell * TYPED_MAX + gap * 7 + dash)) / 2;
	size_t n = strlen(typed);
	for (size_t i = 0; i < TYPED_MAX; i++) {
		struct box at = {x, box.y, cell, box.h};
		draw_fill(v->pen.list, at, mm(t, 2.5), CARD);
		draw_outline(v->pen.list, at, mm(t, 2.5), mm(t, i == n ? 0.9 : 0.54), i == n ? TEAL : HAIRLINE);
		char text[2] = {i < n ? typed[i] : '\0'};
		label_draw(&v->pen, at,
			   &(struct label){
				   .text = text, .role = TYPE_GREETING, .colour = INK, .align = ALIGN_CENTRE, .lines = 1, .middle = true});
		x += cell + gap;
		if (i == 3) {
			draw_fill(v->pen.list, (struct box){x, box.y + box.h / 2 - mm(t, 0.5), dash - gap, mm(t, 1)}, 0, MUTED);
			x += dash;
		}
	}
}

static void draw_key(const struct view *v, struct box box, char c) {
	char text[2] = {c};
	button_draw(&v->pen, box, &(struct button){.text = text, .action = ACTION_TYPE_KEY, .argument = c, .quiet = true, .large = true});
}

static void draw_keys(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	int columns = t->portrait ? 6 : 11, gap = mm(t, 2), count = (int)sizeof keys - 1;
	int rows = (count + 1 + columns - 1) / columns; /* with the key that wipes */
	int w = (room.w - gap * (columns - 1)) / columns, h = (room.h - gap * (rows - 1)) / rows;
	h = h > mm(t, 22) ? mm(t, 22) : h;
	for (int i = 0; i <= count; i++) {
		struct box at = {room.x + i % columns * (w + gap), room.y + i / columns * (h + gap), w, h};
		if (i < count) {
			draw_key(v, at, keys[i]);
		} else {
			at.w = room.x + room.w - at.x;
			button_draw(&v->pen, at, &(struct button){.text = "←", .action = ACTION_TYPE_WIPE, .large = true});
		}
	}
}

void screen_type(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box room = part_head(v, T(v, "Type the badge's code"));
	struct label label = {
		.text = T(v, "It stands under the square code, like 7F3K-2MQ9"), .role = TYPE_BODY, .colour = MUTED, .lines = 2};
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y, room.w, 0}, &label);
	struct box field = {room.x, used.y + used.h + mm(t, 4), room.w, mm(t, 21)};
	draw_field(v, field);
	int done = mm(t, 21), y = field.y + field.h + mm(t, 6), low = room.y + room.h - done;
	draw_keys(v, (struct box){room.x, y, room.w, low - mm(t, 4) - y});
	bool whole = strlen(v->model->typed) == TYPED_MAX;
	int width = t->portrait ? room.w : room.w / 2;
	button_draw(&v->pen, (struct box){room.x + (room.w - width) / 2, low, width, done},
		    &(struct button){.text = T(v, "Sign in"), .action = ACTION_TYPE_DONE, .filled = true, .colour = whole ? TEAL : MUTED});
}
