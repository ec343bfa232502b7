#include "kiosk/ui/theme.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

static const struct type types[] = {
	[TYPE_NAME] = {FACE_DISPLAY, 22.3, 9.0, 1.10},    [TYPE_CLOCK] = {FACE_DISPLAY, 17.3, 9.0, 1.05},
	[TYPE_GREETING] = {FACE_MEDIUM, 12.2, 7.4, 1.15}, [TYPE_UNDER] = {FACE_TEXT, 8.3, 6.0, 1.2},
	[TYPE_TITLE] = {FACE_DISPLAY, 9.7, 6.0, 1.18},    [TYPE_HEAD] = {FACE_DISPLAY, 7.9, 6.2, 1.15},
	[TYPE_STRONG] = {FACE_MEDIUM, 6.5, 4.6, 1.2},     [TYPE_BUTTON] = {FACE_BOLD, 5.8, 4.4, 1.2},
	[TYPE_LABEL] = {FACE_BOLD, 5.8, 4.6, 1.2},        [TYPE_BODY] = {FACE_TEXT, 6.2, 5.0, 1.35},
	[TYPE_SECOND] = {FACE_TEXT, 5.3, 4.5, 1.2},       [TYPE_STATUS] = {FACE_TEXT, 5.0, 4.4, 1.2},
};
_Static_assert(COUNT_OF(types) == TYPE_COUNT, "every role has its type");

struct theme theme_make(int width, int height, double panel_mm) {
	double diagonal = hypot(width, height);
	double reference = hypot(THEME_REFERENCE_LONG, THEME_REFERENCE_SHORT);
	double per_mm = diagonal / (panel_mm > 0 ? panel_mm : reference);
	double longer = (width > height ? width : height) / per_mm, shorter = (width > height ? height : width) / per_mm;
	double scale = fmin(longer / THEME_REFERENCE_LONG, shorter / THEME_REFERENCE_SHORT);
	scale = fmax(THEME_SCALE_MIN, fmin(THEME_SCALE_MAX, scale));
	return (struct theme){.width = width, .height = height, .px_per_mm = per_mm * scale, .portrait = height > width};
}

const struct type *theme_type(enum type_role role) { return &types[role]; }

/* WCAG 2.1, relative luminance. */
static double luminance(uint32_t colour) {
	double sum = 0;
	static const double weight[] = {0.2126, 0.7152, 0.0722};
	for (int i = 0; i < 3; i++) {
		double c = (double)(colour >> (16 - 8 * i) & 0xff) / 255;
		sum += weight[i] * (c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

uint32_t theme_ink_on(uint32_t colour) { return luminance(colour) > 0.3 ? INK : WHITE; }

uint32_t theme_track_colour(const char *colour, int track) {
	static const uint32_t ours[] = {0x0a6b5e, 0xb4532a, 0x3a57a8, 0x7a5c00, 0x8a2d62, 0x4a6b1f, 0x1d6a86, 0x5c4a3d};
	unsigned char rgb[3];
	if (colour[0] == '#' && str_unhex(colour + 1, rgb, sizeof rgb)) {
		uint32_t own = (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
		if (1.05 / (luminance(own) + 0.05) >= 3) {
			return own;
		}
	}
	return ours[(size_t)track % COUNT_OF(ours)];
}
