/* Whom somebody came with. */
#include "event/group.h"

#include "lib/testing.h"

#include "event/person.h"

static void words_and_kinds(void **state) {
	(void)state;
	for (int kind = 0; kind < GROUP_KINDS; kind++) {
		assert_int_equal(group_kind_find(group_kind_word((enum group_kind)kind)), kind);
	}
	assert_int_equal(group_kind_find("category"), GROUP_KINDS);
	assert_string_equal(group_kind_word(GROUP_KINDS), "");
}

static void by_field_or_column(void **state) {
	(void)state;
	struct person p = {0};
	for (int kind = 0; kind < GROUP_KINDS; kind++) {
		assert_string_equal(group_of(&p, (enum group_kind)kind), "");
	}
	person_set(&p, PERSON_ORGANISATION, "ГО «Приклад»");
	person_set(&p, PERSON_COMMUNITY, "Зарічна громада");
	person_set_custom(&p, "Розмір", "L");
	person_set_custom(&p, "ДЕЛЕГАЦІЯ", "Полтава");
	assert_string_equal(group_of(&p, GROUP_ORGANISATION), "ГО «Приклад»");
	assert_string_equal(group_of(&p, GROUP_COMMUNITY), "Зарічна громада");
	assert_string_equal(group_of(&p, GROUP_DELEGATION), "Полтава");
	person_set_custom(&p, "ДЕЛЕГАЦІЯ", NULL);
	person_set_custom(&p, "Delegation", "Poltava");
	assert_string_equal(group_of(&p, GROUP_DELEGATION), "Poltava");
	person_fini(&p);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(words_and_kinds), cmocka_unit_test(by_field_or_column)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
