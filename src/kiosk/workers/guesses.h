/* Wrong digits that were typed for people who were found by name, and names that were tried with their number (find_worker.h): of whomever three were, by whoever
 * typed them, staff alone sign in for a while. Kept in the
 * state folder, so that switching the box off and on gives no more tries; the while begins anew then, as no clock is sure to have gone on. */
#ifndef TURNOUT_KIOSK_WORKERS_GUESSES_H
#define TURNOUT_KIOSK_WORKERS_GUESSES_H

#include "base/clock.h"

struct guesses;

#define GUESSES_TRIES 3
#define GUESSES_BACK_MS (15 * 60 * 1000) /* without a wrong one: then one try comes back */
#define GUESSES_PEOPLE_MAX 1000          /* of more the ones who were guessed at longest ago are forgotten */

/* Nobody's are remembered any more, of any event: whose they were is gone from this box. Only while none are open. */
void guesses_wipe(void);

struct guesses *guesses_open(struct mono_ms now);
void guesses_close(struct guesses *guesses); /* NULL is fine */

/* 0: staff alone. `person`: an id. */
int guesses_left(const struct guesses *guesses, const char *person, struct mono_ms now);
/* Another one was wrong; it is kept when this returns. */
void guesses_wrong(struct guesses *guesses, const char *person, struct mono_ms now);
/* They are who they said. */
void guesses_forget(struct guesses *guesses, const char *person, struct mono_ms now);

#endif
