/* Which labels were printed at boxes, and saying that one was (store/view/label.h). */
#ifndef TURNOUT_STORE_READ_LABELS_H
#define TURNOUT_STORE_READ_LABELS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct store;

struct label_draft {
	const char *person; /* id; NULL: nobody is known, and */
	const char *code;   /* their badge's code, as printed; else it does not count */
	bool again;         /* one was printed before, and staff asked for another */
	const char *by;     /* who of the staff; "" or NULL: nobody known */
};

/* As this station, inside a transaction: a printer took the label. */
bool label_append(struct store *store, const struct label_draft *draft, struct err *err) TURNOUT_MUST_CHECK;

/* How many were printed for that person, at all boxes that this file has heard of, joins followed; or, where `person` is NULL, for that code. What is
 * out of the books counts for nothing. */
bool labels_count(struct store *store, const char *person, const char *code, int64_t *count, struct err *err) TURNOUT_MUST_CHECK;

#endif
