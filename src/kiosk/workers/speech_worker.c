#include "kiosk/workers/speech_worker.h"

#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/worker.h"

#define IN_MAX 16
#define OUT_MAX 64
#define USUAL_MS 3000
#define REST_MS 10000 /* what failed is not tried again at once: it would take time from others, and fill the log */

struct request {
	struct speech speech;
	uint64_t number;
};

struct speech_worker {
	struct worker worker;
	int timeout_ms, news; /* an eventfd: something newer is there, or the end */
	int64_t rests_until_ms;
};

/* What was spoken may be a name. */
static void request_free(void *context) {
	struct request *r = context;
	for (size_t i = 0; r != NULL && i < r->speech.count; i++) {
		crypto_wipe(r->speech.parts[i].text.data, r->speech.parts[i].text.len);
	}
	if (r != NULL) {
		speech_fini(&r->speech);
		free(r);
	}
}

void speech_message_free(struct speech_message *m) {
	if (m != NULL) {
		free(m->sound.samples);
		free(m->problem);
		free(m);
	}
}

static void message_free(void *message) { speech_message_free(message); }

static void tell(struct speech_worker *w, struct speech_message *m) {
	if (!mailbox_put(w->worker.out, m)) {
		speech_message_free(m);
	}
}

enum spoken { SPOKEN, STOPPED, FAILED };

static enum spoken speak(struct speech_worker *w, const struct request *r, const struct speech_part *part) {
	struct err why = {0};
	struct speech_message *m = xcalloc(1, sizeof *m);
	m->number = r->number;
	if (!speech_child_run(part->language, strbuf_str(&part->text), w->timeout_ms, w->news, &m->sound, &why)) {
		m->problem = xstrdup(why.text);
		w->rests_until_ms = clock_span_us() / 1000 + REST_MS;
		tell(w, m);
		return FAILED;
	}
	if (m->sound.samples == NULL) {
		speech_message_free(m);
		return STOPPED;
	}
	tell(w, m);
	return SPOKEN;
}

static void forget_news(struct speech_worker *w) {
	uint64_t count;
	if (read(w->news, &count, sizeof count) < 0) {
		return; /* there was none */
	}
}

/* The newest there is; NULL: none is. */
static struct request *take_newest(struct speech_worker *w) {
	struct request *r = NULL, *newer;
	forget_news(w);
	while ((newer = mailbox_take(w->worker.in, 0)) != NULL) {
		request_free(r);
		r = newer;
	}
	return r;
}

/* Returns what is asked instead meanwhile; NULL: nothing is. */
static struct request *speak_all(struct speech_worker *w, const struct request *r) {
	for (size_t i = 0; i < r->speech.count && clock_span_us() / 1000 >= w->rests_until_ms && !mailbox_stopped(w->worker.in);) {
		enum spoken how = speak(w, r, &r->speech.parts[i]);
		if (how == STOPPED) {
			struct request *newer = take_newest(w);
			if (newer != NULL) {
				return newer;
			}
			continue; /* the call was for this very one, which was taken before it came */
		}
		i++;
	}
	return NULL;
}

static void *run(void *self) {
	struct speech_worker *w = self;
	struct request *r;
	while ((r = mailbox_take(w->worker.in, -1)) != NULL) {
		while (r != NULL) {
			struct request *newest = take_newest(w), *next;
			if (newest != NULL) {
				request_free(r);
				r = newest;
			}
			next = speak_all(w, r);
			request_free(r);
			r = next;
		}
	}
	return NULL;
}

bool speech_worker_open(const struct speech_worker_options *options, struct speech_worker **out, struct err *err) {
	struct speech_worker *w = xcalloc(1, sizeof *w);
	w->timeout_ms = options->timeout_ms > 0 ? options->timeout_ms : USUAL_MS;
	w->news = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	struct worker_options worker = {.name = "the thread that reads aloud",
					.in_max = IN_MAX,
					.out_max = OUT_MAX,
					.wake = options->wake,
					.context = options->context,
					.run = run,
					.self = w};
	if (w->news < 0 || !worker_start(&w->worker, &worker, err)) {
		bool no_fd = w->news < 0;
		speech_worker_close(w);
		return no_fd ? err_errno(err, "no eventfd") : false;
	}
	*out = w;
	return true;
}

static void call(struct speech_worker *w) {
	uint64_t one = 1;
	if (write(w->news, &one, sizeof one) < 0) {
		return; /* its counter is full: it is readable all the same */
	}
}

void speech_worker_close(struct speech_worker *w) {
	if (w == NULL) {
		return;
	}
	worker_stop(&w->worker);
	if (w->news >= 0) {
		call(w);
	}
	worker_fini(&w->worker, request_free, message_free);
	if (w->news >= 0) {
		close(w->news);
	}
	free(w);
}

void speech_worker_say(struct speech_worker *w, struct speech *speech, uint64_t number) {
	struct request *r = xcalloc(1, sizeof *r);
	r->speech = *speech;
	r->number = number;
	*speech = (struct speech){0};
	if (!mailbox_put(w->worker.in, r)) { /* it is busy with ending the one before: what comes next is said */
		request_free(r);
	}
	call(w);
}

struct speech_message *speech_worker_take(struct speech_worker *w) {
	return mailbox_take(w->worker.out, 0);
}
