/* Which registrations let in, and their words. */
#include "event/registration.h"

#include "event/person.h"
#include "lib/testing.h"

static void words_and_registrations_match(void **state) {
	(void)state;
	for (int i = REGISTRATION_UNSAID + 1; i < REGISTRATION_COUNT; i++) {
		assert_int_equal(registration_find(registration_word((enum registration)i)), i);
	}
	assert_int_equal(registration_find("cancelled"), REGISTRATION_CANCELLED);
	assert_int_equal(registration_find("Cancelled"), REGISTRATION_UNSAID); /* as it is kept; import/registration_text.h reads others */
	assert_int_equal(registration_find(""), REGISTRATION_UNSAID);
	assert_int_equal(registration_find(NULL), REGISTRATION_UNSAID);
}

static void only_known_words_keep_out(void **state) {
	(void)state;
	assert_true(registration_admits(REGISTRATION_UNSAID) && registration_admits(REGISTRATION_CONFIRMED));
	assert_false(registration_admits(REGISTRATION_PENDING) || registration_admits(REGISTRATION_WAITING) ||
		     registration_admits(REGISTRATION_DECLINED) || registration_admits(REGISTRATION_CANCELLED));
}

static void a_person_has_one(void **state) {
	(void)state;
	struct person p = {0};
	assert_int_equal(person_registration(&p), REGISTRATION_UNSAID);
	person_set(&p, PERSON_REGISTRATION, "waiting");
	assert_int_equal(person_registration(&p), REGISTRATION_WAITING);
	person_set(&p, PERSON_REGISTRATION, "a word that nobody knows");
	assert_int_equal(person_registration(&p), REGISTRATION_UNSAID);
	person_fini(&p);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_registrations_match),
		cmocka_unit_test(only_known_words_keep_out),
		cmocka_unit_test(a_person_has_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
