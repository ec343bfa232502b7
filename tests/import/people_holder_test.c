/* Whose is a code, or a key, that stands in two rows: a family's rows stay a family. */
#include "import/people_holder.h"

#include "import/people.h"
#include "import/table_read.h"
#include "scratch.h"

#define HEADER "ПІБ,Email,Телефон,Громада,Організація\n"

static void read_text(const char *text, const char *key, struct people *out) {
	struct strbuf bytes = {0};
	struct table t = {0};
	struct err err = {0};
	struct people_options opt = {.key = key};
	strbuf_adds(&bytes, text);
	assert_ok(table_parse(&bytes, NULL, &t, &err) && people_from_table(&t, &opt, out, &err));
	table_fini(&t);
	strbuf_fini(&bytes);
}

/* May two rows with one code be one person's? */
static void expect(const char *one, const char *other, bool same) {
	struct people p = {0};
	char *text = xasprintf(HEADER "%s\n%s\n", one, other);
	read_text(text, NULL, &p);
	assert_int_equal(p.count, 2);
	assert_int_equal(people_holder_same(&p.items[0], &p.items[1]), same);
	assert_int_equal(people_holder_same(&p.items[1], &p.items[0]), same);
	people_fini(&p);
	free(text);
}

static void one_word_in_common_is_not_a_name(void **state) {
	(void)state;
	expect("Приклад Іван,a@example.org", "Зразок Іван,b@example.org", false);
	expect("Коваль Іван", "Коваль Марія", false);
	expect("Бондар Лев,,,Зарічна", "Бондар Ян,,,Зарічна", false);
	expect("Коваль Валентин", "Коваль Валентина", false);
	expect("Яна Коваль", "Яніна Коваль", false);
	expect("Коваль Іван,k@example.org,+380501112233", "Коваль Марія,k@example.org,+380501112233", false); /* a family's */
	expect("Коваль Іван Петрович", "Коваль Іван Олексійович", false);
	expect("Олена Приклад", "Ганна Зразок", false);
}

static void one_person_written_twice(void **state) {
	(void)state;
	expect("Олена Приклад", "Приклад Олена", true);
	expect("Олена Приклад,,,Зарічна", "олена ПРИКЛАД,,,Нова", true);
	expect("Приклад Олена Іванівна,a@example.org", "Приклад Олена", true);
	expect("Олена Приклад", "Приклад О.", true);
	expect("Олександр Приклад", "Олексндр Приклад", true);
	expect("Учасник 1", "Учасник 1", true);
	expect("Dr. Anna Probe", "Anna Probe", true);
}

static void what_contradicts(void **state) {
	(void)state;
	expect("Іван Приклад,a@example.org", "Іван Приклад,b@example.org", false);
	expect("Іван Приклад,a@example.org", "Іван Приклад,A@Example.org", true);
	expect("Іван Приклад,a@example.org,+380501112233", "Іван Приклад,b@example.org,050 111 22 33", true);
	expect("Іван Приклад,,+380501112233", "Іван Приклад,,+380501112244", false);
	expect("Приклад О.,,,Зарічна", "Приклад Олена,,,Нова", false);
	expect("Приклад О.,,,,Мрія", "Приклад Олена,,,,Надія", false);
	expect("Олександр Приклад,,,Зарічна", "Олексндр Приклад,,,Нова", false);
}

/* The second one is kept, without the code, and it is told whose that is. */
static void whose_it_is_is_told(void **state) {
	(void)state;
	struct people p = {0};
	read_text("ПІБ,Код\nКоваль Іван,C1\nКоваль Марія,C1\nІван Коваль,C1\n", NULL, &p);
	assert_int_equal(p.count, 3);
	assert_string_equal(person_text(&p.items[1], PERSON_CODE), "");
	assert_string_equal(person_text(&p.items[2], PERSON_CODE), "C1");
	assert_int_equal(p.notes.count, 1);
	assert_int_equal(p.notes.items[0].kind, FAULT_CODE_TAKEN);
	assert_string_equal(p.notes.items[0].other, "Коваль Іван");
	assert_int_equal(p.notes.items[0].number, 2);
	people_fini(&p);
}

/* A column that does not tell people apart was named as the one that does: an order's number, for three tickets of one order. */
static void a_key_is_one_persons(void **state) {
	(void)state;
	struct people p = {0};
	read_text("Замовлення,ПІБ\n10,Коваль Іван\n10,Коваль Марія\n,Олена Приклад\n11,Тарас Зразок\n11,Зразок Тарас\n", "Замовлення", &p);
	assert_int_equal(p.count, 5);
	assert_string_equal(p.keys[0], "10");
	assert_null(p.keys[1]);
	assert_null(p.keys[2]);
	assert_string_equal(p.keys[3], "11");
	assert_string_equal(p.keys[4], "11");
	assert_int_equal(p.notes.count, 1);
	assert_int_equal(p.notes.items[0].kind, FAULT_KEY_TAKEN);
	assert_int_equal(p.notes.items[0].at.line, 3);
	assert_int_equal(p.notes.items[0].at.column, 1);
	people_fini(&p);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_word_in_common_is_not_a_name),
		cmocka_unit_test(one_person_written_twice),
		cmocka_unit_test(what_contradicts),
		cmocka_unit_test(whose_it_is_is_told),
		cmocka_unit_test(a_key_is_one_persons),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
