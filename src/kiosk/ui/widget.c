#include "kiosk/ui/widget.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#define HAIR_SPACE "\u200a"
#define STRUCK_PER_CENT 54 /* of a line's height: through the middle of its small letters */

struct box box_inset(struct box box, int by) {
	return (struct box){box.x + by, box.y + by, box.w - 2 * by, box.h - 2 * by};
}

struct box box_cell(struct box room, const struct cells *cells, int which) {
	int wide = (room.w - cells->gap * (cells->columns - 1)) / cells->columns;
	int column = which % cells->columns, row = which / cells->columns;
	return (struct box){room.x + column * (wide + cells->gap), room.y + row * (cells->high + cells->gap), wide, cells->high};
}

static void flow_label(const struct pen *pen, struct box box, const struct label *label, struct flow *flow) {
	struct flow_room room = {
		.width = box.w, .height = box.h, .lines = label->lines, .break_words = label->break_words, .contained = label->contained};
	flow_set(flow, pen->theme, pen->metrics, label->role, label->text, &room);
}

static struct box flow_box(struct box box, const struct label *label, const struct flow *flow) {
	int height = (int)flow->count * flow->height;
	struct box used = {box.x, box.y, flow->width, height};
	if (label->align == ALIGN_CENTRE) {
		used.x = box.x + (box.w - flow->width) / 2;
	} else if (label->align == ALIGN_RIGHT) {
		used.x = box.x + box.w - flow->width;
	}
	if (label->middle) {
		used.y = box.y + (box.h - height) / 2;
	}
	return used;
}

struct box label_measure(const struct pen *pen, struct box box, const struct label *label) {
	struct flow flow;
	flow_label(pen, box, label, &flow);
	return flow_box(box, label, &flow);
}

bool label_is_cut(const struct pen *pen, struct box box, const struct label *label) {
	struct flow flow;
	flow_label(pen, box, label, &flow);
	return flow.cut;
}

struct box label_draw(const struct pen *pen, struct box box, const struct label *label) {
	struct flow flow;
	flow_label(pen, box, label, &flow);
	struct box used = flow_box(box, label, &flow);
	for (size_t i = 0; i < flow.count; i++) {
		struct pixel at = {used.x, used.y + (int)i * flow.height};
		if (label->align == ALIGN_CENTRE) {
			at.x = box.x + (box.w - flow.lines[i].width) / 2;
		} else if (label->align == ALIGN_RIGHT) {
			at.x = box.x + box.w - flow.lines[i].width;
		}
		flow_draw_line(&flow, i, pen->list, at, label->colour);
		if (label->struck) {
			int line = len(pen->theme, LINE_HAIR), middle = at.y + flow.height * STRUCK_PER_CENT / 100;
			draw_fill(pen->list, (struct box){at.x, middle - line / 2, flow.lines[i].width, line}, 0, label->colour);
		}
	}
	return used;
}

int label_size(const struct pen *pen, struct box box, const struct label *label) {
	struct flow flow;
	flow_label(pen, box, label, &flow);
	return flow.size;
}

int label_width(const struct pen *pen, enum type_role role, const char *text) {
	const struct type *type = theme_type(pen->theme, role);
	return pen->metrics->width(pen->metrics->context, type->face, mm(pen->theme, type->size), text, strlen(text));
}

/* The icon left of the words, both in the middle; returns the words' room. Where they would become smaller by it, it stays away. */
static struct box draw_icon_beside(const struct pen *pen, struct box room, enum icon icon, const struct label *label) {
	const struct theme *t = pen->theme;
	int side = len(t, ICON_SIDE), gap = str_empty(label->text) ? 0 : len(t, ICON_GAP);
	side = gap == 0 ? side * 3 / 2 : side; /* alone on its button */
	side = side > room.h ? room.h : side;
	struct box beside = {room.x + side + gap, room.y, room.w - side - gap, room.h};
	struct flow alone, with;
	flow_label(pen, room, label, &alone);
	if (beside.w <= 0 && gap > 0) {
		return room;
	}
	flow_label(pen, beside, label, &with);
	if (gap > 0 && (with.size < alone.size || with.cut)) {
		return room;
	}
	int wide = side + gap + with.width, x = room.x + (room.w - wide) / 2;
	draw_icon(pen->list, (struct box){x, room.y + (room.h - side) / 2, side, side}, icon_name(icon), label->colour);
	return (struct box){x + side + gap, room.y, with.width, room.h};
}

void button_draw(const struct pen *pen, struct box box, const struct button *button) {
	const struct theme *t = pen->theme;
	int radius = button->round ? box.h / 2 : len(t, ROUND_BUTTON);
	uint32_t fill = button->filled ? (button->colour != 0 ? button->colour : hue(t, CHOSEN)) : hue(t, CARD);
	draw_fill(pen->list, box, radius, fill);
	if (!button->filled) {
		draw_outline(pen->list, box, radius, len(t, LINE_HAIR), button->quiet ? hue(t, HAIRLINE) : hue(t, INK));
	}
	struct label label = {.text = button->text,
			      .role = button->large ? TYPE_TITLE : TYPE_BUTTON,
			      .colour = button->filled ? theme_ink_on(t, fill) : hue(t, INK),
			      .align = ALIGN_CENTRE,
			      .lines = 2,
			      .middle = true,
			      .contained = true};
	struct box room = {box.x + len(t, BUTTON_SIDE), box.y, box.w - len_twice(t, BUTTON_SIDE), box.h};
	if (button->icon != ICON_NONE) {
		room = draw_icon_beside(pen, room, button->icon, &label);
	}
	label_draw(pen, room, &label);
	draw_touch(pen->list, box, button->action, button->argument);
}

void progress_draw(const struct pen *pen, struct box box, double part, uint32_t colour) {
	draw_fill(pen->list, box, box.h / 2, hue(pen->theme, HAIRLINE));
	part = part < 0 ? 0 : part > 1 ? 1 : part;
	int w = (int)(box.w * part);
	/* Not narrower than high, or its round ends would not fit. */
	draw_fill(pen->list, (struct box){box.x, box.y, w < box.h && w > 0 ? box.h : w, box.h}, box.h / 2, colour);
}

static size_t character_len(const char *at) {
	const char *next = at;
	utf8_next(&next);
	return (size_t)(next - at);
}

static int room_of(const struct pen *pen, const struct draw_line *line, const char *c, int digit) {
	return str_is_digit(*c) ? digit : pen->metrics->width(pen->metrics->context, line->face, line->size, c, character_len(c));
}

int digits_draw(const struct pen *pen, struct pixel right_top, const char *text, uint32_t colour) {
	const struct type *type = theme_type(pen->theme, TYPE_CLOCK);
	struct draw_line line = {.face = type->face, .size = mm(pen->theme, type->size), .n = 1};
	line.height = (int)(line.size * type->leading);
	/* Each digit gets the room of the widest one, so that a running clock does not tremble. */
	int cell = 0, total = 0;
	for (char c = '0'; c <= '9'; c++) {
		int w = pen->metrics->width(pen->metrics->context, line.face, line.size, &c, 1);
		cell = w > cell ? w : cell;
	}
	for (const char *c = text; *c != '\0'; c += character_len(c)) {
		total += room_of(pen, &line, c, cell);
	}
	int x = right_top.x - total;
	for (const char *c = text; *c != '\0'; c += character_len(c)) {
		int room = room_of(pen, &line, c, cell);
		line.text = c;
		line.n = character_len(c);
		line.width = pen->metrics->width(pen->metrics->context, line.face, line.size, c, line.n);
		draw_text(pen->list, (struct pixel){x + (room - line.width) / 2, right_top.y}, &line, colour);
		x += room;
	}
	return total;
}

/* Letters that stand apart are those of Latin, Greek, Cyrillic and Armenian, and Georgian ones; digits and signs do. */
static bool letter_joins(const char *at) {
	uint32_t c = utf8_next(&at);
	return (c >= 0x0590 && c < 0x10A0) || (c >= 0x1100 && c < 0x1C90);
}

struct box caps_draw(const struct pen *pen, struct pixel at, const char *text, uint32_t colour) {
	char *upper = utf8_upper(text);
	/* SDL_ttf cannot space letters: a hair space goes between them. Those that join would be torn apart by it. */
	struct strbuf spaced = {0};
	for (const char *c = upper; *c != '\0';) {
		size_t n = utf8_cluster(c, strlen(c));
		bool joins = letter_joins(c);
		strbuf_add(&spaced, c, n);
		c += n;
		strbuf_adds(&spaced, *c != '\0' && !joins && !letter_joins(c) ? HAIR_SPACE : "");
	}
	struct label label = {.text = strbuf_str(&spaced), .role = TYPE_LABEL, .colour = colour, .lines = 1};
	struct box used = label_draw(pen, (struct box){at.x, at.y, pen->theme->width - at.x, 0}, &label);
	strbuf_fini(&spaced);
	free(upper);
	return used;
}
