/* Editing things that are nothing but their fields (store/view/fields.h). Who edits one reads it, judges it as it will be, and appends what is set. */
#ifndef TURNOUT_STORE_WRITE_FIELDS_H
#define TURNOUT_STORE_WRITE_FIELDS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/json.h"
#include "store/sql/statements.h"

struct store;

/* The thing as it is kept, taken away or not; NULL in *set where no record speaks of it. For json_free. `get`: a statement that finds the object by ?1 the
 * id, and in a second column whether it is taken away. */
bool fields_get(struct stmt *get, const char *id, struct json **set, bool *removed, struct err *err) TURNOUT_MUST_CHECK;

/* As it will be: what is kept (NULL: nothing), with the texts that are set anew; "" clears. NULL when it cannot be. For json_free. */
struct json *fields_together(const struct json *kept, const struct json *set, struct err *err) TURNOUT_MUST_CHECK;

/* Calls back with each row of a statement that finds key and object; `set` is the callback's. Stops when it says false. */
typedef bool fields_fn(void *context, const char *key, struct json *set);
bool fields_each(struct stmt *all, fields_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

/* A kind of such things. */
struct fields_kind {
	const char *kind;   /* of their records */
	const char *called; /* for messages: "point" */
	const struct sql_table *sql;
	size_t get;    /* of those: a statement as fields_get has it */
	bool personal; /* each stands under a subject of its own, and goes with it */
	/* ERR_USAGE says what is wrong with it as it will be. */
	bool (*check)(const char *key, const struct json *all, struct err *err);
};
struct fields_edit {
	const struct fields_kind *kind;
	const char *key;
	const struct json *set; /* an object of texts; "" clears */
	bool removed;           /* it was taken away, and comes back with what it had */
};
/* As the organiser or an editor, inside a transaction; whether it is right its caller has seen to. */
bool fields_append(struct store *store, const struct fields_edit *edit, struct err *err) TURNOUT_MUST_CHECK;

/* Sets members of a thing, as the organiser or an editor, inside a transaction; `set`: a JSON object of texts, "" clears. It may be a new one, or one that was
 * taken away and comes back with what it had. */
bool fields_change(struct store *store, const struct fields_kind *kind, const char *key, const char *set,
		   struct err *err) TURNOUT_MUST_CHECK;
/* ERR_NOT_FOUND when there is none such. */
bool fields_remove(struct store *store, const struct fields_kind *kind, const char *key, struct err *err) TURNOUT_MUST_CHECK;

#endif
