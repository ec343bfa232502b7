#include "paper/label_media.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

#define NEAR 150        /* hundredths of mm by which a medium may differ: 90.3 is sold as 90, 100.9 as 101 */
#define SIDE_MAX 500000 /* five metres: nothing longer is a label, whatever a printer says */
#define INCH 2540.0
#define LABEL_LEAST 2000 /* of cut labels as wide as the tape, for its label: so long at least */

static const struct label_spec SPECS[] = {
	[LABEL_62] = {"62", 6200, 4000, 11000, "62 mm tape"},
	[LABEL_29X90] = {"29x90", 9000, 2900, 0, "29 x 90 mm"},
	[LABEL_54X101] = {"54x101", 10100, 5400, 0, "54 x 101 mm"},
	[LABEL_A6] = {"a6", 10500, 14800, 0, "A6 (105 x 148 mm)"},
};
_Static_assert(COUNT_OF(SPECS) == LABEL_SIZE_COUNT, "every size has its spec");

const struct label_spec *label_spec(enum label_size size) { return &SPECS[size]; }

bool label_size_parse(const char *name, enum label_size *out) {
	char bare[16];
	str_copy(bare, sizeof bare, name);
	size_t n = strlen(bare);
	if (n > 2 && str_ends_nocase(bare, "mm")) {
		bare[n - 2] = '\0';
	}
	for (size_t i = 0; i < LABEL_SIZE_COUNT; i++) {
		if (strlen(name) < sizeof bare && str_eq_nocase(bare, SPECS[i].name)) {
			*out = (enum label_size)i;
			return true;
		}
	}
	return false;
}

/* --- what printers call their media -------------------------------------------------------------------------------------------------- */

/* "29x90mm", "3.5x1.25in": PWG 5101.1, chapter 5. */
static bool parse_size(const char *text, int *x, int *y) {
	char copy[LABEL_MEDIUM_NAME_MAX];
	double w, h;
	str_copy(copy, sizeof copy, text);
	bool mm = str_ends(copy, "mm"), inch = str_ends(copy, "in");
	char *times = strchr(copy, 'x');
	if ((!mm && !inch) || times == NULL) {
		return false;
	}
	copy[strlen(copy) - 2] = '\0';
	*times = '\0';
	if (!str_to_double(copy, &w) || !str_to_double(times + 1, &h) || !(w > 0) || !(h >= 0)) {
		return false;
	}
	double unit = mm ? 100 : INCH;
	if (w * unit > SIDE_MAX || h * unit > SIDE_MAX) {
		w = fmin(w, SIDE_MAX / unit);
		h = fmin(h, SIDE_MAX / unit);
	}
	*x = (int)lround(w * unit);
	*y = (int)lround(h * unit);
	return true;
}

bool label_medium_parse(const char *name, struct label_medium *out) {
	struct label_medium m = {.x = 0};
	const char *size = strrchr(name, '_');
	if (size == NULL || strlen(name) >= sizeof m.name || !parse_size(size + 1, &m.x, &m.y)) {
		return false;
	}
	str_copy(m.name, sizeof m.name, name);
	*out = m;
	return true;
}

/* "custom_min_…" and "custom_max_…" say what any size lies between; "roll_…" the same of what comes off a roll. */
static bool is_bound(const char *name, const char **rest, bool *most) {
	static const char *const heads[] = {"custom_min_", "custom_max_", "roll_min_", "roll_max_"};
	for (size_t i = 0; i < COUNT_OF(heads); i++) {
		if (str_starts(name, heads[i])) {
			*rest = name + strlen(heads[i]);
			*most = i % 2 == 1;
			return true;
		}
	}
	return false;
}

/* The bounds come in any order, one after the other; x and y hold the least until the most is known. */
static void add_bound(struct label_media *media, const char *size, bool most) {
	int x, y;
	struct label_medium *m = NULL;
	for (size_t i = 0; i < media->count && m == NULL; i++) {
		m = media->items[i].any ? &media->items[i] : NULL;
	}
	if (!parse_size(size, &x, &y) || (m == NULL && media->count == LABEL_MEDIA_MAX)) {
		return;
	}
	if (m == NULL) {
		m = &media->items[media->count++];
		*m = (struct label_medium){.any = true};
	}
	if (most) {
		m->x = x;
		m->y_most = y;
	} else {
		m->y = y;
	}
}

void label_media_add(struct label_media *media, const char *name) {
	const char *size;
	bool most;
	if (is_bound(name, &size, &most)) {
		add_bound(media, size, most);
	} else if (media->count < LABEL_MEDIA_MAX && label_medium_parse(name, &media->items[media->count])) {
		struct label_medium *m = &media->items[media->count++];
		/* A roll without an end has a length of 0 there, or says how long it is. */
		if (m->y == 0 || str_starts(name, "roll_")) {
			m->y_most = m->y == 0 ? SIDE_MAX : m->y;
			m->y = 0;
		}
	}
}

bool label_media_equal(const struct label_media *a, const struct label_media *b) {
	bool equal = a->count == b->count;
	for (size_t i = 0; equal && i < a->count; i++) {
		const struct label_medium *m = &a->items[i], *n = &b->items[i];
		equal = m->x == n->x && m->y == n->y && m->y_most == n->y_most && m->any == n->any && m->left == n->left &&
			m->top == n->top && m->right == n->right && m->bottom == n->bottom && str_eq(m->name, n->name) &&
			str_eq(m->source, n->source);
	}
	return equal;
}

static void add_mm(struct strbuf *out, int hundredths) {
	char text[24];
	snprintf(text, sizeof text, "%.1f", hundredths / 100.0);
	size_t n = strlen(text);
	strbuf_add(out, text, str_ends(text, ".0") ? n - 2 : n);
}

void label_medium_words(const struct label_medium *m, struct strbuf *out) {
	if (m->y_most > 0) {
		add_mm(out, m->x);
		strbuf_adds(out, " mm tape");
		return;
	}
	add_mm(out, m->x);
	strbuf_adds(out, " x ");
	add_mm(out, m->y);
	strbuf_adds(out, " mm");
}

/* --- a label on one of them ------------------------------------------------------------------------------------------------------------ */

struct page {
	int x, y; /* hundredths of mm */
};

static bool is_near(int a, int b) { return abs(a - b) <= NEAR; }

/* How the label lies on it. The page is the medium's, and so is its direction: what a printer is told about turning it does as it likes. */
static void place(const struct label_spec *spec, const struct label_medium *m, struct page page, struct label_place *out) {
	*out = (struct label_place){.medium = *m, .page_w = page.x / 100.0, .page_h = page.y / 100.0};
	out->medium.x = page.x;
	out->medium.y = page.y;
	/* Tape is read across its width. */
	out->turned = spec->most > 0 ? !is_near(page.x, spec->width) : (page.x < page.y) != (spec->width < spec->height);
	out->width = out->turned ? out->page_h : out->page_w;
	out->height = out->turned ? out->page_w : out->page_h;
	const double left = m->left / 100.0, top = m->top / 100.0, right = m->right / 100.0, bottom = m->bottom / 100.0;
	out->left = out->turned ? top : left;
	out->top = out->turned ? right : top;
	out->right = out->turned ? bottom : right;
	out->bottom = out->turned ? left : bottom;
}

/* By how much a medium misses the wanted size; -1: by too much. What is cut from a roll, or made of what a queue is told, is as good as any, but after
 * what is loaded as it is wanted. */
static int misfit_cut(const struct label_spec *spec, const struct label_medium *m, int length, struct page *page) {
	int shorter = spec->width < spec->height ? spec->width : spec->height, longer = spec->width + spec->height - shorter;
	page->x = spec->most > 0 ? spec->width : shorter;
	page->y = spec->most > 0 ? length : longer;
	if (spec->most > 0 && page->y < m->y && m->y <= spec->most) {
		page->y = m->y;
	}
	bool fits = (m->any ? page->x <= m->x : is_near(page->x, m->x)) && page->y >= m->y && page->y <= m->y_most;
	if (!m->any) {
		page->x = m->x;
	}
	return !fits ? -1 : m->any ? 3 * NEAR : 0;
}

static int misfit_tape(const struct label_spec *spec, const struct label_medium *m, int length) {
	bool upright = is_near(m->x, spec->width), lying = !upright && is_near(m->y, spec->width);
	int given = upright ? m->y : m->x;
	bool fits = (upright || lying) && given >= LABEL_LEAST && given <= 2 * spec->most;
	/* Too short is worse than too long: the name becomes small. */
	return !fits ? -1 : 1 + (given < length ? 2 * (length - given) : given - length) / 10;
}

static int misfit(const struct label_spec *spec, const struct label_medium *m, int length, struct page *page) {
	*page = (struct page){m->x, m->y};
	if (m->y_most > 0) {
		return misfit_cut(spec, m, length, page);
	}
	if (spec->most > 0) {
		return misfit_tape(spec, m, length);
	}
	int as_read = is_near(m->x, spec->width) && is_near(m->y, spec->height) ? abs(m->x - spec->width) + abs(m->y - spec->height) : -1;
	int across = is_near(m->x, spec->height) && is_near(m->y, spec->width) ? abs(m->x - spec->height) + abs(m->y - spec->width) : -1;
	return as_read >= 0 ? as_read : across;
}

#define EDGE 2.5   /* mm from the paper's edge */
#define BEYOND 0.6 /* from where the printer cannot print any more */

static double least_edge(double edge) { return fmax(EDGE, edge + BEYOND); }

struct mm_rect label_place_room(const struct label_place *p, double more) {
	double left = least_edge(p->left) + more, top = least_edge(p->top) + more;
	return (struct mm_rect){left, top, p->width - left - least_edge(p->right) - more, p->height - top - least_edge(p->bottom) - more};
}

bool label_choose(enum label_size size, double length, const struct label_media *media, struct label_place *out) {
	const struct label_spec *spec = label_spec(size);
	int best = -1, wanted = (int)lround(length * 100);
	for (size_t i = 0; i < media->count; i++) {
		struct page page;
		int miss = misfit(spec, &media->items[i], wanted, &page);
		if (miss >= 0 && (best < 0 || miss < best)) {
			best = miss;
			place(spec, &media->items[i], page, out);
		}
	}
	return best >= 0;
}

void label_place_plain(enum label_size size, double length, struct label_place *out) {
	const struct label_spec *spec = label_spec(size);
	const struct label_medium none = {.x = 0};
	struct page page = {spec->width, spec->most > 0 ? (int)lround(length * 100) : spec->height};
	if (page.x > page.y && spec->most == 0) {
		page = (struct page){page.y, page.x};
	}
	place(spec, &none, page, out);
}
