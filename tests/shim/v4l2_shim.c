/* A camera for machines that have none: preloaded, it answers for /dev/video42 alone. Everything else goes on to the C library.
 *
 *   V4L2_SHIM_PICTURE  a P5 (PGM) file that is shown 30 times a second; read again for every frame, so that it can be exchanged
 *   V4L2_SHIM_PLUG     a file: the camera is plugged in while it exists
 *   V4L2_SHIM_FORMAT   YUYV (default) or GREY
 *
 * The descriptor it gives out is a timerfd, so poll(2) waits for the next frame. */
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
#include <sys/timerfd.h>
#include <unistd.h>

#define DEVICE "/dev/video42"
#define BUFFERS 4
#define WIDTH 1280
#define HEIGHT 720
#define FRAME_BYTES (WIDTH * HEIGHT * 2)

/* One camera a process, as the real one would be one device: the shim's state. */
static struct {
	int fd; /* 0: closed */
	uint8_t *buffers[BUFFERS];
	int queue[BUFFERS], queued;
} camera;

static int plugged(void) {
	const char *plug = getenv("V4L2_SHIM_PLUG");
	return plug == NULL || access(plug, F_OK) == 0;
}

static int grey(void) {
	const char *format = getenv("V4L2_SHIM_FORMAT");
	return format != NULL && strcmp(format, "GREY") == 0;
}

static int open_camera(void) {
	if (!plugged()) {
		errno = ENOENT;
		return -1;
	}
	struct itimerspec every = {{0, 33333333}, {0, 33333333}};
	camera.fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	timerfd_settime(camera.fd, 0, &every, NULL);
	camera.queued = 0;
	return camera.fd;
}

int open(const char *path, int flags, ...) {
	va_list more;
	va_start(more, flags);
	int mode = va_arg(more, int);
	va_end(more);
	if (strcmp(path, DEVICE) == 0) {
		return open_camera();
	}
	int (*next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
	return next(path, flags, mode);
}

int close(int fd) {
	int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, "close");
	if (fd == camera.fd) {
		camera.fd = 0;
	}
	return next(fd);
}

void *mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset) {
	void *(*next)(void *, size_t, int, int, int, off_t) = (void *(*)(void *, size_t, int, int, int, off_t))dlsym(RTLD_NEXT, "mmap");
	if (camera.fd == 0 || fd != camera.fd) {
		return next(at, n, protection, flags, fd, offset);
	}
	return camera.buffers[offset / FRAME_BYTES] = next(NULL, n, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void draw(uint8_t *out) {
	static uint8_t picture[WIDTH * HEIGHT];
	int w = 0, h = 0;
	FILE *f = fopen(getenv("V4L2_SHIM_PICTURE") ? getenv("V4L2_SHIM_PICTURE") : "", "rb");
	memset(picture, 200, sizeof picture);
	if (f != NULL && fscanf(f, "P5 %d %d 255%*c", &w, &h) == 2 && w <= WIDTH && h <= HEIGHT) {
		for (int y = 0; y < h; y++) {
			if (fread(picture + (size_t)(y + (HEIGHT - h) / 2) * WIDTH + (WIDTH - w) / 2, 1, (size_t)w, f) != (size_t)w) {
				break;
			}
		}
	}
	if (f != NULL) {
		fclose(f);
	}
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		if (grey()) {
			out[i] = picture[i];
		} else {
			out[2 * i] = picture[i];
			out[2 * i + 1] = 128;
		}
	}
}

static void set_format(struct v4l2_format *f) {
	f->fmt.pix.width = WIDTH;
	f->fmt.pix.height = HEIGHT;
	f->fmt.pix.pixelformat = grey() ? V4L2_PIX_FMT_GREY : V4L2_PIX_FMT_YUYV;
	f->fmt.pix.field = V4L2_FIELD_NONE;
	f->fmt.pix.bytesperline = WIDTH * (grey() ? 1 : 2);
	f->fmt.pix.sizeimage = f->fmt.pix.bytesperline * HEIGHT;
}

static int dequeue(struct v4l2_buffer *b) {
	uint64_t expired;
	if (!plugged()) {
		errno = ENODEV;
		return -1;
	}
	if (camera.queued == 0 || read(camera.fd, &expired, sizeof expired) != sizeof expired) {
		errno = EAGAIN;
		return -1;
	}
	b->index = (uint32_t)camera.queue[0];
	camera.queued--;
	memmove(camera.queue, camera.queue + 1, (size_t)camera.queued * sizeof *camera.queue);
	draw(camera.buffers[b->index]);
	b->bytesused = WIDTH * HEIGHT * (grey() ? 1 : 2);
	b->flags = V4L2_BUF_FLAG_DONE;
	return 0;
}

static int answer(unsigned long request, void *argument) {
	switch (request) {
	case VIDIOC_QUERYCAP: {
		struct v4l2_capability *c = argument;
		memset(c, 0, sizeof *c);
		snprintf((char *)c->driver, sizeof c->driver, "shim");
		snprintf((char *)c->card, sizeof c->card, "Shim camera");
		c->capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING | V4L2_CAP_DEVICE_CAPS;
		c->device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
		return 0;
	}
	case VIDIOC_ENUM_FMT: {
		struct v4l2_fmtdesc *d = argument;
		d->pixelformat = grey() ? V4L2_PIX_FMT_GREY : V4L2_PIX_FMT_YUYV;
		errno = EINVAL;
		return d->index == 0 ? 0 : -1;
	}
	case VIDIOC_G_FMT:
	case VIDIOC_S_FMT:
	case VIDIOC_TRY_FMT: set_format(argument); return 0;
	case VIDIOC_REQBUFS: ((struct v4l2_requestbuffers *)argument)->count = BUFFERS; return 0;
	case VIDIOC_QUERYBUF: {
		struct v4l2_buffer *b = argument;
		b->length = FRAME_BYTES;
		b->m.offset = b->index * FRAME_BYTES;
		return 0;
	}
	case VIDIOC_QBUF:
		if (!plugged()) {
			errno = ENODEV;
			return -1;
		}
		camera.queue[camera.queued++] = (int)((struct v4l2_buffer *)argument)->index;
		return 0;
	case VIDIOC_DQBUF: return dequeue(argument);
	case VIDIOC_STREAMON:
	case VIDIOC_STREAMOFF: return 0;
	default: errno = EINVAL; return -1;
	}
}

int ioctl(int fd, unsigned long request, ...) {
	va_list more;
	va_start(more, request);
	void *argument = va_arg(more, void *);
	va_end(more);
	if (camera.fd != 0 && fd == camera.fd) {
		return answer(request, argument);
	}
	int (*next)(int, unsigned long, ...) = (int (*)(int, unsigned long, ...))dlsym(RTLD_NEXT, "ioctl");
	return next(fd, request, argument);
}
