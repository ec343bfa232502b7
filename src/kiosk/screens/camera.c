/* The camera: what it sees, which one it is, how it hangs. A code that is held before it is told and signs nobody in. */
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/screen.h"

#define BUTTON_MM 24.0
#define CHOICES_MAX 4 /* cameras shown */

static const char *state_words(const struct view *v) {
	const struct model *m = v->model;
	if (m->staff.camera.read_ms != 0) {
		return T(v, "A code was read");
	}
	switch (m->camera) {
	case CAMERA_OK: return part_advice(v) != NULL ? part_advice(v) : T(v, "Hold a badge up to try it");
	case CAMERA_STARTING: return T(v, "The camera is starting");
	default: return T(v, "This camera gives no picture");
	}
}

static void draw_picture(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	int foot = mm(t, 14);
	struct box picture = {room.x, room.y, room.w, room.h - foot};
	bool read = v->model->staff.camera.read_ms != 0, lost = v->model->camera != CAMERA_OK && v->model->camera != CAMERA_STARTING;
	if (v->model->camera == CAMERA_OK) {
		draw_preview(v->pen.list, picture, mm(t, 3.6), PAPER);
		if (v->model->seen.ms != 0) {
			part_brackets(v, picture);
		}
	} else {
		draw_fill(v->pen.list, picture, mm(t, 3.6), PANEL);
	}
	if (read) {
		draw_outline(v->pen.list, picture, mm(t, 3.6), mm(t, 2), TEAL);
	}
	label_draw(&v->pen, (struct box){room.x, picture.y + picture.h, room.w, foot},
		   &(struct label){.text = state_words(v),
				   .role = TYPE_STRONG,
				   .colour = read   ? TEAL
					     : lost ? RED
						    : INK,
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
	const struct staff *s = &v->model->staff;
	int high = mm(t, BUTTON_MM), gap = mm(t, 4), half = (room.w - gap) / 2;
	button_draw(&v->pen, (struct box){room.x, room.y, half, high},
		    &(struct button){.text = T(v, "Turn the picture"), .action = ACTION_CAMERA_TURN});
	button_draw(
		&v->pen, (struct box){room.x + half + gap, room.y, room.w - half - gap, high},
		&(struct button){
			.text = T(v, "Like a mirror"), .action = ACTION_CAMERA_MIRROR, .filled = s->camera.turn.mirror, .colour = TEAL});
	struct label label = {.text = s->camera.list.count > 0 ? T(v, "Touch the camera that is to be used")
				      : s->camera.looked       ? T(v, "No camera is connected")
							       : T(v, "Looking for cameras"),
			      .role = TYPE_SECOND,
			      .colour = MUTED,
			      .lines = 2};
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y + high + mm(t, 6), room.w, 0}, &label);
	int y = used.y + used.h + mm(t, 3);
	for (size_t i = 0; i < s->camera.list.count && i < CHOICES_MAX && y + high <= room.y + room.h; i++, y += high + gap) {
		const struct camera_entry *e = &s->camera.list.items[i];
		char name[CAMERA_ID_MAX];
		str_copy(name, sizeof name, e->id);
		char *socket = strstr(name, " [");
		if (socket != NULL) { /* which of two of a kind it is, is seen in the picture */
			*socket = '\0';
		}
		button_draw(&v->pen, (struct box){room.x, y, room.w, high},
			    &(struct button){.text = name,
					     .action = ACTION_CAMERA_USE,
					     .argument = (int64_t)i,
					     .filled = is_used(v->model, e),
					     .colour = TEAL});
	}
}

void screen_camera(const struct view *v) {
	struct box halves[2];
	part_two(v, part_head(v, T(v, "Camera")), 45, halves);
	draw_picture(v, halves[0]);
	draw_choices(v, halves[1]);
}
