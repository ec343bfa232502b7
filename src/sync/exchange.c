/* x->points says what the peer holds, x->own what is held here. Each request asks for and gives the difference of the two, each answer
 * moves the points, and the round is done when no difference is left. */
#include "sync/exchange.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "sync/acks.h"
#include "sync/held.h"
#include "sync/listing.h"
#include "sync/offer.h"
#include "sync/pack.h"
#include "sync/points.h"

#define ASKS_MAX 1024           /* logs that one request asks for: more than one answer brings */
#define IN_VAIN_MAX 100         /* answers: two that search where a log of many branches parts need a few */
#define FIRST_TEXT (128 * 1024) /* bytes of the first text with runs: short, so that the peer soon has something to do */

struct exchange {
	const struct replica *replica;
	enum exchange_state state;
	struct heads points; /* what the peer said that it holds, by log */
	bool points_known;   /* a whole list came once */
	bool whole, need_list;
	struct spans open;                   /* while a list is told in parts: those that are still unknown */
	int list_rounds;                     /* of which none listed anything */
	int in_vain;                         /* answers in a row by which nothing moved */
	bool relisted;                       /* a list was asked for once more in this round */
	struct hash request_hash, text_hash; /* of what was asked last; the latter over its text without the clock */
	struct mono_ms asked_at;
	int64_t best_trip_ms;
	/* Of logs that branch: the last record that the peer gave in this round, which is ours as well. Where its branch parts from ours may lie behind more
	 * records than one answer brings, all of which we know. */
	struct heads met;       /* `after`: the highest seq of them */
	bool met_moved;         /* by the last answer */
	struct heads own;       /* as of the last request */
	struct hash own_digest; /* of exactly these */
	bool own_known;
	uint64_t generation; /* of the file that they are of */
	struct acks acks;
	bool expecting; /* the request's digest is not ours, but of what the peer should hold then */
	struct offering offering;
	struct heads ends; /* of the offering: up to where the peer would hold each log then */
	size_t ask_count;
	struct {
		bool made;
		bool beside_asks; /* the request before it asked for something: it fits only when all of that came */
		struct strbuf bytes;
		struct hash text_hash;
		struct offering offering;
		struct heads ends;
		struct heads if_points; /* it fits when the peer holds exactly this */
	} ahead;
	struct held held;
	/* While logs are held back, so that the two sides differ: nothing was left to ask or to give, and nothing came since. Then no round looks the
	 * logs up again. */
	struct {
		bool is;
		struct hash own, theirs; /* digests of what was held then */
		struct mono_ms until;    /* when the first of the logs may be tried again */
	} settled;
	struct exchange_report report;
};

static void move(struct exchange *x, enum exchange_state to) {
	static const bool allowed[EXCHANGE_STATE_COUNT][EXCHANGE_STATE_COUNT] = {
		[EXCHANGE_READY] = {[EXCHANGE_READY] = true, [EXCHANGE_ASKED] = true, [EXCHANGE_DONE] = true, [EXCHANGE_FAILED] = true},
		[EXCHANGE_ASKED] = {[EXCHANGE_READY] = true, [EXCHANGE_FAILED] = true},
		[EXCHANGE_DONE] = {[EXCHANGE_READY] = true},
		[EXCHANGE_FAILED] = {[EXCHANGE_READY] = true},
	};
	/* DONE only when nothing was asked, nothing was given and no list is wanted. */
	if (!allowed[x->state][to] || (to == EXCHANGE_DONE && (x->ask_count != 0 || x->offering.any || x->need_list))) {
		abort(); /* a fault of this program, not of the peer */
	}
	x->state = to;
}

struct exchange *exchange_open(const struct replica *replica) {
	struct exchange *x = xcalloc(1, sizeof *x);
	x->replica = replica;
	exchange_begin(x, true);
	return x;
}

static void forget_ahead(struct exchange *x) {
	strbuf_reset(&x->ahead.bytes);
	heads_fini(&x->ahead.ends);
	heads_fini(&x->ahead.if_points);
	x->ahead.made = false;
}

void exchange_close(struct exchange *x) {
	if (x != NULL) {
		forget_ahead(x);
		strbuf_fini(&x->ahead.bytes);
		heads_fini(&x->ends);
		heads_fini(&x->points);
		heads_fini(&x->own);
		heads_fini(&x->met);
		spans_fini(&x->open);
		held_fini(&x->held);
		acks_fini(&x->acks);
		free(x);
	}
}

static void want_list(struct exchange *x, bool want) {
	x->need_list = want;
	x->list_rounds = 0;
	x->relisted = false;
	spans_fini(&x->open);
}

void exchange_begin(struct exchange *x, bool whole) {
	if (x->state == EXCHANGE_ASKED) {
		exchange_broken(x);
	}
	struct public_key peer = x->report.peer;
	forget_ahead(x);
	x->settled.is = x->settled.is && !held_forget(&x->held, clock_mono());
	heads_fini(&x->met);
	x->in_vain = 0;
	x->state = EXCHANGE_READY;
	x->whole = whole;
	/* Without a list once taken, nothing can be given: what the peer lacks is unknown. */
	want_list(x, whole || !x->points_known);
	x->text_hash = (struct hash){{0}};
	x->best_trip_ms = INT64_MAX;
	x->report = (struct exchange_report){.peer = peer};
}

enum exchange_state exchange_state(const struct exchange *x) { return x->state; }

void exchange_report(const struct exchange *x, struct exchange_report *out) { *out = x->report; }

void exchange_broken(struct exchange *x) {
	move(x, EXCHANGE_READY);
	forget_ahead(x);
	want_list(x, true);
	x->text_hash = (struct hash){{0}};
}

static bool fail(struct exchange *x) {
	if (x->state != EXCHANGE_FAILED) {
		move(x, EXCHANGE_FAILED);
	}
	return false;
}

/* --- the next request --------------------------------------------------------------------------------------------------------------- */

struct log_step { /* one log of either side */
	struct log_view view;
	const struct hash *log;
};

typedef bool log_step_fn(struct exchange *x, const struct log_step *step, struct strbuf *text, struct err *err);

/* Walks over the logs that either side has: one merge of the two lists, which are both sorted by log (heads_sort). */
static bool each_log(struct exchange *x, log_step_fn *each, struct strbuf *text, struct err *err) {
	/* Lists without members have no array. */
	size_t own_count = x->own.items == NULL ? 0 : x->own.count;
	size_t their_count = x->points.items == NULL ? 0 : x->points.count;
	size_t own = 0;
	size_t theirs = 0;
	while (own < own_count || theirs < their_count) {
		const struct head *a = own < own_count ? &x->own.items[own] : NULL;
		const struct head *b = theirs < their_count ? &x->points.items[theirs] : NULL;
		struct log_step step = {.log = b == NULL || (a != NULL && memcmp(a->log.b, b->log.b, HASH_LEN) < 0) ? &a->log : &b->log};
		step.view = (struct log_view){a, a == NULL ? 0 : offer_heads_of(&x->own, own, step.log), b,
					      b == NULL ? 0 : offer_heads_of(&x->points, theirs, step.log)};
		/* Of what both sides hold nothing is to be asked or given, in however many branches. */
		if (!log_view_equal(&step.view) && !each(x, &step, text, err)) {
			return false;
		}
		own += step.view.chain_count;
		theirs += step.view.point_count;
	}
	return true;
}

/* Asks for what comes after what is held here of a log, when the peer holds a record that is not. */
static bool ask_log(struct exchange *x, const struct log_step *step, struct strbuf *text, struct err *err) {
	const struct head *missing = NULL;
	for (size_t p = 0; p < step->view.point_count; p++) {
		bool held = false;
		if (!points_hold_signed(x->replica, &step->view, &step->view.points[p], &held, err)) {
			return false;
		}
		missing = held ? missing : &step->view.points[p];
	}
	if (missing == NULL || !x->whole || x->ask_count >= ASKS_MAX || held_is(&x->held, HELD_HERE, step->log, clock_mono())) {
		return true;
	}
	x->ask_count++;
	if (step->view.chain_count == 0) {
		message_put_point(text, "ask", &(struct head){.log = *step->log});
	}
	size_t met = heads_find(&x->met, step->log);
	if (offer_heads_of(&x->met, met, step->log) != 0) {
		message_put_point(text, "ask", &x->met.items[met]);
	}
	for (size_t c = 0; c < step->view.chain_count; c++) {
		const struct head *chain = &step->view.chains[c];
		message_put_point(text, "ask", chain);
		/* The peer's record lies inside our chain and reads otherwise: the log branched somewhere before it. Probes let the peer
		 * find where. */
		if (missing->seq <= chain->seq && !offer_probes(x->replica, chain, missing->seq - 1, "ask", text, err)) {
			return false;
		}
	}
	return true;
}

/* Gives what the peer lacks of each of our chains, from the last record on that both are known to hold (offer_log). */
static bool give_log(struct exchange *x, const struct log_step *step, struct strbuf *text, struct err *err) {
	if (held_is(&x->held, HELD_THERE, step->log, clock_mono())) {
		return true;
	}
	struct offer *offers = xcalloc(step->view.chain_count + 1, sizeof *offers);
	bool ok = offer_log(x->replica, &step->view, offers, err);
	for (size_t i = 0; ok && i < step->view.chain_count; i++) {
		ok = offer_write(x->replica, &offers[i], &x->offering, text, err);
	}
	free(offers);
	return ok;
}

static bool is_settled(const struct exchange *x) {
	return x->settled.is && crypto_hash_eq(&x->own_digest, &x->settled.own) && clock_mono().v < x->settled.until.v;
}

/* While logs are held back on one side the two never hold the same, and every round would list all that differs. So the digest is then that of what
 * the peer should hold once it has taken this request: when it does, it lists nothing, and what is known of it stays true. */
static bool expect(struct exchange *x, struct strbuf *text, size_t digest_at, struct err *err) {
	struct heads points = {0};
	struct strbuf line = {0};
	if (!x->need_list || !held_any(&x->held)) {
		return true;
	}
	bool ok = true, settled = is_settled(x);
	if (!settled) {
		heads_copy(&x->points, &points);
	}
	for (size_t i = 0; ok && !settled && i < x->ends.count; i++) {
		ok = points_add(x->replica, &points, &x->ends.items[i], err);
	}
	if (ok) {
		struct hash expected = settled ? x->settled.theirs : heads_digest(points.items, points.count);
		x->expecting = true;
		message_put_hash(&line, "digest", &expected);
		memcpy(text->data + digest_at, line.data, line.len); /* as long as the line that stands there */
	}
	strbuf_fini(&line);
	heads_fini(&points);
	return ok;
}

/* The text of one request, at most about `cap` bytes. pack_message may call it again with a smaller cap, so all that it notes in x is set
 * anew. */
static bool build(void *context, size_t cap, struct strbuf *text, struct err *err) {
	struct exchange *x = context;
	x->ask_count = 0;
	x->ends.count = 0;
	bool first = x->report.sent == 0 && x->state == EXCHANGE_READY;
	x->offering = (struct offering){.cap = first && cap > FIRST_TEXT ? FIRST_TEXT : cap, .ends = &x->ends};
	message_begin(text, MESSAGE_REQUEST);
	size_t digest_at = text->len;
	message_put_hash(text, "digest", &x->own_digest);
	x->expecting = false;
	if (x->need_list) {
		listing_ask(&x->open, text);
	}
	if (x->replica->has_certificate) {
		message_put_certificate(text, &x->replica->certificate);
	}
	if (x->open.count != 0) { /* first the rest of the list: it costs little, and what it says would be asked for twice */
		return true;
	}
	/* Runs come last, and proofs are runs. */
	if (!x->points_known) { /* what the peer lacks is not known yet */
		return !x->need_list || x->replica->ops->loose_proofs(x->replica->self, text, err);
	}
	/* Else nothing is to be looked up, of however many logs. */
	bool differs = !heads_equal(&x->own, &x->points);
	bool look = differs && !is_settled(x);
	return (!look || x->state == EXCHANGE_ASKED || each_log(x, ask_log, text, err)) && /* what was just asked for is on its way */
	       (!x->need_list || x->replica->ops->loose_proofs(x->replica->self, text, err)) &&
	       (!look || each_log(x, give_log, text, err)) && (!differs || expect(x, text, digest_at, err));
}

struct building {
	struct exchange *x;
	struct hash text_hash;
};

static bool build_and_hash(void *context, size_t cap, struct strbuf *text, struct err *err) {
	struct building *b = context;
	bool ok = build(b->x, cap, text, err);
	b->text_hash = crypto_sha256(strbuf_str(text), text->len);
	return ok;
}

/* --- what the peer holds of ours ----------------------------------------------------------------------------------------------------- */

static bool keep_acks(struct exchange *x, struct err *err) {
	struct acks_state state = {
		.own = &x->own, .points = &x->points, .own_digest = x->own_digest, .peer = x->report.peer, .keeper = x->report.keeper};
	state.points_digest = heads_equal(&x->own, &x->points) ? x->own_digest
			      : is_settled(x)                  ? x->settled.theirs
							       : heads_digest(x->points.items, x->points.count);
	return acks_keep(&x->acks, x->replica, &state, &x->report.acknowledged, err);
}

/* What has the digest of the list that was read last is that list: an idle round reads none, and copies none. */
static bool read_own(struct exchange *x, struct err *err) {
	struct heads own;
	struct hash digest;
	if (!x->replica->ops->digest(x->replica->self, &digest, err)) {
		return false;
	}
	uint64_t generation = x->replica->ops->generation != NULL ? x->replica->ops->generation(x->replica->self) : 0;
	if (generation != x->generation) {
		x->generation = generation;
		x->own_known = x->settled.is = false;
		acks_fini(&x->acks);
	}
	if (x->own_known && crypto_hash_eq(&digest, &x->own_digest)) {
		return true;
	}
	if (!x->replica->ops->heads(x->replica->self, &own, err)) {
		return false;
	}
	heads_fini(&x->own);
	x->own = own;
	x->own_known = true;
	x->own_digest = heads_digest(own.items, own.count); /* of this list: it may be newer than what was asked first */
	return true;
}

/* Asks into a text that is thrown away: only whether anything would be asked counts. */
static bool nothing_to_ask(struct exchange *x, bool *nothing, struct err *err) {
	struct strbuf asks = {0};
	x->ask_count = 0;
	bool ok = read_own(x, err) && each_log(x, ask_log, &asks, err);
	*nothing = x->ask_count == 0;
	strbuf_fini(&asks);
	return ok;
}

/* *taken: the request that was made ahead is the one to send now. */
static bool take_ahead(struct exchange *x, struct strbuf *out, bool *taken, struct err *err) {
	bool fits = x->ahead.made && !x->need_list && heads_equal(&x->ahead.if_points, &x->points);
	if (fits && x->ahead.beside_asks && !nothing_to_ask(x, &fits, err)) {
		return false;
	}
	*taken = fits;
	if (fits) {
		strbuf_add(out, x->ahead.bytes.data, x->ahead.bytes.len);
		x->text_hash = x->ahead.text_hash;
		x->offering = x->ahead.offering;
		heads_fini(&x->ends);
		x->ends = x->ahead.ends;
		x->ahead.ends = (struct heads){0};
		x->ask_count = 0;
	}
	forget_ahead(x);
	return true;
}

static bool ask(struct exchange *x, struct strbuf *out, size_t begin) {
	x->request_hash = crypto_sha256(out->data + begin, out->len - begin);
	x->asked_at = clock_mono();
	move(x, EXCHANGE_ASKED);
	return true;
}

/* That the peer is a keeper may be among what it gave. */
static bool judge_again(struct exchange *x, struct err *err) {
	enum standing standing;
	return x->report.keeper || x->replica->ops->judge(x->replica->self, &x->report.peer, NULL, &standing, &x->report.keeper, err);
}

/* What came meanwhile may have told who may bring how much: a log that was held back before its station was known is tried once more. */
static bool try_held(struct exchange *x) {
	if (x->report.sent + x->report.received == 0 || !held_try(&x->held)) {
		return false;
	}
	x->text_hash = (struct hash){{0}}; /* the same may have to be asked */
	x->settled.is = false;
	return true;
}

static bool says_nothing(const struct exchange *x) { return x->points_known && !x->need_list && x->ask_count == 0 && !x->offering.any; }

static void settle(struct exchange *x) {
	if (x->whole && held_any(&x->held) && !is_settled(x) && !heads_equal(&x->own, &x->points)) {
		x->settled.is = true;
		x->settled.own = x->own_digest;
		x->settled.theirs = heads_digest(x->points.items, x->points.count);
		x->settled.until = held_first(&x->held, clock_mono());
	}
}

/* Nothing is left to ask or to give. */
static bool end(struct exchange *x, struct err *err) {
	if (!judge_again(x, err) || !keep_acks(x, err)) {
		return fail(x);
	}
	settle(x);
	move(x, EXCHANGE_DONE);
	return true;
}

bool exchange_request(struct exchange *x, struct strbuf *out, struct err *err) {
	struct building b = {.x = x};
	size_t begin = out->len;
	bool ready_made = false;
	if (x->state != EXCHANGE_READY) {
		return err_set(err, ERR_USAGE, "the exchange is not ready to ask");
	}
	if (!take_ahead(x, out, &ready_made, err)) {
		return fail(x);
	}
	if (ready_made) {
		return ask(x, out, begin);
	}
	if (!read_own(x, err)) {
		return fail(x);
	}
	if (x->points_known && !x->need_list && heads_equal(&x->own, &x->points)) {
		x->ask_count = 0;
		x->offering = (struct offering){0};
		return end(x, err);
	}
	do {
		strbuf_truncate(out, begin);
		if (!pack_message(x->replica, build_and_hash, &b, out, err)) {
			return fail(x);
		}
	} while (says_nothing(x) && try_held(x));
	if (says_nothing(x)) {
		strbuf_truncate(out, begin);
		return end(x, err);
	}
	/* The same request as last time: its answer changed nothing, and asking again would go on for ever. */
	if (crypto_hash_eq(&b.text_hash, &x->text_hash)) {
		strbuf_truncate(out, begin);
		if (!x->relisted) { /* what is known of the peer may hold no more: it may have let branches go */
			want_list(x, true);
			x->relisted = true;
			x->text_hash = (struct hash){{0}};
			return exchange_request(x, out, err);
		}
		err_set(err, ERR_INPUT, "the two sides come no further: %s",
			x->report.why[0] ? x->report.why : "what is missing does not arrive");
		return fail(x);
	}
	x->text_hash = b.text_hash;
	return ask(x, out, begin);
}

/* --- ahead of the answer ----------------------------------------------------------------------------------------------------------------- */

bool exchange_has_more(const struct exchange *x) {
	return x->state == EXCHANGE_ASKED && x->offering.left && !x->need_list && !x->ahead.made;
}

/* Builds the next request as if the peer had taken all that is under way: x's own members are swapped for what would hold then, and put
 * back after. */
bool exchange_ahead(struct exchange *x, struct err *err) {
	struct building b = {.x = x};
	if (!exchange_has_more(x)) {
		return true;
	}
	struct heads points = x->points;
	struct heads ends = x->ends;
	struct offering offering = x->offering;
	size_t ask_count = x->ask_count;
	heads_copy(&points, &x->points);
	x->ends = (struct heads){0};
	bool ok = true;
	for (size_t i = 0; ok && i < ends.count; i++) {
		ok = points_add(x->replica, &x->points, &ends.items[i], err);
	}
	ok = ok && pack_message(x->replica, build_and_hash, &b, &x->ahead.bytes, err);
	x->ahead.made = ok && x->offering.any;
	x->ahead.beside_asks = ask_count != 0;
	x->ahead.text_hash = b.text_hash;
	x->ahead.offering = x->offering;
	x->ahead.ends = x->ends;
	x->ahead.if_points = x->points;
	x->points = points;
	x->ends = ends;
	x->offering = offering;
	x->ask_count = ask_count;
	if (!x->ahead.made) {
		forget_ahead(x);
	}
	return ok;
}

/* --- the answer ---------------------------------------------------------------------------------------------------------------------- */

/* Everything that we held when we asked. */
static void points_are_ours(struct exchange *x) {
	if (!heads_equal(&x->own, &x->points)) {
		heads_fini(&x->points);
		heads_copy(&x->own, &x->points);
	}
	spans_fini(&x->open);
	x->points_known = true;
}

static bool take_points(struct exchange *x, struct message *answer, struct err *err) {
	if (x->need_list && answer->lists.count + answer->parts.count != 0) {
		if (!listing_take(&x->points, &x->own, answer, &x->open, err)) {
			return false;
		}
		x->points_known = x->open.count == 0;
		x->list_rounds += answer->lists.count == 0;
		if (x->list_rounds > LISTING_ROUNDS) {
			return err_set(err, ERR_INPUT, "the other side's list of logs has no end");
		}
	} else if (answer->has_digest && x->need_list && !x->expecting) {
		points_are_ours(x); /* the list would only say it again */
	}
	for (size_t i = 0; i < answer->have.count; i++) {
		if (!points_add(x->replica, &x->points, &answer->have.items[i], err)) {
			return false;
		}
	}
	x->need_list = x->open.count != 0;
	return true;
}

/* Whether one of these is our own tells the report. */
static void take_later(struct exchange *x, const struct message *answer) {
	for (size_t i = 0; i < answer->later.count; i++) {
		const struct message_later *later = &answer->later.items[i];
		size_t at = heads_find(&x->own, &later->log);
		if (at == x->own.count || !crypto_hash_eq(&x->own.items[at].log, &later->log)) {
			continue; /* of no log that we could have brought */
		}
		held_put(&x->held, HELD_THERE, &later->log, (struct mono_ms){clock_mono().v + later->seconds * 1000});
		x->report.later++;
		x->report.later_own = x->report.later_own || crypto_key_eq(&x->own.items[at].author, &x->replica->signer.public_key);
	}
}

static void note_met(struct exchange *x, const struct head *point) {
	size_t at = heads_find(&x->met, &point->log);
	bool known = offer_heads_of(&x->met, at, &point->log) != 0;
	if (!known) {
		ARRAY_GROW(&x->met, items);
		memmove(&x->met.items[at + 1], &x->met.items[at], (x->met.count - at) * sizeof *x->met.items);
		x->met.count++;
	}
	/* Also one that lies before it: of another branch, which parted earlier. Only what goes beyond all before it counts as coming on. */
	x->met_moved = x->met_moved || !known || point->seq > x->met.items[at].after;
	uint64_t farthest = known && x->met.items[at].after > point->seq ? x->met.items[at].after : point->seq;
	x->met.items[at] = *point;
	x->met.items[at].after = farthest;
}

static bool take_runs(struct exchange *x, struct message *answer, struct err *err) {
	if (answer->run_count == 0) {
		return true;
	}
	struct intake intake = {.runs = answer->runs, .count = answer->run_count};
	intake.fates = xcalloc(intake.count, sizeof *intake.fates);
	bool ok = x->replica->ops->take(x->replica->self, &intake, err);
	for (size_t i = 0; ok && i < intake.count; i++) {
		const struct run_fate *fate = &intake.fates[i];
		x->report.received += fate->result.added;
		x->report.branched = x->report.branched || fate->result.branched;
		if (fate->result.outcome == MERGE_PACED || fate->result.outcome == MERGE_SURPLUS) {
			held_put(&x->held, HELD_HERE, &intake.runs[i].run.log, (struct mono_ms){INT64_MAX});
			x->report.later_here++;
		}
		if (fate->wrong && x->report.wrong++ == 0) {
			str_copy(x->report.why, sizeof x->report.why, fate->why);
		}
		if (!intake.runs[i].proof && !fate->wrong && !fate->failed && fate->result.outcome <= MERGE_KNOWN) {
			const struct run *run = &intake.runs[i].run; /* the peer gave it, so both hold it, and neither asks or gives it */
			struct head point = {.log = run->log, .seq = run->from + run->count - 1, .hash = fate->result.head};
			/* Of runs that follow one another the end of the last one says all. */
			bool last = i + 1 == intake.count || !intake.runs[i + 1].follows;
			/* What we knew and were given all the same is of a log that branches. */
			if (fate->result.added == 0) {
				note_met(x, &point);
			}
			ok = !last || (points_add(x->replica, &x->points, &point, err) &&
				       (!x->ahead.made || points_add(x->replica, &x->ahead.if_points, &point, err)));
		}
	}
	free(intake.fates);
	return ok;
}

static void take_clock(struct exchange *x, const struct message *answer) {
	struct mono_ms now = clock_mono();
	int64_t trip = now.v - x->asked_at.v;
	if (answer->has_clock && trip >= 0 && trip < x->best_trip_ms) {
		x->best_trip_ms = trip;
		x->report.has_clock = true;
		x->report.clock_sure = answer->clock_sure;
		x->report.clock_ahead_ms = answer->clock.v - (x->asked_at.v + trip / 2); /* half of the way there (RFC 5905's assumption) */
	}
}

/* Only a keeper is believed: any neighbour could end a box's work else. */
static bool hear_keeper(const struct exchange *x, const struct message *answer, const struct public_key *peer, struct err *err) {
	const struct replica_ops *ops = x->replica->ops;
	void *self = x->replica->self;
	bool refused = answer->refuse_word != NULL;
	bool retired = refused && str_eq(answer->refuse_word, "retired"), closed = refused && str_eq(answer->refuse_word, "closed");
	if (!x->report.keeper) {
		return true;
	}
	return (ops->told_retired == NULL || (refused && !retired) || ops->told_retired(self, peer, retired, err)) &&
	       (ops->told_closed == NULL || (refused && !closed) || ops->told_closed(self, peer, closed, err));
}

static bool check_peer(struct exchange *x, const struct message *answer, const struct public_key *peer, struct err *err) {
	enum standing standing;
	if (answer->kind != MESSAGE_ANSWER || !answer->has_reply || !crypto_hash_eq(&answer->reply, &x->request_hash)) {
		return err_set(err, ERR_INPUT, "what came back is not the answer to what was asked");
	}
	if (!x->replica->ops->judge(x->replica->self, peer, answer->has_certificate ? &answer->certificate : NULL, &standing,
				    &x->report.keeper, err) ||
	    !hear_keeper(x, answer, peer, err)) {
		return false;
	}
	if (answer->refuse_word != NULL) {
		str_copy(x->report.refused, sizeof x->report.refused, answer->refuse_word);
		return err_set(err, ERR_REFUSED, "%s", answer->refuse_text);
	}
	if (standing == STANDING_RETIRED) {
		return err_set(err, ERR_REFUSED, "the other side was retired by the organiser");
	}
	if (!crypto_key_eq(peer, &x->report.peer)) { /* another hub behind the same address, or the first answer at all */
		x->report.peer = *peer;
	}
	return true;
}

static bool take_answer(struct exchange *x, struct octets envelope, struct message *answer, struct err *err) {
	struct strbuf text = {0};
	struct public_key peer;
	bool ok = envelope_open(&x->replica->keys, envelope, &peer, &text, err) && message_read(&text, answer, err);
	strbuf_fini(&text);
	if (!ok || !check_peer(x, answer, &peer, err)) {
		return false;
	}
	take_clock(x, answer);
	x->report.sent += x->offering.records;
	x->offering = (struct offering){0};
	x->ask_count = 0;
	x->settled.is = x->settled.is && x->expecting &&
			answer->lists.count + answer->parts.count + answer->have.count + answer->later.count + answer->run_count == 0;
	take_later(x, answer);
	return take_points(x, answer, err) && take_runs(x, answer, err);
}

bool exchange_answer(struct exchange *x, struct octets answer, struct err *err) {
	struct message message = {0};
	if (x->state != EXCHANGE_ASKED) {
		return err_set(err, ERR_USAGE, "nothing was asked");
	}
	size_t before = x->report.sent + x->report.received;
	bool wanted = x->need_list;
	x->met_moved = false;
	bool ok = take_answer(x, answer, &message, err);
	bool moved = x->report.sent + x->report.received != before || (wanted && message.lists.count != 0) || x->met_moved;
	message_fini(&message);
	x->in_vain = moved ? 0 : x->in_vain + 1;
	if (ok && x->in_vain > IN_VAIN_MAX) {
		ok = err_set(err, ERR_INPUT, "the two sides come no further: the other one goes on without bringing anything");
	}
	if (!ok) {
		return fail(x);
	}
	move(x, EXCHANGE_READY);
	return true;
}
