#include "kiosk/ui/field.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/utf8.h"

size_t field_length(const struct field *field) { return utf8_length(field->text); }

void field_wipe(struct field *field) { crypto_wipe(field->text, sizeof field->text); }

void field_put(struct field *field, const struct field_rule *rule, uint32_t character) {
	uint32_t taken = rule->accept == NULL ? character : rule->accept(character);
	char bytes[4];
	/* `accept` says 0 for what it does not take; control characters are no text. */
	if (taken < 0x20 || taken == 0x7f || field_length(field) >= rule->most) {
		return;
	}
	size_t n = utf8_put(taken, bytes), used = strlen(field->text);
	if (used + n < sizeof field->text) {
		memcpy(field->text + used, bytes, n);
		field->text[used + n] = '\0';
	}
}

void field_erase(struct field *field) {
	size_t n = strlen(field->text);
	for (bool later = true; n > 0 && later;) { /* the later bytes of a character, and its first */
		n--;
		later = utf8_is_later(field->text[n]);
	}
	crypto_wipe(field->text + n, sizeof field->text - n);
}

bool field_key(struct field *field, const struct field_rule *rule, uint32_t character) {
	if (character == '\b') {
		field_erase(field);
	} else if (character != '\n') {
		field_put(field, rule, character);
	}
	return character == '\n';
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static void draw_card(const struct pen *pen, struct box box) {
	const struct theme *t = pen->theme;
	draw_fill(pen->list, box, len(t, ROUND_FIELD), hue(t, CARD));
	draw_outline(pen->list, box, len(t, ROUND_FIELD), len(t, LINE_HAIR), hue(t, HAIRLINE));
}

void field_draw_dots(const struct pen *pen, struct box box, const struct field *field, int most) {
	const struct theme *t = pen->theme;
	int typed = (int)field_length(field);
	int dot = len(t, FIELD_DOT), gap = len(t, FIELD_DOT_GAP), room = box.w - 2 * gap;
	if (most * (dot + gap) - gap > room) { /* a long PIN on a small panel: smaller and closer together */
		dot = room * 2 / (3 * most);
		gap = dot / 2;
	}
	int x = box.x + (box.w - (most * (dot + gap) - gap)) / 2;
	draw_card(pen, box);
	for (int i = 0; i < most; i++) {
		struct box at = {x, box.y + (box.h - dot) / 2, dot, dot};
		if (i < typed) {
			draw_fill(pen->list, at, dot / 2, hue(t, INK));
		} else {
			draw_outline(pen->list, at, dot / 2, len(t, LINE_HAIR), hue(t, HAIRLINE));
		}
		x += dot + gap;
	}
}

static void draw_cell(const struct pen *pen, struct box at, const char *character, bool next) {
	const struct theme *t = pen->theme;
	draw_fill(pen->list, at, len(t, ROUND_CELL), hue(t, CARD));
	draw_outline(pen->list, at, len(t, ROUND_CELL), len(t, next ? LINE_BOLD : LINE_HAIR), hue(t, next ? TEAL : HAIRLINE));
	label_draw(pen, at,
		   &(struct label){.text = character,
				   .role = TYPE_GREETING,
				   .colour = hue(t, INK),
				   .align = ALIGN_CENTRE,
				   .lines = 1,
				   .middle = true});
}

void field_draw_cells(const struct pen *pen, struct box box, const struct field *field, int most) {
	const struct theme *t = pen->theme;
	const char *at = field->text;
	int typed = (int)field_length(field);
	int gap = len(t, FIELD_CELL_GAP), dash = len(t, FIELD_DASH_WIDE), cell = (box.w - dash - (most - 1) * gap) / most;
	cell = cell > len(t, FIELD_CELL_WIDE) ? len(t, FIELD_CELL_WIDE) : cell;
	int x = box.x + (box.w - (cell * most + gap * (most - 1) + dash)) / 2;
	for (int i = 0; i < most; i++) {
		char character[5] = "";
		if (*at != '\0') {
			character[utf8_put(utf8_next(&at), character)] = '\0';
		}
		draw_cell(pen, (struct box){x, box.y, cell, box.h}, character, i == typed);
		x += cell + gap;
		if (i == most / 2 - 1) {
			int middle = box.y + box.h / 2 - mm(t, length_of(t, FIELD_DASH_HIGH) / 2);
			draw_fill(pen->list, (struct box){x, middle, dash - gap, len(t, FIELD_DASH_HIGH)}, 0, hue(t, MUTED));
			x += dash;
		}
	}
}

void field_draw_line(const struct pen *pen, struct box box, const struct field *field, const char *hint) {
	const struct theme *t = pen->theme;
	bool empty = field->text[0] == '\0';
	struct box room = {box.x + len(t, FIELD_LEFT), box.y, box.w - len_sum(t, FIELD_LEFT, FIELD_RIGHT), box.h};
	const char *text = empty ? hint : field->text;
	draw_card(pen, box);
	/* A long text shows its end, where the caret is. */
	while (!empty && *text != '\0' && label_width(pen, TYPE_TITLE, text) > room.w) {
		text += utf8_cluster(text, strlen(text));
	}
	int beside = empty ? len_twice(t, FIELD_CARET_GAP) + len(t, LINE_CARET) : 0; /* what is shown for nothing stands behind the caret */
	struct box words = {room.x + beside, room.y, room.w - beside, room.h};
	label_draw(pen, words,
		   &(struct label){.text = text, .role = TYPE_TITLE, .colour = hue(t, empty ? MUTED : INK), .lines = 1, .middle = true});
	int x = room.x + (empty ? 0 : label_width(pen, TYPE_TITLE, text) + len(t, FIELD_CARET_GAP)), high = box.h / 2;
	draw_fill(pen->list, (struct box){x, box.y + (box.h - high) / 2, len(t, LINE_CARET), high}, 0, hue(t, TEAL));
}
