/* What the cells say of their columns. */
#include "import/people_content.h"

#include "import/people_columns.h"
#include "import/table_read.h"
#include "scratch.h"

static void read_layout(const char *text, struct people_layout *layout) {
	static const struct people_options plain = {0};
	struct strbuf bytes = {0};
	struct table t = {0};
	struct err err = {0};
	strbuf_adds(&bytes, text);
	assert_ok(table_parse(&bytes, NULL, &t, &err) && people_layout_find(&t, &plain, layout, &err));
	table_fini(&t);
	strbuf_fini(&bytes);
}

static void a_status_is_told_by_its_cells(void **state) {
	(void)state;
	static const struct {
		const char *text;
		int target;
	} lists[] = {
		{"Статус,ПІБ,Email\nпідтверджено,А,\nскасовано,Б,\n", PERSON_REGISTRATION},
		{"Статус,ПІБ,Email\nспікер,А,\nгість,Б,\n", PEOPLE_OTHER},
		{"Статус,ПІБ,Email\nспікер,А,\nгість,Б,\nпідтверджено,В,\n", PEOPLE_OTHER},
		{"Статус,ПІБ,Email\n,А,a@x.org\n", PERSON_REGISTRATION}, /* nobody is cancelled any more */
		{"Статус учасника,ПІБ,Email\nспікер,А,\nгість,Б,\n", PERSON_CATEGORY},
		{"Статус учасника,ПІБ,Email\nпідтверджено,А,\nлист очікування,Б,\n", PERSON_REGISTRATION},
		{"Order status,ПІБ,Email\nn,А,\np,Б,\nx,Г,\ncanceled,В,\n", PERSON_REGISTRATION},
		{"Registration,ПІБ,Email\n2026-01-01,А,\n2026-01-02,Б,\n", PEOPLE_OTHER},
		{"State,ПІБ,Email\nOhio,А,\nActive,Б,\n", PERSON_REGION},
	};
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		struct people_layout layout = {0};
		read_layout(lists[i].text, &layout);
		if (layout.target[0] != lists[i].target) {
			fail_msg("list %zu: the first column is taken for %d", i, layout.target[0]);
		}
		assert_true(layout.registration == (layout.target[0] == PERSON_REGISTRATION));
		people_layout_fini(&layout);
	}
}

/* Somebody may be cancelled in a column that nothing tells from others: that is said, and nobody kept out. */
static void statuses_that_nobody_goes_by_are_told(void **state) {
	(void)state;
	struct people_layout layout = {0};
	read_layout("ПІБ,Оплата,Кава,Email\nА,оплачено,так,\nБ,повернення,ні,\n", &layout);
	assert_true(layout.statuses[1]);
	assert_false(layout.statuses[0] || layout.statuses[2] || layout.registration);
	people_layout_fini(&layout);
	read_layout("ПІБ,Оплата,Email\nА,оплачено,\n", &layout);
	assert_false(layout.statuses[1]); /* it keeps nobody out */
	people_layout_fini(&layout);
}

static void a_name_may_be_the_given_one(void **state) {
	(void)state;
	static const struct {
		const char *text;
		bool given;
	} lists[] = {
		{"Name,Surname,Email\nAnna Maria,Probe,\nBo,Test,\n", true},
		{"Name,Surname,Email\nAnna Probe,Probe,\nTest Bo,Test,\n", false},
		{"Ім'я учасника,Прізвище\nОлена Іванівна,Приклад\n", true},
		{"Attendee name,Last name,Email\nAnna Probe,Buyer,\nBo Test,Buyer,\n", false}, /* of whoever paid */
		{"Name,Email\nAnna,\n", false},
	};
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		struct people_layout layout = {0};
		read_layout(lists[i].text, &layout);
		if (layout.given_names != lists[i].given) {
			fail_msg("list %zu", i);
		}
		people_layout_fini(&layout);
	}
}

static void names_hold_their_words(void **state) {
	(void)state;
	assert_true(people_name_holds("Їжак Олена", "олена"));
	assert_true(people_name_holds("Д'Артаньян Шарль", "Д’Артаньян"));
	assert_true(people_name_holds("Anna Maria Probe", "Maria Anna"));
	assert_false(people_name_holds("Їжакова Олена", "Їжак"));
	assert_true(people_name_is_one_word("Олена"));
	assert_false(people_name_is_one_word("Їжак Олена"));
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_status_is_told_by_its_cells),
		cmocka_unit_test(statuses_that_nobody_goes_by_are_told),
		cmocka_unit_test(a_name_may_be_the_given_one),
		cmocka_unit_test(names_hold_their_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
