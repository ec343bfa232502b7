#include "kiosk/workers/self_test_worker.h"

#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/worker.h"
#include "store/store.h"

#define REQUESTS_MAX 4
#define MESSAGES_MAX 16
#define LESS_URGENT 5 /* of nice(2): cameras and scans come first */

struct request {
	struct self_test_question question;
	char *point;
};

struct self_test_worker {
	struct worker worker;
	char *path;
	int end; /* an eventfd: readable when the thread shall end */
};

/* The run at hand, for what a check asks of us. */
struct test_run {
	struct self_test_worker *w;
	uint64_t number;
};

static void request_free(void *request) {
	struct request *r = request;
	if (r != NULL) {
		free(r->point);
		free(r);
	}
}

void self_test_message_free(struct self_test_message *message) {
	if (message != NULL) {
		self_checked_fini(&message->checked);
		free(message);
	}
}

static void drop_message(void *message) { self_test_message_free(message); }

/* Waits for room: no line may be missing. Takes over what is in `checked`, which may be NULL. */
static void post(const struct test_run *run, enum self_test_kind kind, size_t check, const struct self_checked *checked) {
	struct self_test_message *m = xcalloc(1, sizeof *m);
	*m = (struct self_test_message){.kind = kind, .number = run->number, .check = check};
	if (checked != NULL) {
		m->checked = *checked;
	}
	if (!mailbox_put_wait(run->w->worker.out, m)) {
		self_test_message_free(m);
	}
}

static void ask_for_chime(void *context) { post(context, SELF_TEST_CHIME, 0, NULL); }

/* Returns the newer request that ended it, or NULL. */
static struct request *run_all(struct self_test_worker *w, const struct request *r) {
	const struct self_test_question *q = &r->question;
	struct test_run run = {w, q->number};
	struct self_sound sound = {.chime = ask_for_chime, .context = &run};
	struct err why = {0};
	struct request *newer = NULL;
	str_copy(sound.problem, sizeof sound.problem, q->sound_problem);
	struct self_subject subject = {.event = w->path,
				       .point = r->point,
				       .why = &why,
				       .own_camera = &q->camera,
				       .own_sound = &sound,
				       .clock_ahead_ms = q->clock_ahead_ms,
				       .clock_vouched = q->clock_vouched,
				       .stop_fd = w->end};
	subject.store = store_open(w->path, STORE_READ, "turnout-kiosk", &why);
	for (size_t i = 0; i < self_checks_count() && newer == NULL && !mailbox_stopped(w->worker.in); i++) {
		struct self_checked checked = {.verdict = SELF_FINE};
		post(&run, SELF_TEST_BEGINS, i, NULL);
		self_check_run(i, &subject, &checked);
		post(&run, SELF_TEST_DONE, i, &checked);
		newer = mailbox_take(w->worker.in, 0);
	}
	if (newer == NULL) {
		post(&run, SELF_TEST_OVER, 0, NULL);
	}
	store_close(subject.store);
	return newer;
}

static void *run(void *context) {
	struct self_test_worker *w = context;
	struct request *r;
	setpriority(PRIO_PROCESS, 0, LESS_URGENT); /* of this thread alone, on Linux */
	while ((r = mailbox_take(w->worker.in, -1)) != NULL) {
		while (r != NULL) {
			struct request *newer = mailbox_stopped(w->worker.in) ? NULL : run_all(w, r);
			request_free(r);
			r = newer;
		}
	}
	return NULL;
}

/* What a check waits for ends. */
static void call(struct self_test_worker *w) {
	const uint64_t one = 1;
	if (w->end < 0 || write(w->end, &one, sizeof one) < 0) {
		return; /* its counter is full: it is readable all the same */
	}
}

bool self_test_worker_open(const struct self_test_worker_options *options, struct self_test_worker **out, struct err *err) {
	struct self_test_worker *w = xcalloc(1, sizeof *w);
	w->path = xstrdup(options->path);
	w->end = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	struct worker_options worker = {.name = "the thread of the self-test",
					.in_max = REQUESTS_MAX,
					.out_max = MESSAGES_MAX,
					.wake = options->wake,
					.context = options->context,
					.run = run,
					.self = w};
	if (w->end < 0 || !worker_start(&w->worker, &worker, err)) {
		bool no_fd = w->end < 0;
		self_test_worker_close(w);
		return no_fd ? err_errno(err, "no eventfd") : false;
	}
	*out = w;
	return true;
}

void self_test_worker_close(struct self_test_worker *w) {
	if (w == NULL) {
		return;
	}
	worker_stop(&w->worker);
	call(w);
	worker_fini(&w->worker, request_free, drop_message);
	if (w->end >= 0) {
		close(w->end);
	}
	free(w->path);
	free(w);
}

bool self_test_worker_ask(struct self_test_worker *w, const struct self_test_question *question) {
	struct request *r = xcalloc(1, sizeof *r);
	r->question = *question;
	r->point = xstrdup(question->point);
	if (mailbox_put(w->worker.in, r)) {
		return true;
	}
	request_free(r);
	return false;
}

struct self_test_message *self_test_worker_take(struct self_test_worker *w) {
	return mailbox_take(w->worker.out, 0);
}
