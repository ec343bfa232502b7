/* Points and rules in words, in three languages, with the plural forms that numbers take. */
#include "report/rule_words.h"

#include "lib/testing.h"
#include "lib/words_built.h"

#include "base/alloc.h"

static struct words *words;

static struct json *read(const char *text) {
	struct err err = {0};
	struct json *set = json_parse(text, strlen(text), &err);
	assert_non_null(set);
	return set;
}

static void says_point(const char *language, const char *set, const char *wanted) {
	struct event_points points = {0};
	struct strbuf out = {0};
	struct tongue tongue = {words, words_language(words, language)};
	assert_true(event_points_add(&points, "lunch", read(set)));
	point_words(&tongue, &(struct rule_names){.language = language}, &points.items[0], &out);
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_fini(&out);
	event_points_fini(&points);
}

static void says_rule(const char *language, const char *set, const char *wanted) {
	struct rules rules = {0};
	struct strbuf out = {0};
	struct tongue tongue = {words, words_language(words, language)};
	assert_true(rules_add(&rules, "r", read(set)));
	rule_words(&tongue, &(struct rule_names){.language = language}, &rules.items[0], &out);
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_fini(&out);
	rules_fini(&rules);
}

#define LUNCH(often) "{\"name\":\"Lunch\",\"name:uk\":\"Обід\",\"name:ru\":\"Обед\",\"often\":\"" often "\"}"

static void points(void **state) {
	(void)state;
	says_point("en", LUNCH("daily"), "Lunch: once a day · for everybody");
	says_point("uk", LUNCH("2 daily"), "Обід: 2 рази на день · для всіх");
	says_point("uk", LUNCH("5"), "Обід: усього 5 разів · для всіх");
	says_point("ru", LUNCH("21"), "Обед: всего 21 раз · для всех");
	says_point("en", LUNCH("any"), "Lunch: as often as they come · for everybody");
	says_point("uk", "{\"name\":\"Пакет\",\"stock\":\"120\",\"for\":\"category=speaker,press\"}",
		   "Пакет: один раз · для кого: категорія: speaker або press · усього: 120");
}

static void rules(void **state) {
	(void)state;
	says_rule("en", "{\"at\":\"sessions\",\"for\":\"category=press\",\"may\":\"no\"}", "All sessions · category press: no entry");
	says_rule("uk", "{\"at\":\"sessions\",\"early\":\"15\"}", "Усі сесії · усі: вхід за 15 хвилин до початку");
	says_rule("ru", "{\"at\":\"sessions\",\"early\":\"1\"}", "Все сессии · все: вход за 1 минуту до начала");
	says_rule("uk", "{\"at\":\"room:Зала А\",\"for\":\"category!=guest; vip\",\"full\":\"yes\"}",
		  "Зала А · категорія: усі, крім guest і хто має «vip»: вхід, навіть коли місць немає");
	says_rule("en", "{\"at\":\"point:lunch\",\"may\":\"no\"}", "lunch · everybody: no entry");
	says_rule("en", "{\"at\":\"arrival\",\"may\":\"yes\"}", "Arrival · everybody: entry");
}

int main(void) {
	words = words_built();
	const struct CMUnitTest tests[] = {cmocka_unit_test(points), cmocka_unit_test(rules)};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	words_close(words);
	return failed;
}
