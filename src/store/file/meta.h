/* Facts of this copy of the file that are no records: which event it is, the keys it carries, tallies. They never enter a digest. */
#ifndef TURNOUT_STORE_FILE_META_H
#define TURNOUT_STORE_FILE_META_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

struct store;

/* False when there is none of that length. */
bool meta_get_blob(struct store *store, const char *key, void *out, size_t n);
bool meta_put_blob(struct store *store, const char *key, const void *data, size_t n, struct err *err) TURNOUT_MUST_CHECK;
bool meta_drop(struct store *store, const char *key, struct err *err) TURNOUT_MUST_CHECK; /* also one that is not there */

/* All personal data was taken out of this copy (store/write/purge.h). */
bool store_is_purged(struct store *store);
/* By the clock of that moment. False when it was not. */
bool store_purged_at(struct store *store, struct utc_ms *at);

/* Local tallies that are no records (codes nobody knows), by name. Lost without harm; never part of a digest. */
bool store_count_up(struct store *store, const char *name, struct err *err) TURNOUT_MUST_CHECK;
int64_t store_tally(struct store *store, const char *name);

#endif
