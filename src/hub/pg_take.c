#include "hub/pg_take.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "hub/pg_branches.h"
#include "hub/pg_brought.h"
#include "store/log/branches.h"

/* ERR_BUSY is a serialisation failure, a deadlock or a row that another hub put first (hub/pg.c): each time the transaction is begun anew,
 * a little later. */
#define TRIES 8

/* The log's own row first, in every hub: who holds it holds the log, branches that were added meanwhile too. */
static const struct pg_sql LOCK = {"lock", "SELECT " PG_CHAIN_COLUMNS
					   " FROM hub_log WHERE event = $1 AND origin = $2 ORDER BY base IS NOT NULL, log FOR UPDATE"};
static const struct pg_sql LOCK_ERASING = {"lock_erasing", "SELECT 1 FROM hub_event WHERE event = $1 FOR UPDATE"};
static const struct pg_sql LOCK_BODIES = {"lock_bodies", "SELECT 1 FROM hub_event WHERE event = $1 FOR KEY SHARE"};
static const struct pg_sql LOG_ADD = {"log_add", "INSERT INTO hub_log (event, log, origin, base, after, author, last_seq, last_hash) "
						 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
static const struct pg_sql LOG_MOVE = {"log_move", "UPDATE hub_log SET last_seq = $3, last_hash = $4 WHERE event = $1 AND log = $2"};
static const struct pg_sql COUNT = {"chain_count", "SELECT count(*) FROM hub_log WHERE event = $1 AND origin = $2"};
static const struct pg_sql SIGNATURE = {"signature", "INSERT INTO hub_signature (event, log, seq, signature) VALUES ($1, $2, $3, $4) "
						     "ON CONFLICT DO NOTHING"};
static const struct pg_sql SUBJECTS = {"subjects", "SELECT subject FROM hub_erased WHERE event = $1"};
static const struct pg_sql ERASE_PROVE = {"erase_prove",
					  "INSERT INTO hub_erased (event, subject, proof) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"};
static const struct pg_sql ERASE_PUT = {
	"erase_put", "INSERT INTO hub_erased (event, subject, log, seq) VALUES ($1, $2, $3, $4) ON CONFLICT (event, subject) "
		     "DO UPDATE SET log = excluded.log, seq = excluded.seq, proof = NULL WHERE hub_erased.log IS NULL"};
static const struct pg_sql BODIES = {"bodies", "UPDATE hub_record SET body = NULL WHERE event = $1 AND subject = $2 AND body IS NOT NULL"};
static const char COPY_RECORDS[] = "COPY hub_record (event, log, seq, kind, mono_ms, utc_ms, subject, body, body_sha256, hash) FROM STDIN "
				   "(FORMAT binary)";
static const char COPY_SIGNATURES[] = "COPY hub_signature (event, log, seq, signature) FROM STDIN (FORMAT binary)";

struct taking {
	struct pg_event *e;
	struct mapstr erased;              /* subjects */
	struct strbuf records, signatures; /* rows to be copied; empty: none yet */
	struct mapstr moved;               /* chains whose ends moved: key in hex */
	struct mapstr added;               /* those of them that are new */
	struct pg_brought brought;
	bool changed, rights_changed; /* records came or went; such as give or take rights */
	struct {
		char **items;
		size_t count, cap;
	} gone; /* subjects whose bodies have to go, at the end */
};

/* --- what is known -------------------------------------------------------------------------------------------------------------------------- */

static int by_log(const void *a, const void *b) { return memcmp(*(const uint8_t *const *)a, *(const uint8_t *const *)b, HASH_LEN); }

/* All in the order of their hashes, in every hub: so two that take messages with the same logs cannot wait for each other. */
static bool lock_logs(struct taking *t, const struct intake *intake, struct err *err) {
	const uint8_t **logs = xcalloc(intake->count + 1, sizeof *logs);
	size_t count = 0;
	for (size_t i = 0; i < intake->count; i++) {
		logs[count++] = intake->runs[i].run.log.b;
	}
	qsort(logs, count, sizeof *logs, by_log);
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		struct pg_rows *rows = NULL;
		struct pg_args args = {.count = 0};
		if (i > 0 && memcmp(logs[i], logs[i - 1], HASH_LEN) == 0) {
			continue;
		}
		pg_arg_bytes(&args, t->e->of.event.b, HASH_LEN);
		pg_arg_bytes(&args, logs[i], HASH_LEN);
		ok = pg_run(t->e->pg, &LOCK, &args, &rows, err) && pg_event_chains(t->e, rows, err);
		pg_rows_free(rows);
	}
	free(logs);
	return ok;
}

/* Invariant 6: an erasure waits for those who bring bodies that could be erased, and they for it; else the one would not see the body, nor the
 * other the erasure, and the body would stay. Check-ins are nobody's, so nearly no message waits. */
static bool lock_subjects(struct taking *t, const struct intake *intake, struct err *err) {
	const struct pg_sql *lock = NULL;
	struct pg_args args = {.count = 0};
	for (size_t i = 0; i < intake->count && lock != &LOCK_ERASING; i++) {
		const struct run *run = &intake->runs[i].run;
		bool organiser = crypto_key_eq(&run->author, &t->e->of.organiser);
		for (size_t k = 0; k < run->count && lock != &LOCK_ERASING; k++) {
			if (organiser && str_eq(run->records[k].kind, "erase")) {
				lock = &LOCK_ERASING;
			} else if (run->records[k].subject[0] != '\0') {
				lock = &LOCK_BODIES;
			}
		}
	}
	pg_arg_bytes(&args, t->e->of.event.b, HASH_LEN);
	return lock == NULL || pg_run(t->e->pg, lock, &args, NULL, err);
}

static bool load_erased(struct taking *t, struct err *err) {
	struct pg_rows *rows = NULL;
	struct pg_args args = {.count = 0};
	bool made;
	pg_arg_bytes(&args, t->e->of.event.b, HASH_LEN);
	bool ok = pg_run(t->e->pg, &SUBJECTS, &args, &rows, err);
	for (int i = 0; ok && i < pg_count(rows); i++) {
		mapstr_place(&t->erased, str_or_empty(pg_text(rows, i, 0)), &made);
	}
	pg_rows_free(rows);
	return ok;
}

/* --- one run -------------------------------------------------------------------------------------------------------------------------------- */

struct placing {
	struct taking *t;
	struct {
		struct run_chain *items; /* `id` is the chain's number in the event */
		size_t count, cap;
	} chains;
};

static bool holder(void *context, uint64_t seq, const struct hash *hash, const struct run_chain **out, struct err *err) {
	const struct placing *p = context;
	*out = NULL;
	for (size_t i = 0; i < p->chains.count && *out == NULL; i++) {
		const struct run_chain *c = &p->chains.items[i];
		struct hash held;
		bool found = false;
		if (seq <= c->after || seq > c->last) {
			continue;
		}
		struct pg_chain chain = p->t->e->chains.items[c->id - 1];
		if (!pg_event_hash(p->t->e, &chain, seq, &held, &found, err)) {
			return false;
		}
		*out = found && crypto_hash_eq(&held, hash) ? c : NULL;
	}
	return true;
}

static void find_chains(struct placing *p, const struct hash *log) {
	const struct pg_event *e = p->t->e;
	const struct pg_chain *c;
	for (size_t number = pg_event_log(e, log); number != 0; number = c->next) {
		c = &e->chains.items[number - 1];
		ARRAY_GROW(&p->chains, items);
		p->chains.items[p->chains.count++] =
			(struct run_chain){.id = (int64_t)number, .after = c->after, .last = c->last, .author = c->author};
	}
}

static bool erasures_known(const struct taking *t, const struct run *run, size_t first) {
	for (size_t i = first; i < run->count; i++) {
		if (run->records[i].body == NULL && mapstr_find(&t->erased, run->records[i].subject) == NULL) {
			return false;
		}
	}
	return true;
}

static struct pg_chain *add_chain(struct taking *t, const struct run *run, const struct run_place *at) {
	struct pg_event *e = t->e;
	struct pg_chain c = {.origin = run->log, .author = run->author, .key = run->log};
	if (at->chain != NULL) {
		c.branch = true;
		c.base_key = e->chains.items[at->chain->id - 1].key;
		c.after = run->from + at->first - 1;
		c.key = run_branch_key(&run->log, &run->hashes[at->first]);
	}
	char hex[2 * HASH_LEN + 1];
	bool made;
	str_hex(c.key.b, HASH_LEN, hex);
	mapstr_place(&t->added, hex, &made);
	return pg_event_put(e, &c);
}

/* An organiser's erase record: the subject's bodies go, those that come in this very message too. Those are in no table before the COPY, so
 * the bodies are removed at the end (remove_bodies). */
static void note_erasure(struct taking *t, const struct run_record *r) {
	struct err none = {0};
	bool made;
	struct json *body = json_parse(str_or_empty(r->body), strlen(str_or_empty(r->body)), &none);
	const char *subject = json_get_text(body, "subject");
	size_t n = strlen(str_or_empty(subject));
	if (n > 0 && n <= RECORD_SUBJECT_MAX && strspn(subject, "0123456789abcdef") == n) {
		mapstr_place(&t->erased, subject, &made);
		ARRAY_GROW(&t->gone, items);
		t->gone.items[t->gone.count++] = xstrdup(subject);
	}
	json_free(body);
}

/* Puts the erasure that note_erasure just added to `gone`, if it did: there were `before` of them before. */
static bool put_erasure(struct taking *t, const struct pg_chain *chain, uint64_t seq, size_t before, struct err *err) {
	if (t->gone.count == before) {
		return true;
	}
	struct pg_args args = {.count = 0};
	pg_arg_bytes(&args, t->e->of.event.b, HASH_LEN);
	pg_arg_text(&args, t->gone.items[t->gone.count - 1]);
	pg_arg_bytes(&args, chain->key.b, HASH_LEN);
	pg_arg_int(&args, (int64_t)seq);
	return pg_run(t->e->pg, &ERASE_PUT, &args, NULL, err);
}

static bool put_record(struct taking *t, const struct pg_chain *chain, const struct run *run, size_t i, const struct hash *hash,
		       struct err *err) {
	const struct run_record *r = &run->records[i];
	struct strbuf *out = &t->records;
	size_t before = t->gone.count;
	if (str_eq(r->kind, "erase") && crypto_key_eq(&run->author, &t->e->of.organiser)) {
		note_erasure(t, r);
		if (!put_erasure(t, chain, run->from + i, before, err)) {
			return false;
		}
	}
	const char *body = r->subject[0] != '\0' && mapstr_find(&t->erased, r->subject) != NULL ? NULL : r->body;
	if (out->len == 0) {
		pg_copy_begin(out);
	}
	t->rights_changed = t->rights_changed || rights_kind(r->kind);
	pg_copy_row(out, 10);
	pg_copy_value(out, t->e->of.event.b, HASH_LEN);
	pg_copy_value(out, chain->key.b, HASH_LEN);
	pg_copy_int(out, (int64_t)(run->from + i));
	pg_copy_value(out, r->kind, strlen(r->kind));
	pg_copy_int(out, r->mono_ms);
	pg_copy_int(out, r->utc_ms);
	pg_copy_value(out, r->subject, strlen(r->subject));
	pg_copy_value(out, body, body ? strlen(body) : 0);
	pg_copy_value(out, r->body_sha256.b, HASH_LEN);
	pg_copy_value(out, hash->b, HASH_LEN);
	return true;
}

static bool add_records(struct taking *t, const struct run *run, const struct run_place *at, struct merge_result *result, struct err *err) {
	if (!erasures_known(t, run, at->first)) {
		result->outcome = MERGE_ERASURE;
		return true;
	}
	bool continues = at->chain != NULL && at->chain->last == run->from + at->first - 1;
	struct pg_chain *chain = continues ? &t->e->chains.items[at->chain->id - 1] : add_chain(t, run, at);
	for (size_t i = at->first; i < run->count; i++) {
		if (!put_record(t, chain, run, i, &run->hashes[i], err)) {
			return false;
		}
	}
	if (t->signatures.len == 0) {
		pg_copy_begin(&t->signatures);
	}
	pg_copy_row(&t->signatures, 4);
	pg_copy_value(&t->signatures, t->e->of.event.b, HASH_LEN);
	pg_copy_value(&t->signatures, chain->key.b, HASH_LEN);
	pg_copy_int(&t->signatures, (int64_t)(run->from + run->count - 1));
	pg_copy_value(&t->signatures, run->signature.b, SIG_LEN);
	char hex[2 * HASH_LEN + 1];
	bool made;
	str_hex(chain->key.b, HASH_LEN, hex);
	mapstr_place(&t->moved, hex, &made);
	chain->last = run->from + run->count - 1;
	chain->last_hash = run->hashes[run->count - 1];
	t->changed = true;
	result->outcome = MERGE_ADDED;
	result->added = run->count - at->first;
	result->branched = at->chain != NULL && !continues;
	return true;
}

/* Records that wait to be copied are in no table yet, so nothing can be compared with them; only a chain's end is known. What needs more
 * than that flushes first. */
static bool flush(struct taking *t, struct err *err);

static bool is_kept(const struct placing *p, const struct run *run, const struct run_place *at, bool *kept, struct err *err) {
	struct new_branch branch = {&run->log, at->chain->id, run->from + at->first - 1, &run->hashes[at->first]};
	return pg_branch_is_kept(p->t->e, &branch, kept, err);
}

static bool prune(struct taking *t, const struct hash *log, struct err *err) {
	size_t count = 0;
	bool ok = flush(t, err) && pg_branches_prune(t->e, log, &count, err);
	t->rights_changed = t->rights_changed || count != 0; /* what went, or stands elsewhere now, may have been such */
	return ok;
}

/* What goes beyond the author's share waits for another day. */
static bool add_weighed(const struct placing *p, const struct run *run, const struct run_place *at, struct merge_result *result,
			struct err *err) {
	struct brought brought = {.run = run,
				  .first = at->first,
				  .begins = at->chain == NULL || at->chain->last != run->from + at->first - 1,
				  .chains = p->chains.count};
	struct taking *t = p->t;
	bool fits = false, kept = true, branches = brought.begins && at->chain != NULL;
	/* The organiser's own log is never cut. */
	bool crowded = branches && p->chains.count > BRANCHES_KEPT && !crypto_key_eq(&run->author, &t->e->of.organiser);
	if (crowded && !is_kept(p, run, at, &kept, err)) {
		return false;
	}
	if (!kept) {
		result->outcome = MERGE_SURPLUS;
		result->wait_ms = MERGE_SURPLUS_WAIT_MS;
		return true;
	}
	if (!pg_brought_weigh(&t->brought, &brought, &fits, err)) {
		return false;
	}
	if (!fits) {
		result->outcome = MERGE_PACED;
		result->wait_ms = quota_wait(clock_utc());
		return true;
	}
	if (!add_records(t, run, at, result, err)) {
		return false;
	}
	if (result->outcome != MERGE_ADDED) {
		return true;
	}
	pg_brought_count(&t->brought, &brought);
	return !crowded || prune(t, &run->log, err);
}

/* What others added to the log while they held it and this waited is not among what was met then. Nobody can add more now. */
static bool meet_all(struct placing *p, const struct run *run, struct err *err) {
	struct pg_rows *rows = NULL;
	struct pg_args args = {.count = 0};
	pg_arg_bytes(&args, p->t->e->of.event.b, HASH_LEN);
	pg_arg_bytes(&args, run->log.b, HASH_LEN);
	bool ok = pg_run(p->t->e->pg, &COUNT, &args, &rows, err);
	bool all = ok && (size_t)pg_int(rows, 0, 0) == p->chains.count;
	pg_rows_free(rows);
	if (!ok || all) {
		return ok;
	}
	ok = pg_branches_meet(p->t->e, &run->log, err);
	p->chains.count = 0;
	find_chains(p, &run->log);
	return ok;
}

static bool place_run(struct placing *p, struct run *run, struct merge_result *result, struct err *err) {
	struct run_place at;
	find_chains(p, &run->log);
	if (p->chains.count != 0 && !crypto_key_eq(&p->chains.items[0].author, &run->author)) {
		return err_set(err, ERR_INPUT, "the log is another author's");
	}
	struct run_chains chains = {p->chains.items, p->chains.count, holder, p};
	/* Nearly every run goes on where the only chain ends: then nothing but that end is looked at. */
	bool ends_here = p->chains.count == 1 && p->chains.items[0].last + 1 == run->from;
	if (!ends_here && ((p->t->records.len != 0 && !flush(p->t, err)) || (p->chains.count != 0 && !meet_all(p, run, err)))) {
		return false;
	}
	if (!run_find_place(run, &chains, &at, err)) {
		return false;
	}
	if (at.kind == PLACE_NEW) {
		return add_weighed(p, run, &at, result, err);
	}
	result->outcome = at.kind == PLACE_GAP ? MERGE_GAP : MERGE_KNOWN;
	if (at.kind == PLACE_GAP) {
		return true;
	}
	struct pg_args args = {.count = 0};
	pg_arg_bytes(&args, p->t->e->of.event.b, HASH_LEN);
	pg_arg_bytes(&args, p->t->e->chains.items[at.chain->id - 1].key.b, HASH_LEN);
	pg_arg_int(&args, (int64_t)(run->from + run->count - 1));
	pg_arg_bytes(&args, run->signature.b, SIG_LEN);
	return pg_run(p->t->e->pg, &SIGNATURE, &args, NULL, err);
}

static bool merge(void *self, struct run *run, struct merge_result *result, struct err *err) {
	struct placing p = {.t = self};
	*result = (struct merge_result){.outcome = MERGE_KNOWN};
	bool ok = run_verify(run, &p.t->e->of, err);
	if (run->hashes != NULL) {
		result->head = run->hashes[run->count - 1];
	}
	ok = ok && place_run(&p, run, result, err);
	free(p.chains.items);
	return ok;
}

static bool prove(void *self, struct run *run, const char *text, struct err *err) {
	struct taking *t = self;
	size_t before = t->gone.count;
	if (!run_verify(run, &t->e->of, err)) {
		return false;
	}
	if (!crypto_key_eq(&run->author, &t->e->of.organiser) || !str_eq(run->records[0].kind, "erase")) {
		return err_set(err, ERR_INPUT, "what came as the proof of an erasure is none");
	}
	note_erasure(t, &run->records[0]);
	if (t->gone.count == before) {
		return err_set(err, ERR_INPUT, "what came as the proof of an erasure is none");
	}
	struct pg_args args = {.count = 0};
	pg_arg_bytes(&args, t->e->of.event.b, HASH_LEN);
	pg_arg_text(&args, t->gone.items[before]);
	pg_arg_text(&args, text);
	return pg_run(t->e->pg, &ERASE_PROVE, &args, NULL, err);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------------ */

/* The chain's row, new or moved on, as of the last record gathered for it. */
static bool write_chain(struct taking *t, const char *hex, struct err *err) {
	struct hash key = {{0}};
	struct pg_args args = {.count = 0};
	bool made = str_unhex(hex, key.b, HASH_LEN) && mapstr_find(&t->added, hex) != NULL;
	const struct pg_chain *c = pg_event_chain(t->e, &key);
	pg_arg_bytes(&args, t->e->of.event.b, HASH_LEN);
	pg_arg_bytes(&args, c->key.b, HASH_LEN);
	if (made) {
		pg_arg_bytes(&args, c->origin.b, HASH_LEN);
		pg_arg_bytes(&args, c->branch ? c->base_key.b : NULL, c->branch ? HASH_LEN : 0);
		pg_arg_int(&args, (int64_t)c->after);
		pg_arg_bytes(&args, c->author.b, KEY_LEN);
	}
	pg_arg_int(&args, (int64_t)c->last);
	pg_arg_bytes(&args, c->last_hash.b, HASH_LEN);
	return pg_run(t->e->pg, made ? &LOG_ADD : &LOG_MOVE, &args, NULL, err);
}

/* Writes what was gathered. */
static bool flush(struct taking *t, struct err *err) {
	size_t cursor = 0;
	const char *hex;
	bool ok = true;
	while (ok && (hex = mapstr_next(&t->moved, &cursor)) != NULL) {
		ok = write_chain(t, hex, err);
	}
	ok = ok && (t->records.len == 0 || pg_copy(t->e->pg, COPY_RECORDS, &t->records, err)) &&
	     (t->signatures.len == 0 || pg_copy(t->e->pg, COPY_SIGNATURES, &t->signatures, err));
	strbuf_reset(&t->records);
	strbuf_reset(&t->signatures);
	mapstr_fini(&t->moved);
	mapstr_fini(&t->added);
	return ok;
}

static bool remove_bodies(struct taking *t, struct err *err) {
	bool ok = true;
	for (size_t i = 0; ok && i < t->gone.count; i++) {
		struct pg_args args = {.count = 0};
		pg_arg_bytes(&args, t->e->of.event.b, HASH_LEN);
		pg_arg_text(&args, t->gone.items[i]);
		ok = pg_run(t->e->pg, &BODIES, &args, NULL, err);
	}
	return ok;
}

static void taking_fini(struct taking *t) {
	for (size_t i = 0; i < t->gone.count; i++) {
		free(t->gone.items[i]);
	}
	free(t->gone.items);
	strbuf_fini(&t->records);
	strbuf_fini(&t->signatures);
	mapstr_fini(&t->moved);
	mapstr_fini(&t->added);
	mapstr_fini(&t->erased);
	pg_brought_fini(&t->brought);
}

static bool write_change(const struct taking *t, const struct intake *intake, struct err *err) {
	struct pg_change change = {&t->e->of.event, t->changed ? &intake->runs[0].run.log : NULL, t->rights_changed};
	return !t->changed || pg_change_write(t->e->pg, &change, err);
}

static bool take_once(struct pg_event *e, struct intake *intake, struct err *err) {
	static const struct intake_ops ops = {merge, prove};
	struct taking t = {.e = e, .brought = {.e = e}};
	struct err ignored = {0};
	pg_event_forget(e); /* what is known of the logs is read again, under the lock */
	e->taking = true;
	bool ok = pg_exec(e->pg, "BEGIN", err) && lock_subjects(&t, intake, err) && lock_logs(&t, intake, err) && load_erased(&t, err) &&
		  intake_run(intake, &ops, &t, err) && flush(&t, err) && pg_brought_write(&t.brought, err) && remove_bodies(&t, err) &&
		  write_change(&t, intake, err) && pg_exec(e->pg, "COMMIT", err);
	if (!ok && !pg_broken(e->pg) && !pg_exec(e->pg, "ROLLBACK", &ignored)) {
		err_wrap(err, "and it could not be undone");
	}
	pg_event_forget(e); /* numbers given out before this are void */
	e->taking = false;
	e->has_state = e->has_state && ok && !t.changed;
	taking_fini(&t);
	return ok;
}

static bool take_until(struct pg_event *e, struct intake *intake, struct err *err) {
	for (int i = 1;; i++) {
		struct err failed = {0};
		if (take_once(e, intake, &failed)) {
			return true;
		}
		struct err over = {0};
		if (failed.kind != ERR_BUSY || !halt_not(intake->halt, &over) || i == TRIES || pg_broken(e->pg)) {
			err_give(err, &failed);
			return false;
		}
		/* What the first try found is void; the runs keep their hashes and checked signatures. */
		memset(intake->fates, 0, intake->count * sizeof *intake->fates);
		clock_sleep_ms(5 * i);
	}
}

bool pg_take_intake(struct pg_event *e, struct intake *intake, struct err *err) {
	intake_check(intake, &e->of);
	bool ok = take_until(e, intake, err);
	intake_checked(intake);
	return ok;
}
