/* Channels to the store thread: how the threads that exchange get done what only the writing connection may do. A thread asks over a channel of its own,
 * one thing at a time, and waits for what became of it, but not for ever; copies cross, nothing is shared.
 *
 * A merge is one run in one transaction, so a scan waits for at most one of them. */
#ifndef TURNOUT_KIOSK_WORKERS_STORE_CHANNEL_H
#define TURNOUT_KIOSK_WORKERS_STORE_CHANNEL_H

#include "sync/replica.h"

/* Longer than the store thread is ever busy with one thing: computing all views of a large file again. */
#define CHANNEL_WAIT_MS 60000

struct channel;
struct channel_request;

/* Gives a request to the store thread; false when it cannot take it. */
typedef bool channel_send(void *context, struct channel_request *request);

struct channel *channel_open(channel_send *send, void *context);
/* From any thread: who waits now or later gets an error at once. */
void channel_stop(struct channel *channel);
/* Only after the store thread has ended, as an answer may be on its way. NULL is fine. */
void channel_close(struct channel *channel);

/* What one may ask. Errors are the store's own; ERR_BUSY when no answer came. */
bool channel_sign(struct channel *channel, struct err *err) TURNOUT_MUST_CHECK;
bool channel_merge(struct channel *channel, const struct run *run, struct merge_result *result, struct err *err) TURNOUT_MUST_CHECK;
bool channel_prove(struct channel *channel, const struct run *proof, const char *text, struct err *err) TURNOUT_MUST_CHECK;
bool channel_acknowledge(struct channel *channel, const struct ack *acks, size_t count, struct err *err) TURNOUT_MUST_CHECK;
bool channel_told_retired(struct channel *channel, const struct public_key *keeper, bool retired, struct err *err) TURNOUT_MUST_CHECK;
/* A keeper's clock: store_anchor_hub. */
bool channel_anchor(struct channel *channel, int64_t ahead_ms, struct err *err) TURNOUT_MUST_CHECK;
/* Who this box speaks as: keys, signer and certificate of `out` are filled. */
bool channel_keys(struct channel *channel, struct replica *out, struct err *err) TURNOUT_MUST_CHECK;

/* The station's clock, as of the last answer. */
struct utc_ms channel_now(struct channel *channel);
/* It was not turned by somebody to what it is not. */
bool channel_clock_honest(const struct channel *channel);

/* --- the store thread's side --- */

struct channel_effect { /* what changed, added to what is there */
	bool shown;     /* records came that say what is on the screen or who may do what */
	bool own;       /* records of this very station came: another copy of the file had them */
	bool erased;    /* personal data went */
	bool counted;   /* keepers acknowledged, refused this box or told the time; somebody calls for help, or announces something */
};

/* Does what was asked and answers; the request is gone then. A NULL store: ERR_BUSY, the file is away. */
void channel_serve(struct channel_request *request, struct store *store, struct channel_effect *effect);
/* Of one that is not served: the asker waits no longer than it would. NULL is fine. */
void channel_request_free(struct channel_request *request);

#endif
