#include "kiosk/workers/store_channel.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mailbox.h"
#include "base/str.h"
#include "store/store.h"
#include "store/write/erasing.h"
#include "store/write/merge.h"
#include "store/write/sign.h"
#include "store/write/told.h"
#include "sync/replica_store.h"

#define ANSWERS_MAX 4 /* one, and those that came too late */

enum verb { VERB_SIGN, VERB_MERGE, VERB_PROVE, VERB_ACKNOWLEDGE, VERB_RETIRED, VERB_ANCHOR, VERB_KEYS };

struct channel_request {
	enum verb verb;
	uint64_t number;
	struct mailbox *answers; /* the channel's */
	struct run run;          /* of a merge or proof; its texts lie in `texts` */
	char *texts, *proof;
	struct ack *acks;
	size_t ack_count;
	struct public_key keeper;
	bool retired;
	int64_t ahead_ms;
};

struct answer {
	uint64_t number;
	bool ok;
	struct err err;
	struct merge_result result;
	struct replica keys; /* without what its owner fills */
	struct set_clock clock;
};

struct channel {
	struct mailbox *answers;
	channel_send *send;
	void *context;
	uint64_t number; /* of the last request */
	struct set_clock clock;
};

static void answer_free(void *message) {
	struct answer *a = message;
	replica_fini(&a->keys);
	free(a);
}

struct channel *channel_open(channel_send *send, void *context) {
	struct channel *channel = xcalloc(1, sizeof *channel);
	channel->answers = mailbox_open(ANSWERS_MAX, NULL, NULL);
	channel->send = send;
	channel->context = context;
	return channel;
}

void channel_stop(struct channel *channel) { mailbox_stop(channel->answers); }

void channel_close(struct channel *channel) {
	if (channel != NULL) {
		mailbox_close(channel->answers, answer_free);
		free(channel);
	}
}

struct utc_ms channel_now(struct channel *channel) {
	return set_clock_now(&channel->clock);
}

bool channel_clock_honest(const struct channel *channel) { return !channel->clock.forced; }

/* --- asking ------------------------------------------------------------------------------------------------------------------------- */

void channel_request_free(struct channel_request *r) {
	if (r != NULL) {
		run_fini(&r->run);
		free(r->run.records);
		free(r->texts);
		free(r->proof);
		free(r->acks);
		free(r);
	}
}

/* What is asked, waiting for its answer; late answers to earlier questions are thrown away. NULL: none came. */
static struct answer *wait_answer(struct channel *channel) {
	for (;;) {
		struct answer *a = mailbox_take(channel->answers, CHANNEL_WAIT_MS);
		if (a == NULL || a->number == channel->number) {
			return a;
		}
		answer_free(a);
	}
}

/* Takes the request. `out` may be NULL; its keys are the caller's. */
static bool ask(struct channel *channel, struct channel_request *r, struct answer *out, struct err *err) {
	r->answers = channel->answers;
	r->number = ++channel->number;
	if (mailbox_stopped(channel->answers) || !channel->send(channel->context, r)) {
		channel_request_free(r);
		return err_set(err, ERR_BUSY, "the event file is not being written to now");
	}
	struct answer *a = wait_answer(channel);
	if (a == NULL) {
		return err_set(err, ERR_BUSY, "the event file was too busy");
	}
	bool ok = a->ok;
	channel->clock = a->clock; /* with every answer, so that who exchanges need not ask what time it is */
	if (!ok) {
		err_give(err, &a->err);
	}
	if (out != NULL) {
		*out = *a;
		crypto_wipe(&a->keys, sizeof a->keys); /* they have gone over: answer_free must find none */
	}
	answer_free(a);
	return ok;
}

static struct channel_request *request(enum verb verb) {
	struct channel_request *r = xcalloc(1, sizeof *r);
	r->verb = verb;
	return r;
}

static const char *keep(char **at, const char *text) {
	size_t n = strlen(text) + 1;
	char *copy = *at;
	memcpy(copy, text, n);
	*at += n;
	return copy;
}

/* A copy: who asks gives up after a while and frees its own, and the store thread may come to it only then. */
static void copy_run(struct channel_request *r, const struct run *run) {
	size_t n = 1;
	for (size_t i = 0; i < run->count; i++) {
		const struct run_record *from = &run->records[i];
		n += strlen(from->kind) + strlen(from->subject) + strlen(str_or_empty(from->body)) + 3;
	}
	r->run = *run;
	r->run.records = xcalloc(run->count, sizeof *r->run.records);
	if (run->hashes != NULL) { /* it was verified in the asking thread: what takes longest need not be done here again */
		r->run.hashes = xcalloc(run->count, sizeof *r->run.hashes);
		memcpy(r->run.hashes, run->hashes, run->count * sizeof *run->hashes);
	}
	char *at = r->texts = xmalloc(n);
	for (size_t i = 0; i < run->count; i++) {
		struct run_record *to = &r->run.records[i];
		*to = run->records[i];
		to->kind = keep(&at, to->kind);
		to->subject = keep(&at, to->subject);
		to->body = to->body == NULL ? NULL : keep(&at, to->body);
	}
}

bool channel_sign(struct channel *channel, struct err *err) { return ask(channel, request(VERB_SIGN), NULL, err); }

bool channel_merge(struct channel *channel, const struct run *run, struct merge_result *result, struct err *err) {
	struct answer answer = {.number = 0};
	struct channel_request *r = request(VERB_MERGE);
	copy_run(r, run);
	bool ok = ask(channel, r, &answer, err);
	*result = answer.result;
	return ok;
}

bool channel_prove(struct channel *channel, const struct run *proof, const char *text, struct err *err) {
	struct channel_request *r = request(VERB_PROVE);
	copy_run(r, proof);
	r->proof = xstrdup(text);
	return ask(channel, r, NULL, err);
}

bool channel_acknowledge(struct channel *channel, const struct ack *acks, size_t count, struct err *err) {
	struct channel_request *r = request(VERB_ACKNOWLEDGE);
	r->acks = xcalloc(count, sizeof *r->acks);
	memcpy(r->acks, acks, count * sizeof *acks);
	r->ack_count = count;
	return ask(channel, r, NULL, err);
}

bool channel_told_retired(struct channel *channel, const struct public_key *keeper, bool retired, struct err *err) {
	struct channel_request *r = request(VERB_RETIRED);
	r->keeper = *keeper;
	r->retired = retired;
	return ask(channel, r, NULL, err);
}

bool channel_anchor(struct channel *channel, int64_t ahead_ms, struct err *err) {
	struct channel_request *r = request(VERB_ANCHOR);
	r->ahead_ms = ahead_ms;
	return ask(channel, r, NULL, err);
}

bool channel_keys(struct channel *channel, struct replica *out, struct err *err) {
	struct answer answer = {.number = 0};
	bool ok = ask(channel, request(VERB_KEYS), &answer, err);
	out->keys = answer.keys.keys;
	out->signer = answer.keys.signer;
	out->has_certificate = answer.keys.has_certificate;
	out->certificate = answer.keys.certificate;
	replica_fini(&answer.keys);
	return ok;
}

/* --- serving ------------------------------------------------------------------------------------------------------------------------ */

/* Has a record of one of these kinds? */
static bool has_kind(const struct run *run, const char *const *kinds, size_t count) {
	for (size_t i = 0; i < run->count; i++) {
		for (size_t k = 0; k < count; k++) {
			if (str_eq(run->records[i].kind, kinds[k])) {
				return true;
			}
		}
	}
	return false;
}

/* A wrong run changes nothing, and its empty transaction is ended as any other: undoing one would make the next scan read much again. */
static bool end(struct store *store, bool ok, struct err *err) {
	if (!ok && err->kind != ERR_INPUT && err->kind != ERR_REFUSED) {
		store_rollback(store);
		return false;
	}
	struct err late = {0};
	if (!store_commit(store, &late)) {
		err_give(err, &late);
		return false;
	}
	return ok;
}

static bool merge(struct channel_request *r, struct store *store, struct answer *a, struct channel_effect *effect) {
	/* Of all others nothing is kept in memory: they are looked up. */
	static const char *const shown[] = {"event", "session", "field", "asset", "credit", "invite", "close",
					    "role",  "retire",  "point", "rule",  "staff",  "revoke"}; /* a badge may be of staff */
	static const char *const erasing[] = {"erase"}, *const counted[] = {"help", "helped", "announce", "withdraw"};
	bool ok = store_begin(store, &a->err) && end(store, store_merge(store, &r->run, &a->result, &a->err), &a->err);
	if (ok && a->result.outcome == MERGE_ADDED) {
		effect->own = effect->own || crypto_key_eq(&r->run.author, store_station(store));
		effect->shown = effect->shown || has_kind(&r->run, shown, COUNT_OF(shown));
		effect->erased = effect->erased || has_kind(&r->run, erasing, COUNT_OF(erasing));
		effect->counted = effect->counted || has_kind(&r->run, counted, COUNT_OF(counted));
	}
	return ok;
}

static bool prove(struct channel_request *r, struct store *store, struct answer *a, struct channel_effect *effect) {
	bool ok = store_begin(store, &a->err) && end(store, erasure_take(store, &r->run, r->proof, &a->err), &a->err);
	effect->erased = effect->erased || ok;
	return ok;
}

static void answer(struct channel_request *r, struct answer *a) {
	if (!mailbox_put(r->answers, a)) { /* nobody waits any more */
		answer_free(a);
	}
	channel_request_free(r);
}

void channel_serve(struct channel_request *r, struct store *store, struct channel_effect *effect) {
	struct answer *a = xcalloc(1, sizeof *a);
	a->number = r->number;
	if (store == NULL) {
		err_set(&a->err, ERR_BUSY, "the event file is away");
		answer(r, a);
		return;
	}
	switch (r->verb) {
	case VERB_SIGN: a->ok = store_sign(store, &a->err); break;
	case VERB_MERGE: a->ok = merge(r, store, a, effect); break;
	case VERB_PROVE: a->ok = prove(r, store, a, effect); break;
	case VERB_ACKNOWLEDGE:
		a->ok = replica_store_ops.acknowledge(store, r->acks, r->ack_count, &a->err);
		effect->counted = effect->counted || a->ok;
		break;
	case VERB_RETIRED:
		a->ok = told_retired(store, &r->keeper, r->retired, &a->err);
		effect->counted = effect->counted || a->ok;
		break;
	case VERB_ANCHOR:
		a->ok = store_anchor_hub(store, r->ahead_ms, &a->err);
		effect->counted = true;
		break;
	case VERB_KEYS: a->ok = replica_store_signer(store, &a->keys, &a->err); break;
	}
	a->clock = store_clock(store);
	answer(r, a);
}
