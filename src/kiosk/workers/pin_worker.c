#include "kiosk/workers/pin_worker.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "base/worker.h"

#define WAITING_MAX 4

struct request {
	uint64_t number;
	struct hash event;
	char digits[STAFF_OWN_PIN_MAX + 1];
};

struct pin_worker {
	struct worker worker;
};

static void free_request(void *request) {
	crypto_wipe(request, sizeof(struct request));
	free(request);
}

void pin_message_free(struct pin_message *message) {
	if (message != NULL) {
		crypto_wipe(message, sizeof *message);
		free(message);
	}
}

static void free_message(void *message) { pin_message_free(message); }

static void *run(void *context) {
	struct pin_worker *w = context;
	struct request *r;
	while ((r = mailbox_take(w->worker.in, -1)) != NULL) {
		struct pin_message *m = xcalloc(1, sizeof *m);
		m->number = r->number;
		if (!staff_pin_hash(&r->event, r->digits, m->hash)) {
			log_warn("kiosk", "a PIN cannot be looked at: 7 MiB of memory are wanted for that");
			m->hash[0] = '\0';
		}
		free_request(r);
		if (!mailbox_put(w->worker.out, m)) {
			pin_message_free(m);
		}
	}
	return NULL;
}

bool pin_worker_open(mailbox_wake *wake, void *context, struct pin_worker **out, struct err *err) {
	struct pin_worker *w = xcalloc(1, sizeof *w);
	struct worker_options options = {.name = "the thread that looks at PINs",
					 .in_max = WAITING_MAX,
					 .out_max = WAITING_MAX,
					 .wake = wake,
					 .context = context,
					 .run = run,
					 .self = w};
	if (!worker_start(&w->worker, &options, err)) {
		pin_worker_close(w);
		return false;
	}
	*out = w;
	return true;
}

void pin_worker_close(struct pin_worker *w) {
	if (w != NULL) {
		worker_join(&w->worker);
		worker_fini(&w->worker, free_request, free_message);
		free(w);
	}
}

bool pin_worker_ask(struct pin_worker *w, const struct hash *event, const char *digits, uint64_t number) {
	struct request *r = xcalloc(1, sizeof *r);
	r->number = number;
	r->event = *event;
	if (str_copy(r->digits, sizeof r->digits, digits) && mailbox_put(w->worker.in, r)) {
		return true;
	}
	free_request(r);
	return false;
}

struct pin_message *pin_worker_take(struct pin_worker *w) {
	return mailbox_take(w->worker.out, 0);
}
