/* Whom the event thanks (event/credit.h), and editing it. */
#ifndef TURNOUT_STORE_READ_CREDITS_H
#define TURNOUT_STORE_READ_CREDITS_H

#include <stdbool.h>

#include "event/credit.h"

struct store;

/* Sorted. Beyond CREDITS_MAX they are left out; *left_out (may be NULL) tells how many. For credits_fini. */
bool credits_load(struct store *store, struct credits *out, size_t *left_out, struct err *err) TURNOUT_MUST_CHECK;

/* Sets members of a credit, inside a transaction; `set`: a JSON object of texts. ERR_USAGE says what is wrong with it. */
bool credit_put(struct store *store, const char *key, const char *set, struct err *err) TURNOUT_MUST_CHECK;
/* ERR_NOT_FOUND when there is none such. Its logo stays in the event file, whose records are never taken out. */
bool credit_remove(struct store *store, const char *key, struct err *err) TURNOUT_MUST_CHECK;

#endif
