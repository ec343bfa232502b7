/* Whether somebody who is on the roster is expected: what another system says of their registration. Kept as a person's field
 * (PERSON_REGISTRATION), so that it is edited, disputed and imported anew like any other, and who is confirmed later comes in by the
 * badge they have.
 *
 * Only the words below keep somebody out. Another text, or none, lets in: nobody stands before a closed door for a word that we do not
 * know. */
#ifndef TURNOUT_EVENT_REGISTRATION_H
#define TURNOUT_EVENT_REGISTRATION_H

#include <stdbool.h>

struct person;

enum registration {
	REGISTRATION_UNSAID, /* nothing, or no word of ours */
	REGISTRATION_CONFIRMED,
	REGISTRATION_PENDING, /* asked for, and neither approved nor paid yet */
	REGISTRATION_WAITING, /* on a waiting list */
	REGISTRATION_DECLINED,
	REGISTRATION_CANCELLED, /* also given back, void, refunded */
	REGISTRATION_COUNT
};

const char *registration_word(enum registration registration); /* "confirmed", …, as it is kept; "" for REGISTRATION_UNSAID */
enum registration registration_find(const char *word);         /* of a word as it is kept; NULL is unsaid */
bool registration_admits(enum registration registration);

enum registration person_registration(const struct person *p);

#endif
