/* A call for help. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include "base/str.h"

static void a_call_for_help_chimes_until_somebody_comes(void **state) {
	struct model *m = visit_model(state);
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_ACTION, .action = ACTION_HELP});
	assert_int_equal(e.items[0].chime, CHIME_CALL);
	assert_int_equal(e.items[1].kind, EFFECT_HELP);
	e = kiosk_fixture_wait(m, TIMING.call_chime_ms);
	assert_int_equal(e.count, 1);
	visit_touch(m, ACTION_BACK, 0);
	e = kiosk_fixture_wait(m, TIMING.call_chime_ms);
	assert_int_equal(e.count, 0);
}

/* The store thread tells which calls are open: this box's, or another one's. */
static void tell_calls(struct model *m, bool own, bool other) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_COUNTED;
	if (own) {
		d->helps.items[d->helps.count++] = (struct help_call){.station = m->station, .seq = 3, .point = "arrival"};
	}
	if (other) {
		d->helps.items[d->helps.count++] =
			(struct help_call){.station = {{9}}, .seq = 7, .name = "Вхід 2", .point = "arrival", .utc = m->now};
	}
	d->helps.open = d->helps.count;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
}

static void it_says_whether_anybody_hears(void **state) {
	struct model *m = visit_model(state);
	visit_touch(m, ACTION_HELP, 0);
	assert_true(kiosk_fixture_says(m, "Please go to our staff's desk"));
	assert_true(kiosk_fixture_says(m, "They cannot be called from here right now"));
	assert_false(kiosk_fixture_says(m, "We are calling our staff"));
	tell_calls(m, true, false); /* on record, and nobody has read it */
	assert_true(kiosk_fixture_says(m, "Please go to our staff's desk"));
	assert_false(kiosk_fixture_says(m, "We have let our staff know"));
	tell_calls(m, false, false);
	visit_touch(m, ACTION_BACK, 0);
	visit_touch(m, ACTION_HELP, 0);
	visit_exchange(m, TRANSPORT_NEAR, SYNC_PEERS, 0);
	assert_true(kiosk_fixture_says(m, "Please stay here for a moment. You can also show your badge again."));
	assert_true(kiosk_fixture_says(m, "We are calling our staff"));
	tell_calls(m, true, false);
	assert_true(kiosk_fixture_says(m, "We have let our staff know"));
	tell_calls(m, true, true); /* somebody else's call changes nothing here */
	tell_calls(m, false, true);
	assert_true(kiosk_fixture_says(m, "Somebody is on their way to you"));
	visit_touch(m, ACTION_BACK, 0);
	visit_touch(m, ACTION_HELP, 0); /* the next visitor's */
	assert_false(kiosk_fixture_says(m, "Somebody is on their way to you"));
}

static void the_other_boxes_show_it(void **state) {
	struct model *m = visit_model(state);
	tell_calls(m, true, false);
	assert_null(strstr(kiosk_fixture_reads(m), "Вхід 2")); /* its own visitor stands before it */
	tell_calls(m, true, true);
	assert_non_null(strstr(kiosk_fixture_reads(m), "Вхід 2"));
	visit_staff(m);
	tell_calls(m, false, true);
	assert_non_null(strstr(kiosk_fixture_reads(m), "Вхід 2, 10:42"));
	assert_int_equal(visit_touch(m, TOUCH_STAFF_HELPED, 12345).count, 0); /* of a call that is closed already */
	str_copy(m->at_work.key, sizeof m->at_work.key, "olena");
	struct effects e = visit_touch(m, TOUCH_STAFF_HELPED, m->helps.items[0].seq); /* the number of a log of zeros */
	assert_int_equal(e.count, 1);
	assert_int_equal(e.items[0].kind, EFFECT_HELPED);
	assert_int_equal(e.items[0].seq, 7);
	assert_string_equal(e.items[0].by, "olena"); /* on record: who came */
	tell_calls(m, false, false);
	assert_null(strstr(kiosk_fixture_reads(m), "Вхід 2"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_call_for_help_chimes_until_somebody_comes),
		TEST(it_says_whether_anybody_hears),
		TEST(the_other_boxes_show_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
