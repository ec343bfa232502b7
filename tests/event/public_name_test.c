/* What of a name everybody may see. Above all: of two words or more a family name never stands in full. */
#include "event/public_name.h"

#include "lib/given_names.h"
#include "lib/testing.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "event/fold.h"

struct example {
	const char *name, *shown;
};

static void expect_all(const struct example *examples, size_t count) {
	for (size_t i = 0; i < count; i++) {
		char *shown = public_name(examples[i].name, given_names_there());
		if (!str_eq(shown, examples[i].shown)) {
			fail_msg("\"%s\" is shown as \"%s\", not \"%s\"", examples[i].name, shown, examples[i].shown);
		}
		free(shown);
	}
}

#define EXPECT(examples) expect_all(examples, COUNT_OF(examples))

static void ukrainian_names(void **state) {
	static const struct example examples[] = {
		{"Коваль Олена Петрівна", "Олена К."}, {"Олена Петрівна Коваль", "Олена К."}, {"Олена Коваль", "Олена К."},
		{"Коваль Олена", "Олена К."},          {"Рак Зореслава", "Зореслава Р."},     {"Зореслава Рак", "Зореслава Р."},
		{"Рак Ясна Іванівна", "Ясна Р."},      {"Ясна Іванівна Рак", "Ясна Р."},      {"Петрович Олена Іванівна", "Олена П."},
		{"Олена Петрович", "Олена П."},        {"Абрамович Ждан", "Ждан А."},         {"Захар Олена Іванівна", "Олена З."},
		{"Роман Захар Ілліч", "Захар Р."},     {"Ясна Шевченко", "Ясна Ш."},          {"Шевченко Ясна", "Ясна Ш."},
		{"Ковалів Ясна", "Ясна К."},           {"Рак-Дзюба Олена", "Олена Р."},       {"Рак - Дзюба Олена", "Олена Р."},
		{"Анна-Марія Рак", "Анна-Марія Р."},   {"Роман-Дзюба Ірина", "Ірина Р."},     {"Лев Толстой", "Лев Т."},
		{"Мар'яна Кравець", "Мар'яна К."},     {"КОВАЛЬ ОЛЕНА ПЕТРІВНА", "Олена К."}, {"коваль олена", "Олена К."},
		{"АННА-МАРІЯ РАК", "Анна-Марія Р."},
	};
	(void)state;
	EXPECT(examples);
}

static void russian_names(void **state) {
	static const struct example examples[] = {
		{"Кузнецова Елена Петровна", "Елена К."}, {"Пётр Примеров", "Пётр П."},     {"Достоевский Фёдор Михайлович", "Фёдор Д."},
		{"Черных Наталья", "Наталья Ч."},         {"Ильич Сергей", "Сергей И."},    {"Алиев Эльчин Рашид оглы", "Эльчин А."},
		{"Эльчин Рашид оглы Алиев", "Эльчин А."}, {"Руслана Тополь", "Руслана Т."},
	};
	(void)state;
	EXPECT(examples);
}

static void names_in_latin_letters(void **state) {
	static const struct example examples[] = {
		{"John Smith", "John S."},
		{"Smith John", "John S."},
		{"JOHN SMITH", "John S."},
		{"john smith", "John S."},
		{"Olena Petrivna Koval", "Olena K."},
		{"Shevchenko Yasna", "Yasna S."},
		{"Anna Maria Kowalska", "Anna K."},
		{"Jan van der Berg", "Jan B."},
		{"van der Berg, Jan", "Jan B."},
		{"Maria de la Cruz", "Maria C."},
		{"John F. Kennedy", "John K."},
		{"Maria García López", "Maria G."},
		{"O'Neil Patrick", "Patrick O."},
		{"Patrick O’Neil Jr.", "Patrick O."},
	};
	(void)state;
	EXPECT(examples);
}

/* A guess would show the family name of one in two. */
static void what_cannot_be_told_is_initials(void **state) {
	static const struct example examples[] = {
		{"Рак Ясна", "Р. Я."},          {"Ясна Рак", "Я. Р."},
		{"рак ясна", "Р. Я."},          {"Захар Роман", "З. Р."},
		{"Роман Захар", "Р. З."},       {"James Thomas", "J. T."},
		{"Kim Minjung", "K. M."},       {"Martin Kowalska Anna", "M. K. A."},
		{"Рак Дзюба Ясна", "Р. Д. Я."}, {"Захар Олена, директорка", "З. О."},
	};
	(void)state;
	EXPECT(examples);
}

static void what_stands_beside_a_name(void **state) {
	static const struct example examples[] = {
		{"д-р Олена Рак", "Олена Р."},
		{"проф. Рак Олена Петрівна", "Олена Р."},
		{"Mr John Smith", "John S."},
		{"Rev. John Smith", "John S."},
		{"о. Василь Рак", "Василь Р."},
		{"Dr. Smith, John", "John S."},
		{"пані Шевченко", "Ш."},
		{"Mr Martin", "M."},
		{"Рак, Олена", "Олена Р."},
		{"Рак, Ясна", "Ясна Р."},
		{"Зорян Рак, Київ", "Зорян Р."},
		{"Захар, Роман", "Роман З."},
		{"Олена, Рак", "О. Р."},
		{"Олена Рак, PhD", "Олена Р."},
		{"Рак (Дзюба) Олена", "Олена Р."},
		{"Олена (Лена) Рак", "Олена Р."},
		{"(Олена Рак)", "Олена Р."},
		{"Рак «Сокіл» Олена", "Олена Р."},
		{"Шевченко (Київ)", "Ш."},
		{"Олена (Київ)", "О."},
		{"О. В. Рак", "О. Р."},
		{"Рак О. В.", "О. Р."},
		{"О.В.Рак", "О. Р."},
		{"Рак О.В.", "О. Р."},
		{"Роман О. В.", "О. Р."},
		{"Роман О.", "О. Р."},
		{"Дж. Р. Р. Рак", "Д. Р."},
		{"Рак.Олена", "Олена Р."},
		{"Рак_Олена", "Олена Р."},
		{"Рак/Олена", "Олена Р."},
	};
	(void)state;
	EXPECT(examples);
}

static void one_word_stands_as_it_is(void **state) {
	static const struct example examples[] = {
		{"Олена", "Олена"}, {"Шевченко", "Шевченко"}, {"Рак-Дзюба", "Рак-Дзюба"}, {"王伟", "王伟"}, {"", ""}, {"—", "—"}};
	(void)state;
	EXPECT(examples);
}

/* --- in every order -------------------------------------------------------------------------------------------------------------------------- */

static const char *const FAMILIES[] = {"Рак",      "Коваль",   "Шевченко",   "Ткачук",  "Мельник",   "Кравець",         "Бондар", "Лисенко",
				       "Поляк",    "Мороз",    "Козак",      "Гончар",  "Захар",     "Роман",           "Мартин", "Левко",
				       "Петрович", "Костевич", "Головна",    "Зелена",  "Іванова",   "Ковалів",         "Дудка",  "Верба",
				       "Сокіл",    "Лебідь",   "Чорних",     "Кіт",     "Рак-Дзюба", "Нечуй-Левицький", "Smith",  "Martin",
				       "Kowalska", "Van Dyke", "Shevchenko", "Schwarz", "Грач",      "Толстой",         "Адам",   "Галка",
				       "Мазепа",   "Сірко"};
static const char *const HERS[] = {"Олена", "Ірина", "Марія", "Анна-Марія", "Наталя", "Юлія", "Olena", "Maria"};

/* No word of it is one of the family name's. */
static void hides(const char *name, const char *family) {
	char *shown = public_name(name, given_names_there()), *folded = fold_text(shown), *words = xasprintf(" %s ", folded), *parts[4];
	char *hidden = fold_text(family);
	size_t n = str_split(hidden, ' ', parts, COUNT_OF(parts));
	for (size_t i = 0; i < n; i++) {
		char *word = xasprintf(" %s ", parts[i]);
		if (strstr(words, word) != NULL) {
			fail_msg("\"%s\" is shown as \"%s\"", name, shown);
		}
		free(word);
	}
	free(hidden);
	free(words);
	free(folded);
	free(shown);
}

/* In an order, F stands for the family name and G for the given one. */
static char *name_in_order(const char *order, const char *family, const char *first) {
	struct strbuf name = {0};
	for (; *order != '\0'; order++) {
		if (*order == 'F' || *order == 'G') {
			strbuf_adds(&name, *order == 'F' ? family : first);
		} else {
			strbuf_addc(&name, *order);
		}
	}
	return strbuf_detach(&name);
}

static void in_every_order(const char *family, const char *first) {
	static const char *const orders[] = {
		"F G",    "G F",    "F, G",    "F G Іванівна", "G Іванівна F", "F (G) G",  "пані G F",        "Dr. F G",
		"F G О.", "G О. F", "F О. І.", "О.І.F",        "д-р F",        "F (Київ)", "F G, директорка", "G F / Полтава"};
	for (size_t i = 0; i < COUNT_OF(orders); i++) {
		char *name = name_in_order(orders[i], family, first);
		char *upper = utf8_upper(name);
		hides(name, family);
		hides(upper, family);
		free(upper);
		free(name);
	}
}

static void a_family_name_is_never_shown(void **state) {
	(void)state;
	for (size_t f = 0; f < COUNT_OF(FAMILIES); f++) {
		for (size_t g = 0; g < COUNT_OF(HERS); g++) {
			in_every_order(FAMILIES[f], HERS[g]);
		}
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ukrainian_names),
		cmocka_unit_test(russian_names),
		cmocka_unit_test(names_in_latin_letters),
		cmocka_unit_test(what_cannot_be_told_is_initials),
		cmocka_unit_test(what_stands_beside_a_name),
		cmocka_unit_test(one_word_stands_as_it_is),
		cmocka_unit_test(a_family_name_is_never_shown),
	};
	return cmocka_run_group_tests(tests, given_names_set_up, given_names_tear_down);
}
