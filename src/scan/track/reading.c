#include "scan/track/reading.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/mailbox.h"
#include "base/worker.h"

struct reading {
	/* The one slate goes round: `in` to the reader, `out` to the caller. So only one of them uses the tracker at a time. */
	struct worker worker;
	struct reading_options options;
	struct tracker *tracker; /* of who has the slate */
	struct tracker_report report;
};

static void read_slate(struct reading *r, struct slate *slate) {
	/* Processor time, not time that passes: a busy machine must not make looks seem dear. */
	int64_t before = clock_thread_us();
	tracker_look(r->tracker, &(struct tracker_frame){&slate->image, slate->taken_us, DECODE_BUDGET_US}, &r->report);
	slate->cost_us = clock_thread_us() - before;
	slate->seen = r->report.seen;
	r->options.looked(r->options.context, slate, &r->report);
}

static void *run(void *argument) {
	struct reading *r = argument;
	struct slate *slate;
	while ((slate = mailbox_take(r->worker.in, -1)) != NULL) {
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
	struct worker_options worker = {.name = "the thread that reads codes", .in_max = 1, .out_max = 1, .run = run, .self = r};
	if (!tracker_open(&r->tracker, err) || !worker_start(&r->worker, &worker, err)) {
		reading_close(r);
		return false;
	}
	/* At first the caller has it. */
	put(r->worker.out, xcalloc(1, sizeof(struct slate)));
	*out = r;
	return true;
}

void reading_close(struct reading *r) {
	if (r == NULL) {
		return;
	}
	worker_join(&r->worker);
	tracker_close(r->tracker);
	worker_fini(&r->worker, drop, drop);
	free(r);
}

struct slate *reading_slate(struct reading *r, bool wait) {
	return mailbox_take(r->worker.out, wait ? -1 : 0);
}

void reading_return(struct reading *r, struct slate *slate) { put(r->worker.out, slate); }

void reading_forget(struct reading *r) { tracker_forget(r->tracker); }

bool reading_give(struct reading *r, struct slate *slate, const struct image *image, int64_t taken_us) {
	struct err ignored = {0};
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
	put(r->worker.in, slate);
	return true;
}
