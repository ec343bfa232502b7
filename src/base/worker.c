#include "base/worker.h"

#include <string.h>

bool worker_start(struct worker *w, const struct worker_options *o, struct err *err) {
	*w = (struct worker){
		.in = o->in_max == 0 ? NULL : mailbox_open(o->in_max, NULL, NULL),
		.out = o->out_max == 0 ? NULL : mailbox_open(o->out_max, o->wake, o->context),
	};
	int failed = pthread_create(&w->thread, NULL, o->run, o->self);
	w->runs = failed == 0;
	return w->runs || err_set(err, ERR_SYSTEM, "%s cannot be started: %s", o->name, strerror(failed));
}

/* Both boxes: the thread may wait for an order, or for room in a box that nobody empties any more. */
void worker_stop(struct worker *w) {
	if (w->in != NULL) {
		mailbox_stop(w->in);
	}
	if (w->out != NULL) {
		mailbox_stop(w->out);
	}
}

void worker_join(struct worker *w) {
	if (w->runs) { /* else a second one would wake whoever takes for nothing */
		worker_stop(w);
		pthread_join(w->thread, NULL);
		w->runs = false;
	}
}

void worker_fini(struct worker *w, void (*drop_in)(void *), void (*drop_out)(void *)) {
	worker_join(w);
	mailbox_close(w->in, drop_in);
	mailbox_close(w->out, drop_out);
	*w = (struct worker){.runs = false};
}
