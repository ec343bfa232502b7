#include "scan/source_v4l2.h"

#include <errno.h>
#include <fcntl.h>
#include <libv4lconvert.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/str.h"

#define WIDTH 1280
#define HEIGHT 720
#define FPS_MIN 15
#define BUFFERS 4
#define DEVICES 64
#define RETRY_US 1000000
#define SILENCE_US 3000000

struct camera {
	struct source base;
	char *wanted;
	char name[128]; /* of the one that is open, or was */
	int fd;         /* -1: not open */
	struct {
		void *start;
		size_t length;
	} buffers[BUFFERS];
	unsigned buffer_count;
	struct v4l2_format format;
	struct v4lconvert_data *convert; /* only for formats that nothing here reads */
	struct v4l2_format converted;
	struct image picture;
	uint8_t *planes; /* what libv4lconvert writes into */
	int64_t retry_us, heard_us;
	bool said_lost;
};

static int camera_ioctl(int fd, unsigned long request, void *argument) {
	int rc;
	do {
		rc = ioctl(fd, request, argument);
	} while (rc < 0 && errno == EINTR);
	return rc;
}

/* --- choosing a format ------------------------------------------------------------------------------------------------------------ */

/* Best first: what costs least to read. */
static const uint32_t readable[] = {V4L2_PIX_FMT_GREY,   V4L2_PIX_FMT_YUYV,   V4L2_PIX_FMT_UYVY,  V4L2_PIX_FMT_NV12, V4L2_PIX_FMT_NV21,
				    V4L2_PIX_FMT_YUV420, V4L2_PIX_FMT_YVU420, V4L2_PIX_FMT_MJPEG, V4L2_PIX_FMT_JPEG};

static bool offers(int fd, uint32_t pixels) {
	for (uint32_t i = 0; i < 64; i++) {
		struct v4l2_fmtdesc d = {.index = i, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
		if (camera_ioctl(fd, VIDIOC_ENUM_FMT, &d) != 0) {
			return false;
		}
		if (d.pixelformat == pixels) {
			return true;
		}
	}
	return false;
}

/* USB 2 carries 1280 x 720 YUYV at 10 frames/s or less, and MJPEG at 30: the first fast one wins. Unknown rates pass. */
static bool is_fast(int fd, const struct v4l2_pix_format *pix) {
	bool known = false;
	for (uint32_t i = 0; i < 64; i++) {
		struct v4l2_frmivalenum e = {.index = i, .pixel_format = pix->pixelformat, .width = pix->width, .height = pix->height};
		if (camera_ioctl(fd, VIDIOC_ENUM_FRAMEINTERVALS, &e) != 0) {
			break;
		}
		const struct v4l2_fract *shortest = e.type == V4L2_FRMIVAL_TYPE_DISCRETE ? &e.discrete : &e.stepwise.min;
		if (shortest->denominator >= (uint64_t)shortest->numerator * FPS_MIN) {
			return true;
		}
		known = true;
	}
	return !known;
}

static bool set_format(int fd, uint32_t pixels, struct v4l2_format *out) {
	*out = (struct v4l2_format){.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
	out->fmt.pix.width = WIDTH;
	out->fmt.pix.height = HEIGHT;
	out->fmt.pix.pixelformat = pixels;
	out->fmt.pix.field = V4L2_FIELD_ANY;
	return camera_ioctl(fd, VIDIOC_S_FMT, out) == 0 && out->fmt.pix.pixelformat == pixels && out->fmt.pix.width > 0 &&
	       out->fmt.pix.height > 0 && out->fmt.pix.width <= IMAGE_SIDE_MAX && out->fmt.pix.height <= IMAGE_SIDE_MAX;
}

static bool choose_converted(struct camera *c) {
	c->convert = v4lconvert_create(c->fd);
	if (c->convert == NULL) {
		return false;
	}
	c->converted = (struct v4l2_format){.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
	c->converted.fmt.pix.width = WIDTH;
	c->converted.fmt.pix.height = HEIGHT;
	c->converted.fmt.pix.pixelformat = V4L2_PIX_FMT_YUV420;
	if (v4lconvert_try_format(c->convert, &c->converted, &c->format) != 0 || camera_ioctl(c->fd, VIDIOC_S_FMT, &c->format) != 0) {
		return false;
	}
	c->planes = xmalloc(c->converted.fmt.pix.sizeimage);
	return true;
}

static bool choose_format(struct camera *c) {
	uint32_t slow = 0;
	for (size_t i = 0; i < COUNT_OF(readable); i++) {
		if (!offers(c->fd, readable[i]) || !set_format(c->fd, readable[i], &c->format)) {
			continue;
		}
		if (is_fast(c->fd, &c->format.fmt.pix)) {
			return true;
		}
		slow = slow ? slow : readable[i];
	}
	return slow != 0 ? set_format(c->fd, slow, &c->format) : choose_converted(c);
}

/* --- open and close --------------------------------------------------------------------------------------------------------------- */

static void camera_stop(struct camera *c) {
	if (c->fd >= 0) {
		enum v4l2_buf_type type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
		camera_ioctl(c->fd, VIDIOC_STREAMOFF, &type);
	}
	for (unsigned i = 0; i < c->buffer_count; i++) {
		if (c->buffers[i].start != NULL) {
			munmap(c->buffers[i].start, c->buffers[i].length);
			c->buffers[i].start = NULL;
		}
	}
	c->buffer_count = 0;
	if (c->convert != NULL) {
		v4lconvert_destroy(c->convert);
		c->convert = NULL;
	}
	free(c->planes);
	c->planes = NULL;
	if (c->fd >= 0) {
		close(c->fd);
		c->fd = -1;
	}
}

static bool map_buffers(struct camera *c, struct err *err) {
	struct v4l2_requestbuffers request = {.count = BUFFERS, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
	if (camera_ioctl(c->fd, VIDIOC_REQBUFS, &request) != 0) {
		return err_errno(err, errno == EBUSY ? "another program uses it" : "cannot get its buffers");
	}
	c->buffer_count = request.count < BUFFERS ? request.count : BUFFERS;
	for (unsigned i = 0; i < c->buffer_count; i++) {
		struct v4l2_buffer buffer = {.index = i, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
		if (camera_ioctl(c->fd, VIDIOC_QUERYBUF, &buffer) != 0) {
			return err_errno(err, "cannot ask for its buffers");
		}
		void *start = mmap(NULL, buffer.length, PROT_READ | PROT_WRITE, MAP_SHARED, c->fd, (off_t)buffer.m.offset);
		if (start == MAP_FAILED) {
			return err_errno(err, "cannot map its buffers");
		}
		c->buffers[i].start = start;
		c->buffers[i].length = buffer.length;
		if (camera_ioctl(c->fd, VIDIOC_QBUF, &buffer) != 0) {
			return err_errno(err, "cannot give it a buffer");
		}
	}
	return c->buffer_count > 0 || err_set(err, ERR_SYSTEM, "it has no buffers");
}

static bool start_device(struct camera *c, const char *path, struct err *err) {
	struct v4l2_capability cap = {0};
	enum v4l2_buf_type type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
	bool ok = false;
	c->fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (c->fd < 0) {
		return err_errno(err, "cannot open the camera %s", path);
	}
	if (camera_ioctl(c->fd, VIDIOC_QUERYCAP, &cap) != 0) {
		err_set(err, ERR_SYSTEM, "it is no video device");
		goto out;
	}
	uint32_t can = (cap.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? cap.device_caps : cap.capabilities;
	if ((can & V4L2_CAP_VIDEO_CAPTURE) == 0 || (can & V4L2_CAP_STREAMING) == 0) {
		err_set(err, ERR_SYSTEM, "it takes no pictures");
	} else if (!choose_format(c)) {
		err_set(err, ERR_SYSTEM, "it has no format that can be read");
	} else if (map_buffers(c, err)) {
		ok = camera_ioctl(c->fd, VIDIOC_STREAMON, &type) == 0 || err_errno(err, "it cannot be started");
	}
out:
	if (!ok) {
		camera_stop(c);
		return err_wrap(err, "the camera %s", path);
	}
	/* The driver's text need not end in a NUL, nor be UTF-8 of use to anyone beyond ASCII. */
	char card[sizeof cap.card + 1] = {0};
	memcpy(card, cap.card, sizeof cap.card);
	snprintf(c->name, sizeof c->name, "%.60s (%s)", path, card);
	return true;
}

/* "auto": the first that works. The error is that of the first one there is. */
static bool start_any(struct camera *c, struct err *err) {
	struct err first = {0};
	for (int i = 0; i < DEVICES; i++) {
		char path[32];
		snprintf(path, sizeof path, "/dev/video%d", i);
		if (!file_exists(path)) {
			continue;
		}
		if (start_device(c, path, err)) {
			return true;
		}
		if (first.kind == ERR_NONE) {
			first = *err;
		}
	}
	if (first.kind != ERR_NONE) {
		*err = first;
		return false;
	}
	return err_set(err, ERR_NOT_FOUND, "no camera is connected");
}

static enum source_event lose(struct camera *c) {
	camera_stop(c);
	c->retry_us = clock_span_us() + RETRY_US;
	bool first = !c->said_lost;
	c->said_lost = true;
	return first ? SOURCE_LOST : SOURCE_WAIT;
}

/* --- pictures --------------------------------------------------------------------------------------------------------------------- */

/* Rows of samples at every step-th byte, from the first-th on. False when the buffer is too short for them. */
static bool take_rows(struct camera *c, const uint8_t *data, size_t n, unsigned step, unsigned first) {
	const struct v4l2_pix_format *pix = &c->format.fmt.pix;
	size_t pitch = pix->bytesperline >= pix->width * step ? pix->bytesperline : pix->width * step;
	struct err ignored;
	if (n < pitch * (pix->height - 1) + (size_t)pix->width * step) {
		return false;
	}
	image_fini(&c->picture);
	if (!image_init(&c->picture, pix->width, pix->height, &ignored)) {
		return false;
	}
	for (uint32_t y = 0; y < pix->height; y++) {
		const uint8_t *from = data + y * pitch + first;
		uint8_t *to = c->picture.luma + (size_t)y * c->picture.stride;
		for (uint32_t x = 0; x < pix->width; x++) {
			to[x] = from[(size_t)x * step];
		}
	}
	return true;
}

static bool take_converted(struct camera *c, uint8_t *data, size_t n) {
	int size = (int)c->converted.fmt.pix.sizeimage;
	if (v4lconvert_convert(c->convert, &c->format, &c->converted, data, (int)n, c->planes, size) < 0) {
		return false;
	}
	struct v4l2_format camera_format = c->format;
	c->format = c->converted;
	bool ok = take_rows(c, c->planes, (size_t)size, 1, 0);
	c->format = camera_format;
	return ok;
}

static bool take_picture(struct camera *c, uint8_t *data, size_t n) {
	if (c->convert != NULL) {
		return take_converted(c, data, n);
	}
	switch (c->format.fmt.pix.pixelformat) {
	case V4L2_PIX_FMT_YUYV: return take_rows(c, data, n, 2, 0);
	case V4L2_PIX_FMT_UYVY: return take_rows(c, data, n, 2, 1);
	case V4L2_PIX_FMT_MJPEG:
	case V4L2_PIX_FMT_JPEG: {
		struct image next;
		struct err ignored;
		if (!image_parse_jpeg(data, n, &next, &ignored)) {
			return false;
		}
		image_fini(&c->picture);
		c->picture = next;
		return true;
	}
	default: return take_rows(c, data, n, 1, 0); /* grey, or planes with luminance first */
	}
}

/* The driver's time of the picture where it is on our clock. */
static int64_t taken_at(const struct v4l2_buffer *buffer) {
	int64_t now = clock_span_us();
	int64_t stamp = (int64_t)buffer->timestamp.tv_sec * 1000000 + buffer->timestamp.tv_usec;
	bool ours = (buffer->flags & V4L2_BUF_FLAG_TIMESTAMP_MASK) == V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
	return ours && stamp <= now && now - stamp < 1000000 ? stamp : now;
}

/* Takes what the camera has ready; older pictures go back unread, so that a slow reader sees the present. */
static enum source_event dequeue(struct camera *c, struct source_frame *out, struct err *why) {
	struct v4l2_buffer newest = {0};
	bool have = false;
	for (unsigned i = 0; i <= c->buffer_count; i++) {
		struct v4l2_buffer buffer = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
		if (camera_ioctl(c->fd, VIDIOC_DQBUF, &buffer) != 0) {
			if (errno == EAGAIN) {
				break;
			}
			err_errno(why, "the camera %s stopped", c->name);
			return lose(c);
		}
		if (have) {
			camera_ioctl(c->fd, VIDIOC_QBUF, &newest);
		}
		newest = buffer;
		have = true;
	}
	if (!have) {
		return SOURCE_WAIT;
	}
	bool good = (newest.flags & V4L2_BUF_FLAG_ERROR) == 0 && newest.index < c->buffer_count &&
		    newest.bytesused <= c->buffers[newest.index].length &&
		    take_picture(c, c->buffers[newest.index].start, newest.bytesused);
	out->taken_us = taken_at(&newest);
	camera_ioctl(c->fd, VIDIOC_QBUF, &newest);
	if (!good) {
		return SOURCE_WAIT;
	}
	c->heard_us = clock_span_us();
	c->said_lost = false;
	out->image = c->picture;
	return SOURCE_FRAME;
}

/* Opens the camera when it is time to try. */
static enum source_event camera_start(struct camera *c, int timeout_ms, struct err *why) {
	int64_t left_ms = (c->retry_us - clock_span_us() + 999) / 1000;
	if (left_ms > 0) {
		clock_sleep_ms((int)(left_ms < timeout_ms ? left_ms : timeout_ms));
		return SOURCE_WAIT;
	}
	if (str_eq(c->wanted, "auto") ? start_any(c, why) : start_device(c, c->wanted, why)) {
		c->heard_us = clock_span_us();
		return SOURCE_WAIT;
	}
	return lose(c);
}

static enum source_event camera_next(struct source *source, int timeout_ms, struct source_frame *out, struct err *why) {
	struct camera *c = (struct camera *)source;
	if (c->fd < 0) {
		return camera_start(c, timeout_ms, why);
	}
	struct pollfd wait = {.fd = c->fd, .events = POLLIN};
	int ready = poll(&wait, 1, timeout_ms);
	if (ready > 0 && (wait.revents & POLLIN) != 0) {
		return dequeue(c, out, why);
	}
	if (ready > 0) {
		err_set(why, ERR_SYSTEM, "the camera %s was disconnected", c->name);
		return lose(c);
	}
	if (clock_span_us() - c->heard_us > SILENCE_US) {
		err_set(why, ERR_SYSTEM, "the camera %s gives no pictures", c->name);
		return lose(c);
	}
	return SOURCE_WAIT;
}

static void camera_close(struct source *source) {
	struct camera *c = (struct camera *)source;
	camera_stop(c);
	image_fini(&c->picture);
	free(c->wanted);
	free(c);
}

static const char *camera_name(const struct source *source) {
	const struct camera *c = (const struct camera *)source;
	return c->name[0] != '\0' ? c->name : c->wanted;
}

static const struct source_ops camera_ops = {.next = camera_next, .close = camera_close, .name = camera_name};

struct source *source_v4l2_open(const char *device) {
	struct camera *c = xcalloc(1, sizeof *c);
	c->base.ops = &camera_ops;
	c->fd = -1;
	c->wanted = xstrdup(device);
	return &c->base;
}
