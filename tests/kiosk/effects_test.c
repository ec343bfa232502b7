/* What the model asks for: nothing is dropped, and nothing of anybody stays in it. */
#include "kiosk/effects.h"

#include "lib/testing.h"

#include "base/str.h"

#define MANY 100

static void put(struct effects *effects, uint64_t number) {
	struct effect e = {.kind = EFFECT_FIND, .number = number};
	str_copy(e.text, sizeof e.text, "щедрик");
	str_copy(e.person, sizeof e.person, "0000000000000000000a");
	effects_put(effects, &e);
}

static void all_are_kept_in_their_order(void **state) {
	struct effects effects = {0};
	(void)state;
	for (uint64_t i = 0; i < MANY; i++) {
		put(&effects, i);
	}
	effects_chime(&effects, CHIME_LOW);
	assert_int_equal(effects.count, MANY + 1);
	for (uint64_t i = 0; i < MANY; i++) {
		assert_int_equal(effects.items[i].number, i);
		assert_string_equal(effects.items[i].text, "щедрик");
	}
	assert_int_equal(effects.items[MANY].kind, EFFECT_CHIME);
	effects_fini(&effects);
	assert_null(effects.items);
	effects_fini(&effects);
}

/* The list lives as long as the program: what somebody typed is not in it until the next one types. */
static void what_was_performed_is_wiped(void **state) {
	struct effects effects = {0};
	(void)state;
	for (uint64_t i = 0; i < MANY; i++) {
		put(&effects, i);
	}
	size_t bytes = effects.cap * sizeof *effects.items;
	assert_non_null(memmem(effects.items, bytes, "щедрик", strlen("щедрик")));
	effects_reset(&effects);
	assert_int_equal(effects.count, 0);
	assert_null(memmem(effects.items, bytes, "щедрик", strlen("щедрик")));
	assert_null(memmem(effects.items, bytes, "0000a", strlen("0000a")));
	effects_fini(&effects);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_are_kept_in_their_order),
		cmocka_unit_test(what_was_performed_is_wiped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
