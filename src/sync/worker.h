/* A thread that exchanges with peers over HTTP: with the hub, or with the neighbours on the network. It does so by itself (rounds.h) and when it is
 * told that something is new; nobody waits for it, and what hangs on one transport has no effect on another's worker.
 *
 * Invariants: 8. nothing waits for the network: every call here returns at once, closing ends what is under way. What was sent counts as
 * acknowledged only by a keeper's signed answer: a portal's page, a proxy's and whoever else's is told as trouble. */
#ifndef TURNOUT_SYNC_WORKER_H
#define TURNOUT_SYNC_WORKER_H

#include "base/mailbox.h"
#include "store/view/roles.h"
#include "sync/rounds.h"
#include "sync/trouble.h"

#define SYNC_ID_MAX 64
#define SYNC_URL_MAX 512
#define SYNC_URLS_MAX 4
#define SYNC_PEERS_MAX 64

struct sync_peer {
	char id[SYNC_ID_MAX]; /* by which it is known again */
	size_t url_count;
	char urls[SYNC_URLS_MAX][SYNC_URL_MAX]; /* ways to the same one; the one that worked is used */
};

struct sync_peer_state {
	struct sync_peer peer;
	bool up; /* the last try worked; else: */
	enum trouble
		trouble;   /* TROUBLE_NONE while nothing was tried. Of one that is up: TROUBLE_NONE, TROUBLE_NO_KEEPER or TROUBLE_PACED */
	char problem[240]; /* as a sentence for the log; "" */
	bool known;        /* it answered once: */
	struct public_key key;
	char name[ROLE_NAME_MAX + 1]; /* as the organiser called it; "" */
};

enum sync_message_kind {
	SYNC_PEERS, /* how it stands with all peers: after each change */
	SYNC_ROUND, /* what sync_worker_now asked for is over */
};

struct sync_message { /* for free() */
	enum sync_message_kind kind;
	size_t sent, received; /* SYNC_ROUND: records, to and from all peers */
	size_t peer_count;
	struct sync_peer_state peers[];
};

struct sync_worker_options {
	struct replica_source source; /* of this thread alone */
	struct round_pace pace;
	struct http_client_options client;
	bool wants_keeper;  /* a peer that is none is a trouble */
	mailbox_wake *wake; /* called from the thread after a message was posted; may be NULL */
	void *context;
};

struct sync_worker;

bool sync_worker_open(const struct sync_worker_options *options, struct sync_worker **out, struct err *err) TURNOUT_MUST_CHECK;
/* Ends what is under way. NULL is fine. */
void sync_worker_close(struct sync_worker *w);

/* Whom to exchange with from now on; of those that stay what is known is kept. At most SYNC_PEERS_MAX, of one id and way only the first. */
void sync_worker_give(struct sync_worker *w, const struct sync_peer *peers, size_t count);
/* Something new was recorded here. */
void sync_worker_poke(struct sync_worker *w);
/* A whole round with everybody, as soon as what is under way has ended; a SYNC_ROUND comes when it is over. */
void sync_worker_now(struct sync_worker *w);

struct sync_message *sync_worker_take(struct sync_worker *w);

#endif
