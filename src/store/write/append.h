/* Appending records: to the log that this device writes in this boot of its machine, and into the views.
 *
 * Invariants kept here (tests/store/write/append_test.c):
 *   2. The records are the truth: every change is a record appended by store_append; views are computed from records alone.
 *   4. Nothing is doubled: a record's place is (log, seq), and a log grows at its end only; it is continued only by who holds its marker.
 *   5. History does not change unseen: every record carries the hash of the one before; heads are signed every 64 records and at closing. */
#ifndef TURNOUT_STORE_WRITE_APPEND_H
#define TURNOUT_STORE_WRITE_APPEND_H

#include <stdint.h>

#include "base/crypto.h"
#include "base/err.h"
#include "store/file/terms.h"

struct checkin_draft;
struct fresh_thing;

/* Where a record came to stand. */
struct record_ref {
	int64_t id; /* in this file */
	struct hash log;
	uint64_t seq;
	struct hash hash;
};

struct draft {
	const char *kind;
	enum author author;
	const char *subject; /* "" for none */
	const char *body;    /* one line of JSON */
	/* Of a check-in: what its body says, so that the view need not read it again (a third of a check-in's time); else NULL. */
	const struct checkin_draft *checkin;
	/* Of a thing of which no record speaks yet: the view's row is made at once of what is set here, and nothing is read again; else NULL. */
	const struct fresh_thing *fresh;
};

/* Appends one record to the author's log of this boot, inside a transaction; `ref` may be NULL. */
bool store_append(struct store *store, const struct draft *draft, struct record_ref *ref, struct err *err) TURNOUT_MUST_CHECK;

/* Begins the station's log where this device has written none into the file yet: so whoever gets it with the next exchange sees that the box is there,
 * before somebody is signed in. Nothing for the organiser's machine, a file without an invitation for stations and a purged one. A transaction of its own. */
bool store_introduce(struct store *store, bool *begun, struct err *err) TURNOUT_MUST_CHECK;

/* Appends the genesis record, which begins the organiser's first log and whose hash is the event's id. */
bool append_genesis(struct store *store, const struct key_pair *organiser, struct err *err) TURNOUT_MUST_CHECK;
/* Goes on with the log that this device wrote in this boot, when it left one; begins none. */
bool append_resume(struct store *store, enum author author);
/* Writes an anchor into the open log when it lacks the present one. */
bool append_anchor(struct store *store, enum author author, struct err *err) TURNOUT_MUST_CHECK;
/* At closing: whoever opens the file next on this device, in this boot, may go on with its logs. */
void append_leave_markers(struct store *store);

#endif
