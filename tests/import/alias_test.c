#include "import/alias.h"

#include "scratch.h"

enum { FIELD_NAME, FIELD_POSITION, FIELD_PHONE };

static const struct alias LIST[] = {{"Ім'я", FIELD_NAME, 2}, {"Посада", FIELD_POSITION, 1}, {"Номер телефону", FIELD_PHONE, 0}};

static void headers_match_whatever_their_spelling(void **state) {
	(void)state;
	struct mapstr table = alias_table(LIST, COUNT_OF(LIST));
	int rank = -1;
	assert_int_equal(alias_find(&table, "ІМ’Я", &rank), FIELD_NAME);
	assert_int_equal(rank, 2);
	assert_int_equal(alias_find(&table, " імʼя: ", NULL), FIELD_NAME);
	assert_int_equal(alias_find(&table, "Номер   телефону*", NULL), FIELD_PHONE);
	assert_int_equal(alias_find(&table, "Посада (повністю)", NULL), FIELD_POSITION);
	assert_int_equal(alias_find(&table, "Посада [обовʼязково]", NULL), FIELD_POSITION);
	mapstr_fini(&table);
}

static void unknown_headers_match_nothing(void **state) {
	(void)state;
	struct mapstr table = alias_table(LIST, COUNT_OF(LIST));
	assert_int_equal(alias_find(&table, "", NULL), -1);
	assert_int_equal(alias_find(&table, "()", NULL), -1);
	assert_int_equal(alias_find(&table, "Посадка", NULL), -1);
	assert_int_equal(alias_find(&table, "!?", NULL), -1);
	assert_int_equal(alias_find(&table, "Посада #", NULL), -1);
	mapstr_fini(&table);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_match_whatever_their_spelling),
		cmocka_unit_test(unknown_headers_match_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
