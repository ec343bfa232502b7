/* The logs of one station, for those who have to name one. */
#ifndef TURNOUT_STORE_READ_STATION_LOGS_H
#define TURNOUT_STORE_READ_STATION_LOGS_H

#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/err.h"

struct store;

struct station_log {
	struct hash log;
	int64_t records;           /* the seq of its last one; of branches the farthest */
	struct utc_ms first, last; /* corrected by its anchors; else as its own clock said, which may be forged in any case */
	bool approximate;
};

struct station_logs {
	struct station_log *items; /* as they came into this file */
	size_t count, cap;
};

/* For station_logs_fini, also on failure. */
bool station_logs_load(struct store *store, const struct public_key *key, struct station_logs *out, struct err *err) TURNOUT_MUST_CHECK;
void station_logs_fini(struct station_logs *logs);

#endif
