/* The answering side keeps nothing between requests: each one says all that is needed to answer it. What was brought is taken first, so
 * that the answer already speaks of it. */
#include "sync/respond.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "sync/listing.h"
#include "sync/offer.h"
#include "sync/pack.h"

#define ASKED_MAX 1024 /* logs that are looked up for one request: askers ask for no more (exchange.c) */

struct answering {
	const struct replica *replica;
	struct message *request;
	struct hash request_hash;
	struct intake intake;
	const char *refuse_word, *refuse_text;
	struct respond_note *note;
};

/* --- what was brought --------------------------------------------------------------------------------------------------------------- */

static void note_fates(struct answering *a) {
	for (size_t i = 0; i < a->intake.count; i++) {
		const struct run_fate *fate = &a->intake.fates[i];
		a->note->taken += fate->result.added;
		a->note->branched = a->note->branched || fate->result.branched;
		a->note->pushed_out = a->note->pushed_out || fate->result.pushed_out;
		a->note->later += fate->result.outcome == MERGE_PACED || fate->result.outcome == MERGE_SURPLUS;
		if (fate->wrong && a->note->wrong++ == 0) {
			str_copy(a->note->why, sizeof a->note->why, fate->why);
		}
	}
}

static bool refuse(struct answering *a, const char *word, const char *text) {
	a->refuse_word = a->note->refused = word;
	a->refuse_text = text;
	return true;
}

static bool judge_sender(struct answering *a, struct err *err) {
	enum standing standing;
	bool keeper;
	const struct certificate *certificate = a->request->has_certificate ? &a->request->certificate : NULL;
	if (!a->replica->ops->judge(a->replica->self, &a->note->sender, certificate, &standing, &keeper, err)) {
		return false;
	}
	switch (standing) {
	case STANDING_MEMBER: break;
	case STANDING_RETIRED: return refuse(a, "retired", "this station was retired by the organiser");
	case STANDING_CLOSED:
		return refuse(a, "closed",
			      "the invitation by which this station joined is closed, or not known here yet: let the organiser's "
			      "machine exchange (turnout sync), or add this station by its key");
	case STANDING_UNKNOWN:
		return refuse(a, "unknown",
			      "this station is not known here; pair it (turnout pair, turnout enroll), or take a fresh copy of the event");
	}
	return true;
}

/* --- what is given ------------------------------------------------------------------------------------------------------------------ */

/* A run came whose record before it is not here: our own records, ever farther back, show the asker where the logs part. */
static bool put_parted(struct answering *a, const struct hash *log, uint64_t seq, struct strbuf *text, struct err *err) {
	struct heads own;
	if (!a->replica->ops->heads_of(a->replica->self, log, &own, err)) {
		return false;
	}
	bool ok = true;
	for (size_t i = 0; ok && i < own.count; i++) {
		ok = offer_probes(a->replica, &own.items[i], seq, "have", text, err);
	}
	heads_fini(&own);
	return ok;
}

static void put_later(const struct hash *log, const struct merge_result *result, struct strbuf *text) {
	int64_t seconds = (result->wait_ms + 999) / 1000;
	struct message_later later = {.log = *log,
				      .seconds = seconds < MESSAGE_LATER_MAX ? seconds : MESSAGE_LATER_MAX,
				      .word = result->outcome == MERGE_PACED ? MESSAGE_PACED : MESSAGE_SURPLUS};
	message_put_later(text, &later);
}

/* How far each log is held that the request brought something of. */
static bool put_taken(struct answering *a, struct strbuf *text, struct err *err) {
	const struct hash *parted = NULL;
	for (size_t i = 0; i < a->intake.count; i++) {
		const struct message_run *m = &a->intake.runs[i];
		const struct run_fate *fate = &a->intake.fates[i];
		if (!halt_not(a->replica->halt, err)) {
			return false;
		}
		/* One line for each piece: of runs that follow one another only the last one that was taken. */
		bool followed = i + 1 < a->intake.count && a->intake.runs[i + 1].follows && !a->intake.fates[i + 1].failed;
		if (m->proof || fate->wrong || fate->failed) {
			continue;
		}
		if (fate->result.outcome == MERGE_GAP) {
			if (parted != NULL && crypto_hash_eq(parted, &m->run.log)) {
				continue; /* said already, and once is enough */
			}
			parted = &m->run.log;
			if (!put_parted(a, &m->run.log, m->run.from - 1, text, err)) {
				return false;
			}
		} else if (fate->result.outcome == MERGE_PACED || fate->result.outcome == MERGE_SURPLUS) {
			put_later(&m->run.log, &fate->result, text);
		} else if (fate->result.outcome != MERGE_ERASURE && !(followed && a->intake.fates[i + 1].result.outcome <= MERGE_KNOWN)) {
			struct head point = {.log = m->run.log, .seq = m->run.from + m->run.count - 1, .hash = fate->result.head};
			message_put_point(text, "have", &point);
		}
	}
	return true;
}

static bool put_list(struct answering *a, struct strbuf *text, struct err *err) {
	struct heads all;
	struct hash digest;
	if (a->request->lists.count == 0) {
		return true;
	}
	if (!a->replica->ops->digest(a->replica->self, &digest, err)) {
		return false;
	}
	message_put_hash(text, "digest", &digest);
	if (a->request->has_digest && crypto_hash_eq(&digest, &a->request->digest)) {
		return true;
	}
	if (!a->replica->ops->heads(a->replica->self, &all, err)) {
		return false;
	}
	listing_tell(&all, &a->request->lists, text);
	heads_fini(&all);
	return true;
}

/* One log that was asked for: what is held of it, and what of that the asker lacks. */
struct asked_log {
	struct heads own;
	struct offer *offers; /* one for each of own */
};

static bool look_up(const struct answering *a, const struct head *points, size_t count, struct asked_log *out, struct err *err) {
	*out = (struct asked_log){.offers = NULL};
	if (!a->replica->ops->heads_of(a->replica->self, &points[0].log, &out->own, err)) {
		return false;
	}
	struct log_view view = {out->own.items, out->own.count, points, count};
	out->offers = xcalloc(out->own.count + 1, sizeof *out->offers);
	return offer_log(a->replica, &view, out->offers, err);
}

static void asked_log_fini(struct asked_log *log) {
	free(log->offers);
	heads_fini(&log->own);
}

typedef bool asked_fn(struct answering *a, const struct head *points, size_t count, void *context, struct strbuf *text, struct err *err);

/* Gives what comes after the points. */
static bool give(struct answering *a, const struct head *points, size_t count, void *context, struct strbuf *text, struct err *err) {
	struct asked_log log;
	bool ok = look_up(a, points, count, &log, err);
	for (size_t i = 0; ok && i < log.own.count; i++) {
		ok = offer_write(a->replica, &log.offers[i], context, text, err);
	}
	asked_log_fini(&log);
	return ok;
}

/* Where the log parts from ours cannot be told from one point: the asker gets points of ours. */
static bool probe(struct answering *a, const struct head *points, size_t count, void *context, struct strbuf *text, struct err *err) {
	(void)context;
	struct asked_log log;
	bool ok = look_up(a, points, count, &log, err);
	for (size_t i = 0; ok && i < log.own.count; i++) {
		ok = !log.offers[i].torn || offer_probes(a->replica, &log.own.items[i], points[count - 1].seq, "have", text, err);
	}
	asked_log_fini(&log);
	return ok;
}

/* Lines of one log stand together; a log that is asked for once more is not answered again, nor what goes beyond a request's share. */
static bool each_asked(struct answering *a, asked_fn *each, void *context, struct strbuf *text, struct err *err) {
	const struct heads *asks = &a->request->asks;
	struct mapstr answered = {.count = 0};
	size_t count = 0, logs = 0;
	bool ok = true;
	for (size_t i = 0; ok && i < asks->count && logs < ASKED_MAX; i += count, logs++) {
		if (!halt_not(a->replica->halt, err)) {
			ok = false;
			break;
		}
		char log[2 * HASH_LEN + 1];
		bool first = false;
		for (count = 1; i + count < asks->count && crypto_hash_eq(&asks->items[i].log, &asks->items[i + count].log);) {
			count++;
		}
		str_hex(asks->items[i].log.b, HASH_LEN, log);
		mapstr_place(&answered, log, &first);
		ok = !first || each(a, &asks->items[i], count, context, text, err);
	}
	mapstr_fini(&answered);
	return ok;
}

static bool build(void *context, size_t cap, struct strbuf *text, struct err *err) {
	struct answering *a = context;
	message_begin(text, MESSAGE_ANSWER);
	message_put_hash(text, "reply", &a->request_hash);
	message_put_clock(text, a->replica->now(a->replica->self), a->replica->clock_sure(a->replica->self));
	if (a->refuse_word != NULL) {
		message_put_refusal(text, a->refuse_word, a->refuse_text);
		return true;
	}
	/* Runs come last, as the reader takes all lines behind one for its records, and as they fill what the cap leaves. A proof is a run,
	 * too. */
	struct offering offering = {.cap = cap};
	if (!put_taken(a, text, err) || !put_list(a, text, err) || !each_asked(a, probe, NULL, text, err) ||
	    (message_lists_all(a->request) && !a->replica->ops->loose_proofs(a->replica->self, text, err)) ||
	    !each_asked(a, give, &offering, text, err)) {
		return false;
	}
	a->note->given = offering.records;
	return true;
}

static bool answer_request(struct answering *a, struct strbuf *answer, struct err *err) {
	if (!judge_sender(a, err)) {
		return false;
	}
	if (a->refuse_word == NULL && a->request->run_count != 0) {
		a->intake = (struct intake){.runs = a->request->runs, .count = a->request->run_count, .halt = a->replica->halt};
		a->intake.fates = xcalloc(a->intake.count, sizeof *a->intake.fates);
		if (!a->replica->ops->take(a->replica->self, &a->intake, err)) {
			return false;
		}
		note_fates(a);
	}
	return pack_message(a->replica, build, a, answer, err);
}

bool respond_open(const struct replica *replica, struct octets request, struct opened_request *out, struct err *err) {
	*out = (struct opened_request){.hash = crypto_sha256(request.data, request.n)};
	return envelope_open(&replica->keys, request, &out->sender, &out->text, err);
}

bool respond_to(const struct replica *replica, struct opened_request *request, struct strbuf *answer, struct respond_note *note,
		struct err *err) {
	struct message message = {0};
	*note = (struct respond_note){.sender = request->sender};
	struct answering a = {.replica = replica, .request = &message, .request_hash = request->hash, .note = note};
	bool ok = message_read(&request->text, &message, err);
	if (ok && message.kind != MESSAGE_REQUEST) {
		ok = err_set(err, ERR_INPUT, "the message is no request");
	}
	ok = ok && answer_request(&a, answer, err);
	free(a.intake.fates);
	message_fini(&message);
	return ok;
}

bool respond(const struct replica *replica, struct octets request, struct strbuf *answer, struct respond_note *note, struct err *err) {
	struct opened_request opened;
	*note = (struct respond_note){0};
	bool ok = respond_open(replica, request, &opened, err) && respond_to(replica, &opened, answer, note, err);
	strbuf_fini(&opened.text);
	return ok;
}
