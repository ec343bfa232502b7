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

/* What that credit's logo asks for, in pixels; false: it has none here. */
static bool size_of(const struct view *v, size_t credit, struct credit_logo *out) {
	const struct kiosk_event *event = v->model->event;
	double glass = v->pen.theme->glass;
	if (credit >= event->logos.count || credit >= event->credits.count || event->logos.items[credit] == NULL) {
		return false;
	}
	const struct credit *c = &event->credits.items[credit];
	const struct raster *raster = &event->logos.items[credit]->raster;
	*out = (struct credit_logo){
		.aspect = (double)raster->width / raster->height, .min_w = c->min_w * glass, .min_h = c->min_h * glass, .clear = c->clear};
	return true;
}

bool part_logo_fits(const struct view *v, struct box box, size_t credit) {
	struct credit_logo logo;
	struct credit_place place;
	return size_of(v, credit, &logo) && credit_row(&(struct credit_row){.width = box.w, .height = box.h}, &logo, 1, &place) == 1 &&
	       place.w > 0;
}

static void choose(const struct view *v, const struct logo_choice *choice, struct chosen *out) {
	const struct kiosk_event *event = v->model->event;
	out->count = 0;
	for (size_t i = 0; i < event->logos.count && i < event->credits.count; i++) {
		struct credit_logo size;
		if (size_of(v, i, &size) && (choice->group < 0 || choice->group == (int)event->credits.items[i].group)) {
			out->items[out->count] = event->logos.items[i];
			out->sizes[out->count++] = size;
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
	double least, most; /* area of one, square pixels; most 0: any */
	struct credit_place places[CREDITS_MAX];
	size_t first, taken; /* of the present one */
	int number;          /* how many there were */
};
static bool next_row(const struct chosen *chosen, struct box box, struct rows *rows) {
	const struct credit_row row = {.width = box.w, .height = box.h, .least = rows->least, .most = rows->most};
	rows->first += rows->taken;
	if (rows->first >= chosen->count) {
		return false;
	}
	rows->taken = credit_row(&row, chosen->sizes + rows->first, chosen->count - rows->first, rows->places);
	rows->number++;
	return true;
}

/* One scale for all turns: what is alone in the last row is no larger than the funders of the first. */
static struct rows begin_rows(const struct view *v, const struct chosen *chosen, struct box box) {
	struct rows rows = {.least = LEAST_MM2 * v->pen.theme->glass * v->pen.theme->glass}, begun = rows;
	while (next_row(chosen, box, &rows)) {
		double largest = 0;
		for (size_t i = 0; i < rows.taken; i++) {
			largest = fmax(largest, rows.places[i].w * rows.places[i].h);
		}
		begun.most = begun.most == 0 || (largest > 0 && largest < begun.most) ? largest : begun.most;
	}
	return begun;
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
	struct rows rows;
	choose(v, choice, &chosen);
	rows = begin_rows(v, &chosen, box);
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
	struct rows rows;
	double most = 0;
	choose(v, choice, &chosen);
	rows = begin_rows(v, &chosen, box);
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
	struct rows rows;
	bool left;
	int count = part_logo_rows(v, box, choice, &left);
	choose(v, choice, &chosen);
	rows = begin_rows(v, &chosen, box);
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
