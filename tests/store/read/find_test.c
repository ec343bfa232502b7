/* Finding people by what somebody types: who is found, in which order, how many, and what finds nobody. */
#include "store/read/find.h"

#include "lib/event_sample.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/read/find_set.h"
#include "store/read/people.h"

struct roster {
	struct store *store;
	struct finder *finder;
	struct finding finding; /* of the last search */
};

/* Their ids are their numbers. */
static void put_people(struct store *store, const char *const *names, size_t count) {
	struct err err = {0};
	assert_ok(store_begin(store, &err));
	for (size_t i = 0; i < count; i++) {
		char id[PERSON_ID_LEN + 1];
		struct person p = {0};
		snprintf(id, sizeof id, "%020zu", i);
		person_set(&p, PERSON_NAME, names[i]);
		assert_ok(person_edit(store, &(struct person_edit){.id = id, .set = &p, .fresh = true}, &err));
		person_fini(&p);
	}
	assert_ok(store_commit(store, &err));
}

static struct roster *roster_open(const struct scratch *s, const char *const *names, size_t count) {
	struct roster *r = xcalloc(1, sizeof *r);
	r->store = scratch_event(s, "e.turnout");
	put_people(r->store, names, count);
	r->finder = finder_open(r->store);
	return r;
}

static void roster_close(struct roster *r) {
	finder_close(r->finder);
	store_close(r->store);
	free(r);
}

static void search(struct roster *r, const char *text, size_t limit) {
	struct err err = {0};
	memset(&r->finding, 0xA5, sizeof r->finding); /* nothing of it is taken from before */
	assert_ok(finder_find(r->finder, text, limit, &r->finding, &err));
}

static int number_of(const struct roster *r, size_t i) {
	int64_t number = -1;
	assert_true(str_to_i64(r->finding.items[i].id, &number));
	return (int)number;
}

/* `wanted`: numbers of people, best first, with spaces between. */
static void finds(struct roster *r, const char *text, const char *wanted) {
	struct strbuf out = {0};
	search(r, text, FIND_MAX);
	for (size_t i = 0; i < r->finding.count; i++) {
		strbuf_addf(&out, "%s%d", i > 0 ? " " : "", number_of(r, i));
	}
	if (!str_eq(strbuf_str(&out), wanted)) {
		fail_msg("\"%s\" finds %s, not %s", text, strbuf_str(&out), wanted);
	}
	strbuf_fini(&out);
}

static const char *const NAMES[] = {
	"Олена Приклад",             /* 0 */
	"Юлія Згурська",             /* 1 */
	"Олександр Щербак",          /* 2 */
	"Олександра Мар'яненко",     /* 3 */
	"Katherine Sample",          /* 4 */
	"Сергій Шевченко",           /* 5 */
	"Тарас Шевчук",              /* 6 */
	"Müller Søren",              /* 7 */
	"Анна-Марія Коваль-Приклад", /* 8 */
	"王小明",                    /* 9 */
	"100% O_Neill",              /* 10 */
	"Хара Сара",                 /* 11 */
};

static void whoever_is_meant(void **state) {
	struct roster *r = roster_open(*state, NAMES, COUNT_OF(NAMES));
	static const struct {
		const char *text, *who;
	} cases[] = {
		{"олена приклад", "0"}, {"Приклад", "8 0"},    {"прикл олен", "0"},     {"Yuliia Zghurska", "1"},
		{"julia", "1"},         {"Саша", "2 3"},       {"Sasha Scherbak", "2"}, {"марʼян", "3"},
		{"Kate", "4"},          {"Itdxtyrj", "5"},     {"шевч", "5 6"},         {"Shevch", "5 6"},
		{"Шевчеко", "5"},       {"Шенвук", ""}, /* two slips */
		{"Mueller", "7"},       {"soren muller", "7"}, {"Анна Приклад", "8"},   {"王小", "9"},
		{"Xapa Capa", "11"}, /* Latin letters */
		{"Шевченко Тарас", ""}, {"Олена Олена", ""},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		finds(r, cases[i].text, cases[i].who);
	}
	roster_close(r);
}

/* The first that finds anybody is taken: as it stands, then a slip or another layout. */
static void slips_come_after_what_fits(void **state) {
	static const char *const names[] = {"Марія Проба", "Дарія Проба", "Марія Проса"};
	struct roster *r = roster_open(*state, names, COUNT_OF(names));
	finds(r, "Марія Проба", "0");
	finds(r, "Марія Промка", ""); /* two letters of one word */
	finds(r, "Марія Прова", "0 2");
	finds(r, "Варія Проба", "1 0");
	roster_close(r);
}

static void the_best_first_then_by_name(void **state) {
	static const char *const names[] = {"Юлія Яворська", "Юліана Бойко", "Юлия Ткач", "Yulia Adams", "Юлія Бойко", "Юлія Бойко"};
	struct roster *r = roster_open(*state, names, COUNT_OF(names));
	finds(r, "Юлія", "4 5 0 3 2 1"); /* as written; sounds the same; begins so */
	for (size_t i = 1; i < r->finding.count; i++) {
		assert_true(r->finding.items[i - 1].cost <= r->finding.items[i].cost);
	}
	assert_int_equal(r->finding.items[0].cost, 0);
	finds(r, "yulia", "3 2 4 5 0 1");
	roster_close(r);
}

static void why_each_fits(void **state) {
	struct roster *r = roster_open(*state, NAMES, COUNT_OF(NAMES));
	search(r, "Саша щерб", 10);
	assert_int_equal(r->finding.count, 1);
	const struct found *found = &r->finding.items[0];
	assert_int_equal(found->words, 2);
	assert_int_equal(found->fit[0], NAME_FIT_FORM);
	assert_string_equal(found->typed[0], "саша");
	assert_string_equal(found->is[0], "олександр");
	assert_int_equal(found->fit[1], NAME_FIT_BEGINNING);
	assert_string_equal(found->typed[1], "щерб");
	assert_string_equal(found->is[1], "щербак");
	assert_int_equal(found->cost, 5);
	roster_close(r);
}

#define MANY_MAX 60

/* As many as one likes who are called Олена. */
static struct roster *roster_of_many(const struct scratch *s, size_t count) {
	char texts[MANY_MAX][40];
	const char *names[MANY_MAX];
	for (size_t i = 0; i < count; i++) {
		snprintf(texts[i], sizeof texts[i], "Олена %02zu", i);
		names[i] = texts[i];
	}
	return roster_open(s, names, count);
}

static void no_more_than_was_asked_for(void **state) {
	struct roster *r = roster_of_many(*state, MANY_MAX);
	static const struct {
		size_t limit, count;
		bool more;
	} cases[] = {{1, 1, true}, {5, 5, true}, {FIND_MAX, FIND_MAX, true}, {FIND_MAX + 1, FIND_MAX, true}, {SIZE_MAX, FIND_MAX, true},
		     {0, 1, true}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		search(r, "олена", cases[i].limit);
		assert_int_equal(r->finding.count, cases[i].count);
		assert_int_equal(r->finding.more, cases[i].more);
		assert_int_equal(number_of(r, 0), 0); /* by name */
		assert_int_equal(number_of(r, r->finding.count - 1), cases[i].count - 1);
	}
	roster_close(r);
}

static void as_many_as_there_are(void **state) {
	struct roster *r = roster_of_many(*state, 10);
	search(r, "олена", 10);
	assert_int_equal(r->finding.count, 10);
	assert_false(r->finding.more);
	search(r, "олена", 9);
	assert_true(r->finding.more);
	search(r, "олена 02", 9); /* and nothing of the search before */
	assert_int_equal(r->finding.count, 1);
	assert_false(r->finding.more);
	roster_close(r);
}

/* Of more people than are looked at one by one, those who fit best are found, wherever they stand. */
static void the_best_of_a_crowd(void **state) {
	enum { CROWD = 3000 };
	char(*texts)[64] = xcalloc(CROWD, sizeof *texts);
	const char **names = xcalloc(CROWD, sizeof *names);
	for (size_t i = 0; i < CROWD; i++) {
		/* Each has a word that begins with к and one that begins with а, which fits worse than the whole word. */
		snprintf(texts[i], sizeof texts[i], "%c%cв Олександр Костянтинович", (char)('a' + i % 26), (char)('a' + i / 26 % 26));
		names[i] = texts[i];
	}
	names[CROWD - 1] = "Я Олександр К";
	names[CROWD / 2] = "Яко Сашко К";
	struct roster *r = roster_open(*state, names, CROWD);
	search(r, "Олександр К", 5);
	assert_int_equal(r->finding.count, 5);
	assert_true(r->finding.more);
	assert_int_equal(number_of(r, 0), CROWD - 1);
	search(r, "к сашко", 5);
	assert_int_equal(number_of(r, 0), CROWD / 2);
	search(r, "яко к", 5);
	assert_int_equal(number_of(r, 0), CROWD / 2);
	assert_int_equal(r->finding.count, 1);
	assert_false(r->finding.more);
	free(names);
	free(texts);
	roster_close(r);
}

static void what_finds_nobody(void **state) {
	struct roster *r = roster_open(*state, NAMES, COUNT_OF(NAMES));
	static const char *const texts[] = {
		"",
		" ",
		"о",
		"ю о",
		"...",
		"—",
		"'",
		"ь",
		"ссс",
		"ОООО",
		"ьььс",
		"sss",
		"%",
		"_",
		"%%%",
		"__",
		"\"",
		"\"\"",
		"' OR 1=1 --",
		"*",
		"о*",
		"о%",
		"%клад%",
		"о_ена",
		"\\",
		"\x01\x02\x7f",
		"\xff\xfe",
		"\xd0\xd0\xd0\xd0",
		"\xf0\x90\x28\xbc",
		"\xed\xa0\x80\xed\xa0\x80",
		"\xe2\x80\x8b\xe2\x80\x8b",
		"\xf4\x90\x80\x80",
	};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		search(r, texts[i], 10);
		if (r->finding.count != 0 || r->finding.more || r->finding.layout) {
			fail_msg("text %zu, \"%s\", finds %d", i, texts[i], number_of(r, 0));
		}
	}
	roster_close(r);
}

/* Signs between letters part words, and those of SQL and of its patterns are signs as any. */
static void signs_are_signs(void **state) {
	struct roster *r = roster_open(*state, NAMES, COUNT_OF(NAMES));
	finds(r, "олена%", "0");
	finds(r, "\"приклад\", олена;", "0");
	finds(r, "100", "10");
	finds(r, "100%", "10");
	finds(r, "o_neill", "10");
	finds(r, "\xff олена \xfe", "0");
	finds(r, "олена\nприклад\t", "0");
	roster_close(r);
}

/* Every byte there is, and many of them: an answer or none, and nothing else. */
static void junk(void **state) {
	struct roster *r = roster_open(*state, NAMES, COUNT_OF(NAMES));
	uint32_t random = 12345;
	for (int i = 0; i < 300; i++) {
		char text[FIND_QUERY_MAX + 1];
		size_t n = 1 + random % FIND_QUERY_MAX;
		for (size_t k = 0; k < n; k++) {
			random = random * 1664525u + 1013904223u;
			text[k] = (char)(1 + (random >> 16) % 255);
		}
		text[n] = '\0';
		search(r, text, 1 + (size_t)i % FIND_MAX);
		assert_true(r->finding.count <= COUNT_OF(NAMES));
	}
	roster_close(r);
}

static void what_is_too_long(void **state) {
	struct roster *r = roster_open(*state, NAMES, COUNT_OF(NAMES));
	struct strbuf text = {0};
	strbuf_adds(&text, "олена");
	while (text.len < FIND_QUERY_MAX) {
		strbuf_addc(&text, ' ');
	}
	finds(r, text.data, "0");
	strbuf_addc(&text, ' ');
	finds(r, text.data, "");
	strbuf_reset(&text);
	for (int i = 0; i < 500; i++) {
		strbuf_adds(&text, "щі");
	}
	finds(r, text.data, "");
	text.data[FIND_QUERY_MAX] = '\0';
	finds(r, text.data, "");
	strbuf_fini(&text);
	roster_close(r);
}

/* Words after the sixth are not looked at. */
static void many_words(void **state) {
	static const char *const names[] = {"Анна Бела Вера Ганна Дарія Емма Жанна"};
	struct roster *r = roster_open(*state, names, COUNT_OF(names));
	finds(r, "Жанна Емма Дарія Ганна Вера Бела", "0");
	finds(r, "Жанна Емма Дарія Ганна Вера Бела Анна", "0");
	finds(r, "Жанна Емма Дарія Ганна Вера Бела Тарас", "0");
	finds(r, "Тарас Емма Дарія Ганна Вера Бела", "");
	finds(r, "а б в г да е", "0"); /* the longest decides whether there is enough to go by */
	finds(r, "а б в г д е", "");
	roster_close(r);
}

static void another_keyboard_layout(void **state) {
	struct roster *r = roster_open(*state, NAMES, COUNT_OF(NAMES));
	static const struct {
		const char *text, *who;
		bool layout;
	} cases[] = {
		{"Шевченко", "5", false},   {"Itdxtyrj", "5", true},      {"Ыфьзду", "4", true},  {"Ifьзду", "", false},
		{"Shevchenko", "5", false}, {"Jktyf Ghbrkfl", "0", true}, {"Itdxtrj", "5", true}, {"Xapa", "11", false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		finds(r, cases[i].text, cases[i].who);
		if (r->finding.layout != cases[i].layout) {
			fail_msg("%s: layout %d", cases[i].text, r->finding.layout);
		}
	}
	roster_close(r);
}

/* A finder stays as it is while people come and go, for readers too. */
static void it_follows_the_file(void **state) {
	struct err err = {0};
	struct roster *r = roster_open(*state, NAMES, COUNT_OF(NAMES));
	struct store *reader = store_open(store_path(r->store), STORE_READ, "reader", &err);
	assert_ok(reader != NULL);
	struct roster other = {.store = reader, .finder = finder_open(reader)};
	finds(&other, "олена", "0");
	assert_ok(store_begin(r->store, &err) &&
		  person_edit(r->store, &(struct person_edit){.id = "00000000000000000000", .set_json = "{\"name\":\"Ніна Приклад\"}"},
			      &err) &&
		  store_commit(r->store, &err));
	finds(&other, "олена", "");
	finds(&other, "ніна", "0");
	finder_close(other.finder);
	finder_close(NULL);
	store_close(reader);
	roster_close(r);
}

static void an_empty_roster(void **state) {
	struct roster *r = roster_open(*state, NULL, 0);
	finds(r, "олена приклад", "");
	roster_close(r);
}

/* Of a set of very many words the size is guessed from some of them, however few people are counted. */
static void sizes_of_sets(void **state) {
	enum { WORDS = 600 };
	const char *names[WORDS];
	char *made[WORDS];
	for (int i = 0; i < WORDS; i++) {
		made[i] = xasprintf("Ma%c%c%c Bo", 'a' + i % 26, 'a' + i / 26, 'a' + i % 7);
		names[i] = made[i];
	}
	struct roster *r = roster_open(*state, names, WORDS);
	struct name_query query;
	struct find_set set;
	struct err err = {0};
	size_t size = 0;
	name_query_read("ma", finder_given(r->finder), &query);
	assert_ok(find_set_read(r->store, &query, 0, false, &set, &err));
	assert_true(set.count > 500);
	assert_ok(find_set_size(r->store, &set, 64, &size, &err));
	assert_true(size >= 64);
	assert_ok(find_set_size(r->store, &set, 100000, &size, &err));
	assert_true(size > WORDS - 50 && size < WORDS + 50);
	find_set_fini(&set);
	name_query_fini(&query);
	roster_close(r);
	for (int i = 0; i < WORDS; i++) {
		free(made[i]);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(whoever_is_meant),
		TEST(slips_come_after_what_fits),
		TEST(the_best_first_then_by_name),
		TEST(why_each_fits),
		TEST(no_more_than_was_asked_for),
		TEST(as_many_as_there_are),
		TEST(the_best_of_a_crowd),
		TEST(what_finds_nobody),
		TEST(signs_are_signs),
		TEST(junk),
		TEST(what_is_too_long),
		TEST(many_words),
		TEST(sizes_of_sets),
		TEST(another_keyboard_layout),
		TEST(it_follows_the_file),
		TEST(an_empty_roster),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
