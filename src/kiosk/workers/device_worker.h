/* The thread that keeps what staff set on the screen (station/device.h), and turns the panel's light up and down: a disk and a panel may both take longer than
 * a picture. */
#ifndef TURNOUT_KIOSK_WORKERS_DEVICE_WORKER_H
#define TURNOUT_KIOSK_WORKERS_DEVICE_WORKER_H

#include "base/err.h"
#include "base/mailbox.h"
#include "station/device.h"

struct device_worker;

#define DEVICE_CHANGES_MAX 3 /* at once */

enum device_news {
	DEVICE_KEPT, /* text: "" or why it was not kept */
	DEVICE_LIT,  /* lit; text: "" or why no backlight obeys */
};
struct device_message { /* for free() */
	enum device_news kind;
	bool lit; /* a backlight has that brightness; else the picture has to be dimmed */
	char text[ERR_TEXT_MAX];
};

/* `wake`: called from the thread after a message was posted; may be NULL. */
bool device_worker_open(mailbox_wake *wake, void *context, struct device_worker **out, struct err *err) TURNOUT_MUST_CHECK;
void device_worker_close(struct device_worker *worker); /* what was to be kept is kept; NULL is fine */

/* Answered by DEVICE_KEPT. False: too many wait. */
bool device_worker_keep(struct device_worker *worker, const struct device_change *changes, size_t count);
/* Answered by DEVICE_LIT; likewise. */
bool device_worker_light(struct device_worker *worker, int percent);
struct device_message *device_worker_take(struct device_worker *worker);

#endif
