/* The staff's PIN. Visitors who get here by chance find the way back as on every screen. */
#include <string.h>

#include "base/alloc.h"
#include "kiosk/screens/screen.h"

#define KEY_MM 23.0 /* above 15 mm on the smallest panel's scale too */
#define COLUMNS 3
#define ROWS 4

static void draw_field(const struct view *v, struct box box) {
	const struct theme *t = v->pen.theme;
	size_t n = strlen(v->model->staff.pin);
	int dot = mm(t, 6), gap = mm(t, 5.4), x = box.x + (box.w - (STAFF_PIN_MAX * (dot + gap) - gap)) / 2;
	draw_fill(v->pen.list, box, mm(t, 4.3), CARD);
	draw_outline(v->pen.list, box, mm(t, 4.3), mm(t, 0.54), HAIRLINE);
	for (size_t i = 0; i < STAFF_PIN_MAX; i++) {
		struct box at = {x, box.y + (box.h - dot) / 2, dot, dot};
		if (i < n) {
			draw_fill(v->pen.list, at, dot / 2, INK);
		} else {
			draw_outline(v->pen.list, at, dot / 2, mm(t, 0.54), HAIRLINE);
		}
		x += dot + gap;
	}
}

/* What is said above the field. */
static void say(const struct view *v, struct strbuf *out) {
	int seconds = staff_barred(v->model);
	if (seconds > 0) {
		char number[16];
		snprintf(number, sizeof number, "%d", seconds);
		words_fill(out, TN(v, "Wrong too often. Try again in {n} second", "Wrong too often. Try again in {n} seconds", seconds),
			   &(struct word_value){"n", number}, 1);
	} else {
		strbuf_adds(out, v->model->staff.wrong ? T(v, "That is not the PIN") : T(v, "Type the staff's PIN"));
	}
}

static void draw_keys(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	static const char keys[] = "123456789<0>";
	int gap = mm(t, 2.5), h = (room.h - gap * (ROWS - 1)) / ROWS, w = (room.w - gap * (COLUMNS - 1)) / COLUMNS;
	h = h > mm(t, 30) ? mm(t, 30) : h;
	for (int i = 0; i < ROWS * COLUMNS; i++) {
		struct box at = {room.x + i % COLUMNS * (w + gap), room.y + i / COLUMNS * (h + gap), w, h};
		char text[2] = {keys[i]};
		struct button key = {.text = text, .action = ACTION_PIN_KEY, .argument = keys[i], .quiet = true, .large = true};
		if (keys[i] == '<') {
			key = (struct button){.text = "←", .action = ACTION_PIN_WIPE, .large = true};
		} else if (keys[i] == '>') {
			key = (struct button){.text = TC(v, "the key that ends a number", "OK"),
					      .action = ACTION_PIN_DONE,
					      .filled = true,
					      .colour = TEAL,
					      .large = true};
		}
		button_draw(&v->pen, at, &key);
	}
}

static void draw_missing(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	struct label label = {.text = T(v, "This event has no PIN for staff yet"), .role = TYPE_GREETING, .colour = INK, .lines = 3};
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y + mm(t, 8), room.w, 0}, &label);
	label = (struct label){.text = T(v, "On the organiser's computer:"), .role = TYPE_UNDER, .colour = MUTED, .lines = 3};
	used = label_draw(&v->pen, (struct box){room.x, used.y + used.h + mm(t, 8), room.w, 0}, &label);
	label = (struct label){.text = "turnout set EVENT staff_pin 1234", .role = TYPE_STRONG, .colour = INK, .lines = 2};
	used = label_draw(&v->pen, (struct box){room.x, used.y + used.h + mm(t, 3), room.w, 0}, &label);
	label = (struct label){
		.text = T(v, "with a number of your own. It comes here with the next exchange, or with a fresh copy of the event file."),
		.role = TYPE_UNDER,
		.colour = MUTED,
		.lines = 5};
	label_draw(&v->pen, (struct box){room.x, used.y + used.h + mm(t, 3), room.w, 0}, &label);
}

void screen_pin(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box room = part_head(v, T(v, "For staff"));
	if (staff_pin(v->model) == NULL) {
		draw_missing(v, room);
		return;
	}
	struct strbuf words = {0};
	say(v, &words);
	int most = mm(t, 30) * COLUMNS + mm(t, 5), gap = mm(t, 10);
	struct label label = {.text = strbuf_str(&words),
			      .role = TYPE_UNDER,
			      .colour = v->model->staff.wrong || staff_barred(v->model) > 0 ? RED : INK,
			      .align = ALIGN_CENTRE,
			      .lines = 3,
			      .middle = true};
	struct box left = {room.x, room.y, room.w - most - gap, room.h}, keys = {room.x + room.w - most, room.y, most, room.h};
	if (t->portrait) {
		left = (struct box){room.x, room.y, room.w, mm(t, 62)};
		int width = room.w < most * 3 / 2 ? room.w : most * 3 / 2;
		keys = (struct box){room.x + (room.w - width) / 2, left.y + left.h + gap, width, room.h - left.h - gap};
	}
	int field = mm(t, 22), above = t->portrait ? left.h - field : (left.h - field) / 2;
	label_draw(&v->pen, (struct box){left.x, left.y + above - mm(t, 30), left.w, mm(t, 27)}, &label);
	int width = left.w < mm(t, 100) ? left.w : mm(t, 100);
	draw_field(v, (struct box){left.x + (left.w - width) / 2, left.y + above, width, field});
	if (staff_barred(v->model) == 0) {
		draw_keys(v, keys);
	}
	strbuf_fini(&words);
}
