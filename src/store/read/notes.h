/* Notes on people, for staff (store/view/note.h). */
#ifndef TURNOUT_STORE_READ_NOTES_H
#define TURNOUT_STORE_READ_NOTES_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/err.h"
#include "event/person.h"

struct store;

#define NOTE_TEXT_MAX 300 /* bytes */

struct note {
	struct hash log; /* with seq: what takes it off names it by */
	uint64_t seq;
	char person[PERSON_ID_LEN + 1]; /* whom it was written on */
	const char *text;               /* good until the callback returns */
	bool door;                      /* said at the scan */
	const char *by;                 /* a key of the staff's; "" */
	struct utc_ms utc;              /* by the clock of who wrote it */
};
/* Calls back with the notes on somebody, joins followed, that nobody took off, in the order of their logs. `person` NULL: those on everybody. */
typedef bool note_fn(void *context, const struct note *note, struct err *err);
bool notes_each(struct store *store, const char *person, note_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

struct note_draft {
	const char *person; /* id */
	const char *text;   /* NOTE_TEXT_MAX bytes at most, no line's end */
	bool door;
	const char *by; /* "" or NULL: nobody known */
};
/* As this station, inside a transaction. ERR_NOT_FOUND: nobody has that id. */
bool note_append(struct store *store, const struct note_draft *draft, struct err *err) TURNOUT_MUST_CHECK;
/* It is no longer to be said; likewise. */
bool note_close(struct store *store, const struct note *note, const char *by, struct err *err) TURNOUT_MUST_CHECK;

#endif
