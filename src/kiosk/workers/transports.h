/* The roads on which this box exchanges with others, each with a thread of its own, and what they tell. The main thread's. */
#ifndef TURNOUT_KIOSK_WORKERS_TRANSPORTS_H
#define TURNOUT_KIOSK_WORKERS_TRANSPORTS_H

#include "kiosk/workers/desk_worker.h"
#include "sync/lan.h"
#include "sync/stick_worker.h"

#define ROUND_EVERY_MS 30000 /* so that what the organiser changes arrives */

enum road {
	ROAD_HUB,
	ROAD_NEAR, /* other boxes on the network */
	ROAD_COUNT
};

#define ROADS_GIVEN_MAX 16

struct roads_options {    /* texts must outlive the roads */
	const char *path; /* the event file */
	const char *hub;  /* its URL, whatever the event says; NULL: as the event says */
	struct hash event;
	struct public_key station;
	bool no_lan;              /* nobody is answered, nobody is looked for */
	uint16_t lan_port;        /* 0: any free one */
	const char *const *peers; /* URLs of other boxes */
	size_t peer_count;        /* at most ROADS_GIVEN_MAX */
	const char *stick;        /* a folder that counts as a stick too; NULL */
	struct desk_worker *desk;
	mailbox_wake *wake;
	void *context;
};

struct roads;

/* Once the event file is open (DESK_LOADED). A road that cannot be opened is logged and missing. */
struct roads *roads_open(const struct roads_options *options);
/* Ends what is under way; before desk_worker_close. NULL is fine. */
void roads_close(struct roads *roads);

/* The event's own hub, now; NULL or "" for none. */
void roads_set_hub(struct roads *roads, const char *url);
/* A check-in was recorded here. */
void roads_poke(struct roads *roads);
/* An exchange with everybody now: a SYNC_ROUND comes from each road. */
void roads_now(struct roads *roads);

/* What a road told: for free(); NULL: nothing more. */
struct sync_message *roads_take(struct roads *roads, enum road *road);
enum discover_state roads_near_state(struct roads *roads);

/* Sticks: sync/stick_worker.h. */
void roads_stick_look(struct roads *roads);
void roads_stick_visit(struct roads *roads, const char *folder);
void roads_stick_end(struct roads *roads);
struct stick_message *roads_take_stick(struct roads *roads);

#endif
