#include "net/guard.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/mailbox.h"

#define LOOK_MS 250

struct guard_entry {
	struct guard_entry *before, *after;
	int fd;
	bool busy;         /* a request is under way */
	struct mono_ms by; /* when it is late */
};

struct guard {
	struct guard_options options;
	pthread_t thread;
	struct mailbox *wakes; /* anything: there are connections again */
	pthread_mutex_t lock;  /* of what follows */
	struct guard_entry *first;
};

/* Shuts down what is late; false when there is nothing to look after. */
static bool look(struct guard *g) {
	int64_t now = clock_mono().v;
	pthread_mutex_lock(&g->lock);
	for (struct guard_entry *e = g->first; e != NULL; e = e->after) {
		/* Not closed: the descriptor is the server's, and its number could be another connection's a moment later. */
		if (e->by.v <= now) {
			shutdown(e->fd, SHUT_RDWR);
		}
	}
	bool any = g->first != NULL;
	pthread_mutex_unlock(&g->lock);
	return any;
}

static void *run(void *argument) {
	struct guard *g = argument;
	while (!mailbox_stopped(g->wakes)) {
		free(mailbox_take(g->wakes, look(g) ? LOOK_MS : -1));
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
	void *wake = was_empty ? xmalloc(1) : NULL;
	if (was_empty && !mailbox_put(g->wakes, wake)) {
		free(wake); /* one is on its way already */
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
