/* What the files of a hub share: its state. */
#ifndef TURNOUT_HUB_HUB_PRIVATE_H
#define TURNOUT_HUB_HUB_PRIVATE_H

#include <stdatomic.h>

#include "base/crypto.h"
#include "base/log_limit.h"
#include "hub/db.h"
#include "hub/pulse.h"
#include "sync/fairness.h"

/* What anybody can make the hub complain of, each counted by itself (base/log_limit.h). */
enum complaint {
	COMPLAINT_EXCHANGE, /* exchanges that were refused */
	COMPLAINT_RUNS,     /* wrong runs, more than a day's share, and who is slowed down, in those that were not */
	COMPLAINT_DOOR,     /* wrong tokens and codes, and what is none */
	COMPLAINT_STORE,    /* the store failed */
	COMPLAINT_COUNT
};

struct hub {
	struct hub_db db;
	struct key_pair key;
	struct hash token; /* SHA-256 of the token's secret; there when it has begun */
	uint8_t pair_fingerprint[5];
	struct {
		atomic_llong exchanges, refused, failed, taken, given, later, slowed, enrolled, denied;
	} counts; /* since the start */
	struct log_limit complaints[COMPLAINT_COUNT];
	atomic_bool begun, ending;
	struct pulse pulse; /* whether the store can write */
	struct fairness *fairness;
};

#endif
