/* The event's form for people without a badge (event/form.h), and editing it. */
#ifndef TURNOUT_STORE_READ_FORM_H
#define TURNOUT_STORE_READ_FORM_H

#include <stdbool.h>

#include "event/form.h"

struct store;

/* Sorted; the default form where the organiser made none (*made false; may be NULL). For form_fini. */
bool form_load(struct store *store, struct form *out, bool *made, struct err *err) TURNOUT_MUST_CHECK;
/* The field as it is kept, taken off the form or not; NULL in *set where no record speaks of it. For json_free. */
bool form_field_get(struct store *store, const char *key, struct json **set, bool *removed, struct err *err) TURNOUT_MUST_CHECK;

/* Sets members of a field, inside a transaction, where it can be read at once; `set`: a JSON object of texts. The first field that is put while there is no form puts those of the default form, too.
 * ERR_USAGE says what is wrong with it. */
bool form_field_put(struct store *store, const char *key, const char *set, struct err *err) TURNOUT_MUST_CHECK;
/* The same for who has the form already, as form_load gave it in this transaction; it has the field afterwards. After false it may be half changed. */
bool form_field_set(struct store *store, struct form *form, const char *key, const char *set, struct err *err) TURNOUT_MUST_CHECK;
/* Takes it off the form; who answered it keeps the answer. ERR_NOT_FOUND when it is not on it; ERR_REFUSED for the name, and while another is asked by its answer. */
bool form_field_remove(struct store *store, const char *key, struct err *err) TURNOUT_MUST_CHECK;

#endif
