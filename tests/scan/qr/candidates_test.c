#include "scan/qr/candidates.h"

#include "lib/testing.h"

static struct candidate candidate(float x, int version, float merit) {
	struct candidate c = {.grid = {.version = version}, .stage = "half", .merit = merit};
	struct finder *const patterns[3] = {&c.view.corner, &c.view.right, &c.view.below};
	for (int i = 0; i < 3; i++) {
		*patterns[i] = (struct finder){.centre = {x + (float)(i == 1) * 100, (float)(i == 2) * 100}, .module = 4};
	}
	return c;
}

static void keep(struct candidates *list, float x, int version, float merit) {
	struct candidate c = candidate(x, version, merit);
	candidates_keep(list, &c);
}

static void the_likeliest_stand_first(void **state) {
	(void)state;
	struct candidates list = {.count = 0};
	for (int i = 0; i < 3 * CANDIDATES_MAX; i++) {
		keep(&list, (float)(i * 50), 2, (float)(i * 7 % (3 * CANDIDATES_MAX)));
		for (int k = 1; k < list.count; k++) {
			assert_true(list.items[k - 1].merit >= list.items[k].merit);
		}
	}
	assert_int_equal(list.count, CANDIDATES_MAX);
	assert_float_equal(list.items[0].merit, 3 * CANDIDATES_MAX - 1, 0);
	assert_float_equal(list.items[CANDIDATES_MAX - 1].merit, 2 * CANDIDATES_MAX, 0); /* the others made room */
}

static void what_is_there_is_kept_once(void **state) {
	(void)state;
	struct candidates list = {.count = 0};
	keep(&list, 10, 3, 50);
	keep(&list, 200, 3, 60);
	keep(&list, 11, 3, 40); /* the same, seen worse */
	assert_int_equal(list.count, 2);
	keep(&list, 12, 3, 70); /* seen better: it comes to stand first */
	assert_int_equal(list.count, 2);
	assert_float_equal(list.items[0].merit, 70, 0);
	assert_float_equal(list.items[0].view.corner.centre.x, 12, 0);
	keep(&list, 12, 4, 30); /* another version is another */
	keep(&list, 30, 3, 20); /* as is another place */
	assert_int_equal(list.count, 4);
	list.items[0].tried = 1;
	keep(&list, 12, 3, 90); /* what was tried is not tried again for being seen again */
	assert_int_equal(list.count, 4);
	assert_float_equal(list.items[0].merit, 70, 0);
}

static void what_lies_on_a_bow_is_another(void **state) {
	(void)state;
	struct candidates list = {.count = 0};
	keep(&list, 10, 3, 50);
	struct candidate bent = list.items[0];
	bent.bent = true;
	candidates_keep(&list, &bent);
	candidates_keep(&list, &bent);
	assert_int_equal(list.count, 2);
}

static void the_best_suspects_are_kept(void **state) {
	(void)state;
	struct suspects list = {.count = 0};
	for (int i = 0; i < 3 * SUSPECTS_MAX; i++) {
		struct suspect s = {.fit = (float)(i * 7 % (3 * SUSPECTS_MAX))};
		s.view.corner = s.view.right = s.view.below = (struct finder){.centre = {(float)(20 * i), 0}, .module = 4};
		suspects_keep(&list, &s);
		suspects_keep(&list, &s); /* seen again */
	}
	assert_int_equal(list.count, SUSPECTS_MAX);
	for (int i = 0; i < SUSPECTS_MAX; i++) {
		assert_float_equal(list.items[i].fit, (float)(3 * SUSPECTS_MAX - 1 - i), 0);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_likeliest_stand_first), cmocka_unit_test(what_is_there_is_kept_once),
					   cmocka_unit_test(what_lies_on_a_bow_is_another), cmocka_unit_test(the_best_suspects_are_kept)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
