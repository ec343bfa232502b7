/* Editing things that are nothing but their fields (store/view/fields.h). Who edits one reads it, judges it as it will be, and appends what is set. */
#ifndef TURNOUT_STORE_WRITE_FIELDS_H
#define TURNOUT_STORE_WRITE_FIELDS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/json.h"
#include "store/sql/db.h"

struct store;

/* The thing as it is kept, taken away or not; NULL in *set where no record speaks of it. For json_free. `get`: a statement that finds the object by ?1 the
 * id, and in a second column whether it is taken away. */
bool fields_get(struct stmt *get, const char *id, struct json **set, bool *removed, struct err *err) TURNOUT_MUST_CHECK;

/* As it will be: what is kept (NULL: nothing), with the texts that are set anew; "" clears. NULL when it cannot be. For json_free. */
struct json *fields_together(const struct json *kept, const struct json *set, struct err *err) TURNOUT_MUST_CHECK;

struct fields_edit {
	const char *kind, *id;
	const struct json *set; /* an object of texts */
	bool removed;           /* it was taken away, and comes back with what it had */
};
/* As the organiser or an editor, inside a transaction. */
bool fields_append(struct store *store, const struct fields_edit *edit, struct err *err) TURNOUT_MUST_CHECK;

#endif
