#include "kiosk/screens/head.h"

#include "base/alloc.h"

struct box part_head(const struct view *v, const char *title) {
	const struct theme *t = v->pen.theme;
	int edge = view_margin(v), height = len(t, HEAD_BUTTON_HIGH), gap = len(t, GAP_CLOSE);
	const char *back = T(v, "Back");
	int back_width = label_width(&v->pen, TYPE_BUTTON, back) + len_twice(t, HEAD_BACK_SIDE);
	back_width += t->portrait ? 0 : len_sum(t, ICON_SIDE, ICON_GAP); /* upright the title needs the room */
	back_width = back_width < len(t, BACK_WIDE) ? len(t, BACK_WIDE) : back_width;
	struct box button = {edge, len(t, HEAD_TOP), back_width, height};
	button_draw(&v->pen, button, &(struct button){.text = back, .icon = ICON_BACK, .action = ACTION_BACK});
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

int part_access(const struct view *v, struct pixel right_top) {
	const struct theme *t = v->pen.theme;
	int width = len(t, HEAD_BUTTON_HIGH), x = right_top.x - width;
	button_draw(&v->pen, (struct box){x, right_top.y, width, width},
		    &(struct button){.text = "", .icon = ICON_ACCESS, .action = ACTION_ACCESS, .quiet = !model_access_chosen(v->model)});
	return x - len(t, HEAD_LANGUAGE_GAP);
}

/* --- days --------------------------------------------------------------------------------------------------------------------------- */

#define TABS_MAX 16 /* no panel is wider */

/* The days whose tabs are to be seen: those around the one that is shown, or today. */
struct tabs {
	int64_t days[TABS_MAX];
	int count;
	int64_t on, earlier, later; /* the one that is shown; those that the arrows lead to */
	bool has_earlier, has_later;
	bool arrows; /* to be drawn */
};

/* How many days there are before one or after it, as far as they might have tabs. The first of them is the nearest. */
static int days_beside(const struct kiosk_event *event, int64_t day, bool after, int64_t *out) {
	int n = 0;
	while (n < TABS_MAX && (after ? kiosk_event_day_after : kiosk_event_day_before)(event, day, &day)) {
		out[n++] = day;
	}
	return n;
}

/* How many tabs of that width have room, and how many between two arrows. */
struct tab_room {
	int width, fit, between;
};
static struct tab_room tab_room(const struct theme *t, int room, int width) {
	int gap = len(t, HEAD_DAY_GAP), arrows = 2 * (len(t, TAB_ARROW_WIDE) + gap);
	int fit = (room + gap) / (width + gap), between = (room - arrows + gap) / (width + gap);
	return (struct tab_room){.width = width,
				 .fit = fit < 1          ? 1
					: fit > TABS_MAX ? TABS_MAX
							 : fit,
				 .between = between > TABS_MAX ? TABS_MAX : between};
}

/* As wide as they should be, where all days have room then or arrows do; else narrower, or nothing would lead to the other days. */
static struct tab_room choose_width(const struct theme *t, int room, int days) {
	struct tab_room wide = tab_room(t, room, len(t, TAB_WIDE)), narrow = tab_room(t, room, len(t, TAB_LEAST));
	if (days <= wide.fit || wide.between > 0) {
		return wide;
	}
	if (days > narrow.fit && narrow.between < 1) { /* then to the next one at least */
		int half = (room - len(t, HEAD_DAY_GAP)) / 2;
		return half < len(t, TAB_TOUCH) ? wide : (struct tab_room){.width = half, .fit = 2};
	}
	return narrow;
}

/* With arrows where `room` has space for them; where not, a tab leads to the day's own screen, which has. False: there is no day. */
static bool choose_tabs(const struct kiosk_event *event, struct tabs *tabs, const struct tab_room *room) {
	int fit = room->fit;
	int64_t before[TABS_MAX], after[TABS_MAX], middle = tabs->on;
	/* Without that very day the last one before it, else the first there is. */
	if (!kiosk_event_day_before(event, tabs->on + 1, &middle) && !kiosk_event_day_after(event, tabs->on, &middle)) {
		return false;
	}
	int left = days_beside(event, middle, false, before), right = days_beside(event, middle, true, after);
	if (left + 1 + right > fit) {
		tabs->arrows = room->between > 0;
		fit = tabs->arrows ? room->between : fit;
		int wanted = fit / 2 < left ? fit / 2 : left;
		right = fit - 1 - wanted < right ? fit - 1 - wanted : right;
		left = fit - 1 - right < left ? fit - 1 - right : left;
	}
	for (int i = left; i > 0; i--) {
		tabs->days[tabs->count++] = before[i - 1];
	}
	tabs->days[tabs->count++] = middle;
	for (int i = 0; i < right; i++) {
		tabs->days[tabs->count++] = after[i];
	}
	tabs->has_earlier = kiosk_event_day_before(event, tabs->days[0], &tabs->earlier);
	tabs->has_later = kiosk_event_day_after(event, tabs->days[tabs->count - 1], &tabs->later);
	return true;
}

static void draw_arrow(const struct view *v, struct box box, const char *sign, int64_t day) {
	button_draw(&v->pen, box, &(struct button){.text = sign, .action = ACTION_DAY, .argument = day, .round = true, .large = true});
}

static void draw_tabs(const struct view *v, struct box box, const struct tabs *tabs) {
	const struct theme *t = v->pen.theme;
	int step = box.w + len(t, HEAD_DAY_GAP), arrow = len(t, TAB_ARROW_WIDE) + len(t, HEAD_DAY_GAP);
	struct box sign = {box.x, box.y, len(t, TAB_ARROW_WIDE), box.h};
	if (tabs->arrows && tabs->has_earlier) {
		draw_arrow(v, sign, "‹", tabs->earlier);
	}
	box.x += tabs->arrows ? arrow : 0;
	for (int i = 0; i < tabs->count; i++, box.x += step) {
		struct strbuf text = {0};
		date_tab(&text, &v->tongue, tabs->days[i]);
		button_draw(&v->pen, box,
			    &(struct button){.text = strbuf_str(&text),
					     .action = ACTION_DAY,
					     .argument = tabs->days[i],
					     .filled = tabs->days[i] == tabs->on,
					     .round = true});
		strbuf_fini(&text);
	}
	sign.x = box.x;
	if (tabs->arrows && tabs->has_later) {
		draw_arrow(v, sign, "›", tabs->later);
	}
}

/* An event of one day has no tabs; its first screen leads to the whole of it. */
static int draw_only_day(const struct view *v, struct box room, const struct part_days *opt, int64_t day) {
	const struct theme *t = v->pen.theme;
	if (opt->shown >= 0) {
		return 0;
	}
	int width = len(t, TAB_ONLY_WIDE) < room.w ? len(t, TAB_ONLY_WIDE) : room.w;
	int x = opt->from_left ? room.x : room.x + room.w - width;
	button_draw(&v->pen, (struct box){x, room.y, width, len(t, TAB_HIGH)},
		    &(struct button){.text = T(v, "The whole day"), .action = ACTION_DAY, .argument = day, .round = true});
	return width + len(t, HEAD_DAY_GAP);
}

int part_days(const struct view *v, struct box room, const struct part_days *opt) {
	const struct kiosk_event *event = v->model->event;
	const struct theme *t = v->pen.theme;
	int gap = len(t, HEAD_DAY_GAP), arrows = 2 * (len(t, TAB_ARROW_WIDE) + gap);
	int64_t days[TABS_MAX];
	struct tab_room space = choose_width(t, room.w, days_beside(event, INT64_MIN, true, days));
	struct tabs tabs = {.on = opt->shown >= 0 ? opt->shown : tz_local_day(event->tz, v->model->now)};
	if (event->sessions.count == 0 || !choose_tabs(event, &tabs, &space)) {
		return 0;
	}
	if (tabs.count == 1 && !tabs.has_earlier && !tabs.has_later) {
		return draw_only_day(v, room, opt, tabs.days[0]);
	}
	int width = space.width, wide = tabs.count * (width + gap) + (tabs.arrows ? arrows : 0);
	int x = opt->from_left ? room.x : room.x + room.w - wide + gap;
	draw_tabs(v, (struct box){x, room.y, width, len(t, TAB_HIGH)}, &tabs);
	return wide;
}
