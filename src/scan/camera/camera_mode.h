/* Which of the pictures that a camera offers is the best to read codes from. Pure. */
#ifndef TURNOUT_SCAN_CAMERA_CAMERA_MODE_H
#define TURNOUT_SCAN_CAMERA_CAMERA_MODE_H

#include <stddef.h>
#include <stdint.h>

/* How dear it is to get the luminance out of it: the cheapest first. */
enum camera_pixels {
	CAMERA_GREY,   /* one byte a pixel */
	CAMERA_PLANAR, /* luminance first, colour behind it: NV12, NV21, NV16, NV61, YU12, YV12 */
	CAMERA_PACKED, /* YUYV, YVYU, UYVY, VYUY */
	CAMERA_JPEG,   /* a JPEG a frame */
	CAMERA_OTHER,  /* Bayer and RGB, through libv4lconvert */
};

struct camera_mode {
	uint32_t fourcc; /* the driver's name of the format */
	enum camera_pixels pixels;
	int width, height;
	int millihertz; /* frames in 1000 s; 0: the driver does not say */
};

#define CAMERA_WIDTH 1280
#define CAMERA_HEIGHT 720
#define CAMERA_WIDTH_MIN 640 /* below, a code across a table has too few pixels a module */
#define CAMERA_HEIGHT_MIN 480
#define CAMERA_RATE 30000      /* millihertz: what is wanted */
#define CAMERA_RATE_SLOW 15000 /* at least, and wanted in low light: the longest exposure is the time between two frames */

/* The position of the best mode, or -1 when there is none that can be used (no size, or larger than pictures may be).
 *
 * In this order: at least 640 x 480; a rate that is no less than the one wanted (millihertz; five sixths of it count as it), else one of 15/s; a size
 * near 1280 x 720; the cheapest pixels; the rate nearest to the wanted one. So raw pictures win where the bus carries them at full rate, and
 * JPEGs where it does not (USB 2 carries 1280 x 720 YUYV at 10/s). */
int camera_mode_best(const struct camera_mode *modes, size_t count, int wanted);

/* The modes that a range of sizes (V4L2's stepwise and continuous ones) has for us: the wanted size, the least one and the greatest, as far as
 * they fit. Fills width and height of at most 3 and returns how many. */
struct camera_range {
	int width_min, width_max, width_step, height_min, height_max, height_step;
};
size_t camera_mode_sizes(const struct camera_range *range, struct camera_mode out[3]);

#endif
