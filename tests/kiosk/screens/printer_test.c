/* The label printer's screen: what it asks for, and that a check-in asks for a label. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"

static struct effects tell(struct model *m, struct print_message said) {
	struct print_message *p = xcalloc(1, sizeof *p);
	*p = said;
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_PRINT, .print = p});
}

static const struct print_message ready = {.there = true, .asked = true, .size = LABEL_29X90};

static struct model *at_printer(void **state) {
	struct model *m = visit_model(state);
	tell(m, ready);
	visit_staff(m);
	struct effects e = visit_touch(m, TOUCH_STAFF_PRINTER, 0);
	assert_int_equal(model_top(m), SCREEN_PRINTER);
	assert_int_equal(e.items[0].kind, EFFECT_PRINTER_WATCH);
	return m;
}

static void the_printer_is_looked_at_as_long_as_somebody_looks(void **state) {
	struct model *m = at_printer(state);
	assert_int_equal(model_deadline(m), m->ms + TIMING.look_ms);
	struct effects e = kiosk_fixture_wait(m, TIMING.look_ms);
	assert_int_equal(e.items[0].kind, EFFECT_PRINTER_WATCH);
	visit_touch(m, ACTION_BACK, 0);
	e = kiosk_fixture_wait(m, TIMING.look_ms);
	assert_int_equal(e.count, 0);
}

static void a_box_without_a_printer_has_no_button_for_it(void **state) {
	struct model *m = visit_model(state);
	visit_staff(m);
	assert_false(kiosk_fixture_says(m, "Label printer"));
	tell(m, (struct print_message){.there = false});
	assert_false(kiosk_fixture_says(m, "Label printer"));
	tell(m, ready);
	assert_true(kiosk_fixture_says(m, "Label printer"));
}

static void staff_try_it_and_print_what_was_not_printed(void **state) {
	struct model *m = at_printer(state);
	assert_int_equal(visit_touch(m, PRINTER_TOUCH_TEST, 0).items[0].kind, EFFECT_LABEL_TEST);
	struct print_message missed = ready;
	missed.missed = 3;
	tell(m, missed);
	assert_int_equal(visit_touch(m, PRINTER_TOUCH_RETRY, 0).items[0].kind, EFFECT_LABEL_RETRY);
	assert_int_equal(visit_touch(m, PRINTER_TOUCH_FORGET, 0).items[0].kind, EFFECT_LABEL_FORGET);
}

static void many_are_printed_only_when_it_was_said_for_whom(void **state) {
	struct model *m = at_printer(state);
	assert_int_equal(visit_touch(m, PRINTER_TOUCH_ALL, 0).count, 0); /* not asked yet: a touch on a picture before */
	assert_int_equal(visit_touch(m, PRINTER_TOUCH_AHEAD, 0).count, 0);
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_PRINTER); /* back from the question alone */
	assert_int_equal(visit_touch(m, PRINTER_TOUCH_NEW, 0).count, 0);
	visit_touch(m, PRINTER_TOUCH_AHEAD, 0);
	struct effects e = visit_touch(m, PRINTER_TOUCH_NEW, 0);
	assert_int_equal(e.items[0].kind, EFFECT_LABEL_ALL);
	assert_false(e.items[0].forced);
	visit_touch(m, PRINTER_TOUCH_AHEAD, 0);
	e = visit_touch(m, PRINTER_TOUCH_ALL, 0);
	assert_int_equal(e.items[0].kind, EFFECT_LABEL_ALL);
	assert_true(e.items[0].forced);
	assert_int_equal(visit_touch(m, PRINTER_TOUCH_TOMORROW, 0).count, 0);
	visit_touch(m, PRINTER_TOUCH_AHEAD, 0);
	e = visit_touch(m, PRINTER_TOUCH_TOMORROW, 0);
	assert_int_equal(e.items[0].kind, EFFECT_LABEL_TOMORROW);
	assert_int_equal(e.items[0].now.v, m->now.v);
	assert_int_equal(visit_touch(m, PRINTER_TOUCH_STOP, 0).items[0].kind, EFFECT_LABEL_STOP);
}

static void a_badge_there_prints_its_label_again_and_signs_nobody_in(void **state) {
	struct model *m = at_printer(state);
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_CODE, .text = "P00001", .n = 6, .how = "wedge"});
	assert_int_equal(e.count, 2);
	assert_int_equal(e.items[0].kind, EFFECT_LABEL_AGAIN);
	assert_int_equal(e.items[0].n, 6);
	assert_memory_equal(e.items[0].text, "P00001", 6);
	assert_int_equal(e.items[1].kind, EFFECT_CHIME);
	struct print_message nobody = ready;
	nobody.no_such_badge = true;
	tell(m, nobody);
	assert_true(kiosk_fixture_says(m, "Nobody here has that badge"));
}

static void every_trouble_is_said_with_what_helps(void **state) {
	struct model *m = at_printer(state);
	for (int trouble = PRINTER_FINE; trouble < PRINTER_TROUBLE_COUNT; trouble++) {
		struct print_message said = ready;
		said.trouble = (enum printer_trouble)trouble;
		tell(m, said);
		char *read = xstrdup(kiosk_fixture_reads(m));
		said.trouble = (enum printer_trouble)((trouble + 1) % PRINTER_TROUBLE_COUNT);
		tell(m, said);
		assert_string_not_equal(kiosk_fixture_reads(m), read); /* each has words of its own */
		free(read);
	}
}

static void who_signs_in_gets_a_label_where_the_event_wants_it(void **state) {
	struct model *m = visit_model(state);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, "Олена Приклад");
	tell(m, ready);
	str_copy(d->person, sizeof d->person, "00112233445566778899");
	d->label = true;
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_int_equal(e.items[0].kind, EFFECT_LABEL);
	assert_string_equal(e.items[0].person, "00112233445566778899");
	assert_true(kiosk_fixture_says(m, "Please take your label"));
}

static void who_gets_none_now_is_not_told_to_take_it(void **state) {
	struct model *m = visit_model(state);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, "Олена Приклад");
	struct print_message empty = ready;
	empty.trouble = PRINTER_NO_PAPER;
	tell(m, empty);
	d->label = true;
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_int_equal(e.items[0].kind, EFFECT_LABEL); /* it may come back in time */
	assert_false(kiosk_fixture_says(m, "Please take your label"));
	assert_true(kiosk_fixture_says(m, "Welcome!"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(the_printer_is_looked_at_as_long_as_somebody_looks),
		TEST(a_box_without_a_printer_has_no_button_for_it),
		TEST(staff_try_it_and_print_what_was_not_printed),
		TEST(many_are_printed_only_when_it_was_said_for_whom),
		TEST(a_badge_there_prints_its_label_again_and_signs_nobody_in),
		TEST(every_trouble_is_said_with_what_helps),
		TEST(who_signs_in_gets_a_label_where_the_event_wants_it),
		TEST(who_gets_none_now_is_not_told_to_take_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
