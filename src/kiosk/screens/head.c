#include "kiosk/screens/head.h"

#include "base/alloc.h"

struct box part_head(const struct view *v, const char *title) {
	const struct theme *t = v->pen.theme;
	int edge = view_margin(v), height = len(t, HEAD_BUTTON_HIGH), gap = len(t, GAP_CLOSE);
	const char *back = T(v, "Back");
	int back_width = label_width(&v->pen, TYPE_BUTTON, back) + len_twice(t, HEAD_BACK_SIDE);
	back_width = back_width < len(t, BACK_WIDE) ? len(t, BACK_WIDE) : back_width;
	struct box button = {edge, len(t, HEAD_TOP), back_width, height};
	button_draw(&v->pen, button, &(struct button){.text = back, .action = ACTION_BACK});
	int left = part_languages(v, (struct pixel){t->width - edge, button.y});
	struct box room = {button.x + button.w + gap * 2, button.y, 0, height};
	room.w = left - gap - room.x;
	label_draw(&v->pen, room, &(struct label){.text = title, .role = TYPE_TITLE, .colour = hue(t, INK), .lines = 2, .middle = true});
	int line = button.y + height + len(t, GAP_RULE);
	part_rule(v, line);
	return (struct box){edge, line + len(t, GAP_RULE), t->width - 2 * edge, t->height - line - len_twice(t, GAP_RULE)};
}

void part_rule(const struct view *v, int y) {
	const struct theme *t = v->pen.theme;
	int edge = view_margin(v);
	draw_fill(v->pen.list, (struct box){edge, y, t->width - 2 * edge, len(t, LINE_HAIR)}, 0, hue(t, HAIRLINE));
}

void part_two(const struct view *v, struct box room, int share, struct box out[2]) {
	const struct theme *t = v->pen.theme;
	if (t->portrait) {
		int first = room.h * share / 100;
		out[0] = (struct box){room.x, room.y, room.w, first};
		out[1] = (struct box){room.x, room.y + first + len(t, GAP_PARTS), room.w, room.h - first - len(t, GAP_PARTS)};
		return;
	}
	int deeds = len(t, HEAD_DEEDS_WIDE);
	out[0] = (struct box){room.x, room.y, room.w - deeds - len(t, GAP_FAR), room.h};
	out[1] = (struct box){room.x + room.w - deeds, room.y, deeds, room.h};
}

int part_languages(const struct view *v, struct pixel right_top) {
	const struct kiosk_event *event = v->model->event;
	const struct theme *t = v->pen.theme;
	int width = len(t, LANGUAGE_WIDE), gap = len(t, HEAD_LANGUAGE_GAP), x = right_top.x;
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
		button_draw(&v->pen, (struct box){x, right_top.y, width, len(t, HEAD_BUTTON_HIGH)},
			    &(struct button){.text = name, .action = ACTION_LANGUAGE, .argument = (int64_t)i - 1, .quiet = !on});
		x -= gap;
	}
	return x;
}

int part_days(const struct view *v, struct box room, const struct part_days *opt) {
	const struct kiosk_event *event = v->model->event;
	const struct theme *t = v->pen.theme;
	int width = len(t, TAB_WIDE), gap = len(t, HEAD_DAY_GAP);
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
			&v->pen, (struct box){x, room.y, width, len(t, TAB_HIGH)},
			&(struct button){
				.text = strbuf_str(&text), .action = ACTION_DAY, .argument = event->days[i], .filled = on, .round = true});
		strbuf_fini(&text);
		x += width + gap;
	}
	return fit * (width + gap);
}
