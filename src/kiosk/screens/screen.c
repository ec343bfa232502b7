#include "kiosk/screens/screen.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"

static const struct screen {
	const char *name;
	void (*draw)(const struct view *v);
} screens[] = {
	[SCREEN_START] = {"start", screen_start},    [SCREEN_AGENDA] = {"agenda", screen_agenda},
	[SCREEN_DAY] = {"day", screen_day},          [SCREEN_SESSION] = {"session", screen_session},
	[SCREEN_RESULT] = {"result", screen_result}, [SCREEN_HELP] = {"help", screen_help},
	[SCREEN_TYPE] = {"type", screen_type},       [SCREEN_CLOCK] = {"clock", screen_clock},
	[SCREEN_PIN] = {"pin", screen_pin},          [SCREEN_STAFF] = {"staff", screen_staff},
	[SCREEN_STICK] = {"stick", screen_stick},    [SCREEN_CAMERA] = {"camera", screen_camera},
};
_Static_assert(COUNT_OF(screens) == SCREEN_COUNT, "every screen is here");

int margin(const struct view *v) { return mm(v->pen.theme, v->pen.theme->portrait ? 8 : 11.5); }

const struct session *view_session(const struct view *v, int index) { return &v->model->event->sessions.items[index].session; }

uint32_t view_colour(const struct view *v, int session) {
	return theme_track_colour(session_text(view_session(v, session), SESSION_COLOUR), v->model->event->track[session]);
}

/* "Still there? 20": one touch anywhere goes on. */
static void draw_countdown(const struct view *v, int seconds) {
	const struct theme *t = v->pen.theme;
	char number[16];
	snprintf(number, sizeof number, "%d", seconds);
	struct strbuf text = {0};
	words_fill(&text, T(v, "Still there? {seconds}"), &(struct word_value){"seconds", number}, 1);
	int width = label_width(&v->pen, TYPE_TITLE, strbuf_str(&text)) + mm(t, 30);
	width = width > t->width - 2 * margin(v) ? t->width - 2 * margin(v) : width;
	struct box box = {(t->width - width) / 2, t->height - mm(t, 46), width, mm(t, 24)};
	draw_fill(v->pen.list, box, mm(t, 5.4), AMBER);
	label_draw(
		&v->pen, box_inset(box, mm(t, 3)),
		&(struct label){
			.text = strbuf_str(&text), .role = TYPE_TITLE, .colour = INK, .align = ALIGN_CENTRE, .lines = 1, .middle = true});
	draw_touch(v->pen.list, (struct box){0, 0, t->width, t->height}, ACTION_STILL_HERE, 0);
	strbuf_fini(&text);
}

void screen_draw(const struct model *model, const struct theme *theme, const struct metrics *metrics, struct draw_list *list) {
	draw_reset(list);
	list->background = PAPER;
	struct view v = {.pen = {list, theme, metrics}, .model = model, .tongue = {model->words, model_language(model)}};
	screens[model->screen].draw(&v);
	int seconds = model_countdown(model);
	if (seconds > 0) {
		draw_countdown(&v, seconds);
	}
}

void screen_start(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box box = {margin(v), 0, t->width - 2 * margin(v), t->height};
	label_draw(&v->pen, box,
		   &(struct label){.text = T(v, "One moment…"),
				   .role = TYPE_TITLE,
				   .colour = MUTED,
				   .align = ALIGN_CENTRE,
				   .lines = 1,
				   .middle = true});
}

/* --- parts ------------------------------------------------------------------------------------------------------------------------- */

#define HEAD_MM 17.0
#define LANGUAGE_MM 20.0

struct box part_head(const struct view *v, const char *title) {
	const struct theme *t = v->pen.theme;
	int edge = margin(v), height = mm(t, HEAD_MM), gap = mm(t, 4);
	const char *back = T(v, "Back");
	int back_width = label_width(&v->pen, TYPE_BUTTON, back) + mm(t, 14);
	back_width = back_width < mm(t, 34) ? mm(t, 34) : back_width;
	struct box button = {edge, mm(t, 6.5), back_width, height};
	button_draw(&v->pen, button, &(struct button){.text = back, .action = ACTION_BACK});
	int left = part_languages(v, (struct point){t->width - edge, button.y});
	struct box room = {button.x + button.w + gap * 2, button.y, 0, height};
	room.w = left - gap - room.x;
	label_draw(&v->pen, room, &(struct label){.text = title, .role = TYPE_TITLE, .colour = INK, .lines = 2, .middle = true});
	int line = button.y + height + mm(t, 5);
	draw_fill(v->pen.list, (struct box){edge, line, t->width - 2 * edge, mm(t, 0.54)}, 0, HAIRLINE);
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

int part_languages(const struct view *v, struct point right_top) {
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

int part_days(const struct view *v, struct box room, bool from_left) {
	const struct kiosk_event *event = v->model->event;
	const struct theme *t = v->pen.theme;
	int width = mm(t, 31), gap = mm(t, 2.8);
	int64_t today = tz_local_day(event->tz, v->model->now);
	int64_t shown = v->model->screen == SCREEN_DAY ? v->model->day : -1;
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
	int x = from_left ? room.x : room.x + room.w - fit * (width + gap) + gap;
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

/* --- the status line --------------------------------------------------------------------------------------------------------------- */

static void station_words(const struct view *v, struct strbuf *out) {
	const struct kiosk_event *event = v->model->event;
	struct strbuf point = {0};
	if (event->point >= 0) {
		const struct session *s = view_session(v, event->point);
		strbuf_addf(&point, "%s%s%s", str_or_empty(s->when.room), str_empty(s->when.room) ? "" : " · ",
			    session_text(s, SESSION_TITLE));
	} else {
		int64_t today = tz_local_day(event->tz, v->model->now);
		char *arrival = utf8_upper(T(v, "arrival"));
		strbuf_adds(&point, arrival);
		free(arrival);
		for (size_t i = 0; i < event->day_count && event->day_count > 1; i++) {
			if (event->days[i] == today) {
				char number[24];
				snprintf(number, sizeof number, "%zu", i + 1);
				strbuf_adds(&point, ", ");
				words_fill(&point, T(v, "day {number}"), &(struct word_value){"number", number}, 1);
			}
		}
	}
	words_fill(out, T(v, "This box: {point}"), &(struct word_value){"point", strbuf_str(&point)}, 1);
	strbuf_fini(&point);
}

static void saved_words(const struct view *v, struct strbuf *out) {
	const struct model *m = v->model;
	char saved[24], later[24];
	snprintf(saved, sizeof saved, "%lld", (long long)m->saved);
	snprintf(later, sizeof later, "%lld", (long long)m->waiting_to_send);
	if (m->notice_ms != 0) {
		struct strbuf last = {0};
		date_clock(&last, m->event->tz, m->last);
		struct word_value values[] = {{"saved", saved}, {"time", strbuf_str(&last)}};
		words_fill(out,
			   TN(v, "Back again. {saved} saved, at {time}", "Back again. {saved} saved, the last at {time}", (long)m->saved),
			   values, COUNT_OF(values));
		strbuf_fini(&last);
		return;
	}
	words_fill(out, T(v, "Saved here: {saved}"), &(struct word_value){"saved", saved}, 1);
	if (m->waiting_to_send > 0) {
		strbuf_adds(out, " · ");
		words_fill(out, TN(v, "{n} to be sent later", "{n} to be sent later", (long)m->waiting_to_send),
			   &(struct word_value){"n", later}, 1);
	} else if (m->saved > 0) {
		strbuf_addf(out, " · %s", T(v, "all sent"));
	}
}

/* What is missing, the most important first; NULL when all is well. */
static const char *problem_words(const struct view *v) {
	const struct model *m = v->model;
	enum station_standing standing = model_standing(m);
	if (standing != STATION_GOOD) {
		return standing == STATION_RETIRED ? T(v, "This box is out of use") : T(v, "This box does not count yet");
	}
	if (!clock_is_set(m->now)) {
		return T(v, "The clock is not set");
	}
	if (m->problem[PROBLEM_STATION][0] != '\0') {
		return T(v, "This box cannot keep its own settings");
	}
	if (m->camera == CAMERA_LOST) {
		return T(v, "No camera");
	}
	if (m->problem[PROBLEM_FONTS][0] != '\0') {
		return T(v, "A font is missing");
	}
	return m->problem[PROBLEM_SOUND][0] != '\0' ? T(v, "No sound") : NULL;
}

static int draw_problem(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const char *words = problem_words(v);
	if (words == NULL) {
		return 0;
	}
	int width = label_width(&v->pen, TYPE_STATUS, words) + mm(t, 12);
	width = width > room.w / 2 ? room.w / 2 : width;
	struct box chip = {room.x + room.w - width, room.y + mm(t, 3), width, room.h - mm(t, 6)};
	draw_fill(v->pen.list, chip, chip.h / 2, AMBER);
	struct point triangle[] = {{chip.x + mm(t, 5.5), chip.y + chip.h / 2 - mm(t, 2)},
				   {chip.x + mm(t, 7.7), chip.y + chip.h / 2 + mm(t, 1.8)},
				   {chip.x + mm(t, 3.3), chip.y + chip.h / 2 + mm(t, 1.8)}};
	draw_polygon(v->pen.list, triangle, COUNT_OF(triangle), mm(t, 0.4), INK);
	label_draw(&v->pen, (struct box){chip.x + mm(t, 9), chip.y, chip.w - mm(t, 11), chip.h},
		   &(struct label){.text = words, .role = TYPE_STATUS, .colour = INK, .lines = 1, .middle = true});
	if (model_standing(v->model) == STATION_GOOD && !clock_is_set(v->model->now)) {
		draw_touch(v->pen.list, (struct box){chip.x, room.y, chip.w, room.h}, ACTION_CLOCK, 0);
	}
	return width + mm(t, 5);
}

/* A filled dot when a hub or another box answers, a hollow one when none does: shape, not colour. */
static void draw_link(const struct view *v, struct box dot) {
	if (model_online(v->model)) {
		draw_fill(v->pen.list, dot, dot.h / 2, TEAL);
	} else {
		draw_outline(v->pen.list, dot, dot.h / 2, mm(v->pen.theme, 0.6), MUTED);
	}
}

/* Staff keep a finger on the station's name; a bar fills under it while they do. */
static void draw_way_in(const struct view *v, struct box box) {
	const struct model *m = v->model;
	int64_t held = m->staff.held_ms == 0 ? 0 : m->ms - m->staff.held_ms;
	draw_touch(v->pen.list, box, ACTION_STAFF_HOLD, 0);
	if (held >= STAFF_HOLD_SHOWN_MS) {
		int high = mm(v->pen.theme, 1.4);
		progress_draw(&v->pen, (struct box){box.x, box.y + box.h - high, box.w, high}, (double)held / STAFF_HOLD_MS, INK);
	}
}

int part_status(const struct view *v) {
	const struct theme *t = v->pen.theme;
	bool two = t->portrait; /* lines */
	int edge = margin(v), line = mm(t, two ? 9 : 17), height = two ? 2 * line + mm(t, 3) : line;
	struct box bar = {0, t->height - height, t->width, height};
	draw_fill(v->pen.list, bar, 0, BAR);
	struct strbuf station = {0}, saved = {0};
	station_words(v, &station);
	saved_words(v, &saved);
	struct box room = {edge, bar.y + (two ? mm(t, 1.5) : 0), bar.w - 2 * edge, two ? line : height};
	room.w -= draw_problem(v, (struct box){edge, bar.y, bar.w - 2 * edge, two ? line + mm(t, 4) : height});
	struct label label = {.text = strbuf_str(&station), .role = TYPE_LABEL, .colour = INK, .lines = 1, .middle = true};
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y, two ? room.w : room.w / 2, room.h}, &label);
	draw_way_in(v, (struct box){used.x, bar.y, used.w, two ? line + mm(t, 1.5) : height});
	int dot = mm(t, 3.2);
	struct box rest = {used.x + used.w + mm(t, 7), room.y, 0, room.h};
	if (two) {
		rest = (struct box){edge, room.y + line, 0, line};
		room.w = bar.w - 2 * edge;
	}
	draw_link(v, (struct box){rest.x, rest.y + (rest.h - dot) / 2, dot, dot});
	rest.x += dot + mm(t, 2.6);
	rest.w = room.x + room.w - rest.x;
	label = (struct label){.text = strbuf_str(&saved), .role = TYPE_STATUS, .colour = MUTED, .lines = 1, .middle = true};
	used = label_draw(&v->pen, rest, &label);
	const char *organisers = str_or_empty(v->model->event->organisers);
	rest.x = used.x + used.w + mm(t, 10);
	rest.w = room.x + room.w - rest.x;
	if (!str_empty(organisers) && label_width(&v->pen, TYPE_STATUS, organisers) <= rest.w) {
		label = (struct label){
			.text = organisers, .role = TYPE_STATUS, .colour = MUTED, .align = ALIGN_RIGHT, .lines = 1, .middle = true};
		label_draw(&v->pen, rest, &label);
	}
	strbuf_fini(&station);
	strbuf_fini(&saved);
	return bar.y;
}
