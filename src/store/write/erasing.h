/* Erasing personal data (invariant 6; store/log/erasure.h): by the organiser here, or by their word as it came along. */
#ifndef TURNOUT_STORE_WRITE_ERASING_H
#define TURNOUT_STORE_WRITE_ERASING_H

#include "store/log/run.h"

struct store;

/* Takes a proof that came along, inside a transaction: verifies it and removes the subject's bodies. `text` is how it came, kept to be
 * passed on. ERR_INPUT when it proves nothing. */
bool erasure_take(struct store *store, struct run *proof, const char *text, struct err *err) TURNOUT_MUST_CHECK;

/* The organiser erases a person: every subject of theirs, of those joined into them too. Inside a transaction; *subjects counts. */
bool erasure_of_person(struct store *store, const char *person, int *subjects, struct err *err) TURNOUT_MUST_CHECK;

/* After the commit: takes what was erased out of the write-ahead log as well. Does nothing when nothing was erased since. False when somebody reads
 * the file just now: to be tried again; closing does it too. Whoever keeps a file open for long calls it after each exchange. */
bool erasure_clean(struct store *store);

#endif
