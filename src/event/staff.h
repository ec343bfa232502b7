/* Who works at the event's boxes. Each is a flat object of texts, as its edits set them (store/view/staff.h):
 *
 *     name     as it stands on the boxes' screens and in lists
 *     role     door: scans, looks for people, signs in who has no badge, prints; lead: all that, and takes back, lets in although, sets up, shuts down. (door)
 *     pin      what became of their PIN (staff_pin_hash); "" when they have none
 *     badge    the code of their badge; "" when they have none */
#ifndef TURNOUT_EVENT_STAFF_H
#define TURNOUT_EVENT_STAFF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/crypto.h"
#include "base/err.h"
#include "base/json.h"
#include "event/person.h"

enum staff_role { STAFF_DOOR, STAFF_LEAD, STAFF_ROLES };
const char *staff_role_word(enum staff_role role); /* "door", "lead" */
enum staff_role staff_role_find(const char *word); /* STAFF_ROLES when there is none */

#define STAFF_MAX 200
#define STAFF_KEY_MAX 32    /* bytes: a-z, 0-9 and - */
#define STAFF_NAME_MAX 120  /* bytes */
#define STAFF_OWN_PIN_MIN 6 /* digits of a PIN of one's own; the event's one for all (setting staff_pin) may have fewer */
#define STAFF_OWN_PIN_MAX 12

/* "1:" and 64 hexadecimal digits: Argon2id (RFC 9106, 7 MiB, five passes: OWASP's second smallest setting) of the digits, salted by the event's id. One salt for
 * all, so that a box computes one hash whoever it may be that types; two people of one event never have one PIN. A thief of the file tries a million PINs of
 * six digits in some hours all the same: eight take weeks. False without the memory. */
#define STAFF_PIN_HASH_LEN 66
bool staff_pin_hash(const struct hash *event, const char *digits, char out[STAFF_PIN_HASH_LEN + 1]) TURNOUT_MUST_CHECK;
bool staff_pin_check(const char *digits, struct err *err) TURNOUT_MUST_CHECK; /* ERR_USAGE says what a PIN is, and never repeats it */

struct staff_member {
	char key[STAFF_KEY_MAX + 1];
	char name[STAFF_NAME_MAX + 1];
	enum staff_role role;
	char pin[STAFF_PIN_HASH_LEN + 1]; /* "" */
	char badge[BADGE_CODE_MAX + 1];   /* "" */
};

struct staff_list { /* a zeroed one is empty; for staff_list_fini. By name, then key. */
	struct staff_member *items;
	size_t count, cap;
};

void staff_list_fini(struct staff_list *list); /* wipes it */
/* Adds one. What it says wrongly counts as not said. False for a key that is none, and for more than STAFF_MAX. */
bool staff_list_add(struct staff_list *list, const char *key, const struct json *set);
void staff_list_sort(struct staff_list *list);
const struct staff_member *staff_find(const struct staff_list *list, const char *key); /* NULL */
const struct staff_member *staff_by_pin(const struct staff_list *list,
					const char *pin_hash); /* NULL; takes the same time wherever it differs */
const struct staff_member *staff_by_badge(const struct staff_list *list, const char *code); /* NULL */
bool staff_have_pins(const struct staff_list *list);                                        /* or badges: any of them */
/* Some who lead have one: the PIN for all opens nothing any more. While only doors have, it is the only way to what leads may do. */
bool staff_leads_have_pins(const struct staff_list *list);

bool staff_key_check(const char *key, struct err *err) TURNOUT_MUST_CHECK;
bool staff_check(const char *key, const struct json *set, struct err *err) TURNOUT_MUST_CHECK;

#endif
