/* What staff do at a box that is written down at once: taking a check-in back, words on all screens, notes. Each is one transaction. */
#ifndef TURNOUT_KIOSK_WORKERS_DEED_H
#define TURNOUT_KIOSK_WORKERS_DEED_H

#include "base/clock.h"
#include "base/crypto.h"
#include "event/person.h"
#include "event/staff.h"
#include "store/read/notes.h"
#include "store/view/announcement.h"

struct store;

enum deed_kind {
	DEED_UNDO,     /* log, seq: of the check-in */
	DEED_ANNOUNCE, /* text, until */
	DEED_WITHDRAW, /* log, seq: of the announcement */
	DEED_NOTE,     /* person, text, door */
};

#define DEED_TEXT_MAX (ANNOUNCEMENT_MAX > NOTE_TEXT_MAX ? ANNOUNCEMENT_MAX : NOTE_TEXT_MAX)

struct deed {
	enum deed_kind kind;
	uint64_t number; /* comes back with what became of it */
	char by[STAFF_KEY_MAX + 1];
	struct hash log;
	uint64_t seq;
	char person[PERSON_ID_LEN + 1];
	char text[DEED_TEXT_MAX + 1];
	struct utc_ms until; /* 0: it stays */
	bool door;
};

/* In a transaction of its own; durable when it returns true. ERR_REFUSED when the organiser took this box out of use. */
bool deed_do(struct store *store, const struct deed *deed, struct err *err) TURNOUT_MUST_CHECK;

#endif
