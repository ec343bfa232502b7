#include "kiosk/ui/keyboard.h"

#include <stddef.h>

#include "base/str.h"
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
		return str_or_empty(key->text);
	}
	character[utf8_put((uint32_t)key->argument, character)] = '\0';
	return character;
}

static void draw_key(const struct pen *pen, struct box box, const struct key *key) {
	char character[5];
	struct button button = {.text = text_of(key, character), .action = key->action, .argument = key->argument, .large = true};
	button.icon = key->kind == KEY_ERASE && key->text == NULL ? ICON_ERASE : ICON_NONE;
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

static int places_of(const struct key *key) { return key->places > 0 ? key->places : 1; }

static int row_places(const struct key_row *row) {
	int places = 0;
	for (int i = 0; i < row->count; i++) {
		places += places_of(&row->keys[i]);
	}
	return places;
}

void keyboard_draw_rows(const struct pen *pen, struct box room, const struct key_rows *rows) {
	int gap = len(pen->theme, rows->gap), most = len(pen->theme, rows->high), widest = 1;
	for (int i = 0; i < rows->count; i++) {
		int places = row_places(&rows->rows[i]);
		widest = places > widest ? places : widest;
	}
	int wide = (room.w - gap * (widest - 1)) / widest, high = (room.h - gap * (rows->count - 1)) / rows->count;
	wide = wide > len(pen->theme, rows->wide) ? len(pen->theme, rows->wide) : wide;
	high = high > most ? most : high;
	int y = room.y + room.h - rows->count * high - (rows->count - 1) * gap;
	for (int i = 0; i < rows->count; i++, y += high + gap) {
		int places = row_places(&rows->rows[i]), x = room.x + (room.w - places * wide - (places - 1) * gap) / 2;
		for (int k = 0; k < rows->rows[i].count; k++) {
			int n = places_of(&rows->rows[i].keys[k]);
			struct box box = {x, y, n * wide + (n - 1) * gap, high};
			draw_key(pen, box, &rows->rows[i].keys[k]);
			x += box.w + gap;
		}
	}
}
