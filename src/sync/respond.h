/* The answering side of an exchange: one request in, one answer out, nothing remembered in between. A hub, a laptop at the door and a kiosk
 * on the LAN all answer with this.
 *
 * Invariant: the "have" lines of an answer are written after the records they speak of are durable. Who is no member of the event gets a
 * refusal and no data, and nothing of what it brought is taken. */
#ifndef TURNOUT_SYNC_RESPOND_H
#define TURNOUT_SYNC_RESPOND_H

#include "sync/replica.h"

/* What happened, for the log and the counters. */
struct respond_note {
	struct public_key sender; /* zeros when the request did not open */
	size_t taken, given;      /* records */
	size_t wrong;             /* runs that were refused; `why` is the first one's */
	size_t later;             /* runs that were not taken now: their authors brought too much, or their logs have too many branches */
	bool branched;
	bool pushed_out; /* see merge_result */
	char why[200];
	const char *refused; /* the word of a refusal, or NULL */
};

/* A request that opened: signed by its sender, who may be anybody yet. */
struct opened_request {
	struct public_key sender;
	struct strbuf text; /* the caller's; respond_to takes it */
	struct hash hash;   /* of the envelope */
};

/* False: it does not open (ERR_INPUT, ERR_REFUSED: it is not of this event, or not its sender's; ERR_VERSION). */
bool respond_open(const struct replica *replica, struct octets request, struct opened_request *out, struct err *err) TURNOUT_MUST_CHECK;
/* Appends the sealed answer. False when the text is no request (ERR_INPUT, ERR_VERSION), or when the replica failed: then nothing was taken. */
bool respond_to(const struct replica *replica, struct opened_request *request, struct strbuf *answer, struct respond_note *note,
		struct err *err) TURNOUT_MUST_CHECK;

/* Both in one: appends the sealed answer. False when the request is nothing that can be answered (ERR_INPUT, ERR_REFUSED: it is not of this event, does
 * not open, is no request; ERR_VERSION), or when the replica failed (other kinds): then nothing was taken. */
bool respond(const struct replica *replica, struct octets request, struct strbuf *answer, struct respond_note *note,
	     struct err *err) TURNOUT_MUST_CHECK;

#endif
