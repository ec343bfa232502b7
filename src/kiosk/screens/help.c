/* Somebody asked for a person: the box chimes and says so until they come or the visitor goes back, and tells the other boxes, where there are any. */
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/spoken.h"

struct help {
	int64_t called_ms; /* the last chime */
	bool open;         /* the call is recorded */
	bool answered;     /* staff at another box closed it */
};

static struct help *mine(const struct model *m) { return model_state(m, SCREEN_HELP); }

static void call(struct model *m, struct effects *effects) {
	mine(m)->called_ms = m->ms;
	effects_chime(effects, CHIME_CALL);
}

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)argument;
	m->refusals = 0;
	*mine(m) = (struct help){.open = model_own_call(m)};
	call(m, effects);
	effects_put(effects, &(struct effect){.kind = EFFECT_HELP});
}

static int64_t next_chime(const struct model *m) { return mine(m)->called_ms + m->style->timing.call_chime_ms; }

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct help *s = mine(m);
	if (msg->kind == MSG_TIME && m->ms >= next_chime(m)) {
		call(m, effects);
	} else if (msg->kind == MSG_DESK && msg->desk->kind == DESK_COUNTED) {
		s->answered = s->open && !model_own_call(m);
		s->open = model_own_call(m);
	}
}

/* A box without its event file tells the others nothing, and nobody listens to one that was retired. */
static bool others_hear(const struct model *m) { return model_online(m) && model_standing(m) == STATION_GOOD; }

/* Whoever waits for somebody who was never told waits in vain: then nothing is said of a call, though the box goes on chiming. */
static bool somebody_knows(const struct view *v) { return mine(v->model)->answered || others_hear(v->model); }

static const char *loud_words(const struct view *v) {
	const struct help *s = mine(v->model);
	return s->answered          ? T(v, "Somebody is on their way to you")
	       : !somebody_knows(v) ? T(v, "Please go to our staff's desk")
	       : s->open            ? T(v, "We have let our staff know")
				    : T(v, "We are calling our staff");
}

static const char *quiet_words(const struct view *v) {
	return somebody_knows(v) ? T(v, "Please stay here for a moment. You can also show your badge again.")
				 : T(v, "They cannot be called from here right now");
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box room = part_head(v, T(v, "Help"));
	int high = len(t, HELP_BUTTON_HIGH), gap = len(t, GAP_PARTS);
	bool types = model_serves(v->model); /* else no code signs anybody in here */
	struct spoken spoken = {.icon = mine(v->model)->answered ? ICON_DONE : ICON_HELP,
				.colour = TEAL,
				.loud = loud_words(v),
				.quiet = quiet_words(v),
				.role = TYPE_NAME};
	part_spoken(v, (struct box){room.x, room.y, room.w, room.h - (types ? high + gap : 0)}, &spoken);
	if (types) {
		room.h -= len_sum(t, HELP_BUTTON_HIGH, GAP_CLOSE) - high;
		button_draw(&v->pen, part_foot(v, room, high),
			    &(struct button){.text = T(v, "Type the badge's code"), .icon = ICON_KEYS, .action = ACTION_TYPE});
	}
}

const struct screen screen_help = {
	.name = "help",
	.state = sizeof(struct help),
	.next = SCREEN_SET(TYPE),
	.enter = enter,
	.told = told,
	.deadline = next_chime,
	.draw = draw,
};
