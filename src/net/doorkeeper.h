/* How many connections there are, in all and from one address (or one /64: net/address.h), and who is one too many. From any thread.
 *
 * One too many is let in all the same, to be told so (503) and sent away; of those there may be some only, and what comes beyond is closed unheard. A
 * proxy that was named speaks for many, so it has no limit of its own. */
#ifndef TURNOUT_NET_DOORKEEPER_H
#define TURNOUT_NET_DOORKEEPER_H

#include "net/address.h"

struct doorkeeper;
struct doorkeeper_group; /* the connections of one address */

struct doorkeeper_options {
	unsigned connections, connections_of_one;
	const struct address_ranges *proxies; /* lives as long as the doorkeeper */
};

/* So many more than `n` are let in to be sent away. */
#define DOORKEEPER_SPARE(n) ((n) / 8 + 4)

struct doorkeeper *doorkeeper_open(const struct doorkeeper_options *options);
void doorkeeper_close(struct doorkeeper *d); /* all have left; NULL is fine */

/* Whether another one from there is let in at all. */
bool doorkeeper_admits(struct doorkeeper *d, const char *address);
/* Somebody has come; *over: to be sent away. What it gives is for doorkeeper_leave. */
struct doorkeeper_group *doorkeeper_enter(struct doorkeeper *d, const char *address, bool *over);
void doorkeeper_leave(struct doorkeeper *d, struct doorkeeper_group *group);

#endif
