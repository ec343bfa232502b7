/* What the files of a hub share: its state. */
#ifndef TURNOUT_HUB_HUB_PRIVATE_H
#define TURNOUT_HUB_HUB_PRIVATE_H

#include <stdatomic.h>

#include "base/crypto.h"
#include "hub/db.h"

struct hub {
	struct hub_db db;
	struct key_pair key;
	struct hash token; /* SHA-256 of the token's secret */
	uint8_t pair_fingerprint[5];
	struct {
		atomic_llong exchanges, refused, failed, taken, given, enrolled, denied;
	} counts; /* since the start */
};

#endif
