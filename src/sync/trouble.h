/* Why an exchange did not work: what can be told to people apart. Pure. */
#ifndef TURNOUT_SYNC_TROUBLE_H
#define TURNOUT_SYNC_TROUBLE_H

#include "net/http_client.h"
#include "sync/exchange.h"

enum trouble {
	TROUBLE_NONE,
	TROUBLE_WRONG_URL,
	TROUBLE_UNREACHABLE, /* no network, no such name, nobody listens */
	TROUBLE_SLOW,        /* no answer in time */
	TROUBLE_CUT,
	TROUBLE_TLS,
	TROUBLE_TLS_CLOCK, /* likewise, and this box's clock may be the reason */
	TROUBLE_PORTAL,
	TROUBLE_PROXY,
	TROUBLE_NOT_OURS, /* what answers is no Turnout of this event */
	TROUBLE_BUSY,     /* it answers, but cannot now */
	TROUBLE_NEWER,    /* it is of a newer Turnout */
	TROUBLE_RETIRED,  /* it says that this box was retired */
	TROUBLE_CLOSED,   /* that its invitation is closed */
	TROUBLE_UNKNOWN,  /* that it does not know this box */
	TROUBLE_NO_KEEPER, /* it answers and takes, but is no hub and not the organiser: its word does not count. Never told by trouble_of. */
	TROUBLE_PACED, /* it answers, and takes no more of what this box recorded today: that was too much. Neither told by trouble_of */
	TROUBLE_OWN,   /* this box's own file */
	TROUBLE_COUNT
};

/* Of http_transport_run's end: `answer` is its last, `x` the exchange, `err` what it said. */
enum trouble trouble_of(const struct exchange *x, const struct http_client_answer *answer, const struct err *err);

#endif
