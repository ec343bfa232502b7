/* Taking other files' runs in.
 *
 * Invariants kept here:
 *   3. Order does not matter: taking the same runs in any order gives the same views.
 *   4. Nothing is lost, nothing is doubled: again is a no-op, different is a branch; both branches are kept and shown.
 *   6. An erased body is taken only together with the organiser's word that it was erased. */
#ifndef TURNOUT_STORE_WRITE_MERGE_H
#define TURNOUT_STORE_WRITE_MERGE_H

#include "store/log/run.h"

struct store;

/* Takes a run in, inside a transaction of a writing store. False with ERR_INPUT when the run is wrong (then nothing was changed, and the
 * transaction may go on), with another error when the file could not be written. */
bool store_merge(struct store *store, struct run *run, struct merge_result *result, struct err *err) TURNOUT_MUST_CHECK;

#endif
