/* The figures of the day on the staff's screen: asked for when it is opened and whenever something was recorded, one question at a time. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
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

static void tell_printer(struct model *m, bool slip, int slips) {
	struct print_message *p = xcalloc(1, sizeof *p);
	*p = (struct print_message){.there = true, .asked = true, .slip = slip, .slips = slips};
	kiosk_fixture_send(m, (struct msg){.kind = MSG_PRINT, .print = p});
}

static void tell_roll(struct model *m, size_t count, int64_t all) {
	struct totals_message *t = xcalloc(1, sizeof *t + count * sizeof *t->roll);
	t->number = m->numbers;
	t->roll_count = count;
	t->roll_all = all;
	for (size_t i = 0; i < count; i++) {
		snprintf(t->roll[i].name, sizeof t->roll[i].name, "Somebody %03zu", i);
	}
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TOTALS, .totals = t});
	free(t);
}

/* Asked for once, however often it is touched; that it came out is said of the one that was asked for. */
static void a_slip_is_printed_once(void **state) {
	struct model *m = visit_model(state);
	open_them(m);
	tell(m, m->numbers, 388);
	assert_int_equal(visit_touch(m, TOTALS_TOUCH_SLIP, 0).count, 0); /* this box has no printer */
	tell_printer(m, false, 2);
	struct effects e = visit_touch(m, TOTALS_TOUCH_SLIP, 0);
	assert_int_equal(e.items[0].kind, EFFECT_SLIP);
	assert_false(e.items[0].forced);
	tell_printer(m, true, 2);
	assert_true(kiosk_fixture_says(m, "It is being printed"));
	assert_int_equal(visit_touch(m, TOTALS_TOUCH_SLIP, 0).count, 0);
	tell_printer(m, false, 3);
	assert_true(kiosk_fixture_says(m, "Printed. Once more?"));
}

static void names_behind_the_figures(void **state) {
	struct model *m = visit_model(state);
	open_them(m);
	tell_printer(m, false, 0);
	struct effects e = visit_touch(m, TOTALS_TOUCH_MISSING, 0);
	assert_int_equal(e.items[0].kind, EFFECT_ROLL);
	assert_false(e.items[0].forced);
	tell_roll(m, 0, 0);
	assert_true(kiosk_fixture_says(m, "Nobody is missing"));
	assert_int_equal(visit_touch(m, ROLL_TOUCH_PRINT, 0).count, 0); /* of those who are missing there is no paper */
	visit_touch(m, ACTION_BACK, 0);
	e = visit_touch(m, TOTALS_TOUCH_HERE, 0);
	assert_true(e.items[0].forced);
	tell_roll(m, 40, 43);
	assert_true(kiosk_fixture_says(m, "Somebody 000"));
	assert_non_null(strstr(kiosk_fixture_reads(m), "Ще 3\u00A0за бейджами"));
	assert_false(kiosk_fixture_says(m, "Somebody 039"));
	visit_touch(m, TOUCH_MORE, 1000); /* beyond the last page is the last */
	assert_true(kiosk_fixture_says(m, "Somebody 039"));
	e = visit_touch(m, ROLL_TOUCH_PRINT, 0);
	assert_true(e.items[0].kind == EFFECT_SLIP && e.items[0].forced);
	visit_touch(m, ACTION_BACK, 0);
	visit_touch(m, TOTALS_TOUCH_HERE, 0);
	assert_false(kiosk_fixture_says(m, "Somebody 000")); /* nobody's name waits for whoever comes next */
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(as_they_change), TEST(an_answer_that_never_comes), TEST(nobody_looks_any_more),
					   TEST(a_slip_is_printed_once), TEST(names_behind_the_figures)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
