/* What somebody typed against one name: which fit is told of which word, what it costs, and what fits nobody. */
#include "event/name_match.h"

#include "lib/given_names.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"

static bool match(const char *typed, const char *name, int slips, struct name_fits *fits) {
	struct name_query query;
	name_query_read(typed, given_names_there(), &query);
	bool fit = name_match(&query, name, slips, fits);
	name_query_fini(&query);
	return fit;
}

/* -1: it does not fit. */
static int cost_of(const char *typed, const char *name, int slips) {
	struct name_fits fits;
	return match(typed, name, slips, &fits) ? fits.cost : -1;
}

static void costs(const char *typed, const char *name, int slips, int wanted) {
	int cost = cost_of(typed, name, slips);
	if (cost != wanted) {
		fail_msg("\"%s\" for \"%s\" with %d slips: %d, not %d", typed, name, slips, cost, wanted);
	}
}

static void one_word_one_fit(void **state) {
	(void)state;
	static const struct {
		const char *typed, *word;
		enum name_fit fit;
		int cost;
	} cases[] = {
		{"ОЛЕНА", "олена", NAME_FIT_EXACT, 0},
		{"Лук´яненко", "лукяненко", NAME_FIT_EXACT, 0},
		{"Oлeнa", "олена", NAME_FIT_EXACT, 0}, /* a Latin O, e, a */
		{"Yuliia", "юлія", NAME_FIT_SPELLING, 1},
		{"Юлия", "юлія", NAME_FIT_SPELLING, 1},
		{"Шевч", "шевченко", NAME_FIT_BEGINNING, 2},
		{"Саша", "олександр", NAME_FIT_FORM, 3},
		{"Sasha", "олександр", NAME_FIT_FORM, 3},
		{"Олександр", "саша", NAME_FIT_FORM, 3}, /* the other way round */
		{"Shevch", "шевченко", NAME_FIT_SPELLING, 4},
		{"Sc", "шевченко", NAME_FIT_SPELLING, 4}, /* Scherbak begins so, and ш is sch there */
		{"Mueller", "muller", NAME_FIT_SPELLING, 5},
		{"Шевчонко", "шевченко", NAME_FIT_SLIP, 6},
		{"Shevchonko", "шевченко", NAME_FIT_SLIP, 8}, /* it shows in the sounds alone */
	};
	int before = 0;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct name_fits fits;
		assert_true(match(cases[i].typed, cases[i].word, 1, &fits));
		if (fits.words[0].fit != cases[i].fit || fits.cost != cases[i].cost) {
			fail_msg("%s, %s: %s, %d", cases[i].typed, cases[i].word, name_fit_word(fits.words[0].fit), fits.cost);
		}
		assert_true(fits.cost >= before); /* the table is in their order */
		before = fits.cost;
		assert_int_equal(match(cases[i].typed, cases[i].word, 0, &fits), cases[i].cost < 5);
	}
}

static void what_does_not_fit(void **state) {
	(void)state;
	static const struct {
		const char *typed, *name;
	} cases[] = {
		{"Олена", "алина проба"},
		{"Шевченко", "шевч"},
		{"Марія", "дар"},
		{"Олександр", "сам"},
		{"Петренко", "олена"},
		{"Олена Петренко", "олена"},
		{"Олександра", "олександр"},
		{"Лена", "алина"},
		{"", "олена"},
		{"—", "олена"},
		{"ьъ", "олена"},
		{"Олена", ""},
		{"ленa", "олеся"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		costs(cases[i].typed, cases[i].name, 0, -1);
	}
}

static void words_in_any_order(void **state) {
	(void)state;
	struct name_fits fits;
	costs("Приклад Олена", "олена приклад", 0, 0);
	costs("Іванівна Олена", "приклад олена іванівна", 0, 0);
	assert_true(match("Лен Приклад", "олена приклад лен", 0, &fits));
	assert_int_equal(fits.words[0].at, 2);
	assert_int_equal(fits.words[1].at, 1);
	/* The cheapest way to give each its own, not the first that comes. */
	assert_true(match("Ан Анна", "анна андрієнко", 0, &fits));
	assert_int_equal(fits.cost, 2);
	assert_int_equal(fits.words[0].at, 1);
	assert_int_equal(fits.words[1].at, 0);
}

static void no_word_is_taken_twice(void **state) {
	(void)state;
	costs("Олена Олена", "олена приклад", 0, -1);
	costs("Олена Оле", "олена приклад", 0, -1);
	costs("Саша Олександр", "олександр приклад", 0, -1);
	costs("Олена Олена", "олена олена", 0, 0);
	costs("Олена Олександр Оля", "олена олександр приклад", 1, -1);
}

static void each_kind_of_slip(void **state) {
	(void)state;
	costs("Шевчеко", "шевченко", 1, 6);   /* one too few */
	costs("Шевчрнко", "шевченко", 1, 6);  /* another */
	costs("Шевченмко", "шевченко", 1, 6); /* one too many */
	costs("Шевечнко", "шевченко", 1, 6);  /* neighbours */
	costs("Шевчнеок", "шевченко", 1, -1); /* twice */
	costs("Шевчкеон", "шевченко", 1, -1);
	costs("Шевкнчео", "шевченко", 1, -1);
}

static void at_most_one_slip(void **state) {
	(void)state;
	costs("Шевчеко Олена", "олена шевченко", 1, 6);
	costs("Шевчеко Олера", "олена шевченко", 1, -1);
	costs("Шевчеко Олена", "олена шевченко", 0, -1);
	costs("Mueller Soeren", "muller soren", 1, -1); /* what sounds roughly the same is one, too */
	costs("Mueller Soren", "muller soren", 1, 5);
}

static void short_words_have_none(void **state) {
	(void)state;
	costs("Лю", "лі", 1, -1);
	costs("Ян", "ян", 1, 0);
	costs("Яна", "ява", 1, 6);
	costs("Lo", "ло", 1, 1); /* another alphabet is no slip */
	costs("Кі", "лін", 1, -1);
}

static void very_long_words(void **state) {
	(void)state;
	struct strbuf a = {0};
	for (int i = 0; i < 100; i++) {
		strbuf_adds(&a, "щі");
	}
	costs(a.data, a.data, 1, 0);
	strbuf_fini(&a);
}

static size_t count_words(const char *typed) {
	struct name_query query;
	name_query_read(typed, given_names_there(), &query);
	size_t count = query.count;
	name_query_fini(&query);
	name_query_fini(&query); /* again is nothing */
	return count;
}

static void what_is_read(void **state) {
	(void)state;
	struct name_query query;
	assert_int_equal(count_words(""), 0);
	assert_int_equal(count_words(" ,.—!? "), 0);
	assert_int_equal(count_words("ь ъ"), 0);
	assert_int_equal(count_words("Олена"), 1);
	assert_int_equal(count_words("Анна-Марія О'Ніл"), 3);
	assert_int_equal(count_words("a b c d e f g h i"), NAME_QUERY_MAX);
	name_query_read("Ґанок ь Sasha", given_names_there(), &query);
	assert_int_equal(query.count, 2);
	assert_string_equal(query.words[0].text, "ганок");
	assert_int_equal(query.words[0].letters, 5);
	assert_int_equal(query.words[0].groups.count, 0);
	assert_string_equal(query.words[1].text, "sasha");
	assert_true(query.words[1].groups.count >= 2);
	name_query_fini(&query);
}

/* Words beyond what is looked at do no harm and do not help. */
static void very_many_words(void **state) {
	(void)state;
	costs("м", "а б в г д е ж з и к л м", 0, 0);
	costs("н", "а б в г д е ж з и к л м н", 0, -1);
	costs("а б в г д е", "а б в г д е ж з и к л м н", 0, 0);
	costs("е д г в б а ю", "а б в г д е ж з и к л м н", 0, 0);
	costs("а а а а а а", "а а а а а а а а а а а а", 1, 0);
	costs("а а а а а а", "а а а а а", 1, -1);
}

static void every_fit_has_its_word(void **state) {
	(void)state;
	static const char *const words[] = {"exact", "beginning", "spelling", "form", "slip"};
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		assert_string_equal(name_fit_word((enum name_fit)i), words[i]);
	}
	assert_int_equal(COUNT_OF(words), NAME_FIT_NONE);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_word_one_fit),       cmocka_unit_test(what_does_not_fit),      cmocka_unit_test(words_in_any_order),
		cmocka_unit_test(no_word_is_taken_twice), cmocka_unit_test(each_kind_of_slip),      cmocka_unit_test(at_most_one_slip),
		cmocka_unit_test(short_words_have_none),  cmocka_unit_test(very_long_words),        cmocka_unit_test(what_is_read),
		cmocka_unit_test(very_many_words),        cmocka_unit_test(every_fit_has_its_word),
	};
	return cmocka_run_group_tests(tests, given_names_set_up, given_names_tear_down);
}
