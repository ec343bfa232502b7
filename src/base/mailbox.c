#include "base/mailbox.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"

#undef clock_gettime /* a condition's deadline is given on its own clock */

struct mailbox {
	pthread_mutex_t lock;
	pthread_cond_t filled;
	pthread_cond_t emptied;
	mailbox_wake *wake;
	void *context;
	bool stopped;
	size_t cap, head, count;
	void *slots[];
};

struct mailbox *mailbox_open(size_t cap, mailbox_wake *wake, void *context) {
	struct mailbox *box = xcalloc(1, sizeof *box + cap * sizeof box->slots[0]);
	box->cap = cap;
	box->wake = wake;
	box->context = context;
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_mutex_init(&box->lock, NULL);
	pthread_cond_init(&box->filled, &attr);
	pthread_cond_init(&box->emptied, &attr);
	pthread_condattr_destroy(&attr);
	return box;
}

void mailbox_close(struct mailbox *box, void (*drop)(void *)) {
	if (box == NULL) {
		return;
	}
	for (size_t i = 0; i < box->count; i++) {
		(drop ? drop : free)(box->slots[(box->head + i) % box->cap]);
	}
	pthread_cond_destroy(&box->filled);
	pthread_cond_destroy(&box->emptied);
	pthread_mutex_destroy(&box->lock);
	free(box);
}

static bool put(struct mailbox *box, void *message, bool wait) {
	pthread_mutex_lock(&box->lock);
	while (wait && box->count == box->cap && !box->stopped) {
		pthread_cond_wait(&box->emptied, &box->lock);
	}
	bool ok = box->count < box->cap && !box->stopped;
	if (ok) {
		box->slots[(box->head + box->count++) % box->cap] = message;
		pthread_cond_signal(&box->filled);
	}
	pthread_mutex_unlock(&box->lock);
	if (ok && box->wake != NULL) {
		box->wake(box->context);
	}
	return ok;
}

bool mailbox_put(struct mailbox *box, void *message) { return put(box, message, false); }

bool mailbox_put_wait(struct mailbox *box, void *message) { return put(box, message, true); }

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
	while (box->count == 0 && !box->stopped && timeout_ms != 0) {
		if (timeout_ms < 0) {
			pthread_cond_wait(&box->filled, &box->lock);
		} else if (pthread_cond_timedwait(&box->filled, &box->lock, &deadline) != 0) {
			break;
		}
	}
	void *message = NULL;
	if (box->count > 0) {
		message = box->slots[box->head];
		box->head = (box->head + 1) % box->cap;
		box->count--;
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
