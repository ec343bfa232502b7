/* Editing things that are nothing but their fields (store/view/fields.h): some are set, all of it is checked as it will be. */
#ifndef TURNOUT_STORE_WRITE_FIELDS_H
#define TURNOUT_STORE_WRITE_FIELDS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/json.h"

struct store;

struct fields_edit {
	const char *kind, *id;
	const char *set;         /* JSON object of texts: what is set; "" clears */
	const struct json *kept; /* the thing as it is; NULL: there is none */
	bool removed;            /* it was taken away, and comes back with what it had */
	/* Is it a whole thing, as it will be? */
	bool (*check)(const char *id, const struct json *all, struct err *err);
};

/* As the organiser or an editor, inside a transaction. */
bool fields_edit(struct store *store, const struct fields_edit *edit, struct err *err) TURNOUT_MUST_CHECK;

#endif
