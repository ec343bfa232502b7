#include "kiosk/ui/draw.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/str.h"
#include "paper/qr.h"

void draw_fini(struct draw_list *list) {
	free(list->items);
	free(list->points.items);
	strbuf_fini(&list->texts);
	*list = (struct draw_list){0};
}

void draw_reset(struct draw_list *list) {
	list->count = list->points.count = 0;
	strbuf_reset(&list->texts);
	list->owner = NULL;
}

static struct draw_command *add(struct draw_list *list, enum draw_kind kind, struct box box, uint32_t colour) {
	ARRAY_GROW(list, items);
	struct draw_command *c = &list->items[list->count++];
	*c = (struct draw_command){.kind = kind, .box = box, .colour = colour, .quiet = list->quiet};
	return c;
}

void draw_fill(struct draw_list *list, struct box box, int radius, uint32_t colour) {
	if (box.w > 0 && box.h > 0) {
		add(list, DRAW_FILL, box, colour)->radius = radius;
	}
}

void draw_outline(struct draw_list *list, struct box box, int radius, int width, uint32_t colour) {
	struct draw_command *c = add(list, DRAW_OUTLINE, box, colour);
	c->radius = radius;
	c->width = width;
}

static struct draw_command *add_points(struct draw_list *list, enum draw_kind kind, const struct pixel *points, size_t count, int margin) {
	/* The box bounds all points, with room for the stroke or the round corners. */
	struct pixel low = points[0], high = points[0];
	size_t first = list->points.count;
	for (size_t i = 0; i < count; i++) {
		low.x = points[i].x < low.x ? points[i].x : low.x;
		low.y = points[i].y < low.y ? points[i].y : low.y;
		high.x = points[i].x > high.x ? points[i].x : high.x;
		high.y = points[i].y > high.y ? points[i].y : high.y;
		ARRAY_GROW(&list->points, items);
		list->points.items[list->points.count++] = points[i];
	}
	struct box box = {low.x - margin, low.y - margin, high.x - low.x + 2 * margin, high.y - low.y + 2 * margin};
	struct draw_command *c = add(list, kind, box, 0);
	c->first = first;
	c->count = count;
	return c;
}

void draw_stroke(struct draw_list *list, const struct pixel *points, size_t count, int width, uint32_t colour) {
	struct draw_command *c = add_points(list, DRAW_STROKE, points, count, width / 2 + 1);
	c->width = width;
	c->colour = colour;
}

void draw_polygon(struct draw_list *list, const struct pixel *points, size_t count, int radius, uint32_t colour) {
	struct draw_command *c = add_points(list, DRAW_POLYGON, points, count, radius);
	c->radius = radius;
	c->colour = colour;
}

void draw_arc(struct draw_list *list, const struct arc *arc, uint32_t colour) {
	struct draw_command *c = add(list, DRAW_ARC, arc->box, colour);
	c->width = arc->width;
	c->from = arc->from;
	c->to = arc->to;
}

void draw_preview(struct draw_list *list, struct box box, int radius, uint32_t around) {
	add(list, DRAW_PREVIEW, box, around)->radius = radius;
}

static void add_text(struct draw_list *list, struct draw_command *c, const char *text, size_t n) {
	c->first = list->texts.len;
	c->count = n;
	strbuf_add(&list->texts, text, n);
	strbuf_addc(&list->texts, '\0');
}

void draw_picture(struct draw_list *list, struct box box, const char *name, const struct raster *raster) {
	struct draw_command *c = add(list, DRAW_PICTURE, box, 0);
	c->raster = raster;
	add_text(list, c, name, strlen(name));
}

void draw_icon(struct draw_list *list, struct box box, const char *name, uint32_t colour) {
	add_text(list, add(list, DRAW_ICON, box, colour), name, strlen(name));
}

void draw_modules(struct draw_list *list, struct pixel at, const struct qr_matrix *qr, int width, uint32_t colour) {
	char *dark = xmalloc((size_t)qr->side * (size_t)qr->side);
	for (int i = 0; i < qr->side * qr->side; i++) {
		dark[i] = qr->dark[i] != 0 ? '1' : '0';
	}
	struct draw_command *c = add(list, DRAW_MODULES, (struct box){at.x, at.y, qr->side * width, qr->side * width}, colour);
	c->width = width;
	add_text(list, c, dark, (size_t)qr->side * (size_t)qr->side);
	free(dark);
}

void draw_touch(struct draw_list *list, struct box box, int action, int64_t argument) {
	struct draw_command *c = add(list, DRAW_TOUCH, box, 0);
	c->action = action;
	c->argument = argument;
}

void draw_text(struct draw_list *list, struct pixel at, const struct draw_line *line, uint32_t colour) {
	if (line->n == 0) {
		return;
	}
	struct draw_command *c = add(list, DRAW_TEXT, (struct box){at.x, at.y, line->width, line->height}, colour);
	add_text(list, c, line->text, line->n);
	c->face = line->face;
	c->size = line->size;
}

const char *draw_text_of(const struct draw_list *list, const struct draw_command *command) { return list->texts.data + command->first; }

const struct pixel *draw_points_of(const struct draw_list *list, const struct draw_command *command) {
	return list->points.items + command->first;
}

static bool same(const struct draw_command *a, const struct draw_command *b) {
	return a->kind == b->kind && a->box.x == b->box.x && a->box.y == b->box.y && a->box.w == b->box.w && a->box.h == b->box.h &&
	       a->colour == b->colour && a->radius == b->radius && a->width == b->width && a->from == b->from && a->to == b->to &&
	       a->first == b->first && a->count == b->count && a->face == b->face && a->size == b->size && a->action == b->action &&
	       a->argument == b->argument;
}

void draw_move(struct draw_list *list, int x, int y) {
	for (size_t i = 0; i < list->count && (x != 0 || y != 0); i++) {
		list->items[i].box.x += x;
		list->items[i].box.y += y;
	}
	for (size_t i = 0; i < list->points.count; i++) {
		list->points.items[i].x += x;
		list->points.items[i].y += y;
	}
}

bool draw_equal(const struct draw_list *a, const struct draw_list *b) {
	if (a->owner != b->owner || a->count != b->count || a->background != b->background || a->points.count != b->points.count ||
	    a->texts.len != b->texts.len) {
		return false;
	}
	for (size_t i = 0; i < a->count; i++) {
		if (!same(&a->items[i], &b->items[i])) {
			return false;
		}
	}
	return (a->texts.len == 0 || memcmp(a->texts.data, b->texts.data, a->texts.len) == 0) &&
	       (a->points.count == 0 || memcmp(a->points.items, b->points.items, a->points.count * sizeof *a->points.items) == 0);
}

const struct draw_command *draw_touch_at(const struct draw_list *list, struct pixel at) {
	/* From the last one: what was drawn later lies above. */
	for (size_t i = list->count; i > 0; i--) {
		const struct draw_command *c = &list->items[i - 1];
		if (c->kind == DRAW_TOUCH && box_holds(c->box, at)) {
			return c;
		}
	}
	return NULL;
}

static const char *const kind_words[] = {"fill",    "outline", "stroke", "arc",     "polygon", "text",
					 "preview", "picture", "icon",   "modules", "touch"};
static const char *const face_words[] = {"text", "medium", "bold", "display"};
_Static_assert(COUNT_OF(kind_words) == DRAW_TOUCH + 1, "a word for every kind");
_Static_assert(COUNT_OF(face_words) == FACE_COUNT, "a word for every face");

void draw_print(const struct draw_list *list, struct strbuf *out) {
	strbuf_addf(out, "background #%06x\n", list->background);
	for (size_t i = 0; i < list->count; i++) {
		const struct draw_command *c = &list->items[i];
		strbuf_addf(out, "%s %d,%d %dx%d", kind_words[c->kind], c->box.x, c->box.y, c->box.w, c->box.h);
		if (c->kind == DRAW_TOUCH) {
			strbuf_addf(out, " action %d %lld\n", c->action, (long long)c->argument);
			continue;
		}
		if (c->kind == DRAW_PICTURE) {
			strbuf_addf(out, " %s\n", draw_text_of(list, c));
			continue;
		}
		strbuf_addf(out, " #%06x", c->colour);
		if (c->radius != 0) {
			strbuf_addf(out, " radius %d", c->radius);
		}
		if (c->width != 0) {
			strbuf_addf(out, " width %d", c->width);
		}
		if (c->kind == DRAW_ARC) {
			strbuf_addf(out, " from %d to %d", c->from, c->to);
		}
		for (size_t k = 0; (c->kind == DRAW_STROKE || c->kind == DRAW_POLYGON) && k < c->count; k++) {
			strbuf_addf(out, " %d,%d", draw_points_of(list, c)[k].x, draw_points_of(list, c)[k].y);
		}
		if (c->kind == DRAW_MODULES) { /* which they are is for tests that read them */
			struct hash hash = crypto_sha256(draw_text_of(list, c), c->count);
			char hex[2 * 4 + 1];
			str_hex(hash.b, 4, hex);
			strbuf_addf(out, " %s", hex);
		}
		if (c->kind == DRAW_ICON) {
			strbuf_addf(out, " %s", draw_text_of(list, c));
		}
		if (c->kind == DRAW_TEXT) {
			strbuf_addf(out, " %s %d \"%s\"", face_words[c->face], c->size, draw_text_of(list, c));
		}
		strbuf_addc(out, '\n');
	}
}
