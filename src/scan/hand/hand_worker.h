/* The thread of the hand scanners: every keyboard by itself (scan/hand/hand_evdev), and serial lines (scan/hand/hand_serial), as they come and go.
 *
 * Where /dev/input may not be read no keyboard is followed here: the kiosk then reads them all as one, through SDL. */
#ifndef TURNOUT_SCAN_HAND_HAND_WORKER_H
#define TURNOUT_SCAN_HAND_HAND_WORKER_H

#include "base/err.h"
#include "base/mailbox.h"
#include "scan/hand/framing.h"
#include "scan/hand/hand_evdev.h"

#define HAND_LOOK_MS 2000 /* new devices are looked for so often */

struct hand_worker;

struct hand_message { /* one allocation, for free() */
	size_t len;
	char payload[]; /* NUL behind it; NULs may be in it */
};

struct hand_worker_options {
	struct framing framing;
	const char *names;  /* keyboards that are scanners: words, commas between; "" */
	const char *serial; /* "none", "auto" or a path */
	int speed;
	bool shared; /* the screen is not ours alone: no keyboard is followed, let alone taken away from others */
	const struct hand_evdev_ops *keyboards; /* NULL: this machine's */
	mailbox_wake *wake;                     /* called from the thread after a message; may be NULL */
	void *context;
};

bool hand_worker_open(const struct hand_worker_options *options, struct hand_worker **out, struct err *err) TURNOUT_MUST_CHECK;
void hand_worker_close(struct hand_worker *w); /* NULL is fine. Keyboards are everybody's again */

/* The next code, for free(); NULL when there is none within timeout_ms (0: at once). */
struct hand_message *hand_worker_take(struct hand_worker *w, int timeout_ms);

#endif
