/* Keeping a signature that somebody drew (store/view/signature.h), as this station. */
#ifndef TURNOUT_STORE_WRITE_SIGNATURES_H
#define TURNOUT_STORE_WRITE_SIGNATURES_H

#include <stdbool.h>

#include "base/err.h"
#include "event/handwriting.h"

struct store;

enum signature_by { SIGNED_BY_SELF, SIGNED_BY_GUARDIAN, SIGNED_BY_STAFF, SIGNERS };
const char *signature_by_word(enum signature_by by); /* "self", "guardian", "staff" */

struct signature_draft {
	const char *person; /* id */
	const char *point;  /* "arrival" or a session's id */
	const char *day;    /* "2026-05-14"; "" */
	enum signature_by by;
	const struct handwriting *drawn; /* NULL: nothing is, and staff say so */
};

/* Inside a transaction. What is too long for a record is thinned out, evenly: half the points, until it fits. ERR_NOT_FOUND where nobody has that id: a signature must go
 * with its person. */
bool signature_append(struct store *store, const struct signature_draft *draft, struct err *err) TURNOUT_MUST_CHECK;

#endif
