/* What a V4L2 device says about itself: modes and controls, as plain values. `fd` is the opened device. */
#ifndef TURNOUT_SCAN_CAMERA_V4L2_QUERY_H
#define TURNOUT_SCAN_CAMERA_V4L2_QUERY_H

#include <stddef.h>
#include <stdint.h>

#include "scan/camera/camera_light.h"
#include "scan/camera/camera_mode.h"

#define V4L2_MODES_MAX 512

/* ioctl(2) that a signal does not end. */
int v4l2_ask(int fd, unsigned long request, void *argument);

/* Every format, size and rate, at most `max`. Sizes that the driver does not tell are 1280 x 720, rates 0. */
size_t v4l2_modes(int fd, struct camera_mode *out, size_t max);

/* Bytes that a pixel takes in a row, in the formats that libv4lconvert may be given; 0 for all others. Its decoders of old webcams' own compressed
 * formats read and write beyond their buffers when a frame is malformed, and so does that of HSV. */
int v4l2_pixel_bytes(uint32_t fourcc);

void v4l2_offers(int fd, struct camera_offer out[CONTROL_COUNT]);
void v4l2_set_control(int fd, enum camera_control control, int value); /* a refusal changes nothing for us */

#endif
