/* Headers as people write them. */
#include "import/people_header.h"

#include "base/alloc.h"
#include "base/str.h"
#include "import/people_alias.h"
#include "lib/testing.h"

struct header {
	const char *text;
	int target;
};

static void expect(const struct header *list, size_t n) {
	struct people_headers *headers = people_headers_open();
	for (size_t i = 0; i < n; i++) {
		int rank = -1;
		int target = people_header_find(headers, list[i].text, &rank);
		if (target != list[i].target) {
			fail_msg("\"%s\" is taken for %s", list[i].text, target < 0 ? "nothing" : people_target_key(target));
		}
		assert_true(target < 0 || rank >= 0);
		assert_int_equal(people_header_find(headers, list[i].text, NULL), target);
	}
	people_headers_close(headers);
}

static void what_stands_around_a_header(void **state) {
	(void)state;
	static const struct header list[] = {
		{"#First Name", PEOPLE_GIVEN},
		{"№ Прізвище", PEOPLE_FAMILY},
		{"1. ПІБ учасника", PERSON_NAME},
		{"1. ПІБ", PERSON_NAME},
		{"2) Телефон", PERSON_PHONE},
		{"Вкажіть ваш телефон", PERSON_PHONE},
		{"Please enter your full name *", PERSON_NAME},
		{"3. Ваш номер телефону:", PERSON_PHONE},
		{"Електронна пошта (обов'язково)", PERSON_EMAIL},
		{"#", PEOPLE_NUMBER},
		{"№", PEOPLE_NUMBER},
		{"№ з/п", PEOPLE_NUMBER},
		{"No.", PEOPLE_NUMBER},
		{"Attendee #", -1},
		{"1.", -1},
		{"2026", -1},
	};
	expect(list, COUNT_OF(list));
}

static void one_of_several(void **state) {
	(void)state;
	static const struct header list[] = {
		{"Назва організації, ЄДРПОУ", PERSON_ORGANISATION},
		{"E-mail / пошта", PERSON_EMAIL},
		{"Viber/Телефон", PERSON_PHONE},
		{"Місто / область", PERSON_SETTLEMENT},
		{"Страва / телефон", PERSON_PHONE},
		{"Прізвище, ім'я", PERSON_NAME}, /* the whole is known, and goes first */
		{"Розмір, колір", -1},
		{"Страва, телефон", -1}, /* what stands behind a comma is what else is in the cell */
	};
	expect(list, COUNT_OF(list));
}

static void words_cut_short(void **state) {
	(void)state;
	static const struct header list[] = {
		{"Контактний тел.", PERSON_PHONE},
		{"Ел. адреса", PERSON_EMAIL},
		{"Рік нар.", PERSON_BIRTH_YEAR},
		{"Дата народж.", PERSON_BIRTH_YEAR},
		{"Моб.тел.", PERSON_PHONE},
		{"Прізв.", PEOPLE_FAMILY},
		{"Орг-ція", PERSON_ORGANISATION},
		{"Р-н", PERSON_DISTRICT},
		{"Нас. пункт", PERSON_SETTLEMENT},
		{"Конт. тел. (моб.)", PERSON_PHONE},
		{"Эл. адрес", PERSON_EMAIL},
		{"Год рожд.", PERSON_BIRTH_YEAR},
		{"Org.", PERSON_ORGANISATION},
		{"Розм. футб.", -1},
		{"П.", -1},
		{"Н. п.", -1},
		{".", -1},
		{"-", -1},
		{"...", -1},
	};
	expect(list, COUNT_OF(list));
}

static void headers_of_programs(void **state) {
	(void)state;
	static const struct header list[] = {
		{"first", PEOPLE_GIVEN},
		{"last", PEOPLE_FAMILY},
		{"Ticket Full Name", PERSON_NAME},
		{"Ticket Email", PERSON_EMAIL},
		{"Ticket Company Name", PERSON_ORGANISATION},
		{"phone_number", PERSON_PHONE},
		{"approval_status", PERSON_REGISTRATION},
		{"Attendee Status", PERSON_REGISTRATION},
		{"Void Status", PERSON_REGISTRATION},
		{"Canceled", PEOPLE_IS_CANCELLED},
		{"Cancelled at", PEOPLE_IS_CANCELLED},
		{"Лист очікування", PEOPLE_IS_WAITING},
		{"State", PERSON_REGION},
		{"Country", -1},
		{"Event Status", -1},
	};
	expect(list, COUNT_OF(list));
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_stands_around_a_header),
		cmocka_unit_test(one_of_several),
		cmocka_unit_test(words_cut_short),
		cmocka_unit_test(headers_of_programs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
