/* A group is ticked off: which groups there are, whom staff leave out, a few at a time until all are answered, and what is said at the end. */
#include "lib/kiosk_states.h"
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/view.h"

#define GROUP "Таємнинська делегація"

static struct model *at_work(void **state) {
	struct model *m = visit_model(state);
	visit_staff(m);
	m->at_work.role = STAFF_DOOR;
	str_copy(m->at_work.key, sizeof m->at_work.key, "taras");
	return m;
}

static void tell(struct model *m, struct people_message *told) { kiosk_fixture_send(m, (struct msg){.kind = MSG_PEOPLE, .people = told}); }

static struct people_message *answer_to(const struct model *m, enum people_kind kind) {
	struct people_message *told = xcalloc(1, sizeof *told);
	told->kind = kind;
	told->number = m->numbers;
	return told;
}

static void open_groups(struct model *m) {
	visit_touch(m, TOUCH_STAFF_GROUPS, 0);
	struct people_message *told = answer_to(m, PEOPLE_GROUPS);
	told->has_group[GROUP_DELEGATION] = told->has_group[GROUP_COMMUNITY] = true;
	for (int i = 0; i < 3; i++) {
		struct muster_groups *all = &told->groups;
		ARRAY_GROW(all, items);
		all->items[all->count++] =
			(struct muster_group){.name = xstrdup(i == 1 ? GROUP : "Інша делегація"), .people = 15, .to_do = 12};
	}
	tell(m, told);
}

static void open_group(struct model *m, size_t count) {
	open_groups(m);
	visit_touch(m, PEOPLE_TOUCH_ROW, 1);
	assert_int_equal(model_top(m), SCREEN_TICK);
	struct people_message *told = answer_to(m, PEOPLE_MUSTER);
	told->muster.people = (int64_t)count + 1;
	for (size_t i = 0; i < count; i++) {
		struct muster *all = &told->muster;
		ARRAY_GROW(all, items);
		struct muster_person *person = &all->items[all->count++];
		*person = (struct muster_person){.name = xasprintf("Делегат %zu", i)};
		snprintf(person->id, sizeof person->id, "%020zu", i);
	}
	tell(m, told);
}

/* How many were sent, from whom on; nothing else may be among the effects but labels. */
static size_t sent(struct effects e, uint64_t *number, char first[PERSON_ID_LEN + 1]) {
	for (size_t i = 0; i < e.count; i++) {
		if (e.items[i].kind == EFFECT_GROUP) {
			*number = e.items[i].group->number;
			assert_string_equal(e.items[i].group->by, "taras");
			str_copy(first, PERSON_ID_LEN + 1, e.items[i].group->ids[0]);
			return e.items[i].group->count;
		}
		assert_true(e.items[i].kind == EFFECT_LABEL || e.items[i].kind == EFFECT_PEOPLE);
	}
	return 0;
}

static struct effects answer(struct model *m, uint64_t number, size_t count, struct group_answer one) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_GROUP;
	d->number = number;
	d->group_count = count;
	for (size_t i = 0; i < count; i++) {
		d->group[i] = one;
	}
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
}

static const struct group_answer FINE = {.kept = true, .outcome = OUTCOME_ACCEPTED};

static bool is_green(const struct model *m) {
	struct metrics metrics = {NULL, kiosk_fixture_width};
	struct theme theme = theme_make(m->style, 1920, 1080, 0);
	struct draw_list list = {0};
	bool green = false;
	view_draw(m, &theme, &metrics, &list);
	for (size_t i = 0; i < list.count; i++) {
		green = green || (list.items[i].kind == DRAW_FILL && list.items[i].colour == hue(&theme, TEAL));
	}
	draw_fini(&list);
	return green;
}

static void the_groups_there_are(void **state) {
	struct model *m = at_work(state);
	open_groups(m);
	assert_non_null(strstr(kiosk_fixture_reads(m), GROUP));
	assert_non_null(strstr(kiosk_fixture_reads(m), "12 з 15"));
	visit_touch(m, PEOPLE_TOUCH_LIST, 0);
	visit_type(m, "тає");
	assert_non_null(strstr(kiosk_fixture_reads(m), GROUP));
	assert_null(strstr(kiosk_fixture_reads(m), "Інша"));
	uint64_t before = m->numbers;
	visit_touch(m, GROUPS_TOUCH_KIND, GROUP_ORGANISATION); /* nobody has one */
	assert_int_equal(m->numbers, before);
	struct effects e = visit_touch(m, GROUPS_TOUCH_KIND, GROUP_COMMUNITY);
	assert_int_equal(e.items[0].people->group, GROUP_COMMUNITY);
	kiosk_fixture_wait(m, TIMING.answer_ms);
	assert_true(kiosk_fixture_says(m, "That could not be looked up. Go back and try again"));
}

/* Of the kinds the first one that there is, unless staff chose. */
static void where_nobody_has_a_delegation(void **state) {
	struct model *m = at_work(state);
	struct effects e = visit_touch(m, TOUCH_STAFF_GROUPS, 0);
	assert_int_equal(e.items[0].people->group, GROUP_DELEGATION);
	struct people_message *told = answer_to(m, PEOPLE_GROUPS);
	told->has_group[GROUP_COMMUNITY] = true;
	e = kiosk_fixture_send(m, (struct msg){.kind = MSG_PEOPLE, .people = told});
	assert_int_equal(e.items[0].people->group, GROUP_COMMUNITY);
	tell(m, answer_to(m, PEOPLE_GROUPS)); /* by now nobody is in any */
	assert_true(kiosk_fixture_says(m, "Nobody on the list gives an organisation or a community"));
}

static void all_but_one(void **state) {
	struct model *m = at_work(state);
	char first[PERSON_ID_LEN + 1];
	uint64_t number = 0;
	open_group(m, 20);
	visit_touch(m, TICK_TOUCH_ONE, 0);
	visit_touch(m, TICK_TOUCH_ONE, 99); /* nobody */
	assert_non_null(strstr(kiosk_fixture_reads(m), "19"));
	assert_int_equal(sent(visit_touch(m, TICK_TOUCH_GO, 0), &number, first), GROUP_TOGETHER_MAX);
	assert_string_equal(first, "00000000000000000001");
	assert_int_equal(visit_touch(m, TICK_TOUCH_GO, 0).count, 0); /* it is under way */
	assert_false(is_green(m));
	assert_int_equal(answer(m, number + 1000, 3, FINE).count, 0); /* somebody else's */
	assert_int_equal(sent(answer(m, number, GROUP_TOGETHER_MAX, FINE), &number, first), 3);
	assert_string_equal(first, "00000000000000000017");
	assert_int_equal(sent(answer(m, number, 3, FINE), &number, first), 0);
	assert_non_null(strstr(kiosk_fixture_reads(m), "19"));
	assert_true(is_green(m));
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_GROUPS);
}

static void ticks_for_all_and_none(void **state) {
	struct model *m = at_work(state);
	open_group(m, 5);
	visit_touch(m, TICK_TOUCH_ALL, 0);
	assert_int_equal(visit_touch(m, TICK_TOUCH_GO, 0).count, 0); /* nobody is ticked */
	assert_true(kiosk_fixture_says(m, "Tick all"));
	visit_touch(m, TICK_TOUCH_ONE, 2);
	visit_touch(m, TICK_TOUCH_ALL, 0);
	assert_true(kiosk_fixture_says(m, "Untick all"));
}

static void the_refused_are_named_with_the_reason(void **state) {
	struct model *m = at_work(state);
	char first[PERSON_ID_LEN + 1];
	uint64_t number = 0;
	static const struct group_answer why[] = {
		{.kept = true, .outcome = OUTCOME_NOT_EXPECTED, .registration = REGISTRATION_PENDING},
		{.kept = true, .outcome = OUTCOME_NOT_EXPECTED, .not_listed = true},
		{.kept = true, .outcome = OUTCOME_FULL},
		{.kept = true, .outcome = OUTCOME_REVOKED},
		{.kept = false, .gone = true},
		{.kept = false},
	};
	static const char *const words[] = {"Registration is not confirmed yet",
					    "Not on the list of this session",
					    "No places left",
					    "No longer on the list",
					    "No longer on the list",
					    "That could not be saved"};
	for (size_t i = 0; i < COUNT_OF(why); i++) {
		open_group(m, 2);
		sent(visit_touch(m, TICK_TOUCH_GO, 0), &number, first);
		answer(m, number, 2, why[i]);
		assert_false(is_green(m));
		assert_non_null(strstr(kiosk_fixture_reads(m), "Делегат 1"));
		const char *said = words_get_in(m->words, model_language(m), "why somebody is not signed in", words[i]);
		assert_non_null(strstr(kiosk_fixture_reads(m), said));
		visit_touch(m, ACTION_BACK, 0);
		visit_touch(m, ACTION_BACK, 0);
	}
}

/* Who was in already is neither signed in now nor refused. */
static void who_was_in_already(void **state) {
	struct model *m = at_work(state);
	char first[PERSON_ID_LEN + 1];
	uint64_t number = 0;
	open_group(m, 2);
	sent(visit_touch(m, TICK_TOUCH_GO, 0), &number, first);
	answer(m, number, 2, (struct group_answer){.kept = true, .outcome = OUTCOME_DUPLICATE});
	assert_true(is_green(m));
	assert_null(strstr(kiosk_fixture_reads(m), "Делегат"));
}

static void nobody_is_thrown_out_in_the_middle(void **state) {
	struct model *m = at_work(state);
	char first[PERSON_ID_LEN + 1];
	uint64_t number = 0;
	open_group(m, 500);
	size_t n = sent(visit_touch(m, TICK_TOUCH_GO, 0), &number, first), total = n;
	while (n > 0) { /* a slow disk */
		kiosk_fixture_wait(m, TIMING.answer_ms - 1000);
		assert_int_equal(model_top(m), SCREEN_TICK);
		assert_int_equal(model_countdown(m), 0);
		n = sent(answer(m, number, n, FINE), &number, first);
		total += n;
	}
	assert_int_equal(total, 500);
	assert_true(is_green(m));
	kiosk_fixture_wait(m, TIMING.idle_ms - 1);
	assert_int_equal(model_top(m), SCREEN_TICK); /* whoever looks on has the usual time to read it */
	kiosk_fixture_wait(m, 1);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

/* Nothing is said of those whose answer did not come, and it is not green. */
static void an_answer_that_does_not_come(void **state) {
	struct model *m = at_work(state);
	char first[PERSON_ID_LEN + 1];
	uint64_t number = 0;
	open_group(m, 20);
	sent(visit_touch(m, TICK_TOUCH_GO, 0), &number, first);
	sent(answer(m, number, GROUP_TOGETHER_MAX, FINE), &number, first);
	kiosk_fixture_wait(m, TIMING.answer_ms);
	assert_false(is_green(m));
	assert_non_null(strstr(kiosk_fixture_reads(m), "16"));
	assert_int_equal(answer(m, number, 4, FINE).count, 0);
}

/* Back stops it: those under way are waited for, the others are left. */
static void it_can_be_stopped(void **state) {
	struct model *m = at_work(state);
	char first[PERSON_ID_LEN + 1];
	uint64_t number = 0;
	open_group(m, 40);
	sent(visit_touch(m, TICK_TOUCH_GO, 0), &number, first);
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_TICK);
	assert_int_equal(sent(answer(m, number, GROUP_TOGETHER_MAX, FINE), &number, first), 0);
	assert_false(is_green(m));
	assert_non_null(strstr(kiosk_fixture_reads(m), "16"));
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_GROUPS);
}

/* As many as the printer remembers; the others are printed from its screen. */
static void labels_for_whom_they_are_the_first(void **state) {
	struct model *m = at_work(state);
	char first[PERSON_ID_LEN + 1];
	uint64_t number = 0;
	size_t labels = 0;
	open_group(m, 64);
	size_t n = sent(visit_touch(m, TICK_TOUCH_GO, 0), &number, first);
	while (n > 0) {
		struct effects e = answer(m, number, n, (struct group_answer){.kept = true, .outcome = OUTCOME_ACCEPTED, .label = true});
		for (size_t i = 0; i < e.count; i++) {
			labels += e.items[i].kind == EFFECT_LABEL;
		}
		n = sent(e, &number, first);
	}
	assert_int_equal(labels, 48);
	assert_non_null(strstr(kiosk_fixture_reads(m), "16"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(the_groups_there_are),
		TEST(where_nobody_has_a_delegation),
		TEST(all_but_one),
		TEST(ticks_for_all_and_none),
		TEST(the_refused_are_named_with_the_reason),
		TEST(who_was_in_already),
		TEST(nobody_is_thrown_out_in_the_middle),
		TEST(an_answer_that_does_not_come),
		TEST(it_can_be_stopped),
		TEST(labels_for_whom_they_are_the_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
