#include "lib/painted_list.h"

#include <string.h>

#include "base/alloc.h"

static void fill(struct image *out, struct box box, uint32_t colour) {
	uint32_t grey = ((colour >> 16 & 255) + (colour >> 8 & 255) + (colour & 255)) / 3;
	for (int y = box.y; y < box.y + box.h; y++) {
		memset(out->luma + y * out->stride + box.x, (int)grey, (size_t)box.w);
	}
}

static void modules(struct image *out, const struct draw_command *c, const char *dark) {
	int side = c->box.w / c->width;
	for (int i = 0; i < side * side; i++) {
		if (dark[i] == '1') {
			fill(out, (struct box){c->box.x + i % side * c->width, c->box.y + i / side * c->width, c->width, c->width},
			     c->colour);
		}
	}
}

struct image painted_list(const struct draw_list *list, int width, int height) {
	struct image out = {.width = width, .height = height, .stride = width, .luma = xmalloc((size_t)width * (size_t)height)};
	memset(out.luma, 240, (size_t)width * (size_t)height);
	for (size_t i = 0; i < list->count; i++) {
		const struct draw_command *c = &list->items[i];
		if (c->kind == DRAW_FILL) {
			fill(&out, c->box, c->colour);
		} else if (c->kind == DRAW_MODULES) {
			modules(&out, c, draw_text_of(list, c));
		}
	}
	return out;
}
