/* A lead lets somebody in, or hands out, although a rule says no: with a reason, which is kept with the check-in. */
#include "base/alloc.h"
#include "base/crypto.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"

enum { OVERRULE_FOR = ACTION_OWN }; /* argument: which reason */

static const char *const REASONS[] = {
	MARK("why staff let somebody in", "Speaker or guest of honour"),
	MARK("why staff let somebody in", "A place was kept"),
	MARK("why staff let somebody in", "Agreed with the organiser"),
	MARK("why staff let somebody in", "Accompanies somebody who needs help"),
	MARK("why staff let somebody in", "The list was wrong"),
	MARK("why staff let somebody in", "Another reason"),
};

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	if (msg->action != OVERRULE_FOR) {
		return false;
	}
	if (msg->argument >= 0 && (size_t)msg->argument < COUNT_OF(REASONS)) {
		/* In the box's own language: whoever reads it later reads them all in one. */
		model_let_in(m, words_get_in(m->words, m->station_language, "why staff let somebody in", REASONS[msg->argument]), effects);
		model_go_home(m, effects); /* the answer is shown as any other */
	}
	return true;
}

static void leave(struct model *m) { crypto_wipe(&m->chosen, sizeof m->chosen); }

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box room = part_head(v, T(v, "Let in all the same"));
	struct label label = {.text = v->model->chosen.name, .role = TYPE_NAME, .colour = hue(t, INK), .lines = 2};
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y, room.w, room.h / 3}, &label);
	label = (struct label){.text = T(v, "Why? It is kept with the check-in, and with your name"),
			       .role = TYPE_SECOND,
			       .colour = hue(t, MUTED),
			       .lines = 2};
	used = label_draw(&v->pen, box_below(room, used, len(t, GAP_TIGHT)), &label);
	struct box rest = {room.x, used.y + used.h + len(t, GAP_PARTS), room.w, 0};
	struct cells cells = {.columns = t->portrait ? 1 : 2, .high = len(t, BUTTON_HIGH), .gap = len(t, GAP_TIGHT)};
	for (size_t i = 0; i < COUNT_OF(REASONS); i++) {
		button_draw(&v->pen, box_cell(rest, &cells, (int)i),
			    &(struct button){.text = TC(v, "why staff let somebody in", REASONS[i]),
					     .action = OVERRULE_FOR,
					     .argument = (int64_t)i});
	}
}

const struct screen screen_overrule = {
	.name = "overrule",
	.of_leads = true,
	.behind_pin = true,
	.act = act,
	.leave = leave,
	.draw = draw,
};
