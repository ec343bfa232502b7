/* One opened camera through Video4Linux 2 (memory-mapped streaming), as luminance. Belongs to one thread.
 *
 * Of what it offers the best is taken (scan/camera/camera_mode); grey and YUV formats are read as they are, JPEGs through scan/image/image with their
 * luminance alone, others (Bayer, RGB) through libv4lconvert. Controls are set as scan/camera/camera_light wishes. */
#ifndef TURNOUT_SCAN_CAMERA_V4L2_DEVICE_H
#define TURNOUT_SCAN_CAMERA_V4L2_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "scan/camera/camera_light.h"
#include "scan/camera/camera_list.h"
#include "scan/camera/camera_mode.h"
#include "scan/image/image.h"

/* All that capture, in the order of their numbers. Opens each for a moment, which starts none and disturbs nobody. */
void v4l2_list(struct camera_list *out);

struct v4l2_device;

/* `rate`: frames in 1000 s that are wanted (CAMERA_RATE). ERR_NOT_FOUND: it is not there; ERR_BUSY: another program has it; else ERR_SYSTEM. */
bool v4l2_device_open(const char *path, int rate, struct v4l2_device **out, struct err *err) TURNOUT_MUST_CHECK;
void v4l2_device_close(struct v4l2_device *d); /* NULL is fine */

const char *v4l2_device_name(const struct v4l2_device *d); /* "HD Webcam [usb-0000:00:14.0-2]" */
/* What was chosen, as the driver took it. */
const struct camera_mode *v4l2_device_mode(const struct v4l2_device *d);
/* What low light can be met with. */
struct light_can v4l2_device_light(const struct v4l2_device *d);
/* CONTROL_DYNAMIC_RATE; nothing happens where it is missing. */
void v4l2_device_set_free(struct v4l2_device *d, bool on);

enum v4l2_answer {
	V4L2_FRAME, /* *image is the device's until the next call */
	V4L2_NONE,  /* nothing within the time, or a broken frame */
	V4L2_GONE,  /* it is to be closed; `why` is filled */
};
/* Waits at most timeout_ms. Of several frames that wait the newest is given, the others go back unread. *taken_us is clock_span_us of it. */
enum v4l2_answer v4l2_device_frame(struct v4l2_device *d, int timeout_ms, struct image *image, int64_t *taken_us, struct err *why);

#endif
