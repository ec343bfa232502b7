#include "kiosk/screens/status.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/help_words.h"
#include "kiosk/screens/logo_parts.h"

static void station_words(const struct view *v, struct strbuf *out) {
	const struct kiosk_event *event = v->model->event;
	struct strbuf point = {0};
	int door = kiosk_event_door(event, v->model->now);
	if (event->leaves) {
		char *leave = utf8_upper(TC(v, "where this box stands", "exit"));
		strbuf_addf(&point, "%s%s", leave, door >= 0 ? " · " : "");
		free(leave);
	}
	if (door >= 0) {
		const struct session *s = view_session_at(v, door);
		utf8_add_isolated(&point, str_or_empty(s->when.room));
		strbuf_adds(&point, str_empty(s->when.room) ? "" : " · ");
		utf8_add_isolated(&point, session_text(s, SESSION_TITLE));
	} else if (event->handout >= 0) {
		utf8_add_isolated(&point,
				  point_name(&event->points.items[event->handout], words_code(v->tongue.words, v->tongue.language)));
	} else if (!event->leaves) {
		int64_t today = tz_local_day(event->tz, v->model->now);
		char *arrival = utf8_upper(T(v, "arrival"));
		strbuf_adds(&point, arrival);
		free(arrival);
		for (size_t i = 0; i < event->day_count && event->day_count > 1; i++) {
			if (event->days[i] == today) {
				strbuf_adds(&point, ", ");
				words_fill_one(&point, T(v, "day {number}"), "number", str_number((int64_t)i + 1).text);
			}
		}
	}
	words_fill_one(out, T(v, "This box: {point}"), "point", strbuf_str(&point));
	strbuf_fini(&point);
}

static void count_words(const struct view *v, struct strbuf *out) {
	words_fill_one(out, T(v, "Saved here: {saved}"), "saved", str_number(v->model->saved).text);
}

static void all_words(const struct view *v, struct strbuf *out) {
	const struct model *m = v->model;
	char saved[24], later[24];
	snprintf(saved, sizeof saved, "%lld", (long long)m->saved);
	snprintf(later, sizeof later, "%lld", (long long)m->waiting_to_send);
	if (m->notice_ms != 0) {
		struct strbuf last = {0}, at = {0};
		date_clock_about(&last, m->event->tz, m->last, m->last_approximate);
		date_at(&at, &v->tongue, strbuf_str(&last));
		struct word_value values[] = {{"saved", saved}, {"at_time", strbuf_str(&at)}};
		words_fill(out,
			   TN(v, "Back again. {saved} saved, {at_time}", "Back again. {saved} saved, the last {at_time}", (long)m->saved),
			   values, COUNT_OF(values));
		strbuf_fini(&last);
		strbuf_fini(&at);
		return;
	}
	count_words(v, out);
	if (m->waiting_to_send > 0) {
		strbuf_adds(out, " · ");
		words_fill(out, TN(v, "{n} to be sent later", "{n} to be sent later", (long)m->waiting_to_send),
			   &(struct word_value){"n", later}, 1);
	} else if (m->saved > 0) {
		strbuf_addf(out, " · %s", T(v, "all sent"));
	}
}

/* Beside a long name and something that is missing there is no room for the whole: half a time would say nothing. */
static void saved_words(const struct view *v, int width, struct strbuf *out) {
	all_words(v, out);
	if (label_width(&v->pen, TYPE_STATUS, strbuf_str(out)) > width) {
		strbuf_reset(out);
		count_words(v, out);
	}
}

/* What is missing, the most important first; NULL when all is well. */
static const char *missing_words(const struct view *v) {
	const struct model *m = v->model;
	enum station_standing standing = model_standing(m);
	if (standing != STATION_GOOD) {
		return standing == STATION_LOST      ? T(v, "The event file is missing")
		       : standing == STATION_RETIRED ? T(v, "This box is out of use")
						     : T(v, "This box does not count yet");
	}
	if (model_clock_doubted(m)) {
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
	if (m->box.loudness == 0) { /* staff wanted it so: nothing is missing */
		return NULL;
	}
	if (m->problem[PROBLEM_SOUND][0] != '\0') {
		return T(v, "No sound");
	}
	return m->problem[PROBLEM_SPEECH][0] != '\0' ? T(v, "Nothing is read aloud") : NULL;
}

/* A visitor who waits elsewhere goes before whatever is missing here. */
static void say_problem(const struct view *v, struct strbuf *out) {
	const struct help_call *call = model_call_elsewhere(v->model);
	if (call == NULL) {
		strbuf_adds(out, str_or_empty(missing_words(v)));
		return;
	}
	struct strbuf place = {0};
	part_help_place(v, call, &place);
	words_fill_one(out, T(v, "Help wanted: {place}"), "place", strbuf_str(&place));
	strbuf_fini(&place);
}

/* A triangle, beside the chip's edge. */
static void draw_warning(const struct view *v, struct pixel edge) {
	const struct theme *t = v->pen.theme;
	double middle = length_of(t, STATUS_SIGN_MIDDLE), half = length_of(t, STATUS_SIGN_HALF);
	int low = edge.y + len(t, STATUS_SIGN_BELOW);
	struct pixel triangle[] = {{edge.x + len(t, STATUS_SIGN_MIDDLE), edge.y - len(t, STATUS_SIGN_ABOVE)},
				   {edge.x + mm(t, middle + half), low},
				   {edge.x + mm(t, middle - half), low}};
	draw_polygon(v->pen.list, triangle, COUNT_OF(triangle), len(t, ROUND_WARNING), hue(t, INK));
}

static int draw_problem(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	struct strbuf said = {0};
	say_problem(v, &said);
	const char *words = strbuf_str(&said);
	if (said.len == 0) {
		strbuf_fini(&said);
		return 0;
	}
	double around = length_of(t, STATUS_CHIP_LEFT) + length_of(t, STATUS_CHIP_RIGHT);
	int width = label_width(&v->pen, TYPE_STATUS, words) + mm(t, around + length_of(t, STATUS_CHIP_SPARE));
	width = width > room.w / 2 ? room.w / 2 : width;
	struct box chip = {room.x + room.w - width, room.y + len(t, STATUS_CHIP_AIR), width, room.h - len_twice(t, STATUS_CHIP_AIR)};
	draw_fill(v->pen.list, chip, chip.h / 2, hue(t, AMBER));
	draw_warning(v, (struct pixel){chip.x, chip.y + chip.h / 2});
	label_draw(&v->pen, (struct box){chip.x + len(t, STATUS_CHIP_LEFT), chip.y, chip.w - mm(t, around), chip.h},
		   &(struct label){.text = words, .role = TYPE_STATUS, .colour = hue(t, INK), .lines = 1, .middle = true});
	strbuf_fini(&said);
	if (model_call_elsewhere(v->model) == NULL && model_standing(v->model) == STATION_GOOD && model_clock_doubted(v->model)) {
		draw_touch(v->pen.list, (struct box){chip.x, room.y, chip.w, room.h}, ACTION_CLOCK, 0);
	}
	return width + len(t, STATUS_CHIP_GAP);
}

/* A filled dot when a hub or another box answers, a hollow one when none does: shape, not colour. */
static void draw_link(const struct view *v, struct box dot) {
	const struct theme *t = v->pen.theme;
	if (model_online(v->model)) {
		draw_fill(v->pen.list, dot, dot.h / 2, hue(t, TEAL));
	} else {
		draw_outline(v->pen.list, dot, dot.h / 2, len(t, LINE_LINK), hue(t, MUTED));
	}
}

/* Staff keep a finger on the station's name; a bar fills under it while they do. */
static void draw_way_in(const struct view *v, struct box box, int64_t held) {
	const struct timing *timing = &v->pen.theme->style->timing;
	draw_touch(v->pen.list, box, PART_STATUS_HOLD, 0);
	if (held >= timing->hold_shown_ms) {
		int high = len(v->pen.theme, STATUS_HOLD_HIGH);
		progress_draw(&v->pen, (struct box){box.x, box.y + box.h - high, box.w, high}, (double)held / (double)timing->hold_ms,
			      hue(v->pen.theme, INK));
	}
}

/* --- logos: on white, at the right end of the bar, upright in a band below it ----------------------------------------------------------------- */

#define LOGOS_SHARE 36 /* per cent of the bar's width at most */

static const struct logo_choice ALL_LOGOS = {.group = -1};

/* As high as the bar, or higher where one of them has to be larger; 0: there are none. */
static int logos_height(const struct view *v) {
	const struct theme *t = v->pen.theme;
	int least = len(t, STATUS_HIGH), most = len(t, STATUS_LOGOS_HIGH_MOST), wanted = part_logos_height(v);
	return part_logos_count(v, &ALL_LOGOS) == 0 ? 0 : wanted < least ? least : wanted > most ? most : wanted;
}

/* Returns the width that is left of the bar. Where not all have room they take turns. */
static int draw_logos(const struct view *v, struct box bar, int high) {
	const struct theme *t = v->pen.theme;
	int side = len(t, STATUS_LOGOS_SIDE), edge = view_margin(v);
	struct box room = {0, bar.y + bar.h - high, bar.w * LOGOS_SHARE / 100, high};
	if (t->portrait) {
		room.w = bar.w - 2 * edge;
	}
	int wide = part_logos_width(v, room, &ALL_LOGOS), left = t->portrait ? 0 : bar.w - edge - side - wide;
	room.x = t->portrait ? edge : left + side;
	struct box ground = {left, room.y, bar.w - left, high};
	draw_fill(v->pen.list, ground, 0, hue(t, WHITE));
	part_logo_row(v, room, &ALL_LOGOS, v->model->ms / t->style->timing.turn_ms);
	draw_touch(v->pen.list, ground, ACTION_CREDITS, 0);
	return left;
}

static void draw_organisers(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const char *organisers = str_or_empty(v->model->event->organisers);
	if (!str_empty(organisers) && label_width(&v->pen, TYPE_STATUS, organisers) <= room.w) {
		struct label label = {
			.text = organisers, .role = TYPE_STATUS, .colour = hue(t, MUTED), .align = ALIGN_RIGHT, .lines = 1, .middle = true};
		label_draw(&v->pen, room, &label);
	}
}

#define STATION_SHARE 58 /* per cent of the words' width at most */

/* What this box is for and what it has saved: in one line, upright in two. `room`: of all of it, from margin to margin. */
static void draw_words(const struct view *v, struct box room, int64_t held_ms) {
	const struct theme *t = v->pen.theme;
	bool two = t->portrait; /* lines */
	int line = two ? len(t, STATUS_LINE_HIGH) : room.h, air = two ? len(t, STATUS_LINES_AIR) : 0, dot = len(t, STATUS_DOT);
	struct strbuf station = {0}, saved = {0};
	station_words(v, &station);
	struct box first = {room.x, room.y + air, room.w, line};
	first.w -= draw_problem(v, (struct box){room.x, room.y, room.w, two ? line + len(t, STATUS_CHIP_MORE_UPRIGHT) : room.h});
	struct label label = {.text = strbuf_str(&station), .role = TYPE_LABEL, .colour = hue(t, INK), .lines = 1, .middle = true};
	struct box used =
		label_draw(&v->pen, (struct box){first.x, first.y, two ? first.w : first.w * STATION_SHARE / 100, first.h}, &label);
	draw_way_in(v, (struct box){used.x, room.y, used.w, air + line}, held_ms);
	struct box rest = {used.x + used.w + len(t, STATUS_STATION_GAP), first.y, 0, line};
	int right = first.x + first.w;
	if (two) {
		rest = (struct box){room.x, first.y + line, 0, line};
		right = room.x + room.w;
	}
	draw_link(v, (struct box){rest.x, rest.y + (rest.h - dot) / 2, dot, dot});
	rest.x += dot + len(t, STATUS_DOT_GAP);
	rest.w = right - rest.x;
	saved_words(v, rest.w, &saved);
	label = (struct label){.text = strbuf_str(&saved), .role = TYPE_STATUS, .colour = hue(t, MUTED), .lines = 1, .middle = true};
	used = label_draw(&v->pen, rest, &label);
	rest.x = used.x + used.w + len(t, STATUS_ORGANISERS_GAP);
	rest.w = right - rest.x;
	draw_organisers(v, rest);
	strbuf_fini(&station);
	strbuf_fini(&saved);
}

int part_status(const struct view *v, int64_t held_ms) {
	const struct theme *t = v->pen.theme;
	int edge = view_margin(v), logos = logos_height(v), left = t->width;
	int words = t->portrait ? 2 * len(t, STATUS_LINE_HIGH) + len_twice(t, STATUS_LINES_AIR) : len(t, STATUS_HIGH);
	int height = t->portrait ? words + logos : words > logos ? words : logos;
	struct box bar = {0, t->height - height, t->width, height};
	draw_fill(v->pen.list, bar, 0, hue(t, BAR));
	if (logos > 0) {
		left = draw_logos(v, bar, logos);
		left = t->portrait ? t->width : left + edge - len(t, STATUS_STATION_GAP);
	}
	draw_words(v, (struct box){edge, bar.y, left - 2 * edge, t->portrait ? words : height}, held_ms);
	return bar.y;
}
