/* Work in a process of its own: how it ended is told, whatever it did. */
#include "base/trial.h"

#include "lib/testing.h"

#include <signal.h>

static bool answer(void *context) { return *(bool *)context; }

static bool go_on(void *context) {
	volatile bool *more = context;
	while (*more) { /* nobody changes it */
	}
	return true;
}

static bool end_badly(void *context) {
	(void)context;
	raise(SIGTERM); /* no sanitizer takes it for its own */
	return true;
}

static enum trial_end end_of(bool (*work)(void *context), bool say) {
	struct err err = {0};
	enum trial_end end = TRIAL_DEAD;
	assert_ok(trial_run(work, &say, 1, &end, &err));
	return end;
}

static void how_it_ends(void **state) {
	(void)state;
	assert_int_equal(end_of(answer, true), TRIAL_GOOD);
	assert_int_equal(end_of(answer, false), TRIAL_BAD);
	assert_int_equal(end_of(go_on, true), TRIAL_LONG);
	assert_int_equal(end_of(end_badly, true), TRIAL_DEAD);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(how_it_ends)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
