#include "kiosk/ui/keyboard.h"

#include <stddef.h>

#include "base/utf8.h"

int keyboard_characters(const char *characters, int action, struct key *out) {
	int count = 0;
	while (*characters != '\0') {
		out[count++] = (struct key){.action = action, .argument = utf8_next(&characters)};
	}
	return count;
}

static const char *text_of(const struct key *key, char character[5]) {
	if (key->text != NULL || key->kind == KEY_ERASE) {
		return key->text != NULL ? key->text : "←";
	}
	character[utf8_put((uint32_t)key->argument, character)] = '\0';
	return character;
}

static void draw_key(const struct pen *pen, struct box box, const struct key *key) {
	char character[5];
	struct button button = {.text = text_of(key, character), .action = key->action, .argument = key->argument, .large = true};
	button.quiet = key->kind == KEY_CHARACTER;
	button.filled = key->kind == KEY_DONE;
	button.colour = key->kind == KEY_DONE ? hue(pen->theme, TEAL) : 0;
	button_draw(pen, box, &button);
}

void keyboard_draw(const struct pen *pen, struct box room, const struct keyboard *k) {
	int gap = len(pen->theme, k->gap), most = len(pen->theme, k->high), rows = (k->count + k->columns - 1) / k->columns;
	int high = (room.h - gap * (rows - 1)) / rows;
	struct cells cells = {.columns = k->columns, .high = high > most ? most : high, .gap = gap};
	for (int i = 0; i < k->count; i++) {
		struct box at = box_cell(room, &cells, i);
		/* What is left of its row. */
		if (k->last_fills && i + 1 == k->count) {
			at.w = room.x + room.w - at.x;
		}
		draw_key(pen, at, &k->keys[i]);
	}
}
