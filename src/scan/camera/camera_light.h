/* What a camera is asked for so that badges are seen well: its controls at the start, and frame rate against exposure while it runs. Pure. */
#ifndef TURNOUT_SCAN_CAMERA_CAMERA_LIGHT_H
#define TURNOUT_SCAN_CAMERA_CAMERA_LIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --- controls ------------------------------------------------------------------------------------------------------------------------ */

/* V4L2's controls (linux/v4l2-controls.h) that matter here. */
enum camera_control {
	CONTROL_FOCUS_AUTO,    /* V4L2_CID_FOCUS_AUTO: continuous */
	CONTROL_FOCUS_RANGE,   /* V4L2_CID_AUTO_FOCUS_RANGE: a menu */
	CONTROL_EXPOSURE_AUTO, /* V4L2_CID_EXPOSURE_AUTO: a menu */
	CONTROL_METERING,      /* V4L2_CID_EXPOSURE_METERING: a menu */
	CONTROL_MAINS,         /* V4L2_CID_POWER_LINE_FREQUENCY: a menu */
	CONTROL_DYNAMIC_RATE,  /* V4L2_CID_EXPOSURE_AUTO_PRIORITY: 1 lets the camera take longer over a frame in the dark */
	CONTROL_COUNT
};

struct camera_offer { /* what the camera has of one control */
	bool there;   /* and can be written */
	int minimum, maximum;
	uint32_t menu; /* of a menu: bit n stands for item n */
	int value;     /* as it is now */
};

struct camera_wish {
	enum camera_control control;
	int value;
};

/* What to set, in this order. Controls that are not there, cannot take the value or have it already are left alone. Returns how many (up to
 * CONTROL_COUNT). */
size_t camera_wishes(const struct camera_offer offers[CONTROL_COUNT], struct camera_wish out[CONTROL_COUNT]);

/* --- frame rate against exposure ------------------------------------------------------------------------------------------------------- */

enum light_mode {
	LIGHT_FIXED, /* the full rate, whatever the exposure */
	LIGHT_FREE,  /* the camera may take longer over a frame (CONTROL_DYNAMIC_RATE) */
	LIGHT_SLOW,  /* 15 to 20 frames/s, fixed: the longest exposure that is allowed */
};

#define LIGHT_DARK 50         /* mean luminance below this is dark … */
#define LIGHT_BRIGHT 110      /* … and above this bright: far apart, as a longer exposure brightens the picture */
#define LIGHT_STEADY_MS 2000  /* so long it must be so */
#define LIGHT_DWELL_MS 10000  /* a mode is kept at least so long, unless it is too slow */
#define LIGHT_RETRY_MS 120000 /* what did not help is tried again after this */

struct light { /* a zeroed struct is LIGHT_FIXED */
	enum light_mode mode;
	int64_t since_ms;    /* of the mode */
	int64_t steady_ms;   /* since when what speaks for another mode is so; 0: nothing does */
	int64_t barred_ms;   /* until when the full rate stays: slowing down did not help */
	int64_t window_ms;   /* the measured second began; 0: none yet */
	int frames;          /* in it */
	int rate_millihertz; /* of the last whole one; 0: not known yet */
};

struct light_can {
	bool free; /* the camera has CONTROL_DYNAMIC_RATE */
	bool slow; /* it offers 15 to 20 frames/s too */
};

/* To be called for every frame with its mean luminance and a clock that does not go back; returns the mode from now on. */
enum light_mode light_frame(struct light *l, int mean, struct light_can can, int64_t now_ms);

#endif
