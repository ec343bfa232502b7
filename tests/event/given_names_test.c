/* Given names and their forms: who may be called what, and who may not. */
#include "event/given_names.h"

#include "lib/testing.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/fold.h"

static struct given_names *names;

static int open_names(void **state) {
	(void)state;
	names = given_names_open();
	return 0;
}

static int close_names(void **state) {
	(void)state;
	given_names_close(names);
	given_names_close(NULL);
	return 0;
}

static struct given_groups groups_of(const char *word) {
	struct name_sounds sounds;
	struct given_groups groups;
	char *folded = fold_text(word);
	name_sounds_read(folded, &sounds);
	free(folded);
	given_names_find(names, &sounds, &groups);
	return groups;
}

static bool meet(const char *a, const char *b) {
	struct given_groups x = groups_of(a), y = groups_of(b);
	bool there = given_groups_meet(&x, &y);
	assert_int_equal(there, given_groups_meet(&y, &x));
	return there;
}

static void forms_of_one_name(void **state) {
	(void)state;
	static const char *const pairs[][2] = {
		{"Саша", "Олександр"},     {"Саша", "Олександра"}, {"Sasha", "Олександр"},     {"Сашко", "Alexander"},
		{"Катя", "Катерина"},      {"Kate", "Katherine"},  {"Kate", "Catherine"},      {"Zach", "Zachary"},
		{"Zack", "Захар"},         {"Лена", "Олена"},      {"Елена", "Helen"},         {"Женя", "Євген"},
		{"Женя", "Євгенія"},       {"Zhenia", "Eugene"},   {"Мишко", "Михайло"},       {"Mike", "Михаил"},
		{"Bill", "William"},       {"Peggy", "Margaret"},  {"Марʼяна", "Мар'яна"},     {"Серёжа", "Sergey"},
		{"Джон", "John"},          {"Майкл", "Michael"},   {"Девід", "David"},         {"Дэвид", "David"},
		{"Вільям", "William"},     {"Уильям", "Bill"},     {"Джим", "James"},          {"Річард", "Richard"},
		{"Чарльз", "Charlie"},     {"Метью", "Matt"},      {"Мэттью", "Matthew"},      {"Крістофер", "Chris"},
		{"Джордж", "George"},      {"Стівен", "Stephen"},  {"Томмі", "Thomas"},        {"Дженніфер", "Jenny"},
		{"Шарлотта", "Charlotte"}, {"Елізабет", "Liz"},    {"Элизабет", "Elizabeth"},  {"Кейт", "Catherine"},
		{"Сьюзан", "Susan"},       {"Джейн", "Jane"},      {"Грейс", "Grace"},         {"Емма", "Emma"},
		{"Олівія", "Olivia"},      {"Юля", "Julia"},       {"Олександр", "олександр"}, {"Вова", "Volodymyr"},
	};
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		if (!meet(pairs[i][0], pairs[i][1])) {
			fail_msg("%s is no %s", pairs[i][0], pairs[i][1]);
		}
	}
}

static void names_of_two_people(void **state) {
	(void)state;
	static const char *const pairs[][2] = {
		{"Олександр", "Олександра"}, {"Лена", "Алина"},        {"Олена", "Алина"},
		{"Євген", "Євгенія"},        {"Марія", "Дарія"},       {"Kate", "Bill"},
		{"Валентин", "Валентина"},   {"Шевченко", "Шевченко"}, {"", ""},
		{"Саша", "Сашенко"},         {"Джон", "Джейн"},        {"Майкл", "Matthew"},
		{"Джеймс", "Jason"},         {"Емма", "Emily"},        {"Джон", "Jonathan"},
	};
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		if (meet(pairs[i][0], pairs[i][1])) {
			fail_msg("%s is %s", pairs[i][0], pairs[i][1]);
		}
	}
}

static void who_is_in_no_list(void **state) {
	(void)state;
	static const char *const words[] = {"Шевченко", "Приклад", "王伟", "", "ь", "Сашашаша", "x"};
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (groups_of(words[i]).count != 0) {
			fail_msg("%s", words[i]);
		}
	}
}

static bool has_key(unsigned short group, const char *key) {
	const char *form;
	for (size_t i = 0; (form = given_names_form(names, group, i)) != NULL; i++) {
		if (str_eq(form, key)) {
			return true;
		}
	}
	return false;
}

/* By which the index is asked for everybody who may be called so. */
static void all_forms_of_a_group(void **state) {
	(void)state;
	static const char *const keys[] = {"olixandr", "alixandir", "sasa", "sasko"};
	struct given_groups groups = groups_of("Сашко");
	assert_int_equal(groups.count, 1);
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		if (!has_key(groups.items[0], keys[i])) {
			fail_msg("%s", keys[i]);
		}
	}
	assert_false(has_key(groups.items[0], "olixandra"));
	assert_null(given_names_form(names, groups.items[0], 32));
}

/* --- the whole list ---------------------------------------------------------------------------------------------------------------------- */

static void look_at_line(char *line) {
	enum { FORMS = 24 };
	char *forms[FORMS], *next = NULL;
	size_t n = 0;
	for (char *form = strtok_r(strchr(line, '\t'), "\t \n", &next); form != NULL && n < FORMS; form = strtok_r(NULL, "\t \n", &next)) {
		forms[n++] = form;
	}
	for (size_t i = 0; i < n; i++) {
		assert_true(groups_of(forms[i]).count < GIVEN_GROUPS_MAX); /* none is left out */
		if (!meet(forms[0], forms[i])) {
			fail_msg("%s is no %s", forms[i], forms[0]);
		}
	}
}

/* No form is lost on its way into the program, and none belongs to more names than are kept. */
static void every_form_is_known(void **state) {
	(void)state;
	char *line = NULL;
	size_t cap = 0, lines = 0;
	FILE *f = fopen("assets/names/given.tsv", "r");
	assert_non_null(f);
	for (; getline(&line, &cap, f) > 0; lines += line[0] != '#') {
		if (line[0] != '#') {
			look_at_line(line);
		}
	}
	assert_true(lines > 300);
	free(line);
	fclose(f);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_of_one_name),    cmocka_unit_test(names_of_two_people), cmocka_unit_test(who_is_in_no_list),
		cmocka_unit_test(all_forms_of_a_group), cmocka_unit_test(every_form_is_known),
	};
	return cmocka_run_group_tests(tests, open_names, close_names);
}
