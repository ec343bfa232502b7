/* The neighbours: other boxes of the event on the same network. This one answers them (a server), finds them (discover.h) and exchanges with each
 * (worker.h): what is recorded here is known there in a moment. No hub, no internet, no DHCP.
 *
 * All calls are one thread's. */
#ifndef TURNOUT_SYNC_LAN_H
#define TURNOUT_SYNC_LAN_H

#include "net/discover.h"
#include "sync/worker.h"

#define LAN_ROUND_EVERY_MS 30000
#define LAN_WAIT_MOST_MS 30000 /* a neighbour that comes back is not waited for as long as a hub */

struct lan_options {
	struct replica_source answers, asks; /* of the server's thread, of the worker's */
	struct hash event;
	struct public_key station;
	uint16_t port;                 /* where the server listens; 0: any free one */
	bool quiet;                    /* no server, nobody is looked for: only `given` are exchanged with */
	const struct sync_peer *given; /* further neighbours, where none can be found (networks that drop multicast) */
	size_t given_count;
	mailbox_wake *wake; /* from any thread: lan_take has something, or the state is another; may be NULL */
	void *context;
};

struct lan;

/* What cannot be had is missing; `problem` says what ("" when all is well). False when not even neighbours that are given can be exchanged with. */
bool lan_open(const struct lan_options *options, struct lan **out, char problem[ERR_TEXT_MAX], struct err *err) TURNOUT_MUST_CHECK;
void lan_close(struct lan *lan); /* NULL is fine */

void lan_poke(struct lan *lan);
void lan_now(struct lan *lan);

/* Also tells the worker whom discover has found meanwhile. */
struct sync_message *lan_take(struct lan *lan);

uint16_t lan_port(const struct lan *lan); /* 0: no server */
enum discover_state lan_state(struct lan *lan);

/* What is announced instead of the event's id: 32 digits of SHA-256("turnout-lan-1\n" · id). Whoever holds the file knows whom it means, nobody else
 * learns the id. */
#define LAN_TAG_LEN 32
void lan_tag(const struct hash *event, char tag[LAN_TAG_LEN + 1]);

#endif
