/* What somebody needs to use the kiosk, for their visit alone: each button says what it does and whether it is on, by a tick, its filling and its words. It is
 * over when they go (model_go_home), and whoever comes next finds the box as it is set. */
#include "base/alloc.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"

enum { ACCESS_TURN = ACTION_OWN }; /* argument: which of the wishes */

static bool *large(struct access *a) { return &a->large; }
static bool *contrast(struct access *a) { return &a->high_contrast; }
static bool *low(struct access *a) { return &a->low; }
static bool *longer(struct access *a) { return &a->longer; }
static bool *calm(struct access *a) { return &a->calm; }
static bool *aloud(struct access *a) { return &a->aloud; }

static const struct wish {
	const char *words;
	bool *(*of)(struct access *access);
} WISHES[] = {
	{MARK("a wish of somebody at the kiosk", "Large text"), large},
	{MARK("a wish of somebody at the kiosk", "High contrast"), contrast},
	{MARK("a wish of somebody at the kiosk", "Everything lower down"), low},
	{MARK("a wish of somebody at the kiosk", "More time"), longer},
	{MARK("a wish of somebody at the kiosk", "Nothing moves"), calm},
	{MARK("a wish of somebody at the kiosk", "Read aloud (headset)"), aloud}, /* the last: it is there only where something reads */
};

static int count_of(const struct model *m) { return (int)COUNT_OF(WISHES) - (model_speaks(m) ? 0 : 1); }

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	(void)effects;
	if (msg->action != ACCESS_TURN || msg->argument < 0 || msg->argument >= count_of(m)) {
		return false;
	}
	struct access access = m->access;
	bool *wish = WISHES[msg->argument].of(&access);
	*wish = !*wish;
	model_choose_access(m, &access);
	return true;
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box room = part_head(v, T(v, "What helps you?"));
	int gap = len(t, GAP_CLOSE), count = count_of(v->model), columns = t->portrait ? 1 : 2, rows = (count + columns - 1) / columns;
	struct label label = {.text = T(v, "For you alone: when you go, the screen is again as it was"),
			      .role = TYPE_STRONG,
			      .colour = hue(t, INK),
			      .lines = 2};
	struct box said = label_draw(&v->pen, room, &label);
	int used = said.h;
	if (v->model->speaks && !model_speaks(v->model)) { /* whoever has a headset looks for it here */
		label = (struct label){.text = T(v, "Nothing can be read aloud: the sound of this box is off"),
				       .role = TYPE_SECOND,
				       .colour = hue(t, MUTED),
				       .lines = 2};
		used += len(t, GAP_TIGHT) + label_draw(&v->pen, box_below(room, said, len(t, GAP_TIGHT)), &label).h;
	}
	room.h -= used + len(t, GAP_PARTS);
	room.y += used + len(t, GAP_PARTS);
	/* Whoever comes here sees badly, hits badly or sits low: as large as there is room, from the lower edge on. */
	int high = (room.h - gap * (rows - 1)) / rows, most = len_twice(t, HELP_BUTTON_HIGH);
	high = high < most ? high : most;
	room.y += room.h - rows * high - gap * (rows - 1);
	struct cells cells = {.columns = columns, .high = high, .gap = gap};
	struct access now = v->model->access;
	for (int i = 0; i < count; i++) {
		bool on = *WISHES[i].of(&now);
		button_draw(&v->pen, box_cell(room, &cells, i),
			    &(struct button){.text = TC(v, "a wish of somebody at the kiosk", WISHES[i].words),
					     .icon = on ? ICON_DONE : ICON_NONE,
					     .action = ACCESS_TURN,
					     .argument = i,
					     .filled = on,
					     .large = true});
	}
}

const struct screen screen_access = {
	.name = "access",
	.act = act,
	.draw = draw,
};
