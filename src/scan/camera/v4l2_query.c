#include "scan/camera/v4l2_query.h"

#include <errno.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>

#include "base/alloc.h"

#define ENTRIES_MAX 64 /* of one enumeration: a driver that never ends is one of the things that happen */

int v4l2_ask(int fd, unsigned long request, void *argument) {
	int rc;
	do {
		rc = ioctl(fd, request, argument);
	} while (rc < 0 && errno == EINTR);
	return rc;
}

/* --- modes --------------------------------------------------------------------------------------------------------------------------- */

static enum camera_pixels pixels_of(uint32_t fourcc) {
	switch (fourcc) {
	case V4L2_PIX_FMT_GREY: return CAMERA_GREY;
	case V4L2_PIX_FMT_NV12:
	case V4L2_PIX_FMT_NV21:
	case V4L2_PIX_FMT_NV16:
	case V4L2_PIX_FMT_NV61:
	case V4L2_PIX_FMT_YUV420:
	case V4L2_PIX_FMT_YVU420: return CAMERA_PLANAR;
	case V4L2_PIX_FMT_YUYV:
	case V4L2_PIX_FMT_YVYU:
	case V4L2_PIX_FMT_UYVY:
	case V4L2_PIX_FMT_VYUY: return CAMERA_PACKED;
	case V4L2_PIX_FMT_MJPEG:
	case V4L2_PIX_FMT_JPEG: return CAMERA_JPEG;
	default: return CAMERA_OTHER;
	}
}

int v4l2_pixel_bytes(uint32_t fourcc) {
	switch (fourcc) {
	case V4L2_PIX_FMT_SBGGR8:
	case V4L2_PIX_FMT_SGBRG8:
	case V4L2_PIX_FMT_SGRBG8:
	case V4L2_PIX_FMT_SRGGB8: return 1;
	case V4L2_PIX_FMT_RGB565: return 2;
	case V4L2_PIX_FMT_RGB24:
	case V4L2_PIX_FMT_BGR24: return 3;
	case V4L2_PIX_FMT_RGB32:
	case V4L2_PIX_FMT_XRGB32:
	case V4L2_PIX_FMT_ARGB32:
	case V4L2_PIX_FMT_BGR32:
	case V4L2_PIX_FMT_XBGR32:
	case V4L2_PIX_FMT_ABGR32: return 4;
	default: return 0;
	}
}

struct modes {
	int fd;
	struct camera_mode *items;
	size_t count, max;
};

static void add_mode(struct modes *m, const struct camera_mode *mode, int64_t millihertz) {
	if (m->count < m->max) {
		m->items[m->count] = *mode;
		m->items[m->count++].millihertz = millihertz > 0 && millihertz < 1000000 ? (int)millihertz : 0;
	}
}

static int64_t millihertz_of(const struct v4l2_fract *interval) {
	return interval->numerator == 0 ? 0 : (int64_t)interval->denominator * 1000 / interval->numerator;
}

static void add_rates(struct modes *m, const struct camera_mode *mode) {
	bool any = false;
	for (uint32_t i = 0; i < ENTRIES_MAX; i++) {
		struct v4l2_frmivalenum e = {
			.index = i, .pixel_format = mode->fourcc, .width = (uint32_t)mode->width, .height = (uint32_t)mode->height};
		if (v4l2_ask(m->fd, VIDIOC_ENUM_FRAMEINTERVALS, &e) != 0) {
			break;
		}
		any = true;
		if (e.type == V4L2_FRMIVAL_TYPE_DISCRETE) {
			add_mode(m, mode, millihertz_of(&e.discrete));
			continue;
		}
		/* From the shortest to the longest interval: the two rates that we want, where they lie in between. */
		int64_t fastest = millihertz_of(&e.stepwise.min), slowest = millihertz_of(&e.stepwise.max);
		for (int rate = CAMERA_RATE; rate >= CAMERA_RATE_SLOW; rate -= CAMERA_RATE_SLOW) {
			add_mode(m, mode, rate > fastest ? fastest : rate < slowest ? slowest : rate);
		}
		break;
	}
	if (!any) {
		add_mode(m, mode, 0);
	}
}

static void add_sizes(struct modes *m, struct camera_mode mode) {
	bool any = false;
	for (uint32_t i = 0; i < ENTRIES_MAX; i++) {
		struct v4l2_frmsizeenum e = {.index = i, .pixel_format = mode.fourcc};
		if (v4l2_ask(m->fd, VIDIOC_ENUM_FRAMESIZES, &e) != 0) {
			break;
		}
		any = true;
		if (e.type == V4L2_FRMSIZE_TYPE_DISCRETE) {
			mode.width = e.discrete.width <= INT32_MAX ? (int)e.discrete.width : 0;
			mode.height = e.discrete.height <= INT32_MAX ? (int)e.discrete.height : 0;
			add_rates(m, &mode);
			continue;
		}
		struct camera_range range = {(int)e.stepwise.min_width,  (int)e.stepwise.max_width,  (int)e.stepwise.step_width,
					     (int)e.stepwise.min_height, (int)e.stepwise.max_height, (int)e.stepwise.step_height};
		struct camera_mode sizes[3];
		size_t count = camera_mode_sizes(&range, sizes);
		for (size_t k = 0; k < count; k++) {
			mode.width = sizes[k].width;
			mode.height = sizes[k].height;
			add_rates(m, &mode);
		}
		break;
	}
	if (!any) {
		mode.width = CAMERA_WIDTH;
		mode.height = CAMERA_HEIGHT;
		add_rates(m, &mode);
	}
}

size_t v4l2_modes(int fd, struct camera_mode *out, size_t max) {
	struct modes m = {.fd = fd, .items = out, .max = max};
	for (uint32_t i = 0; i < ENTRIES_MAX; i++) {
		struct v4l2_fmtdesc d = {.index = i, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
		if (v4l2_ask(fd, VIDIOC_ENUM_FMT, &d) != 0) {
			break;
		}
		enum camera_pixels pixels = pixels_of(d.pixelformat);
		if (pixels != CAMERA_OTHER || v4l2_pixel_bytes(d.pixelformat) != 0) {
			add_sizes(&m, (struct camera_mode){.fourcc = d.pixelformat, .pixels = pixels});
		}
	}
	return m.count;
}

/* --- controls ------------------------------------------------------------------------------------------------------------------------ */

static const uint32_t control_ids[CONTROL_COUNT] = {
	[CONTROL_FOCUS_AUTO] = V4L2_CID_FOCUS_AUTO,       [CONTROL_FOCUS_RANGE] = V4L2_CID_AUTO_FOCUS_RANGE,
	[CONTROL_EXPOSURE_AUTO] = V4L2_CID_EXPOSURE_AUTO, [CONTROL_METERING] = V4L2_CID_EXPOSURE_METERING,
	[CONTROL_MAINS] = V4L2_CID_POWER_LINE_FREQUENCY,  [CONTROL_DYNAMIC_RATE] = V4L2_CID_EXPOSURE_AUTO_PRIORITY,
};

void v4l2_offers(int fd, struct camera_offer out[CONTROL_COUNT]) {
	for (int i = 0; i < CONTROL_COUNT; i++) {
		struct v4l2_queryctrl q = {.id = control_ids[i]};
		struct v4l2_control now = {.id = control_ids[i]};
		out[i] = (struct camera_offer){0};
		if (v4l2_ask(fd, VIDIOC_QUERYCTRL, &q) != 0 ||
		    (q.flags & (V4L2_CTRL_FLAG_DISABLED | V4L2_CTRL_FLAG_READ_ONLY | V4L2_CTRL_FLAG_INACTIVE)) != 0) {
			continue;
		}
		/* -1 is no value that anybody wishes: when it cannot be read, it is set. */
		out[i] = (struct camera_offer){.there = true, .minimum = q.minimum, .maximum = q.maximum, .value = -1};
		for (int item = 0; q.type == V4L2_CTRL_TYPE_MENU && item <= q.maximum && item < 32; item++) {
			struct v4l2_querymenu menu = {.id = control_ids[i], .index = (uint32_t)item};
			out[i].menu |= v4l2_ask(fd, VIDIOC_QUERYMENU, &menu) == 0 ? 1u << item : 0;
		}
		if (v4l2_ask(fd, VIDIOC_G_CTRL, &now) == 0) {
			out[i].value = now.value;
		}
	}
}

void v4l2_set_control(int fd, enum camera_control control, int value) {
	struct v4l2_control set = {.id = control_ids[control], .value = value};
	v4l2_ask(fd, VIDIOC_S_CTRL, &set);
}
