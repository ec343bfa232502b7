/* What stands in the way of what this very box records, in words. */
#ifndef TURNOUT_CLI_OWN_STANDING_H
#define TURNOUT_CLI_OWN_STANDING_H

#include <stdbool.h>

#include "base/err.h"

struct store;

/* *sentence: that this box was retired, that its check-ins do not count, or that a hub takes nothing of it; NULL when nothing is known against it, or it has no
 * key in this event yet. A constant. */
bool own_standing(struct store *store, const char **sentence, struct err *err) TURNOUT_MUST_CHECK;
/* The same, said on stderr as a warning. */
bool own_standing_say(struct store *store, struct err *err) TURNOUT_MUST_CHECK;

#endif
