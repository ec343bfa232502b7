#include "kiosk/stop_signal.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/alloc.h"

struct stop_signal {
	pthread_t thread;
	bool runs;
	int signals, end; /* a signalfd; an eventfd: the thread is to end */
	atomic_bool came;
	void (*wake)(void *context);
	void *context;
};

static void *wait(void *context) {
	struct stop_signal *stop = context;
	struct pollfd fds[] = {{.fd = stop->signals, .events = POLLIN}, {.fd = stop->end, .events = POLLIN}};
	while (poll(fds, 2, -1) < 0) {
	}
	if (fds[1].revents == 0) {
		atomic_store(&stop->came, true);
		stop->wake(stop->context);
	}
	return NULL;
}

bool stop_signal_open(void (*wake)(void *context), void *context, struct stop_signal **out, struct err *err) {
	struct stop_signal *stop = xcalloc(1, sizeof *stop);
	sigset_t set;
	*stop = (struct stop_signal){.signals = -1, .end = eventfd(0, EFD_CLOEXEC), .wake = wake, .context = context};
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	stop->signals = signalfd(-1, &set, SFD_CLOEXEC);
	stop->runs = stop->end >= 0 && stop->signals >= 0 && pthread_create(&stop->thread, NULL, wait, stop) == 0;
	if (!stop->runs) {
		stop_signal_close(stop);
		return err_errno(err, "nobody can wait for signals");
	}
	*out = stop;
	return true;
}

bool stop_signal_came(const struct stop_signal *stop) { return atomic_load(&stop->came); }

void stop_signal_close(struct stop_signal *stop) {
	uint64_t one = 1;
	if (stop == NULL) {
		return;
	}
	if (stop->runs && write(stop->end, &one, sizeof one) == sizeof one) {
		pthread_join(stop->thread, NULL);
	}
	if (stop->end >= 0) {
		close(stop->end);
	}
	if (stop->signals >= 0) {
		close(stop->signals);
	}
	free(stop);
}
