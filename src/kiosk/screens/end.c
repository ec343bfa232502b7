/* "End the program", asked again: a box that is full-screen has no other way out, and nobody ends it by a touch too many. */
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"

enum {
	END_SURE = ACTION_OWN,
};

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	(void)m;
	if (msg->action == END_SURE) {
		effects_put(effects, &(struct effect){.kind = EFFECT_END});
	}
	return msg->action == END_SURE;
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box room = part_head(v, T(v, "End the program"));
	struct box loud = {room.x, room.y + room.h / 6, room.w, room.h / 3};
	struct label label = {.text = T(v, "Is this box to stop signing people in?"),
			      .role = TYPE_TITLE,
			      .colour = hue(t, INK),
			      .align = ALIGN_CENTRE,
			      .lines = 3,
			      .middle = true};
	struct box used = label_draw(&v->pen, loud, &label);
	label = (struct label){.text = T(v, "All that it saved stays in its file, and is sent when it is started again."),
			       .role = TYPE_UNDER,
			       .colour = hue(t, MUTED),
			       .align = ALIGN_CENTRE,
			       .lines = 3};
	label_draw(&v->pen, box_below(room, used, len(t, HELP_WORDS_GAP)), &label);
	button_draw(&v->pen, part_foot_done(v, room),
		    &(struct button){.text = T(v, "Yes, end it"), .action = END_SURE, .filled = true, .colour = hue(t, RED)});
}

const struct screen screen_end = {
	.name = "end",
	.behind_pin = true,
	.act = act,
	.draw = draw,
};
