/* The event file: opening, closing, and with it what everybody needs who has one open.
 *
 * Each file below states the invariants that it keeps: transaction (green means on disk; a refused input changes nothing), append (the records are the
 * truth; history does not change unseen), merge (nothing is lost, nothing is doubled), views (order does not matter), erasure.
 *
 * A struct store belongs to one thread. Errors name the file. */
#ifndef TURNOUT_STORE_STORE_H
#define TURNOUT_STORE_STORE_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/err.h"
#include "base/tz.h"
#include "store/file/meta.h"
#include "store/file/terms.h"
#include "store/log/keys.h"
#include "store/sql/held_file.h"
#include "store/write/append.h"
#include "store/write/clock.h"
#include "store/write/transaction.h"

struct recent;

/* `program` names the holder to others ("turnout checkin"). */
struct store *store_open(const char *path, enum store_mode mode, const char *program, struct err *err) TURNOUT_MUST_CHECK;
/* Signs what is not signed yet and leaves the markers. Errors of that are logged: everything durable stays so. NULL is fine. */
void store_close(struct store *store);
/* Is the file still the one under its name? ERR_GONE: it is not, and nothing is recorded in it any more. Two calls of stat(2). */
bool store_look(struct store *store, struct err *err) TURNOUT_MUST_CHECK;
/* When nobody waits: makes the file whole by itself, so that who copies or moves it alone has all of it. The next commit takes a sync more. */
void store_rest(struct store *store);
/* For whoever holds many files open: how much of this one is kept in memory at most, in KiB. */
bool store_cache(struct store *store, int kib, struct err *err) TURNOUT_MUST_CHECK;
/* db_shrink */
bool store_shrink(struct store *store, struct err *err) TURNOUT_MUST_CHECK;
/* After ERR_GONE: what became of the file. What is open may still be read, and signed, unless it was overwritten. */
enum file_verdict store_verdict(const struct store *store);
/* What is in memory whatever became of the file: what this process recorded (store/file/recent.h), and the event's sealing key; false when
 * this copy carries none. */
const struct recent *store_recent(const struct store *store);
bool store_known_seal(const struct store *store, uint8_t key[KEY_LEN]);
/* Then: nothing of what is open reaches the file that stands under the name now, not at closing either. */
void store_let_go(struct store *store);

const char *store_path(const struct store *store);
const struct hash *store_event(const struct store *store); /* the event's id */
const struct public_key *store_organiser(const struct store *store);
const struct tz *store_tz(const struct store *store); /* of the event; never NULL */
const char *store_warning(const struct store *store); /* "" or what is missing (the state folder) */

/* A safe copy of a file that may be in use. */
bool store_copy(struct store *store, const char *to, struct err *err) TURNOUT_MUST_CHECK;
/* The same, and the copy carries that invitation in the place of the one that this file carries. */
bool store_copy_inviting(struct store *store, const char *to, const uint8_t seed[KEY_LEN], struct err *err) TURNOUT_MUST_CHECK;
/* Whether there is a place and room for a copy; leaves nothing there. Also within a transaction. */
bool store_copy_try(struct store *store, const char *to, struct err *err) TURNOUT_MUST_CHECK;

#endif
