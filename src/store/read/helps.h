/* Calls for help that nobody closed, the oldest first; calling and closing. They name a box and a point, and nobody. */
#ifndef TURNOUT_STORE_READ_HELPS_H
#define TURNOUT_STORE_READ_HELPS_H

#include "base/clock.h"
#include "base/crypto.h"
#include "base/err.h"
#include "event/person.h"
#include "store/view/help.h"
#include "store/view/roles.h"

struct store;

#define HELPS_SHOWN_MAX 8

struct help_call {
	struct hash log; /* with seq: what closes it names it by */
	uint64_t seq;
	struct public_key station;
	char name[ROLE_NAME_MAX + 1]; /* of that station, as the organiser called it; "" */
	char point[HELP_POINT_MAX + 1];
	struct utc_ms utc; /* by its log's anchors */
	bool approximate;  /* it has none */
};

struct helps {
	size_t open, count; /* all of them; those that are here */
	struct help_call items[HELPS_SHOWN_MAX];
};

bool helps_load(struct store *store, struct helps *out, struct err *err) TURNOUT_MUST_CHECK;

/* This station calls from that point, inside a transaction; nothing is appended while a call of its own is open there. *called: whether one was. */
bool help_call(struct store *store, const char *point, bool *called, struct err *err) TURNOUT_MUST_CHECK;
/* Somebody of the staff at this station says that the call is answered; likewise. */
struct help_close {
	const struct hash *log; /* the call's */
	uint64_t seq;
	const char *by; /* who of the staff came: a key of store/view/staff.h; "" or NULL for nobody known */
};
bool help_close(struct store *store, const struct help_close *call, struct err *err) TURNOUT_MUST_CHECK;

#endif
