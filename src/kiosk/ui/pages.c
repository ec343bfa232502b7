#include "kiosk/ui/pages.h"

#include <stdio.h>

struct pages pages_of(const struct pages_room *room, int rows, int wanted) {
	struct pages p = {.fit = room->height / room->row};
	/* The buttons take room only when one page does not hold all rows. */
	if (rows > p.fit) {
		p.fit = (room->height - room->buttons) / room->row;
	}
	p.fit = p.fit < 1 ? 1 : p.fit;
	p.count = (rows + p.fit - 1) / p.fit;
	p.page = wanted < 0 ? 0 : wanted;
	p.page = p.page < p.count ? p.page : p.count - 1;
	return p;
}

void pages_draw(const struct pen *pen, struct box box, const struct pages *p, const struct pages_buttons *b) {
	const struct theme *t = pen->theme;
	if (p->count < 2) {
		return;
	}
	if (p->page > 0) {
		button_draw(pen, (struct box){box.x, box.y, b->width, box.h},
			    &(struct button){.text = b->before, .action = b->action, .argument = p->page - 1});
	}
	if (p->page + 1 < p->count) {
		button_draw(pen, (struct box){box.x + box.w - b->width, box.y, b->width, box.h},
			    &(struct button){.text = b->after, .action = b->action, .argument = p->page + 1});
	}
	if (b->numbered) {
		char text[32];
		snprintf(text, sizeof text, "%d / %d", p->page + 1, p->count);
		label_draw(
			pen,
			(struct box){box.x + b->width + len(t, PAGE_NUMBER_SIDE), box.y, b->width - len_twice(t, PAGE_NUMBER_SIDE), box.h},
			&(struct label){.text = text,
					.role = TYPE_SECOND,
					.colour = hue(t, MUTED),
					.align = ALIGN_CENTRE,
					.lines = 1,
					.middle = true});
	}
}
