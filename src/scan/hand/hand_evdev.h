/* Keyboards through Linux's evdev (/dev/input/eventN, linux/input.h): each one by itself, and taken away from everybody else when it is a scanner.
 * As operations, so that tests can bring pipes. */
#ifndef TURNOUT_SCAN_HAND_HAND_EVDEV_H
#define TURNOUT_SCAN_HAND_HAND_EVDEV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "scan/hand/hand_keyboard.h"

#define HAND_NAME_MAX 128

struct hand_evdev_ops {
	void *context;
	/* What stands for the device that has this number now: another one another time. 0: there is none. */
	uint64_t (*node)(void *context, int number);
	/* The opened device (not waiting, closed by close(2)), and its name; -1: it cannot be opened, or is no keyboard (then *is_keyboard is false
	 * and err untouched). */
	int (*open)(void *context, int number, char name[HAND_NAME_MAX], bool *is_keyboard, struct err *err);
	/* Only we hear it from now on, or all do again. */
	bool (*grab)(void *context, int fd, bool on);
};

/* This machine's. */
const struct hand_evdev_ops *hand_evdev(void);

/* Key events that wait on the device, at most `max`; *gone when it is no longer there. */
size_t hand_evdev_read(int fd, struct hand_event *out, size_t max, bool *gone);

#endif
