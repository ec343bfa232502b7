/* Admission: from the facts of one scan to what the station says. A pure function; looking the facts up and recording the answer
 * is the caller's (station/desk.h).
 *
 * Invariant 9: a wrong clock refuses nobody. While the clock is unset no date rule is asked. */
#ifndef TURNOUT_EVENT_ADMISSION_H
#define TURNOUT_EVENT_ADMISSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/tz.h"
#include "event/agenda.h"
#include "event/point.h"

enum outcome {
	OUTCOME_ACCEPTED,
	OUTCOME_DUPLICATE,
	OUTCOME_LATE,       /* let in, after the session began; sessions only */
	OUTCOME_UNVERIFIED, /* let in by the event's rule on a short code that this station has not heard of */
	OUTCOME_UNKNOWN,
	OUTCOME_REVOKED,
	OUTCOME_WRONG_DAY,
	OUTCOME_WRONG_EVENT,
	OUTCOME_FULL,
	OUTCOME_NOT_A_BADGE,
	OUTCOME_CLOSED, /* the session is over, or it is not its day; sessions only */
	OUTCOME_NOT_EXPECTED, /* a good badge of somebody whose registration is cancelled, declined, waiting or pending, or who is not on the session's list */
	OUTCOME_GIVEN,        /* what the point hands out is theirs; points that are no session */
	OUTCOME_USED_UP,      /* they had it as often as they may; likewise */
	OUTCOME_NOT_ENTITLED, /* a rule or the point is not for them */
	OUTCOME_LEFT,         /* they check out; exits only */
	OUTCOME_COUNT
};

const char *outcome_word(enum outcome outcome); /* "accepted", …, "not-expected": as printed and recorded */
enum outcome outcome_find(const char *word);    /* OUTCOME_COUNT when there is none */
bool outcome_admits(
	enum outcome
		outcome); /* the person is inside afterwards, or has what they came for: accepted, duplicate, late, unverified, given */
/* Scans of codes that the event knows are kept, refusals too. A code nobody knows is counted, not kept: it may be private. */
bool outcome_recorded(enum outcome outcome);

enum badge_state {
	BADGE_NOT_OURS,    /* no text of ours and not like the codes on the roster */
	BADGE_OTHER_EVENT, /* signed for another event */
	BADGE_UNKNOWN,
	BADGE_SHORT_UNHEARD, /* a short code of ours that this station has not heard of: the event's rule decides */
	BADGE_REVOKED,
	BADGE_VALID, /* on the roster, or signed by the organiser */
};

#define ADMISSION_OVER_MS (15 * INT64_C(60000)) /* after its end a session is over: until then people still sign in on their way out */

struct admission_facts {
	enum badge_state badge;
	bool welcome_unverified; /* the event's rule for BADGE_SHORT_UNHEARD */
	bool not_expected;       /* its holder's registration keeps them out (event/registration.h) */
	bool not_listed;         /* the session has a list, and they are not on it (event/session_list.h) */
	bool denied;             /* a rule keeps them out (event/rule.h) */
	bool already;            /* let in at this point before (arrival: on this day), and they have not left since */
	bool returns;            /* they were let in before, and left: who comes back is not late */
	bool clock_set;          /* false: no date rule is asked; also where nobody vouches for the clock */
	bool event_day;          /* it is a day of the event now (event/event_day.h) */

	bool at_session; /* the members below count for sessions only */
	bool same_date;  /* the date at the place is that of its start */
	struct utc_ms now;
	struct utc_ms session_start, session_end; /* the same: nobody said when it ends */
	int64_t late_after_ms;                    /* after the start; still in time at exactly this */
	int capacity;                             /* 0: no limit */
	int inside;                               /* people in there now */
	bool though_full;                         /* a rule lets them in all the same */
	bool has_early;                           /* a rule says how long before its start one comes in: */
	int64_t early_ms;

	bool leaves; /* they check out: whoever has a badge of ours may */

	bool at_point; /* where something is handed out (event/point.h); the members below count there only */
	bool entitled; /* it is for them */
	int times,
		had; /* how often they get it (0: as often as they come), how often they had it; on this day, where that counts by days */
	int64_t stock, given; /* how many there are (-1: nobody counts down), how many are gone */
};

/* What a session's times say at `now`, which is there already. */
void admission_put_session(struct admission_facts *facts, const struct session_when *when, const struct tz *tz);

enum outcome admission_decide(const struct admission_facts *facts);
/* May staff let in, or hand out, although that was said? And what is it then? */
bool admission_may_overrule(enum outcome outcome);
enum outcome admission_overrule(const struct admission_facts *facts);
/* The outcome is owed to what the clock says. */
bool admission_is_by_clock(enum outcome outcome);
/* Would a good badge be refused for the date alone? `now` and what dates say of it count, nothing else. OUTCOME_COUNT: it would not. */
enum outcome admission_outside(struct admission_facts facts);

#endif
