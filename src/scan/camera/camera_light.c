#include "scan/camera/camera_light.h"

#define WINDOW_MS 1000
#define SETTLE_MS 1000

/* --- controls ------------------------------------------------------------------------------------------------------------------------ */

/* Numbers of linux/v4l2-controls.h. */
enum {
	FOCUS_RANGE_MACRO = 2,       /* V4L2_AUTO_FOCUS_RANGE_MACRO */
	EXPOSURE_AUTO = 0,           /* V4L2_EXPOSURE_AUTO */
	EXPOSURE_APERTURE_FIRST = 3, /* V4L2_EXPOSURE_APERTURE_PRIORITY: UVC's automatic exposure */
	METERING_CENTRE = 1,         /* V4L2_EXPOSURE_METERING_CENTER_WEIGHTED */
	MAINS_50_HZ = 1,             /* V4L2_CID_POWER_LINE_FREQUENCY_50HZ */
};

/* Wishes of one control, the dearest first; -1 ends them. */
static const struct {
	bool menu;
	int values[3];
} wanted[CONTROL_COUNT] = {
	[CONTROL_FOCUS_AUTO] = {false, {1, -1}},
	[CONTROL_FOCUS_RANGE] = {true, {FOCUS_RANGE_MACRO, -1}}, /* badges are held at 10 to 60 cm */
	[CONTROL_EXPOSURE_AUTO] = {true, {EXPOSURE_APERTURE_FIRST, EXPOSURE_AUTO, -1}},
	[CONTROL_METERING] = {true, {METERING_CENTRE, -1}}, /* the window behind the visitor does not count */
	[CONTROL_MAINS] = {true, {MAINS_50_HZ, -1}},
	[CONTROL_DYNAMIC_RATE] = {false, {0, -1}}, /* until light_frame says otherwise */
};

static bool takes(const struct camera_offer *o, bool menu, int value) {
	return o->there && value >= o->minimum && value <= o->maximum && (!menu || (value < 32 && (o->menu & 1u << value) != 0));
}

size_t camera_wishes(const struct camera_offer offers[CONTROL_COUNT], struct camera_wish out[CONTROL_COUNT]) {
	size_t count = 0;
	for (int c = 0; c < CONTROL_COUNT; c++) {
		for (int i = 0; wanted[c].values[i] >= 0; i++) {
			int value = wanted[c].values[i];
			if (takes(&offers[c], wanted[c].menu, value)) {
				if (offers[c].value != value) {
					out[count++] = (struct camera_wish){.control = (enum camera_control)c, .value = value};
				}
				break;
			}
		}
	}
	return count;
}

/* --- frame rate against exposure ------------------------------------------------------------------------------------------------------- */

static void change(struct light *l, enum light_mode mode, int64_t now_ms) {
	l->mode = mode;
	l->since_ms = now_ms;
	l->steady_ms = l->window_ms = 0;
	l->rate_millihertz = 0;
}

static void measure(struct light *l, int64_t now_ms) {
	if (now_ms - l->since_ms < SETTLE_MS) {
		return; /* it is still changing over */
	}
	/* The frame that begins a window is not counted in it. */
	if (l->window_ms == 0) {
		l->window_ms = now_ms;
		l->frames = 0;
	} else if (++l->frames, now_ms - l->window_ms >= WINDOW_MS) {
		l->rate_millihertz = (int)((int64_t)l->frames * 1000000 / (now_ms - l->window_ms));
		l->window_ms = now_ms;
		l->frames = 0;
	}
}

/* True when `so` has been so for LIGHT_STEADY_MS. */
static bool steady(struct light *l, bool so, int64_t now_ms) {
	if (!so) {
		l->steady_ms = 0;
	} else if (l->steady_ms == 0) {
		l->steady_ms = now_ms;
	}
	return so && now_ms - l->steady_ms >= LIGHT_STEADY_MS;
}

enum light_mode light_frame(struct light *l, int mean, struct light_can can, int64_t now_ms) {
	if (l->since_ms == 0) {
		l->since_ms = now_ms;
	}
	measure(l, now_ms);
	/* Not below 15/s, whatever it brings; a tenth is forgiven, as seconds are cut unevenly. */
	bool too_slow = l->mode != LIGHT_FIXED && l->rate_millihertz > 0 && l->rate_millihertz < 13500;
	if (too_slow) {
		enum light_mode next = l->mode == LIGHT_FREE && can.slow ? LIGHT_SLOW : LIGHT_FIXED;
		change(l, next, now_ms);
		l->barred_ms = next == LIGHT_FIXED ? now_ms + LIGHT_RETRY_MS : l->barred_ms;
		return l->mode;
	}
	bool dwelt = now_ms - l->since_ms >= LIGHT_DWELL_MS;
	if (l->mode == LIGHT_FIXED) {
		bool may = (can.free || can.slow) && now_ms >= l->barred_ms;
		if (steady(l, may && mean < LIGHT_DARK, now_ms)) {
			change(l, can.free ? LIGHT_FREE : LIGHT_SLOW, now_ms);
		}
	} else if (steady(l, dwelt && mean > LIGHT_BRIGHT, now_ms)) {
		change(l, LIGHT_FIXED, now_ms);
	}
	return l->mode;
}
