/* People whom staff sign in together, a few at a time: a group of hundreds goes through the store thread in pieces, and a badge that comes meanwhile between two of
 * them. */
#ifndef TURNOUT_KIOSK_WORKERS_GROUP_H
#define TURNOUT_KIOSK_WORKERS_GROUP_H

#include <stddef.h>
#include <stdint.h>

#include "event/admission.h"
#include "event/person.h"
#include "event/registration.h"
#include "event/staff.h"

#define GROUP_TOGETHER_MAX 16

struct group_sign_in {
	uint64_t number; /* comes back with the answer */
	char by[STAFF_KEY_MAX + 1];
	char ids[GROUP_TOGETHER_MAX][PERSON_ID_LEN + 1];
	size_t count;
};

/* What became of one of them. */
struct group_answer {
	bool kept; /* false: it could not be written, and nothing was recorded */
	bool gone; /* then: they are not on the roster any more */
	enum outcome outcome;
	bool not_listed;                /* as in struct desk_answer */
	enum registration registration; /* likewise */
	bool label;                     /* theirs is to be printed: the event wants it, and it is their first */
};

#endif
