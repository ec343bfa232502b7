#include "kiosk/workers/device_worker.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "base/worker.h"
#include "station/backlight.h"

#define WAITING_MAX 32 /* more than a finger sets while a slow disk writes once */

struct request {
	int percent; /* of light; 0: changes are to be kept */
	size_t count;
	struct device_change changes[DEVICE_CHANGES_MAX];
};

struct device_worker {
	struct worker worker;
};

static void keep(const struct request *r, struct device_message *m) {
	struct err err = {0};
	char warning[ERR_TEXT_MAX];
	m->kind = DEVICE_KEPT;
	if (!device_keep(r->changes, r->count, warning, &err)) {
		str_copy(m->text, sizeof m->text, err.text);
	}
	if (warning[0] != '\0') {
		log_warn("kiosk", "%s", warning);
	}
}

static void light(const struct request *r, struct device_message *m) {
	struct err err = {0};
	m->kind = DEVICE_LIT;
	m->lit = backlight_set(backlight_folder(), r->percent, &err) > 0;
	str_copy(m->text, sizeof m->text, m->lit ? "" : err.text);
}

static void *run(void *context) {
	struct device_worker *w = context;
	struct request *r;
	while ((r = mailbox_take(w->worker.in, -1)) != NULL) {
		struct device_message *m = xcalloc(1, sizeof *m);
		(r->percent > 0 ? light : keep)(r, m);
		free(r);
		if (!mailbox_put(w->worker.out, m)) {
			free(m);
		}
	}
	return NULL;
}

bool device_worker_open(mailbox_wake *wake, void *context, struct device_worker **out, struct err *err) {
	struct device_worker *w = xcalloc(1, sizeof *w);
	struct worker_options options = {.name = "the thread that keeps the box's settings",
					 .in_max = WAITING_MAX,
					 .out_max = WAITING_MAX,
					 .wake = wake,
					 .context = context,
					 .run = run,
					 .self = w};
	if (!worker_start(&w->worker, &options, err)) {
		device_worker_close(w);
		return false;
	}
	*out = w;
	return true;
}

void device_worker_close(struct device_worker *w) {
	if (w != NULL) {
		worker_join(&w->worker);
		worker_fini(&w->worker, NULL, NULL);
		free(w);
	}
}

static bool ask(struct device_worker *w, struct request *r) {
	bool taken = mailbox_put(w->worker.in, r);
	if (!taken) {
		free(r);
	}
	return taken;
}

bool device_worker_keep(struct device_worker *w, const struct device_change *changes, size_t count) {
	struct request *r = xcalloc(1, sizeof *r);
	r->count = count < DEVICE_CHANGES_MAX ? count : DEVICE_CHANGES_MAX;
	memcpy(r->changes, changes, r->count * sizeof *changes);
	return ask(w, r);
}

bool device_worker_light(struct device_worker *w, int percent) {
	struct request *r = xcalloc(1, sizeof *r);
	r->percent = percent;
	return ask(w, r);
}

struct device_message *device_worker_take(struct device_worker *w) {
	return mailbox_take(w->worker.out, 0);
}
