#include "kiosk/ui/flow.h"

#include <string.h>

#include "base/strbuf.h"
#include "base/utf8.h"

#define DOTS "…"

struct setter {
	struct flow *flow;
	const struct metrics *metrics;
	const char *text;
	const struct flow_room *room;
	size_t limit; /* lines */
	bool broken;  /* a word was broken */
};

static int measure(const struct setter *s, size_t first, size_t n) {
	return s->metrics->width(s->metrics->context, s->flow->face, s->flow->size, s->text + first, n);
}

/* How many bytes from `first` fit the width, whole characters, at least one: a binary search over bytes that only stops at the beginnings of
 * characters. */
static size_t fitting(const struct setter *s, size_t first, size_t n, int width) {
	size_t low = 0, high = n; /* low fits, high may not */
	while (low < high) {
		size_t middle = low + (high - low + 1) / 2;
		while (middle < n && utf8_is_later(s->text[first + middle])) {
			middle++;
		}
		if (measure(s, first, middle) <= width) {
			low = middle;
		} else {
			size_t lower = low + (high - low + 1) / 2 - 1;
			while (lower > low && utf8_is_later(s->text[first + lower])) {
				lower--;
			}
			high = lower;
		}
	}
	if (low == 0) {
		const char *at = s->text + first;
		utf8_next(&at);
		low = (size_t)(at - (s->text + first));
	}
	return low;
}

static bool add_line(struct setter *s, size_t first, size_t n) {
	if (s->flow->count == s->limit) {
		return false;
	}
	int width = measure(s, first, n);
	size_t i = s->flow->count++;
	s->flow->lines[i].first = first;
	s->flow->lines[i].n = n;
	s->flow->lines[i].width = width;
	s->flow->width = width > s->flow->width ? width : s->flow->width;
	return true;
}

/* One paragraph, greedily. False when the lines ran out. */
static bool wrap(struct setter *s, size_t first, size_t end) {
	size_t start = first, fits = first; /* the line holds start..fits */
	size_t at = first;
	while (at < end) {
		size_t word = at;
		while (at < end && s->text[at] != ' ' && !(at > word && s->text[at - 1] == '-')) { /* a line may end behind a hyphen */
			at++;
		}
		if (measure(s, start, at - start) <= s->room->width) {
			fits = at;
		} else {
			if (fits > start && !add_line(s, start, fits - start)) {
				return false;
			}
			start = fits > start ? word : start;
			while (measure(s, start, at - start) > s->room->width) {
				size_t n = fitting(s, start, at - start, s->room->width);
				s->broken = true;
				if (n >= at - start) {
					break; /* one character wider than the room */
				}
				if (!add_line(s, start, n)) {
					return false;
				}
				start += n;
			}
			fits = at;
		}
		while (at < end && s->text[at] == ' ') {
			at++;
		}
		if (fits == start) {
			start = fits = at; /* blanks at a line's beginning are no text */
		}
	}
	return add_line(s, start, fits - start);
}

static bool set_at(struct setter *s, int size, double leading) {
	struct flow *flow = s->flow;
	flow->size = size;
	flow->height = (int)(size * leading + 0.5);
	flow->count = 0;
	flow->width = 0;
	s->broken = false;
	s->limit = s->room->lines > 0 && s->room->lines < FLOW_LINES_MAX ? (size_t)s->room->lines : FLOW_LINES_MAX;
	if (s->room->height > 0) {
		size_t fit = (size_t)(s->room->height / flow->height);
		/* One line at least, even where the room is lower than it. */
		s->limit = fit < 1 ? 1 : fit < s->limit ? fit : s->limit;
	}
	for (size_t first = 0;;) {
		size_t n = strcspn(s->text + first, "\n");
		if (!wrap(s, first, first + n)) {
			return false;
		}
		first += n;
		if (s->text[first] == '\0') {
			return true;
		}
		first++;
	}
}

/* Leaves room for the dots that flow_draw_line puts behind the last line. */
static void cut(struct setter *s) {
	struct flow *flow = s->flow;
	size_t i = flow->count - 1;
	int dots = s->metrics->width(s->metrics->context, flow->face, flow->size, DOTS, strlen(DOTS));
	size_t first = flow->lines[i].first;
	/* The last line takes up all of the paragraph that is left, and is cut to the width. */
	size_t whole = strcspn(s->text + first, "\n");
	size_t n = fitting(s, first, whole, s->room->width - dots);
	while (n > 0 && s->text[first + n - 1] == ' ') {
		n--;
	}
	flow->lines[i].n = n;
	flow->lines[i].width = measure(s, first, n) + dots;
	flow->cut = true;
	flow->width = 0;
	for (i = 0; i < flow->count; i++) {
		flow->width = flow->lines[i].width > flow->width ? flow->lines[i].width : flow->width;
	}
}

void flow_set(struct flow *flow, const struct theme *theme, const struct metrics *metrics, enum type_role role, const char *text,
	      const struct flow_room *room) {
	const struct type *type = theme_type(theme, role);
	struct setter s = {.flow = flow, .metrics = metrics, .text = text, .room = room};
	flow->text = text;
	flow->face = type->face;
	flow->cut = false;
	int largest = mm(theme, type->size), smallest = mm(theme, type->size_min);
	/* The largest size at which all fits and no word is broken; large sizes in larger steps, as each costs a measuring of all. */
	for (int size = largest; size >= smallest; size -= size > 2 * smallest ? 3 : 1) {
		if (set_at(&s, size, type->leading) && !s.broken) {
			return;
		}
	}
	/* No size keeps all words whole: then they are broken, from the largest size on where the label wants that, else at the smallest. */
	for (int size = room->break_words ? largest : smallest; size >= smallest; size -= 2) {
		if (set_at(&s, size, type->leading)) {
			return;
		}
	}
	if (!set_at(&s, smallest, type->leading)) {
		cut(&s);
	}
}

void flow_draw_line(const struct flow *flow, size_t line, struct draw_list *list, struct pixel at, uint32_t colour) {
	struct draw_line drawn = {.face = flow->face,
				  .size = flow->size,
				  .height = flow->height,
				  .width = flow->lines[line].width,
				  .text = flow->text + flow->lines[line].first,
				  .n = flow->lines[line].n};
	struct strbuf dotted = {0};
	if (flow->cut && line + 1 == flow->count) {
		strbuf_add(&dotted, drawn.text, drawn.n);
		strbuf_adds(&dotted, DOTS);
		drawn.text = strbuf_str(&dotted);
		drawn.n = dotted.len;
	}
	draw_text(list, at, &drawn, colour);
	strbuf_fini(&dotted);
}
