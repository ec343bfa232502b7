/* Transactions of an open event file.
 *
 * Invariants kept here (tests/store/write/transaction_test.c):
 *   1. Green means on disk: store_commit returns true only after SQLite's durable commit.
 *   7. A refused input changes nothing: one transaction, undone as a whole. */
#ifndef TURNOUT_STORE_WRITE_TRANSACTION_H
#define TURNOUT_STORE_WRITE_TRANSACTION_H

#include <stdbool.h>

#include "base/err.h"

struct store;

/* Views of what was appended are up to date after store_commit (check-ins at once). After false everything is undone. */
bool store_begin(struct store *store, struct err *err) TURNOUT_MUST_CHECK;
bool store_commit(struct store *store, struct err *err) TURNOUT_MUST_CHECK;
void store_rollback(struct store *store); /* no open transaction is no error */

/* Computes all views again from the records; a transaction of its own. */
bool store_rebuild(struct store *store, struct err *err) TURNOUT_MUST_CHECK;

#endif
