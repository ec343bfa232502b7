/* The transports on which this box exchanges with others, each with a thread of its own, and what they tell. The main thread's. */
#ifndef TURNOUT_KIOSK_WORKERS_TRANSPORTS_H
#define TURNOUT_KIOSK_WORKERS_TRANSPORTS_H

#include "kiosk/workers/desk_worker.h"
#include "kiosk/workers/transport.h"
#include "sync/lan.h"
#include "sync/stick_worker.h"

#define ROUND_EVERY_MS 30000 /* so that what the organiser changes arrives */

#define TRANSPORT_PEERS_MAX 16

struct transports_options { /* texts must outlive the transports */
	const char *path;   /* the event file */
	const char *hub;    /* its URL, whatever the event says; NULL: as the event says */
	struct hash event;
	struct public_key station;
	bool no_lan;              /* nobody is answered, nobody is looked for */
	uint16_t lan_port;        /* 0: any free one */
	const char *const *peers; /* URLs of other boxes */
	size_t peer_count;        /* at most TRANSPORT_PEERS_MAX */
	const char *stick;        /* a folder that counts as a stick too; NULL */
	struct desk_worker *desk;
	mailbox_wake *wake;
	void *context;
};

struct transports;

/* Once the event file is open (DESK_LOADED). A transport that cannot be opened is logged and missing. */
struct transports *transports_open(const struct transports_options *options);
/* Ends what is under way; before desk_worker_close. NULL is fine. */
void transports_close(struct transports *transports);

/* The event's own hub, now; NULL or "" for none. */
void transports_set_hub(struct transports *transports, const char *url);
/* A check-in was recorded here. */
void transports_poke(struct transports *transports);
/* An exchange with everybody now: a SYNC_ROUND comes from each transport. */
void transports_now(struct transports *transports);

/* What a transport told: for free(); NULL: nothing more. */
struct sync_message *transports_take(struct transports *transports, enum transport *transport);
enum discover_state transports_near_state(struct transports *transports);

/* Sticks: sync/stick_worker.h. */
void transports_stick_look(struct transports *transports);
void transports_stick_visit(struct transports *transports, const char *folder);
void transports_stick_end(struct transports *transports);
struct stick_message *transports_take_stick(struct transports *transports);

#endif
