/* A call for help. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

static void a_call_for_help_chimes_until_somebody_comes(void **state) {
	struct model *m = visit_model(state);
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_ACTION, .action = ACTION_HELP});
	assert_int_equal(e.items[0].chime, CHIME_CALL);
	e = kiosk_fixture_wait(m, TIMING.call_chime_ms);
	assert_int_equal(e.count, 1);
	visit_touch(m, ACTION_BACK, 0);
	e = kiosk_fixture_wait(m, TIMING.call_chime_ms);
	assert_int_equal(e.count, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_call_for_help_chimes_until_somebody_comes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
