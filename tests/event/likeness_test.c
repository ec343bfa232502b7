/* May two names be one person's? */
#include "event/likeness.h"

#include "lib/testing.h"

#include "base/alloc.h"

static enum likeness compare(const char *one, const char *other) {
	struct name_words a, b;
	name_words_read(one, &a);
	name_words_read(other, &b);
	enum likeness there = name_words_compare(&a, &b), back = name_words_compare(&b, &a);
	assert_int_equal(there, back);
	name_words_fini(&a);
	name_words_fini(&b);
	return there;
}

struct pair {
	const char *one, *other;
};

static void all_are(const struct pair *pairs, size_t n, enum likeness wanted) {
	for (size_t i = 0; i < n; i++) {
		if (compare(pairs[i].one, pairs[i].other) != wanted) {
			fail_msg("%s, %s: %d", pairs[i].one, pairs[i].other, (int)compare(pairs[i].one, pairs[i].other));
		}
	}
}

static void the_same_names(void **state) {
	(void)state;
	static const struct pair pairs[] = {
		{"Олена Приклад", "Приклад Олена"},
		{"Олена Приклад", "ПРИКЛАД  Олена Іванівна"},
		{"Тарас Зразок", "Зразок Тарас Ілліч"},
		{"Dr. Ann Sample", "Sample, Ann"},
		{"проф. Олена Приклад", "Олена Приклад"},
		{"Д-р Олена Приклад", "г-жа Приклад Олена"},
		{"Iрина Пpoба", "Ірина Проба"}, /* Latin I, p, o */
		{"Oлeнa Xapa", "Олена Хара"},   /* the whole surname in Latin letters */
		{"Аnna Sаmple", "Anna Sample"}, /* Cyrillic А, а */
		{"Мар'яна Проба", "Проба Мар’яна"},
		{"Ann B. Sample", "Ann Sample"},
		{"Olena Ivanivna Pryklad", "Pryklad Olena"},
		{"Олена", "олена"},
	};
	all_are(pairs, COUNT_OF(pairs), LIKENESS_ALIKE);
}

static void one_slip_apart(void **state) {
	(void)state;
	static const struct pair pairs[] = {
		{"Олена Шевченко", "Олена Шевчнко"},  {"Олена Шевченко", "Олена Шевчекно"}, {"Олена Шевченко", "Шевченкко Олена"},
		{"Олена Шевченко", "Олена Шевчинко"}, {"Олена Петренко", "Олена Петрено"},  {"Ann Sampleton", "Ann Samplton"},
		{"Тарас Зразок", "Тарасс Зразок"},
	};
	all_are(pairs, COUNT_OF(pairs), LIKENESS_SLIP);
}

static void perhaps(void **state) {
	(void)state;
	static const struct pair pairs[] = {
		{"Олена Шевченко", "Олена Шевченко-Коваль"},
		{"Шевченко О.", "Шевченко Олена"},
		{"Ann Mary Sample", "Ann Sample"},
	};
	all_are(pairs, COUNT_OF(pairs), LIKENESS_NEAR);
}

static void two_people(void **state) {
	(void)state;
	static const struct pair pairs[] = {
		{"Валентин Проба", "Валентина Проба"},
		{"Олександр Проба", "Олександра Проба"},
		{"Ганна Іванова", "Ганна Іванов"},
		{"Марія Проба", "Дарія Проба"},
		{"Marta Sample", "Maria Sample"},
		{"Lena Sample", "Lina Sample"},
		{"Андріан Проба", "Андріана Проба"},
		{"Олена Іванівна Проба", "Олена Петрівна Проба"},
		{"Олена Приклад", "Олена Зразок"},
		{"Шевченко О.", "Шевченко Тарас"},
		{"Олена Приклад", ""},
		{"Dr.", "Dr."},
		{"Олена", "Приклад"},
	};
	all_are(pairs, COUNT_OF(pairs), LIKENESS_NONE);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_names),
		cmocka_unit_test(one_slip_apart),
		cmocka_unit_test(perhaps),
		cmocka_unit_test(two_people),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
