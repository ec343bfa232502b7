/* Statuses as programs and people write them. */
#include "import/registration_text.h"

#include "base/alloc.h"
#include "lib/testing.h"

struct said {
	const char *text;
	enum registration means;
};

static void expect(const struct said *list, size_t n) {
	for (size_t i = 0; i < n; i++) {
		if (registration_read(list[i].text) != list[i].means) {
			fail_msg("\"%s\" is read as \"%s\"", list[i].text, registration_word(registration_read(list[i].text)));
		}
	}
}

static void words_of_programs(void **state) {
	(void)state;
	static const struct said list[] = {
		{"canceled", REGISTRATION_CANCELLED},       {"CANCELLED", REGISTRATION_CANCELLED},
		{"Refunded", REGISTRATION_CANCELLED},       {"VOID", REGISTRATION_CANCELLED},
		{"voided", REGISTRATION_CANCELLED},         {"Deleted", REGISTRATION_CANCELLED},
		{"expired", REGISTRATION_CANCELLED},        {"declined", REGISTRATION_DECLINED},
		{"Rejected", REGISTRATION_DECLINED},        {"Not Attending", REGISTRATION_DECLINED},
		{"waitlist", REGISTRATION_WAITING},         {"Waiting list", REGISTRATION_WAITING},
		{"WAIT_LISTED", REGISTRATION_WAITING},      {"pending", REGISTRATION_PENDING},
		{"pending_approval", REGISTRATION_PENDING}, {"approval pending", REGISTRATION_PENDING},
		{"AWAITING_PAYMENT", REGISTRATION_PENDING}, {"TO_BE_PAID", REGISTRATION_PENDING},
		{"invited", REGISTRATION_PENDING},          {"unpaid", REGISTRATION_PENDING},
		{"approved", REGISTRATION_CONFIRMED},       {"Attending", REGISTRATION_CONFIRMED},
		{"Checked In", REGISTRATION_CONFIRMED},     {"CHECKED_IN", REGISTRATION_CONFIRMED},
		{"paid", REGISTRATION_CONFIRMED},           {"ACQUIRED", REGISTRATION_CONFIRMED},
		{"complete", REGISTRATION_CONFIRMED},       {"ACTIVE", REGISTRATION_CONFIRMED},
		{"not cancelled", REGISTRATION_CONFIRMED},  {"not approved", REGISTRATION_PENDING},
	};
	expect(list, COUNT_OF(list));
}

static void words_of_people(void **state) {
	(void)state;
	static const struct said list[] = {
		{"Скасовано", REGISTRATION_CANCELLED},
		{"скасована учасником", REGISTRATION_CANCELLED},
		{"Відмінено", REGISTRATION_CANCELLED},
		{"анульовано", REGISTRATION_CANCELLED},
		{"повернення коштів", REGISTRATION_CANCELLED},
		{"недійсний", REGISTRATION_CANCELLED},
		{"Відмова", REGISTRATION_DECLINED},
		{"відмовилась", REGISTRATION_DECLINED},
		{"відхилено", REGISTRATION_DECLINED},
		{"не прийде", REGISTRATION_DECLINED},
		{"Лист очікування", REGISTRATION_WAITING},
		{"в черзі", REGISTRATION_WAITING},
		{"очікує оплати", REGISTRATION_PENDING},
		{"не підтверджено", REGISTRATION_PENDING},
		{"на розгляді", REGISTRATION_PENDING},
		{"Підтверджено", REGISTRATION_CONFIRMED},
		{"оплачено", REGISTRATION_CONFIRMED},
		{"зареєстрована", REGISTRATION_CONFIRMED},
		{"дійсний", REGISTRATION_CONFIRMED},
		{"не скасовано", REGISTRATION_CONFIRMED},
		{"Отменено", REGISTRATION_CANCELLED},
		{"отменён", REGISTRATION_CANCELLED},
		{"Возврат", REGISTRATION_CANCELLED},
		{"Отказ", REGISTRATION_DECLINED},
		{"не придёт", REGISTRATION_DECLINED},
		{"Лист ожидания", REGISTRATION_WAITING},
		{"ожидает подтверждения", REGISTRATION_PENDING},
		{"не оплачено", REGISTRATION_PENDING},
		{"подтверждён", REGISTRATION_CONFIRMED},
	};
	expect(list, COUNT_OF(list));
}

static void what_is_no_status(void **state) {
	(void)state;
	static const struct said list[] = {
		{"", REGISTRATION_UNSAID},
		{"Спікер", REGISTRATION_UNSAID},
		{"2026-05-01", REGISTRATION_UNSAID},
		{"Ohio", REGISTRATION_UNSAID},
		{"inactive?", REGISTRATION_UNSAID},
		{"avoid", REGISTRATION_UNSAID},
		{"yes", REGISTRATION_UNSAID},
		{"VIP", REGISTRATION_UNSAID},
		{"непередбачено", REGISTRATION_UNSAID},
		{"Раніше скасовано участь у заході, але потім усе ж таки погодилася і тепер точно буде", REGISTRATION_UNSAID},
	};
	expect(list, COUNT_OF(list));
}

static void questions_are_answered(void **state) {
	(void)state;
	static const struct said cancelled[] = {
		{"yes", REGISTRATION_CANCELLED},
		{"TRUE", REGISTRATION_CANCELLED},
		{"1", REGISTRATION_CANCELLED},
		{"так", REGISTRATION_CANCELLED},
		{"Да", REGISTRATION_CANCELLED},
		{"2026-05-01 10:00", REGISTRATION_CANCELLED},
		{"150.00", REGISTRATION_CANCELLED},
		{"x", REGISTRATION_CANCELLED},
		{"захворіла", REGISTRATION_CANCELLED},
		{"No", REGISTRATION_CONFIRMED},
		{"false", REGISTRATION_CONFIRMED},
		{"0", REGISTRATION_CONFIRMED},
		{"0,00", REGISTRATION_CONFIRMED},
		{"ні", REGISTRATION_CONFIRMED},
		{"нет", REGISTRATION_CONFIRMED},
		{"-", REGISTRATION_CONFIRMED},
		{"немає", REGISTRATION_CONFIRMED},
		{"waiting list", REGISTRATION_WAITING},
		{"не скасовано", REGISTRATION_CONFIRMED},
	};
	for (size_t i = 0; i < COUNT_OF(cancelled); i++) {
		enum registration said = registration_read_flag(cancelled[i].text, REGISTRATION_CANCELLED, REGISTRATION_CONFIRMED);
		if (said != cancelled[i].means) {
			fail_msg("\"%s\" is read as \"%s\"", cancelled[i].text, registration_word(said));
		}
	}
	assert_int_equal(registration_read_flag("no", REGISTRATION_CONFIRMED, REGISTRATION_DECLINED), REGISTRATION_DECLINED);
	assert_int_equal(registration_read_flag("ні", REGISTRATION_CONFIRMED, REGISTRATION_PENDING), REGISTRATION_PENDING);
	assert_int_equal(registration_read_flag("maybe", REGISTRATION_CONFIRMED, REGISTRATION_DECLINED), REGISTRATION_PENDING);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_programs),
		cmocka_unit_test(words_of_people),
		cmocka_unit_test(what_is_no_status),
		cmocka_unit_test(questions_are_answered),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
