/* "End the program", asked again: a box that is full-screen has no other way out, and nobody ends it by a touch too many. */
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/spoken.h"

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
	bool erased = model_erased(v->model);
	struct box room = part_head(v, T(v, "End the program")), done = part_foot_done(v, room);
	struct spoken spoken = {.icon = ICON_OFF,
				.colour = RED,
				.loud = erased ? T(v, "End the program on this box?") : T(v, "Is this box to stop signing people in?"),
				.quiet = erased ? T(v, "This box signs nobody in to this event any more.")
						: T(v, "All that it saved stays in its file, and is sent when it is started again."),
				.role = TYPE_GREETING};
	part_spoken(v, (struct box){room.x, room.y, room.w, done.y - len(t, GAP_PARTS) - room.y}, &spoken);
	button_draw(&v->pen, done,
		    &(struct button){.text = T(v, "Yes, end it"), .action = END_SURE, .filled = true, .colour = hue(t, RED)});
}

const struct screen screen_end = {
	.name = "end",
	.of_leads = true,
	.behind_pin = true,
	.act = act,
	.draw = draw,
};
