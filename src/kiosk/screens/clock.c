/* Staff say the day and the time: asked for once, behind the PIN, where the clock was never set (a box without a battery, no network), and offered on
 * their screen ever after. What they say is an anchor of this box's log. Nobody is refused meanwhile. */
#include <stdio.h>

#include "base/alloc.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/clock_words.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"

#define FIRST_HOUR 9 /* where setting begins */
#define YEAR_MIN 2026
#define YEAR_MAX 2199

enum { /* argument: +1 or -1 */
       CLOCK_DAY = 13,
       CLOCK_MONTH,
       CLOCK_YEAR,
       CLOCK_HOUR,
       CLOCK_MINUTE,
       CLOCK_DONE,
};

struct clock {
	struct civil time; /* being set */
	bool asked;        /* once; afterwards the status line offers it */
};

static struct clock *mine(const struct model *m) { return model_state(m, SCREEN_CLOCK); }

/* --- setting ------------------------------------------------------------------------------------------------------------------------- */

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	struct clock *s = mine(m);
	int64_t day = m->event->day_count > 0 ? m->event->days[0] : tz_days(YEAR_MIN, 1, 1);
	(void)argument, (void)effects;
	m->touched_ms = m->ms;
	if (!model_clock_doubted(m)) {
		s->time = tz_civil(m->event->tz, m->now);
		s->time.second = 0; /* they say a minute, as it begins */
		return;
	}
	s->time = (struct civil){.hour = FIRST_HOUR};
	tz_from_days(day, &s->time.year, &s->time.month, &s->time.day);
}

static int turned(int value, int by, int from, int count) { return (value - from + by + count) % count + from; }

static void turn(struct civil *c, int which, int by) {
	switch (which) {
	case CLOCK_YEAR: c->year += by; break;
	case CLOCK_MONTH: c->month = turned(c->month, by, 1, 12); break;
	case CLOCK_DAY: c->day = turned(c->day, by, 1, 31); break;
	case CLOCK_HOUR: c->hour = turned(c->hour, by, 0, 24); break;
	default: c->minute = turned(c->minute, by, 0, 60);
	}
	c->year = c->year < YEAR_MIN ? YEAR_MIN : c->year > YEAR_MAX ? YEAR_MAX : c->year;
	/* No wheel leads to a day that is not: beyond a month's last day comes its first, otherwise the nearest one before. */
	while (!tz_date_valid(c->year, c->month, c->day)) {
		c->day = which == CLOCK_DAY && by >= 0 ? 1 : c->day - 1;
	}
}

static void done(struct model *m, struct effects *effects) {
	struct utc_ms now = tz_utc(m->event->tz, &mine(m)->time);
	/* Who corrects a clock that the network keeps means it: else it would count again at once. */
	effects_put(effects, &(struct effect){.kind = EFFECT_SET_CLOCK, .now = now, .forced = m->clock_sure});
	set_clock_to(&m->station_clock, now, m->clock_sure);
	m->now = now;
	if (m->asks_clock) {
		m->asks_clock = false;
		model_go_home(m, effects);
	} else {
		model_back(m);
	}
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	if (msg->action >= CLOCK_DAY && msg->action <= CLOCK_MINUTE) {
		if (msg->argument >= -12 && msg->argument <= 12) { /* a wheel goes round once; the screen draws 1 and -1 */
			turn(&mine(m)->time, msg->action, (int)msg->argument);
		}
		return true;
	}
	if (msg->action == CLOCK_DONE) {
		done(m, effects);
		return true;
	}
	return false;
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	/* The counts bring what was set before in this boot of the machine, so it is not asked for again. */
	bool counted = msg->kind == MSG_DESK && msg->desk->kind == DESK_COUNTED && m->event != NULL;
	if (counted && !mine(m)->asked && model_clock_doubted(m)) {
		model_go_home(m, effects); /* whatever somebody was doing is left, and wiped */
		mine(m)->asked = m->asks_clock = true;
		m->touched_ms = m->ms;
		model_open(m, SCREEN_PIN, PIN_FOR_CLOCK, effects);
	}
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static void draw_wheel(const struct view *v, struct box box, const char *text, int action) {
	const struct theme *t = v->pen.theme;
	int key = len(t, CLOCK_KEY_HIGH);
	button_draw(&v->pen, (struct box){box.x, box.y, box.w, key},
		    &(struct button){.text = "+", .action = action, .argument = 1, .large = true});
	label_draw(&v->pen, (struct box){box.x, box.y + key, box.w, box.h - 2 * key},
		   &(struct label){.text = text,
				   .role = TYPE_TITLE,
				   .colour = hue(t, INK),
				   .align = ALIGN_CENTRE,
				   .lines = 1,
				   .middle = true,
				   .contained = true});
	button_draw(&v->pen, (struct box){box.x, box.y + box.h - key, box.w, key},
		    &(struct button){.text = "−", .action = action, .argument = -1, .large = true});
}

static void draw_wheels(const struct view *v, struct box room) {
	const struct civil *c = &mine(v->model)->time;
	static const int actions[] = {CLOCK_DAY, CLOCK_MONTH, CLOCK_YEAR, CLOCK_HOUR, CLOCK_MINUTE};
	const int values[] = {c->day, c->month, c->year, c->hour, c->minute};
	int gap = len(v->pen.theme, GAP_CLOSE), n = (int)COUNT_OF(actions), w = (room.w - gap * n) / n;
	for (int i = 0; i < n; i++) {
		char text[16];
		snprintf(text, sizeof text, i < 2 ? "%d" : "%02d", values[i]);
		/* Date and time stand apart. */
		draw_wheel(v, (struct box){room.x + i * (w + gap) + (i > 2 ? gap : 0), room.y, w, room.h}, text, actions[i]);
	}
}

static void say_believed(const struct view *v, struct strbuf *out) {
	const struct model *m = v->model;
	if (model_clock_doubted(m)) {
		strbuf_adds(out,
			    T(v, "This box's clock is not set. Badges are read all the same; say the time and the lists will be right."));
		return;
	}
	struct strbuf time = {0};
	date_long(&time, &v->tongue, tz_local_day(m->event->tz, m->now));
	strbuf_addf(&time, " %d, ", tz_civil(m->event->tz, m->now).year);
	part_clock_words(v, &time);
	words_fill_one(out, T(v, "This box has: {time}. Whatever is recorded from now on follows what you say here."), "time",
		       strbuf_str(&time));
	strbuf_fini(&time);
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box room = part_head(v, T(v, "What day and time is it?"));
	struct strbuf believed = {0}, day = {0};
	say_believed(v, &believed);
	struct label label = {.text = strbuf_str(&believed), .role = TYPE_BODY, .colour = hue(t, MUTED), .lines = 3};
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y, room.w, 0}, &label);
	strbuf_fini(&believed);
	date_long(&day, &v->tongue, tz_days(mine(v->model)->time.year, mine(v->model)->time.month, mine(v->model)->time.day));
	label = (struct label){.text = strbuf_str(&day), .role = TYPE_TITLE, .colour = hue(t, TEAL), .align = ALIGN_CENTRE, .lines = 1};
	used = label_draw(&v->pen, box_below(room, used, len(t, GAP_PARTS)), &label);
	strbuf_fini(&day);
	struct box done = part_foot_done(v, room);
	int y = used.y + used.h + len(t, CLOCK_WHEELS_GAP), h = done.y - len(t, GAP_PARTS) - y;
	int free = h > len(t, CLOCK_WHEELS_HIGH) ? h - len(t, CLOCK_WHEELS_HIGH) : 0;
	y += free / 2;
	h -= free;
	draw_wheels(v, (struct box){room.x, y, room.w, h});
	button_draw(&v->pen, done,
		    &(struct button){.text = T(v, "This is the time"), .action = CLOCK_DONE, .filled = true, .colour = hue(t, TEAL)});
}

const struct screen screen_clock = {
	.name = "clock",
	.state = sizeof(struct clock),
	.behind_pin = true,
	.enter = enter,
	.act = act,
	.told = told,
	.draw = draw,
};
