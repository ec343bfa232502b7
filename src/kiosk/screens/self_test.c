/* The self-test, for staff: each check's line as it ends, with a sign, a colour and a word for how it is, and what helps. */
#include "kiosk/workers/self_test_worker.h"

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/shapes.h"

enum {
	SELF_TEST_AGAIN = ACTION_OWN,
	SELF_TEST_PAGE, /* argument: the page */
};

#define PAGE_FOLLOWS (-1) /* the newest line while they come, then the first that is not fine */

struct self_test {
	uint64_t number; /* of the run; 0: none */
	int64_t asked_ms;
	bool begun, over, failed;
	size_t check; /* that is run now */
	size_t count; /* of lines */
	struct {
		size_t check;
		struct self_checked checked;
	} lines[SELF_CHECKS_MAX];
	int page;
};

static struct self_test *mine(const struct model *m) { return model_state(m, SCREEN_SELF_TEST); }

static void forget(struct self_test *s) {
	for (size_t i = 0; i < s->count; i++) {
		self_checked_fini(&s->lines[i].checked);
	}
	*s = (struct self_test){.page = PAGE_FOLLOWS};
}

static void start(struct model *m, struct effects *effects) {
	struct self_test *s = mine(m);
	forget(s);
	s->number = model_number(m);
	s->asked_ms = m->ms;
	effects_put(effects, &(struct effect){.kind = EFFECT_SELF_TEST, .number = s->number});
}

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)argument;
	start(m, effects);
}

/* Names of people may stand in a line. */
static void leave(struct model *m) { forget(mine(m)); }

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	struct self_test *s = mine(m);
	switch (msg->action) {
	case SELF_TEST_AGAIN:
		if (s->over || s->failed) {
			start(m, effects);
		}
		return true;
	case SELF_TEST_PAGE:
		s->page = msg->argument >= 0 && msg->argument < SELF_CHECKS_MAX ? (int)msg->argument : PAGE_FOLLOWS;
		return true;
	default: return false;
	}
}

static void take(struct model *m, struct self_test_message *message, struct effects *effects) {
	struct self_test *s = mine(m);
	switch (message->kind) {
	case SELF_TEST_BEGINS:
		s->begun = true;
		s->check = message->check;
		break;
	case SELF_TEST_CHIME: effects_chime(effects, CHIME_WELCOME); break;
	case SELF_TEST_DONE:
		if (s->count < SELF_CHECKS_MAX) {
			s->lines[s->count].check = message->check;
			s->lines[s->count++].checked = message->checked;
			message->checked = (struct self_checked){.verdict = SELF_FINE};
		}
		break;
	case SELF_TEST_OVER: s->over = true; break;
	}
	m->touched_ms = m->ms; /* whoever waits for it reads on */
}

#define BEGIN_MS 20000 /* what was asked for and has not begun by then waits for something that hangs */

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct self_test *s = mine(m);
	if (!model_shows(m, SCREEN_SELF_TEST)) {
		return;
	}
	if (msg->kind == MSG_SELF_TEST && s->number != 0 && msg->self_test->number == s->number) {
		take(m, msg->self_test, effects);
		s->failed = false;
	} else if (msg->kind == MSG_TIME && !s->begun && m->ms - s->asked_ms >= BEGIN_MS) {
		s->failed = true;
	}
}

static int64_t deadline(const struct model *m) {
	const struct self_test *s = mine(m);
	return s->begun || s->failed ? INT64_MAX : s->asked_ms + BEGIN_MS;
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

struct look {
	enum shape shape;
	enum hue fore, words; /* of the sign; of its word */
	const char *word;
};

static const struct look *look_of(enum self_verdict verdict) {
	static const struct look looks[] = {
		[SELF_FINE] = {SHAPE_CHECK, TEAL, TEAL, MARK("how a check ended", "Fine")},
		[SELF_LOOK] = {SHAPE_UNKNOWN, AMBER, INK, MARK("how a check ended", "Look at it")},
		[SELF_FAULT] = {SHAPE_ALARM, RED, RED, MARK("how a check ended", "Fault")},
	};
	_Static_assert(COUNT_OF(looks) == SELF_VERDICT_COUNT, "every verdict has its sign and its word");
	return &looks[verdict];
}

/* Draws a label below what is there, or only measures where nothing is to be drawn, and moves on. `room.h`: what is left; 0: as much as it takes. */
static void put(const struct view *v, bool drawn, struct box *room, const struct label *label) {
	struct box used;
	if (label->text[0] != '\0') {
		used = (drawn ? label_draw : label_measure)(&v->pen, *room, label);
		int gone = used.y + used.h - room->y;
		room->y += gone;
		room->h = room->h == 0 ? 0 : room->h > gone ? room->h - gone : 1;
	}
}

/* The row of a line at the top of `room`; returns how high it is. */
static int put_row(const struct view *v, bool drawn, struct box room, int i) {
	const struct theme *t = v->pen.theme;
	const struct self_test *s = mine(v->model);
	const struct self_checked *c = &s->lines[i].checked;
	const struct look *look = look_of(c->verdict);
	int side = len(t, SELF_TEST_SIGN), top = room.y;
	struct strbuf head = {0}, text = {0}, help = {0};
	struct box at = {room.x + side + len(t, GAP_PARTS), room.y, room.w - side - len(t, GAP_PARTS), room.h};
	strbuf_addf(&head, "%s: %s", TC(v, SELF_NAME_CONTEXT, self_check_name(s->lines[i].check)), TC(v, "how a check ended", look->word));
	self_saying_add(&text, &c->text, &v->tongue);
	strbuf_addf(&text, "%s%s", c->detail.len > 0 ? "\n" : "", strbuf_str(&c->detail));
	self_saying_add(&help, &c->help, &v->tongue);
	if (drawn) {
		shape_draw(&v->pen, look->shape, (struct box){room.x, room.y, side, side}, hue(t, look->fore), hue(t, PAPER));
	}
	put(v, drawn, &at, &(struct label){.text = strbuf_str(&head), .role = TYPE_STRONG, .colour = hue(t, look->words), .lines = 2});
	put(v, drawn, &at,
	    &(struct label){.text = strbuf_str(&text), .role = TYPE_SECOND, .colour = hue(t, INK), .lines = 6, .break_words = true});
	put(v, drawn, &at,
	    &(struct label){.text = strbuf_str(&help), .role = TYPE_STRONG, .colour = hue(t, INK), .lines = 4, .break_words = true});
	strbuf_fini(&head);
	strbuf_fini(&text);
	strbuf_fini(&help);
	return at.y - top > side ? at.y - top : side;
}

/* Which page each line is on, as they are high; returns how many pages there are. */
static int share_out(const struct view *v, struct box room, int pages[SELF_CHECKS_MAX]) {
	const struct self_test *s = mine(v->model);
	int page = 0, used = 0, gap = len(v->pen.theme, GAP_CLOSE);
	for (size_t i = 0; i < s->count; i++) {
		int high = put_row(v, false, (struct box){room.x, room.y, room.w, 0}, (int)i);
		if (used > 0 && used + high > room.h) {
			page++;
			used = 0;
		}
		pages[i] = page;
		used += high + gap;
	}
	return s->count == 0 ? 0 : page + 1;
}

static int wanted_page(const struct self_test *s, const int *pages, int count) {
	int page = s->page;
	if (page == PAGE_FOLLOWS) {
		page = s->over || count == 0 ? 0 : pages[s->count - 1];
		for (size_t i = s->count; s->over && i-- > 0;) {
			page = s->lines[i].checked.verdict != SELF_FINE ? pages[i] : page;
		}
	}
	return page < count ? page : count - 1;
}

static void draw_rows(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct self_test *s = mine(v->model);
	int pages[SELF_CHECKS_MAX] = {0}, buttons = len(t, PAGE_BUTTON_HIGH), gap = len(t, GAP_CLOSE);
	struct box rows = room;
	int count = share_out(v, rows, pages);
	if (count > 1) {
		rows.h -= buttons + gap;
		count = share_out(v, rows, pages);
	}
	struct pages shown = {.fit = 1, .count = count, .page = wanted_page(s, pages, count)};
	int y = rows.y;
	for (size_t i = 0; i < s->count; i++) {
		if (pages[i] == shown.page) {
			y += put_row(v, true, (struct box){rows.x, y, rows.w, rows.y + rows.h - y}, (int)i) + gap;
		}
	}
	part_pages(v, room, &shown, SELF_TEST_PAGE, TC(v, "a page of a list", "Back"), TC(v, "a page of a list", "Next"));
}

static size_t count_of(const struct self_test *s, enum self_verdict verdict) {
	size_t n = 0;
	for (size_t i = 0; i < s->count; i++) {
		n += s->lines[i].checked.verdict == verdict;
	}
	return n;
}

/* How it ended in one line, or what is looked at just now. Returns whether something is wrong. */
static bool say_sum(const struct view *v, struct strbuf *out) {
	const struct self_test *s = mine(v->model);
	size_t faults = count_of(s, SELF_FAULT), looks = count_of(s, SELF_LOOK);
	if (s->failed) {
		strbuf_adds(out, T(v, "It did not begin: a device does not answer. Run it again later"));
	} else if (!s->begun) {
		strbuf_adds(out, T(v, "One moment"));
	} else if (!s->over) {
		struct str_number n = str_number((int64_t)s->check + 1), all = str_number((int64_t)self_checks_count());
		struct word_value values[] = {
			{"check", TC(v, SELF_NAME_CONTEXT, self_check_name(s->check))}, {"n", n.text}, {"all", all.text}};
		words_fill(out, T(v, "{n} of {all}: {check}"), values, 3);
	} else if (faults > 0) {
		view_fill_count(out, TN(v, "{n} fault was found", "{n} faults were found", (long)faults), (int64_t)faults);
	} else if (looks > 0) {
		view_fill_count(out,
				TN(v, "No fault. {n} thing is to be looked at", "No fault. {n} things are to be looked at", (long)looks),
				(int64_t)looks);
	} else {
		strbuf_adds(out, T(v, "All is well with this box"));
	}
	return s->failed || faults > 0;
}

/* How it ended, and beside it the button for another run; returns what is left below. */
static struct box draw_end(const struct view *v, struct box room, const struct label *sum) {
	const struct theme *t = v->pen.theme;
	int high = len(t, PAGE_BUTTON_HIGH), wide = room.w * 2 / 5;
	struct label words = *sum;
	words.middle = true;
	label_draw(&v->pen, (struct box){room.x, room.y, room.w - wide - len(t, GAP_CLOSE), high}, &words);
	button_draw(&v->pen, (struct box){room.x + room.w - wide, room.y, wide, high},
		    &(struct button){.text = T(v, "Run again"), .action = SELF_TEST_AGAIN});
	high += len(t, GAP_CLOSE);
	return (struct box){room.x, room.y + high, room.w, room.h - high};
}

/* Likewise while it runs, with how far it is. */
static struct box draw_way(const struct view *v, struct box room, const struct label *sum) {
	const struct theme *t = v->pen.theme;
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y, room.w, 0}, sum);
	int gone = used.y + used.h - room.y + len(t, GAP_TIGHT);
	progress_draw(&v->pen, (struct box){room.x, room.y + gone, room.w, len(t, SELF_TEST_BAR)},
		      (double)mine(v->model)->count / (double)self_checks_count(), hue(t, TEAL));
	gone += len_sum(t, SELF_TEST_BAR, GAP_CLOSE);
	return (struct box){room.x, room.y + gone, room.w, room.h - gone};
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	const struct self_test *s = mine(v->model);
	struct strbuf words = {0};
	struct box room = part_head(v, T(v, "Self-test"));
	bool wrong = say_sum(v, &words);
	struct label sum = {.text = strbuf_str(&words), .role = TYPE_STRONG, .colour = wrong ? hue(t, RED) : hue(t, INK), .lines = 3};
	draw_rows(v, s->over || s->failed ? draw_end(v, room, &sum) : draw_way(v, room, &sum));
	strbuf_fini(&words);
}

const struct screen screen_self_test = {
	.name = "self_test",
	.state = sizeof(struct self_test),
	.of_leads = true,
	.behind_pin = true,
	.enter = enter,
	.act = act,
	.told = told,
	.deadline = deadline,
	.leave = leave,
	.fini = leave,
	.draw = draw,
};
