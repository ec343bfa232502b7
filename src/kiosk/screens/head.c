#include "kiosk/screens/head.h"

#include "base/alloc.h"

#define HEAD_MM 17.0
#define LANGUAGE_MM 20.0

struct box part_head(const struct view *v, const char *title) {
	const struct theme *t = v->pen.theme;
	int edge = view_margin(v), height = mm(t, HEAD_MM), gap = mm(t, 4);
	const char *back = T(v, "Back");
	int back_width = label_width(&v->pen, TYPE_BUTTON, back) + mm(t, 14);
	back_width = back_width < mm(t, 34) ? mm(t, 34) : back_width;
	struct box button = {edge, mm(t, 6.5), back_width, height};
	button_draw(&v->pen, button, &(struct button){.text = back, .action = ACTION_BACK});
	int left = part_languages(v, (struct pixel){t->width - edge, button.y});
	struct box room = {button.x + button.w + gap * 2, button.y, 0, height};
	room.w = left - gap - room.x;
	label_draw(&v->pen, room, &(struct label){.text = title, .role = TYPE_TITLE, .colour = hue(t, INK), .lines = 2, .middle = true});
	int line = button.y + height + mm(t, 5);
	draw_fill(v->pen.list, (struct box){edge, line, t->width - 2 * edge, mm(t, 0.54)}, 0, hue(t, HAIRLINE));
	return (struct box){edge, line + mm(t, 5), t->width - 2 * edge, t->height - line - mm(t, 10)};
}

void part_two(const struct view *v, struct box room, int share, struct box out[2]) {
	const struct theme *t = v->pen.theme;
	if (t->portrait) {
		int first = room.h * share / 100;
		out[0] = (struct box){room.x, room.y, room.w, first};
		out[1] = (struct box){room.x, room.y + first + mm(t, 6), room.w, room.h - first - mm(t, 6)};
		return;
	}
	int deeds = mm(t, 110);
	out[0] = (struct box){room.x, room.y, room.w - deeds - mm(t, 8), room.h};
	out[1] = (struct box){room.x + room.w - deeds, room.y, deeds, room.h};
}

int part_languages(const struct view *v, struct pixel right_top) {
	const struct kiosk_event *event = v->model->event;
	const struct theme *t = v->pen.theme;
	int width = mm(t, LANGUAGE_MM), gap = mm(t, 1.6), x = right_top.x;
	for (size_t i = event == NULL || event->language_count < 2 ? 0 : event->language_count; i > 0; i--) {
		int language = words_language(v->tongue.words, event->languages[i - 1]);
		if (language < 0) {
			continue; /* a language that this kiosk has no texts in */
		}
		x -= width;
		bool on = language == v->tongue.language;
		/* Each language names itself, in its own catalogue. */
		const char *name =
			words_get_in(v->tongue.words, language, "the button of this language", MARK("the button of this language", "EN"));
		button_draw(&v->pen, (struct box){x, right_top.y, width, mm(t, HEAD_MM)},
			    &(struct button){.text = name, .action = ACTION_LANGUAGE, .argument = (int64_t)i - 1, .quiet = !on});
		x -= gap;
	}
	return x;
}

int part_days(const struct view *v, struct box room, const struct part_days *opt) {
	const struct kiosk_event *event = v->model->event;
	const struct theme *t = v->pen.theme;
	int width = mm(t, 31), gap = mm(t, 2.8);
	int64_t today = tz_local_day(event->tz, v->model->now);
	int64_t shown = opt->shown;
	int count = (int)event->day_count;
	if (count < 1 || event->sessions.count == 0 || (count < 2 && event->days[0] == today && shown < 0)) {
		return 0;
	}
	int fit = (room.w + gap) / (width + gap);
	fit = fit < count ? fit : count;
	/* The window of tabs that fit, with the shown day (or today) in it. */
	int first = 0;
	for (int i = 0; i < count; i++) {
		first = event->days[i] <= (shown >= 0 ? shown : today) ? i : first;
	}
	first = first - fit / 2 < 0 ? 0 : first - fit / 2 > count - fit ? count - fit : first - fit / 2;
	int x = opt->from_left ? room.x : room.x + room.w - fit * (width + gap) + gap;
	for (int i = first; i < first + fit; i++) {
		bool on = event->days[i] == (shown >= 0 ? shown : today);
		struct strbuf text = {0};
		date_tab(&text, &v->tongue, event->days[i]);
		button_draw(
			&v->pen, (struct box){x, room.y, width, mm(t, 15.5)},
			&(struct button){
				.text = strbuf_str(&text), .action = ACTION_DAY, .argument = event->days[i], .filled = on, .round = true});
		strbuf_fini(&text);
		x += width + gap;
	}
	return fit * (width + gap);
}
