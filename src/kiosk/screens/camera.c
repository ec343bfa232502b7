/* The camera: what it sees, which one it is, how it hangs. A code that is held before it is told and signs nobody in. */
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/brackets.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "scan/camera/camera_list.h"

#define CHOICES_MAX 4 /* cameras shown */

enum {
	CAMERA_USE = 29, /* argument: which of them */
	CAMERA_TURN,
	CAMERA_MIRROR,
};

struct camera {
	struct camera_list list;
	bool looked;              /* `list` was told since the screen was opened */
	char kept[CAMERA_ID_MAX]; /* the remembered one; "" */
	struct turn turn;
	int64_t look_ms; /* when cameras were last asked for */
	int64_t read_ms; /* when a code was read to try it; 0: never */
};

static struct camera *mine(const struct model *m) { return model_state(m, SCREEN_CAMERA); }

/* --- choosing ------------------------------------------------------------------------------------------------------------------------ */

static void look(struct model *m, struct effects *effects) {
	mine(m)->look_ms = m->ms;
	effects_put(effects, &(struct effect){.kind = EFFECT_CAMERA_LOOK});
}

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)argument;
	mine(m)->looked = false;
	mine(m)->read_ms = 0;
	look(m, effects);
}

static void keep(struct model *m, struct effects *effects) {
	struct effect e = {.kind = EFFECT_CAMERA_KEEP, .turn = mine(m)->turn};
	str_copy(e.text, sizeof e.text, mine(m)->kept);
	effects_put(effects, &e);
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	struct camera *s = mine(m);
	switch (msg->action) {
	case CAMERA_USE:
		if (msg->argument < 0 || (size_t)msg->argument >= s->list.count) {
			return true;
		}
		str_copy(s->kept, sizeof s->kept, s->list.items[msg->argument].id);
		break;
	case CAMERA_TURN: s->turn.degrees = (s->turn.degrees + 90) % 360; break;
	case CAMERA_MIRROR: s->turn.mirror = !s->turn.mirror; break;
	default: return false;
	}
	keep(m, effects);
	return true;
}

/* What the box remembers is told before anybody looks. */
static void take_cameras(struct camera *s, const struct msg *msg) {
	str_copy(s->kept, sizeof s->kept, msg->text);
	s->turn = msg->turn;
	if (msg->cameras != NULL) {
		s->list = *msg->cameras;
		s->looked = true;
	}
}

static void pass_time(struct model *m, struct effects *effects) {
	struct camera *s = mine(m);
	if (m->ms - s->look_ms >= m->style->timing.look_ms) { /* one may be plugged in meanwhile */
		look(m, effects);
	}
	if (s->read_ms != 0 && m->ms - s->read_ms >= m->style->timing.read_ms) {
		s->read_ms = 0;
	}
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	switch (msg->kind) {
	case MSG_CAMERAS: take_cameras(mine(m), msg); break;
	case MSG_TIME: pass_time(m, effects); break;
	case MSG_CODE: /* to try it: nobody is signed in */
		mine(m)->read_ms = m->ms;
		effects_chime(effects, CHIME_SOFT);
		break;
	default: break;
	}
}

static int64_t deadline(const struct model *m) { return mine(m)->look_ms + m->style->timing.look_ms; }

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static const char *state_words(const struct view *v) {
	const struct model *m = v->model;
	if (mine(m)->read_ms != 0) {
		return T(v, "A code was read");
	}
	switch (m->camera) {
	case CAMERA_OK: return part_advice(v) != NULL ? part_advice(v) : T(v, "Hold a badge up to try it");
	case CAMERA_STARTING: return T(v, "The camera is starting");
	default: return T(v, "This camera gives no picture");
	}
}

static void draw_camera_picture(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	int foot = len(t, CAMERA_WORDS_HIGH);
	struct box picture = {room.x, room.y, room.w, room.h - foot};
	bool read = mine(v->model)->read_ms != 0, lost = v->model->camera != CAMERA_OK && v->model->camera != CAMERA_STARTING;
	if (v->model->camera == CAMERA_OK) {
		draw_preview(v->pen.list, picture, len(t, ROUND_PICTURE), hue(t, PAPER));
		if (v->model->seen.ms != 0) {
			part_brackets(v, picture);
		}
	} else {
		draw_fill(v->pen.list, picture, len(t, ROUND_PICTURE), hue(t, PANEL));
	}
	if (read) {
		draw_outline(v->pen.list, picture, len(t, ROUND_PICTURE), len(t, LINE_READ), hue(t, TEAL));
	}
	label_draw(&v->pen, (struct box){room.x, picture.y + picture.h, room.w, foot},
		   &(struct label){.text = state_words(v),
				   .role = TYPE_STRONG,
				   .colour = read   ? hue(t, TEAL)
					     : lost ? hue(t, RED)
						    : hue(t, INK),
				   .align = ALIGN_CENTRE,
				   .lines = 2,
				   .middle = true});
}

/* The one that pictures come from: the source's name begins with its id. */
static bool is_used(const struct model *m, const struct camera_entry *entry) {
	return m->camera == CAMERA_OK && str_starts(m->camera_reason, entry->id);
}

static void draw_choices(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct camera *s = mine(v->model);
	int high = len(t, BUTTON_HIGH), gap = len(t, GAP_CLOSE);
	struct box pair[2];
	part_pair(v, (struct box){room.x, room.y, room.w, high}, pair);
	button_draw(&v->pen, pair[0], &(struct button){.text = T(v, "Turn the picture"), .action = CAMERA_TURN});
	button_draw(
		&v->pen, pair[1],
		&(struct button){.text = T(v, "Like a mirror"), .action = CAMERA_MIRROR, .filled = s->turn.mirror, .colour = hue(t, TEAL)});
	struct label label = {.text = s->list.count > 0 ? T(v, "Touch the camera that is to be used")
				      : s->looked       ? T(v, "No camera is connected")
							: T(v, "Looking for cameras"),
			      .role = TYPE_SECOND,
			      .colour = hue(t, MUTED),
			      .lines = 2};
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y + high + len(t, GAP_PARTS), room.w, 0}, &label);
	int y = used.y + used.h + len(t, GAP_TIGHT);
	for (size_t i = 0; i < s->list.count && i < CHOICES_MAX && y + high <= room.y + room.h; i++, y += high + gap) {
		const struct camera_entry *e = &s->list.items[i];
		char name[CAMERA_ID_MAX];
		str_copy(name, sizeof name, e->id);
		char *socket = strstr(name, " [");
		if (socket != NULL) { /* which of two of a kind it is, is seen in the picture */
			*socket = '\0';
		}
		button_draw(&v->pen, (struct box){room.x, y, room.w, high},
			    &(struct button){.text = name,
					     .action = CAMERA_USE,
					     .argument = (int64_t)i,
					     .filled = is_used(v->model, e),
					     .colour = hue(t, TEAL)});
	}
}

static void draw(const struct view *v) {
	struct box halves[2];
	part_two(v, part_head(v, T(v, "Camera")), 45, halves);
	draw_camera_picture(v, halves[0]);
	draw_choices(v, halves[1]);
}

const struct screen screen_camera = {
	.name = "camera",
	.state = sizeof(struct camera),
	.of_leads = true,
	.behind_pin = true,
	.preview = true,
	.enter = enter,
	.act = act,
	.told = told,
	.deadline = deadline,
	.draw = draw,
};
