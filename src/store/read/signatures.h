/* Signatures that people drew: whether somebody has signed for a day, and the strokes of each. */
#ifndef TURNOUT_STORE_READ_SIGNATURES_H
#define TURNOUT_STORE_READ_SIGNATURES_H

#include "base/clock.h"
#include "base/crypto.h"
#include "event/person.h"
#include "store/write/signatures.h"

struct store;

/* Has the person, or anybody joined into them, signed for that day ("2026-05-14")? What a station wrote that is out of the books does not count. */
bool signature_has(struct store *store, const char *person, const char *day, bool *has, struct err *err) TURNOUT_MUST_CHECK;

struct signature_row {
	char person[PERSON_ID_LEN + 1]; /* as it was written: person_root tells who that is in the end */
	char point[PERSON_ID_LEN + 1], day[11];
	struct public_key station;
	struct utc_ms utc; /* as the station's clock said */
	enum signature_by by;
	struct handwriting drawn;
};
/* All of them, in the order of their logs and places there; those of one person where `person` is not NULL. What cannot be read is left out. */
typedef bool signature_each_fn(void *context, const struct signature_row *row, struct err *err);
bool signatures_each(struct store *store, const char *person, signature_each_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

#endif
