/* A camera as a source (scan/camera/v4l2_device), with all that happens to cameras.
 *
 * One that cannot be opened, is pulled out, fails, gives no picture for 3 s, or gives one and the same picture or a black one again and again
 * (scan/camera/camera_watch) is SOURCE_LOST; from then on it is tried again, so it may come back at any time, "auto" on another device too. In low
 * light the frame rate gives way to exposure, never below 15/s (scan/camera/camera_light). */
#ifndef TURNOUT_SCAN_CAMERA_SOURCE_V4L2_H
#define TURNOUT_SCAN_CAMERA_SOURCE_V4L2_H

#include "scan/camera/source.h"

/* "auto", "auto:ID", "name:ID" or a device's path, as in scan/camera/source_open.h. Nothing is opened before the first `next`, so this cannot fail. */
struct source *source_v4l2_open(const char *spec);

#endif
