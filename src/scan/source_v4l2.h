/* A camera through Video4Linux 2 (memory-mapped streaming), as luminance.
 *
 * 1280 x 720 is asked for, the driver's nearest is taken. Grey and YUV formats are read as they are, MJPEG through scan/image, others
 * (Bayer and the like) through libv4lconvert. A camera that cannot be opened, is pulled out, fails, or gives no picture for 3 s is
 * SOURCE_LOST; from then on it is tried again every second, so it may come back at any time, "auto" on another device too. */
#ifndef TURNOUT_SCAN_SOURCE_V4L2_H
#define TURNOUT_SCAN_SOURCE_V4L2_H

#include "scan/source.h"

/* "auto" or a device path. Nothing is opened before the first `next`, so this cannot fail. */
struct source *source_v4l2_open(const char *device);

#endif
