#include "event/registration.h"

#include "base/alloc.h"
#include "base/str.h"
#include "event/person.h"

static const char *const WORDS[] = {
	[REGISTRATION_UNSAID] = "",         [REGISTRATION_CONFIRMED] = "confirmed", [REGISTRATION_PENDING] = "pending",
	[REGISTRATION_WAITING] = "waiting", [REGISTRATION_DECLINED] = "declined",   [REGISTRATION_CANCELLED] = "cancelled",
};
_Static_assert(COUNT_OF(WORDS) == REGISTRATION_COUNT, "every registration has a word");

const char *registration_word(enum registration registration) { return WORDS[registration]; }

enum registration registration_find(const char *word) {
	for (int i = REGISTRATION_UNSAID + 1; i < REGISTRATION_COUNT; i++) {
		if (str_eq(WORDS[i], word)) {
			return (enum registration)i;
		}
	}
	return REGISTRATION_UNSAID;
}

bool registration_admits(enum registration registration) { return registration <= REGISTRATION_CONFIRMED; }

enum registration person_registration(const struct person *p) { return registration_find(p->field[PERSON_REGISTRATION]); }
