/* The last check-ins of this box, for staff who made a mistake a moment ago; and taking one back. */
#ifndef TURNOUT_STORE_READ_OWN_CHECKINS_H
#define TURNOUT_STORE_READ_OWN_CHECKINS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "event/admission.h"
#include "event/person.h"

struct store;

struct own_checkin {
	struct hash log; /* with seq: what takes it back names it by */
	uint64_t seq;
	enum outcome shown;
	char point[POINT_MAX + 1];
	char name[128];                 /* cut with "…"; "" where nobody is known behind the code */
	char person[PERSON_ID_LEN + 1]; /* "" */
	struct utc_ms utc;              /* by its log's anchors */
	bool approximate;
	bool undone;
};

/* The last ones that let somebody in, or out, or gave something, the latest first, `max` at most. */
bool own_checkins_load(struct store *store, struct own_checkin *out, size_t max, size_t *count, struct err *err) TURNOUT_MUST_CHECK;

/* Takes one of them back, as this station, inside a transaction. ERR_REFUSED: it is taken back already, or another station wrote it. `by`: who of the staff; ""
 * or NULL: nobody known. */
bool own_checkin_undo(struct store *store, const struct hash *log, uint64_t seq, const char *by, struct err *err) TURNOUT_MUST_CHECK;

#endif
