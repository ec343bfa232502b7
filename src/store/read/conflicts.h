/* What people should look at after files have met: facts that contradict each other, and records that do not count. Everything is computed
 * when it is asked for, from the views and the books; nothing is dropped, and the order is the same whatever order the records came in. It
 * writes nothing. */
#ifndef TURNOUT_STORE_READ_CONFLICTS_H
#define TURNOUT_STORE_READ_CONFLICTS_H

#include "base/clock.h"
#include "base/crypto.h"
#include "base/err.h"
#include "event/admission.h"
#include "event/person.h"
#include "store/read/odd.h"
#include "store/view/ignored.h"

struct checkins;
struct store;

enum conflict_kind {
	CONFLICT_DOUBLE,    /* two stations each let one person in, at one point (arrival: on one day), as if for the first time */
	CONFLICT_REVOKED,   /* a station let somebody in by a badge that is revoked, and whoever revoked it did not know of that check-in */
	CONFLICT_FIELD,     /* several values of one field are in force: edits that did not know of each other */
	CONFLICT_BRANCH,    /* a log goes on in two ways */
	CONFLICT_AUTHOR,    /* a record whose author may not write it */
	CONFLICT_UNKNOWN,   /* a record of a kind that this program does not know */
	CONFLICT_MALFORMED, /* a record that says nothing that makes sense */
	CONFLICT_DATES,     /* somebody was let in while a clock was in doubt, and it was on no day, or at no hour, that they could come */
	CONFLICT_CLOCK,     /* check-ins of one log whose times nothing confirms */
	CONFLICT_ERASED, /* somebody was joined, by who did not know, into somebody who is erased: their data is left (store/read/erasure_left.h) */
	CONFLICT_ALIKE, /* two people of the roster may be one (store/read/twins.h) */
	CONFLICT_ODD,   /* a station behaves oddly: a hint (store/read/odd.h) */
	CONFLICT_KINDS
};

const char *conflict_word(enum conflict_kind kind); /* "double", "revoked", … */

#define STATION_SHOWN 16 /* hexadecimal digits of a station's key */

struct conflict_station {
	char key[STATION_SHOWN + 1];
	const char *name; /* as the organiser called it; "" */
	const char *role; /* roles in words (store/view/roles.h); "none" */
	bool retired;
};

/* A record and what is known of its time. */
struct conflict_record {
	struct conflict_station station;
	struct hash log;
	uint64_t seq;      /* 0: the log as a whole */
	struct utc_ms utc; /* corrected */
	bool approximate;
	bool counts; /* of a check-in: it is the one that the books count */
};

struct conflict {
	enum conflict_kind kind;
	/* Of every kind but FIELD, ERASED and ALIKE. DOUBLE: the later check-in; REVOKED, DATES: the check-in; CLOCK and BRANCH: the log; ODD: the first
	 * check-in of those that are meant. */
	struct conflict_record at;
	union {
		struct { /* DOUBLE */
			struct conflict_record first;
			const char *first_code; /* it may be by another badge of theirs; "" by name */
		} twice;
		struct conflict_record revocation; /* REVOKED */
		struct {                           /* FIELD */
			const char *thing;         /* "person", "session", "event" */
			const char *id;            /* "" of the event */
			const char *field;
			const char *shown, *other; /* the value in force, and one that was said too */
		} edit;
		struct {                          /* AUTHOR, UNKNOWN, MALFORMED */
			const char *kind;         /* of the record */
			const char *reason, *why; /* a word and a text of store/view/ignored.h */
		} ignored;
		struct { /* ALIKE: the other one, and what they share */
			const char *id, *name;
			enum person_field by; /* PERSON_EMAIL or PERSON_PHONE */
		} alike;
		struct {                /* ERASED */
			const char *id; /* of who was erased */
			int64_t people; /* joined into them, of whom something is left */
		} erased;
		enum outcome outside; /* DATES: WRONG_DAY, CLOSED */
		struct {              /* ODD */
			enum odd_reason reason;
			int64_t count;                 /* check-ins, points, or people */
			struct conflict_station other; /* of ODD_AT_ONCE */
		} odd;
		int64_t count;  /* CLOCK: check-ins */
		uint64_t after; /* BRANCH: the last seq that both have in common */
	};
	/* DOUBLE, REVOKED, DATES: who and where. ALIKE: who. FIELD: `name` is the person's name or the session's title. Else NULL. */
	const char *person, *name, *code; /* "" where not known */
	const char *point, *where;        /* "arrival" or a session's id; the same in words */
};

/* Texts are good during the call. Needs no open transaction. */
typedef bool conflict_fn(void *context, const struct conflict *c, struct err *err);
bool conflicts_each(struct store *store, conflict_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;
/* Those that somebody can settle, with the books that the caller has read already: without CONFLICT_ALIKE. Two people of one family are two,
 * and stand there for as long as the event does; and to find them the whole roster is read. */
bool conflicts_each_in(struct store *store, const struct checkins *books, conflict_fn *each, void *context,
		       struct err *err) TURNOUT_MUST_CHECK;

#endif
