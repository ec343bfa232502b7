#include "scan/camera/worker.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "base/worker.h"
#include "scan/camera/camera_watch.h"
#include "scan/camera/source_open.h"
#include "scan/camera/v4l2_device.h"
#include "scan/track/debounce.h"
#include "scan/track/reading.h"

#define TIMEOUT_MS 100  /* the longest wait before the next look at commands */
#define COMMANDS_MAX 16 /* sources that somebody switched to */
#define MESSAGES_MAX 256
#define MEAN_WANTED_US 3000000 /* after somebody asked */
#define SPOT_MOST 100000       /* pixels: farther outside nobody looks */
#define LOOK "?"               /* among the names of sources: which cameras are there? */

struct scan_worker {
	struct worker worker;
	mailbox_wake *wake;
	void *context;
	atomic_bool preview_wanted, reading_wanted;
	atomic_int_least64_t mean_until_us; /* until then pictures are looked at for their mean */
	atomic_int turn;                    /* degrees, and MIRROR: one number, so that both change at once */
	pthread_mutex_t lock;               /* of these two alone: */
	struct scan_preview preview;
	struct scan_pulse pulse;

	/* the thread's own */
	struct source *source;
	enum scan_state state;
	struct reading *reading;
	struct effort effort;
	struct debounce debounce; /* the reader's thread's, while it has the slate; so is: */
	struct scan_message said; /* of what is seen, last */
};

#define MIRROR 1000 /* more than any degrees */

static int pack_turn(const struct turn *turn) { return turn->degrees + (turn->mirror ? MIRROR : 0); }
static struct turn present_turn(struct scan_worker *w) {
	int packed = atomic_load(&w->turn);
	return (struct turn){.degrees = packed % MIRROR, .mirror = packed >= MIRROR};
}

static void post_state(struct scan_worker *w, enum scan_state state, const char *reason) {
	w->state = state;
	struct scan_message *m = xcalloc(1, sizeof *m + 1);
	m->kind = SCAN_STATE;
	m->state = state;
	str_copy(m->reason, sizeof m->reason, reason);
	if (!mailbox_put(w->worker.out, m)) {
		free(m);
	}
}

static void post_code(struct scan_worker *w, const struct slate *slate, const struct decode_result *r) {
	struct turn turn = present_turn(w);
	struct scan_message *m = xcalloc(1, sizeof *m + r->len + 1);
	m->kind = SCAN_CODE;
	m->state = SCAN_OK;
	m->taken_us = slate->taken_us;
	m->box = turn_box(&turn, slate->image.width, slate->image.height, (struct turn_box){r->x, r->y, r->w, r->h});
	m->picture_w = slate->image.width;
	m->picture_h = slate->image.height;
	turn_size(&turn, &m->picture_w, &m->picture_h);
	m->len = r->parts == 0 ? r->len : 0; /* one part of a code is none */
	memcpy(m->payload, r->payload, m->len);
	if (!mailbox_put(w->worker.out, m)) {
		free(m);
	}
}

/* Less than a hundredth of the picture is no news. */
static bool is_news(const struct scan_message *before, const struct scan_message *now) {
	if (before->guidance != now->guidance || before->marked != now->marked || before->picture_w != now->picture_w) {
		return true;
	}
	bool seen = now->marked || now->guidance != GUIDANCE_NONE;
	bool moved = seen && now->taken_us - before->taken_us >= SCAN_SEEN_MS * 1000;
	for (int i = 0; i < 4 && now->marked; i++) {
		moved = moved || abs(before->corners[i].x - now->corners[i].x) > now->picture_w / 100 ||
			abs(before->corners[i].y - now->corners[i].y) > now->picture_w / 100;
	}
	return moved;
}

static int whole(float x) { return (int)(x < -SPOT_MOST ? -SPOT_MOST : x > SPOT_MOST ? SPOT_MOST : x); }

static void post_seen(struct scan_worker *w, const struct slate *slate, const struct tracker_report *report) {
	struct turn turn = present_turn(w);
	struct scan_message now = {.kind = SCAN_SEEN,
				   .state = SCAN_OK,
				   .taken_us = slate->taken_us,
				   .picture_w = slate->image.width,
				   .picture_h = slate->image.height,
				   .guidance = report->guidance,
				   .marked = report->marked};
	for (int i = 0; i < 4 && report->marked; i++) {
		struct turn_spot spot = {whole(report->corners[i].x), whole(report->corners[i].y)};
		now.corners[i] = turn_spot(&turn, slate->image.width, slate->image.height, spot);
	}
	turn_size(&turn, &now.picture_w, &now.picture_h);
	if (!is_news(&w->said, &now)) {
		return;
	}
	struct scan_message *m = xcalloc(1, sizeof *m + 1);
	*m = now;
	if (mailbox_put_second(w->worker.out, m)) { /* no code waits for it, or finds no room because of it */
		w->said = now;
	} else {
		free(m);
	}
}

/* In the reader's thread. */
static void take_report(void *context, const struct slate *slate, const struct tracker_report *report) {
	struct scan_worker *w = context;
	for (size_t i = 0; i < report->count; i++) {
		const struct decode_result *code = &report->codes[i];
		if (debounce_pass(&w->debounce, code->payload, code->len, slate->taken_us / 1000)) {
			post_code(w, slate, code);
		}
	}
	post_seen(w, slate, report);
}

static void publish_preview(struct scan_worker *w, const struct image *picture) {
	int longer = picture->width > picture->height ? picture->width : picture->height;
	struct turn turn = present_turn(w);
	struct image small;
	struct err ignored = {0};
	if (!image_shrink(picture, (longer + SCAN_PREVIEW_SIDE - 1) / SCAN_PREVIEW_SIDE, &small, &ignored)) {
		return;
	}
	pthread_mutex_lock(&w->lock);
	turn_picture(&turn, &small, w->preview.luma);
	w->preview.width = small.width;
	w->preview.height = small.height;
	turn_size(&turn, &w->preview.width, &w->preview.height);
	w->preview.serial++;
	pthread_mutex_unlock(&w->lock);
	image_fini(&small);
	if (w->wake != NULL) {
		w->wake(w->context);
	}
}

/* The old source goes first: a camera that streams is busy for whoever opens it again. The slate is held so that the reader is idle. */
static void change_source(struct scan_worker *w, const char *spec) {
	struct err err = {0};
	source_close(w->source);
	w->source = NULL;
	pthread_mutex_lock(&w->lock);
	w->pulse = (struct scan_pulse){.frames = 0};
	pthread_mutex_unlock(&w->lock);
	struct slate *slate = reading_slate(w->reading, true);
	debounce_reset(&w->debounce); /* while nobody reads */
	reading_forget(w->reading);
	w->said = (struct scan_message){.kind = SCAN_SEEN};
	w->effort = (struct effort){0};
	reading_return(w->reading, slate);
	if (!scan_source_open(spec, &w->source, &err)) {
		post_state(w, SCAN_LOST, err.text);
	} else if (w->source == NULL) {
		post_state(w, SCAN_NONE, "");
	} else {
		post_state(w, SCAN_STARTING, "");
	}
}

/* Has the picture read when the reader is free and it is worth it; every one of a source that waits. */
static void read_frame(struct scan_worker *w, const struct source_frame *frame) {
	bool patient = w->source->patient;
	struct slate *slate = reading_slate(w->reading, patient);
	if (slate == NULL) {
		return;
	}
	int64_t now = clock_span_us();
	uint8_t cells[EFFORT_CELLS];
	if (slate->cost_us > 0) {
		effort_report(&w->effort, slate->seen, slate->cost_us, now);
		/* Each reading is reported once. */
		slate->cost_us = 0;
	}
	effort_cells(&frame->image, cells);
	bool wanted = effort_wants(&w->effort, cells, now) || patient;
	if (!wanted || !reading_give(w->reading, slate, &frame->image, frame->taken_us)) {
		reading_return(w->reading, slate);
	}
}

static void note_pulse(struct scan_worker *w, const struct image *picture) {
	/* Looked at only for a while after somebody asked: a picture is a million pixels. */
	int64_t now = clock_span_us();
	int mean = now < atomic_load(&w->mean_until_us) ? watch_look(picture).mean : w->pulse.mean;
	pthread_mutex_lock(&w->lock);
	w->pulse = (struct scan_pulse){
		.frames = w->pulse.frames + 1, .last_us = now, .width = picture->width, .height = picture->height, .mean = mean};
	pthread_mutex_unlock(&w->lock);
}

static void take_frame(struct scan_worker *w, const struct source_frame *frame) {
	note_pulse(w, &frame->image);
	if (w->state != SCAN_OK) {
		post_state(w, SCAN_OK, w->source->ops->name(w->source));
	}
	/* First, so that the picture on the screen does not wait for the reading. */
	if (atomic_load(&w->preview_wanted)) {
		publish_preview(w, &frame->image);
	}
	if (atomic_load(&w->reading_wanted)) {
		read_frame(w, frame);
	}
}

static void step(struct scan_worker *w) {
	struct source_frame frame = {0};
	struct err why = {0};
	switch (w->source->ops->next(w->source, TIMEOUT_MS, &frame, &why)) {
	case SOURCE_FRAME: take_frame(w, &frame); break;
	case SOURCE_WAIT: break;
	case SOURCE_LOST: post_state(w, SCAN_LOST, why.text); break;
	case SOURCE_END:
		post_state(w, SCAN_ENDED, why.text);
		source_close(w->source);
		w->source = NULL;
		break;
	}
}

static void post_cameras(struct scan_worker *w) {
	struct camera_list list;
	v4l2_list(&list);
	struct scan_message *m = xcalloc(1, sizeof *m + sizeof list);
	m->kind = SCAN_CAMERAS;
	m->len = sizeof list;
	memcpy(m->payload, &list, sizeof list);
	if (!mailbox_put(w->worker.out, m)) {
		free(m);
	}
}

static void *run(void *argument) {
	struct scan_worker *w = argument;
	while (!mailbox_stopped(w->worker.in)) {
		/* With a source commands are looked for between pictures; without one it sleeps until one comes. */
		char *spec = mailbox_take(w->worker.in, w->source != NULL ? 0 : -1);
		if (spec != NULL) {
			if (str_eq(spec, LOOK)) {
				post_cameras(w);
			} else {
				change_source(w, spec);
			}
			free(spec);
		} else if (w->source != NULL) {
			step(w);
		}
	}
	source_close(w->source);
	w->source = NULL;
	return NULL;
}

/* The thread that reads codes tells of them until it ends, so the mailboxes stay until then. */
static void release(struct scan_worker *w) {
	worker_join(&w->worker);
	reading_close(w->reading);
	worker_fini(&w->worker, NULL, NULL);
	pthread_mutex_destroy(&w->lock);
	free(w);
}

bool scan_worker_open(const struct scan_worker_options *options, struct scan_worker **out, struct err *err) {
	struct scan_worker *w = xcalloc(1, sizeof *w);
	w->wake = options->wake;
	w->context = options->context;
	atomic_init(&w->preview_wanted, options->preview);
	atomic_init(&w->mean_until_us, 0);
	atomic_init(&w->reading_wanted, !options->blind);
	atomic_init(&w->turn, pack_turn(&options->turn));
	pthread_mutex_init(&w->lock, NULL);
	struct worker_options worker = {.name = "the thread that takes pictures",
					.in_max = COMMANDS_MAX,
					.out_max = MESSAGES_MAX,
					.wake = options->wake,
					.context = options->context,
					.run = run,
					.self = w};
	if (!reading_open(&(struct reading_options){.looked = take_report, .context = w}, &w->reading, err) ||
	    !worker_start(&w->worker, &worker, err)) {
		release(w);
		return false;
	}
	scan_worker_switch(w, options->source);
	*out = w;
	return true;
}

void scan_worker_close(struct scan_worker *w) {
	if (w == NULL) {
		return;
	}
	release(w);
}

struct scan_message *scan_worker_take(struct scan_worker *w, int timeout_ms) {
	return mailbox_take(w->worker.out, timeout_ms);
}

void scan_worker_switch(struct scan_worker *w, const char *source) {
	char *spec = xstrdup(source);
	if (!mailbox_put_wait(w->worker.in, spec)) {
		free(spec);
	}
}

void scan_worker_look(struct scan_worker *w) { scan_worker_switch(w, LOOK); }

void scan_worker_set_turn(struct scan_worker *w, const struct turn *turn) { atomic_store(&w->turn, pack_turn(turn)); }

void scan_worker_want_preview(struct scan_worker *w, bool wanted) { atomic_store(&w->preview_wanted, wanted); }

void scan_worker_pulse(struct scan_worker *w, struct scan_pulse *out) {
	atomic_store(&w->mean_until_us, clock_span_us() + MEAN_WANTED_US);
	pthread_mutex_lock(&w->lock);
	*out = w->pulse;
	pthread_mutex_unlock(&w->lock);
}

bool scan_worker_preview(struct scan_worker *w, struct scan_preview *out) {
	pthread_mutex_lock(&w->lock);
	bool newer = w->preview.serial > out->serial;
	if (newer) {
		memcpy(out->luma, w->preview.luma, (size_t)w->preview.width * (size_t)w->preview.height);
		out->width = w->preview.width;
		out->height = w->preview.height;
		out->serial = w->preview.serial;
	}
	pthread_mutex_unlock(&w->lock);
	return newer;
}
