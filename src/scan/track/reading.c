#include "scan/track/reading.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/mailbox.h"

struct reading {
	pthread_t thread;
	struct reading_options options;
	struct tracker *tracker; /* of who has the slate */
	struct tracker_report report;
	struct mailbox *given, *done; /* the slate lies in one of them, or is the caller's */
};

static void read_slate(struct reading *r, struct slate *slate) {
	int64_t before = clock_thread_us();
	tracker_look(r->tracker, &(struct tracker_frame){&slate->image, slate->taken_us, DECODE_BUDGET_US}, &r->report);
	slate->cost_us = clock_thread_us() - before;
	slate->seen = r->report.seen;
	r->options.looked(r->options.context, slate, &r->report);
}

static void *run(void *argument) {
	struct reading *r = argument;
	struct slate *slate;
	while ((slate = mailbox_take(r->given, -1)) != NULL) {
		read_slate(r, slate);
		reading_return(r, slate);
	}
	return NULL;
}

/* In each mailbox there is room for the one slate, so putting it in cannot fail before the reader is closed; then nobody wants it. */
static void put(struct mailbox *box, struct slate *slate) {
	if (!mailbox_put(box, slate)) {
		image_fini(&slate->image);
		free(slate);
	}
}

static void drop(void *slate) {
	image_fini(&((struct slate *)slate)->image);
	free(slate);
}

bool reading_open(const struct reading_options *options, struct reading **out, struct err *err) {
	struct reading *r = xcalloc(1, sizeof *r);
	r->options = *options;
	r->given = mailbox_open(1, NULL, NULL);
	r->done = mailbox_open(1, NULL, NULL);
	put(r->done, xcalloc(1, sizeof(struct slate)));
	bool ok = tracker_open(&r->tracker, err) &&
		  (pthread_create(&r->thread, NULL, run, r) == 0 || err_set(err, ERR_SYSTEM, "cannot start the thread that reads codes"));
	if (!ok) {
		tracker_close(r->tracker);
		mailbox_close(r->given, drop);
		mailbox_close(r->done, drop);
		free(r);
		return false;
	}
	*out = r;
	return true;
}

void reading_close(struct reading *r) {
	if (r == NULL) {
		return;
	}
	mailbox_stop(r->given);
	pthread_join(r->thread, NULL);
	tracker_close(r->tracker);
	mailbox_close(r->given, drop);
	mailbox_close(r->done, drop);
	free(r);
}

struct slate *reading_slate(struct reading *r, bool wait) {
	return mailbox_take(r->done, wait ? -1 : 0);
}

void reading_return(struct reading *r, struct slate *slate) { put(r->done, slate); }

void reading_forget(struct reading *r) { tracker_forget(r->tracker); }

bool reading_give(struct reading *r, struct slate *slate, const struct image *image, int64_t taken_us) {
	struct err ignored;
	if (slate->image.width != image->width || slate->image.height != image->height) {
		image_fini(&slate->image);
		if (!image_init(&slate->image, image->width, image->height, &ignored)) {
			return false;
		}
	}
	for (int y = 0; y < image->height; y++) {
		memcpy(slate->image.luma + (size_t)y * slate->image.stride, image->luma + (size_t)y * image->stride, (size_t)image->width);
	}
	slate->taken_us = taken_us;
	put(r->given, slate);
	return true;
}
