#include "kiosk/workers/channel_replica.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "kiosk/workers/event_reader.h"
#include "store/log/ends.h"
#include "store/log/erasure.h"
#include "store/log/share.h"
#include "store/store.h"
#include "store/view/roles.h"
#include "sync/replica_store.h"

struct channel_replica {
	char *path;
	struct channel *channel;
	struct event_reader reader; /* of the thread that opened it */
	uint64_t generation;
	struct public_key told_by; /* the keeper that said last whether this box is retired; what it said */
	enum told { TOLD_NOTHING, TOLD_GOOD, TOLD_RETIRED } told;
};

static struct store *reader_of(void *self) {
	const struct channel_replica *r = self;
	return r->reader.store;
}

static void note_other(struct channel_replica *r) {
	r->generation++;
	r->told = TOLD_NOTHING;
}

static void look(struct channel_replica *r) {
	struct err err = {0};
	bool other;
	if (!event_reader_look(&r->reader, &other, &err)) {
		log_warn("kiosk", "%s", err.text);
	} else if (other) {
		note_other(r);
	}
}

/* Only what is signed can be offered: what was recorded since the last signature is signed first. */
static bool heads(void *self, struct heads *out, struct err *err) {
	struct channel_replica *r = self;
	look(r);
	return channel_sign(r->channel, err) && store_heads(r->reader.store, out, err);
}

static bool digest(void *self, struct hash *out, struct err *err) {
	struct channel_replica *r = self;
	look(r);
	return channel_sign(r->channel, err) && store_digest(r->reader.store, out, err);
}

static bool heads_of(void *self, const struct hash *log, struct heads *out, struct err *err) {
	return store_heads_of(reader_of(self), log, out, err);
}

static bool hash_at(void *self, int64_t chain, uint64_t seq, struct hash *out, bool *found, struct err *err) {
	return store_hash_at(reader_of(self), chain, seq, out, found, err);
}

static bool read_runs(void *self, const struct head *head, uint64_t from, const struct run_visitor *visitor, struct err *err) {
	return store_read(reader_of(self), head, from, visitor, err);
}

static bool erased(void *self, const char *subject, bool *known, struct err *err) {
	return erasure_known(reader_of(self), subject, known, err);
}

static bool proof(void *self, const char *subject, struct erasure_proof *out, struct err *err) {
	return erasure_proof(reader_of(self), subject, out, err);
}

static bool loose_proofs(void *self, struct strbuf *out, struct err *err) { return erasure_loose_proofs(reader_of(self), out, err); }

static bool merge(void *self, struct run *run, struct merge_result *result, struct err *err) {
	const struct channel_replica *r = self;
	return channel_merge(r->channel, run, result, err);
}

static bool prove(void *self, struct run *run, const char *text, struct err *err) {
	const struct channel_replica *r = self;
	return channel_prove(r->channel, run, text, err);
}

/* Signatures are verified here, in the thread that exchanges: the store thread, for which visitors wait, only writes. */
static bool take_intake(void *self, struct intake *intake, struct err *err) {
	static const struct intake_ops ops = {merge, prove};
	struct run_event event;
	store_run_event(reader_of(self), &event);
	intake_check(intake, &event);
	bool ok = intake_run(intake, &ops, self, err);
	intake_checked(intake);
	return ok;
}

static uint64_t generation(void *self) {
	const struct channel_replica *r = self;
	return r->generation;
}

static bool judge_key(void *self, const struct public_key *key, const struct certificate *certificate, enum standing *out, bool *keeper,
		      struct err *err) {
	look(self);
	return replica_store_ops.judge(reader_of(self), key, certificate, out, keeper, err);
}

/* Most rounds bring none that is new: the store thread is not asked for those. */
static bool acknowledge(void *self, const struct ack *acks, size_t count, struct err *err) {
	const struct channel_replica *r = self;
	bool news = false;
	for (size_t i = 0; i < count && !news; i++) {
		if (!store_ack_is_news(r->reader.store, &acks[i], &news, err)) {
			return false;
		}
	}
	return !news || channel_acknowledge(r->channel, acks, count, err);
}

/* As seldom: every round of a keeper says that it is not. */
static bool note_retired(void *self, const struct public_key *keeper, bool retired, struct err *err) {
	struct channel_replica *r = self;
	enum told told = retired ? TOLD_RETIRED : TOLD_GOOD;
	if (r->told == told && crypto_key_eq(&r->told_by, keeper)) {
		return true;
	}
	if (!channel_told_retired(r->channel, keeper, retired, err)) {
		return false;
	}
	r->told = told;
	r->told_by = *keeper;
	return true;
}

static const struct replica_ops ops = {.heads = heads,
				       .digest = digest,
				       .heads_of = heads_of,
				       .hash_at = hash_at,
				       .read = read_runs,
				       .erased = erased,
				       .proof = proof,
				       .loose_proofs = loose_proofs,
				       .take = take_intake,
				       .judge = judge_key,
				       .acknowledge = acknowledge,
				       .told_retired = note_retired,
				       .generation = generation};

static struct utc_ms now(void *self) {
	const struct channel_replica *r = self;
	return channel_now(r->channel);
}

static bool clock_sure(void *self) {
	const struct channel_replica *r = self;
	return clock_is_synchronised() && channel_clock_honest(r->channel);
}

static bool source_open(void *context, struct replica *out, struct err *err) {
	struct channel_replica *r = context;
	*out = (struct replica){.ops = &ops, .self = r, .now = now, .clock_sure = clock_sure};
	if (!channel_keys(r->channel, out, err)) {
		return false;
	}
	if (!event_reader_open(&r->reader, err)) {
		replica_fini(out);
		return false;
	}
	note_other(r);
	return true;
}

static void source_close(void *context, struct replica *replica) {
	struct channel_replica *r = context;
	replica_fini(replica);
	event_reader_close(&r->reader);
}

static void source_stop(void *context) {
	const struct channel_replica *r = context;
	channel_stop(r->channel);
}

static void keeper_clock(void *context, int64_t ahead_ms) {
	const struct channel_replica *r = context;
	struct err err = {0};
	if (!channel_anchor(r->channel, ahead_ms, &err)) {
		log_warn("kiosk", "a hub's clock was not taken: %s", err.text);
	}
}

static void name_of(void *context, const struct public_key *key, char *name, size_t cap) {
	const struct channel_replica *r = context;
	struct err err = {0};
	if (!role_name(r->reader.store, key, name, cap, &err)) {
		log_warn("kiosk", "a station's name could not be looked up: %s", err.text);
	}
}

struct channel_replica *channel_replica_open(const char *path, struct channel *channel) {
	struct channel_replica *r = xcalloc(1, sizeof *r);
	r->path = xstrdup(path);
	r->reader.path = r->path;
	r->channel = channel;
	return r;
}

void channel_replica_close(struct channel_replica *r) {
	if (r != NULL) {
		free(r->path);
		free(r);
	}
}

struct replica_source channel_replica_source(struct channel_replica *r) {
	return (struct replica_source){.open = source_open,
				       .close = source_close,
				       .stop = source_stop,
				       .keeper_clock = keeper_clock,
				       .name_of = name_of,
				       .context = r};
}
