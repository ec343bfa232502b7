/* The first screen of a box that has erased the event's personal data: why it serves nobody any more, to whoever finds it, and the way to its end for staff. */
#include "base/str.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/spoken.h"

enum {
	ERASED_STAFF = ACTION_OWN,
};

#define DAY_MS (24 * INT64_C(3600000))

static enum idling idling(const struct model *m) {
	(void)m;
	return IDLING_NEVER;
}

static bool has_pin(const struct model *m) { return !str_empty(m->event->staff_pin); }

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	if (msg->action == ERASED_STAFF && has_pin(m)) {
		model_open(m, SCREEN_PIN, PIN_FOR_STAFF, effects);
	}
	return msg->action == ERASED_STAFF;
}

/* Of a file that was purged by hand on a box whose clock was never set, nobody knows when. */
static void say_when(const struct view *v, struct strbuf *out) {
	int64_t day = v->model->retention.day;
	struct strbuf date = {0};
	if (clock_is_set((struct utc_ms){(day + 1) * DAY_MS})) {
		date_range_year(&date, &v->tongue, &day, 1);
		words_fill_one(out, T(v, "The personal data of this event were erased from this box on {date}"), "date", strbuf_str(&date));
	} else {
		strbuf_adds(out, T(v, "The personal data of this event were erased from this box"));
	}
	strbuf_fini(&date);
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	const struct kiosk_event *event = v->model->event;
	int edge = view_margin(v), high = len(t, HEAD_BUTTON_HIGH), top = len(t, HEAD_TOP);
	int left = part_languages(v, (struct pixel){t->width - edge, top});
	label_draw(
		&v->pen, (struct box){edge, top, left - len(t, GAP_CLOSE) - edge, high},
		&(struct label){.text = str_or_empty(event->title), .role = TYPE_TITLE, .colour = hue(t, INK), .lines = 2, .middle = true});
	int line = top + high + len(t, GAP_RULE);
	part_rule(v, line);
	struct box room = {edge, line + len(t, GAP_RULE), t->width - 2 * edge, t->height - line - len_twice(t, GAP_RULE)};
	struct strbuf loud = {0}, quiet = {0};
	say_when(v, &loud);
	if (event->erases) {
		strbuf_addf(&quiet, "%s ", T(v, "The organiser asked for this."));
	}
	strbuf_adds(&quiet, T(v, "This box signs nobody in to this event any more."));
	struct box staff = part_foot(v, room, len(t, BUTTON_HIGH));
	struct spoken spoken = {
		.icon = ICON_DONE, .colour = TEAL, .loud = strbuf_str(&loud), .quiet = strbuf_str(&quiet), .role = TYPE_GREETING};
	part_spoken(v, (struct box){room.x, room.y, room.w, staff.y - len(t, GAP_PARTS) - room.y}, &spoken);
	if (has_pin(v->model)) {
		button_draw(&v->pen, staff, &(struct button){.text = T(v, "For staff"), .action = ERASED_STAFF, .quiet = true});
	}
	strbuf_fini(&loud);
	strbuf_fini(&quiet);
}

const struct screen screen_erased = {
	.name = "erased",
	.next = SCREEN_SET(PIN),
	.act = act,
	.idling = idling,
	.draw = draw,
};
