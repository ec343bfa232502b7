#include "kiosk/workers/desk_worker.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/workers/desk_thread.h"
#include "kiosk/workers/loan.h"

#define REQUESTS_MAX DESK_TOGETHER_MAX
#define MESSAGES_MAX 256
#define CHANNELS_MAX 8

struct desk_worker {
	struct worker worker;
	struct desk_thread thread; /* its own, while it runs */
	struct channel *channels[CHANNELS_MAX];
	size_t channel_count;
	struct loan *loan;
};

static void drop_message(void *m) { desk_message_free(m); }

static void release(struct desk_worker *w) {
	worker_fini(&w->worker, desk_request_free, drop_message);
	free(w->thread.path);
	free(w->thread.point);
	free(w->thread.now);
	free(w);
}

static bool send_loan(void *context, struct loan_request *request) {
	struct desk_worker *w = context;
	struct desk_request *r = xcalloc(1, sizeof *r + 1);
	r->kind = REQUEST_LOAN;
	r->loan_request = request;
	/* Behind every scan: a visitor waits for the one, a command for the other. */
	if (mailbox_put_second(w->worker.in, r)) {
		return true;
	}
	free(r);
	return false;
}

bool desk_worker_open(const struct desk_worker_options *options, struct desk_worker **out, struct err *err) {
	struct desk_worker *w = xcalloc(1, sizeof *w);
	w->thread.path = xstrdup(options->path);
	w->thread.point = xstrdup(options->point);
	w->thread.now = options->now == NULL ? NULL : xstrdup(options->now);
	w->thread.worker = &w->worker;
	struct worker_options worker = {.name = "the store thread",
					.in_max = REQUESTS_MAX,
					.out_max = MESSAGES_MAX,
					.wake = options->wake,
					.context = options->context,
					.run = desk_thread_run,
					.self = &w->thread};
	if (!worker_start(&w->worker, &worker, err)) {
		release(w);
		return false;
	}
	w->loan = loan_open(options->path, send_loan, w);
	*out = w;
	return true;
}

void desk_worker_close(struct desk_worker *w) {
	if (w == NULL) {
		return;
	}
	loan_stop(w->loan);
	/* The thread first: until it has ended it may answer on any of them. */
	worker_join(&w->worker);
	loan_close(w->loan);
	for (size_t i = 0; i < w->channel_count; i++) {
		channel_close(w->channels[i]);
	}
	release(w);
}

static bool send(struct desk_worker *w, struct desk_request *r) {
	if (mailbox_put(w->worker.in, r)) {
		return true;
	}
	desk_request_free(r);
	return false;
}

bool desk_worker_scan(struct desk_worker *w, const char *text, size_t n, const char *how, int64_t taken_us) {
	struct desk_request *r = xcalloc(1, sizeof *r + n + 1);
	r->how = how;
	r->taken_us = taken_us;
	r->n = n;
	memcpy(r->text, text, n);
	return send(w, r);
}

bool desk_worker_sign_in(struct desk_worker *w, const struct desk_sign_in *sign_in) {
	size_t n = strlen(sign_in->person);
	struct desk_request *r = xcalloc(1, sizeof *r + n + 1);
	r->how = sign_in->how;
	r->person = true;
	r->n = n;
	str_copy(r->by, sizeof r->by, str_or_empty(sign_in->by));
	str_copy(r->although, sizeof r->although, str_or_empty(sign_in->although));
	memcpy(r->text, sign_in->person, n);
	return send(w, r);
}

bool desk_worker_visitor(struct desk_worker *w, struct visitor *visitor) {
	struct desk_request *r = xcalloc(1, sizeof *r + 1);
	r->kind = REQUEST_VISITOR;
	r->visitor = visitor;
	return send(w, r);
}

bool desk_worker_set_clock(struct desk_worker *w, struct utc_ms now, bool forced) {
	struct desk_request *r = xcalloc(1, sizeof *r + 1);
	r->kind = REQUEST_CLOCK;
	r->forced = forced;
	r->now = now;
	r->set = clock_mono();
	return send(w, r);
}

bool desk_worker_set_point(struct desk_worker *w, const char *session) {
	size_t n = strlen(session);
	struct desk_request *r = xcalloc(1, sizeof *r + n + 1);
	r->kind = REQUEST_POINT;
	memcpy(r->text, session, n);
	return send(w, r);
}

bool desk_worker_help(struct desk_worker *w) {
	struct desk_request *r = xcalloc(1, sizeof *r + 1);
	r->kind = REQUEST_HELP;
	return send(w, r);
}

bool desk_worker_helped(struct desk_worker *w, const struct help_close *call) {
	const char *by = str_or_empty(call->by);
	size_t n = strlen(by);
	struct desk_request *r = xcalloc(1, sizeof *r + n + 1);
	r->kind = REQUEST_HELPED;
	r->log = *call->log;
	r->seq = call->seq;
	memcpy(r->text, by, n);
	return send(w, r);
}

bool desk_worker_deed(struct desk_worker *w, const struct deed *deed) {
	struct desk_request *r = xcalloc(1, sizeof *r + 1);
	r->kind = REQUEST_DEED;
	r->deed = xcalloc(1, sizeof *deed);
	*r->deed = *deed;
	return send(w, r);
}

bool desk_worker_own(struct desk_worker *w, uint64_t number) {
	struct desk_request *r = xcalloc(1, sizeof *r + 1);
	r->kind = REQUEST_OWN;
	r->number = number;
	return send(w, r);
}

bool desk_worker_group(struct desk_worker *w, const struct group_sign_in *group) {
	struct desk_request *r = xcalloc(1, sizeof *r + 1);
	r->kind = REQUEST_GROUP;
	r->group = xcalloc(1, sizeof *group);
	*r->group = *group;
	return send(w, r);
}

bool desk_worker_label(struct desk_worker *w, const char *person, bool again, const char *by) {
	size_t n = strlen(person);
	struct desk_request *r = xcalloc(1, sizeof *r + n + 1);
	r->kind = REQUEST_LABEL;
	r->again = again;
	str_copy(r->by, sizeof r->by, by);
	memcpy(r->text, person, n);
	/* Behind every scan: a visitor waits for the one, nobody for the other. */
	if (mailbox_put_second(w->worker.in, r)) {
		return true;
	}
	desk_request_free(r);
	return false;
}

static bool send_to_store(void *context, struct channel_request *request) {
	struct desk_worker *w = context;
	struct desk_request *r = xcalloc(1, sizeof *r + 1);
	r->kind = REQUEST_CHANNEL;
	r->channel_request = request;
	/* Behind every scan: a visitor waits for the one, a network for the other. */
	if (mailbox_put_second(w->worker.in, r)) {
		return true;
	}
	free(r);
	return false;
}

struct channel *desk_worker_channel(struct desk_worker *w) {
	if (w->channel_count == CHANNELS_MAX) {
		abort(); /* a fault of this program */
	}
	return w->channels[w->channel_count++] = channel_open(send_to_store, w);
}

struct desk_message *desk_worker_take(struct desk_worker *w) {
	return mailbox_take(w->worker.out, 0);
}
