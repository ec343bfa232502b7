#include "scan/camera/v4l2_device.h"

#include <errno.h>
#include <fcntl.h>
#include <libv4lconvert.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "scan/camera/v4l2_query.h"

#define BUFFERS 4
#define NUMBERS 64 /* /dev/video0 … */
#define ATTEMPTS 8 /* modes that a driver may refuse although it offers them */

struct v4l2_device {
	char id[CAMERA_ID_MAX];
	int fd;
	struct {
		void *start;
		size_t length;
	} buffers[BUFFERS];
	unsigned buffer_count;
	struct v4l2_format format;
	struct camera_mode mode;
	struct light_can can;
	struct v4lconvert_data *convert; /* only for formats that nothing here reads */
	struct v4l2_format converted;
	struct image picture, spare; /* the last whole one; what the next one is read into */
	uint8_t *planes;             /* what libv4lconvert writes into */
	size_t planes_size;
};

/* --- which there are ----------------------------------------------------------------------------------------------------------------- */

static bool identify(int fd, const char *path, struct camera_entry *out) {
	struct v4l2_capability cap = {0};
	if (v4l2_ask(fd, VIDIOC_QUERYCAP, &cap) != 0) {
		return false;
	}
	/* What this node can, not the whole device: a camera often has a second node that gives no pictures. */
	uint32_t can = (cap.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? cap.device_caps : cap.capabilities;
	camera_entry_make(out, path, cap.card, cap.bus_info);
	return (can & V4L2_CAP_VIDEO_CAPTURE) != 0 && (can & V4L2_CAP_STREAMING) != 0;
}

void v4l2_list(struct camera_list *out) {
	*out = (struct camera_list){0};
	for (int i = 0; i < NUMBERS && out->count < CAMERAS_MAX; i++) {
		char path[32];
		snprintf(path, sizeof path, "/dev/video%d", i);
		int fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
		if (fd >= 0) {
			out->count += identify(fd, path, &out->items[out->count]);
			close(fd);
		}
	}
}

/* --- choosing a format ------------------------------------------------------------------------------------------------------------ */

/* What a frame has at least in a format that libv4lconvert is to read: it looks at no more than width and height itself. */
static size_t frame_bytes(const struct v4l2_pix_format *pix) { return (size_t)pix->bytesperline * pix->height; }

static bool is_size(const struct v4l2_pix_format *pix) {
	return pix->width > 0 && pix->height > 0 && pix->width <= IMAGE_SIDE_MAX && pix->height <= IMAGE_SIDE_MAX &&
	       pix->width * pix->height <= IMAGE_PIXELS_MAX;
}

static bool set_converted(struct v4l2_device *d, const struct camera_mode *m) {
	d->convert = v4lconvert_create(d->fd);
	if (d->convert == NULL) {
		return false;
	}
	d->converted = (struct v4l2_format){.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
	d->converted.fmt.pix.width = (uint32_t)m->width;
	d->converted.fmt.pix.height = (uint32_t)m->height;
	d->converted.fmt.pix.pixelformat = V4L2_PIX_FMT_YUV420;
	bool ok = v4lconvert_try_format(d->convert, &d->converted, &d->format) == 0;
	const struct v4l2_pix_format *pix = &d->format.fmt.pix;
	const struct v4l2_pix_format tried = *pix;
	/* What it converts to was reckoned from what the driver said when it was asked, so that must hold. Where sizes differ or are odd, it writes
	 * beyond its buffers. */
	ok = ok && v4l2_ask(d->fd, VIDIOC_S_FMT, &d->format) == 0 && pix->pixelformat == tried.pixelformat && pix->width == tried.width &&
	     pix->height == tried.height && pix->width == d->converted.fmt.pix.width && pix->height == d->converted.fmt.pix.height &&
	     pix->width % 2 == 0 && pix->height % 2 == 0;
	if (!ok || !is_size(pix) || pix->bytesperline < (uint64_t)v4l2_pixel_bytes(pix->pixelformat) * pix->width) {
		int refusal = errno;
		v4lconvert_destroy(d->convert);
		d->convert = NULL;
		errno = refusal;
		return false;
	}
	d->planes_size =
		(size_t)d->converted.fmt.pix.width * d->converted.fmt.pix.height * 2; /* half as much again for colour, and odd edges */
	d->planes = xmalloc(d->planes_size);
	return true;
}

static bool set_plain(struct v4l2_device *d, const struct camera_mode *m) {
	d->format = (struct v4l2_format){.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
	struct v4l2_pix_format *pix = &d->format.fmt.pix;
	pix->width = (uint32_t)m->width;
	pix->height = (uint32_t)m->height;
	pix->pixelformat = m->fourcc;
	pix->field = V4L2_FIELD_ANY;
	return v4l2_ask(d->fd, VIDIOC_S_FMT, &d->format) == 0 && pix->pixelformat == m->fourcc && is_size(pix);
}

static void set_rate(struct v4l2_device *d) {
	struct v4l2_streamparm parm = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
	parm.parm.capture.timeperframe = (struct v4l2_fract){1000, (uint32_t)d->mode.millihertz};
	if (d->mode.millihertz > 0) {
		v4l2_ask(d->fd, VIDIOC_S_PARM, &parm); /* who cannot keeps its own rate */
	}
}

/* Whether the chosen picture also comes at a rate for low light. */
static bool has_slow(const struct camera_mode *modes, size_t count, const struct camera_mode *chosen) {
	for (size_t i = 0; i < count; i++) {
		if (modes[i].millihertz >= CAMERA_RATE_SLOW && modes[i].millihertz <= CAMERA_RATE / 3 * 2 &&
		    modes[i].width == chosen->width && modes[i].height == chosen->height) {
			return true;
		}
	}
	return false;
}

/* The best mode that the driver really takes. False with errno EBUSY when another program streams from it. */
static bool choose_mode(struct v4l2_device *d, int rate) {
	struct camera_mode *modes = xcalloc(V4L2_MODES_MAX, sizeof *modes);
	size_t count = v4l2_modes(d->fd, modes, V4L2_MODES_MAX);
	bool ok = false;
	int refusal = 0;
	for (int i = 0; i < ATTEMPTS && !ok && refusal != EBUSY; i++) {
		int best = camera_mode_best(modes, count, rate);
		if (best < 0) {
			break;
		}
		d->mode = modes[best];
		errno = 0; /* what is refused without the driver's help leaves it so */
		ok = d->mode.pixels == CAMERA_OTHER ? set_converted(d, &d->mode) : set_plain(d, &d->mode);
		refusal = ok ? 0 : errno;
		d->can.slow = ok && has_slow(modes, count, &d->mode);
		modes[best].width = 0; /* not again */
	}
	free(modes);
	if (ok) {
		d->mode.width = (int)d->format.fmt.pix.width;
		d->mode.height = (int)d->format.fmt.pix.height;
		set_rate(d);
	}
	errno = refusal;
	return ok;
}

static void set_controls(struct v4l2_device *d) {
	struct camera_offer offers[CONTROL_COUNT];
	struct camera_wish wishes[CONTROL_COUNT];
	v4l2_offers(d->fd, offers);
	size_t count = camera_wishes(offers, wishes);
	for (size_t i = 0; i < count; i++) {
		v4l2_set_control(d->fd, wishes[i].control, wishes[i].value);
	}
	d->can.free = offers[CONTROL_DYNAMIC_RATE].there;
}

/* --- open and close --------------------------------------------------------------------------------------------------------------- */

void v4l2_device_close(struct v4l2_device *d) {
	if (d == NULL) {
		return;
	}
	enum v4l2_buf_type type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
	v4l2_ask(d->fd, VIDIOC_STREAMOFF, &type);
	for (unsigned i = 0; i < d->buffer_count; i++) {
		if (d->buffers[i].start != NULL) {
			munmap(d->buffers[i].start, d->buffers[i].length);
		}
	}
	if (d->convert != NULL) {
		v4lconvert_destroy(d->convert);
	}
	free(d->planes);
	image_fini(&d->picture);
	image_fini(&d->spare);
	close(d->fd);
	free(d);
}

static bool refused(struct err *err, const char *what) {
	return errno == EBUSY ? err_set(err, ERR_BUSY, "another program is using it; close that program (a video call, a browser)")
			      : err_errno(err, "%s", what);
}

static bool map_buffers(struct v4l2_device *d, struct err *err) {
	struct v4l2_requestbuffers request = {.count = BUFFERS, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
	if (v4l2_ask(d->fd, VIDIOC_REQBUFS, &request) != 0) {
		return refused(err, "cannot get its buffers");
	}
	d->buffer_count = request.count < BUFFERS ? request.count : BUFFERS;
	for (unsigned i = 0; i < d->buffer_count; i++) {
		struct v4l2_buffer buffer = {.index = i, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
		if (v4l2_ask(d->fd, VIDIOC_QUERYBUF, &buffer) != 0) {
			return err_errno(err, "cannot ask for its buffers");
		}
		void *start = mmap(NULL, buffer.length, PROT_READ | PROT_WRITE, MAP_SHARED, d->fd, (off_t)buffer.m.offset);
		if (start == MAP_FAILED) {
			return err_errno(err, "cannot map its buffers");
		}
		d->buffers[i].start = start;
		d->buffers[i].length = buffer.length;
		if (v4l2_ask(d->fd, VIDIOC_QBUF, &buffer) != 0) {
			return err_errno(err, "cannot give it a buffer");
		}
	}
	return d->buffer_count > 0 || err_set(err, ERR_SYSTEM, "it has no buffers");
}

static bool start(struct v4l2_device *d, const char *path, int rate, struct err *err) {
	struct camera_entry entry;
	enum v4l2_buf_type type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
	if (!identify(d->fd, path, &entry)) {
		return err_set(err, ERR_SYSTEM, "it takes no pictures");
	}
	memcpy(d->id, entry.id, sizeof d->id);
	if (!choose_mode(d, rate)) {
		return errno == EBUSY ? refused(err, "") : err_set(err, ERR_SYSTEM, "it has no format that can be read");
	}
	set_controls(d);
	return map_buffers(d, err) && (v4l2_ask(d->fd, VIDIOC_STREAMON, &type) == 0 || refused(err, "it cannot be started"));
}

bool v4l2_device_open(const char *path, int rate, struct v4l2_device **out, struct err *err) {
	int fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0) {
		if (errno == ENOENT || errno == ENODEV || errno == ENXIO) {
			return err_set(err, ERR_NOT_FOUND, "there is no camera %s", path);
		}
		refused(err, "it cannot be opened");
		return err_wrap(err, "the camera %s", path);
	}
	struct v4l2_device *d = xcalloc(1, sizeof *d);
	d->fd = fd;
	if (!start(d, path, rate, err)) {
		v4l2_device_close(d);
		return err_wrap(err, "the camera %s", path);
	}
	*out = d;
	return true;
}

const char *v4l2_device_name(const struct v4l2_device *d) { return d->id; }
const struct camera_mode *v4l2_device_mode(const struct v4l2_device *d) { return &d->mode; }
struct light_can v4l2_device_light(const struct v4l2_device *d) {
	return d->can;
}

void v4l2_device_set_free(struct v4l2_device *d, bool on) {
	if (d->can.free) {
		v4l2_set_control(d->fd, CONTROL_DYNAMIC_RATE, on);
	}
}

/* --- pictures --------------------------------------------------------------------------------------------------------------------- */

struct rows {
	const uint8_t *data;
	size_t n;
	const struct v4l2_pix_format *pix;
	unsigned step, first; /* samples are every step-th byte, from the first-th on */
};

/* False when the buffer is too short for them. */
static bool take_rows(struct v4l2_device *d, const struct rows *r) {
	const struct v4l2_pix_format *pix = r->pix;
	struct image *picture = &d->picture;
	size_t pitch = pix->bytesperline >= pix->width * r->step ? pix->bytesperline : pix->width * r->step;
	struct err ignored = {0};
	/* The last row may come without its padding. */
	if (r->n < pitch * (pix->height - 1) + (size_t)pix->width * r->step) {
		return false;
	}
	if (picture->width != (int)pix->width || picture->height != (int)pix->height) {
		image_fini(picture);
		if (!image_init(picture, pix->width, pix->height, &ignored)) {
			return false;
		}
	}
	for (uint32_t y = 0; y < pix->height; y++) {
		const uint8_t *from = r->data + y * pitch + r->first;
		uint8_t *to = picture->luma + (size_t)y * picture->stride;
		if (r->step == 1) {
			memcpy(to, from, pix->width);
			continue;
		}
		for (uint32_t x = 0; x < pix->width; x++) {
			to[x] = from[(size_t)x * 2];
		}
	}
	return true;
}

static bool take_jpeg(struct v4l2_device *d, const uint8_t *data, size_t n) {
	struct err ignored = {0};
	if (!image_parse_jpeg_over(data, n, &d->spare, &ignored)) {
		return false;
	}
	struct image before = d->picture;
	d->picture = d->spare;
	d->spare = before;
	return true;
}

static bool take_picture(struct v4l2_device *d, uint8_t *data, size_t n) {
	struct rows r = {.data = data, .n = n, .pix = &d->format.fmt.pix, .step = 1};
	if (d->convert != NULL) {
		int size = (int)d->planes_size;
		r.data = d->planes;
		r.n = d->planes_size;
		r.pix = &d->converted.fmt.pix;
		return n >= frame_bytes(&d->format.fmt.pix) &&
		       v4lconvert_convert(d->convert, &d->format, &d->converted, data, (int)n, d->planes, size) >= 0 && take_rows(d, &r);
	}
	if (d->mode.pixels == CAMERA_JPEG) {
		return take_jpeg(d, data, n);
	}
	if (d->mode.pixels == CAMERA_PACKED) {
		r.step = 2;
		r.first = d->format.fmt.pix.pixelformat == V4L2_PIX_FMT_UYVY || d->format.fmt.pix.pixelformat == V4L2_PIX_FMT_VYUY;
	}
	return take_rows(d, &r);
}

/* The driver's time of the picture where it is on our clock. */
static int64_t taken_at(const struct v4l2_buffer *buffer) {
	int64_t now = clock_span_us();
	int64_t stamp = (int64_t)buffer->timestamp.tv_sec * 1000000 + buffer->timestamp.tv_usec;
	/* Some drivers have another clock, or stamps that cannot be: then it was taken now. */
	bool ours = (buffer->flags & V4L2_BUF_FLAG_TIMESTAMP_MASK) == V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
	return ours && stamp <= now && now - stamp < 1000000 ? stamp : now;
}

static enum v4l2_answer dequeue(struct v4l2_device *d, struct image *image, int64_t *taken_us, struct err *why) {
	struct v4l2_buffer newest = {0};
	bool have = false;
	/* All that wait, at most as many as there are buffers: a fast camera must not keep us here. */
	for (unsigned i = 0; i <= d->buffer_count; i++) {
		struct v4l2_buffer buffer = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
		if (v4l2_ask(d->fd, VIDIOC_DQBUF, &buffer) != 0) {
			if (errno == EAGAIN) {
				break;
			}
			err_errno(why, "the camera %s stopped", d->id);
			return V4L2_GONE;
		}
		if (have) {
			v4l2_ask(d->fd, VIDIOC_QBUF, &newest);
		}
		newest = buffer;
		have = true;
	}
	if (!have) {
		return V4L2_NONE;
	}
	bool good = (newest.flags & V4L2_BUF_FLAG_ERROR) == 0 && newest.index < d->buffer_count &&
		    newest.bytesused <= d->buffers[newest.index].length &&
		    take_picture(d, d->buffers[newest.index].start, newest.bytesused);
	/* The picture was copied out by now, so the buffer may go back. */
	*taken_us = taken_at(&newest);
	v4l2_ask(d->fd, VIDIOC_QBUF, &newest);
	*image = d->picture;
	return good ? V4L2_FRAME : V4L2_NONE;
}

enum v4l2_answer v4l2_device_frame(struct v4l2_device *d, int timeout_ms, struct image *image, int64_t *taken_us, struct err *why) {
	struct pollfd wait = {.fd = d->fd, .events = POLLIN};
	int ready = poll(&wait, 1, timeout_ms);
	if (ready > 0 && (wait.revents & POLLIN) != 0) {
		return dequeue(d, image, taken_us, why);
	}
	if (ready > 0) {
		err_set(why, ERR_SYSTEM, "the camera %s was disconnected", d->id);
		return V4L2_GONE;
	}
	return V4L2_NONE;
}
