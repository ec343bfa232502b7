#include "sync/replica_store.h"
#include "store/log/ends.h"
#include "store/log/erasure.h"
#include "store/log/share.h"
#include "store/store.h"
#include "store/view/role.h"
#include "store/write/erasing.h"
#include "store/write/merge.h"
#include "store/write/sign.h"
#include "store/write/told.h"

#include <string.h>

static bool heads(void *self, struct heads *out, struct err *err) { return store_sign(self, err) && store_heads(self, out, err); }

static bool digest(void *self, struct hash *out, struct err *err) { return store_sign(self, err) && store_digest(self, out, err); }

static bool heads_of(void *self, const struct hash *log, struct heads *out, struct err *err) { return store_heads_of(self, log, out, err); }

static bool hash_at(void *self, int64_t chain, uint64_t seq, struct hash *out, bool *found, struct err *err) {
	return store_hash_at(self, chain, seq, out, found, err);
}

static bool read_runs(void *self, const struct head *head, uint64_t from, const struct run_visitor *visitor, struct err *err) {
	return store_read(self, head, from, visitor, err);
}

static bool erased(void *self, const char *subject, bool *known, struct err *err) { return erasure_known(self, subject, known, err); }

static bool proof(void *self, const char *subject, struct erasure_proof *out, struct err *err) {
	return erasure_proof(self, subject, out, err);
}

static bool loose_proofs(void *self, struct strbuf *out, struct err *err) { return erasure_loose_proofs(self, out, err); }

static bool merge(void *self, struct run *run, struct merge_result *result, struct err *err) { return store_merge(self, run, result, err); }

static bool prove(void *self, struct run *run, const char *text, struct err *err) { return erasure_take(self, run, text, err); }

static bool take_all(struct store *store, struct taking *const *takings, size_t n, struct err *err) {
	static const struct intake_ops ops = {merge, prove};
	if (!store_begin(store, err)) {
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		struct intake *intake = takings[i]->intake;
		memset(intake->fates, 0, intake->count * sizeof *intake->fates); /* of a try before */
		if (!intake_run(intake, &ops, store, err)) {
			store_rollback(store);
			return false;
		}
	}
	return store_commit(store, err);
}

void replica_store_take_together(struct store *store, struct taking *const *takings, size_t n) {
	struct err together = {0};
	bool all = n > 1 && take_all(store, takings, n, &together);
	for (size_t i = 0; i < n; i++) {
		takings[i]->taken = all || take_all(store, &takings[i], 1, &takings[i]->err);
	}
}

static bool take_intake(void *self, struct intake *intake, struct err *err) {
	struct taking taking = {.intake = intake}, *one = &taking;
	struct run_event event;
	store_run_event(self, &event);
	intake_check(intake, &event);
	replica_store_take_together(self, &one, 1);
	intake_checked(intake);
	return taking.taken || err_give(err, &taking.err);
}

static bool judge_key(void *self, const struct public_key *key, const struct certificate *certificate, enum standing *out, bool *keeper,
		      struct err *err) {
	enum station_verdict verdict;
	bool opens = false;
	*keeper = false;
	if (!role_verdict(self, key, &verdict, err) ||
	    ((verdict == VERDICT_UNKNOWN || verdict == VERDICT_OUTSIDER) && certificate != NULL &&
	     !store_certificate_opens(self, certificate, key, &opens, err))) {
		return false;
	}
	*out = replica_standing(verdict, certificate != NULL, opens);
	return role_is_keeper(self, key, keeper, err);
}

static bool acknowledge(void *self, const struct ack *acks, size_t count, struct err *err) {
	bool news = false;
	for (size_t i = 0; i < count && !news; i++) {
		if (!store_ack_is_news(self, &acks[i], &news, err)) {
			return false;
		}
	}
	if (!news) {
		return true;
	}
	if (!store_begin(self, err)) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (!store_ack(self, &acks[i], err)) {
			store_rollback(self);
			return false;
		}
	}
	return store_commit(self, err);
}

static bool note_retired(void *self, const struct public_key *keeper, bool retired, struct err *err) {
	return told_retired(self, keeper, retired, err);
}

static bool note_closed(void *self, const struct public_key *keeper, bool closed, struct err *err) {
	return told_closed(self, keeper, closed, err);
}

const struct replica_ops replica_store_ops = {.heads = heads,
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
					      .told_closed = note_closed};

static struct utc_ms now(void *self) { return store_now(self); }

static bool clock_sure(void *self) {
	(void)self;
	return clock_is_synchronised();
}

bool replica_store_signer(struct store *store, struct replica *out, struct err *err) {
	struct err none = {0};
	const struct key_pair *organiser = store_organiser_key(store, &none);
	out->signer = organiser != NULL ? *organiser : *store_station_pair(store);
	out->keys.event = *store_event(store);
	out->has_certificate = organiser == NULL && store_certificate(store, &out->signer.public_key, &out->certificate);
	return store_event_key(store, out->keys.seal, err);
}

bool replica_of_store(struct store *store, struct replica *out, struct err *err) {
	*out = (struct replica){.ops = &replica_store_ops, .self = store, .now = now, .clock_sure = clock_sure};
	return replica_store_signer(store, out, err);
}
