/* The check-in desk: from the text of a scanned code to a durable record and what the station says. Where badge codes, the roster
 * and the rules of admission meet; used by the command line and, in its store thread, by the kiosk.
 *
 * Invariants: 1. an answer that admits is given only after its record is durable. 9. a wrong clock refuses nobody. */
#ifndef TURNOUT_STATION_DESK_H
#define TURNOUT_STATION_DESK_H

#include "event/admission.h"
#include "event/handwriting.h"
#include "event/registration.h"
#include "station/stand.h"
#include "store/read/people.h"
#include "store/read/sessions.h"
#include "store/store.h"
#include "store/write/signatures.h"

struct desk;

/* `point`: what stand_find takes. The store stays the caller's and must outlive the desk. */
struct desk *desk_open(struct store *store, const char *point, struct err *err) TURNOUT_MUST_CHECK;
void desk_close(struct desk *desk); /* NULL is fine */

bool desk_set_point(struct desk *desk, const char *point, struct err *err) TURNOUT_MUST_CHECK;
/* Owned by the desk; good until it is set anew. */
const struct stand *desk_stand(const struct desk *desk);

/* What a check-in there names now, where nothing is known of whoever it is. */
void desk_point_now(const struct desk *desk, char point[POINT_MAX + 1]);

struct desk_signature {
	enum signature_by by;
	const struct handwriting *drawn; /* NULL: nothing is drawn, and staff say so */
};

struct desk_scan {
	const char *text; /* as read; any bytes */
	size_t len;
	const char *person; /* NULL; or the id of somebody who was found by name (store/read/find.h): then there is no text */
	const char *how;    /* camera, wedge, name, staff, … as recorded */
	const char *by;     /* NULL; or who of the staff did it: their key (event/staff.h) */
	const char *
		although; /* NULL; or why staff let in, or hand out, although the answer is one that they may overrule (admission_may_overrule) */
	bool has_at; /* staff say when it was (RFC 3339 on the command line) */
	struct utc_ms at;
	const struct desk_signature *signature; /* NULL; or what a walk-in signed: in the same transaction */
};

struct desk_answer {
	enum outcome outcome;
	enum outcome refused;             /* what it was before staff overruled it; OUTCOME_COUNT: they did not */
	char point[POINT_MAX + 1];        /* as the record names it */
	char session[SESSION_ID_LEN + 1]; /* whose door it was; "" */
	bool recorded;                    /* a durable record stands for it */
	bool outsider;                    /* and does not count until the organiser gives this station its role (roles.h) */
	struct record_ref ref;
	char code[BADGE_CODE_MAX + 1];  /* the badge's code; the text as read when it is none; "" of who was found by name */
	bool known;                     /* `person` is filled */
	bool roster;                    /* the code is another system's, and the roster says whose */
	enum registration registration; /* theirs, where they are known: of OUTCOME_NOT_EXPECTED it says why */
	bool unnamed;                   /* they refused that their data are kept: nobody can tell who they are */
	bool not_listed;          /* of OUTCOME_NOT_EXPECTED: they are expected, but not at this session, whose list they are not on */
	bool unsigned_yet;        /* they are let in at arrival, the event asks for signatures, and theirs is not there for this day */
	bool minor;               /* likewise: whoever is responsible for them is to sign (event/form.h) */
	struct person_row person; /* for desk_answer_fini; its badge is `code` above, its own code and aloud are not filled */
	bool returns;             /* they were let in here before */
	bool done; /* nothing is left to do here: they are in; where people leave, they are not; where something is handed out, they had it as often as they get it */
	int times, had; /* of what is handed out: how often they get it (0: as often as they come), and how often they have had it now */
	char *notes;    /* what staff are to know of them at the door, a line each; NULL */
	struct utc_ms first;  /* of a duplicate: when they were let in; of what is handed out: when last; 0 when not known */
	int64_t first_record; /* the check-in that says so; 0 */
	bool first_approximate;
	bool clock_unsure;               /* nobody vouched for the clock, and no date was asked */
	int64_t valid_from, valid_until; /* as in struct checkin_draft */
	struct utc_ms now;
};

/* One scan, one transaction. False only when it could not be recorded: then nothing was. ERR_REFUSED when the organiser retired this
 * station: whatever it said would count for nothing. */
bool desk_take(struct desk *desk, const struct desk_scan *scan, struct desk_answer *answer, struct err *err) TURNOUT_MUST_CHECK;

/* What staff would be answered who sign that person in at `now`: nothing is written, and nobody's answer waits for it. Signature and notes are not looked for.
 * ERR_NOT_FOUND: nobody has that id. For whoever only reads the file, too (presence_refresh). */
bool desk_look(struct desk *desk, const char *person, struct utc_ms now, struct desk_answer *answer, struct err *err) TURNOUT_MUST_CHECK;

#define DESK_TOGETHER_MAX 256 /* scans that wait for one sync of the disk: a bound on what is redone when one of them fails */

struct desk_turn {
	struct desk_scan scan;
	struct desk_answer answer; /* for desk_answer_fini, of those that were taken */
};

/* Scans that wait together share one transaction, so one sync of the disk; each sees those before it. They are answered as if they had been taken
 * one by one. Returns how many were taken, from the first on, durably: fewer than `n` when the next one could not be recorded, as desk_take says
 * (*err); nothing was of it and of those behind it. n <= DESK_TOGETHER_MAX. */
size_t desk_take_together(struct desk *desk, struct desk_turn *turns, size_t n, struct err *err) TURNOUT_MUST_CHECK;
/* Puts somebody on the roster and checks them in by a new short code, which is answer->code, in one transaction. `set`: their fields
 * (store/write/walkins.h). Of the scan `how`, `at` and `signature` count. The outcome may be a refusal (a full room, a wrong day); they are on the roster then
 * too. Where only who is registered comes in (the setting "admission"), their registration is pending, unless `set` says one: they are not in then, nothing is
 * signed, and their code lets them in once it is confirmed. */
bool desk_walk_in(struct desk *desk, const char *set, const struct desk_scan *scan, struct desk_answer *answer,
		  struct err *err) TURNOUT_MUST_CHECK;
/* Keeps the signature of somebody who was let in: durable when it returns true. ERR_NOT_FOUND: nobody has that id. */
bool desk_sign(struct desk *desk, const char *person, const struct desk_signature *signature, struct err *err) TURNOUT_MUST_CHECK;
void desk_answer_fini(struct desk_answer *answer);

#endif
