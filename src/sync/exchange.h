/* The asking side of an exchange, as a machine: it makes requests and takes answers; whoever owns it carries them over some transport.
 *
 *     READY --request--> ASKED --answer--> READY … --nothing left to ask or give--> DONE
 *     ASKED --broken off--> READY           any --refused, no progress, own file failed--> FAILED
 *
 * It stays with its peer: what the peer said that it holds is remembered, so that a new check-in later goes out with the first request.
 * Interrupted anywhere it goes on from what the peer holds then. */
#ifndef TURNOUT_SYNC_EXCHANGE_H
#define TURNOUT_SYNC_EXCHANGE_H

#include "sync/replica.h"

enum exchange_state { EXCHANGE_READY, EXCHANGE_ASKED, EXCHANGE_DONE, EXCHANGE_FAILED, EXCHANGE_STATE_COUNT };

struct exchange;

/* The replica is borrowed and must outlive it. */
struct exchange *exchange_open(const struct replica *replica);
void exchange_close(struct exchange *x); /* NULL is fine */

/* Begins a round with the same peer, from DONE or FAILED or anywhere. `whole`: ask also what else the peer has; else only what is new here
 * is given (when the peer's state is known). */
void exchange_begin(struct exchange *x, bool whole);

/* In READY: the next request, sealed, appended to `out`; the state is ASKED then, or DONE when there is nothing left to say. */
bool exchange_request(struct exchange *x, struct strbuf *out, struct err *err) TURNOUT_MUST_CHECK;
/* In ASKED: the answer. The state is READY then. False: FAILED, nothing of this answer was taken (ERR_INPUT: it is not the answer;
 * ERR_REFUSED: the peer said no, exchange_refusal has the word). */
bool exchange_answer(struct exchange *x, struct octets answer, struct err *err) TURNOUT_MUST_CHECK;
/* In ASKED, while the answer is on its way: makes the request that would come next if the peer takes what this one brings, so that neither side
 * waits for the other's work. exchange_request gives it when that came true, else another. Does nothing when nothing is left to give. */
bool exchange_ahead(struct exchange *x, struct err *err) TURNOUT_MUST_CHECK;
bool exchange_has_more(const struct exchange *x); /* it would do something */
/* In ASKED: no answer came. READY again; what the peer holds has to be asked anew. */
void exchange_broken(struct exchange *x);

enum exchange_state exchange_state(const struct exchange *x);

struct exchange_report {       /* since exchange_begin */
	size_t sent, received; /* records: given to the peer and held there; new here */
	size_t wrong;          /* runs of the peer that could not be taken; `why` is the first one's */
	bool branched;
	char why[200];
	size_t later, later_here; /* times that the peer, or we of it, took no more of a log now: its station brought too much */
	bool later_own;           /* the peer so of a log of ours */
	bool keeper;              /* the peer is one; then: */
	bool acknowledged;        /* it holds everything of ours */
	struct public_key peer;
	char refused[24]; /* the word of a refusal: retired, closed, unknown; "" */
	bool has_clock, clock_sure;
	int64_t clock_ahead_ms; /* of the peer's UTC against this machine's boot clock, from the quickest answer */
};
void exchange_report(const struct exchange *x, struct exchange_report *out);

#endif
