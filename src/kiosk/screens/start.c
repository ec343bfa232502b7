/* Before the event file is read. */
#include "kiosk/screens/screens.h"
#include "kiosk/screens/view.h"

static enum idling idling(const struct model *m) {
	(void)m;
	return IDLING_NEVER;
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box box = {view_margin(v), 0, t->width - 2 * view_margin(v), t->height};
	label_draw(&v->pen, box,
		   &(struct label){.text = T(v, "One moment…"),
				   .role = TYPE_TITLE,
				   .colour = hue(t, INK),
				   .align = ALIGN_CENTRE,
				   .lines = 1,
				   .middle = true});
}

const struct screen screen_start = {.name = "start", .idling = idling, .draw = draw};
