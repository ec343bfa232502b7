/* A whole day's programme: every session of it, or one track's; a page at a time. */
#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/screen.h"

#define TRACKS_SHOWN 5
#define ROW_MM 15.0

static bool shown(const struct view *v, const struct session *s, const int *tracks) {
	const struct model *m = v->model;
	return kiosk_session_day(s) == m->day &&
	       (m->track < 0 || str_eq(session_text(s, SESSION_TRACK), session_text(view_session(v, tracks[m->track]), SESSION_TRACK)));
}

static void draw_tracks(const struct view *v, struct box box, const int *tracks, size_t count) {
	const struct theme *t = v->pen.theme;
	int gap = mm(t, 2.5), width = (box.w - gap * (int)count) / ((int)count + 1);
	struct box at = {box.x, box.y, width, box.h};
	button_draw(
		&v->pen, at,
		&(struct button){
			.text = T(v, "All tracks"), .action = ACTION_TRACK, .argument = -1, .filled = v->model->track < 0, .round = true});
	for (size_t i = 0; i < count; i++) {
		at.x += width + gap;
		const struct session *s = view_session(v, tracks[i]);
		const char *name = session_text(s, SESSION_TRACK);
		bool on = v->model->track == (int)i;
		button_draw(&v->pen, at,
			    &(struct button){.text = name,
					     .action = ACTION_TRACK,
					     .argument = (int64_t)i,
					     .filled = on,
					     .colour = on ? view_colour(v, tracks[i]) : 0,
					     .round = true});
	}
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
	if (count > 1 && count <= (t->portrait ? 3 : TRACKS_SHOWN)) {
		draw_tracks(v, (struct box){room.x, room.y, room.w, mm(t, 15.5)}, tracks, count);
		room.y += mm(t, 19);
		room.h -= mm(t, 19);
	}
	draw_rows(v, room, tracks);
}
