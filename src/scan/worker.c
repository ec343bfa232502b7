#include "scan/worker.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "scan/debounce.h"
#include "scan/decode.h"
#include "scan/source.h"

#define TIMEOUT_MS 100 /* the longest wait before the next look at commands */
#define RESULTS_MAX 8  /* codes of one picture */
#define MESSAGES_MAX 256

struct scan_worker {
	pthread_t thread;
	struct mailbox *commands; /* names of sources */
	struct mailbox *messages;
	mailbox_wake *wake;
	void *context;
	atomic_bool preview_wanted;
	pthread_mutex_t lock; /* of `preview` alone */
	struct scan_preview preview;

	/* the thread's own */
	struct decoder *decoder;
	struct source *source;
	struct debounce debounce;
	enum scan_state state;
};

static void post_state(struct scan_worker *w, enum scan_state state, const char *reason) {
	w->state = state;
	struct scan_message *m = xcalloc(1, sizeof *m + 1);
	m->kind = SCAN_STATE;
	m->state = state;
	str_copy(m->reason, sizeof m->reason, reason);
	if (!mailbox_put(w->messages, m)) {
		free(m);
	}
}

static void post_code(struct scan_worker *w, const struct source_frame *frame, const struct decode_result *r) {
	struct scan_message *m = xcalloc(1, sizeof *m + r->len + 1);
	m->kind = SCAN_CODE;
	m->state = w->state;
	m->taken_us = frame->taken_us;
	m->x = r->x;
	m->y = r->y;
	m->w = r->w;
	m->h = r->h;
	m->picture_w = frame->image.width;
	m->picture_h = frame->image.height;
	m->len = r->len;
	memcpy(m->payload, r->payload, r->len);
	if (!mailbox_put(w->messages, m)) {
		free(m);
	}
}

static void publish_preview(struct scan_worker *w, const struct image *picture) {
	int longer = picture->width > picture->height ? picture->width : picture->height;
	struct image small;
	struct err ignored;
	if (!image_shrink(picture, (longer + SCAN_PREVIEW_SIDE - 1) / SCAN_PREVIEW_SIDE, &small, &ignored)) {
		return;
	}
	pthread_mutex_lock(&w->lock);
	memcpy(w->preview.luma, small.luma, (size_t)small.width * (size_t)small.height);
	w->preview.width = small.width;
	w->preview.height = small.height;
	w->preview.serial++;
	pthread_mutex_unlock(&w->lock);
	image_fini(&small);
	if (w->wake != NULL) {
		w->wake(w->context);
	}
}

static void change_source(struct scan_worker *w, const char *spec) {
	struct err err;
	source_close(w->source);
	w->source = NULL;
	debounce_reset(&w->debounce);
	if (!scan_source_open(spec, &w->source, &err)) {
		post_state(w, SCAN_LOST, err.text);
	} else if (w->source == NULL) {
		post_state(w, SCAN_NONE, "");
	} else {
		post_state(w, SCAN_STARTING, "");
	}
}

static void read_frame(struct scan_worker *w, const struct source_frame *frame) {
	if (w->state != SCAN_OK) {
		post_state(w, SCAN_OK, w->source->ops->name(w->source));
	}
	/* First, so that the picture on the screen does not wait for the reading. */
	if (atomic_load(&w->preview_wanted)) {
		publish_preview(w, &frame->image);
	}
	struct decode_result found[RESULTS_MAX];
	struct decode_options options = {.budget_us = DECODE_BUDGET_US, .max = RESULTS_MAX};
	size_t count = decoder_scan(w->decoder, &frame->image, &options, found);
	for (size_t i = 0; i < count; i++) {
		if (debounce_pass(&w->debounce, found[i].payload, found[i].len, frame->taken_us / 1000)) {
			post_code(w, frame, &found[i]);
		}
	}
}

static void step(struct scan_worker *w) {
	struct source_frame frame = {0};
	struct err why = {0};
	switch (w->source->ops->next(w->source, TIMEOUT_MS, &frame, &why)) {
	case SOURCE_FRAME: read_frame(w, &frame); break;
	case SOURCE_WAIT: break;
	case SOURCE_LOST: post_state(w, SCAN_LOST, why.text); break;
	case SOURCE_END:
		post_state(w, SCAN_ENDED, why.text);
		source_close(w->source);
		w->source = NULL;
		break;
	}
}

static void *run(void *argument) {
	struct scan_worker *w = argument;
	while (!mailbox_stopped(w->commands)) {
		char *spec = mailbox_take(w->commands, w->source != NULL ? 0 : -1);
		if (spec != NULL) {
			change_source(w, spec);
			free(spec);
		} else if (w->source != NULL) {
			step(w);
		}
	}
	source_close(w->source);
	w->source = NULL;
	return NULL;
}

bool scan_worker_open(const struct scan_worker_options *options, struct scan_worker **out, struct err *err) {
	struct scan_worker *w = xcalloc(1, sizeof *w);
	w->wake = options->wake;
	w->context = options->context;
	atomic_init(&w->preview_wanted, options->preview);
	pthread_mutex_init(&w->lock, NULL);
	w->commands = mailbox_open(16, NULL, NULL);
	w->messages = mailbox_open(MESSAGES_MAX, options->wake, options->context);
	bool ok = decoder_open(&w->decoder, err);
	if (ok) {
		scan_worker_switch(w, options->source);
		ok = pthread_create(&w->thread, NULL, run, w) == 0 || err_set(err, ERR_SYSTEM, "cannot start the scanning thread");
	}
	if (!ok) {
		decoder_close(w->decoder);
		mailbox_close(w->commands, NULL);
		mailbox_close(w->messages, NULL);
		pthread_mutex_destroy(&w->lock);
		free(w);
		return false;
	}
	*out = w;
	return true;
}

void scan_worker_close(struct scan_worker *w) {
	if (w == NULL) {
		return;
	}
	mailbox_stop(w->commands);
	pthread_join(w->thread, NULL);
	decoder_close(w->decoder);
	mailbox_close(w->commands, NULL);
	mailbox_close(w->messages, NULL);
	pthread_mutex_destroy(&w->lock);
	free(w);
}

struct scan_message *scan_worker_take(struct scan_worker *w, int timeout_ms) {
	return mailbox_take(w->messages, timeout_ms);
}

void scan_worker_switch(struct scan_worker *w, const char *source) {
	char *spec = xstrdup(source);
	if (!mailbox_put_wait(w->commands, spec)) {
		free(spec);
	}
}

void scan_worker_want_preview(struct scan_worker *w, bool wanted) { atomic_store(&w->preview_wanted, wanted); }

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
