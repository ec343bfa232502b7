/* The table from texts to numbers: many keys, and keys of any length. */
#include "base/mapstr.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lib/testing.h"

static void every_key_has_its_value(void **state) {
	(void)state;
	struct mapstr map = {0};
	char key[32];
	bool made;
	assert_null(mapstr_find(&map, "")); /* nothing is in it yet */
	for (int64_t i = 0; i < 100000; i++) {
		snprintf(key, sizeof key, "%lld", (long long)(i * 7919 % 100000));
		*mapstr_place(&map, key, &made) = i * 7919 % 100000;
		assert_true(made);
	}
	for (int64_t i = 0; i < 100000; i++) {
		snprintf(key, sizeof key, "%lld", (long long)i);
		assert_int_equal(*mapstr_find(&map, key), i);
		assert_int_equal(*mapstr_place(&map, key, &made), i);
		assert_false(made);
	}
	assert_null(mapstr_find(&map, "100000"));
	assert_int_equal(map.count, 100000);
	mapstr_fini(&map);
	assert_null(mapstr_find(&map, "1"));
}

/* One that fills a block and one that is larger than any, none, and those behind them. */
static void keys_of_any_length(void **state) {
	(void)state;
	static const size_t lengths[] = {0, 1, 1022, 1023, 1024, 65534, 65535, 65536, 200000, 2, 3};
	struct mapstr map = {0};
	const char *kept[COUNT_OF(lengths)] = {NULL};
	bool made;
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		char *key = xmalloc(lengths[i] + 1);
		memset(key, 'k', lengths[i]);
		key[lengths[i]] = '\0';
		*mapstr_place(&map, key, &made) = (int64_t)lengths[i];
		assert_true(made);
		free(key);
	}
	size_t cursor = 0, count = 0;
	const char *key;
	while ((key = mapstr_next(&map, &cursor)) != NULL) {
		assert_int_equal(strspn(key, "k"), strlen(key));
		assert_int_equal(*mapstr_find(&map, key), strlen(key));
		kept[count++] = key;
	}
	assert_int_equal(count, COUNT_OF(lengths));
	for (int i = 0; i < 50000; i++) { /* what mapstr_next gave stays where it is */
		char other[16];
		snprintf(other, sizeof other, "%d", i);
		(void)mapstr_place(&map, other, &made);
	}
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(*mapstr_find(&map, kept[i]), strlen(kept[i]));
	}
	mapstr_fini(&map);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_has_its_value),
		cmocka_unit_test(keys_of_any_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
