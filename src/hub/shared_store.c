#include "hub/shared_store.h"

#include "sync/replica_store.h"

void shared_store_init(struct shared_store *shared) {
	*shared = (struct shared_store){.end = &shared->first};
	pthread_mutex_init(&shared->busy, NULL);
	pthread_mutex_init(&shared->queue, NULL);
	pthread_cond_init(&shared->moved, NULL);
}

void shared_store_fini(struct shared_store *shared) {
	store_close(shared->store);
	pthread_cond_destroy(&shared->moved);
	pthread_mutex_destroy(&shared->queue);
	pthread_mutex_destroy(&shared->busy);
}

static bool is_open(const struct shared_store *shared, struct err *err) {
	return shared->store != NULL || err_set(err, ERR_BUSY, "the event file is away");
}

/* --- one call, one lock --------------------------------------------------------------------------------------------------------------------- */

static bool heads(void *self, struct heads *out, struct err *err) {
	struct shared_store *shared = self;
	pthread_mutex_lock(&shared->busy);
	bool ok = is_open(shared, err) && replica_store_ops.heads(shared->store, out, err);
	pthread_mutex_unlock(&shared->busy);
	return ok;
}

static bool digest(void *self, struct hash *out, struct err *err) {
	struct shared_store *shared = self;
	pthread_mutex_lock(&shared->busy);
	bool ok = is_open(shared, err) && replica_store_ops.digest(shared->store, out, err);
	pthread_mutex_unlock(&shared->busy);
	return ok;
}

static bool heads_of(void *self, const struct hash *log, struct heads *out, struct err *err) {
	struct shared_store *shared = self;
	pthread_mutex_lock(&shared->busy);
	bool ok = is_open(shared, err) && replica_store_ops.heads_of(shared->store, log, out, err);
	pthread_mutex_unlock(&shared->busy);
	return ok;
}

static bool hash_at(void *self, int64_t chain, uint64_t seq, struct hash *out, bool *found, struct err *err) {
	struct shared_store *shared = self;
	pthread_mutex_lock(&shared->busy);
	bool ok = is_open(shared, err) && replica_store_ops.hash_at(shared->store, chain, seq, out, found, err);
	pthread_mutex_unlock(&shared->busy);
	return ok;
}

static bool read(void *self, const struct head *head, uint64_t from, const struct run_visitor *visitor, struct err *err) {
	struct shared_store *shared = self;
	pthread_mutex_lock(&shared->busy);
	bool ok = is_open(shared, err) && replica_store_ops.read(shared->store, head, from, visitor, err);
	pthread_mutex_unlock(&shared->busy);
	return ok;
}

static bool erased(void *self, const char *subject, bool *known, struct err *err) {
	struct shared_store *shared = self;
	pthread_mutex_lock(&shared->busy);
	bool ok = is_open(shared, err) && replica_store_ops.erased(shared->store, subject, known, err);
	pthread_mutex_unlock(&shared->busy);
	return ok;
}

static bool proof(void *self, const char *subject, struct erasure_proof *out, struct err *err) {
	struct shared_store *shared = self;
	pthread_mutex_lock(&shared->busy);
	bool ok = is_open(shared, err) && replica_store_ops.proof(shared->store, subject, out, err);
	pthread_mutex_unlock(&shared->busy);
	return ok;
}

static bool loose_proofs(void *self, struct strbuf *out, struct err *err) {
	struct shared_store *shared = self;
	pthread_mutex_lock(&shared->busy);
	bool ok = is_open(shared, err) && replica_store_ops.loose_proofs(shared->store, out, err);
	pthread_mutex_unlock(&shared->busy);
	return ok;
}

static bool judge(void *self, const struct public_key *key, const struct certificate *certificate, enum standing *out, bool *keeper,
		  struct err *err) {
	struct shared_store *shared = self;
	pthread_mutex_lock(&shared->busy);
	bool ok = is_open(shared, err) && replica_store_ops.judge(shared->store, key, certificate, out, keeper, err);
	pthread_mutex_unlock(&shared->busy);
	return ok;
}

static bool acknowledge(void *self, const struct ack *acks, size_t count, struct err *err) {
	struct shared_store *shared = self;
	pthread_mutex_lock(&shared->busy);
	bool ok = is_open(shared, err) && replica_store_ops.acknowledge(shared->store, acks, count, err);
	pthread_mutex_unlock(&shared->busy);
	return ok;
}

static struct utc_ms now(void *self) {
	struct shared_store *shared = self;
	pthread_mutex_lock(&shared->busy);
	struct utc_ms at = shared->store != NULL ? store_now(shared->store) : clock_utc();
	pthread_mutex_unlock(&shared->busy);
	return at;
}

static bool clock_sure(void *self) {
	(void)self;
	return clock_is_synchronised();
}

/* --- taking together ------------------------------------------------------------------------------------------------------------------------- */

#define RUNS_TOGETHER 1024 /* in one transaction: a bound on what is redone, and on the memory of it */

struct waiting {
	struct taking taking;
	bool done;
	struct waiting *next;
};

/* Takes the first ones out of the queue, which is locked. */
static size_t choose(struct shared_store *shared, struct waiting *chosen[TAKE_TOGETHER_MAX]) {
	size_t n = 0, runs = 0;
	while (shared->first != NULL && n < TAKE_TOGETHER_MAX && (n == 0 || runs + shared->first->taking.intake->count <= RUNS_TOGETHER)) {
		runs += shared->first->taking.intake->count;
		chosen[n++] = shared->first;
		shared->first = shared->first->next;
	}
	shared->queued -= n;
	if (shared->first == NULL) {
		shared->end = &shared->first;
	}
	return n;
}

/* The queue is locked, but while those that were chosen are taken: others come to wait then. */
static void lead(struct shared_store *shared) {
	struct waiting *chosen[TAKE_TOGETHER_MAX];
	struct taking *takings[TAKE_TOGETHER_MAX];
	size_t n = choose(shared, chosen);
	for (size_t i = 0; i < n; i++) {
		takings[i] = &chosen[i]->taking;
	}
	shared->leading = true;
	shared->commits++;
	pthread_mutex_unlock(&shared->queue);
	pthread_mutex_lock(&shared->busy);
	if (shared->store != NULL) {
		replica_store_take_together(shared->store, takings, n);
	}
	pthread_mutex_unlock(&shared->busy);
	pthread_mutex_lock(&shared->queue);
	for (size_t i = 0; i < n; i++) {
		chosen[i]->done = true;
	}
	shared->leading = false;
	pthread_cond_broadcast(&shared->moved);
}

/* Whoever comes while nobody leads does, for all who wait; the others find their work done, or lead next. */
static bool take(void *self, struct intake *intake, struct err *err) {
	struct shared_store *shared = self;
	struct waiting me = {.taking = {.intake = intake}};
	err_set(&me.taking.err, ERR_BUSY, "the event file is away"); /* unless it is tried */
	intake_check(intake, &shared->event);
	pthread_mutex_lock(&shared->queue);
	*shared->end = &me;
	shared->end = &me.next;
	shared->queued++;
	while (!me.done) {
		if (shared->leading) {
			pthread_cond_wait(&shared->moved, &shared->queue);
		} else {
			lead(shared);
		}
	}
	pthread_mutex_unlock(&shared->queue);
	intake_checked(intake);
	return me.taking.taken || err_give(err, &me.taking.err);
}

static const struct replica_ops ops = {.heads = heads,
				       .digest = digest,
				       .heads_of = heads_of,
				       .hash_at = hash_at,
				       .read = read,
				       .erased = erased,
				       .proof = proof,
				       .loose_proofs = loose_proofs,
				       .take = take,
				       .judge = judge,
				       .acknowledge = acknowledge};

bool shared_store_replica(struct shared_store *shared, struct replica *out, struct err *err) {
	*out = (struct replica){.ops = &ops, .self = shared, .now = now, .clock_sure = clock_sure};
	store_run_event(shared->store, &shared->event);
	return replica_store_signer(shared->store, out, err);
}
