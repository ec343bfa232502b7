/* Badges: whose a code is, and issuing and revoking them as the organiser or an editor. */
#ifndef TURNOUT_STORE_READ_BADGES_H
#define TURNOUT_STORE_READ_BADGES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "event/person.h"

struct store;

struct badge_row {
	char code[BADGE_CODE_MAX + 1];
	char person[PERSON_ID_LEN + 1]; /* "" when only the revocation is known */
	bool revoked;                   /* by the organiser; or `past` */
	bool past;                      /* it was the person's code on the roster and is no longer */
	bool roster;                    /* not issued: the roster says whose it is, and may say another tomorrow */
};
/* The badge of a code as printed: issued, revoked, or on the roster as another system's, now or once. */
bool badge_get(struct store *store, const char *code, struct badge_row *out, bool *found, struct err *err) TURNOUT_MUST_CHECK;
/* Whose a code of another system is by the roster: who has it (of several one who was not removed), else who had it. */
bool badge_roster_owner(struct store *store, const char *code, char person[PERSON_ID_LEN + 1], bool *found,
			struct err *err) TURNOUT_MUST_CHECK;
/* The code whose short form (8 characters, no dash) is that; not found when there is none or several. */
bool badge_by_aloud(struct store *store, const char *aloud, char code[BADGE_CODE_MAX + 1], bool *found, struct err *err) TURNOUT_MUST_CHECK;
/* The code of the roster that has that form (event/code_form.h), as the roster writes it; not found when there is none or several. */
bool badge_by_form(struct store *store, const char *form, char code[BADGE_CODE_MAX + 1], bool *found, struct err *err) TURNOUT_MUST_CHECK;
bool badge_issue(struct store *store, const char *code, const char *person, const char *aloud, struct err *err) TURNOUT_MUST_CHECK;
/* Names the check-ins by it that are known here; those it does not know are conflicts later (store/read/conflicts.h). */
bool badge_revoke(struct store *store, const char *code, struct err *err) TURNOUT_MUST_CHECK;
/* Every code of another system that somebody has or had, each at least once. Stops when `each` fails, or has seen enough: then true. */
typedef bool roster_code_fn(void *context, const char *code, bool *enough, struct err *err);
bool roster_codes_each(struct store *store, roster_code_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;
/* Whether a badge with that code was printed before, as far as printing is on record. */
bool badge_was_printed(struct store *store, const char *code, bool *printed, struct err *err) TURNOUT_MUST_CHECK;
/* Puts on record that badges with these codes were printed, as the organiser or an editor. */
bool badges_note_printed(struct store *store, const char *const *codes, size_t count, struct err *err) TURNOUT_MUST_CHECK;
/* True when the roster holds codes of other systems. */
bool roster_has_foreign_codes(struct store *store);

#endif
