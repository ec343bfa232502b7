/* Who may take up the time of a side that answers exchanges: a token bucket for each sender (J. Turner, IEEE Communications 24(10), 1986), so that one
 * who asks without end is slowed down and the others notice little of it. Nobody is refused for good, and whoever is alone with this side has all of
 * it: a first exchange of a whole event goes as fast as it can while nobody waits.
 *
 * A sender's debt is what its requests cost beyond its share of the time. While others ask too, the answer to who is in debt is kept back until the
 * debt is paid, and who does not wait for that, but asks for much over further connections, is told to come again later. Small requests, such as
 * those of a check-in, are always worked for.
 *
 * What a request claims of its sender is believed for turning away who is in debt, as it can only harm the one who claims it; only what was signed is
 * put down to somebody, and what comes once more, as anybody can send it who saw it on its way, is put down to all those together that come once
 * more. So is what comes from new senders, as a key costs nothing: one that is known is not forgotten for those that are not.
 *
 * Safe to use from several threads. */
#ifndef TURNOUT_SYNC_FAIRNESS_H
#define TURNOUT_SYNC_FAIRNESS_H

#include "base/clock.h"
#include "sync/envelope.h"

#define FAIRNESS_SHARE_PERCENT 20     /* of the time may be one sender's, while others ask */
#define FAIRNESS_BURST_US 200000      /* are free: a check-in costs 2,000 or less */
#define FAIRNESS_NEW_BURST_US 1000000 /* for all those together that are new: a morning's kiosks all begin at once */
#define FAIRNESS_DEBT_MOST_US 2000000 /* beyond that: the wait is 10 seconds at most */
#define FAIRNESS_AT_ONCE 2            /* requests of one sender: its kiosk, and a command beside it */
#define FAIRNESS_PATIENCE_MS 2500     /* with a longer wait than that before it a request for much is not worked for */
#define FAIRNESS_KEPT_MOST_MS 4000    /* an answer is not kept back longer: clients give up on silence (5 seconds between neighbours) */
#define FAIRNESS_SMALL (16 * 1024)    /* bytes of a text, or of a sealed request, that asks for little */
#define FAIRNESS_ACTIVE_MS 10000      /* others ask: one did so little time ago */
#define FAIRNESS_VIEWS_US 1000000     /* what computing all views of a large event costs: some 20 µs a record */

struct fairness;

/* A request. */
struct fairness_asker {
	struct public_key sender;        /* as it claims, or as it was signed */
	uint8_t once[ENVELOPE_ONCE_LEN]; /* of its envelope: the same only in the same request */
	size_t bytes;                    /* of it, sealed; when it was opened of its text */
};

/* `owner_works`: this side has work of its own that is as good as another's asking (a kiosk), so nobody is ever alone. */
struct fairness *fairness_open(bool owner_works);
void fairness_close(struct fairness *f); /* NULL is fine */

/* What a request costs, in microseconds of this side's time: an estimate from the bytes of its text and of its sealed answer (0 for one that was not
 * made), measured on exchanges of check-ins: 0.25 µs a byte that is taken, 0.125 µs a sealed byte that is given. */
int64_t fairness_cost_us(size_t text, size_t answer);

/* Before it is opened: how long the request has to wait before it is looked at, in milliseconds; 0: it may be. */
int64_t fairness_wait_ms(struct fairness *f, const struct fairness_asker *asker, struct mono_ms now);
/* It was opened and its signature holds. 0: it is worked for now, and fairness_leave is to be called behind that; else how long it has to wait. */
int64_t fairness_enter(struct fairness *f, const struct fairness_asker *asker, struct public_key *who, struct mono_ms now);
/* `who`: to whom fairness_enter put it down; `member`: they belong to the event. How long the answer is to be kept back, in milliseconds. */
int64_t fairness_leave(struct fairness *f, const struct public_key *who, bool member, int64_t cost_us, struct mono_ms now);

#endif
