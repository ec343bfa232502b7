/* Appending edits: a record that sets fields of a thing and names what it replaces (store/view/register.h). */
#ifndef TURNOUT_STORE_WRITE_EDIT_H
#define TURNOUT_STORE_WRITE_EDIT_H

#include <stdbool.h>

#include "base/err.h"

struct store;

struct edit_draft {
	const char *kind;    /* "event", "person", "session": the first kind of a view that is edited (store/view/view.h) */
	const char *id;      /* of the thing; "" for the event */
	const char *set;     /* JSON object: the fields to set; "" as a value clears one */
	const char *source;  /* an import's source, or NULL */
	const char *uid;     /* what the source calls it, or NULL */
	const char *subject; /* "" where the body holds no personal data; NULL: the person's present one, or a new one */
	bool fresh;          /* the caller knows that no record speaks of it yet */
};

/* As the organiser or an editor, inside a transaction. ERR_USAGE for a kind that nothing is edited by. */
bool edit_append(struct store *store, const struct edit_draft *draft, struct err *err) TURNOUT_MUST_CHECK;

/* The subject under which a person who is on the roster for the (turn + 1)th time stands; from 0. */
#define SUBJECT_TEXT 33
bool person_subject(struct store *store, const char *id, int turn, char subject[SUBJECT_TEXT], struct err *err) TURNOUT_MUST_CHECK;

#endif
