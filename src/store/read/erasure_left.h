/* What an erasure could not know of: people whom another laptop joined meanwhile into somebody who is erased. It writes nothing. */
#ifndef TURNOUT_STORE_READ_ERASURE_LEFT_H
#define TURNOUT_STORE_READ_ERASURE_LEFT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct store;

/* Their data is in the records, and on no list, as they are somebody of whom nothing is here; erasing `person` once more removes it. Called for each
 * who was erased, by id; `people` counts those joined into them. A file without the event's sealing key tells of erased walk-ins only. */
typedef bool erasure_left_fn(void *context, const char *person, int64_t people, struct err *err);
bool erasure_left(struct store *store, erasure_left_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

#endif
