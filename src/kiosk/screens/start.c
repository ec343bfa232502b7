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
	int rule = len(t, CARD_STRIPE_WIDE), wide = t->width / 8;
	struct box used = label_draw(&v->pen, box,
				     &(struct label){.text = T(v, "One moment…"),
						     .role = TYPE_NAME,
						     .colour = hue(t, INK),
						     .align = ALIGN_CENTRE,
						     .lines = 1,
						     .middle = true});
	draw_fill(v->pen.list, (struct box){(t->width - wide) / 2, used.y + used.h + len(t, GAP_PARTS), wide, rule}, rule / 2,
		  hue(t, AMBER));
}

const struct screen screen_start = {.name = "start", .idling = idling, .draw = draw};
