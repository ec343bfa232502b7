/* The rules of admission, one by one. */
#include "event/admission.h"

#include "lib/testing.h"

#include "base/alloc.h"

#define HOUR INT64_C(3600000)
#define NOON (INT64_C(1778749200000)) /* 2026-05-14T09:00Z, noon in Kyiv */

static struct admission_facts valid_today(void) {
	return (struct admission_facts){.badge = BADGE_VALID,
					.clock_set = true,
					.event_day = true,
					.same_date = true,
					.now = {NOON},
					.session_start = {NOON},
					.session_end = {NOON + HOUR},
					.late_after_ms = 5 * 60000};
}

static void words_and_outcomes_match(void **state) {
	(void)state;
	for (int i = 0; i < OUTCOME_COUNT; i++) {
		assert_int_equal(outcome_find(outcome_word((enum outcome)i)), i);
	}
	assert_int_equal(outcome_find("green"), OUTCOME_COUNT);
	assert_string_equal(outcome_word(OUTCOME_NOT_A_BADGE), "not-a-badge");
	assert_string_equal(outcome_word(OUTCOME_WRONG_DAY), "wrong-day");
}

static void who_is_inside_afterwards(void **state) {
	(void)state;
	assert_true(outcome_admits(OUTCOME_ACCEPTED) && outcome_admits(OUTCOME_LATE) && outcome_admits(OUTCOME_DUPLICATE) &&
		    outcome_admits(OUTCOME_UNVERIFIED));
	assert_false(outcome_admits(OUTCOME_FULL) || outcome_admits(OUTCOME_REVOKED) || outcome_admits(OUTCOME_UNKNOWN) ||
		     outcome_admits(OUTCOME_WRONG_DAY));
}

/* What the event knows is evidence; what nobody knows may be somebody's private data. */
static void what_is_recorded(void **state) {
	(void)state;
	assert_true(outcome_recorded(OUTCOME_DUPLICATE) && outcome_recorded(OUTCOME_REVOKED) && outcome_recorded(OUTCOME_FULL) &&
		    outcome_recorded(OUTCOME_WRONG_DAY));
	assert_false(outcome_recorded(OUTCOME_UNKNOWN) || outcome_recorded(OUTCOME_NOT_A_BADGE) || outcome_recorded(OUTCOME_WRONG_EVENT));
}

/* A good badge, and no day, seat or earlier visit changes it. */
static void who_is_not_expected_is_sent_to_the_staff(void **state) {
	(void)state;
	struct admission_facts facts = valid_today();
	facts.not_expected = true;
	assert_int_equal(admission_decide(&facts), OUTCOME_NOT_EXPECTED);
	facts.already = true;
	assert_int_equal(admission_decide(&facts), OUTCOME_NOT_EXPECTED);
	facts.event_day = false;
	assert_int_equal(admission_decide(&facts), OUTCOME_NOT_EXPECTED);
	facts.badge = BADGE_REVOKED;
	assert_int_equal(admission_decide(&facts), OUTCOME_REVOKED);
	assert_false(outcome_admits(OUTCOME_NOT_EXPECTED));
	assert_true(outcome_recorded(OUTCOME_NOT_EXPECTED));
	facts = valid_today(); /* expected, but not at this session */
	facts.not_listed = facts.already = true;
	assert_int_equal(admission_decide(&facts), OUTCOME_NOT_EXPECTED);
	assert_int_equal(admission_outside(facts), OUTCOME_COUNT);
}

static void the_badge_decides_first(void **state) {
	(void)state;
	static const struct {
		enum badge_state badge;
		enum outcome outcome;
	} rows[] = {{BADGE_NOT_OURS, OUTCOME_NOT_A_BADGE},
		    {BADGE_OTHER_EVENT, OUTCOME_WRONG_EVENT},
		    {BADGE_UNKNOWN, OUTCOME_UNKNOWN},
		    {BADGE_REVOKED, OUTCOME_REVOKED},
		    {BADGE_VALID, OUTCOME_ACCEPTED}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct admission_facts f = valid_today();
		f.badge = rows[i].badge;
		assert_int_equal(admission_decide(&f), rows[i].outcome);
		f.event_day = false; /* a wrong day does not hide it */
		assert_int_equal(admission_decide(&f), rows[i].badge == BADGE_VALID ? OUTCOME_WRONG_DAY : rows[i].outcome);
	}
}

static void an_unheard_short_code_follows_the_rule(void **state) {
	(void)state;
	struct admission_facts f = valid_today();
	f.badge = BADGE_SHORT_UNHEARD;
	assert_int_equal(admission_decide(&f), OUTCOME_UNKNOWN);
	f.welcome_unverified = true;
	assert_int_equal(admission_decide(&f), OUTCOME_UNVERIFIED);
	f.already = true;
	assert_int_equal(admission_decide(&f), OUTCOME_DUPLICATE);
}

static void arrival_is_once_a_day(void **state) {
	(void)state;
	struct admission_facts f = valid_today();
	f.already = true;
	assert_int_equal(admission_decide(&f), OUTCOME_DUPLICATE);
	f.already = false;
	assert_int_equal(admission_decide(&f), OUTCOME_ACCEPTED);
	f.event_day = false;
	assert_int_equal(admission_decide(&f), OUTCOME_WRONG_DAY);
}

static void nobody_is_late_for_arrival(void **state) {
	(void)state;
	struct admission_facts f = valid_today();
	f.now.v = NOON + 10 * HOUR;
	assert_int_equal(admission_decide(&f), OUTCOME_ACCEPTED);
}

static void late_for_a_session(void **state) {
	(void)state;
	struct admission_facts f = valid_today();
	f.at_session = true;
	f.now.v = NOON - HOUR;
	assert_int_equal(admission_decide(&f), OUTCOME_ACCEPTED);
	f.now.v = NOON + f.late_after_ms; /* still in time at exactly this */
	assert_int_equal(admission_decide(&f), OUTCOME_ACCEPTED);
	f.now.v++;
	assert_int_equal(admission_decide(&f), OUTCOME_LATE);
	f.already = true;
	assert_int_equal(admission_decide(&f), OUTCOME_DUPLICATE);
}

/* It is open on the date of its start and until it is over, on whatever date that is; before its date only shortly before it begins. */
static void when_a_session_is_open(void **state) {
	(void)state;
	static const struct {
		int64_t now, end; /* ms from its start */
		bool same_date;
		enum outcome outcome;
	} rows[] = {
		{-8 * HOUR, HOUR, true, OUTCOME_ACCEPTED},
		{-8 * HOUR, HOUR, false, OUTCOME_CLOSED},
		{-2 * HOUR, HOUR, false, OUTCOME_ACCEPTED}, /* just before midnight */
		{5 * HOUR, 6 * HOUR, false, OUTCOME_LATE},  /* after midnight */
		{40 * HOUR, 48 * HOUR, false, OUTCOME_LATE},
		{HOUR + ADMISSION_OVER_MS, HOUR, true, OUTCOME_LATE}, /* on the way out */
		{HOUR + ADMISSION_OVER_MS + 1, HOUR, true, OUTCOME_CLOSED},
		{5 * HOUR, 0, true, OUTCOME_LATE}, /* nobody said when it ends */
		{25 * HOUR, 0, false, OUTCOME_CLOSED},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct admission_facts f = valid_today();
		f.at_session = true;
		f.event_day = false; /* is arrival's */
		f.same_date = rows[i].same_date;
		f.now.v = NOON + rows[i].now;
		f.session_end.v = NOON + rows[i].end;
		assert_int_equal(admission_decide(&f), rows[i].outcome);
		f.already = true;
		assert_int_equal(admission_decide(&f), OUTCOME_DUPLICATE);
	}
}

static void a_full_room(void **state) {
	(void)state;
	struct admission_facts f = valid_today();
	f.at_session = true;
	f.capacity = 10;
	f.inside = 9;
	assert_int_equal(admission_decide(&f), OUTCOME_ACCEPTED);
	f.inside = 10;
	assert_int_equal(admission_decide(&f), OUTCOME_FULL);
	f.already = true; /* who is in has a place */
	assert_int_equal(admission_decide(&f), OUTCOME_DUPLICATE);
	f.already = false;
	f.at_session = false; /* capacity is a room's */
	assert_int_equal(admission_decide(&f), OUTCOME_ACCEPTED);
}

/* Invariant 9. */
static void an_unset_clock_refuses_nobody(void **state) {
	(void)state;
	struct admission_facts f = valid_today();
	f.clock_set = f.event_day = f.same_date = false;
	f.now.v = 0;
	assert_int_equal(admission_decide(&f), OUTCOME_ACCEPTED);
	f.at_session = true;
	assert_int_equal(admission_decide(&f), OUTCOME_ACCEPTED);
	f.now.v = INT64_C(1) << 50;
	assert_int_equal(admission_decide(&f), OUTCOME_ACCEPTED); /* nor is anybody late */
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_outcomes_match),
		cmocka_unit_test(who_is_inside_afterwards),
		cmocka_unit_test(what_is_recorded),
		cmocka_unit_test(the_badge_decides_first),
		cmocka_unit_test(who_is_not_expected_is_sent_to_the_staff),
		cmocka_unit_test(an_unheard_short_code_follows_the_rule),
		cmocka_unit_test(arrival_is_once_a_day),
		cmocka_unit_test(nobody_is_late_for_arrival),
		cmocka_unit_test(late_for_a_session),
		cmocka_unit_test(when_a_session_is_open),
		cmocka_unit_test(a_full_room),
		cmocka_unit_test(an_unset_clock_refuses_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
