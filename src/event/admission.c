#include "event/admission.h"

#include "base/alloc.h"
#include "base/str.h"
#include "event/event_day.h"

static const struct {
	const char *word;
	bool admits, recorded;
} OUTCOMES[] = {
	[OUTCOME_ACCEPTED] = {"accepted", true, true},
	[OUTCOME_DUPLICATE] = {"duplicate", true, true},
	[OUTCOME_LATE] = {"late", true, true},
	[OUTCOME_UNVERIFIED] = {"unverified", true, true},
	[OUTCOME_UNKNOWN] = {"unknown", false, false},
	[OUTCOME_REVOKED] = {"revoked", false, true},
	[OUTCOME_WRONG_DAY] = {"wrong-day", false, true},
	[OUTCOME_WRONG_EVENT] = {"wrong-event", false, false},
	[OUTCOME_FULL] = {"full", false, true},
	[OUTCOME_NOT_A_BADGE] = {"not-a-badge", false, false},
	[OUTCOME_CLOSED] = {"closed", false, true},
	[OUTCOME_NOT_EXPECTED] = {"not-expected", false, true},
	[OUTCOME_GIVEN] = {"given", true, true},
	[OUTCOME_USED_UP] = {"used-up", false, true},
	[OUTCOME_NOT_ENTITLED] = {"not-entitled", false, true},
	[OUTCOME_LEFT] = {"left", false, true},
};
_Static_assert(COUNT_OF(OUTCOMES) == OUTCOME_COUNT, "every outcome has a word");

const char *outcome_word(enum outcome outcome) { return outcome < OUTCOME_COUNT ? OUTCOMES[outcome].word : ""; }

bool outcome_admits(enum outcome outcome) { return outcome < OUTCOME_COUNT && OUTCOMES[outcome].admits; }

bool outcome_recorded(enum outcome outcome) { return outcome < OUTCOME_COUNT && OUTCOMES[outcome].recorded; }

enum outcome outcome_find(const char *word) {
	int i = 0;
	while (i < OUTCOME_COUNT && !str_eq(OUTCOMES[i].word, word)) {
		i++;
	}
	return (enum outcome)i;
}

static bool is_wrong_day(const struct admission_facts *facts) { return facts->clock_set && !facts->at_session && !facts->event_day; }

/* On the date of its start a session is open from midnight on: who comes early, waits. On the date before, its doors open shortly before it. Where a rule says
 * how early one comes in, that counts. */
static bool is_closed(const struct admission_facts *facts) {
	if (!facts->clock_set || !facts->at_session) {
		return false;
	}
	if (facts->now.v < facts->session_start.v) {
		int64_t before = facts->session_start.v - facts->now.v;
		return facts->has_early ? before > facts->early_ms : !facts->same_date && before > DAY_DOORS_MS;
	}
	bool has_end = facts->session_end.v > facts->session_start.v;
	return has_end ? facts->now.v > facts->session_end.v + ADMISSION_OVER_MS : !facts->same_date;
}

static bool is_late(const struct admission_facts *facts) {
	return facts->at_session && facts->clock_set && !facts->returns && facts->now.v > facts->session_start.v + facts->late_after_ms;
}

static bool is_full(const struct admission_facts *facts) {
	return facts->at_session && facts->capacity > 0 && !facts->though_full && facts->inside >= facts->capacity;
}

static enum outcome decide_point(const struct admission_facts *facts) {
	if (!facts->entitled) {
		return OUTCOME_NOT_ENTITLED;
	}
	if (facts->times > 0 && facts->had >= facts->times) {
		return OUTCOME_USED_UP;
	}
	return facts->stock >= 0 && facts->given >= facts->stock ? OUTCOME_FULL : OUTCOME_GIVEN;
}

/* Of a badge that is somebody's, by what is known. */
static enum outcome decide_known(const struct admission_facts *facts) {
	if (facts->leaves) {
		return OUTCOME_LEFT;
	}
	if (facts->not_expected || facts->not_listed) {
		return OUTCOME_NOT_EXPECTED; /* also who was in before: staff know what has changed */
	}
	if (is_wrong_day(facts)) {
		return OUTCOME_WRONG_DAY;
	}
	if (facts->at_point) {
		return facts->denied ? OUTCOME_NOT_ENTITLED : decide_point(facts);
	}
	if (facts->already) {
		return OUTCOME_DUPLICATE; /* before "full": who is inside is not turned away from their seat */
	}
	if (facts->denied) {
		return OUTCOME_NOT_ENTITLED;
	}
	if (is_closed(facts)) {
		return OUTCOME_CLOSED;
	}
	if (is_full(facts)) {
		return OUTCOME_FULL;
	}
	if (facts->badge == BADGE_SHORT_UNHEARD) {
		return OUTCOME_UNVERIFIED;
	}
	return is_late(facts) ? OUTCOME_LATE : OUTCOME_ACCEPTED;
}

enum outcome admission_decide(const struct admission_facts *facts) {
	switch (facts->badge) {
	case BADGE_NOT_OURS: return OUTCOME_NOT_A_BADGE;
	case BADGE_OTHER_EVENT: return OUTCOME_WRONG_EVENT;
	case BADGE_UNKNOWN: return OUTCOME_UNKNOWN;
	case BADGE_REVOKED: return OUTCOME_REVOKED;
	case BADGE_SHORT_UNHEARD:
		if (!facts->welcome_unverified) {
			return OUTCOME_UNKNOWN;
		}
		break;
	case BADGE_VALID: break;
	}
	return decide_known(facts);
}

/* What staff may overrule: a rule, a room, a day. Not a badge that is nobody's, or was taken back: there is another way for those (by name). */
bool admission_may_overrule(enum outcome outcome) {
	switch (outcome) {
	case OUTCOME_WRONG_DAY:
	case OUTCOME_FULL:
	case OUTCOME_CLOSED:
	case OUTCOME_NOT_EXPECTED:
	case OUTCOME_USED_UP:
	case OUTCOME_NOT_ENTITLED: return true;
	default: return false;
	}
}

enum outcome admission_overrule(const struct admission_facts *facts) {
	return facts->at_point ? OUTCOME_GIVEN : is_late(facts) ? OUTCOME_LATE : OUTCOME_ACCEPTED;
}

bool admission_is_by_clock(enum outcome outcome) {
	return outcome == OUTCOME_WRONG_DAY || outcome == OUTCOME_CLOSED || outcome == OUTCOME_LATE;
}

void admission_put_session(struct admission_facts *facts, const struct session_when *when, const struct tz *tz) {
	facts->at_session = true;
	facts->session_start = when->start;
	facts->session_end = when->end;
	facts->same_date = tz_local_day(tz, when->start) == tz_local_day(tz, facts->now);
	facts->capacity = when->capacity;
}

enum outcome admission_outside(struct admission_facts facts) {
	facts.badge = BADGE_VALID;
	facts.not_expected = facts.not_listed = facts.already = facts.denied = false;
	facts.has_early = false; /* a rule is of the door's, and may be another by now */
	facts.clock_set = true;
	facts.capacity = 0;
	enum outcome outcome = admission_decide(&facts);
	return outcome_admits(outcome) ? OUTCOME_COUNT : outcome;
}
