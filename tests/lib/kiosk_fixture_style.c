#include "lib/kiosk_fixture_style.h"

#include <string.h>

#include "base/alloc.h"

struct style kiosk_fixture_large(void) {
	static const uint32_t hues[HUE_COUNT] = {
		[INK] = 0x000000,         [PAPER] = 0xffffff,       [CARD] = 0xffffff,      [MUTED] = 0x333333,     [HAIRLINE] = 0x949494,
		[BAR] = 0xffffff,         [PANEL] = 0x000000,       [PANEL_DIM] = 0x1c1c1c, [TEAL] = 0x00463c,      [TEAL_OVER] = 0x002f28,
		[TEAL_LEFT] = 0xc0e8dd,   [BLUE] = 0x0b2f6b,        [BLUE_OVER] = 0x061d45, [BLUE_LEFT] = 0xc9d8f5, [AMBER] = 0xffd24d,
		[AMBER_OVER] = 0xb98500,  [RED] = 0x7a0c0c,         [RED_OVER] = 0x540505,  [RED_LEFT] = 0xf3cfcf,  [PURPLE] = 0x3d2263,
		[PURPLE_OVER] = 0x281543, [PURPLE_LEFT] = 0xdccff0, [WHITE] = 0xffffff,
	};
	struct style large = style_default;
	memcpy(large.hues, hues, sizeof hues);
	for (enum type_role role = 0; role < TYPE_COUNT; role++) {
		large.types[role].size *= KIOSK_FIXTURE_LARGER;
		large.types[role].size_min *= KIOSK_FIXTURE_LARGER;
	}
	/* Three things share the status line: its words must be able to shrink as far as ever. */
	large.types[TYPE_STATUS].size_min = style_default.types[TYPE_STATUS].size_min;
	for (enum length which = 0; which < LINE_HAIR; which++) {
		large.lengths[which] *= KIOSK_FIXTURE_LARGER;
	}
	static const enum length lines[] = {AGENDA_CARD_HIGH, CARD_LINE_HIGH, CARD_TITLE_HIGH}; /* what lines of text stand in */
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		large.lengths[lines[i]] *= KIOSK_FIXTURE_LARGER;
	}
	return large;
}
