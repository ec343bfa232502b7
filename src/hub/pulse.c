#include "hub/pulse.h"

void pulse_init(struct pulse *pulse) {
	*pulse = (struct pulse){.known = false};
	pthread_mutex_init(&pulse->busy, NULL);
	pthread_cond_init(&pulse->felt, NULL);
}

void pulse_fini(struct pulse *pulse) {
	pthread_cond_destroy(&pulse->felt);
	pthread_mutex_destroy(&pulse->busy);
}

/* Without the lock: a store that hangs holds up nobody who can be told what was known. */
static void feel(struct pulse *pulse, pulse_fn *try, void *context) {
	struct err err = {0};
	pulse->trying = true;
	pthread_mutex_unlock(&pulse->busy);
	bool ok = try(context, &err);
	pthread_mutex_lock(&pulse->busy);
	pulse->trying = false;
	pulse->known = true;
	pulse->ok = ok;
	pulse->err = err;
	pulse->at = clock_mono();
	pthread_cond_broadcast(&pulse->felt);
}

bool pulse_feel(struct pulse *pulse, pulse_fn *try, void *context, struct err *err) {
	pthread_mutex_lock(&pulse->busy);
	if (!pulse->trying && (!pulse->known || clock_mono().v - pulse->at.v >= PULSE_MS)) {
		feel(pulse, try, context);
	}
	while (!pulse->known) {
		pthread_cond_wait(&pulse->felt, &pulse->busy);
	}
	bool ok = pulse->ok || err_give(err, &pulse->err);
	pthread_mutex_unlock(&pulse->busy);
	return ok;
}
