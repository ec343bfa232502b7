#include "kiosk/screens/logo_parts.h"

#include <math.h>
#include <string.h>

#include "event/credit.h"

#define LEAST_MM2 64 /* a square of 8 mm */

struct chosen {
	const struct logo *items[CREDITS_MAX];
	struct credit_logo sizes[CREDITS_MAX]; /* pixels */
	size_t count;
};

static void choose(const struct view *v, const struct logo_choice *choice, struct chosen *out) {
	const struct kiosk_event *event = v->model->event;
	double glass = v->pen.theme->glass;
	out->count = 0;
	for (size_t i = 0; i < event->logos.count && i < event->credits.count; i++) {
		const struct credit *c = &event->credits.items[i];
		const struct logo *logo = event->logos.items[i];
		if (logo != NULL && (choice->group < 0 || choice->group == (int)c->group)) {
			out->items[out->count] = logo;
			out->sizes[out->count++] = (struct credit_logo){.aspect = (double)logo->raster.width / logo->raster.height,
									.min_w = c->min_w * glass,
									.min_h = c->min_h * glass,
									.clear = c->clear};
		}
	}
}

size_t part_logos_count(const struct view *v, const struct logo_choice *choice) {
	struct chosen chosen;
	choose(v, choice, &chosen);
	return chosen.count;
}

/* Goes through the rows; what each comes to. */
struct rows {
	double least; /* area, square pixels */
	struct credit_place places[CREDITS_MAX];
	size_t first, taken; /* of the present one */
	int number;          /* how many there were */
};
static bool next_row(const struct chosen *chosen, struct box box, struct rows *rows) {
	const struct credit_row row = {.width = box.w, .height = box.h, .least = rows->least};
	rows->first += rows->taken;
	if (rows->first >= chosen->count) {
		return false;
	}
	rows->taken = credit_row(&row, chosen->sizes + rows->first, chosen->count - rows->first, rows->places);
	rows->number++;
	return true;
}

static double width_of(const struct chosen *chosen, const struct rows *rows) {
	double right = 0;
	for (size_t i = 0; i < rows->taken; i++) {
		const struct credit_place *p = &rows->places[i];
		right = p->w > 0 ? p->x + p->w + chosen->sizes[rows->first + i].clear * p->h : right;
	}
	return right;
}

int part_logo_rows(const struct view *v, struct box box, const struct logo_choice *choice, bool *left) {
	struct chosen chosen;
	struct rows rows = {.least = LEAST_MM2 * v->pen.theme->glass * v->pen.theme->glass};
	choose(v, choice, &chosen);
	*left = false;
	while (next_row(&chosen, box, &rows)) {
		for (size_t i = 0; i < rows.taken; i++) {
			*left = *left || rows.places[i].w == 0;
		}
	}
	return rows.number;
}

int part_logos_width(const struct view *v, struct box box, const struct logo_choice *choice) {
	struct chosen chosen;
	struct rows rows = {.least = LEAST_MM2 * v->pen.theme->glass * v->pen.theme->glass};
	double most = 0;
	choose(v, choice, &chosen);
	while (next_row(&chosen, box, &rows)) {
		most = fmax(most, width_of(&chosen, &rows));
	}
	return (int)ceil(most);
}

static void draw_one(const struct view *v, const struct logo *logo, struct box box) {
	char name[24] = "logo/";
	memcpy(name + 5, logo->id, 16); /* of a SHA-256: enough to tell logos apart */
	name[21] = '\0';
	draw_picture(v->pen.list, box, name, &logo->raster);
}

struct box part_logo_row(const struct view *v, struct box box, const struct logo_choice *choice, int64_t row) {
	struct chosen chosen;
	struct rows rows = {.least = LEAST_MM2 * v->pen.theme->glass * v->pen.theme->glass};
	bool left;
	int count = part_logo_rows(v, box, choice, &left);
	choose(v, choice, &chosen);
	for (int64_t i = 0; count > 0 && i <= row % count; i++) {
		next_row(&chosen, box, &rows);
	}
	for (size_t i = 0; i < rows.taken; i++) {
		const struct credit_place *p = &rows.places[i];
		if (p->w > 0) {
			draw_one(v, chosen.items[rows.first + i],
				 (struct box){box.x + (int)p->x, box.y + (int)p->y, (int)ceil(p->w), (int)ceil(p->h)});
		}
	}
	return (struct box){box.x, box.y, (int)ceil(width_of(&chosen, &rows)), box.h};
}

int part_logos_height(const struct view *v) {
	struct chosen chosen;
	double most = 0;
	choose(v, &(struct logo_choice){.group = -1}, &chosen);
	for (size_t i = 0; i < chosen.count; i++) {
		const struct credit_logo *s = &chosen.sizes[i];
		most = fmax(most, fmax(s->min_h, s->min_w / s->aspect) * (1 + 2 * s->clear));
	}
	return (int)ceil(most);
}
