/* A USB stick: which one, how far it is, how it ended. */
#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "sync/stick_worker.h"

enum {
	STICK_AGAIN = 25, /* another one */
	STICK_VISIT,      /* argument: which of them */
	STICK_END,
};

struct stick {
	enum {
		STAGE_CHOOSE,
		STAGE_UNDER_WAY, /* whoever leaves now finds it again */
		STAGE_OVER,
	} stage;
	int64_t look_ms;            /* when sticks were last asked for */
	struct stick_message media; /* which there are */
	struct stick_message last;  /* the last step, or how it ended */
	bool looked;                /* `media` was told */
	double part;                /* of the visit, 0 to 1: it never becomes less */
};

static struct stick *mine(const struct model *m) { return model_state(m, SCREEN_STICK); }

/* --- reading and writing ------------------------------------------------------------------------------------------------------------- */

static void look(struct model *m, struct effects *effects) {
	mine(m)->look_ms = m->ms;
	effects_put(effects, &(struct effect){.kind = EFFECT_STICK_LOOK});
}

static void choose(struct model *m, struct effects *effects) {
	mine(m)->stage = STAGE_CHOOSE;
	mine(m)->looked = false;
	look(m, effects);
}

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)argument;
	if (mine(m)->stage != STAGE_UNDER_WAY) {
		choose(m, effects);
	}
}

static void visit(struct model *m, int64_t which, struct effects *effects) {
	struct stick *s = mine(m);
	if (s->stage != STAGE_CHOOSE || which < 0 || (size_t)which >= s->media.media_count) {
		return;
	}
	struct effect e = {.kind = EFFECT_STICK_VISIT};
	str_copy(e.text, sizeof e.text, s->media.media[which].folder);
	s->stage = STAGE_UNDER_WAY; /* at once, not with the first step: a second touch must not begin it twice */
	s->last = (struct stick_message){.kind = STICK_STEP};
	s->part = 0;
	effects_put(effects, &e);
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->action) {
	case STICK_AGAIN: enter(m, 0, effects); return true;
	case STICK_VISIT: visit(m, msg->argument, effects); return true;
	case STICK_END:
		if (mine(m)->stage == STAGE_UNDER_WAY) {
			effects_put(effects, &(struct effect){.kind = EFFECT_STICK_END});
		}
		return true;
	default: return false;
	}
}

static void take_stick(struct model *m, const struct stick_message *message, struct effects *effects) {
	struct stick *s = mine(m);
	switch (message->kind) {
	case STICK_MEDIA:
		s->media = *message;
		s->looked = true;
		break;
	case STICK_STEP:
		s->last = *message;
		s->part = message->way.part > s->part ? message->way.part : s->part;
		break;
	case STICK_OVER:
		s->last = *message;
		s->part = message->trouble == STICK_FINE ? 1 : s->part;
		s->stage = STAGE_OVER;
		m->touched_ms = m->ms; /* whoever waits for it has time to read how it ended */
		effects_chime(effects, message->trouble == STICK_FINE ? CHIME_WELCOME : CHIME_LOW);
		break;
	}
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	if (msg->kind == MSG_STICK) {
		take_stick(m, msg->stick, effects);
	} else if (msg->kind == MSG_TIME && mine(m)->stage == STAGE_CHOOSE && m->ms - mine(m)->look_ms >= m->style->timing.look_ms) {
		look(m, effects);
	}
}

static int64_t deadline(const struct model *m) {
	return mine(m)->stage == STAGE_CHOOSE ? mine(m)->look_ms + m->style->timing.look_ms : INT64_MAX;
}

static enum idling idling(const struct model *m) { return mine(m)->stage == STAGE_UNDER_WAY ? IDLING_NEVER : IDLING_COUNTED; }

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

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
	const struct stick *s = mine(v->model);
	struct label label = {.text = s->media.media_count > 0 ? T(v, "Touch the stick: it is read and written")
				      : s->looked              ? T(v, "Put a USB stick in. It is seen within a few seconds")
							       : T(v, "Looking for sticks"),
			      .role = TYPE_GREETING,
			      .colour = hue(t, INK),
			      .lines = 3};
	struct box used = label_draw(&v->pen, room, &label);
	label = (struct label){.text = T(v, "Carried from box to box it brings all of them to the same state. It acknowledges nothing."),
			       .role = TYPE_UNDER,
			       .colour = hue(t, MUTED),
			       .lines = 4};
	used = label_draw(&v->pen, box_below(room, used, len(t, GAP_CLOSE)), &label);
	struct cells cells = {.columns = t->portrait ? 1 : 2, .high = len(t, BUTTON_HIGH), .gap = len(t, GAP_CLOSE)};
	struct box sticks = box_below(room, used, len(t, GAP_FAR));
	for (size_t i = 0; i < s->media.media_count; i++) {
		button_draw(&v->pen, box_cell(sticks, &cells, (int)i),
			    &(struct button){.text = s->media.media[i].label,
					     .action = STICK_VISIT,
					     .argument = (int64_t)i,
					     .filled = true,
					     .colour = hue(t, TEAL)});
	}
}

#define MB 1000000
#define KB 1000

/* What is done just now, and how much of it: bytes while it is read, then records, as a file on the stick is made of them anew. */
static void say_way(const struct view *v, const struct stick_way *way, struct strbuf *out) {
	static const char *const steps[] = {
		[STICK_READING] = MARK("what is done with a stick", "What is on it is read and checked"),
		[STICK_READING_AGAIN] = MARK("what is done with a stick", "It is read once more, as a part could not be taken"),
		[STICK_WRITING] = MARK("what is done with a stick", "What it lacks is written"),
		[STICK_CHECKING] = MARK("what is done with a stick", "What was written is read back and compared"),
		[STICK_SYNCING] = MARK("what is done with a stick", "Making sure that it is on the stick"),
	};
	_Static_assert(COUNT_OF(steps) == STICK_STEP_COUNT, "every step has its words");
	strbuf_adds(out, TC(v, "what is done with a stick", steps[way->step]));
	bool bytes = way->step <= STICK_READING_AGAIN;
	size_t unit = !bytes ? 1 : way->count >= MB ? MB : KB;
	if (way->count < unit) { /* a fresh stick, or nothing is lacking there */
		return;
	}
	struct str_number n = str_number((int64_t)(way->done / unit)), all = str_number((int64_t)(way->count / unit));
	struct word_value values[] = {{"n", n.text}, {"all", all.text}};
	strbuf_adds(out, "\n");
	words_fill(out, !bytes ? T(v, "Records: {n} of {all}") : unit == MB ? T(v, "{n} of {all} MB") : T(v, "{n} of {all} KB"), values, 2);
}

/* The bar with its figure behind it. Returns where it stands. */
static struct box draw_bar(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	double part = mine(v->model)->part;
	char percent[16];
	snprintf(percent, sizeof percent, "%d\xC2\xA0%%", (int)(part * 100));
	int figure = label_width(&v->pen, TYPE_STRONG, "100\xC2\xA0%"), high = len(t, STICK_BAR_HIGH);
	struct label label = {
		.text = percent, .role = TYPE_STRONG, .colour = hue(t, INK), .align = ALIGN_RIGHT, .lines = 1, .middle = true};
	int line = label_measure(&v->pen, (struct box){room.x, room.y, figure, 0}, &label).h;
	line = line > high ? line : high;
	label_draw(&v->pen, (struct box){room.x + room.w - figure, room.y, figure, line}, &label);
	progress_draw(&v->pen, (struct box){room.x, room.y + (line - high) / 2, room.w - figure - len(t, GAP_PARTS), high}, part,
		      hue(t, TEAL));
	return (struct box){room.x, room.y, room.w, line};
}

static void draw_way(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct stick_way *way = &mine(v->model)->last.way;
	struct strbuf words = {0};
	struct label label = {.text = way->step <= STICK_READING_AGAIN ? T(v, "Reading the stick") : T(v, "Writing the stick"),
			      .role = TYPE_GREETING,
			      .colour = hue(t, INK),
			      .lines = 2};
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y + room.h / 8, room.w, 0}, &label);
	used = draw_bar(v, box_below(room, used, len(t, GAP_FAR)));
	say_way(v, way, &words);
	label = (struct label){.text = strbuf_str(&words), .role = TYPE_UNDER, .colour = hue(t, INK), .lines = 4};
	used = label_draw(&v->pen, box_below(room, used, len(t, GAP_CLOSE)), &label);
	label = (struct label){.text = T(v, "Leave it in until this is over"), .role = TYPE_UNDER, .colour = hue(t, MUTED), .lines = 2};
	label_draw(&v->pen, box_below(room, used, len(t, GAP_CLOSE)), &label);
	button_draw(&v->pen, part_foot(v, room, len(t, BUTTON_HIGH)),
		    &(struct button){.text = TC(v, "ends something under way", "Stop"), .action = STICK_END});
	strbuf_fini(&words);
}

static void say_report(const struct view *v, struct strbuf *out) {
	const struct stick_report *r = &mine(v->model)->last.report;
	words_fill_number(out, T(v, "New records read: {n}"), (int64_t)r->read);
	strbuf_adds(out, "\n");
	words_fill_number(out, T(v, "Records written: {n}"), (int64_t)r->written);
	if (r->damaged > 0) {
		strbuf_adds(out, "\n");
		view_fill_count(out,
				TN(v, "{n} file on the stick was damaged; what this box knows of it was written again",
				   "{n} files on the stick were damaged; what this box knows of them was written again", (long)r->damaged),
				(int64_t)r->damaged);
	}
	if (r->newer > 0) {
		strbuf_adds(out, "\n");
		view_fill_count(out,
				TN(v, "{n} file on the stick is of a newer Turnout; it was left as it is",
				   "{n} files on the stick are of a newer Turnout; they were left as they are", (long)r->newer),
				(int64_t)r->newer);
	}
}

static void draw_end(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct stick_message *m = &mine(v->model)->last;
	bool fine = m->trouble == STICK_FINE;
	struct strbuf report = {0};
	say_report(v, &report);
	struct label label = {
		.text = trouble_words(v, m->trouble), .role = TYPE_GREETING, .colour = fine ? hue(t, TEAL) : hue(t, RED), .lines = 4};
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y + room.h / 8, room.w, 0}, &label);
	if (fine) {
		used = draw_bar(v, box_below(room, used, len(t, GAP_FAR)));
	}
	label = (struct label){.text = strbuf_str(&report), .role = TYPE_UNDER, .colour = hue(t, INK), .lines = 6};
	label_draw(&v->pen, box_below(room, used, len(t, GAP_FAR)), &label);
	strbuf_fini(&report);
	button_draw(&v->pen, part_foot(v, room, len(t, BUTTON_HIGH)),
		    &(struct button){.text = T(v, "Another stick"), .action = STICK_AGAIN});
}

static void draw(const struct view *v) {
	struct box room = part_head(v, T(v, "USB stick"));
	switch (mine(v->model)->stage) {
	case STAGE_CHOOSE: draw_choice(v, room); break;
	case STAGE_UNDER_WAY: draw_way(v, room); break;
	case STAGE_OVER: draw_end(v, room); break;
	}
}

const struct screen screen_stick = {
	.name = "stick",
	.state = sizeof(struct stick),
	.of_leads = true,
	.behind_pin = true,
	.enter = enter,
	.act = act,
	.told = told,
	.deadline = deadline,
	.idling = idling,
	.draw = draw,
};
