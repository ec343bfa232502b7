/* What is set up at this box, once or when something is wrong with it. */
#include "base/alloc.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"

enum {
	SETUP_CAMERA = 28,
	SETUP_CLOCK = ACTION_OWN,
	SETUP_END,
	SETUP_POINTS = 36,
	SETUP_STICK,
	SETUP_SETTINGS,
	SETUP_SELF_TEST,
};

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->action) {
	case SETUP_CAMERA: model_open(m, SCREEN_CAMERA, 0, effects); return true;
	case SETUP_CLOCK: model_open(m, SCREEN_CLOCK, 0, effects); return true;
	case SETUP_END: model_open(m, SCREEN_END, 0, effects); return true;
	case SETUP_POINTS: model_open(m, SCREEN_POINTS, 0, effects); return true;
	case SETUP_STICK: model_open(m, SCREEN_STICK, 0, effects); return true;
	case SETUP_SETTINGS: model_open(m, SCREEN_SETTINGS, 0, effects); return true;
	case SETUP_SELF_TEST: model_open(m, SCREEN_SELF_TEST, 0, effects); return true;
	default: return false;
	}
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	static const struct {
		const char *text;
		enum icon icon;
		int action;
	} all[] = {{MARK("setting up a box", "Where this box stands"), ICON_NONE, SETUP_POINTS},
		   {MARK("setting up a box", "Camera"), ICON_CAMERA, SETUP_CAMERA},
		   {MARK("setting up a box", "Clock"), ICON_CLOCK, SETUP_CLOCK},
		   {MARK("setting up a box", "End the program"), ICON_OFF, SETUP_END},
		   {MARK("setting up a box", "Screen, sound, language"), ICON_NONE, SETUP_SETTINGS},
		   {MARK("setting up a box", "Self-test"), ICON_NONE, SETUP_SELF_TEST},
		   {MARK("setting up a box", "USB stick"), ICON_STICK, SETUP_STICK}};
	struct box room = part_head(v, T(v, "Set up this box"));
	struct cells cells = {.columns = t->portrait ? 1 : 2, .high = len(t, BUTTON_HIGH), .gap = len(t, GAP_CLOSE)};
	size_t count = model_has_printer(v->model) ? COUNT_OF(all) : COUNT_OF(all) - 1; /* else the staff's screen has the stick */
	for (size_t i = 0; i < count; i++) {
		button_draw(&v->pen, box_cell(room, &cells, (int)i),
			    &(struct button){.text = TC(v, "setting up a box", all[i].text), .icon = all[i].icon, .action = all[i].action});
	}
}

const struct screen screen_setup = {
	.name = "setup",
	.next = SCREEN_SET(CAMERA) | SCREEN_SET(CLOCK) | SCREEN_SET(END) | SCREEN_SET(POINTS) | SCREEN_SET(STICK) | SCREEN_SET(SETTINGS) |
		SCREEN_SET(SELF_TEST),
	.of_leads = true,
	.behind_pin = true,
	.act = act,
	.draw = draw,
};
