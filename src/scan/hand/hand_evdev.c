#include "scan/hand/hand_evdev.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"

#define READ_MAX 32

/* HID usages of Linux's key codes: the kernel's own table the other way round (drivers/hid/hid-input.c, hid_keyboard). */
static const uint8_t usages[] = {
	[KEY_ESC] = 0x29,       [KEY_1] = 0x1E,          [KEY_2] = 0x1F,         [KEY_3] = 0x20,          [KEY_4] = 0x21,
	[KEY_5] = 0x22,         [KEY_6] = 0x23,          [KEY_7] = 0x24,         [KEY_8] = 0x25,          [KEY_9] = 0x26,
	[KEY_0] = 0x27,         [KEY_MINUS] = 0x2D,      [KEY_EQUAL] = 0x2E,     [KEY_BACKSPACE] = 0x2A,  [KEY_TAB] = 0x2B,
	[KEY_Q] = 0x14,         [KEY_W] = 0x1A,          [KEY_E] = 0x08,         [KEY_R] = 0x15,          [KEY_T] = 0x17,
	[KEY_Y] = 0x1C,         [KEY_U] = 0x18,          [KEY_I] = 0x0C,         [KEY_O] = 0x12,          [KEY_P] = 0x13,
	[KEY_LEFTBRACE] = 0x2F, [KEY_RIGHTBRACE] = 0x30, [KEY_ENTER] = 0x28,     [KEY_LEFTCTRL] = 0xE0,   [KEY_A] = 0x04,
	[KEY_S] = 0x16,         [KEY_D] = 0x07,          [KEY_F] = 0x09,         [KEY_G] = 0x0A,          [KEY_H] = 0x0B,
	[KEY_J] = 0x0D,         [KEY_K] = 0x0E,          [KEY_L] = 0x0F,         [KEY_SEMICOLON] = 0x33,  [KEY_APOSTROPHE] = 0x34,
	[KEY_GRAVE] = 0x35,     [KEY_LEFTSHIFT] = 0xE1,  [KEY_BACKSLASH] = 0x31, [KEY_Z] = 0x1D,          [KEY_X] = 0x1B,
	[KEY_C] = 0x06,         [KEY_V] = 0x19,          [KEY_B] = 0x05,         [KEY_N] = 0x11,          [KEY_M] = 0x10,
	[KEY_COMMA] = 0x36,     [KEY_DOT] = 0x37,        [KEY_SLASH] = 0x38,     [KEY_RIGHTSHIFT] = 0xE5, [KEY_KPASTERISK] = 0x55,
	[KEY_LEFTALT] = 0xE2,   [KEY_SPACE] = 0x2C,      [KEY_CAPSLOCK] = 0x39,  [KEY_KP7] = 0x5F,        [KEY_KP8] = 0x60,
	[KEY_KP9] = 0x61,       [KEY_KPMINUS] = 0x56,    [KEY_KP4] = 0x5C,       [KEY_KP5] = 0x5D,        [KEY_KP6] = 0x5E,
	[KEY_KPPLUS] = 0x57,    [KEY_KP1] = 0x59,        [KEY_KP2] = 0x5A,       [KEY_KP3] = 0x5B,        [KEY_KP0] = 0x62,
	[KEY_KPDOT] = 0x63,     [KEY_102ND] = 0x64,      [KEY_KPENTER] = 0x58,   [KEY_RIGHTCTRL] = 0xE4,  [KEY_KPSLASH] = 0x54,
	[KEY_RIGHTALT] = 0xE6,  [KEY_LEFTMETA] = 0xE3,   [KEY_RIGHTMETA] = 0xE7,
};

static void path_of(int number, char out[32]) { snprintf(out, 32, "/dev/input/event%d", number); }

static uint64_t machine_node(void *context, int number) {
	char path[32];
	struct stat st;
	(void)context;
	path_of(number, path);
	/* A device that comes gets a new node: another inode, another date. */
	return stat(path, &st) != 0 ? 0
				    : ((uint64_t)st.st_ino << 20 ^ (uint64_t)st.st_ctim.tv_sec << 10 ^ (uint64_t)st.st_ctim.tv_nsec) | 1;
}

static bool has_key(const unsigned long *bits, unsigned key) {
	const unsigned width = 8 * sizeof *bits;
	return (bits[key / width] >> key % width & 1) != 0;
}

static int machine_open(void *context, int number, char name[HAND_NAME_MAX], bool *is_keyboard, struct err *err) {
	char path[32];
	unsigned long keys[KEY_MAX / (8 * sizeof(unsigned long)) + 1] = {0};
	int clock = CLOCK_MONOTONIC;
	(void)context;
	path_of(number, path);
	*is_keyboard = true;
	int fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0) {
		err_errno(err, "%s cannot be read", path);
		return -1;
	}
	/* Power buttons and the like have keys too: a scanner has digits, letters and Enter. */
	if (ioctl(fd, EVIOCGBIT(EV_KEY, sizeof keys), keys) < 0 || !has_key(keys, KEY_1) || !has_key(keys, KEY_A) ||
	    !has_key(keys, KEY_ENTER)) {
		*is_keyboard = false;
		close(fd);
		return -1;
	}
	name[0] = '\0';
	if (ioctl(fd, EVIOCGNAME(HAND_NAME_MAX - 1), name) < 0) {
		name[0] = '\0';
	}
	/* A name that is too long comes without a NUL. */
	name[HAND_NAME_MAX - 1] = '\0';
	/* Events then carry the time of a clock that does not go back. */
	ioctl(fd, EVIOCSCLOCKID, &clock);
	return fd;
}

static bool machine_grab(void *context, int fd, bool on) {
	(void)context;
	return ioctl(fd, EVIOCGRAB, on ? 1L : 0L) == 0;
}

const struct hand_evdev_ops *hand_evdev(void) {
	static const struct hand_evdev_ops ops = {.node = machine_node, .open = machine_open, .grab = machine_grab};
	return &ops;
}

size_t hand_evdev_read(int fd, struct hand_event *out, size_t max, bool *gone) {
	struct input_event events[READ_MAX];
	size_t count = 0;
	*gone = false;
	ssize_t n = read(fd, events, (max < READ_MAX ? max : READ_MAX) * sizeof *events);
	if (n <= 0) {
		*gone = n == 0 || (errno != EAGAIN && errno != EINTR);
		return 0;
	}
	for (size_t i = 0; i < (size_t)n / sizeof *events; i++) {
		const struct input_event *e = &events[i];
		if (e->type == EV_KEY && e->code < COUNT_OF(usages) && usages[e->code] != 0 && e->value >= 0 && e->value <= 2) {
			out[count++] = (struct hand_event){.usage = usages[e->code],
							   .value = e->value,
							   .time_ms = (int64_t)e->input_event_sec * 1000 + e->input_event_usec / 1000};
		}
	}
	return count;
}
