/* A whole day's programme: every session of it, or one track's; a page at a time. */
#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/screen.h"

#define TRACKS_SHOWN 15 /* further ones stand under "all" only */
#define ROW_MM 15.0

static bool shown(const struct view *v, const struct session *s, const int *tracks) {
	const struct model *m = v->model;
	return kiosk_session_day(s) == m->day &&
	       (m->track < 0 || str_eq(session_text(s, SESSION_TRACK), session_text(view_session(v, tracks[m->track]), SESSION_TRACK)));
}

/* "All" and the tracks, in rows; returns the height they take. */
static int draw_tracks(const struct view *v, struct box box, const int *tracks, size_t count) {
	const struct theme *t = v->pen.theme;
	int columns = t->portrait ? 3 : 6, gap = mm(t, 2.5), high = mm(t, 15.5), n = (int)count + 1;
	columns = n < columns ? n : columns;
	int width = (box.w - gap * (columns - 1)) / columns, rows = (n + columns - 1) / columns;
	for (int i = 0; i < n; i++) {
		struct box at = {box.x + i % columns * (width + gap), box.y + i / columns * (high + gap), width, high};
		struct button button = {.text = T(v, "All tracks"),
					.action = ACTION_TRACK,
					.argument = i - 1,
					.filled = v->model->track == i - 1,
					.round = true};
		if (i > 0) {
			button.text = session_text(view_session(v, tracks[i - 1]), SESSION_TRACK);
			button.colour = button.filled ? view_colour(v, tracks[i - 1]) : 0;
		}
		button_draw(&v->pen, at, &button);
	}
	return rows * (high + gap) + mm(t, 1);
}

static void draw_pages(const struct view *v, struct box box, int page, int pages) {
	const struct theme *t = v->pen.theme;
	int width = box.w / 3;
	char text[32];
	snprintf(text, sizeof text, "%d / %d", page + 1, pages);
	if (page > 0) {
		button_draw(&v->pen, (struct box){box.x, box.y, width, box.h},
			    &(struct button){.text = T(v, "Earlier"), .action = ACTION_PAGE, .argument = -1});
	}
	if (page + 1 < pages) {
		button_draw(&v->pen, (struct box){box.x + box.w - width, box.y, width, box.h},
			    &(struct button){.text = T(v, "Later"), .action = ACTION_PAGE, .argument = 1});
	}
	label_draw(&v->pen, (struct box){box.x + width + mm(t, 2), box.y, width - mm(t, 4), box.h},
		   &(struct label){.text = text, .role = TYPE_SECOND, .colour = MUTED, .align = ALIGN_CENTRE, .lines = 1, .middle = true});
}

static void draw_rows(const struct view *v, struct box room, const int *tracks) {
	const struct theme *t = v->pen.theme;
	const struct kiosk_event *event = v->model->event;
	int row = mm(t, ROW_MM), count = 0, buttons = mm(t, 17);
	for (size_t i = 0; i < event->sessions.count; i++) {
		count += shown(v, &event->sessions.items[i].session, tracks);
	}
	int fit = room.h / row;
	if (count > fit) {
		fit = (room.h - buttons - mm(t, 2)) / row;
	}
	fit = fit < 1 ? 1 : fit;
	int pages = (count + fit - 1) / fit, page = v->model->page < pages ? v->model->page : pages - 1, seen = 0, y = room.y;
	for (size_t i = 0; i < event->sessions.count; i++) {
		if (!shown(v, &event->sessions.items[i].session, tracks)) {
			continue;
		}
		if (seen / fit == page) {
			part_session_row(v, (struct box){room.x, y, room.w, row}, (int)i);
			y += row;
		}
		seen++;
	}
	if (count == 0) {
		label_draw(&v->pen, room,
			   &(struct label){.text = T(v, "Nothing is planned for this day"),
					   .role = TYPE_UNDER,
					   .colour = MUTED,
					   .align = ALIGN_CENTRE,
					   .middle = true});
	}
	if (pages > 1) {
		draw_pages(v, (struct box){room.x, room.y + room.h - buttons, room.w, buttons}, page, pages);
	}
}

void screen_day(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct strbuf title = {0};
	date_long(&title, &v->tongue, v->model->day);
	struct box room = part_head(v, strbuf_str(&title));
	strbuf_fini(&title);
	if (v->model->event->day_count > 1) {
		part_days(v, (struct box){room.x, room.y, room.w, 0}, true);
		room.y += mm(t, 19);
		room.h -= mm(t, 19);
	}
	int tracks[TRACKS_SHOWN];
	size_t count = model_tracks(v->model, v->model->day, tracks, COUNT_OF(tracks));
	if (count > 1) {
		int used = draw_tracks(v, room, tracks, count);
		room.y += used;
		room.h -= used;
	}
	draw_rows(v, room, tracks);
}
