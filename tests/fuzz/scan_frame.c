/* A camera whose driver says what the input makes it say: formats, sizes, strides, buffers, how many bytes of a frame are there, broken frames and
 * refusals. Whatever it is: no byte outside of a buffer is touched, a broken frame is passed over, and the picture is the driver's luminance.
 *
 * open, ioctl, mmap, munmap and poll are the target's own here (Makefile: WRAPS), syscall too, by which libv4lconvert asks. Each answer is honest
 * unless a byte of the input is near 255.
 *
 * Input: the driver's decisions; what the frames hold is the input's second half, again and again. */
#include "fuzz/world.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/alloc.h"
#include "fuzz/dice.h"
#include "scan/camera/camera_watch.h"
#include "scan/camera/v4l2_device.h"
#include "scan/image/turn.h"
#include "scan/track/effort.h"

#define PATH "/dev/video-fuzz"
#define BUFFERS_MAX 8
#define FRAMES 6
#define LENGTH_MAX (1 << 20) /* of a buffer: more is not there, as on a machine without memory */
#define LIE 16               /* one answer of so many is one */

struct driver {
	struct dice d;
	const uint8_t *pixels;
	size_t pixel_count;
	int fd;
	uint32_t fourcc; /* of the mode that it offers */
	int width, height;
	bool stepwise;
	struct v4l2_pix_format pix; /* as it was set */
	uint8_t *buffers[BUFFERS_MAX];
	size_t lengths[BUFFERS_MAX];
	unsigned last, last_bytes; /* the frame that was given out last */
	bool broken;               /* it was marked as such, or lies about itself */
	bool gone;                 /* it said so */
};

static struct driver driver = {.fd = -1};

static int refuse(int error) {
	errno = error;
	return -1;
}

static bool lies(void) { return dice_rarely(&driver.d, LIE); }

/* --- what it says ------------------------------------------------------------------------------------------------------------------------- */

static int enumerate_sizes(struct v4l2_frmsizeenum *e) {
	if (e->index != 0 && !lies()) {
		return refuse(EINVAL);
	}
	e->type = driver.stepwise ? V4L2_FRMSIZE_TYPE_STEPWISE : V4L2_FRMSIZE_TYPE_DISCRETE;
	if (!driver.stepwise) {
		e->discrete.width = lies() ? dice_word(&driver.d) << 16 : (uint32_t)driver.width;
		e->discrete.height = lies() ? dice_word(&driver.d) << 16 : (uint32_t)driver.height;
		return 0;
	}
	e->stepwise.min_width = lies() ? dice_word(&driver.d) << 16 : dice_byte(&driver.d);
	e->stepwise.max_width = lies() ? dice_word(&driver.d) << 16 : (uint32_t)driver.width;
	e->stepwise.step_width = lies() ? dice_word(&driver.d) << 16 : dice_byte(&driver.d);
	e->stepwise.min_height = lies() ? dice_word(&driver.d) << 16 : dice_byte(&driver.d);
	e->stepwise.max_height = lies() ? dice_word(&driver.d) << 16 : (uint32_t)driver.height;
	e->stepwise.step_height = lies() ? dice_word(&driver.d) << 16 : dice_byte(&driver.d);
	return 0;
}

static int enumerate_rates(struct v4l2_frmivalenum *e) {
	unsigned kind = dice_byte(&driver.d) % 4;
	if (kind == 0 || (e->index > 1 && !lies())) {
		return refuse(EINVAL);
	}
	e->type = kind == 3 ? V4L2_FRMIVAL_TYPE_STEPWISE : V4L2_FRMIVAL_TYPE_DISCRETE;
	e->stepwise.min = (struct v4l2_fract){dice_byte(&driver.d), dice_byte(&driver.d)};
	e->stepwise.max = (struct v4l2_fract){dice_byte(&driver.d), lies() ? dice_word(&driver.d) << 16 : dice_byte(&driver.d)};
	return 0;
}

static uint32_t pitch_of(uint32_t fourcc, uint32_t width) {
	switch (fourcc) {
	case V4L2_PIX_FMT_YUYV:
	case V4L2_PIX_FMT_UYVY:
	case V4L2_PIX_FMT_VYUY:
	case V4L2_PIX_FMT_YVYU:
	case V4L2_PIX_FMT_RGB565: return 2 * width;
	case V4L2_PIX_FMT_BGR24:
	case V4L2_PIX_FMT_RGB24: return 3 * width;
	case V4L2_PIX_FMT_BGR32: return 4 * width;
	default: return width;
	}
}

static int set_format(struct v4l2_format *f, bool really) {
	struct v4l2_pix_format *pix = &f->fmt.pix;
	if (lies()) {
		return refuse(lies() ? EBUSY : EINVAL);
	}
	pix->width = lies() ? dice_word(&driver.d) % 600 : (uint32_t)driver.width;
	pix->height = lies() ? dice_word(&driver.d) % 600 : (uint32_t)driver.height;
	pix->pixelformat = lies() ? pix->pixelformat + 1 : driver.fourcc;
	pix->bytesperline = pitch_of(driver.fourcc, pix->width);
	switch (dice_byte(&driver.d) % 8) { /* gaps between rows are no lie */
	case 4: pix->bytesperline += dice_byte(&driver.d); break;
	case 5: pix->bytesperline = 0; break;
	case 6: pix->bytesperline -= dice_byte(&driver.d); break; /* may wrap round */
	case 7: pix->bytesperline = dice_word(&driver.d) << 16; break;
	default: break;
	}
	pix->sizeimage = lies() ? dice_word(&driver.d) : pix->bytesperline * pix->height * 2;
	if (really) {
		driver.pix = *pix;
	}
	return 0;
}

static int query_control(struct v4l2_queryctrl *q) {
	if (dice_byte(&driver.d) % 2 == 0) {
		return refuse(EINVAL);
	}
	q->type = dice_byte(&driver.d) % 2 == 0 ? V4L2_CTRL_TYPE_MENU : V4L2_CTRL_TYPE_INTEGER;
	q->minimum = (int32_t)dice_byte(&driver.d) - 128;
	q->maximum = lies() ? INT32_MAX : (int32_t)dice_byte(&driver.d) % 8;
	q->flags = dice_byte(&driver.d) % 8;
	return 0;
}

static int query_buffer(struct v4l2_buffer *b) {
	if (b->index >= BUFFERS_MAX || lies()) {
		return refuse(EINVAL);
	}
	b->length = lies() ? dice_word(&driver.d) : pitch_of(driver.pix.pixelformat, driver.pix.width) * driver.pix.height * 2;
	if (driver.pix.pixelformat == V4L2_PIX_FMT_MJPEG || driver.pix.pixelformat == V4L2_PIX_FMT_JPEG) {
		b->length = (uint32_t)driver.pixel_count;
	}
	b->m.offset = b->index;
	driver.lengths[b->index] = b->length;
	return 0;
}

static int dequeue(struct v4l2_buffer *b) {
	unsigned kind = dice_byte(&driver.d) % 32;
	if (kind == 31) {
		driver.gone = true;
		return refuse(ENODEV);
	}
	if (kind >= 24) {
		return refuse(kind == 30 ? EINTR : EAGAIN);
	}
	b->index = lies() ? dice_byte(&driver.d) : dice_byte(&driver.d) % 4;
	bool known = b->index < BUFFERS_MAX && driver.buffers[b->index] != NULL;
	size_t length = known ? driver.lengths[b->index] : 0;
	b->bytesused = lies() ? dice_word(&driver.d) << (dice_byte(&driver.d) % 17) : (uint32_t)length;
	b->flags = lies() ? V4L2_BUF_FLAG_ERROR : (uint32_t)V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
	b->timestamp.tv_sec = lies() ? INT32_MAX : 1;
	driver.last = b->index;
	driver.last_bytes = b->bytesused;
	driver.broken = !known || b->bytesused > length || (b->flags & V4L2_BUF_FLAG_ERROR) != 0;
	return 0;
}

static int answer(unsigned long request, void *argument) {
	switch (request) {
	case VIDIOC_QUERYCAP: {
		struct v4l2_capability *cap = argument;
		memset(cap->card, lies() ? 0xFF : 'c', sizeof cap->card - 1);
		memset(cap->bus_info, 'u', sizeof cap->bus_info);
		cap->capabilities = lies() ? dice_word(&driver.d) << 16 : V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
		return 0;
	}
	case VIDIOC_ENUM_FMT: {
		struct v4l2_fmtdesc *f = argument;
		f->pixelformat = driver.fourcc;
		return f->index == 0 || lies() ? 0 : refuse(EINVAL);
	}
	case VIDIOC_ENUM_FRAMESIZES: return enumerate_sizes(argument);
	case VIDIOC_ENUM_FRAMEINTERVALS: return enumerate_rates(argument);
	case VIDIOC_TRY_FMT:
	case VIDIOC_G_FMT: return set_format(argument, false);
	case VIDIOC_S_FMT: return set_format(argument, true);
	case VIDIOC_QUERYCTRL: return query_control(argument);
	case VIDIOC_QUERYMENU: return dice_byte(&driver.d) % 2 == 0 ? 0 : refuse(EINVAL);
	case VIDIOC_G_CTRL: ((struct v4l2_control *)argument)->value = (int32_t)dice_byte(&driver.d); return 0;
	case VIDIOC_REQBUFS: {
		struct v4l2_requestbuffers *r = argument;
		r->count = lies() ? dice_byte(&driver.d) : r->count;
		return lies() ? refuse(EBUSY) : 0;
	}
	case VIDIOC_QUERYBUF: return query_buffer(argument);
	case VIDIOC_DQBUF: return dequeue(argument);
	case VIDIOC_S_PARM:
	case VIDIOC_S_CTRL:
	case VIDIOC_QBUF:
	case VIDIOC_STREAMON:
	case VIDIOC_STREAMOFF: return lies() ? refuse(EIO) : 0;
	default: return refuse(ENOTTY);
	}
}

/* --- in the C library's place -------------------------------------------------------------------------------------------------------------- */

int __wrap_open(const char *path, int flags, ...);
int __wrap_ioctl(int fd, unsigned long request, ...);
void *__wrap_mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset);
int __wrap_munmap(void *at, size_t n);
int __wrap_poll(struct pollfd *polls, nfds_t count, int timeout_ms);
int __real_open(const char *path, int flags, ...);
int __real_ioctl(int fd, unsigned long request, ...);
void *__real_mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset);
int __real_munmap(void *at, size_t n);
int __real_poll(struct pollfd *polls, nfds_t count, int timeout_ms);
long syscall(long number, ...);

int __wrap_open(const char *path, int flags, ...) {
	va_list more;
	va_start(more, flags);
	int mode = (flags & O_CREAT) != 0 ? va_arg(more, int) : 0;
	va_end(more);
	if (strcmp(path, PATH) != 0) {
		return __real_open(path, flags, mode);
	}
	return driver.fd = __real_open("/dev/null", O_RDWR | O_CLOEXEC);
}

int __wrap_ioctl(int fd, unsigned long request, ...) {
	va_list more;
	va_start(more, request);
	void *argument = va_arg(more, void *);
	va_end(more);
	return fd == driver.fd ? answer(request, argument) : __real_ioctl(fd, request, argument);
}

/* A buffer of its own, so that a byte outside of it is seen at once. */
void *__wrap_mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset) {
	if (fd < 0 || fd != driver.fd) {
		return __real_mmap(at, n, protection, flags, fd, offset);
	}
	if (n > LENGTH_MAX || offset >= BUFFERS_MAX || driver.buffers[offset] != NULL || lies()) {
		errno = ENOMEM;
		return (void *)-1; /* MAP_FAILED */
	}
	uint8_t *buffer = driver.buffers[offset] = xmalloc(n);
	for (size_t i = 0; i < n; i++) {
		buffer[i] = driver.pixel_count == 0 ? 0 : driver.pixels[i % driver.pixel_count];
	}
	return buffer;
}

int __wrap_munmap(void *at, size_t n) {
	for (int i = 0; i < BUFFERS_MAX; i++) {
		if (at != NULL && driver.buffers[i] == at) {
			fuzz_assert(driver.lengths[i] == n);
			free(at);
			driver.buffers[i] = NULL;
			return 0;
		}
	}
	return __real_munmap(at, n);
}

int __wrap_poll(struct pollfd *polls, nfds_t count, int timeout_ms) {
	if (count != 1 || polls[0].fd != driver.fd) {
		return __real_poll(polls, count, timeout_ms);
	}
	unsigned kind = dice_byte(&driver.d) % 32;
	driver.gone = driver.gone || kind == 31;
	polls[0].revents = kind == 31 ? POLLERR : POLLIN;
	return kind == 30 ? 0 : kind == 29 ? refuse(EINTR) : 1;
}

long syscall(long number, ...) {
	static long (*next)(long, ...);
	long a[6];
	va_list more;
	va_start(more, number);
	for (int i = 0; i < 6; i++) {
		a[i] = va_arg(more, long);
	}
	va_end(more);
	if (number == SYS_ioctl && driver.fd >= 0 && a[0] == driver.fd) {
		return answer((unsigned long)a[1], (void *)a[2]);
	}
	if (next == NULL) {
		void *found = dlsym(RTLD_NEXT, "syscall");
		memcpy(&next, &found, sizeof next);
	}
	return next(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* --- the trial ----------------------------------------------------------------------------------------------------------------------------- */

static void start(const uint8_t *data, size_t n) {
	static const uint32_t formats[] = {
		V4L2_PIX_FMT_GREY,   V4L2_PIX_FMT_YUYV,   V4L2_PIX_FMT_NV12,  V4L2_PIX_FMT_MJPEG,  V4L2_PIX_FMT_UYVY, V4L2_PIX_FMT_YUV420,
		V4L2_PIX_FMT_JPEG,   V4L2_PIX_FMT_YVU420, V4L2_PIX_FMT_RGB24, V4L2_PIX_FMT_SBGGR8, V4L2_PIX_FMT_NV21, V4L2_PIX_FMT_YVYU,
		V4L2_PIX_FMT_RGB565, V4L2_PIX_FMT_NV16,   V4L2_PIX_FMT_BGR32, V4L2_PIX_FMT_BGR24,  V4L2_PIX_FMT_VYUY, V4L2_PIX_FMT_SGRBG8};
	driver = (struct driver){.d = {data, n / 2}, .pixels = data + n / 2, .pixel_count = n - n / 2, .fd = -1};
	struct dice *d = &driver.d;
	driver.fourcc = formats[dice_byte(d) % COUNT_OF(formats)];
	int kind = dice_between(d, 0, 7); /* mostly such sizes as libv4lconvert can do with */
	int across = (int)dice_byte(d), down = (int)dice_byte(d);
	driver.width = kind < 5 ? 8 * (across % 25 + 1) : kind == 5 ? 640 : across % 200 + 1;
	driver.height = kind < 5 ? 2 * (down % 100 + 1) : kind == 5 ? 480 : kind == 6 ? 2 * down + 2 : down % 200 + 1;
	driver.stepwise = dice_rarely(d, 4);
}

/* Is the picture what lies in the buffer? */
static void check_luminance(const struct image *image) {
	const struct v4l2_pix_format *pix = &driver.pix;
	bool first = pix->pixelformat == V4L2_PIX_FMT_UYVY || pix->pixelformat == V4L2_PIX_FMT_VYUY;
	bool packed = first || pix->pixelformat == V4L2_PIX_FMT_YUYV || pix->pixelformat == V4L2_PIX_FMT_YVYU;
	bool plain =
		pix->pixelformat == V4L2_PIX_FMT_GREY || pix->pixelformat == V4L2_PIX_FMT_NV12 || pix->pixelformat == V4L2_PIX_FMT_NV16;
	if (!packed && !plain) {
		return;
	}
	size_t step = packed ? 2 : 1;
	size_t pitch = pix->bytesperline > pix->width * step ? pix->bytesperline : pix->width * step;
	fuzz_assert(image->width == (int)pix->width && image->height == (int)pix->height);
	for (size_t y = 0; y < pix->height; y++) {
		for (size_t x = 0; x < pix->width; x++) {
			size_t at = y * pitch + x * step + first;
			fuzz_assert(at < driver.last_bytes &&
				    image->luma[y * (size_t)image->stride + x] == driver.buffers[driver.last][at]);
		}
	}
}

/* What becomes of every frame. */
static void use_frame(const struct image *image, struct watch *watch, int64_t now_ms) {
	uint8_t cells[EFFORT_CELLS];
	struct turn turn = {.degrees = 90 * dice_between(&driver.d, 0, 3), .mirror = (dice_byte(&driver.d) & 1) != 0};
	fuzz_assert(image->luma != NULL && image->width > 0 && image->height > 0 && image->stride >= image->width);
	fuzz_assert(image->width <= IMAGE_SIDE_MAX && image->height <= IMAGE_SIDE_MAX);
	struct watch_look look = watch_look(image);
	fuzz_assert(look.mean >= 0 && look.mean <= 255 && look.brightest >= look.mean && look.brightest <= 255);
	watch_frame(watch, &look, now_ms);
	effort_cells(image, cells);
	uint8_t *upright = xmalloc((size_t)image->width * (size_t)image->height);
	turn_picture(&turn, image, upright);
	free(upright);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	struct v4l2_device *device;
	struct watch watch = {.hash = 0};
	struct err err = {0};
	start(data, n);
	if (v4l2_device_open(PATH, CAMERA_RATE, &device, &err)) {
		v4l2_device_set_free(device, true);
		watch_opened(&watch, 0);
		enum v4l2_answer is = V4L2_NONE;
		for (int i = 0; i < FRAMES && is != V4L2_GONE; i++) {
			struct image image = {.luma = NULL};
			int64_t taken_us = 0;
			is = v4l2_device_frame(device, 0, &image, &taken_us, &err);
			fuzz_assert(driver.gone == (is == V4L2_GONE));
			if (is == V4L2_FRAME) {
				fuzz_assert(!driver.broken);
				check_luminance(&image);
				use_frame(&image, &watch, i * 33);
			}
		}
		v4l2_device_close(device);
	} else {
		fuzz_assert(err.kind != ERR_NONE && err.text[0] != '\0');
	}
	for (int i = 0; i < BUFFERS_MAX; i++) {
		fuzz_assert(driver.buffers[i] == NULL);
	}
	return 0;
}
