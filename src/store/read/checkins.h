/* Check-ins: recording them, the books, and undoing one.
 *
 * The books are computed when they are read: a check-in's time is corrected by its log's anchors, the earliest admitting one of a
 * person at a point (arrival: on a day of the event, event/event_day.h) counts, later ones are duplicates of it, and nothing is dropped. Times that nothing anchors
 * are as the station's own clock said, marked approximate, and sort after all others, by log and seq. Where that clock was not even set
 * (clock_is_set) the day is not known: they sort last, and count as of the event's day when it has just one, else as a duplicate of the
 * person's first arrival on any day: a second arrival that never was would be worse than a double that staff can look at.
 *
 * A wrong clock refuses nobody (invariant 9), so who came on a day or at an hour that their badge, the session or the event is not for may have been let in. Once
 * the time is known the books say so (`outside`), for people to look at; the line counts as it did. */
#ifndef TURNOUT_STORE_READ_CHECKINS_H
#define TURNOUT_STORE_READ_CHECKINS_H

#include "base/strbuf.h"
#include "base/tz.h"
#include "event/event_day.h"
#include "store/read/people.h"
#include "store/view/checkin.h"
#include "store/write/append.h"

bool checkin_append(struct store *store, const struct checkin_draft *draft, struct record_ref *ref, struct err *err) TURNOUT_MUST_CHECK;

/* A line of the books. Texts are owned by the struct checkins it is in. */
struct checkin {
	int64_t record;
	char person[PERSON_ID_LEN + 1]; /* "" when nobody is known behind the code */
	const char *name;               /* "" */
	const char *code;               /* "" when by name */
	const char *point;
	const char *how;
	const char *by; /* who of the staff did it; "" */
	enum outcome shown;
	struct utc_ms utc;
	bool approximate;
	bool stated; /* staff said when it was */
	bool undone;
	bool clock_unsure;               /* the station said: nobody vouched for its clock, and no date was asked */
	bool doubted;                    /* that, or its clock was corrected since; and the time is known now */
	int64_t valid_from, valid_until; /* as in struct checkin_draft */
	enum outcome
		outside; /* WRONG_DAY, CLOSED: what a station with a right clock would have said to who was let in; else OUTCOME_COUNT */
	bool is_void;    /* its station's records from there on are out of the books (store/view/void.h) */
	int64_t duplicate_of; /* record of the one that counts; 0 */
	struct hash log;
	uint64_t seq;
	struct hash hash; /* of the record */
	struct public_key station;
};

struct checkins {
	struct checkin *items; /* in the books' order */
	size_t count, cap;
	char **texts;
	size_t text_count, text_cap;
};

/* It let somebody in, and nothing took that back. */
static inline bool checkin_stands(const struct checkin *c) {
	return !c->undone && !c->is_void && outcome_admits(c->shown) && c->shown != OUTCOME_GIVEN;
}

/* Whose it is: their id, or where nobody is known behind the code that. */
static inline const char *checkin_who(const struct checkin *c) { return c->person[0] != '\0' ? c->person : c->code; }

bool checkins_load(struct store *store, struct checkins *out, struct err *err) TURNOUT_MUST_CHECK;
void checkins_fini(struct checkins *list);
/* What staff call check-ins (CHECKIN_COUNTS), and those who were "in already" by a check-in that does not stand any more. */
int64_t checkins_counted(const struct checkins *books);

/* The day of the event that a line belongs to; false where nothing says which: its clock was not set, and the event has not just one day. */
bool checkin_day(const struct checkin *c, const struct event_calendar *calendar, const struct tz *tz, int64_t *day);

/* Undoes a check-in of this station (the last one not undone when ref is NULL); `name` gets whose it was. ERR_NOT_FOUND. */
bool checkin_undo(struct store *store, const char *ref, struct strbuf *name, struct err *err) TURNOUT_MUST_CHECK;

#endif
