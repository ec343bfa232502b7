#include "kiosk/ui/style.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/colour.h"

#define WORD_CONTRAST 7.0
#define SHAPE_CONTRAST 3.0
#define DIM_PART 32 /* of 256: so much lighter than the panel is what stands for the camera's picture */

/* Black on white, and colours that mean something as dark as they can be told apart. */
static void make_contrast_high(struct style *s) {
	static const uint32_t hues[HUE_COUNT] = {
		[INK] = 0x000000,         [PAPER] = 0xffffff,       [CARD] = 0xffffff,      [MUTED] = 0x333333,     [HAIRLINE] = 0x949494,
		[BAR] = 0xffffff,         [PANEL] = 0x000000,       [PANEL_DIM] = 0x1c1c1c, [TEAL] = 0x00463c,      [TEAL_OVER] = 0x002f28,
		[TEAL_LEFT] = 0xc0e8dd,   [BLUE] = 0x0b2f6b,        [BLUE_OVER] = 0x061d45, [BLUE_LEFT] = 0xc9d8f5, [AMBER] = 0xffd24d,
		[AMBER_OVER] = 0xb98500,  [RED] = 0x7a0c0c,         [RED_OVER] = 0x540505,  [RED_LEFT] = 0xf3cfcf,  [PURPLE] = 0x3d2263,
		[PURPLE_OVER] = 0x281543, [PURPLE_LEFT] = 0xdccff0, [WHITE] = 0xffffff,     [ACCENT] = 0x000000,    [CHOSEN] = 0x000000,
	};
	memcpy(s->hues, hues, sizeof hues);
	for (size_t i = 0; i < TRACK_COLOURS; i++) {
		s->tracks[i] = colour_darkened(s->tracks[i], &s->hues[CARD], 1, WORD_CONTRAST);
	}
}

static double lines_high(const struct style *s, enum type_role role, int count) {
	return count * s->types[role].size * s->types[role].leading;
}

static void make_at_least(struct style *s, enum length which, double mm) { s->lengths[which] = fmax(s->lengths[which], mm); }

/* A long title goes on in a second line, in a narrow cell in a third, before it becomes smaller: fewer sessions are seen at once, and each can be
 * read from farther away. */
static void make_room_for_titles(struct style *s) {
	double around = s->lengths[CARD_TOP] + s->lengths[CARD_LINE_HIGH] + s->lengths[CARD_BOTTOM];
	double in_cell = s->lengths[DAY_TRACK_GAP] + s->lengths[GRID_CELL_AIR] + s->lengths[CHANGE_HIGH];
	double on_result = s->lengths[RESULT_CARD_TOP] + s->lengths[CARD_LINE_HIGH] + s->lengths[RESULT_CARD_BOTTOM];
	make_at_least(s, RESULT_CARD_HIGH, on_result + lines_high(s, TYPE_HEAD, 2));
	make_at_least(s, GRID_ROW_HIGH, in_cell + lines_high(s, TYPE_SECOND, 3));
	make_at_least(s, AGENDA_CARD_HIGH, around + lines_high(s, TYPE_HEAD, 2));
	make_at_least(s, SESSION_ROW_HIGH, lines_high(s, TYPE_BODY, 2));
	make_at_least(s, SESSION_ROW_LEAST, lines_high(&style_default, TYPE_BODY, 2));
}

/* Words are larger where they have room, and may shrink as far as ever where they have not: nothing is cut for it. */
static void make_large(struct style *s, bool upright) {
	double factor = upright ? STYLE_LARGER_UPRIGHT : STYLE_LARGER;
	for (enum type_role role = 0; role < TYPE_COUNT; role++) {
		s->types[role].size *= factor;
	}
	for (enum length which = 0; which < LINE_HAIR; which++) {
		s->lengths[which] *= factor;
	}
	if (upright) { /* a screen's title stands between these two */
		s->lengths[BACK_WIDE] = style_default.lengths[BACK_WIDE];
		s->lengths[LANGUAGE_WIDE] = style_default.lengths[LANGUAGE_WIDE];
	}
	static const enum length lines[] = {AGENDA_CARD_HIGH, CARD_LINE_HIGH,    CARD_TITLE_HIGH, CHANGE_HIGH,       GRID_HEAD_HIGH,
					    GRID_ROW_HIGH,    TYPE_EXAMPLE_HIGH, DAY_CODE_WORDS,  SESSION_TITLE_HIGH};
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		s->lengths[lines[i]] *= factor;
	}
	make_room_for_titles(s);
}

static void colour_words(struct style *s, uint32_t colour) {
	const uint32_t grounds[] = {s->hues[PAPER], s->hues[CARD]};
	s->hues[ACCENT] = colour_darkened(colour, grounds, COUNT_OF(grounds), WORD_CONTRAST);
	/* What is filled keeps the colour where words can be read on it, and it can be told from what it lies on. */
	uint32_t words = colour_clearer(colour, s->hues[WHITE], s->hues[INK]);
	bool clear = colour_contrast(colour, words) >= WORD_CONTRAST && colour_contrast(colour, s->hues[PAPER]) >= SHAPE_CONTRAST;
	s->hues[CHOSEN] = clear ? colour : s->hues[ACCENT];
}

static uint32_t lighter(uint32_t colour, unsigned part) {
	uint32_t out = 0;
	for (int shift = 16; shift >= 0; shift -= 8) {
		uint32_t channel = colour >> shift & 0xff;
		out |= (channel + (255 - channel) * part / 256) << shift;
	}
	return out;
}

/* White and amber words stand on it, and on the part of it that waits for the camera's picture white and amber shapes. */
static void colour_panel(struct style *s, uint32_t colour) {
	const uint32_t words[] = {s->hues[WHITE], s->hues[AMBER]};
	s->hues[PANEL] = colour_darkened(colour, words, COUNT_OF(words), WORD_CONTRAST);
	s->hues[PANEL_DIM] = colour_darkened(lighter(s->hues[PANEL], DIM_PART), words, COUNT_OF(words), SHAPE_CONTRAST);
}

/* Lists that are longer than their room stand still: what has no room is behind "and 3 more". */
#define NEVER_MS (INT64_C(24) * 3600 * 1000)

static void make_calm(struct timing *t) {
	t->shake_ms = t->move_ms = 1;
	t->turn_ms = t->pose_ms = t->attract_after_ms = NEVER_MS;
}

/* How long a badge is held back by a result, and what the staff's screens take, stays as it is: the queue does not wait for it. */
static void make_longer(struct timing *t) {
	int64_t *const spans[] = {&t->result_admitted_ms, &t->result_late_ms, &t->result_refused_ms, &t->result_code_ms, &t->idle_ms,
				  &t->countdown_ms,       &t->words_ms};
	for (size_t i = 0; i < COUNT_OF(spans); i++) {
		*spans[i] *= STYLE_LONGER;
	}
}

void style_make(const struct style_wish *wish, struct style *out) {
	*out = style_default;
	if (wish->high_contrast) {
		make_contrast_high(out);
	} else {
		if (wish->has_colour) {
			colour_words(out, wish->colour);
		}
		if (wish->has_colour || wish->has_panel_colour) {
			colour_panel(out, wish->has_panel_colour ? wish->panel_colour : wish->colour);
		}
	}
	if (wish->still) {
		out->timing.shake_ms = out->timing.move_ms = 1; /* over before the first picture of it */
	}
	if (wish->calm) {
		make_calm(&out->timing);
	}
	if (wish->longer) {
		make_longer(&out->timing);
	}
	if (wish->large) {
		make_large(out, wish->upright);
	}
}
