/* Logs of which one side takes no more for now ("later" in sync/message.h): neither asked for nor given meanwhile. Pure. */
#ifndef TURNOUT_SYNC_HELD_H
#define TURNOUT_SYNC_HELD_H

#include "base/clock.h"
#include "base/crypto.h"
#include "base/mapstr.h"

#define HELD_MOST_MS (10 * 60 * 1000) /* after that it is tried again, whatever was said: a day may have begun, a station have been named */

enum held_side {
	HELD_THERE, /* the peer takes no more */
	HELD_HERE,  /* we take no more */
	HELD_SIDES
};

struct held {                           /* a zeroed one is empty; for held_fini */
	struct mapstr logs[HELD_SIDES]; /* in hexadecimal -> until when */
	struct mono_ms until;           /* when all are forgotten: HELD_MOST_MS after the first */
	bool tried;                     /* they were let go once before their time */
};

void held_fini(struct held *held);
#define HELD_LOGS_MAX 20000 /* of one side; more are not held: they are asked for, or given, in vain */
/* Until then, but no longer than all are held. */
void held_put(struct held *held, enum held_side side, const struct hash *log, struct mono_ms until);
bool held_is(const struct held *held, enum held_side side, const struct hash *log, struct mono_ms now);
bool held_any(const struct held *held);
/* Until then those that are held now stay so; of something that holds any. */
struct mono_ms held_first(const struct held *held, struct mono_ms now);
/* Empties it when the time of all is over; true: it did. */
bool held_forget(struct held *held, struct mono_ms now);
/* Empties it before its time, once until held_forget does; false: nothing is held, or that was done already. */
bool held_try(struct held *held);

#endif
