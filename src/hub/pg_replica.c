#include "hub/pg_replica.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "hub/pg_event.h"
#include "hub/pg_rights.h"
#include "hub/pg_take.h"

#define READ_AT_ONCE 2048 /* records; a message takes about five thousand check-ins */

static const struct pg_sql CHAINS = {"chains", "SELECT " PG_CHAIN_COLUMNS " FROM hub_log WHERE event = $1"};
static const struct pg_sql CHAINS_OF = {"chains_of", "SELECT " PG_CHAIN_COLUMNS " FROM hub_log WHERE event = $1 AND origin = $2"};
/* As heads_digest writes it: the heads themselves need not come over. */
static const struct pg_sql DIGEST = {
	"digest", "SELECT sha256(coalesce(string_agg(origin || int8send(last_seq) || last_hash, ''::bytea ORDER BY origin, last_seq, "
		  "last_hash), ''::bytea)) FROM hub_log WHERE event = $1"};
static const struct pg_sql READ = {
	"read", "SELECT r.seq, r.kind, r.mono_ms, r.utc_ms, r.subject, r.body, r.body_sha256, s.signature FROM hub_record r "
		"LEFT JOIN hub_signature s ON s.event = r.event AND s.log = r.log AND s.seq = r.seq "
		"WHERE r.event = $1 AND r.log = $2 AND r.seq BETWEEN $3 AND $4 ORDER BY r.seq"};
static const struct pg_sql ERASED = {"erased", "SELECT log, seq, proof FROM hub_erased WHERE event = $1 AND subject = $2"};
static const struct pg_sql ERASED_LOOSE = {"erased_loose",
					   "SELECT proof FROM hub_erased WHERE event = $1 AND log IS NULL ORDER BY subject"};
static const struct pg_sql ERASED_ANY = {"erased_any", "SELECT 1 FROM hub_erased WHERE event = $1 LIMIT 1"};

/* --- heads -------------------------------------------------------------------------------------------------------------------------------- */

static bool read_heads(struct pg_event *e, const struct pg_sql *sql, const struct hash *of, struct heads *out, struct err *err) {
	struct pg_rows *rows = NULL;
	*out = (struct heads){0};
	/* The state first: whoever then reads what is not there any more learns by it why. */
	bool ok = pg_event_state(e, err) && pg_event_fetch(e, sql, of, &rows, err);
	for (int i = 0; ok && i < pg_count(rows); i++) {
		struct hash key = {{0}};
		(void)pg_take(rows, i, 0, key.b, HASH_LEN);
		const struct pg_chain *c = pg_event_chain(e, &key);
		ARRAY_GROW(out, items);
		out->items[out->count++] = (struct head){.log = c->origin,
							 .seq = c->last,
							 .hash = c->last_hash,
							 .author = c->author,
							 .chain = c - e->chains.items + 1,
							 .after = c->after};
	}
	pg_rows_free(rows);
	heads_sort(out);
	return ok;
}

static bool heads(void *self, struct heads *out, struct err *err) { return read_heads(self, &CHAINS, NULL, out, err); }

static bool compute_digest(struct pg_event *e, struct hash *out, struct err *err) {
	struct pg_rows *rows = NULL;
	struct pg_args args = {.count = 0};
	pg_arg_bytes(&args, e->of.event.b, HASH_LEN);
	bool ok = pg_run(e->pg, &DIGEST, &args, &rows, err) &&
		  (pg_take(rows, 0, 0, out->b, HASH_LEN) || err_set(err, ERR_CORRUPT, "PostgreSQL made no digest"));
	pg_rows_free(rows);
	return ok;
}

static bool digest(void *self, struct hash *out, struct err *err) {
	struct pg_event *e = self;
	if (!pg_event_state(e, err)) {
		return false;
	}
	struct hash state = e->state.logs;
	if (pg_known_digest(e->known, &e->of.event, &state, clock_mono(), out)) {
		return true;
	}
	if (!compute_digest(e, out, err)) {
		return false;
	}
	pg_known_put(e->known, &e->of.event, &state, clock_mono(), out);
	return true;
}

static bool heads_of(void *self, const struct hash *log, struct heads *out, struct err *err) {
	return read_heads(self, &CHAINS_OF, log, out, err);
}

static bool hash_at(void *self, int64_t chain, uint64_t seq, struct hash *out, bool *found, struct err *err) {
	struct pg_event *e = self;
	*found = false;
	return chain < 1 || (size_t)chain > e->chains.count || pg_event_hash(e, &e->chains.items[chain - 1], seq, out, found, err);
}

/* --- reading runs -------------------------------------------------------------------------------------------------------------------------- */

struct reading {
	const struct run_visitor *visitor;
	uint64_t next; /* seq that comes next */
	bool stopped;
};

/* False: a record is missing among them. */
static bool show_rows(struct reading *r, const struct pg_rows *rows) {
	for (int i = 0; i < pg_count(rows) && !r->stopped; i++) {
		struct signature signature;
		struct run_record record = {.kind = str_or_empty(pg_text(rows, i, 1)),
					    .mono_ms = pg_int(rows, i, 2),
					    .utc_ms = pg_int(rows, i, 3),
					    .subject = str_or_empty(pg_text(rows, i, 4)),
					    .body = pg_text(rows, i, 5)};
		uint64_t seq = (uint64_t)pg_int(rows, i, 0);
		if (seq != r->next || !pg_take(rows, i, 6, record.body_sha256.b, HASH_LEN)) {
			return false;
		}
		r->next++;
		r->stopped = !r->visitor->record(r->visitor->context, seq, &record) ||
			     (pg_take(rows, i, 7, signature.b, SIG_LEN) && !r->visitor->sign(r->visitor->context, seq, &signature));
	}
	return true;
}

static bool read_some(struct pg_event *e, const struct pg_chain *at, uint64_t to, struct reading *r, struct err *err) {
	struct pg_rows *rows = NULL;
	struct pg_args args = {.count = 0};
	pg_arg_bytes(&args, e->of.event.b, HASH_LEN);
	pg_arg_bytes(&args, at->key.b, HASH_LEN);
	pg_arg_int(&args, (int64_t)r->next);
	pg_arg_int(&args, (int64_t)to);
	uint64_t before = r->next;
	if (!pg_run(e->pg, &READ, &args, &rows, err)) {
		return false;
	}
	bool whole = show_rows(r, rows) && (r->stopped || r->next != before);
	pg_rows_free(rows);
	return whole || pg_event_missing(e, "a log in hub_record has a hole", err);
}

static bool read_runs(void *self, const struct head *head, uint64_t from, const struct run_visitor *visitor, struct err *err) {
	struct pg_event *e = self;
	struct reading r = {.visitor = visitor, .next = from};
	if (head->chain < 1 || (size_t)head->chain > e->chains.count) {
		return err_set(err, ERR_CORRUPT, "a log was asked for that was not met");
	}
	struct pg_chain chain = e->chains.items[head->chain - 1];
	while (!r.stopped && r.next <= head->seq) {
		struct pg_chain at;
		if (!pg_event_holder(e, chain, r.next, &at, err)) {
			return false;
		}
		/* Up to where the chain it lies on is left: of the branches on the way from the head's chain down to it, the lowest place
		 * of leaving. */
		uint64_t end = head->seq;
		for (struct pg_chain c = chain; c.branch && !crypto_hash_eq(&c.key, &at.key);) {
			end = c.after < end ? c.after : end;
			const struct pg_chain *base = pg_event_chain(e, &c.base_key);
			if (base == NULL) {
				break;
			}
			c = *base;
		}
		uint64_t to = end - r.next >= READ_AT_ONCE ? r.next + READ_AT_ONCE - 1 : end;
		if (!read_some(e, &at, to, &r, err)) {
			return false;
		}
	}
	return true;
}

/* --- erasures ------------------------------------------------------------------------------------------------------------------------------ */

static bool erased(void *self, const char *subject, bool *known, struct err *err) {
	struct pg_event *e = self;
	struct pg_rows *rows = NULL;
	struct pg_args args = {.count = 0};
	pg_arg_bytes(&args, e->of.event.b, HASH_LEN);
	if (subject != NULL) {
		pg_arg_text(&args, subject);
	}
	bool ok = pg_run(e->pg, subject ? &ERASED : &ERASED_ANY, &args, &rows, err);
	*known = ok && pg_count(rows) != 0;
	pg_rows_free(rows);
	return ok;
}

static bool proof_of_rows(struct pg_event *e, const struct pg_rows *rows, struct erasure_proof *out, struct err *err) {
	struct hash key;
	if (pg_count(rows) == 0) {
		return err_set(err, ERR_NOT_FOUND, "the subject was not erased");
	}
	if (!pg_take(rows, 0, 0, key.b, HASH_LEN)) {
		strbuf_adds(&out->text, str_or_empty(pg_text(rows, 0, 2)));
		return true;
	}
	bool ok = pg_event_fetch_one(e, &key, err);
	const struct pg_chain *c = ok ? pg_event_chain(e, &key) : NULL;
	if (c == NULL) {
		return ok ? err_set(err, ERR_CORRUPT, "the log of an erasure is not in hub_log") : false;
	}
	out->from = (uint64_t)pg_int(rows, 0, 1);
	out->head = (struct head){.log = c->origin,
				  .seq = c->last,
				  .hash = c->last_hash,
				  .author = c->author,
				  .chain = c - e->chains.items + 1,
				  .after = c->after};
	return true;
}

static bool proof(void *self, const char *subject, struct erasure_proof *out, struct err *err) {
	struct pg_event *e = self;
	struct pg_rows *rows = NULL;
	struct pg_args args = {.count = 0};
	*out = (struct erasure_proof){.from = 0};
	pg_arg_bytes(&args, e->of.event.b, HASH_LEN);
	pg_arg_text(&args, subject);
	bool ok = pg_run(e->pg, &ERASED, &args, &rows, err) && proof_of_rows(e, rows, out, err);
	pg_rows_free(rows);
	return ok;
}

static bool loose_proofs(void *self, struct strbuf *out, struct err *err) {
	struct pg_event *e = self;
	struct pg_rows *rows = NULL;
	struct pg_args args = {.count = 0};
	pg_arg_bytes(&args, e->of.event.b, HASH_LEN);
	bool ok = pg_run(e->pg, &ERASED_LOOSE, &args, &rows, err);
	for (int i = 0; ok && i < pg_count(rows); i++) {
		strbuf_adds(out, str_or_empty(pg_text(rows, i, 0)));
	}
	pg_rows_free(rows);
	return ok;
}

static bool take_intake(void *self, struct intake *intake, struct err *err) { return pg_take_intake(self, intake, err); }

static bool judge_key(void *self, const struct public_key *key, const struct certificate *certificate, enum standing *out, bool *keeper,
		      struct err *err) {
	struct pg_event *e = self;
	struct rights_verdict verdict;
	if (!pg_rights_judge(e, key, certificate, &verdict, err)) {
		return false;
	}
	*keeper = verdict.keeper;
	*out = replica_standing(verdict.station, certificate != NULL, verdict.opens);
	return true;
}

const struct replica_ops pg_replica_ops = {
	.heads = heads,
	.digest = digest,
	.heads_of = heads_of,
	.hash_at = hash_at,
	.read = read_runs,
	.erased = erased,
	.proof = proof,
	.loose_proofs = loose_proofs,
	.take = take_intake,
	.judge = judge_key,
};
