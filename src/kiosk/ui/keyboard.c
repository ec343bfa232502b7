#include "kiosk/ui/keyboard.h"

static void draw_key(const struct pen *pen, struct box box, const struct key *key) {
	struct button button = {.text = key->text, .action = key->action, .argument = key->argument, .large = true};
	button.quiet = key->kind == KEY_CHARACTER;
	button.filled = key->kind == KEY_DONE;
	button.colour = key->kind == KEY_DONE ? hue(pen->theme, TEAL) : 0;
	button_draw(pen, box, &button);
}

void keyboard_draw(const struct pen *pen, struct box room, const struct keyboard *k) {
	int gap = len(pen->theme, k->gap), most = len(pen->theme, k->high), rows = (k->count + k->columns - 1) / k->columns;
	int w = (room.w - gap * (k->columns - 1)) / k->columns, h = (room.h - gap * (rows - 1)) / rows;
	h = h > most ? most : h;
	for (int i = 0; i < k->count; i++) {
		struct box at = {room.x + i % k->columns * (w + gap), room.y + i / k->columns * (h + gap), w, h};
		if (k->last_fills && i + 1 == k->count) {
			at.w = room.x + room.w - at.x;
		}
		draw_key(pen, at, &k->keys[i]);
	}
}
