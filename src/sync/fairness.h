/* Who may take up the time of a side that answers exchanges: a token bucket for each sender (J. Turner, IEEE Communications 24(10), 1986), so that one
 * who asks without end is slowed down and the others notice little of it. Nobody is refused for good, and whoever is alone with this side has all of
 * it: a first exchange of a whole event goes as fast as it can while nobody waits.
 *
 * A sender's debt is what its requests cost beyond its share of the time. While others ask too, the answer to who is in debt is kept back until the
 * debt is paid; who does not wait for that, but asks over further connections, is told to come again later, before its request is looked at. What
 * a request claims of its sender is believed for that alone, as it can only harm the one who claims it; only what was signed is put down to somebody.
 * A thief who draws a new key for every request gains nothing: all that are new share one debt.
 *
 * Safe to use from several threads. */
#ifndef TURNOUT_SYNC_FAIRNESS_H
#define TURNOUT_SYNC_FAIRNESS_H

#include "base/clock.h"
#include "base/crypto.h"

#define FAIRNESS_SHARE_PERCENT 20     /* of the time may be one sender's, while others ask */
#define FAIRNESS_BURST_US 200000      /* are free: a check-in costs 2,000 or less */
#define FAIRNESS_NEW_BURST_US 1000000 /* for all those together that are new: a morning's kiosks all begin at once */
#define FAIRNESS_DEBT_MOST_US 2000000 /* beyond that: the wait is 10 seconds at most */
#define FAIRNESS_AT_ONCE 2            /* requests of one sender: its kiosk, and a command beside it */
#define FAIRNESS_PATIENCE_MS 2500     /* with a longer wait than that before it a request is not looked at */
#define FAIRNESS_ACTIVE_MS 10000      /* others ask: one did so little time ago */

struct fairness;

/* `owner_works`: this side has work of its own that is as good as another's asking (a kiosk), so nobody is ever alone. */
struct fairness *fairness_open(bool owner_works);
void fairness_close(struct fairness *f); /* NULL is fine */

#define FAIRNESS_VIEWS_US 1000000 /* what computing all views of a large event costs: some 20 µs a record */

/* What a request costs, in microseconds of this side's time: an estimate from the bytes of its text and of its sealed answer (0 for one that was not
 * made), measured on exchanges of check-ins: 0.25 µs a byte that is taken, 0.125 µs a sealed byte that is given. */
int64_t fairness_cost_us(size_t text, size_t answer);

/* How long whoever this claims to be has to wait before a request of theirs is looked at, in milliseconds; 0: it may be. */
int64_t fairness_wait_ms(struct fairness *f, const struct public_key *claimed, struct mono_ms now);
/* A request was signed by this sender: its work may begin, and fairness_leave is called when it is done. False: FAIRNESS_AT_ONCE others of theirs are
 * being worked on. */
bool fairness_enter(struct fairness *f, const struct public_key *sender, struct mono_ms now) TURNOUT_MUST_CHECK;
/* How long the answer is to be kept back, in milliseconds. */
int64_t fairness_leave(struct fairness *f, const struct public_key *sender, int64_t cost_us, struct mono_ms now);

#endif
