/* The clock was never set (a box without a battery, no network): staff say the day and the time once. Until then nobody is refused. */
#include "base/alloc.h"
#include "kiosk/screens/screen.h"

static void draw_wheel(const struct view *v, struct box box, const char *text, enum action action) {
	const struct theme *t = v->pen.theme;
	int key = mm(t, 21);
	button_draw(&v->pen, (struct box){box.x, box.y, box.w, key},
		    &(struct button){.text = "+", .action = action, .argument = 1, .large = true});
	label_draw(&v->pen, (struct box){box.x, box.y + key, box.w, box.h - 2 * key},
		   &(struct label){.text = text, .role = TYPE_TITLE, .colour = INK, .align = ALIGN_CENTRE, .lines = 1, .middle = true});
	button_draw(&v->pen, (struct box){box.x, box.y + box.h - key, box.w, key},
		    &(struct button){.text = "−", .action = action, .argument = -1, .large = true});
}

static void draw_wheels(const struct view *v, struct box room) {
	const struct civil *c = &v->model->clock;
	static const enum action actions[] = {ACTION_CLOCK_DAY, ACTION_CLOCK_MONTH, ACTION_CLOCK_YEAR, ACTION_CLOCK_HOUR,
					      ACTION_CLOCK_MINUTE};
	const int values[] = {c->day, c->month, c->year, c->hour, c->minute};
	int gap = mm(v->pen.theme, 4), n = (int)COUNT_OF(actions), w = (room.w - gap * n) / n;
	for (int i = 0; i < n; i++) {
		char text[16];
		snprintf(text, sizeof text, i < 2 ? "%d" : "%02d", values[i]);
		/* Date and time stand apart. */
		draw_wheel(v, (struct box){room.x + i * (w + gap) + (i > 2 ? gap : 0), room.y, w, room.h}, text, actions[i]);
	}
}

void screen_clock(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box room = part_head(v, T(v, "What day and time is it?"));
	struct label label = {
		.text = T(v, "This box's clock is not set. Badges are read all the same; say the time and the lists will be right."),
		.role = TYPE_BODY,
		.colour = MUTED,
		.lines = 3};
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y, room.w, 0}, &label);
	struct strbuf day = {0};
	date_long(&day, &v->tongue, tz_days(v->model->clock.year, v->model->clock.month, v->model->clock.day));
	label = (struct label){.text = strbuf_str(&day), .role = TYPE_TITLE, .colour = TEAL, .align = ALIGN_CENTRE, .lines = 1};
	used = label_draw(&v->pen, (struct box){room.x, used.y + used.h + mm(t, 6), room.w, 0}, &label);
	strbuf_fini(&day);
	int y = used.y + used.h + mm(t, 5), done = mm(t, 21), low = room.y + room.h - done, h = low - mm(t, 6) - y;
	h = h > mm(t, 80) ? mm(t, 80) : h;
	draw_wheels(v, (struct box){room.x, y, room.w, h});
	int width = t->portrait ? room.w : room.w / 2;
	button_draw(&v->pen, (struct box){room.x + (room.w - width) / 2, low, width, done},
		    &(struct button){.text = T(v, "This is the time"), .action = ACTION_CLOCK_DONE, .filled = true, .colour = TEAL});
}
