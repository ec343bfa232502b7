#include "kiosk/screens/change_parts.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/listed.h"
#include "kiosk/screens/session_words.h"

static const struct session_change *change_of(const struct view *v, int session) { return kiosk_event_change(v->model->event, session); }

/* Another day is said with the hour; an end alone with the beginning, as nobody knows what "until 11:15" was. */
static void add_time(const struct view *v, const struct session_change *c, const struct session *now, struct strbuf *out) {
	struct session was = {.when = c->was};
	if (kiosk_session_day(&was) != kiosk_session_day(now)) {
		date_tab(out, &v->tongue, kiosk_session_day(&was));
		strbuf_adds(out, ", ");
	}
	if (c->was.start.v != now->when.start.v) {
		part_session_start(&was, out);
	} else {
		part_session_times(v, &was, out);
	}
}

void part_change_was(const struct view *v, int session, struct strbuf *out) {
	const struct session_change *c = change_of(v, session);
	const struct session *now = view_session_at(v, session);
	if (c == NULL || !c->moved) {
		return;
	}
	bool time = session_change_time(c, now), room = session_change_room(c, now) && !str_empty(c->was.room);
	if (time) {
		add_time(v, c, now, out);
	}
	strbuf_adds(out, time && room ? ", " : "");
	if (room) {
		utf8_add_isolated(out, c->was.room);
	}
}

/* Of time and room the one that people look at first: where there is no place for both. */
static void add_shortly(const struct view *v, int session, struct strbuf *out) {
	const struct session_change *c = change_of(v, session);
	const struct session *now = view_session_at(v, session);
	struct session was = {.when = c->was};
	if (!session_change_time(c, now)) {
		part_change_was(v, session, out);
	} else if (kiosk_session_day(&was) != kiosk_session_day(now)) {
		date_tab(out, &v->tongue, kiosk_session_day(&was));
	} else {
		part_session_start(&was, out);
	}
}

/* Where it stands no more: "moved to Fri 15, 15:00". */
static void add_where_to(const struct view *v, int session, bool shortly, struct strbuf *out) {
	struct strbuf when = {0};
	date_tab(&when, &v->tongue, listed_day(v, session));
	if (!shortly) {
		strbuf_adds(&when, ", ");
		part_session_start(view_session_at(v, session), &when);
	}
	words_fill_one(out, T(v, "moved to {when}"), "when", strbuf_str(&when));
	strbuf_fini(&when);
}

/* The words of the chip; nothing where there is none. */
static void add_words(const struct view *v, int listed, bool shortly, struct strbuf *out) {
	struct strbuf was = {0};
	int session = listed_session(listed);
	if (listed_was(listed)) {
		add_where_to(v, session, shortly, out);
		return;
	}
	const struct session_change *c = change_of(v, session);
	if (view_session_at(v, session)->cancelled) {
		strbuf_adds(out, T(v, "Cancelled"));
		return;
	}
	part_change_was(v, session, &was);
	if (was.len > 0 && shortly) {
		strbuf_reset(&was);
		add_shortly(v, session, &was);
	}
	if (was.len > 0) {
		words_fill_one(out, T(v, "was {when_and_where}"), "when_and_where", strbuf_str(&was));
	} else if (c != NULL) { /* it has a room by now */
		strbuf_adds(out, T(v, "Moved"));
	}
	strbuf_fini(&was);
}

static struct label label_of(const char *words, uint32_t ink) {
	return (struct label){.text = words, .role = TYPE_SECOND, .colour = ink, .lines = 1, .middle = true};
}

static int around(const struct theme *t) { return len_sum(t, CHANGE_SIGN, CHANGE_SIGN_GAP) + 2 * len(t, CHANGE_SIDE); }

/* Around the words; smaller ones, where they are many. */
static int chip_wide(const struct view *v, const char *words, int most) {
	const struct theme *t = v->pen.theme;
	most = most < len(t, CHANGE_WIDE) ? most : len(t, CHANGE_WIDE);
	struct label label = label_of(words, 0);
	return label_measure(&v->pen, (struct box){0, 0, most - around(t), 0}, &label).w + around(t);
}

/* Even the smallest words are wider. */
static bool is_too_long(const struct view *v, const char *words, int most) {
	const struct type *type = theme_type(v->pen.theme, TYPE_SECOND);
	const struct metrics *metrics = v->pen.metrics;
	most = most < len(v->pen.theme, CHANGE_WIDE) ? most : len(v->pen.theme, CHANGE_WIDE);
	int wide = metrics->width(metrics->context, type->face, mm(v->pen.theme, type->size_min), words, strlen(words));
	return wide > most - around(v->pen.theme);
}

bool part_change_tells(const struct view *v, int listed) {
	int session = listed_session(listed);
	return view_session_at(v, session)->cancelled || change_of(v, session) != NULL;
}

/* A cross; or an arrow: from there to here. */
static void draw_sign(const struct view *v, struct box box, bool cross, uint32_t colour) {
	int line = len(v->pen.theme, LINE_CARET), right = box.x + box.w, low = box.y + box.h, middle = box.y + box.h / 2;
	if (cross) {
		draw_stroke(v->pen.list, (struct pixel[]){{box.x, box.y}, {right, low}}, 2, line, colour);
		draw_stroke(v->pen.list, (struct pixel[]){{box.x, low}, {right, box.y}}, 2, line, colour);
		return;
	}
	int head = box.h * 2 / 5;
	draw_stroke(v->pen.list, (struct pixel[]){{box.x, middle}, {right, middle}}, 2, line, colour);
	draw_stroke(v->pen.list, (struct pixel[]){{right - head, middle - head}, {right, middle}, {right - head, middle + head}}, 3, line,
		    colour);
}

int part_change_chip(const struct view *v, struct box room, int listed) {
	const struct theme *t = v->pen.theme;
	struct strbuf words = {0};
	bool cancelled = view_session_at(v, listed_session(listed))->cancelled;
	int right = room.x + room.w, high = len(t, CHANGE_HIGH);
	if (!part_change_tells(v, listed)) {
		return right;
	}
	add_words(v, listed, false, &words);
	if (is_too_long(v, strbuf_str(&words), room.w)) {
		strbuf_reset(&words);
		add_words(v, listed, true, &words);
	}
	int wide = chip_wide(v, strbuf_str(&words), room.w);
	struct box chip = {right - wide, room.y + (room.h - high) / 2, wide, high};
	uint32_t ink = hue(t, cancelled ? WHITE : INK);
	draw_fill(v->pen.list, chip, high / 2, hue(t, cancelled ? RED : CARD));
	if (!cancelled) {
		draw_outline(v->pen.list, chip, high / 2, len(t, LINE_HAIR), ink);
	}
	int side = len(t, CHANGE_SIDE), sign = len(t, CHANGE_SIGN);
	draw_sign(v, (struct box){chip.x + side, chip.y + (high - sign) / 2, sign, sign}, cancelled, ink);
	int x = chip.x + side + len_sum(t, CHANGE_SIGN, CHANGE_SIGN_GAP);
	struct label label = label_of(strbuf_str(&words), ink);
	label_draw(&v->pen, (struct box){x, chip.y, chip.x + wide - side - x, high}, &label);
	strbuf_fini(&words);
	return chip.x;
}

int part_change_band(const struct view *v, struct box room, int session) {
	const struct theme *t = v->pen.theme;
	const struct session_change *c = change_of(v, session);
	bool cancelled = view_session_at(v, session)->cancelled;
	if (!cancelled && (c == NULL || !c->moved)) {
		return 0;
	}
	room.h = len(t, CHANGE_BAND_HIGH);
	draw_fill(v->pen.list, room, len(t, ROUND_BUTTON), hue(t, cancelled ? RED : INK));
	struct label label = {.text = cancelled ? T(v, "Cancelled") : T(v, "Moved"),
			      .role = TYPE_TITLE,
			      .colour = hue(t, WHITE),
			      .lines = 1,
			      .middle = true};
	int sign = len(t, CHANGE_BAND_SIGN), air = (room.h - sign) / 2, x = room.x + 2 * air + sign;
	draw_sign(v, (struct box){room.x + air, room.y + air, sign, sign}, cancelled, hue(t, WHITE));
	label_draw(&v->pen, (struct box){x, room.y, room.x + room.w - air - x, room.h}, &label);
	return room.h;
}
