/* Finds the other stations of an event on the same network, and lets them find this one, by multicast DNS (RFC 6762) and its service discovery
 * (RFC 6763), through Avahi's daemon. No server and no DHCP is needed: link-local addresses do.
 *
 * What is announced, to everybody on the network: a service "_turnout._tcp" with its port and the TXT entries txtvers=1, event=…, station=….
 * These are what the options give, and must not be or hold anybody's name. (The daemon adds the name of the machine.)
 *
 * All of it happens in a thread of its own. Where there is no D-Bus or no daemon it tries again every few seconds and says so by its state;
 * nothing is an error. What comes from the network is not to be trusted: a peer proves that it belongs to the event in the exchange. */
#ifndef TURNOUT_NET_DISCOVER_H
#define TURNOUT_NET_DISCOVER_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define DISCOVER_ID_MAX 64 /* bytes with the NUL */
#define DISCOVER_URL_MAX 96
#define DISCOVER_URLS_MAX 4
#define DISCOVER_PEERS_MAX 64

enum discover_state {
	DISCOVER_OFF,       /* there is no D-Bus or no Avahi daemon: nobody is found */
	DISCOVER_LOOKING,   /* others are found; this station is not announced, or not yet */
	DISCOVER_ANNOUNCED, /* others are found and find this station */
};

struct discover_peer {
	char station[DISCOVER_ID_MAX]; /* what it calls itself */
	/* http://ADDRESS:PORT without a '/' behind it, one for each way to it: over IPv4, over IPv6 (with the zone where it is link-local, as
	 * http_client takes it), over each network. The order tells nothing. */
	size_t url_count;
	char urls[DISCOVER_URLS_MAX][DISCOVER_URL_MAX];
};

/* Called in discover's thread when the peers or the state have changed. It must not call discover_*. */
typedef void discover_wake(void *context);

struct discover_options {
	/* Of ASCII letters, digits, '-', '_' and '.', not empty, shorter than DISCOVER_ID_MAX. */
	const char *event;   /* only who says the same is found */
	const char *station; /* who this is */
	uint16_t port;       /* where this station's server listens; 0: it is not announced, only finds others */
	discover_wake *wake; /* may be NULL */
	void *context;
};

struct discover;

/* ERR_USAGE when `event` or `station` are not as said. */
bool discover_open(const struct discover_options *options, struct discover **out, struct err *err) TURNOUT_MUST_CHECK;
/* Takes the announcement back. Waits for at most two seconds, even when the daemon hangs. NULL is fine. */
void discover_close(struct discover *d);

/* Copies out whom is known now, in the order of their stations' names; returns how many, at most `cap` and DISCOVER_PEERS_MAX. This station is not
 * among them; another one that calls itself the same is. */
size_t discover_peers(struct discover *d, struct discover_peer *out, size_t cap);
enum discover_state discover_state(struct discover *d);

#endif
