/* The roster: people, as the views have them. */
#ifndef TURNOUT_STORE_READ_PEOPLE_H
#define TURNOUT_STORE_READ_PEOPLE_H

#include <stdint.h>

#include "base/crypto.h"
#include "base/err.h"
#include "event/person.h"

struct store;

struct person_row {
	char id[PERSON_ID_LEN + 1];
	struct person person;
	bool removed;
	char code[BADGE_CODE_MAX + 1]; /* the badge to show for this person: a valid one if there is any; "" for none */
	char aloud[12];                /* of that badge; "" */
	enum { BADGE_STATUS_NONE, BADGE_STATUS_VALID, BADGE_STATUS_REVOKED } badge;
};

void person_row_fini(struct person_row *row);
const char *badge_status_word(const struct person_row *row); /* none, valid, revoked */

/* The id of an imported person: derived from the event and the key that recognises them, so that two laptops make the same one. */
void person_id(const struct hash *event, const char *key, char id[PERSON_ID_LEN + 1]);
/* A new random id, for people added by hand. */
void person_id_random(char id[PERSON_ID_LEN + 1]);

/* Makes of an id that of the person they are in the end (store/view/join.h); others stay as they are. */
bool person_root(struct store *store, char id[PERSON_ID_LEN + 1], struct err *err) TURNOUT_MUST_CHECK;
/* The person with that id, joins followed (a walk-in that turned out to be somebody registered gives the registered one). */
bool person_get(struct store *store, const char *id, struct person_row *out, bool *found, struct err *err) TURNOUT_MUST_CHECK;
/* The same without looking for a badge: code, aloud and badge stay empty. */
bool person_get_plain(struct store *store, const char *id, struct person_row *out, bool *found, struct err *err) TURNOUT_MUST_CHECK;

/* Everyone who is not removed and whose search text holds every word of `query` (NULL: all), by name. Stops when `each` fails. */
typedef bool person_each_fn(void *context, const struct person_row *row, struct err *err);
bool people_each(struct store *store, const char *query, person_each_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;
/* The same in no order: nothing is sorted, which takes some 170 bytes of memory for each of them. */
bool people_each_anyhow(struct store *store, const char *query, person_each_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;
bool people_count(struct store *store, int64_t *count, struct err *err) TURNOUT_MUST_CHECK;

/* How many of them have which registration: `counts` has REGISTRATION_COUNT numbers. Only those are looked at who have one. */
bool people_registrations(struct store *store, size_t *counts, struct err *err) TURNOUT_MUST_CHECK;

/* The person that a text names: an id, a code, an e-mail, or a name that only one person has, be it with its words in another order.
 * ERR_NOT_FOUND; ERR_USAGE, which lists them, when several. */
bool person_resolve(struct store *store, const char *text, struct person_row *out, struct err *err) TURNOUT_MUST_CHECK;

/* Writes the fields that differ as one edit. `fields` with PERSON_FIELD_COUNT members: NULL leaves, "" clears. */
struct person_edit {
	const char *id;
	const struct person *set; /* its known fields are set */
	const char *set_json;     /* or: the JSON object itself */
	const char *source;
	const char *status; /* "active", "removed" or NULL */
	bool fresh;
};
bool person_edit(struct store *store, const struct person_edit *edit, struct err *err) TURNOUT_MUST_CHECK;
/* Whoever asks in the same transaction finds them joined. */
bool person_join(struct store *store, const char *person, const char *into, struct err *err) TURNOUT_MUST_CHECK;

/* All codes by which a person can have been scanned (their own and those of people joined into them), for `each`: of each of those people
 * the issued ones first, then the roster's own, then those that they had once. */
struct person_code {
	const char *code;   /* good until the callback returns */
	const char *person; /* whose in the first place */
	enum { PERSON_CODE_ISSUED, PERSON_CODE_ROSTER, PERSON_CODE_PAST } kind;
};
typedef bool code_each_fn(void *context, const struct person_code *code, struct err *err);
bool person_codes(struct store *store, const char *id, code_each_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

#endif
