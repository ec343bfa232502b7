#include "kiosk/ui/flow.h"

#include <string.h>

#include "base/strbuf.h"
#include "base/utf8.h"
#include "kiosk/ui/breaks.h"

#define DOTS "…"
#define LONG 256 /* bytes of a text that may be hopelessly long */
#define STEP 64  /* bytes: a line has seldom more, and what is measured at once costs by its length */

struct setter {
	struct flow *flow;
	const struct metrics *metrics;
	const char *text;
	const struct flow_room *room;
	size_t limit; /* lines */
	bool whole;   /* a size at which a word has to be broken is none */
	bool broken;  /* a word was */
	double ems;   /* what a long text is wide at the smallest size, over that size; 0: not known */
};

static int measure(const struct setter *s, size_t first, size_t n) {
	return s->metrics->width(s->metrics->context, s->flow->face, s->flow->size, s->text + first, n);
}

/* A piece of the text that may become a line. */
struct piece {
	size_t first, n;
};

/* How many bytes of the piece are whole grapheme clusters that end within `at` bytes; `from` of them are known to be. */
static size_t whole(const struct setter *s, struct piece piece, size_t from, size_t at) {
	size_t n = from;
	while (n <= at && n < piece.n) {
		from = n;
		n += utf8_cluster(s->text + piece.first + n, piece.n - n);
	}
	return n <= at ? n : from;
}

/* How many bytes of the piece fit the width, whole clusters, at least one: a binary search in the first part of it that does not fit. */
static size_t fitting(const struct setter *s, struct piece piece, int width) {
	size_t low = 0, high = STEP; /* low fits, high may not */
	size_t one = utf8_cluster(s->text + piece.first, piece.n);
	while (high < piece.n && measure(s, piece.first, whole(s, piece, low, high)) <= width) {
		low = whole(s, piece, low, high);
		high *= 2;
	}
	high = high < piece.n ? high : piece.n;
	while (low < high) {
		size_t middle = whole(s, piece, low, low + (high - low + 1) / 2);
		if (middle == low) {
			middle += utf8_cluster(s->text + piece.first + low, piece.n - low);
		}
		if (middle > high) {
			break;
		}
		if (measure(s, piece.first, middle) <= width) {
			low = middle;
		} else {
			high = middle - 1;
		}
	}
	return low == 0 ? one : low;
}

/* Whether the piece is wider than the room; the beginning of a long one mostly tells. */
static bool is_wide(const struct setter *s, struct piece piece) {
	for (size_t at = STEP; at < piece.n; at *= 4) {
		if (measure(s, piece.first, whole(s, piece, 0, at)) > s->room->width) {
			return true;
		}
	}
	return measure(s, piece.first, piece.n) > s->room->width;
}

/* How many bytes of a word stand before a place where a line may end between two letters, `limit` at most: the first such place or the last one; 0
 * when there is none. */
static size_t inner_break(const struct setter *s, struct piece word, size_t limit, bool last) {
	size_t found = 0, next = utf8_cluster(s->text + word.first, word.n);
	const char *at = s->text + word.first;
	uint32_t before = utf8_next(&at);
	while (next <= limit && next < word.n && (last || found == 0)) {
		at = s->text + word.first + next;
		uint32_t after = utf8_next(&at);
		found = breaks_between(before, after) ? next : found;
		before = after;
		next += utf8_cluster(s->text + word.first + next, word.n - next);
	}
	return found;
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

/* A line that is being filled: it holds start..fits of the text. */
struct filled {
	size_t start, fits;
};

/* Where the line ends that cannot take all of the word; counted as the text is. */
static size_t line_end(struct setter *s, const struct filled *line, struct piece word, bool parts) {
	struct piece rest = {line->start, word.first + word.n - line->start};
	size_t inner = 0, before = word.first - line->start;
	if (parts) {
		size_t fit = fitting(s, rest, s->room->width);
		inner = fit > before ? inner_break(s, word, fit - before, true) : 0;
	}
	if (inner > 0) {
		return word.first + inner;
	}
	if (line->fits > line->start) {
		return line->fits; /* the word begins a line */
	}
	s->broken = true;
	return s->whole ? line->start : line->start + fitting(s, rest, s->room->width);
}

/* Puts the word onto the line, or onto lines after it. False when the lines ran out. */
static bool add_word(struct setter *s, struct filled *line, struct piece word) {
	size_t end = word.first + word.n;
	bool parts = inner_break(s, word, word.n, false) > 0;
	while (is_wide(s, (struct piece){line->start, end - line->start})) {
		size_t cut = line_end(s, line, word, parts);
		if (s->broken && s->whole) {
			return false;
		}
		if (cut >= end) {
			break; /* one letter wider than the room */
		}
		if (!add_line(s, line->start, cut - line->start)) {
			return false;
		}
		word.first = cut > word.first ? cut : word.first;
		word.n = end - word.first;
		line->start = line->fits = word.first;
	}
	line->fits = end;
	return true;
}

/* One paragraph, greedily. False when the lines ran out. */
static bool wrap(struct setter *s, size_t first, size_t end) {
	struct filled line = {first, first};
	size_t at = first;
	while (at < end) {
		size_t word = at;
		while (at < end && s->text[at] != ' ' && !(at > word && s->text[at - 1] == '-')) { /* a line may end behind a hyphen */
			at++;
		}
		if (!add_word(s, &line, (struct piece){word, at - word})) {
			return false;
		}
		while (at < end && s->text[at] == ' ') {
			at++;
		}
		if (line.fits == line.start) {
			line.start = line.fits = at; /* blanks at a line's beginning are no text */
		}
	}
	return add_line(s, line.start, line.fits - line.start);
}

/* So much longer than all lines together that nothing needs to be tried: sizes are in proportion, but for the fitting of letters to pixels, and a
 * line leaves out no more than a blank. */
static bool is_hopeless(const struct setter *s) {
	return s->ems * s->flow->size * 0.8 > (double)s->limit * (s->room->width + s->flow->size);
}

static void begin_at(struct setter *s, int size, double leading) {
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
}

static bool fill(struct setter *s) {
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

/* One line that is higher than the room. */
static bool stands_out(const struct setter *s) { return s->room->contained && s->flow->height > s->room->height; }

static bool set_at(struct setter *s, int size, double leading) {
	begin_at(s, size, leading);
	return !stands_out(s) && !is_hopeless(s) && fill(s);
}

/* Leaves room for the dots that flow_draw_line puts behind the last line. */
static void cut(struct setter *s) {
	struct flow *flow = s->flow;
	size_t i = flow->count - 1;
	int dots = s->metrics->width(s->metrics->context, flow->face, flow->size, DOTS, strlen(DOTS));
	size_t first = flow->lines[i].first;
	/* The last line takes up all of the paragraph that is left, and is cut to the width. */
	size_t n = fitting(s, (struct piece){first, strcspn(s->text + first, "\n")}, s->room->width - dots);
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
	struct setter s = {.flow = flow, .metrics = metrics, .text = text, .room = room, .whole = true};
	flow->text = text;
	flow->face = type->face;
	flow->cut = false;
	int largest = mm(theme, type->size), smallest = mm(theme, type->size_min);
	size_t n = strlen(text);
	if (n > LONG && strchr(text, '\n') == NULL) {
		flow->size = smallest;
		s.ems = (double)measure(&s, 0, n) / smallest;
	}
	/* The largest size at which all fits and no word is broken; large sizes in larger steps, as each costs a measuring of all. */
	for (int size = largest; size >= smallest; size -= size > 2 * smallest ? 3 : 1) {
		if (set_at(&s, size, type->leading)) {
			return;
		}
	}
	s.whole = false;
	/* No size keeps all words whole: then they are broken, from the largest size on where the label wants that, else at the smallest. */
	for (int size = room->break_words ? largest : smallest; size >= smallest; size -= 2) {
		if (set_at(&s, size, type->leading)) {
			return;
		}
	}
	begin_at(&s, smallest, type->leading);
	if (!fill(&s)) {
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
