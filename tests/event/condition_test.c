/* Conditions: for whom a rule or a point is, and for whom it is not. */
#include "event/condition.h"

#include "lib/testing.h"

#include "base/alloc.h"

static struct person somebody(const char *category, const char *meal) {
	struct person p = {0};
	person_set(&p, PERSON_CATEGORY, category);
	person_set_custom(&p, "meal", meal);
	return p;
}

static bool holds(const char *text, const char *category, const char *meal) {
	struct person p = somebody(category, meal);
	bool held = condition_holds(text, &p);
	person_fini(&p);
	return held;
}

static void whom_they_hold_for(void **state) {
	(void)state;
	assert_true(holds("", NULL, NULL));
	assert_true(holds("category=speaker,press", "Press", NULL)); /* folded */
	assert_true(holds("category = Спікер , преса", "СПІКЕР", NULL));
	assert_false(holds("category=speaker", "speakers", NULL)); /* whole values */
	assert_false(holds("category=speaker", NULL, NULL));
	assert_true(holds("category!=guest", "speaker", NULL));
	assert_true(holds("category!=guest", NULL, NULL));
	assert_false(holds("category!=guest,press", "press", NULL));
	assert_true(holds("meal", NULL, "vegetarian") && holds("meal", NULL, "так") && holds("custom:meal", NULL, "yes"));
	assert_false(holds("meal", NULL, "ні") || holds("meal", NULL, "no") || holds("meal", NULL, NULL));
	assert_true(holds("category=speaker; meal", "speaker", "yes"));
	assert_false(holds("category=speaker; meal", "speaker", "no"));
}

/* Of somebody whom nobody knows nothing can be said: what is for some is not for them, what is for all is. */
static void of_nobody_known(void **state) {
	(void)state;
	assert_true(condition_holds("", NULL));
	assert_false(condition_holds("category!=guest", NULL));
	assert_false(condition_holds("meal", NULL));
}

static void what_is_none(void **state) {
	(void)state;
	static const char *const wrong[] = {"=speaker", "category=", "a,b=c", "!=x", " = "};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct err err = {0};
		assert_false(condition_check(wrong[i], &err));
		assert_int_equal(err.kind, ERR_USAGE);
		assert_holds(err.text, "category=speaker,press");
		assert_false(holds(wrong[i], "speaker", "yes")); /* as another program may have written it */
	}
	struct err err = {0};
	assert_ok(condition_check("category=speaker,press; meal ;", &err) && condition_check("", &err));
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(whom_they_hold_for), cmocka_unit_test(of_nobody_known),
					   cmocka_unit_test(what_is_none)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
