/* Rules: which of several counts, for whom and where. */
#include "event/rule.h"

#include "lib/testing.h"

#include "base/alloc.h"

static struct json *read(const char *text) {
	struct err err = {0};
	struct json *set = json_parse(text, strlen(text), &err);
	assert_non_null(set);
	return set;
}

static void add(struct rules *rules, const char *key, const char *set) { assert_true(rules_add(rules, key, read(set))); }

static struct rule_verdict judge(const struct rules *rules, const char *room, const char *track, const char *category) {
	struct person person = {0};
	struct session session = {0};
	person_set(&person, PERSON_CATEGORY, category);
	session_set(&session, SESSION_TRACK, track);
	session.when.room = xstrdup(room);
	struct rule_verdict v =
		rules_judge(rules, &(struct rule_where){&session, "11111111111111111111"}, category == NULL ? NULL : &person);
	session_fini(&session);
	person_fini(&person);
	return v;
}

static void the_narrower_goes_first(void **state) {
	(void)state;
	struct rules rules = {0};
	add(&rules, "a", "{\"at\":\"sessions\",\"for\":\"category=press\",\"may\":\"no\"}");
	add(&rules, "b", "{\"at\":\"room:Зал А\",\"for\":\"category=press\",\"may\":\"yes\"}");
	add(&rules, "c", "{\"at\":\"sessions\",\"early\":\"15\"}");
	add(&rules, "d", "{\"at\":\"sessions\",\"for\":\"category=speaker\",\"early\":\"120\",\"full\":\"yes\"}");
	assert_true(judge(&rules, "Зал Б", "", "Press").denied);
	assert_false(judge(&rules, "зал а", "", "press").denied);
	assert_false(judge(&rules, "Зал Б", "", "guest").denied);
	assert_false(judge(&rules, "Зал Б", "", NULL).denied); /* what nobody knows keeps nobody out */
	assert_int_equal(judge(&rules, "Зал Б", "", "guest").early_min, 15);
	assert_int_equal(judge(&rules, "Зал Б", "", NULL).early_min, 15);
	assert_int_equal(judge(&rules, "Зал Б", "", "speaker").early_min, 120);
	assert_true(judge(&rules, "Зал Б", "", "speaker").though_full);
	assert_false(judge(&rules, "Зал Б", "", "guest").though_full);
	rules_fini(&rules);
}

/* Two that are as narrow: "no" counts, and the most minutes; in whatever order they come. */
static void of_two_as_narrow(void **state) {
	(void)state;
	for (int turn = 0; turn < 2; turn++) {
		struct rules rules = {0};
		add(&rules, "a",
		    turn ? "{\"at\":\"track:A\",\"may\":\"no\",\"early\":\"5\"}" : "{\"at\":\"track:A\",\"may\":\"yes\",\"early\":\"30\"}");
		add(&rules, "b",
		    turn ? "{\"at\":\"track:A\",\"may\":\"yes\",\"early\":\"30\"}" : "{\"at\":\"track:A\",\"may\":\"no\",\"early\":\"5\"}");
		assert_true(judge(&rules, "", "a", "guest").denied);
		assert_int_equal(judge(&rules, "", "a", "guest").early_min, 30);
		assert_false(judge(&rules, "", "b", "guest").denied);
		assert_int_equal(judge(&rules, "", "b", "guest").early_min, -1);
		rules_fini(&rules);
	}
}

/* Everybody is kept out, but some: a closed meeting. */
static void all_but_some(void **state) {
	(void)state;
	struct rules rules = {0};
	add(&rules, "closed", "{\"at\":\"session:11111111111111111111\",\"may\":\"no\"}");
	add(&rules, "board", "{\"at\":\"session:11111111111111111111\",\"for\":\"category=board\",\"may\":\"yes\"}");
	assert_true(judge(&rules, "", "", "guest").denied && judge(&rules, "", "", NULL).denied);
	assert_false(judge(&rules, "", "", "board").denied);
	assert_false(rules_judge(&rules, &(struct rule_where){NULL, "arrival"}, NULL).denied); /* elsewhere */
	rules_fini(&rules);
}

static void arrival_and_points(void **state) {
	(void)state;
	struct rules rules = {0};
	add(&rules, "a", "{\"at\":\"arrival\",\"may\":\"no\"}");
	add(&rules, "b", "{\"at\":\"point:lunch\",\"may\":\"no\"}");
	assert_true(rules_judge(&rules, &(struct rule_where){NULL, "arrival"}, NULL).denied);
	assert_true(rules_judge(&rules, &(struct rule_where){NULL, "lunch"}, NULL).denied);
	assert_false(rules_judge(&rules, &(struct rule_where){NULL, "bag"}, NULL).denied);
	assert_false(judge(&rules, "", "", "guest").denied);
	rules_fini(&rules);
}

static void what_is_refused(void **state) {
	(void)state;
	static const struct {
		const char *set, *says;
	} cases[] = {{"{\"may\":\"no\"}", "where it holds"},
		     {"{\"at\":\"room:\",\"may\":\"no\"}", "where it holds"},
		     {"{\"at\":\"sessions\"}", "says nothing yet"},
		     {"{\"at\":\"sessions\",\"may\":\"perhaps\"}", "yes or no"},
		     {"{\"at\":\"sessions\",\"full\":\"no\"}", "\"full\" is yes"},
		     {"{\"at\":\"sessions\",\"early\":\"-5\"}", "minutes"},
		     {"{\"at\":\"arrival\",\"early\":\"5\"}", "only sessions"},
		     {"{\"at\":\"sessions\",\"for\":\"=\",\"may\":\"no\"}", "category=speaker"}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct err err = {0};
		struct json *set = read(cases[i].set);
		assert_false(rule_check("r", set, &err));
		assert_int_equal(err.kind, ERR_USAGE);
		assert_holds(err.text, cases[i].says);
		json_free(set);
	}
	struct rules rules = {0};
	assert_false(rules_add(&rules, "Bad", read("{\"at\":\"sessions\"}")));
	assert_false(rules_add(&rules, "bad", read("{\"at\":\"nowhere\"}")));
	rules_fini(&rules);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_narrower_goes_first), cmocka_unit_test(of_two_as_narrow),
					   cmocka_unit_test(all_but_some), cmocka_unit_test(arrival_and_points),
					   cmocka_unit_test(what_is_refused)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
