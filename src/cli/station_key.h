/* What the verbs of "turnout station" share: stations named by the first digits of their keys. */
#ifndef TURNOUT_CLI_STATION_KEY_H
#define TURNOUT_CLI_STATION_KEY_H

#include "cli/args.h"
#include "report/out.h"
#include "store/store.h"

#define KEY_DIGITS_MIN 8 /* that name a key */

/* The options of `names`, which NULL ends, are those that the verb takes; ERR_USAGE names another. */
bool station_takes_only(const struct args *args, const char *const *names, struct err *err) TURNOUT_MUST_CHECK;
/* The digits as small letters into `digits`; false when they cannot be the beginning of a key that names it. */
bool station_key_digits(const char *text, char digits[2 * KEY_LEN + 1]);
/* The known key that begins with these digits. ERR_USAGE, ERR_NOT_FOUND. */
bool station_find_key(struct store *store, const char *text, struct public_key *key, struct err *err) TURNOUT_MUST_CHECK;
/* "DONE 3f9a01c27b8d1122MORE" and the end of the line. */
void station_put_key(struct out *out, const char *done, const struct public_key *key, const char *more);

#endif
