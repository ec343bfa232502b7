#include "sync/offer.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"

/* The head's own hash is at hand; others are looked up. */
bool offer_holds(const struct replica *replica, const struct head *chain, const struct head *point, bool *holds, struct err *err) {
	struct hash hash;
	*holds = false;
	if (point->seq == chain->seq) {
		*holds = crypto_hash_eq(&point->hash, &chain->hash);
		return true;
	}
	bool found = false;
	if (!replica->ops->hash_at(replica->self, chain->chain, point->seq, &hash, &found, err)) {
		return false;
	}
	*holds = found && crypto_hash_eq(&hash, &point->hash);
	return true;
}

/* How far up the peer is known to share each chain, and whether it has something of the log that we cannot place. */
struct matching {
	bool any_placed, torn, ahead;
};

static bool match(const struct replica *replica, const struct log_view *view, struct offer *out, struct matching *m, struct err *err) {
	for (size_t p = 0; p < view->point_count; p++) {
		const struct head *point = &view->points[p];
		bool placed = point->seq == 0;
		uint64_t longest = 0;
		for (size_t c = 0; c < view->chain_count; c++) {
			bool held = false;
			longest = view->chains[c].seq > longest ? view->chains[c].seq : longest;
			if (point->seq != 0 && !offer_holds(replica, &view->chains[c], point, &held, err)) {
				return false;
			}
			out[c].from = held && point->seq >= out[c].from ? point->seq + 1 : out[c].from;
			placed = placed || held;
			m->any_placed = m->any_placed || held;
		}
		/* A record that we cannot place: within what we hold, the logs read otherwise; beyond it, the peer may just be further. */
		m->torn = m->torn || (!placed && point->seq <= longest);
		m->ahead = m->ahead || (!placed && point->seq > longest);
	}
	return true;
}

/* The lowest record at which one of the chains branches off: what is before it every chain shares. */
static uint64_t first_branch(const struct log_view *view) {
	uint64_t lowest = UINT64_MAX;
	for (size_t c = 0; c < view->chain_count; c++) {
		uint64_t after = view->chains[c].after;
		lowest = after != 0 && after < lowest ? after : lowest;
	}
	return lowest == UINT64_MAX ? 0 : lowest;
}

size_t offer_heads_of(const struct heads *list, size_t at, const struct hash *log) {
	size_t n = 0;
	while (at + n < list->count && crypto_hash_eq(&list->items[at + n].log, log)) {
		n++;
	}
	return n;
}

bool log_view_equal(const struct log_view *view) {
	bool equal = view->chain_count == view->point_count;
	for (size_t i = 0; equal && i < view->chain_count; i++) {
		equal = head_order(&view->chains[i], &view->points[i]) == 0;
	}
	return equal;
}

bool offer_log(const struct replica *replica, const struct log_view *view, struct offer *out, struct err *err) {
	struct matching m = {0};
	for (size_t c = 0; c < view->chain_count; c++) {
		out[c] = (struct offer){.head = view->chains[c]};
	}
	if (!match(replica, view, out, &m, err)) {
		return false;
	}
	for (size_t c = 0; c < view->chain_count; c++) {
		struct offer *o = &out[c];
		if (o->from != 0) {
			continue; /* some of the chain is there */
		}
		if (m.any_placed) {
			o->from = first_branch(view) + 1; /* it has another of our chains */
		} else if (m.torn || m.ahead) {
			o->from = o->head.seq + 1; /* it has the log; where it parts from ours has to be found first */
			o->torn = m.torn;
		} else {
			o->from = 1;
		}
	}
	return true;
}

/* Steps back by 1, 2, 4, … records, and ends with record 1, which all branches of a log share: so the answer costs few lines, and at least
 * one point is common to both sides. */
bool offer_probes(const struct replica *replica, const struct head *chain, uint64_t seq, const char *word, struct strbuf *out,
		  struct err *err) {
	uint64_t back = 1;
	for (uint64_t at = seq < chain->seq ? seq : chain->seq; at > 0; back *= 2) {
		struct head point = {.log = chain->log, .seq = at};
		bool found = false;
		if (!replica->ops->hash_at(replica->self, chain->chain, at, &point.hash, &found, err)) {
			return false;
		}
		if (found) {
			message_put_point(out, word, &point);
		}
		at = at == 1 ? 0 : at > back ? at - back : 1;
	}
	return true;
}

/* --- writing runs ------------------------------------------------------------------------------------------------------------------ */

struct writing {
	struct offering *offering;
	struct strbuf *text;
	struct run piece; /* its head, written with the first record */
	bool begun;
	size_t signed_len;    /* of the text: after the last whole run */
	size_t records;       /* since then */
	struct mapstr erased; /* subjects of bodies that are missing in what was written */
};

static bool write_record(void *context, uint64_t seq, const struct run_record *record) {
	struct writing *w = context;
	(void)seq;
	if (!w->begun) {
		message_put_piece(w->text, '>', &w->piece);
		w->begun = true;
	}
	if (record->body == NULL) {
		bool made = false;
		mapstr_place(&w->erased, record->subject, &made);
	}
	message_put_record(w->text, record);
	w->records++;
	/* A run that exceeds the cap is taken out again as a whole; far beyond the cap it need not even be finished. */
	return !w->offering->any || w->text->len < w->offering->cap;
}

/* A signature ends a run: only whole runs stay. The first run of a message stays even beyond the cap, else a large one could never be
 * given. */
static bool write_signature(void *context, uint64_t seq, const struct signature *signature) {
	struct writing *w = context;
	message_put_signature(w->text, signature);
	if (w->offering->any && w->text->len > w->offering->cap) {
		return false;
	}
	w->offering->any = true;
	w->offering->next = seq + 1;
	w->offering->records += w->records;
	w->records = 0;
	w->signed_len = w->text->len;
	return w->text->len < w->offering->cap;
}

/* A proof out of this replica's own records: the run from the erase record to the next signature. */
struct proving {
	struct strbuf *text;
	struct run piece;
	bool begun, done;
};

static bool prove_record(void *context, uint64_t seq, const struct run_record *record) {
	struct proving *p = context;
	(void)seq;
	if (!p->begun) {
		message_put_piece(p->text, '!', &p->piece);
		p->begun = true;
	}
	message_put_record(p->text, record);
	return true;
}

static bool prove_signature(void *context, uint64_t seq, const struct signature *signature) {
	struct proving *p = context;
	(void)seq;
	message_put_signature(p->text, signature);
	p->done = true;
	return false;
}

static bool hash_before(const struct replica *replica, const struct head *head, uint64_t from, struct hash *before, struct err *err) {
	bool found = true;
	*before = (struct hash){{0}};
	return from <= 1 || (replica->ops->hash_at(replica->self, head->chain, from - 1, before, &found, err) &&
			     (found || err_set(err, ERR_CORRUPT, "a record is missing; \"turnout verify\" names it")));
}

static bool write_proof(const struct replica *replica, const char *subject, struct strbuf *text, struct err *err) {
	struct erasure_proof proof;
	if (!replica->ops->proof(replica->self, subject, &proof, err)) {
		return false;
	}
	bool ok = true;
	if (proof.text.len != 0) {
		strbuf_add(text, proof.text.data, proof.text.len);
	} else {
		struct proving p = {.text = text, .piece = {.log = proof.head.log, .author = proof.head.author, .from = proof.from}};
		struct run_visitor visitor = {prove_record, prove_signature, &p};
		ok = hash_before(replica, &proof.head, proof.from, &p.piece.before, err) &&
		     replica->ops->read(replica->self, &proof.head, proof.from, &visitor, err) &&
		     (p.done || err_set(err, ERR_NOT_FOUND, "the record of an erasure is not signed yet"));
	}
	strbuf_fini(&proof.text);
	return ok;
}

/* Proofs stand before the runs that need them. What cannot be proved yet is not given away: ERR_NOT_FOUND takes the runs out again and is
 * no failure. */
static bool put_proofs(const struct replica *replica, struct writing *w, size_t begin, struct err *err) {
	if (w->erased.count == 0) {
		return true;
	}
	struct strbuf proofs = {0};
	struct err why = {0};
	size_t cursor = 0;
	const char *subject;
	bool ok = true;
	while (ok && (subject = mapstr_next(&w->erased, &cursor)) != NULL) {
		ok = write_proof(replica, subject, &proofs, &why);
	}
	if (ok) {
		strbuf_add(&proofs, w->text->data + begin, w->text->len - begin);
	}
	strbuf_truncate(w->text, begin);
	if (ok) {
		strbuf_add(w->text, proofs.data, proofs.len);
	}
	strbuf_fini(&proofs);
	return ok || why.kind == ERR_NOT_FOUND || err_give(err, &why);
}

static bool note_end(const struct replica *replica, const struct offer *offer, struct offering *offering, struct err *err) {
	bool found = true;
	if (offering->ends == NULL) {
		return true;
	}
	struct head end = {.log = offer->head.log, .seq = offering->next - 1};
	if (!replica->ops->hash_at(replica->self, offer->head.chain, end.seq, &end.hash, &found, err)) {
		return false;
	}
	ARRAY_GROW(offering->ends, items);
	offering->ends->items[offering->ends->count++] = end;
	return found || err_set(err, ERR_CORRUPT, "a record is missing; \"turnout verify\" names it");
}

bool offer_write(const struct replica *replica, const struct offer *offer, struct offering *offering, struct strbuf *text,
		 struct err *err) {
	if (offer->from > offer->head.seq) {
		return true;
	}
	if (text->len >= offering->cap) {
		offering->left = true;
		return true;
	}
	size_t begin = text->len;
	struct offering before = *offering;
	struct writing w = {.offering = offering,
			    .text = text,
			    .piece = {.log = offer->head.log, .author = offer->head.author, .from = offer->from},
			    .signed_len = begin};
	struct run_visitor visitor = {write_record, write_signature, &w};
	bool ok = hash_before(replica, &offer->head, offer->from, &w.piece.before, err) &&
		  replica->ops->read(replica->self, &offer->head, offer->from, &visitor, err);
	offering->left = offering->left || w.signed_len != text->len || text->len >= offering->cap;
	strbuf_truncate(text, w.signed_len);
	/* A run that had no room any more was read all the same: what was erased in it needs no proof now. */
	ok = ok && (text->len == begin || put_proofs(replica, &w, begin, err));
	if (ok && text->len == begin) { /* what cannot be proved yet was not given */
		before.left = offering->left;
		*offering = before;
	}
	ok = ok && (text->len == begin || note_end(replica, offer, offering, err));
	mapstr_fini(&w.erased);
	return ok;
}
