/* Fields that several people may edit while apart: multi-value registers over records.
 *
 * An edit sets fields and names the records whose values it replaces ("was"). Of a field, the values that no record replaced are in
 * force; among several the one of the greatest record hash is shown and the rest are conflicts (equal values are none). No clock
 * and no counter decides, so the answer depends only on the set of records (invariant 3). */
#ifndef TURNOUT_STORE_VIEW_REGISTER_H
#define TURNOUT_STORE_VIEW_REGISTER_H

#include "base/crypto.h"
#include "base/json.h"

struct store;

struct edit {
	struct hash hash;
	struct json *body;      /* owned */
	const struct json *set; /* inside body; never NULL */
	char *subject;
	char *kind;
	bool is_void; /* a walk-in that is out of the books (store/view/void.h) */
};

struct registers {
	struct edit *items; /* by ascending hash */
	size_t count, cap;
};

/* Reads the records that speak of `thing`. Erased ones are left out. */
bool registers_read(struct store *store, const char *thing, struct registers *out, struct err *err) TURNOUT_MUST_CHECK;
void registers_fini(struct registers *r);

/* The value in force; NULL when no record sets the field. */
const struct json *registers_value(const struct registers *r, const char *field);
/* Its text; NULL for none, null or no text. */
const char *registers_text(const struct registers *r, const char *field);

/* True when edit `e` sets `field` and nothing replaced it. */
bool registers_in_force(const struct registers *r, const struct edit *e, const char *field);

/* True when several values of the field are in force and differ. */
bool registers_disputed(const struct registers *r, const char *field);

/* Calls back for every field that any record sets, once, in byte order. */
typedef bool registers_field_fn(void *context, const char *field, const struct json *value, struct err *err);
bool registers_each(const struct registers *r, registers_field_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

/* Writes the "was" member of a new edit that sets the fields of `set` (a JSON object): the hashes in force on any of them. */
void registers_write_was(const struct registers *r, const struct json *set, struct json_writer *w);

#endif
