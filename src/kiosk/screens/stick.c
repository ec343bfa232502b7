/* A USB stick: which one, how far it is, how it ended. */
#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/screen.h"

#define BUTTON_MM 24.0

static const char *trouble_words(const struct view *v, enum stick_trouble trouble) {
	static const char *const words[] = {
		[STICK_FINE] = MARK("how a stick's turn ended", "Done. You can take the stick out"),
		[STICK_GONE] = MARK("how a stick's turn ended", "The stick is gone. Put it in and try again"),
		[STICK_FULL] = MARK("how a stick's turn ended", "The stick is full. Take another one"),
		[STICK_PROTECTED] = MARK("how a stick's turn ended", "The stick cannot be written: is it protected?"),
		[STICK_BAD] = MARK("how a stick's turn ended", "The stick cannot be read or written. Take another one"),
		[STICK_ENDED] = MARK("how a stick's turn ended", "Stopped. What was written so far is good; the rest is not on the stick"),
		[STICK_OWN] = MARK("how a stick's turn ended", "This box cannot exchange with this file"),
		[STICK_NEWER] = MARK("how a stick's turn ended", "A newer Turnout wrote this stick. Take another one, or update this box"),
	};
	_Static_assert(COUNT_OF(words) == STICK_TROUBLE_COUNT, "every trouble has its words");
	return TC(v, "how a stick's turn ended", words[trouble]);
}

static void draw_choice(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct staff *s = &v->model->staff;
	struct label label = {.text = s->media.media_count > 0 ? T(v, "Touch the stick: it is read and written")
				      : s->looked              ? T(v, "Put a USB stick in. It is seen within a few seconds")
							       : T(v, "Looking for sticks"),
			      .role = TYPE_GREETING,
			      .colour = INK,
			      .lines = 3};
	struct box used = label_draw(&v->pen, room, &label);
	label = (struct label){.text = T(v, "Carried from box to box it brings all of them to the same state. It acknowledges nothing."),
			       .role = TYPE_UNDER,
			       .colour = MUTED,
			       .lines = 4};
	used = label_draw(&v->pen, (struct box){room.x, used.y + used.h + mm(t, 4), room.w, 0}, &label);
	int columns = t->portrait ? 1 : 2, gap = mm(t, 4), w = (room.w - gap * (columns - 1)) / columns, high = mm(t, BUTTON_MM);
	int y = used.y + used.h + mm(t, 8);
	for (size_t i = 0; i < s->media.media_count; i++) {
		struct box at = {room.x + (int)i % columns * (w + gap), y + (int)i / columns * (high + gap), w, high};
		button_draw(&v->pen, at,
			    &(struct button){.text = s->media.media[i].label,
					     .action = ACTION_STICK_VISIT,
					     .argument = (int64_t)i,
					     .filled = true,
					     .colour = TEAL});
	}
}

/* Reading and writing are each a half of the bar. */
static double part_done(const struct stick_message *m) {
	double part = m->count == 0 ? 0 : (double)m->done / (double)m->count;
	return m->step == STICK_WRITING ? 0.5 + part / 2 : part / 2;
}

static void draw_way(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct stick_message *m = &v->model->staff.stick;
	struct label label = {.text = m->step == STICK_WRITING ? T(v, "Writing the stick") : T(v, "Reading the stick"),
			      .role = TYPE_GREETING,
			      .colour = INK,
			      .lines = 2};
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y + room.h / 6, room.w, 0}, &label);
	struct box bar = {room.x, used.y + used.h + mm(t, 8), room.w, mm(t, 8)};
	progress_draw(&v->pen, bar, part_done(m), TEAL);
	label = (struct label){.text = T(v, "Leave it in until this is over"), .role = TYPE_UNDER, .colour = MUTED, .lines = 2};
	label_draw(&v->pen, (struct box){room.x, bar.y + bar.h + mm(t, 6), room.w, 0}, &label);
	int width = room.w / 2 < mm(t, 90) ? room.w / 2 : mm(t, 90), high = mm(t, BUTTON_MM);
	button_draw(&v->pen, (struct box){room.x + (room.w - width) / 2, room.y + room.h - high, width, high},
		    &(struct button){.text = TC(v, "ends something under way", "Stop"), .action = ACTION_STICK_END});
}

static void fill_number(struct strbuf *out, const char *pattern, size_t n) {
	char number[24];
	snprintf(number, sizeof number, "%zu", n);
	words_fill(out, pattern, &(struct word_value){"n", number}, 1);
}

static void say_report(const struct view *v, struct strbuf *out) {
	const struct stick_report *r = &v->model->staff.stick.report;
	fill_number(out, T(v, "New records read: {n}"), r->read);
	strbuf_adds(out, "\n");
	fill_number(out, T(v, "Records written: {n}"), r->written);
	if (r->damaged > 0) {
		strbuf_adds(out, "\n");
		fill_number(out,
			    TN(v, "{n} file on the stick was damaged; what this box knows of it was written again",
			       "{n} files on the stick were damaged; what this box knows of them was written again", (long)r->damaged),
			    r->damaged);
	}
	if (r->newer > 0) {
		strbuf_adds(out, "\n");
		fill_number(out,
			    TN(v, "{n} file on the stick is of a newer Turnout; it was left as it is",
			       "{n} files on the stick are of a newer Turnout; they were left as they are", (long)r->newer),
			    r->newer);
	}
}

static void draw_end(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct stick_message *m = &v->model->staff.stick;
	bool fine = m->trouble == STICK_FINE;
	struct strbuf report = {0};
	say_report(v, &report);
	struct label label = {.text = trouble_words(v, m->trouble), .role = TYPE_GREETING, .colour = fine ? TEAL : RED, .lines = 4};
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y + room.h / 6, room.w, 0}, &label);
	label = (struct label){.text = strbuf_str(&report), .role = TYPE_UNDER, .colour = INK, .lines = 6};
	label_draw(&v->pen, (struct box){room.x, used.y + used.h + mm(t, 8), room.w, 0}, &label);
	strbuf_fini(&report);
	int width = room.w / 2 < mm(t, 90) ? room.w / 2 : mm(t, 90), high = mm(t, BUTTON_MM);
	button_draw(&v->pen, (struct box){room.x + (room.w - width) / 2, room.y + room.h - high, width, high},
		    &(struct button){.text = T(v, "Another stick"), .action = ACTION_STICK});
}

void screen_stick(const struct view *v) {
	struct box room = part_head(v, T(v, "USB stick"));
	switch (v->model->staff.stick_stage) {
	case STICK_CHOOSE: draw_choice(v, room); break;
	case STICK_UNDER_WAY: draw_way(v, room); break;
	case STICK_TOLD: draw_end(v, room); break;
	}
}
