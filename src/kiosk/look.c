#include "kiosk/look.h"

#include <math.h>

#include "kiosk/ui/reach.h"

#define SLOW_FRAMES 60 /* so many pictures are looked at before a machine is called slow … */
#define SLOW_MS 25.0   /* … when half of them take longer */

static bool is_wished(enum options_look option, bool kept) { return option == OPTIONS_LOOK_KEPT ? kept : option == OPTIONS_LOOK_OTHER; }

struct access look_access(const struct kiosk_options *options, const struct device_settings *device) {
	return (struct access){.large = is_wished(options->text, device->large),
			       .high_contrast = is_wished(options->contrast, device->high_contrast),
			       .low = device->low,
			       .longer = device->longer,
			       .calm = device->calm,
			       .aloud = device->aloud};
}

bool look_is_still(const struct frame_times *frames, bool was_still) {
	return was_still || (frames->count >= SLOW_FRAMES && frame_times_within(frames, 0.5) > SLOW_MS);
}

static double diagonal_mm(const struct look_panel *panel) {
	return panel->millimetres > 0 ? panel->millimetres : hypot(THEME_REFERENCE_LONG, THEME_REFERENCE_SHORT);
}

struct box look_place(const struct look_panel *panel, bool low) {
	struct reach reach = {.width = panel->width,
			      .height = panel->height,
			      .px_per_mm = hypot(panel->width, panel->height) / diagonal_mm(panel),
			      .bottom_mm = panel->bottom_cm * 10.0};
	return low ? reach_place(&reach) : (struct box){0, 0, panel->width, panel->height};
}

struct theme look_theme(const struct style *style, const struct look_panel *panel, struct box place) {
	if (place.w == panel->width && place.h == panel->height) {
		return theme_make(style, place.w, place.h, panel->millimetres);
	}
	double part = hypot(place.w, place.h) / hypot(panel->width, panel->height);
	return theme_make(style, place.w, place.h, diagonal_mm(panel) * part);
}
