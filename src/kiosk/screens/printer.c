/* The label printer: how it is, what comes out of it, what was not printed. A badge that is held before the camera here signs nobody in: its holder's label
 * is printed again. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/printer_words.h"
#include "kiosk/screens/screens.h"

enum {
	PRINTER_TEST = ACTION_OWN,
	PRINTER_RETRY,
	PRINTER_FORGET,
	PRINTER_AHEAD, /* asks for whom */
	PRINTER_NEW,
	PRINTER_ALL,
	PRINTER_STOP,
	PRINTER_TOMORROW,
};

struct printer_screen {
	bool ahead;       /* asked for whom labels are to be printed ahead */
	bool again;       /* a badge was held up since the screen was opened */
	int64_t watch_ms; /* when it was said last that somebody looks */
};

static struct printer_screen *mine(const struct model *m) { return model_state(m, SCREEN_PRINTER); }

/* --- what is done ---------------------------------------------------------------------------------------------------------------------- */

static void put(struct effects *effects, enum effect_kind kind, bool forced) {
	effects_put(effects, &(struct effect){.kind = kind, .forced = forced});
}

static void watch(struct model *m, struct effects *effects) {
	mine(m)->watch_ms = m->ms;
	put(effects, EFFECT_PRINTER_WATCH, false);
}

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)argument;
	*mine(m) = (struct printer_screen){.ahead = false};
	watch(m, effects);
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	struct printer_screen *s = mine(m);
	if (msg->action == ACTION_BACK && s->ahead) {
		s->ahead = false;
		return true;
	}
	bool can = model_has_printer(m);
	switch (msg->action) {
	case PRINTER_TEST: put(effects, EFFECT_LABEL_TEST, false); return true;
	case PRINTER_RETRY: put(effects, EFFECT_LABEL_RETRY, false); return true;
	case PRINTER_FORGET: put(effects, EFFECT_LABEL_FORGET, false); return true;
	case PRINTER_STOP: put(effects, EFFECT_LABEL_STOP, false); return true;
	case PRINTER_AHEAD: s->ahead = can; return true;
	case PRINTER_NEW:
	case PRINTER_ALL:
		if (s->ahead) {
			put(effects, EFFECT_LABEL_ALL, msg->action == PRINTER_ALL);
		}
		s->ahead = false;
		return true;
	case PRINTER_TOMORROW:
		if (s->ahead) {
			effects_put(effects, &(struct effect){.kind = EFFECT_LABEL_TOMORROW, .now = m->now});
		}
		s->ahead = false;
		return true;
	default: return false;
	}
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	if (msg->kind == MSG_TIME && m->ms - mine(m)->watch_ms >= m->style->timing.look_ms) {
		watch(m, effects);
	}
	if (msg->kind == MSG_CODE && model_shows(m, SCREEN_PRINTER) && model_has_printer(m)) {
		struct effect e = {.kind = EFFECT_LABEL_AGAIN};
		e.n = msg->n < sizeof e.text ? msg->n : sizeof e.text;
		memcpy(e.text, msg->text, e.n);
		mine(m)->again = true;
		effects_put(effects, &e);
		effects_chime(effects, CHIME_SOFT);
	}
}

static int64_t deadline(const struct model *m) { return mine(m)->watch_ms + m->style->timing.look_ms; }

/* --- what is seen ---------------------------------------------------------------------------------------------------------------------- */

/* The label as it leaves the printer, on its paper, as large as the room lets it be. */
static void draw_label(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct model *m = v->model;
	if (m->label.width <= 0 || room.h < len_twice(t, BUTTON_HIGH)) { /* too small to tell anything */
		return;
	}
	draw_fill(v->pen.list, room, len(t, ROUND_CARD), hue(t, PANEL));
	struct box inner = box_inset(room, len(t, GAP_CLOSE));
	double scale = fmin((double)inner.w / m->label.width, (double)inner.h / m->label.height);
	struct box paper = {0, 0, (int)(m->label.width * scale), (int)(m->label.height * scale)};
	paper.x = inner.x + (inner.w - paper.w) / 2;
	paper.y = inner.y + (inner.h - paper.h) / 2;
	char name[32];
	snprintf(name, sizeof name, "label/%d", m->print->number);
	draw_fill(v->pen.list, paper, 0, hue(t, CARD));
	draw_picture(v->pen.list, paper, name, &m->label);
}

static struct box put_line(const struct view *v, struct box room, const char *text, enum type_role role, uint32_t colour) {
	struct label label = {.text = text, .role = role, .colour = colour, .lines = 4};
	struct box used = label_draw(&v->pen, room, &label);
	int gone = used.y + used.h - room.y + len(v->pen.theme, GAP_TIGHT);
	return (struct box){room.x, room.y + gone, room.w, room.h - gone};
}

static struct box draw_words(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct print_message *p = v->model->print;
	struct strbuf text = {0}, value = {0};
	bool fine = part_printer_state(v, &text);
	room = put_line(v, room, strbuf_str(&text), TYPE_STRONG, fine ? hue(t, INK) : hue(t, RED));
	strbuf_reset(&text);
	if (model_has_printer(v->model)) {
		part_printer_wanted(v, &value);
		words_fill_one(&text, T(v, "This box prints: {size}"), "size", strbuf_str(&value));
		strbuf_reset(&value);
		part_printer_loaded(v, &value);
		if (value.len > 0) {
			strbuf_adds(&text, "\n");
			words_fill_one(&text, T(v, "In the printer: {size}"), "size", strbuf_str(&value));
		}
		room = put_line(v, room, strbuf_str(&text), TYPE_SECOND, hue(t, MUTED));
		strbuf_reset(&text);
		if (p->waiting > 0) {
			view_fill_count(&text, TN(v, "{n} label waits to be printed", "{n} labels wait to be printed", (long)p->waiting),
					(int64_t)p->waiting);
			room = put_line(v, room, strbuf_str(&text), TYPE_STRONG, hue(t, INK));
		}
	}
	strbuf_fini(&text);
	strbuf_fini(&value);
	return room;
}

static struct box below(struct box room, int used) { return (struct box){room.x, room.y + used, room.w, room.h - used}; }

/* What nobody got: one line, and the two things that can be done about it. */
static struct box draw_missed(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct print_message *p = v->model->print;
	struct strbuf text = {0};
	struct box pair[2];
	if (p->missed == 0) {
		return room;
	}
	view_fill_count(&text, TN(v, "{n} label was not printed", "{n} labels were not printed", (long)p->missed), (int64_t)p->missed);
	room = put_line(v, room, strbuf_str(&text), TYPE_STRONG, hue(t, RED));
	part_pair(v, (struct box){room.x, room.y, room.w, len(t, BUTTON_HIGH)}, pair);
	button_draw(&v->pen, pair[0],
		    &(struct button){.text = TC(v, "labels that were not printed", "Print now"),
				     .action = PRINTER_RETRY,
				     .filled = true,
				     .colour = hue(t, TEAL)});
	button_draw(&v->pen, pair[1], &(struct button){.text = TC(v, "labels that were not printed", "Forget"), .action = PRINTER_FORGET});
	strbuf_fini(&text);
	return below(room, len_sum(t, BUTTON_HIGH, GAP_CLOSE));
}

static struct box draw_button(const struct view *v, struct box room, const struct button *button) {
	button_draw(&v->pen, (struct box){room.x, room.y, room.w, len(v->pen.theme, BUTTON_HIGH)}, button);
	return below(room, len_sum(v->pen.theme, BUTTON_HIGH, GAP_CLOSE));
}

static struct box draw_ahead(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct print_message *p = v->model->print;
	struct strbuf text = {0};
	if (p->batch > 0) {
		view_fill_count(&text, TN(v, "Stop: {n} is left", "Stop: {n} are left", (long)p->batch), (int64_t)p->batch);
		room = draw_button(v, room, &(struct button){.text = strbuf_str(&text), .action = PRINTER_STOP});
	} else if (mine(v->model)->ahead) {
		room = put_line(v, room, T(v, "Labels for whom? Nobody is signed in by it"), TYPE_STRONG, hue(t, INK));
		room = draw_button(v, room,
				   &(struct button){.text = T(v, "Only for whom none was printed"),
						    .action = PRINTER_NEW,
						    .filled = true,
						    .colour = hue(t, TEAL)});
		room = draw_button(v, room, &(struct button){.text = T(v, "Who comes tomorrow and has none"), .action = PRINTER_TOMORROW});
		room = draw_button(v, room, &(struct button){.text = T(v, "For everyone on the list"), .action = PRINTER_ALL});
	} else {
		room = draw_button(v, room, &(struct button){.text = T(v, "Print labels ahead"), .action = PRINTER_AHEAD});
	}
	strbuf_fini(&text);
	return room;
}

/* Said last, where there is room: who does not read it finds it in the guide. */
static void draw_hint(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	bool nobody = mine(v->model)->again && v->model->print->no_such_badge;
	const struct label hint = {.text = nobody ? T(v, "Nobody here has that badge") : T(v, "Hold a badge up to print its label again"),
				   .role = TYPE_SECOND,
				   .colour = nobody ? hue(t, RED) : hue(t, MUTED),
				   .lines = 4};
	if (label_measure(&v->pen, (struct box){room.x, room.y, room.w, 0}, &hint).h <= room.h) {
		label_draw(&v->pen, room, &hint);
	}
}

/* What is asked for now leaves out what else there would be: in large print there is room for three buttons. */
static void draw_deeds(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct print_message *p = v->model->print;
	bool ahead = mine(v->model)->ahead && p->batch == 0;
	if (!ahead) {
		room = draw_missed(v, room);
		room = draw_button(v, room,
				   &(struct button){.text = T(v, "Print a test label"),
						    .icon = ICON_PRINTER,
						    .action = PRINTER_TEST,
						    .filled = true,
						    .colour = p->printing ? hue(t, MUTED) : hue(t, TEAL)});
	}
	if (p->missed == 0 || p->batch > 0) {
		room = draw_ahead(v, room);
	}
	draw_hint(v, room);
}

static void draw(const struct view *v) {
	struct box halves[2];
	part_two(v, part_head(v, T(v, "Label printer")), 45, halves);
	struct box picture = draw_words(v, halves[0]);
	if (!model_has_printer(v->model)) {
		put_line(v, picture, T(v, "Who set this box up can name one: turnout device set printer"), TYPE_SECOND,
			 hue(v->pen.theme, MUTED));
		return;
	}
	draw_label(v, picture);
	draw_deeds(v, halves[1]);
}

const struct screen screen_printer = {
	.name = "printer",
	.state = sizeof(struct printer_screen),
	.behind_pin = true,
	.enter = enter,
	.act = act,
	.told = told,
	.deadline = deadline,
	.draw = draw,
};
