/* Points: what they are called, how often they give, which are exits. */
#include "event/point.h"

#include "lib/testing.h"

#include "base/alloc.h"

static struct json *read(const char *text) {
	struct err err = {0};
	struct json *set = json_parse(text, strlen(text), &err);
	assert_non_null(set);
	return set;
}

static void assert_often(const char *text, int times, bool daily) {
	struct point_often often;
	assert_true(point_often_parse(text, &often));
	assert_int_equal(often.times, times);
	assert_int_equal(often.daily, daily);
}

static void how_often(void **state) {
	(void)state;
	struct point_often often;
	assert_often(NULL, 1, false);
	assert_often("", 1, false);
	assert_often("once", 1, false);
	assert_often("daily", 1, true);
	assert_often("any", 0, false);
	assert_often("3", 3, false);
	assert_often("2 daily", 2, true);
	static const char *const wrong[] = {"0", "-1", "1001", "twice", "2 weekly", "2  daily", "daily 2", "99999999999999999999999"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_false(point_often_parse(wrong[i], &often));
		assert_int_equal(often.times, 1); /* what nobody understands gives once */
	}
}

static void keys(void **state) {
	(void)state;
	struct err err = {0};
	assert_ok(point_key_check("lunch", &err) && point_key_check("bus-2", &err) && point_key_check("abcdef", &err));
	/* No session's id, and none of the words that mean another point. */
	static const char *const wrong[] = {"",
					    "2bus",
					    "Lunch",
					    "обід",
					    "arrival",
					    "exit",
					    "abcdefabcdefabcdefab",
					    "a b",
					    "exit:abc",
					    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_false(point_key_check(wrong[i], &err));
		assert_int_equal(err.kind, ERR_USAGE);
	}
}

static void exits(void **state) {
	(void)state;
	assert_true(point_is_exit("exit") && point_is_exit("exit:11111111111111111111"));
	assert_false(point_is_exit("arrival") || point_is_exit("exits") || point_is_exit("11111111111111111111"));
	assert_string_equal(point_exit_session("exit"), "");
	assert_string_equal(point_exit_session("exit:abc"), "abc");
}

static void a_list_of_them(void **state) {
	(void)state;
	struct event_points points = {0};
	assert_true(
		event_points_add(&points, "lunch", read("{\"name\":\"Lunch\",\"name:uk\":\"Обід\",\"often\":\"daily\",\"order\":\"2\"}")));
	assert_true(event_points_add(&points, "bag", read("{\"often\":\"sometimes\",\"stock\":\"many\",\"order\":\"1\"}")));
	assert_false(event_points_add(&points, "No key", read("{}")));
	assert_int_equal(event_points_sort(&points), 0);
	assert_int_equal(points.count, 2);
	assert_string_equal(points.items[0].key, "bag");
	assert_true(points.items[0].often.times == 1 && points.items[0].stock == -1); /* what it says wrongly is not said */
	assert_string_equal(point_name(&points.items[0], "uk"), "bag");
	assert_string_equal(point_name(&points.items[1], "uk"), "Обід");
	assert_string_equal(point_name(&points.items[1], "ru"), "Lunch");
	assert_true(points.items[1].often.daily);
	assert_int_equal(event_points_find(&points, "lunch"), 1);
	assert_int_equal(event_points_find(&points, "dinner"), -1);
	event_points_fini(&points);
}

static void what_is_refused(void **state) {
	(void)state;
	static const struct {
		const char *set, *says;
	} cases[] = {{"{\"often\":\"daily\"}", "has no name"},
		     {"{\"name\":\"x\",\"often\":\"weekly\"}", "how often"},
		     {"{\"name\":\"x\",\"stock\":\"-1\"}", "how many"},
		     {"{\"name\":\"x\",\"for\":\"=y\"}", "category=speaker"}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct err err = {0};
		struct json *set = read(cases[i].set);
		assert_false(point_check("lunch", set, &err));
		assert_int_equal(err.kind, ERR_USAGE);
		assert_holds(err.text, cases[i].says);
		json_free(set);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(how_often), cmocka_unit_test(keys), cmocka_unit_test(exits),
					   cmocka_unit_test(a_list_of_them), cmocka_unit_test(what_is_refused)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
