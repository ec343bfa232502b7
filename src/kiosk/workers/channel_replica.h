/* The kiosk's event file as a replica for one thread: it reads through a connection of its own, and has merged, signed and acknowledged over a channel
 * to the store thread. */
#ifndef TURNOUT_KIOSK_WORKERS_CHANNEL_REPLICA_H
#define TURNOUT_KIOSK_WORKERS_CHANNEL_REPLICA_H

#include "kiosk/workers/store_channel.h"
#include "sync/replica.h"

struct channel_replica;

/* Opened once the store thread has its file open; nothing is read before `open` of its source is called. The channel is borrowed. */
struct channel_replica *channel_replica_open(const char *path, struct channel *channel);
void channel_replica_close(struct channel_replica *r); /* NULL is fine */

/* What threads of the exchange take it by. `open` and `close` belong into the thread that uses the replica. */
struct replica_source channel_replica_source(struct channel_replica *r);

#endif
