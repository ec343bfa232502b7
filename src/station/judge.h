/* What is a code that was read, by the event file and by itself? */
#ifndef TURNOUT_STATION_JUDGE_H
#define TURNOUT_STATION_JUDGE_H

#include "base/clock.h"
#include "base/crypto.h"
#include "event/admission.h"
#include "store/read/badges.h"

struct store;

#define PRETIX_KEYS_MAX 8

struct judge {               /* nothing to be freed */
	struct store *store; /* the caller's */
	struct public_key pretix_keys[PRETIX_KEYS_MAX];
	size_t pretix_key_count;
};
/* Reads what the event says of other systems' codes. */
void judge_init(struct judge *judge, struct store *store);

struct judged {
	enum badge_state state;
	struct badge_row badge;
	bool wrong_day;                  /* the code itself says so */
	int64_t valid_from, valid_until; /* what it says; as in struct checkin_draft */
	bool not_expected;               /* its holder's registration says so: the caller's to fill */
};
/* First what the file knows of the text, whatever it looks like: a revoked badge of ours must not count by its signature, and other
 * systems' codes stand on the roster. */
bool judge_code(struct judge *judge, const char *text, struct utc_ms now, struct judged *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
