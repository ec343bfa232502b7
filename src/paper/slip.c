#include "paper/slip.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

#define COLUMN_LEAST 40.0 /* mm: a name of two words in a readable size */
#define COLUMN_GAP 3.0
#define TITLE 5.2
#define TITLE_LOW 3.8
#define LOW 40.0 /* mm: a page on which names come first, and nothing stands below them */
#define TEXT 3.3
#define SMALL 2.6
#define ROW_GAP 0.9
#define BARS_H 18.0
#define HOURS_H 3.2
#define TICK 3.0
#define TICK_GAP 1.4
#define FIGURE_SHARE 0.4  /* of the width, at most */
#define QUARTERS_LEAST 16 /* four hours: a lone bar as wide as the slip says nothing */
#define ENDLESS 1e6

void slip_fini(struct slip *s) {
	for (size_t i = 0; i < s->count; i++) {
		free(s->rows[i].left);
		free(s->rows[i].right);
	}
	free(s->rows);
	free(s->counts);
	*s = (struct slip){0};
}

void slip_add(struct slip *s, enum slip_kind kind, const char *left, const char *right) {
	ARRAY_GROW(s, rows);
	s->rows[s->count++] = (struct slip_row){kind, xstrdup(left), right == NULL ? NULL : xstrdup(right)};
}

void slip_add_bars(struct slip *s, const struct slip_bars *bars) {
	free(s->counts);
	s->counts = xcalloc((size_t)bars->count, sizeof *s->counts);
	memcpy(s->counts, bars->counts, (size_t)bars->count * sizeof *s->counts);
	s->first = bars->first;
	s->bars = bars->count;
	slip_add(s, SLIP_BARS, "", NULL);
}

/* --- how a row is set -------------------------------------------------------------------------------------------------------------------- */

static struct text_spec text_of(const char *text, double em, double width) {
	return (struct text_spec){.text = text, .size_max = em, .size_min = em * 0.75, .width = width};
}

static struct text_spec title_of(const char *text, double width, bool low) {
	struct text_spec spec = text_of(text, low ? TITLE_LOW : TITLE, width);
	spec.weight = TEXT_BOLD;
	spec.max_lines = 3;
	return spec;
}

static struct text_spec left_of(const struct slip_row *row, double width, bool low) {
	switch (row->kind) {
	case SLIP_TITLE: return title_of(row->left, width, low);
	case SLIP_NOTE: return text_of(row->left, SMALL, width);
	case SLIP_HEADING: {
		struct text_spec spec = text_of(row->left, TEXT, width);
		spec.weight = TEXT_BOLD;
		return spec;
	}
	case SLIP_FIGURE: return text_of(row->left, TEXT, width * (1 - FIGURE_SHARE));
	default: return text_of(row->left, TEXT, width - TICK - TICK_GAP);
	}
}

static struct text_spec right_of(const struct slip_row *row, double width) {
	struct text_spec spec;
	if (row->kind == SLIP_TICK) {
		return text_of(row->right, SMALL, width - TICK - TICK_GAP);
	}
	spec = text_of(row->right, TEXT, width * FIGURE_SHARE);
	spec.weight = TEXT_BOLD;
	spec.align = TEXT_RIGHT;
	spec.max_lines = 1;
	return spec;
}

static bool has_right(const struct slip_row *row, bool low) { return !str_empty(row->right) && !(low && row->kind == SLIP_TICK); }

static double row_height(struct canvas *c, const struct slip_row *row, double width, bool low) {
	if (row->kind == SLIP_BARS) {
		return BARS_H + HOURS_H;
	}
	const struct text_spec left = left_of(row, width, low);
	double high = canvas_text_size(c, &left).height;
	if (has_right(row, low)) {
		const struct text_spec right = right_of(row, width);
		double beside = canvas_text_size(c, &right).height;
		high = row->kind == SLIP_TICK ? high + beside : fmax(high, beside);
	}
	return high + (row->kind == SLIP_HEADING ? 2 * ROW_GAP : ROW_GAP);
}

/* --- where it lies ------------------------------------------------------------------------------------------------------------------------- */

struct planner {
	struct canvas *c;
	const struct slip *slip;
	struct mm_rect room;
	bool low;
	double title; /* its height, on each page */
	int columns, column;
	double y, top; /* of the next row; of the columns, below what lies across them */
	size_t page;
	double used;
};

static bool lies_across(enum slip_kind kind) { return kind == SLIP_TITLE || kind == SLIP_BARS; }

static double column_width(const struct planner *p) { return (p->room.w - (p->columns - 1) * COLUMN_GAP) / p->columns; }

static void next_column(struct planner *p) {
	if (++p->column >= p->columns) {
		p->column = 0;
		p->page++;
		p->top = p->room.y + p->title;
	}
	p->y = p->top;
}

static struct mm_rect put_row(struct planner *p, size_t i) {
	const struct slip_row *row = &p->slip->rows[i];
	bool across = lies_across(row->kind);
	double width = across ? p->room.w : column_width(p), high = row_height(p->c, row, width, p->low), with = high;
	if (row->kind == SLIP_HEADING && i + 1 < p->slip->count) {
		with += row_height(p->c, &p->slip->rows[i + 1], width, p->low);
	}
	if (across && p->column > 0) { /* below all columns: on the next page */
		p->column = p->columns - 1;
		next_column(p);
	}
	if (p->y + with > p->room.y + p->room.h && p->y > p->top) {
		p->column = across ? p->columns - 1 : p->column;
		next_column(p);
	}
	struct mm_rect box = {p->room.x + (across ? 0 : p->column * (width + COLUMN_GAP)), p->y, width, high};
	p->y += high;
	p->top = across ? p->y : p->top;
	p->used = p->page == 0 ? fmax(p->used, p->y) : p->used;
	return box;
}

static void plan_in(struct canvas *c, const struct slip *slip, struct mm_rect room, struct slip_plan *out) {
	struct planner p = {.c = c, .slip = slip, .room = room, .low = room.h < LOW, .y = room.y, .top = room.y};
	p.columns = (int)fmax(1, floor((room.w + COLUMN_GAP) / (COLUMN_LEAST + COLUMN_GAP)));
	if (slip->count > 0 && slip->rows[0].kind == SLIP_TITLE) {
		p.title = row_height(c, &slip->rows[0], room.w, p.low);
	}
	*out = (struct slip_plan){.spots = xcalloc(slip->count, sizeof *out->spots), .low = p.low};
	for (size_t i = 0; i < slip->count; i++) {
		struct mm_rect box = put_row(&p, i);
		out->spots[i].page = p.page;
		out->spots[i].box = box;
	}
	out->pages = p.page + 1;
	out->used = p.used;
}

void slip_plan(struct canvas *c, const struct slip *slip, const struct label_place *place, struct slip_plan *out) {
	plan_in(c, slip, label_place_room(place, 0), out);
}

void slip_plan_fini(struct slip_plan *plan) {
	free(plan->spots);
	*plan = (struct slip_plan){0};
}

double slip_length(struct canvas *c, const struct slip *slip, enum label_size size, double most) {
	struct label_place place;
	struct slip_plan plan;
	const struct label_spec *spec = label_spec(size);
	label_place_plain(size, spec->height / 100.0, &place);
	struct mm_rect room = label_place_room(&place, 0);
	double edges = place.height - room.h;
	room.h = ENDLESS;
	plan_in(c, slip, room, &plan);
	double length = ceil(plan.used - room.y + edges + 1);
	slip_plan_fini(&plan);
	return fmin(most, fmax(length, spec->height / 100.0));
}

/* --- drawing -------------------------------------------------------------------------------------------------------------------------------- */

static void draw_hours(struct canvas *c, const struct slip *s, struct mm_rect box, int count) {
	int hours = (count + 31) / 32; /* every hour, or as many as have room */
	for (int i = 0; i < count; i++) {
		if ((s->first + i) % (4 * hours) == 0) {
			char text[8];
			snprintf(text, sizeof text, "%d", (s->first + i) / 4 % 24);
			const struct text_spec spec = text_of(text, SMALL, 0);
			canvas_text(c, &spec, (struct mm_point){box.x + box.w * i / count, box.y + BARS_H}, 0);
		}
	}
}

static void draw_bars(struct canvas *c, const struct slip *s, struct mm_rect box) {
	int count = s->bars < QUARTERS_LEAST ? QUARTERS_LEAST : s->bars;
	int64_t most = 1;
	for (int i = 0; i < s->bars; i++) {
		most = s->counts[i] > most ? s->counts[i] : most;
	}
	double wide = box.w / count, high = BARS_H - 2 * ROW_GAP, foot = box.y + BARS_H - ROW_GAP;
	for (int i = 0; i < s->bars; i++) {
		if (s->counts[i] > 0) {
			double bar = fmax(0.4, high * (double)s->counts[i] / (double)most);
			canvas_fill_rect(c, (struct mm_rect){box.x + wide * i, foot - bar, wide * 0.8, bar}, 0);
		}
	}
	canvas_line(c, (struct mm_point){box.x, foot}, (struct mm_point){box.x + box.w, foot}, (struct stroke){0.2, 0});
	draw_hours(c, s, box, count);
}

static void draw_row(struct canvas *c, const struct slip *s, size_t i, const struct slip_plan *plan) {
	const struct slip_row *row = &s->rows[i];
	const struct mm_rect box = plan->spots[i].box;
	if (row->kind == SLIP_BARS) {
		draw_bars(c, s, box);
		return;
	}
	struct mm_point at = {box.x, box.y + (row->kind == SLIP_HEADING ? ROW_GAP : 0)};
	if (row->kind == SLIP_TICK) {
		canvas_frame_round(c, (struct mm_rect){at.x, at.y + 0.5, TICK, TICK}, 0.3, (struct stroke){0.25, 0});
		at.x += TICK + TICK_GAP;
	}
	const struct text_spec left = left_of(row, box.w, plan->low);
	struct text_size size = canvas_text(c, &left, at, 0);
	if (has_right(row, plan->low)) {
		const struct text_spec right = right_of(row, box.w);
		struct mm_point beside = {box.x + box.w * (1 - FIGURE_SHARE), at.y}, below = {at.x, at.y + size.height};
		canvas_text(c, &right, row->kind == SLIP_TICK ? below : beside, 0);
	}
}

/* What it is, again, and which page of how many: pages get lost. */
static void draw_title(struct canvas *c, const struct slip *s, const struct slip_plan *plan, struct mm_rect room, size_t page) {
	struct strbuf text = {0};
	strbuf_addf(&text, "%s  %zu/%zu", s->rows[0].left, page + 1, plan->pages);
	const struct text_spec spec = title_of(strbuf_str(&text), room.w, plan->low);
	struct text_spec within = spec;
	within.height = plan->spots[0].box.h; /* where it stands alone it may be a line lower */
	canvas_text(c, &within, (struct mm_point){room.x, room.y}, 0);
	strbuf_fini(&text);
}

void slip_draw(struct canvas *c, const struct slip *s, const struct slip_plan *plan, const struct label_place *place, size_t page) {
	bool titled = s->count > 0 && s->rows[0].kind == SLIP_TITLE && plan->pages > 1;
	if (place->turned) {
		canvas_turn(c);
	}
	if (titled) {
		draw_title(c, s, plan, label_place_room(place, 0), page);
	}
	for (size_t i = titled ? 1 : 0; i < s->count; i++) {
		if (plan->spots[i].page == page) {
			draw_row(c, s, i, plan);
		}
	}
}
