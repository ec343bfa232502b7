#include "base/ranked.h"

#include "lib/testing.h"

struct entry {
	int merit, number;
};

static bool is_better(const void *a, const void *b) { return ((const struct entry *)a)->merit > ((const struct entry *)b)->merit; }

static void the_best_stay_in_order(void **state) {
	(void)state;
	struct entry items[4];
	int count = 0;
	const struct ranked ranked = {items, &count, 4, sizeof *items, is_better};
	static const int merits[] = {5, 1, 9, 5, 0, 7, 5};
	for (int i = 0; i < 7; i++) {
		ranked_put(&ranked, &(struct entry){merits[i], i});
	}
	static const struct entry wanted[] = {{9, 2}, {7, 5}, {5, 0}, {5, 3}}; /* of equal ones those that came first */
	assert_int_equal(count, 4);
	assert_memory_equal(items, wanted, sizeof wanted);
	ranked_drop(&ranked, 1);
	assert_int_equal(count, 3);
	assert_int_equal(items[1].number, 0);
	ranked_drop(&ranked, 2);
	ranked_drop(&ranked, 0);
	assert_int_equal(count, 1);
	assert_int_equal(items[0].number, 0);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_best_stay_in_order)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
