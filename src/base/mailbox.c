#include "base/mailbox.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"

#undef clock_gettime /* a condition's deadline is given on its own clock */

#define LANES 2

struct lane {
	size_t head, count;
	void **slots;
};

struct mailbox {
	pthread_mutex_t lock;
	pthread_cond_t filled;
	pthread_cond_t emptied;
	mailbox_wake *wake;
	void *context;
	bool stopped;
	size_t cap;
	struct lane lanes[LANES];
	void *slots[];
};

struct mailbox *mailbox_open(size_t cap, mailbox_wake *wake, void *context) {
	struct mailbox *box = xcalloc(1, sizeof *box + LANES * cap * sizeof box->slots[0]);
	box->cap = cap;
	for (size_t i = 0; i < LANES; i++) {
		box->lanes[i].slots = box->slots + i * cap;
	}
	box->wake = wake;
	box->context = context;
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	/* Else setting the machine's clock would lengthen or shorten a wait. */
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_mutex_init(&box->lock, NULL);
	pthread_cond_init(&box->filled, &attr);
	pthread_cond_init(&box->emptied, &attr);
	pthread_condattr_destroy(&attr);
	return box;
}

static void *take_next(struct mailbox *box) {
	struct lane *lane = box->lanes;
	while (lane < box->lanes + LANES && lane->count == 0) {
		lane++;
	}
	if (lane == box->lanes + LANES) {
		return NULL;
	}
	void *message = lane->slots[lane->head];
	lane->head = (lane->head + 1) % box->cap;
	lane->count--;
	return message;
}

void mailbox_close(struct mailbox *box, void (*drop)(void *)) {
	if (box == NULL) {
		return;
	}
	for (void *message; (message = take_next(box)) != NULL;) {
		(drop ? drop : free)(message);
	}
	pthread_cond_destroy(&box->filled);
	pthread_cond_destroy(&box->emptied);
	pthread_mutex_destroy(&box->lock);
	free(box);
}

static bool put(struct mailbox *box, struct lane *lane, void *message, bool wait) {
	pthread_mutex_lock(&box->lock);
	while (wait && lane->count == box->cap && !box->stopped) {
		pthread_cond_wait(&box->emptied, &box->lock);
	}
	bool ok = lane->count < box->cap && !box->stopped;
	if (ok) {
		lane->slots[(lane->head + lane->count++) % box->cap] = message;
		pthread_cond_signal(&box->filled);
	}
	pthread_mutex_unlock(&box->lock);
	/* Outside the lock: what it calls may take from this very box. */
	if (ok && box->wake != NULL) {
		box->wake(box->context);
	}
	return ok;
}

bool mailbox_put(struct mailbox *box, void *message) { return put(box, &box->lanes[0], message, false); }

bool mailbox_put_second(struct mailbox *box, void *message) { return put(box, &box->lanes[1], message, false); }

bool mailbox_put_wait(struct mailbox *box, void *message) { return put(box, &box->lanes[0], message, true); }

static struct timespec deadline_after(int ms) {
	struct timespec ts = {0};
	clock_gettime(CLOCK_MONOTONIC, &ts);
	int64_t nanoseconds = ts.tv_nsec + (int64_t)(ms % 1000) * 1000000;
	ts.tv_sec += ms / 1000 + nanoseconds / 1000000000;
	ts.tv_nsec = nanoseconds % 1000000000;
	return ts;
}

void *mailbox_take(struct mailbox *box, int timeout_ms) {
	struct timespec deadline = timeout_ms > 0 ? deadline_after(timeout_ms) : (struct timespec){0};
	pthread_mutex_lock(&box->lock);
	void *message;
	while ((message = take_next(box)) == NULL && !box->stopped && timeout_ms != 0) {
		if (timeout_ms < 0) {
			pthread_cond_wait(&box->filled, &box->lock);
		} else if (pthread_cond_timedwait(&box->filled, &box->lock, &deadline) != 0) {
			message = take_next(box); /* one may have come just as the time was up */
			break;
		}
	}
	if (message != NULL) {
		pthread_cond_signal(&box->emptied);
	}
	pthread_mutex_unlock(&box->lock);
	return message;
}

void mailbox_stop(struct mailbox *box) {
	pthread_mutex_lock(&box->lock);
	box->stopped = true;
	pthread_cond_broadcast(&box->filled);
	pthread_cond_broadcast(&box->emptied);
	pthread_mutex_unlock(&box->lock);
	if (box->wake != NULL) {
		box->wake(box->context);
	}
}

bool mailbox_stopped(struct mailbox *box) {
	pthread_mutex_lock(&box->lock);
	bool stopped = box->stopped;
	pthread_mutex_unlock(&box->lock);
	return stopped;
}
