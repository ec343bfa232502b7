/* Somebody asked for a person: the station chimes and says so until they come or the visitor goes back. */
#include "kiosk/screens/screen.h"

void screen_help(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box room = part_head(v, T(v, "Help"));
	struct box loud = {room.x, room.y + room.h / 6, room.w, room.h / 2};
	struct label label = {.text = T(v, "We are calling our staff"),
			      .role = TYPE_NAME,
			      .colour = INK,
			      .align = ALIGN_CENTRE,
			      .lines = 3,
			      .middle = true};
	struct box used = label_draw(&v->pen, loud, &label);
	label = (struct label){.text = T(v, "Please stay here for a moment. You can also show your badge again."),
			       .role = TYPE_UNDER,
			       .colour = MUTED,
			       .align = ALIGN_CENTRE,
			       .lines = 3};
	label_draw(&v->pen, (struct box){room.x, used.y + used.h + mm(t, 7), room.w, 0}, &label);
	int width = room.w / 2 < mm(t, 90) ? room.w / 2 : mm(t, 90);
	button_draw(&v->pen, (struct box){room.x + (room.w - width) / 2, room.y + room.h - mm(t, 26), width, mm(t, 22)},
		    &(struct button){.text = T(v, "Type the badge's code"), .action = ACTION_TYPE});
}
