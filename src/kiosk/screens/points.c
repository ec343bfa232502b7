/* Where this box stands: staff choose among arrival, the rooms of the agenda, what is handed out, and the exits. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/point_words.h"
#include "kiosk/screens/screens.h"

enum {
	POINTS_USE = ACTION_OWN, /* argument: which place */
	POINTS_PAGE,             /* argument: the page */
};

struct points {
	int page;
};

static struct points *mine(const struct model *m) { return model_state(m, SCREEN_POINTS); }

/* --- places ---------------------------------------------------------------------------------------------------------------------------- */

#define PLACES_MAX 200

struct places { /* what names them; owned */
	char *items[PLACES_MAX];
	size_t count;
};

static void add(struct places *places, char *text) {
	for (size_t i = 0; i < places->count; i++) {
		if (str_eq(places->items[i], text)) {
			free(text);
			return;
		}
	}
	if (places->count < PLACES_MAX) {
		places->items[places->count++] = text;
	} else {
		free(text);
	}
}

static void add_rooms(struct places *places, const struct kiosk_event *event, const char *before) {
	for (size_t i = 0; i < event->sessions.count; i++) {
		const struct session *s = &event->sessions.items[i].session;
		if (!s->cancelled && !str_empty(s->when.room)) {
			add(places, xasprintf("%s%s%s", before, POINT_ROOM, s->when.room));
		}
	}
}

/* In the order in which they are looked for: arrival, rooms, what is handed out, exits. Where it stands now is among them, be it a session. */
static void find_places(const struct kiosk_event *event, struct places *out) {
	*out = (struct places){.count = 0};
	add(out, xstrdup(POINT_ARRIVAL));
	add_rooms(out, event, "");
	for (size_t i = 0; i < event->points.count; i++) {
		add(out, xstrdup(event->points.items[i].key));
	}
	add(out, xstrdup(POINT_EXIT));
	add_rooms(out, event, POINT_EXIT_OF);
	add(out, xstrdup(str_empty(event->stand_text) ? POINT_ARRIVAL : event->stand_text));
}

static void places_fini(struct places *places) {
	for (size_t i = 0; i < places->count; i++) {
		free(places->items[i]);
	}
}

static void use(struct model *m, int64_t which, struct effects *effects) {
	struct places places;
	struct effect e = {.kind = EFFECT_SET_POINT};
	find_places(m->event, &places);
	if (which >= 0 && (size_t)which < places.count && str_copy(e.text, sizeof e.text, places.items[which])) {
		effects_put(effects, &e);
	}
	places_fini(&places);
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->action) {
	case POINTS_USE: use(m, msg->argument, effects); return true;
	case POINTS_PAGE: mine(m)->page = (int)msg->argument; return true;
	default: return false;
	}
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static void draw_place(const struct view *v, struct box box, const char *place, int which) {
	const struct kiosk_event *event = v->model->event;
	struct strbuf words = {0};
	bool here = str_eq(place, str_empty(event->stand_text) ? POINT_ARRIVAL : event->stand_text);
	part_point_words(v, place, &words);
	char *text = utf8_capital(strbuf_str(&words));
	button_draw(&v->pen, box,
		    &(struct button){.text = text,
				     .action = POINTS_USE,
				     .argument = which,
				     .icon = here ? ICON_DONE : ICON_NONE,
				     .filled = here,
				     .colour = hue(v->pen.theme, TEAL)});
	free(text);
	strbuf_fini(&words);
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct places places;
	struct box room = part_head(v, T(v, "Where this box stands"));
	struct label label = {
		.text = T(v, "At a room the box follows the agenda by itself. It stays where you put it, also after it was switched off."),
		.role = TYPE_SECOND,
		.colour = hue(t, MUTED),
		.lines = 3};
	int used = label_draw(&v->pen, (struct box){room.x, room.y, room.w, 0}, &label).h + len(t, GAP_PARTS);
	room.y += used;
	room.h -= used;
	find_places(v->model->event, &places);
	int columns = t->portrait ? 1 : 2, gap = len(t, GAP_CLOSE), high = len(t, BUTTON_HIGH), buttons = len(t, PAGE_BUTTON_HIGH);
	struct pages_room all = {.height = room.h, .row = high + gap, .buttons = buttons + gap};
	struct pages pages = pages_of(&all, ((int)places.count + columns - 1) / columns, mine(v->model)->page);
	struct cells cells = {.columns = columns, .high = high, .gap = gap};
	for (int i = 0; i < (int)places.count; i++) {
		if (pages_shows(&pages, i / columns)) {
			draw_place(v, box_cell(room, &cells, i - pages.page * pages.fit * columns), places.items[i], i);
		}
	}
	part_pages(v, room, &pages, POINTS_PAGE, T(v, "Back up"), T(v, "More"));
	places_fini(&places);
}

const struct screen screen_points = {
	.name = "points",
	.state = sizeof(struct points),
	.of_leads = true,
	.behind_pin = true,
	.act = act,
	.draw = draw,
};
