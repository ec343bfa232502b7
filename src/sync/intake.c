#include "sync/intake.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"

/* --- checking ------------------------------------------------------------------------------------------------------------------------- */

#define WORTH_A_THREAD 16 /* runs: to check one takes about as long as to start a thread, and the first has to be waited for */

/* Runs below `done` are the taker's, those from there on the checking thread's. */
struct checker {
	pthread_t thread;
	pthread_mutex_t busy; /* guards what follows */
	pthread_cond_t moved;
	size_t done;
	bool stop;

	struct message_run *runs;
	size_t count;
	struct run_event event;
};

struct check {
	bool whole; /* every run so far of this piece could be hashed; `last` is the hash of its last record */
	struct hash last;
};

static void check_one(struct check *c, struct message_run *m, const struct run_event *event) {
	struct err ignored = {0}; /* taking the run will say it again */
	/* The hash before it is that of the run before; where that could not be hashed neither can this one. */
	if (m->follows && c->whole) {
		m->run.before = c->last;
	}
	c->whole = (!m->follows || c->whole) && run_hash(&m->run, event, &ignored);
	if (c->whole) {
		c->last = m->run.hashes[m->run.count - 1];
		run_check_signature(&m->run);
	}
}

static bool move_on(struct checker *k, size_t done) {
	pthread_mutex_lock(&k->busy);
	k->done = done;
	bool stop = k->stop;
	pthread_cond_signal(&k->moved);
	pthread_mutex_unlock(&k->busy);
	return !stop;
}

static void *check_all(void *context) {
	struct checker *k = context;
	struct check c = {.whole = false};
	for (size_t i = 0; i < k->count; i++) {
		check_one(&c, &k->runs[i], &k->event);
		if (!move_on(k, i + 1)) {
			break;
		}
	}
	return NULL;
}

static struct checker *start(struct intake *intake, const struct run_event *event) {
	struct checker *k = xcalloc(1, sizeof *k);
	*k = (struct checker){.runs = intake->runs, .count = intake->count, .event = *event};
	pthread_mutex_init(&k->busy, NULL);
	pthread_cond_init(&k->moved, NULL);
	if (pthread_create(&k->thread, NULL, check_all, k) == 0) {
		return k;
	}
	pthread_cond_destroy(&k->moved);
	pthread_mutex_destroy(&k->busy);
	free(k);
	return NULL;
}

void intake_check(struct intake *intake, const struct run_event *event) {
	struct check c = {.whole = false};
	intake->checker = intake->count < WORTH_A_THREAD ? NULL : start(intake, event);
	for (size_t i = 0; intake->checker == NULL && i < intake->count; i++) {
		check_one(&c, &intake->runs[i], event);
	}
}

/* When taking was broken off the thread ends after the run that it is at. */
void intake_checked(struct intake *intake) {
	struct checker *k = intake->checker;
	if (k == NULL) {
		return;
	}
	pthread_mutex_lock(&k->busy);
	k->stop = true;
	pthread_mutex_unlock(&k->busy);
	pthread_join(k->thread, NULL);
	pthread_cond_destroy(&k->moved);
	pthread_mutex_destroy(&k->busy);
	free(k);
	intake->checker = NULL;
}

/* The i-th run, as soon as the checking thread is through with it; from then on that thread does not touch it any more. */
static struct message_run *await(struct intake *intake, size_t i) {
	struct checker *k = intake->checker;
	if (k != NULL) {
		pthread_mutex_lock(&k->busy);
		while (k->done <= i) {
			pthread_cond_wait(&k->moved, &k->busy);
		}
		pthread_mutex_unlock(&k->busy);
	}
	return &intake->runs[i];
}

/* --- taking --------------------------------------------------------------------------------------------------------------------------- */

/* True when the error is the run's own fault; else the replica itself failed. */
static bool note_wrong(struct run_fate *fate, const struct err *err) {
	if (err->kind != ERR_INPUT && err->kind != ERR_REFUSED) {
		return false;
	}
	fate->wrong = true;
	str_copy(fate->why, sizeof fate->why, err->text);
	return true;
}

/* Before all runs: a run whose bodies are missing is taken only where the erasure is known already (invariant 6). */
static bool take_proofs(struct intake *intake, const struct intake_ops *ops, void *self, struct err *err) {
	for (size_t i = 0; i < intake->count; i++) {
		struct err wrong = {0};
		if (!intake->runs[i].proof) {
			continue;
		}
		struct message_run *m = await(intake, i);
		if (!ops->prove(self, &m->run, m->text, &wrong) && !note_wrong(&intake->fates[i], &wrong)) {
			err_give(err, &wrong);
			return false;
		}
	}
	return true;
}

/* False when the run is to be left out. A run that follows another in its piece is sent without the hash of the record before it. That is
 * the end of the run before, so it can be taken only when that one was. */
static bool comes_next(const struct intake *intake, size_t i, struct message_run *m) {
	struct run_fate *fate = &intake->fates[i];
	if (!m->follows || i == 0) {
		return true;
	}
	const struct run_fate *last = &intake->fates[i - 1];
	fate->failed = last->wrong || last->failed || last->result.outcome > MERGE_KNOWN;
	if (m->run.hashes == NULL) {
		m->run.before = last->result.head;
	}
	return !fate->failed;
}

bool intake_run(struct intake *intake, const struct intake_ops *ops, void *self, struct err *err) {
	if (!take_proofs(intake, ops, self, err)) {
		return false;
	}
	for (size_t i = 0; i < intake->count; i++) {
		struct run_fate *fate = &intake->fates[i];
		struct message_run *m = await(intake, i);
		struct err wrong = {0};
		if (!halt_not(intake->halt, err)) {
			return false;
		}
		if (!m->proof && comes_next(intake, i, m) && !ops->merge(self, &m->run, &fate->result, &wrong) &&
		    !note_wrong(fate, &wrong)) {
			err_give(err, &wrong);
			return false;
		}
	}
	return true;
}
