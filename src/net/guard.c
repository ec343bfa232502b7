#include "net/guard.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/mailbox.h"

#define LOOK_MS 250
#define LOOK_KEPT_MS 20 /* while an answer is kept back */

struct guard_entry {
	struct guard_entry *before, *after;
	int fd;
	bool busy;          /* a request is under way */
	struct mono_ms by;  /* when it is late */
	guard_go_on *go_on; /* of an answer that is kept back, else NULL */
	void *context;
	struct mono_ms kept_until;
};

struct guard {
	struct guard_options options;
	pthread_t thread;
	struct mailbox *wakes; /* anything: there are connections again */
	pthread_mutex_t lock;  /* of what follows */
	struct guard_entry *first;
	size_t kept;
	bool keeps_none;
};

/* Lets those go on whose time has come, or all. Each call is made with the lock given up, after which any entry may be gone: the list is walked
 * from its beginning again. */
static void let_go(struct guard *g, int64_t now) {
	pthread_mutex_lock(&g->lock);
	for (struct guard_entry *e = g->first; e != NULL && g->kept != 0;) {
		guard_go_on *go_on = e->go_on;
		void *context = e->context;
		if (go_on == NULL || (e->kept_until.v > now && !g->keeps_none)) {
			e = e->after;
			continue;
		}
		e->go_on = NULL;
		pthread_mutex_unlock(&g->lock);
		go_on(context);
		pthread_mutex_lock(&g->lock);
		g->kept--;
		e = g->first; /* others may have gone */
	}
	pthread_mutex_unlock(&g->lock);
}

/* Shuts down what is late; how long nothing is to be done, -1: for as long as nobody comes. */
static int look(struct guard *g) {
	int64_t now = clock_mono().v;
	let_go(g, now);
	pthread_mutex_lock(&g->lock);
	for (struct guard_entry *e = g->first; e != NULL; e = e->after) {
		/* Not closed: the descriptor is the server's, and its number could be another connection's a moment later. */
		if (e->by.v <= now) {
			shutdown(e->fd, SHUT_RDWR);
		}
	}
	int wait_ms = g->kept != 0 ? LOOK_KEPT_MS : g->first != NULL ? LOOK_MS : -1;
	pthread_mutex_unlock(&g->lock);
	return wait_ms;
}

static void *run(void *argument) {
	struct guard *g = argument;
	while (!mailbox_stopped(g->wakes)) {
		free(mailbox_take(g->wakes, look(g)));
	}
	return NULL;
}

bool guard_open(const struct guard_options *options, struct guard **out, struct err *err) {
	struct guard *g = xcalloc(1, sizeof *g);
	g->options = *options;
	g->wakes = mailbox_open(1, NULL, NULL);
	pthread_mutex_init(&g->lock, NULL);
	if (pthread_create(&g->thread, NULL, run, g) != 0) {
		pthread_mutex_destroy(&g->lock);
		mailbox_close(g->wakes, NULL);
		free(g);
		return err_set(err, ERR_SYSTEM, "the server's second thread cannot be started");
	}
	*out = g;
	return true;
}

void guard_close(struct guard *g) {
	if (g == NULL) {
		return;
	}
	mailbox_stop(g->wakes);
	pthread_join(g->thread, NULL);
	mailbox_close(g->wakes, NULL);
	pthread_mutex_destroy(&g->lock);
	free(g);
}

static void wake(struct guard *g) {
	void *one = xmalloc(1);
	if (!mailbox_put(g->wakes, one)) {
		free(one); /* one is on its way already */
	}
}

struct guard_entry *guard_add(struct guard *g, int fd, int64_t ms) {
	struct guard_entry *e = xcalloc(1, sizeof *e);
	e->fd = fd;
	e->by.v = clock_mono().v + (ms > 0 ? ms : g->options.request_ms);
	pthread_mutex_lock(&g->lock);
	bool was_empty = g->first == NULL;
	e->after = g->first;
	if (g->first != NULL) {
		g->first->before = e;
	}
	g->first = e;
	pthread_mutex_unlock(&g->lock);
	if (was_empty) {
		wake(g);
	}
	return e;
}

void guard_remove(struct guard *g, struct guard_entry *e) {
	pthread_mutex_lock(&g->lock);
	if (e->before != NULL) {
		e->before->after = e->after;
	} else {
		g->first = e->after;
	}
	if (e->after != NULL) {
		e->after->before = e->before;
	}
	pthread_mutex_unlock(&g->lock);
	free(e);
}

/* The time a connection was given by guard_add or guard_end runs on. */
void guard_begin(struct guard *g, struct guard_entry *e) {
	pthread_mutex_lock(&g->lock);
	e->busy = true;
	pthread_mutex_unlock(&g->lock);
}

static void give(struct guard *g, struct guard_entry *e, int64_t ms) {
	int64_t by = clock_mono().v + ms;
	pthread_mutex_lock(&g->lock);
	e->by.v = by;
	pthread_mutex_unlock(&g->lock);
}

void guard_answer(struct guard *g, struct guard_entry *e, int64_t ms) { give(g, e, ms > 0 ? ms : g->options.request_ms); }

void guard_end(struct guard *g, struct guard_entry *e) {
	/* When the next request's first byte comes is not told, so its time starts here, with the longest pause added. */
	give(g, e, g->options.idle_ms + g->options.request_ms);
	pthread_mutex_lock(&g->lock);
	e->busy = false;
	pthread_mutex_unlock(&g->lock);
}

bool guard_keep_back(struct guard *g, struct guard_entry *e, int64_t ms, guard_go_on *go_on, void *context) {
	int64_t now = clock_mono().v;
	pthread_mutex_lock(&g->lock);
	bool kept = !g->keeps_none;
	if (kept) {
		e->by.v += ms;
		e->go_on = go_on;
		e->context = context;
		e->kept_until.v = now + ms;
		g->kept++;
	}
	bool first = kept && g->kept == 1;
	pthread_mutex_unlock(&g->lock);
	if (first) {
		wake(g);
	}
	return kept;
}

static bool keeps_some(struct guard *g) {
	pthread_mutex_lock(&g->lock);
	bool some = g->kept != 0;
	pthread_mutex_unlock(&g->lock);
	return some;
}

void guard_let_go(struct guard *g) {
	pthread_mutex_lock(&g->lock);
	g->keeps_none = true;
	pthread_mutex_unlock(&g->lock);
	let_go(g, 0);
	while (keeps_some(g)) { /* one that the guard's thread was just letting go */
		clock_sleep_ms(1);
	}
}

size_t guard_cut_idle(struct guard *g) {
	size_t busy = 0;
	pthread_mutex_lock(&g->lock);
	for (struct guard_entry *e = g->first; e != NULL; e = e->after) {
		if (e->busy) {
			busy++;
		} else {
			shutdown(e->fd, SHUT_RDWR);
		}
	}
	pthread_mutex_unlock(&g->lock);
	return busy;
}
