/* The geometry of badges and of the pages they stand on: pure, in millimetres from the top left corner.
 *
 * a4       ten badges of 85 x 54 (ID-1 holders) on A4, two across, with cut marks in the margins
 * a6       one lanyard badge of 105 x 148 a page
 * label62  one label of 100 x 62 a page, lying: 62 mm tape or 62 x 100 die-cut labels; nothing on it depends on colour */
#ifndef TURNOUT_BADGE_LAYOUT_H
#define TURNOUT_BADGE_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "paper/canvas.h"

enum badge_layout { BADGE_A4, BADGE_A6, BADGE_LABEL62, BADGE_LAYOUT_COUNT };

/* Sizes of type: the em in mm, at most and (before words are broken) at least. */
struct badge_type {
	double max, min;
	int lines; /* at most */
};

struct badge_layout_spec {
	const char *name; /* "a4", "a6", "label62" */
	double page_w, page_h;
	int columns, rows;
	struct mm_rect first; /* the top left badge; the others follow without gaps */
	bool cut_marks;
	bool centred;         /* the words stand on the middle axis */
	bool plain;           /* black on white: lines instead of fills */
	double band;          /* height of the head band */
	double margin;        /* from the left and right edges to words in the band */
	double band_em;       /* size of the event's title */
	struct mm_rect words; /* name, position, organisation, place and category, in the badge */
	struct mm_rect qr;    /* the square of the code with its quiet zone */
	struct mm_rect aloud; /* the spoken code */
	struct mm_rect logo;
	/* Where the event thanks somebody the words are lower, and a strip of logos and sentences stands below them. */
	struct {
		double words_h;
		struct mm_rect qr, aloud, logo, strip;
	} credits;
	struct badge_type name_type, position_type, organisation_type, place_type;
	double pill_h; /* the category's pill */
	double gap;    /* between two of the texts */
};

const struct badge_layout_spec *layout_spec(enum badge_layout layout);

/* The same with room for those whom the event thanks. */
struct badge_layout_spec layout_with_credits(enum badge_layout layout);

int layout_per_page(const struct badge_layout_spec *spec);
/* Where the index-th badge of a page lies, row by row. */
struct mm_rect layout_slot(const struct badge_layout_spec *spec, int index);

struct mm_line {
	struct mm_point from, to;
};
#define LAYOUT_MARKS_MAX 32
/* Lines in the page's margins, in the prolongation of every cut, 2 mm away from the badges. Returns how many; 0 where nothing is cut. */
size_t layout_cut_marks(const struct badge_layout_spec *spec, struct mm_line marks[LAYOUT_MARKS_MAX]);

/* The square of the modules alone inside `qr`, for a matrix of that many modules: QR_QUIET of them stay clear on every side. */
struct mm_rect layout_qr_modules(struct mm_rect qr, int side);

#define LAYOUT_INK 0x14211Du
#define LAYOUT_MUTED 0x5B6A64u
#define LAYOUT_HAIRLINE 0xDDD7CAu
#define LAYOUT_TEAL 0x0A6B5Eu
#define LAYOUT_WHITE 0xFFFFFFu

#endif
