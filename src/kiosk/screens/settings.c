/* How this box is set for everybody: what its screen looks like, which way up it is, how loud it is. Whatever is touched is seen or heard at once and kept on
 * disk; `turnout device set` writes the same keys. Only a turned screen is asked about first: whoever cannot hit its buttons need not. */
#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/spoken.h"
#include "station/device.h"

#define STEP 20 /* per cent of brightness */

enum {
	SETTINGS_LANGUAGE = ACTION_OWN, /* argument: which of the event's; -1: as the event says */
	SETTINGS_TEXT,                  /* argument: large? */
	SETTINGS_CONTRAST,              /* argument: high? */
	SETTINGS_BRIGHTNESS,            /* argument: per cent */
	SETTINGS_SOUND,                 /* argument: per cent; 0: off */
	SETTINGS_TURN,                  /* argument: degrees */
	SETTINGS_CAMERA,
	SETTINGS_PAGE, /* argument: the page */
	SETTINGS_KEEP, /* the turned screen */
	SETTINGS_UNDO,
};

struct settings {
	int page;
	int64_t asked_ms; /* since when the screen is turned and nobody said that it stays; 0: it is not */
	int before;       /* degrees */
	bool lost;        /* what was set could not be written */
};

static struct settings *mine(const struct model *m) { return model_state(m, SCREEN_SETTINGS); }

/* --- setting ------------------------------------------------------------------------------------------------------------------------- */

static void keep(const char *key, const char *value, struct effects *effects) {
	struct effect e = {.kind = EFFECT_DEVICE, .how = key};
	str_copy(e.text, sizeof e.text, value);
	effects_put(effects, &e);
}

static void set_language(struct model *m, int64_t which, struct effects *effects) {
	int language = -1;
	if (which >= 0 && (size_t)which < m->event->language_count) {
		language = words_language(m->words, m->event->languages[which]);
	}
	model_set_language(m, language);
	keep("language", language < 0 ? "event" : words_code(m->words, language), effects);
}

/* Both for everybody from now on and for whoever stands here, whatever was chosen before for this visit. */
static void set_look(struct model *m, bool *(*of)(struct access *), bool on) {
	struct access own = m->own_access, now = m->access;
	*of(&own) = on;
	*of(&now) = on;
	model_set_access(m, &own);
	model_choose_access(m, &now);
}

static bool *large_of(struct access *a) { return &a->large; }
static bool *contrast_of(struct access *a) { return &a->high_contrast; }

static void set_brightness(struct model *m, int64_t percent, struct effects *effects) {
	if (percent >= BRIGHTNESS_LEAST && percent <= 100) {
		m->box.brightness = (int)percent;
		keep("brightness", str_number(percent).text, effects);
	}
}

/* Whoever sets it hears it. */
static void set_sound(struct model *m, int64_t percent, struct effects *effects) {
	if (percent < 0 || percent > 100 || percent % 25 != 0) {
		return;
	}
	m->box.loudness = (int)percent;
	model_choose_access(m, &m->access); /* what cannot be heard is not read aloud */
	keep("sound", percent == 0 ? "off" : str_number(percent).text, effects);
	if (percent > 0) {
		effects_chime(effects, CHIME_WELCOME);
	}
}

/* --- a turned screen ------------------------------------------------------------------------------------------------------------------- */

static void ask(struct model *m, int64_t degrees) {
	struct settings *s = mine(m);
	if (turn_degrees_valid((int)degrees) && degrees <= 270 && degrees != m->box.degrees) {
		s->before = m->box.degrees;
		s->asked_ms = m->ms == 0 ? 1 : m->ms;
		m->box.degrees = (int)degrees;
	}
}

static void turn_back(struct model *m) {
	struct settings *s = mine(m);
	if (s->asked_ms != 0) {
		m->box.degrees = s->before;
		s->asked_ms = 0;
	}
}

/* Nothing else is done while it is asked: a touch that a script or an older picture sends included. */
static void answer(struct model *m, int action, struct effects *effects) {
	if (action == SETTINGS_KEEP) {
		mine(m)->asked_ms = 0;
		keep("screen-rotate", str_number(m->box.degrees).text, effects);
	} else if (action == SETTINGS_UNDO || action == ACTION_BACK) {
		turn_back(m);
	}
}

static int64_t left_ms(const struct model *m) { return mine(m)->asked_ms + m->style->timing.keep_ms - m->ms; }

/* --- what happens ---------------------------------------------------------------------------------------------------------------------- */

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)argument, (void)effects;
	*mine(m) = (struct settings){.page = 0};
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	if (mine(m)->asked_ms != 0) {
		answer(m, msg->action, effects);
		return true;
	}
	switch (msg->action) {
	case SETTINGS_LANGUAGE: set_language(m, msg->argument, effects); return true;
	case SETTINGS_TEXT:
		set_look(m, large_of, msg->argument != 0);
		keep("text", msg->argument != 0 ? "large" : "normal", effects);
		return true;
	case SETTINGS_CONTRAST:
		set_look(m, contrast_of, msg->argument != 0);
		keep("contrast", msg->argument != 0 ? "high" : "normal", effects);
		return true;
	case SETTINGS_BRIGHTNESS: set_brightness(m, msg->argument, effects); return true;
	case SETTINGS_SOUND: set_sound(m, msg->argument, effects); return true;
	case SETTINGS_TURN: ask(m, msg->argument); return true;
	case SETTINGS_CAMERA: model_open(m, SCREEN_CAMERA, 0, effects); return true;
	case SETTINGS_PAGE: mine(m)->page = (int)msg->argument; return true;
	default: return false;
	}
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	(void)effects;
	if (msg->kind == MSG_KEPT) {
		mine(m)->lost = !str_empty(msg->text);
	} else if (msg->kind == MSG_TIME && mine(m)->asked_ms != 0 && left_ms(m) <= 0) {
		turn_back(m);
	}
}

static int64_t deadline(const struct model *m) {
	int64_t left = left_ms(m);
	return mine(m)->asked_ms == 0 ? INT64_MAX : m->ms + (left <= 0 ? 0 : (left - 1) % 1000 + 1);
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

struct choice {
	int64_t argument;
	bool on;
	char words[64];
};

static void say_percent(const struct view *v, int percent, char out[64]) {
	struct strbuf text = {0};
	words_fill_number(&text, T(v, "{n}%"), percent);
	str_copy(out, 64, strbuf_str(&text));
	strbuf_fini(&text);
}

static int count_languages(const struct model *m) { return 1 + (int)m->event->language_count; }
static void get_language(const struct view *v, int i, struct choice *out) {
	const struct model *m = v->model;
	int language = i == 0 ? -1 : words_language(m->words, m->event->languages[i - 1]);
	out->argument = i - 1;
	out->on = i == 0 ? m->language_given < 0 : language >= 0 && language == m->language_given;
	const char *name = language < 0 ? m->event->languages[i == 0 ? 0 : i - 1]
					: words_get_in(m->words, language, "the button of this language", "EN");
	str_copy(out->words, sizeof out->words, i == 0 ? T(v, "As the event says") : name);
}

static int count_two(const struct model *m) {
	(void)m;
	return 2;
}
static void get_text(const struct view *v, int i, struct choice *out) {
	out->argument = i;
	out->on = v->model->own_access.large == (i == 1);
	str_copy(out->words, sizeof out->words,
		 i == 1 ? TC(v, "the size of text", MARK("the size of text", "Large"))
			: TC(v, "the size of text", MARK("the size of text", "Normal")));
}
static void get_contrast(const struct view *v, int i, struct choice *out) {
	out->argument = i;
	out->on = v->model->own_access.high_contrast == (i == 1);
	str_copy(out->words, sizeof out->words,
		 i == 1 ? TC(v, "contrast", MARK("contrast", "High")) : TC(v, "contrast", MARK("contrast", "Normal")));
}

static int count_five(const struct model *m) {
	(void)m;
	return 5;
}
/* Where the system has it, it is as bright as it ever was here. What was set at a terminal may lie between two steps. */
static void get_brightness(const struct view *v, int i, struct choice *out) {
	int now = v->model->box.brightness == 0 ? 100 : v->model->box.brightness;
	out->argument = (i + 1) * STEP;
	out->on = (now + STEP / 2) / STEP == i + 1;
	say_percent(v, (i + 1) * STEP, out->words);
}
static void get_sound(const struct view *v, int i, struct choice *out) {
	out->argument = i * 25;
	out->on = v->model->box.loudness == i * 25;
	if (i == 0) {
		str_copy(out->words, sizeof out->words, TC(v, "sound", MARK("sound", "Off")));
	} else {
		say_percent(v, i * 25, out->words);
	}
}

static int count_turns(const struct model *m) {
	(void)m;
	return 4;
}
static void get_turn(const struct view *v, int i, struct choice *out) {
	out->argument = i * 90;
	out->on = v->model->box.degrees == i * 90;
	snprintf(out->words, sizeof out->words, "%d°", i * 90);
}

static int count_one(const struct model *m) {
	(void)m;
	return 1;
}
/* It has one place, where the picture is seen. */
static void get_camera(const struct view *v, int i, struct choice *out) {
	out->argument = i;
	str_copy(out->words, sizeof out->words, T(v, "Mirror, turn, choose"));
}

static const struct row {
	const char *name;
	int action;
	int (*count)(const struct model *m);
	void (*get)(const struct view *v, int i, struct choice *out);
} ROWS[] = {
	{MARK("a setting of this box", "Language"), SETTINGS_LANGUAGE, count_languages, get_language},
	{MARK("a setting of this box", "Text size"), SETTINGS_TEXT, count_two, get_text},
	{MARK("a setting of this box", "Contrast"), SETTINGS_CONTRAST, count_two, get_contrast},
	{MARK("a setting of this box", "Brightness"), SETTINGS_BRIGHTNESS, count_five, get_brightness},
	{MARK("a setting of this box", "Sound"), SETTINGS_SOUND, count_five, get_sound},
	{MARK("a setting of this box", "Screen, turned clockwise"), SETTINGS_TURN, count_turns, get_turn},
	{MARK("a setting of this box", "The camera's picture"), SETTINGS_CAMERA, count_one, get_camera},
};

/* Its name beside what there is to choose, upright above it. The first language says a whole sentence and has the room for it. */
static void draw_row(const struct view *v, const struct row *row, struct box box) {
	const struct theme *t = v->pen.theme;
	int count = row->count(v->model), gap = len(t, GAP_TIGHT), high = len(t, PAGE_BUTTON_HIGH), name = box.w * 3 / 10;
	struct label label = {
		.text = TC(v, "a setting of this box", row->name), .role = TYPE_STRONG, .colour = hue(t, INK), .lines = 2, .middle = true};
	struct box place = {box.x, box.y + box.h - high, box.w, high};
	if (t->portrait) {
		label.lines = 1;
		label_draw(&v->pen, (struct box){box.x, box.y, box.w, len(t, SETTINGS_NAME_HIGH)}, &label);
	} else {
		label_draw(&v->pen, (struct box){box.x, place.y, name - gap, high}, &label);
		place.x += name;
		place.w -= name;
	}
	int parts = row->action == SETTINGS_LANGUAGE ? count + 1 : count, one = (place.w - gap * (parts - 1)) / parts;
	for (int i = 0, x = place.x; i < count; i++) {
		struct choice choice = {.argument = 0};
		int wide = i + 1 == count ? place.x + place.w - x : parts > count && i == 0 ? 2 * one + gap : one;
		row->get(v, i, &choice);
		button_draw(&v->pen, (struct box){x, place.y, wide, high},
			    &(struct button){.text = choice.words,
					     .icon = row->action == SETTINGS_CAMERA ? ICON_CAMERA : ICON_NONE,
					     .action = row->action,
					     .argument = choice.argument,
					     .filled = choice.on,
					     .colour = hue(t, TEAL)});
		x += wide + gap;
	}
}

static void draw_question(const struct view *v) {
	const struct theme *t = v->pen.theme;
	int side = view_margin(v), high = len(t, BUTTON_HIGH);
	struct strbuf text = {0};
	words_fill_one(&text, T(v, "Keep it? {seconds}"), "seconds", str_number((left_ms(v->model) + 999) / 1000).text);
	struct box room = {side, side, t->width - 2 * side, t->height - 2 * side}, pair[2];
	struct spoken spoken = {.icon = ICON_SYNC,
				.colour = TEAL,
				.loud = strbuf_str(&text),
				.quiet = T(v, "The screen is turned. It turns back by itself if nobody answers."),
				.role = TYPE_GREETING};
	part_spoken(v, (struct box){room.x, room.y, room.w, room.h - high - len(t, GAP_PARTS)}, &spoken);
	part_pair(v, (struct box){room.x, room.y + room.h - high, room.w, high}, pair);
	button_draw(&v->pen, pair[0], &(struct button){.text = T(v, "As it was"), .action = SETTINGS_UNDO});
	button_draw(&v->pen, pair[1],
		    &(struct button){
			    .text = T(v, "Keep it"), .icon = ICON_DONE, .action = SETTINGS_KEEP, .filled = true, .colour = hue(t, TEAL)});
	strbuf_fini(&text);
}

/* Returns what is left of the room. */
static struct box draw_lost(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	struct label label = {.text = T(v, "This cannot be written to the disk: it holds until the program ends."),
			      .role = TYPE_STRONG,
			      .colour = hue(t, RED),
			      .lines = 2};
	int used = label_draw(&v->pen, (struct box){room.x, room.y, room.w, 0}, &label).h + len(t, GAP_CLOSE);
	return (struct box){room.x, room.y + used, room.w, room.h - used};
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	if (mine(v->model)->asked_ms != 0) {
		draw_question(v);
		return;
	}
	struct box room = part_head(v, T(v, "Settings of this box"));
	room = mine(v->model)->lost ? draw_lost(v, room) : room;
	int high = len(t, PAGE_BUTTON_HIGH), gap = len(t, t->portrait ? GAP_PARTS : GAP_TIGHT);
	int row = high + gap + (t->portrait ? len(t, SETTINGS_NAME_HIGH) : 0);
	struct pages_room all = {.height = room.h + gap, .row = row, .buttons = high + gap};
	struct pages pages = pages_of(&all, (int)COUNT_OF(ROWS), mine(v->model)->page);
	for (int i = 0, y = room.y; i < (int)COUNT_OF(ROWS); i++) {
		if (pages_shows(&pages, i)) {
			draw_row(v, &ROWS[i], (struct box){room.x, y, room.w, row - gap});
			y += row;
		}
	}
	part_pages(v, room, &pages, SETTINGS_PAGE, T(v, "Back up"), T(v, "More"));
}

const struct screen screen_settings = {
	.name = "settings",
	.state = sizeof(struct settings),
	.next = SCREEN_SET(CAMERA),
	.of_leads = true,
	.behind_pin = true,
	.enter = enter,
	.act = act,
	.told = told,
	.deadline = deadline,
	.leave = turn_back,
	.draw = draw,
};
