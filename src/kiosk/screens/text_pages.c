#include "kiosk/screens/text_pages.h"

#include "kiosk/ui/pages.h"

static void set_text(const struct view *v, int width, const char *text, struct flow *flow) {
	flow_set(flow, v->pen.theme, v->pen.metrics, TYPE_BODY, text, &(struct flow_room){.width = width, .break_words = true});
}

int part_text_high(const struct view *v, int width, const char *text) {
	struct flow flow;
	set_text(v, width, text, &flow);
	return (int)flow.count * flow.height;
}

void part_text(const struct view *v, struct box room, const char *text, int page, int action) {
	const struct theme *t = v->pen.theme;
	struct flow flow;
	set_text(v, room.w, text, &flow);
	int buttons = len(t, PAGE_BUTTON_HIGH);
	struct pages_room sheet = {.height = room.h, .row = flow.height, .buttons = buttons + len(t, GAP_TIGHT)};
	struct pages pages = pages_of(&sheet, (int)flow.count, page);
	for (int i = pages.page * pages.fit; i < (int)flow.count && i < (pages.page + 1) * pages.fit; i++) {
		struct pixel at = {room.x, room.y + (i - pages.page * pages.fit) * flow.height};
		flow_draw_line(&flow, (size_t)i, v->pen.list, at, hue(t, INK));
	}
	struct pages_buttons turn = {.before = TC(v, "of a text", "Back up"),
				     .after = TC(v, "of a text", "Read on"),
				     .action = action,
				     .width = len(t, PAGE_BUTTON_WIDE)};
	pages_draw(&v->pen, (struct box){room.x, room.y + room.h - buttons, room.w, buttons}, &pages, &turn);
}
