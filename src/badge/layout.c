#include "badge/layout.h"

#include "base/str.h"

static const struct badge_layout_spec specs[] =
	{
		[BADGE_A4] =
			{
				.name = "a4",
				.page_w = 210,
				.page_h = 297,
				.columns = 2,
				.rows = 5,
				.first = {20, 13.5, 85, 54},
				.cut_marks = true,
				.band = 7,
				.margin = 3.4,
				.band_em = 2.9,
				.words = {3.4, 9.6, 45.4, 40.9},
				.qr = {49.2, 13.2, 34.8, 34.8},
				.aloud = {49.2, 47.7, 34.8, 3.2},
				.logo = {52.3, 8.6, 28.6, 6.4},
				.credits = {.words_h = 31.4,
					    .qr = {49.2, 13.2, 34.8, 34.8},
					    .aloud = {49.2, 47.7, 34.8, 3.2},
					    .logo = {52.3, 8.6, 28.6, 6.4},
					    .strip = {3.4, 42.2, 45.4, 10}},
				.name_type = {9.6, 3.4, 7},
				.position_type = {2.6, 2.0, 3},
				.organisation_type = {2.6, 2.0, 3},
				.place_type = {2.35, 1.8, 3},
				.pill_h = 5.6,
				.gap = 1.1,
			},
		[BADGE_A6] =
			{
				.name = "a6",
				.page_w = 105,
				.page_h = 148,
				.columns = 1,
				.rows = 1,
				.first = {0, 0, 105, 148},
				.centred = true,
				.band = 15,
				.margin = 7,
				.band_em = 4.6,
				.words = {7, 20, 91, 69},
				.qr = {28.5, 91, 48, 48},
				.aloud = {28.5, 138.2, 48, 5},
				.logo = {7, 129, 24, 13},
				.credits = {.words_h = 47,
					    .qr = {32.5, 68, 40, 40},
					    .aloud = {32.5, 107.6, 40, 4.6},
					    .logo = {7, 95, 24, 13},
					    .strip = {7, 114, 91, 30}},
				.name_type = {20, 6.5, 7},
				.position_type = {4.6, 3.2, 3},
				.organisation_type = {4.6, 3.2, 3},
				.place_type = {4.0, 3.0, 3},
				.pill_h = 9,
				.gap = 2.2,
			},
		[BADGE_LABEL62] =
			{
				.name = "label62",
				.page_w = 100,
				.page_h = 62,
				.columns = 1,
				.rows = 1,
				.first = {0, 0, 100, 62},
				.plain = true,
				.band = 8,
				.margin = 4,
				.band_em = 3.1,
				.words = {4, 10.6, 52, 47.4},
				.qr = {57.5, 14.5, 40, 40},
				.aloud = {57.5, 54.2, 40, 4},
				.logo = {61, 9.4, 33, 7},
				.credits = {.words_h = 36,
					    .qr = {57.5, 14.5, 40, 40},
					    .aloud = {57.5, 54.2, 40, 4},
					    .logo = {61, 9.4, 33, 7},
					    .strip = {4, 48.2, 52, 10.6}},
				.name_type = {11.5, 4.2, 7},
				.position_type = {3.2, 2.4, 3},
				.organisation_type = {3.2, 2.4, 3},
				.place_type = {2.9, 2.2, 3},
				.pill_h = 6.4,
				.gap = 1.3,
			},
};
_Static_assert(sizeof specs / sizeof specs[0] == BADGE_LAYOUT_COUNT, "a spec a layout");

const struct badge_layout_spec *layout_spec(enum badge_layout layout) { return &specs[layout]; }

struct badge_layout_spec layout_with_credits(enum badge_layout layout) {
	struct badge_layout_spec spec = specs[layout];
	spec.words.h = spec.credits.words_h;
	spec.qr = spec.credits.qr;
	spec.aloud = spec.credits.aloud;
	spec.logo = spec.credits.logo;
	return spec;
}

int layout_per_page(const struct badge_layout_spec *spec) { return spec->columns * spec->rows; }

struct mm_rect layout_slot(const struct badge_layout_spec *spec, int index) {
	struct mm_rect slot = spec->first;
	slot.x += slot.w * (index % spec->columns);
	slot.y += slot.h * (index / spec->columns % spec->rows);
	return slot;
}

size_t layout_cut_marks(const struct badge_layout_spec *spec, struct mm_line marks[LAYOUT_MARKS_MAX]) {
	enum { LENGTH = 6, AWAY = 2 }; /* mm */
	if (!spec->cut_marks) {
		return 0;
	}
	size_t n = 0;
	const struct mm_rect f = spec->first;
	double right = f.x + f.w * spec->columns, bottom = f.y + f.h * spec->rows;
	for (int column = 0; column <= spec->columns; column++) {
		double x = f.x + f.w * column;
		marks[n++] = (struct mm_line){{x, f.y - AWAY - LENGTH}, {x, f.y - AWAY}};
		marks[n++] = (struct mm_line){{x, bottom + AWAY}, {x, bottom + AWAY + LENGTH}};
	}
	for (int row = 0; row <= spec->rows; row++) {
		double y = f.y + f.h * row;
		marks[n++] = (struct mm_line){{f.x - AWAY - LENGTH, y}, {f.x - AWAY, y}};
		marks[n++] = (struct mm_line){{right + AWAY, y}, {right + AWAY + LENGTH, y}};
	}
	return n;
}

/* The quiet zone is part of the rectangle that a layout gives (ISO/IEC 18004): QR_QUIET modules on each side. */
struct mm_rect layout_qr_modules(struct mm_rect qr, int side) {
	double quiet = qr.w * QR_QUIET / (side + 2 * QR_QUIET);
	return (struct mm_rect){qr.x + quiet, qr.y + quiet, qr.w - 2 * quiet, qr.h - 2 * quiet};
}
