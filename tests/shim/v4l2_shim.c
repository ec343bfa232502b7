/* Cameras for machines that have none: preloaded, it answers for /dev/videoN. Everything else goes on to the C library.
 *
 * $V4L2_SHIM is a folder; while it holds a folder videoN that camera is plugged in. In it, all read again when they are asked for:
 *
 *   picture.pgm    what it sees (P5), in the middle of a bright frame; exchanged while it runs, it sees something else
 *   pictureN.pgm   with N from 1 to 3: what every fourth frame shows instead, from the Nth on
 *   picture.jpg    the same for MJPG, whole frames; picture2.jpg takes turns with it
 *   card, bus      what it calls itself, one line each
 *   modes          lines "FOURCC WIDTH HEIGHT RATE…" with rates in frames/s; without the file: YUYV 1280 720 30
 *   controls       lines "ID MINIMUM MAXIMUM VALUE [MENU ITEM…]", the id as in linux/v4l2-controls.h, hexadecimal
 *   rate           frames/s that it really gives, whatever was asked for
 *   busy           another program has it
 *   stopped        it gives no frames
 *   still          without the noise that a lens's pictures have
 *   black          nothing but black
 *
 * What is done to it is appended to `log` there: "open", "format YUYV 1280x720", "rate 30", "control 9a0903 0", "on", "off".
 *
 * The descriptor it gives out is a timerfd, so poll(2) waits for the next frame. The frames lie in the buffers before they are asked for, so that
 * giving one out costs the program under test as little as a real driver does. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define BUFFERS 4
#define FRAME_BYTES (1920 * 1080 * 3)
#define FDS 1024
#define LINES 64

struct camera {
	char folder[512];
	uint32_t fourcc;
	int width, height;
	double rate, given; /* asked for; that the timer is set to */
	uint8_t *buffers[BUFFERS];
	size_t bytes[BUFFERS];
	struct timespec drawn; /* the picture's date that the buffers show */
	int seen;              /* bits of conditions that they show */
	int queue[BUFFERS], queued;
	int controls[LINES];
	char is_set[LINES];
};

static struct camera *cameras[FDS]; /* by descriptor */

static void path_of(const struct camera *c, const char *name, char out[600]) { snprintf(out, 600, "%s/%s", c->folder, name); }

static int has(const struct camera *c, const char *name) {
	char path[600];
	path_of(c, name, path);
	return access(path, F_OK) == 0;
}

static void note(const struct camera *c, const char *format, ...) {
	char path[600];
	path_of(c, "log", path);
	FILE *f = fopen(path, "a");
	va_list more;
	va_start(more, format);
	if (f != NULL) {
		vfprintf(f, format, more);
		fputc('\n', f);
		fclose(f);
	}
	va_end(more);
}

static int fail(int error) {
	errno = error;
	return -1;
}

/* --- what it says about itself ----------------------------------------------------------------------------------------------------- */

static void read_line(const struct camera *c, const char *name, const char *otherwise, char *out, size_t cap) {
	char path[600];
	path_of(c, name, path);
	FILE *f = fopen(path, "r");
	snprintf(out, cap, "%s", otherwise);
	if (f != NULL) {
		if (fgets(out, (int)cap, f) != NULL) {
			out[strcspn(out, "\n")] = '\0';
		}
		fclose(f);
	}
}

struct mode {
	uint32_t fourcc;
	int width, height, rates[8], rate_count;
};

static int read_modes(const struct camera *c, struct mode *out) {
	char path[600], line[256], name[8];
	int count = 0;
	path_of(c, "modes", path);
	FILE *f = fopen(path, "r");
	while (f != NULL && count < LINES && fgets(line, sizeof line, f) != NULL) {
		struct mode *m = &out[count];
		int at = 0, step = 0;
		memset(m, 0, sizeof *m);
		if (sscanf(line, "%4s %d %d%n", name, &m->width, &m->height, &at) == 3) {
			m->fourcc = v4l2_fourcc(name[0], name[1], name[2], name[3]);
			while (m->rate_count < 8 && sscanf(line + at, "%d%n", &m->rates[m->rate_count], &step) == 1) {
				m->rate_count++;
				at += step;
			}
			count++;
		}
	}
	if (f != NULL) {
		fclose(f);
	}
	if (count == 0) {
		out[count++] = (struct mode){V4L2_PIX_FMT_YUYV, 1280, 720, {30}, 1};
	}
	return count;
}

static int capability(const struct camera *c, struct v4l2_capability *out) {
	char text[128];
	memset(out, 0, sizeof *out);
	snprintf((char *)out->driver, sizeof out->driver, "shim");
	read_line(c, "card", "Shim camera", text, sizeof text);
	snprintf((char *)out->card, sizeof out->card, "%.31s", text);
	read_line(c, "bus", "usb-shim-1", text, sizeof text);
	snprintf((char *)out->bus_info, sizeof out->bus_info, "%.31s", text);
	out->capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING | V4L2_CAP_DEVICE_CAPS;
	out->device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
	return 0;
}

/* Formats and sizes are the modes' without repetitions. */
static int enumerate_formats(const struct camera *c, struct v4l2_fmtdesc *out) {
	struct mode modes[LINES];
	int count = read_modes(c, modes);
	uint32_t at = 0;
	for (int i = 0; i < count; i++) {
		int known = 0;
		for (int k = 0; k < i; k++) {
			known |= modes[k].fourcc == modes[i].fourcc;
		}
		if (!known && at++ == out->index) {
			out->pixelformat = modes[i].fourcc;
			return 0;
		}
	}
	return fail(EINVAL);
}

static int enumerate_sizes(const struct camera *c, struct v4l2_frmsizeenum *out) {
	struct mode modes[LINES];
	int count = read_modes(c, modes);
	uint32_t at = 0;
	for (int i = 0; i < count; i++) {
		if (modes[i].fourcc == out->pixel_format && at++ == out->index) {
			out->type = V4L2_FRMSIZE_TYPE_DISCRETE;
			out->discrete.width = (uint32_t)modes[i].width;
			out->discrete.height = (uint32_t)modes[i].height;
			return 0;
		}
	}
	return fail(EINVAL);
}

static int enumerate_rates(const struct camera *c, struct v4l2_frmivalenum *out) {
	struct mode modes[LINES];
	int count = read_modes(c, modes);
	for (int i = 0; i < count; i++) {
		const struct mode *m = &modes[i];
		if (m->fourcc == out->pixel_format && (uint32_t)m->width == out->width && (uint32_t)m->height == out->height &&
		    out->index < (uint32_t)m->rate_count) {
			out->type = V4L2_FRMIVAL_TYPE_DISCRETE;
			out->discrete = (struct v4l2_fract){1, (uint32_t)m->rates[out->index]};
			return 0;
		}
	}
	return fail(EINVAL);
}

/* --- controls ------------------------------------------------------------------------------------------------------------------------ */

struct control {
	unsigned id;
	int minimum, maximum, value, item_count, items[8];
};

/* The line's number, or -1. */
static int find_control(const struct camera *c, unsigned id, struct control *out) {
	char path[600], line[256];
	int at = -1, found = -1;
	path_of(c, "controls", path);
	FILE *f = fopen(path, "r");
	while (f != NULL && found < 0 && fgets(line, sizeof line, f) != NULL) {
		int used = 0, step = 0;
		memset(out, 0, sizeof *out);
		at++;
		if (sscanf(line, "%x %d %d %d%n", &out->id, &out->minimum, &out->maximum, &out->value, &used) == 4 && out->id == id) {
			while (out->item_count < 8 && sscanf(line + used, "%d%n", &out->items[out->item_count], &step) == 1) {
				out->item_count++;
				used += step;
			}
			found = at;
		}
	}
	if (f != NULL) {
		fclose(f);
	}
	return found < LINES ? found : -1;
}

static int query_control(const struct camera *c, struct v4l2_queryctrl *q) {
	struct control control;
	if (find_control(c, q->id, &control) < 0) {
		return fail(EINVAL);
	}
	q->type = control.item_count > 0 ? V4L2_CTRL_TYPE_MENU : V4L2_CTRL_TYPE_INTEGER;
	q->minimum = control.minimum;
	q->maximum = control.maximum;
	q->flags = 0;
	return 0;
}

static int query_menu(const struct camera *c, struct v4l2_querymenu *q) {
	struct control control;
	if (find_control(c, q->id, &control) < 0) {
		return fail(EINVAL);
	}
	for (int i = 0; i < control.item_count; i++) {
		if (control.items[i] == (int)q->index) {
			return 0;
		}
	}
	return fail(EINVAL);
}

static int use_control(struct camera *c, struct v4l2_control *v, int set) {
	struct control control;
	int at = find_control(c, v->id, &control);
	if (at < 0) {
		return fail(EINVAL);
	}
	if (set) {
		if (v->value < control.minimum || v->value > control.maximum) {
			return fail(ERANGE);
		}
		c->controls[at] = v->value;
		c->is_set[at] = 1;
		note(c, "control %x %d", v->id, v->value);
	} else {
		v->value = c->is_set[at] ? c->controls[at] : control.value;
	}
	return 0;
}

/* --- frames -------------------------------------------------------------------------------------------------------------------------- */

static size_t put_jpeg(struct camera *c, int index) {
	char path[600];
	path_of(c, index % 2 == 1 && has(c, "picture2.jpg") ? "picture2.jpg" : "picture.jpg", path);
	FILE *f = fopen(path, "rb");
	size_t n = f != NULL ? fread(c->buffers[index], 1, FRAME_BYTES, f) : 0;
	if (f != NULL) {
		fclose(f);
	}
	return n;
}

static int bytes_of(uint32_t fourcc) { return fourcc == V4L2_PIX_FMT_YUYV ? 2 : fourcc == V4L2_PIX_FMT_RGB24 ? 3 : 1; }

static size_t put_luma(struct camera *c, int index, const uint8_t *luma) {
	uint8_t *out = c->buffers[index];
	uint32_t noise = (uint32_t)index + 1;
	size_t pixels = (size_t)c->width * (size_t)c->height;
	int step = bytes_of(c->fourcc), quiet = has(c, "still") || has(c, "black");
	for (size_t i = 0; i < pixels; i++) {
		noise = noise * 1664525 + 1013904223;
		int value = luma[i] + (quiet ? 0 : (int)(noise >> 30) - 1);
		out[i * (size_t)step] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
		for (int k = 1; k < step; k++) { /* no colour */
			out[i * (size_t)step + (size_t)k] = step == 2 ? 128 : out[i * (size_t)step];
		}
	}
	if (c->fourcc == V4L2_PIX_FMT_NV12) {
		memset(out + pixels, 128, pixels / 2);
		return pixels * 3 / 2;
	}
	return pixels * (size_t)step;
}

/* What it sees in the middle of `luma`. */
static void read_picture(const struct camera *c, const char *name, uint8_t *luma) {
	char path[600];
	int w = 0, h = 0;
	path_of(c, name, path);
	memset(luma, has(c, "black") ? 0 : 200, (size_t)c->width * (size_t)c->height);
	FILE *f = has(c, "black") ? NULL : fopen(path, "rb");
	if (f != NULL && fscanf(f, "P5 %d %d 255%*c", &w, &h) == 2 && w <= c->width && h <= c->height) {
		for (int y = 0; y < h; y++) {
			uint8_t *row = luma + (size_t)(y + (c->height - h) / 2) * (size_t)c->width + (c->width - w) / 2;
			if (fread(row, 1, (size_t)w, f) != (size_t)w) {
				break;
			}
		}
	}
	if (f != NULL) {
		fclose(f);
	}
}

static void draw(struct camera *c) {
	uint8_t *luma = malloc((size_t)c->width * (size_t)c->height);
	char shown[32] = "";
	for (int i = 0; i < BUFFERS; i++) {
		char name[32];
		snprintf(name, sizeof name, "picture%d.pgm", i);
		snprintf(name, sizeof name, has(c, name) ? "picture%d.pgm" : "picture.pgm", i);
		if (c->fourcc != V4L2_PIX_FMT_MJPEG && strcmp(name, shown) != 0) {
			read_picture(c, name, luma);
			memcpy(shown, name, sizeof shown);
		}
		if (c->buffers[i] != NULL) {
			c->bytes[i] = c->fourcc == V4L2_PIX_FMT_MJPEG ? put_jpeg(c, i) : put_luma(c, i, luma);
		}
	}
	free(luma);
}

/* Draws again when there is something else to see. */
static void look(struct camera *c) {
	char path[600];
	struct stat st = {0};
	path_of(c, c->fourcc == V4L2_PIX_FMT_MJPEG ? "picture.jpg" : "picture.pgm", path);
	if (stat(path, &st) != 0) {
		st.st_mtim.tv_sec = 1;
	}
	int seen = 4 | has(c, "black") | has(c, "still") << 1;
	if (seen != c->seen || st.st_mtim.tv_sec != c->drawn.tv_sec || st.st_mtim.tv_nsec != c->drawn.tv_nsec) {
		draw(c);
		c->seen = seen;
		c->drawn = st.st_mtim;
	}
}

/* The timer at the rate that it has now; 0: off. */
static void set_timer(struct camera *c, int fd, int on) {
	char text[32];
	read_line(c, "rate", "", text, sizeof text);
	double rate = !on ? 0 : text[0] != '\0' ? strtod(text, NULL) : c->rate;
	if (rate != c->given) {
		long ns = rate > 1 ? (long)(1e9 / rate) : 0;
		struct itimerspec every = {{0, ns}, {0, ns}};
		timerfd_settime(fd, 0, &every, NULL);
		c->given = rate;
	}
}

static int set_format(struct camera *c, struct v4l2_format *f, int really) {
	struct mode modes[LINES];
	int count = read_modes(c, modes), best = 0;
	if (really && has(c, "busy")) {
		return fail(EBUSY);
	}
	for (int i = count - 1; i >= 0; i--) {
		int same = modes[i].fourcc == f->fmt.pix.pixelformat;
		if (same && (modes[best].fourcc != f->fmt.pix.pixelformat ||
			     (modes[i].width == (int)f->fmt.pix.width && modes[i].height == (int)f->fmt.pix.height))) {
			best = i;
		}
	}
	const struct mode *m = &modes[best];
	int bytes = bytes_of(m->fourcc);
	f->fmt.pix.width = (uint32_t)m->width;
	f->fmt.pix.height = (uint32_t)m->height;
	f->fmt.pix.pixelformat = m->fourcc;
	f->fmt.pix.field = V4L2_FIELD_NONE;
	f->fmt.pix.bytesperline = m->fourcc == V4L2_PIX_FMT_MJPEG ? 0 : (uint32_t)(m->width * bytes);
	f->fmt.pix.sizeimage = FRAME_BYTES;
	if (really) {
		c->fourcc = m->fourcc;
		c->width = m->width;
		c->height = m->height;
		c->rate = m->rate_count > 0 ? m->rates[0] : 30;
		note(c, "format %.4s %dx%d", (const char *)&c->fourcc, c->width, c->height);
	}
	return 0;
}

static int set_rate(struct camera *c, const struct v4l2_streamparm *p) {
	const struct v4l2_fract *t = &p->parm.capture.timeperframe;
	if (t->numerator > 0 && t->denominator > 0) {
		c->rate = (double)t->denominator / t->numerator;
		note(c, "rate %.0f", c->rate);
	}
	return 0;
}

static int dequeue(struct camera *c, int fd, struct v4l2_buffer *b) {
	uint64_t expired;
	if (access(c->folder, F_OK) != 0) {
		return fail(ENODEV);
	}
	if (read(fd, &expired, sizeof expired) != sizeof expired || has(c, "stopped") || c->queued == 0) {
		return fail(EAGAIN);
	}
	set_timer(c, fd, 1);
	look(c);
	b->index = (uint32_t)c->queue[0];
	c->queued--;
	memmove(c->queue, c->queue + 1, (size_t)c->queued * sizeof *c->queue);
	b->bytesused = (uint32_t)c->bytes[b->index];
	b->flags = V4L2_BUF_FLAG_DONE;
	return 0;
}

static int queue(struct camera *c, const struct v4l2_buffer *b) {
	if (access(c->folder, F_OK) != 0) {
		return fail(ENODEV);
	}
	if (c->queued == BUFFERS || b->index >= BUFFERS) {
		return fail(EINVAL);
	}
	c->queue[c->queued++] = (int)b->index;
	return 0;
}

static int answer(struct camera *c, int fd, unsigned long request, void *argument) {
	switch (request) {
	case VIDIOC_QUERYCAP: return capability(c, argument);
	case VIDIOC_ENUM_FMT: return enumerate_formats(c, argument);
	case VIDIOC_ENUM_FRAMESIZES: return enumerate_sizes(c, argument);
	case VIDIOC_ENUM_FRAMEINTERVALS: return enumerate_rates(c, argument);
	case VIDIOC_G_FMT:
	case VIDIOC_TRY_FMT: return set_format(c, argument, 0);
	case VIDIOC_S_FMT: return set_format(c, argument, 1);
	case VIDIOC_S_PARM: return set_rate(c, argument);
	case VIDIOC_QUERYCTRL: return query_control(c, argument);
	case VIDIOC_QUERYMENU: return query_menu(c, argument);
	case VIDIOC_G_CTRL: return use_control(c, argument, 0);
	case VIDIOC_S_CTRL: return use_control(c, argument, 1);
	case VIDIOC_REQBUFS: ((struct v4l2_requestbuffers *)argument)->count = BUFFERS; return 0;
	case VIDIOC_QUERYBUF: {
		struct v4l2_buffer *b = argument;
		b->length = FRAME_BYTES;
		b->m.offset = b->index * FRAME_BYTES;
		return 0;
	}
	case VIDIOC_QBUF: return queue(c, argument);
	case VIDIOC_DQBUF: return dequeue(c, fd, argument);
	case VIDIOC_STREAMON:
		note(c, "on");
		set_timer(c, fd, 1);
		return 0;
	case VIDIOC_STREAMOFF:
		note(c, "off");
		set_timer(c, fd, 0);
		c->queued = 0;
		return 0;
	default: return fail(ENOTTY);
	}
}

/* --- the C library's names ----------------------------------------------------------------------------------------------------------- */

static int open_camera(const char *name) {
	const char *root = getenv("V4L2_SHIM");
	struct camera *c = calloc(1, sizeof *c);
	snprintf(c->folder, sizeof c->folder, "%s/%s", root != NULL ? root : "/nonexistent", name);
	if (access(c->folder, F_OK) != 0) {
		free(c);
		return fail(ENOENT);
	}
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	if (fd < 0 || fd >= FDS) {
		free(c);
		return fail(EMFILE);
	}
	cameras[fd] = c;
	note(c, "open");
	return fd;
}

int open(const char *path, int flags, ...) {
	va_list more;
	va_start(more, flags);
	int mode = va_arg(more, int);
	va_end(more);
	if (strncmp(path, "/dev/video", 10) == 0) {
		return open_camera(path + 5);
	}
	int (*next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
	return next(path, flags, mode);
}

int close(int fd) {
	int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, "close");
	if (fd >= 0 && fd < FDS && cameras[fd] != NULL) {
		free(cameras[fd]);
		cameras[fd] = NULL;
	}
	return next(fd);
}

void *mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset) {
	void *(*next)(void *, size_t, int, int, int, off_t) = (void *(*)(void *, size_t, int, int, int, off_t))dlsym(RTLD_NEXT, "mmap");
	if (fd < 0 || fd >= FDS || cameras[fd] == NULL || offset / FRAME_BYTES >= BUFFERS) {
		return next(at, n, protection, flags, fd, offset);
	}
	return cameras[fd]->buffers[offset / FRAME_BYTES] = next(NULL, n, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

int ioctl(int fd, unsigned long request, ...) {
	va_list more;
	va_start(more, request);
	void *argument = va_arg(more, void *);
	va_end(more);
	if (fd >= 0 && fd < FDS && cameras[fd] != NULL) {
		return answer(cameras[fd], fd, request, argument);
	}
	int (*next)(int, unsigned long, ...) = (int (*)(int, unsigned long, ...))dlsym(RTLD_NEXT, "ioctl");
	return next(fd, request, argument);
}

/* libv4lconvert asks the kernel past ioctl(2)'s name. */
long syscall(long number, ...) {
	long a[6];
	va_list more;
	va_start(more, number);
	for (int i = 0; i < 6; i++) {
		a[i] = va_arg(more, long);
	}
	va_end(more);
	if (number == SYS_ioctl && a[0] >= 0 && a[0] < FDS && cameras[a[0]] != NULL) {
		return answer(cameras[a[0]], (int)a[0], (unsigned long)a[1], (void *)a[2]);
	}
	long (*next)(long, ...) = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
	return next(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
