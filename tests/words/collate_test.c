/* Alphabets as their languages have them. */
#include "words/collate.h"

#include "lib/testing.h"

#include "base/alloc.h"

static int compare(const struct collator *c, const char *a, const char *b) {
	struct strbuf x = {0}, y = {0};
	collator_key(c, a, &x);
	collator_key(c, b, &y);
	assert_int_equal(strlen(x.data) + 1, x.len); /* the zero byte ends it */
	int order = strcmp(x.data, y.data);
	strbuf_fini(&x);
	strbuf_fini(&y);
	return order;
}

static void in_order(const char *language, const char *const *names, size_t n) {
	struct err err = {0};
	struct collator *c = collator_open(language, &err);
	assert_ok(c != NULL);
	for (size_t i = 0; i + 1 < n; i++) {
		if (compare(c, names[i], names[i + 1]) >= 0) {
			fail_msg("%s: %s stands after %s", language, names[i], names[i + 1]);
		}
	}
	collator_close(c);
}
#define IN_ORDER(language, ...) in_order(language, (const char *const[]){__VA_ARGS__}, COUNT_OF(((const char *const[]){__VA_ARGS__})))

static void alphabets(void **state) {
	(void)state;
	IN_ORDER("uk", "Ганна", "Ґава", "Дмитро", "Ева", "Євген", "Жанна", "Зоя", "Ива", "Іван", "Їжак", "Йосип", "Щука", "Юлія", "Яна");
	IN_ORDER("ru", "Анна", "Елена", "Ёлкин", "Жанна", "Яна");
	IN_ORDER("en", "anna", "Bernd", "Zoe");
	IN_ORDER("sv", "Zorn", "Åberg", "Ärla", "Östen");
	IN_ORDER("xx", "Anna", "Bernd", "Анна"); /* there is no such language */
	IN_ORDER(NULL, "Anna", "Bernd");
	IN_ORDER("uk", "Шевченко Анна", "Шевченко Яна", "Шевченко-Коваль Анна");
	IN_ORDER("uk", "Група 2", "Група 10");
}

static void apostrophes_do_not_count(void **state) {
	(void)state;
	struct err err = {0};
	struct collator *c = collator_open("uk", &err);
	assert_ok(c != NULL);
	assert_int_equal(compare(c, "Мар'яна", "Марʼяна"), 0);
	assert_int_equal(compare(c, "Мар’яна", "Марʼяна"), 0);
	assert_true(compare(c, "Марта", "Марʼяна") < 0);
	assert_true(compare(c, "", "А") < 0);
	assert_true(compare(c, "\xF0\x9F\x99\x82", "Анна") < 0); /* signs come before letters; and of two units */
	collator_close(c);
	collator_close(NULL);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(alphabets), cmocka_unit_test(apostrophes_do_not_count)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
