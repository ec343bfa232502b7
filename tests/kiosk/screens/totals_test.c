/* The figures of the day on the staff's screen: asked for when it is opened and whenever something was recorded, one question at a time. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include "base/str.h"

static void open_them(struct model *m) {
	visit_staff(m);
	struct effects e = visit_touch(m, TOUCH_STAFF_TOTALS, 0);
	assert_int_equal(e.count, 1);
	assert_int_equal(e.items[0].kind, EFFECT_TOTALS);
	assert_int_equal(e.items[0].number, m->numbers);
}

static struct effects tell(struct model *m, uint64_t number, int64_t here) {
	struct totals_message t = {.number = number, .here = here, .arrived = 1234, .expected = 5000, .of_them = 1200};
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_TOTALS, .totals = &t});
}

static struct effects record(struct model *m) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_COUNTED;
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
}

static void as_they_change(void **state) {
	struct model *m = visit_model(state);
	open_them(m);
	assert_true(kiosk_fixture_says(m, "One moment"));
	assert_int_equal(tell(m, m->numbers, 388).count, 0);
	assert_non_null(strstr(kiosk_fixture_reads(m), "388"));
	assert_non_null(strstr(kiosk_fixture_reads(m), "3800")); /* missing */
	struct effects e = record(m);
	assert_int_equal(e.items[0].kind, EFFECT_TOTALS);
	assert_int_equal(record(m).count, 0); /* one question at a time; … */
	assert_int_equal(tell(m, m->numbers + 1, 7).count, 0);
	assert_null(strstr(kiosk_fixture_reads(m), "\n7\n")); /* nobody asked for that */
	e = tell(m, m->numbers, 389);
	assert_int_equal(e.count, 1); /* … but what came meanwhile is asked for after it */
	assert_non_null(strstr(kiosk_fixture_reads(m), "389"));
}

static void an_answer_that_never_comes(void **state) {
	struct model *m = visit_model(state);
	open_them(m);
	struct effects e = kiosk_fixture_wait(m, 10000);
	assert_int_equal(e.items[0].kind, EFFECT_TOTALS); /* it is asked again */
	struct totals_message failed = {.number = m->numbers, .failed = true};
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TOTALS, .totals = &failed});
	assert_true(kiosk_fixture_says(m, "They cannot be counted now"));
}

static void nobody_looks_any_more(void **state) {
	struct model *m = visit_model(state);
	open_them(m);
	tell(m, m->numbers, 388);
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(record(m).count, 0);
	visit_touch(m, TOUCH_STAFF_TOTALS, 0);
	assert_null(strstr(kiosk_fixture_reads(m), "388")); /* what was is not shown for what is */
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(as_they_change), TEST(an_answer_that_never_comes), TEST(nobody_looks_any_more)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
