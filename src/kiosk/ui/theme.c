#include "kiosk/ui/theme.h"

#include <math.h>

#include "base/alloc.h"
#include "base/colour.h"

#define SHAPE_CONTRAST 3 /* WCAG 2.1, 1.4.11: of what is no text against its ground */

const struct style style_default = {
	.hues =
		{
			[INK] = 0x14211d,         [PAPER] = 0xf6f3ec,       [CARD] = 0xffffff,      [MUTED] = 0x5b6a64,
			[HAIRLINE] = 0xddd7ca,    [BAR] = 0xeae6da,         [PANEL] = 0x14211d,     [PANEL_DIM] = 0x27352f,
			[TEAL] = 0x0a6b5e,        [TEAL_OVER] = 0x08554b,   [TEAL_LEFT] = 0xc0e8dd, [BLUE] = 0x1f4e9e,
			[BLUE_OVER] = 0x183f80,   [BLUE_LEFT] = 0xc9d8f5,   [AMBER] = 0xf4b740,     [AMBER_OVER] = 0xd49a26,
			[RED] = 0xa32020,         [RED_OVER] = 0x821818,    [RED_LEFT] = 0xf3cfcf,  [PURPLE] = 0x5b3a8c,
			[PURPLE_OVER] = 0x472c6f, [PURPLE_LEFT] = 0xdccff0, [WHITE] = 0xffffff,
		},
	.types =
		{
			[TYPE_NAME] = {FACE_DISPLAY, 22.3, 9.0, 1.10},
			[TYPE_CLOCK] = {FACE_DISPLAY, 17.3, 9.0, 1.05},
			[TYPE_GREETING] = {FACE_MEDIUM, 12.2, 7.4, 1.15},
			[TYPE_UNDER] = {FACE_TEXT, 8.3, 6.0, 1.2},
			[TYPE_TITLE] = {FACE_DISPLAY, 9.7, 6.0, 1.18},
			[TYPE_HEAD] = {FACE_DISPLAY, 7.9, 6.2, 1.15},
			[TYPE_STRONG] = {FACE_MEDIUM, 6.5, 4.6, 1.2},
			[TYPE_BUTTON] = {FACE_BOLD, 5.8, 4.4, 1.2},
			[TYPE_LABEL] = {FACE_BOLD, 5.8, 4.6, 1.2},
			[TYPE_BODY] = {FACE_TEXT, 6.2, 5.0, 1.35},
			[TYPE_SECOND] = {FACE_TEXT, 5.3, 4.5, 1.2},
			[TYPE_STATUS] = {FACE_TEXT, 5.0, 4.4, 1.2},
		},
	.timing =
		{
			.result_hold_ms = 1000,
			.result_admitted_ms = 1500,
			.result_late_ms = 3000,
			.result_refused_ms = 5000,
			.idle_ms = 45000,
			.countdown_ms = 20000,
			.notice_ms = 8000,
			.words_ms = 4000,
			.shake_ms = 500,
			.seen_ms = 1500,
			.call_chime_ms = 4000,
			.hold_ms = 2000,
			.hold_shown_ms = 300,
			.barred_ms = 30000,
			.look_ms = 1000,
			.read_ms = 2000,
			.step_ms = 33,
		},
};

struct theme theme_make(const struct style *style, int width, int height, double panel_mm) {
	double diagonal = hypot(width, height);
	double reference = hypot(THEME_REFERENCE_LONG, THEME_REFERENCE_SHORT);
	double per_mm = diagonal / (panel_mm > 0 ? panel_mm : reference);
	double longer = (width > height ? width : height) / per_mm, shorter = (width > height ? height : width) / per_mm;
	double scale = fmin(longer / THEME_REFERENCE_LONG, shorter / THEME_REFERENCE_SHORT);
	scale = fmax(THEME_SCALE_MIN, fmin(THEME_SCALE_MAX, scale));
	return (struct theme){.style = style, .width = width, .height = height, .px_per_mm = per_mm * scale, .portrait = height > width};
}

uint32_t theme_ink_on(const struct theme *t, uint32_t colour) { return colour_clearer(colour, hue(t, WHITE), hue(t, INK)); }

uint32_t theme_track_colour(const char *colour, int track) {
	uint32_t own;
	if (colour_parse(colour, &own) && colour_contrast(own, 0xffffff) >= SHAPE_CONTRAST) {
		return own;
	}
	return colour_of_track((unsigned)track);
}
