#include "kiosk/screens/slip_parts.h"

#include "kiosk/screens/printer_words.h"

void part_slip_ask(struct model *m, struct slip_asked *asked, bool inside, struct effects *effects) {
	if (!model_has_printer(m) || m->print->slip) {
		return;
	}
	*asked = (struct slip_asked){true, m->print->slips};
	effects_put(effects, &(struct effect){.kind = EFFECT_SLIP, .now = m->now, .forced = inside});
	effects_put(effects, &(struct effect){.kind = EFFECT_PRINTER_WATCH}); /* what the printer lacks is told soon */
}

void part_slip_button(const struct view *v, struct box box, const struct slip_asked *asked, const char *words, int action) {
	const struct theme *t = v->pen.theme;
	const struct print_message *p = v->model->print;
	if (!model_has_printer(v->model)) {
		return;
	}
	bool printed = asked->asked && p->slips > asked->before, comes = p->trouble == PRINTER_FINE || p->trouble == PRINTER_BUSY;
	button_draw(&v->pen, box,
		    &(struct button){.text = p->slip && comes ? T(v, "It is being printed")
					     : p->slip        ? T(v, "It waits for the printer")
					     : printed        ? T(v, "Printed. Once more?")
							      : words,
				     .icon = ICON_PRINTER,
				     .action = action,
				     .filled = p->slip || !printed,
				     .colour = p->slip ? hue(t, MUTED) : hue(t, TEAL)});
}

struct box part_slip_trouble(const struct view *v, struct box room, const struct slip_asked *asked) {
	const struct theme *t = v->pen.theme;
	struct strbuf text = {0};
	if (!asked->asked || !model_has_printer(v->model) || v->model->print->slips > asked->before) {
		return room;
	}
	if (part_printer_state(v, &text)) {
		strbuf_reset(&text);
	}
	if (text.len > 0) {
		struct label label = {.text = strbuf_str(&text), .role = TYPE_STRONG, .colour = hue(t, RED), .lines = 3};
		int used = label_draw(&v->pen, (struct box){room.x, room.y, room.w, 0}, &label).h + len(t, GAP_TIGHT);
		room.y += used;
		room.h -= used;
	}
	strbuf_fini(&text);
	return room;
}
