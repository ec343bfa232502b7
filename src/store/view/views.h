/* All views of an event file: they take records in, are computed before a commit, and again from the records alone.
 *
 * Invariants kept here:
 *   2. The records are the truth: views_rebuild gives the same tables as those that were kept.
 *   3. Order does not matter: when it changes who may write what, everything is computed again. */
#ifndef TURNOUT_STORE_VIEW_VIEWS_H
#define TURNOUT_STORE_VIEW_VIEWS_H

#include "store/view/view.h"

#define VIEW_VERSION 9 /* of what the views make of records; another one computes everything again when a file is opened */

/* One after the other, in the digest's order; NULL at the end. */
const struct store_view *views_at(size_t index);
/* The view of what people edit by records of that kind; NULL: nothing is. */
const struct store_view *views_edited_by(const char *kind);

bool views_apply(struct store *store, const struct view_record *r, struct err *err) TURNOUT_MUST_CHECK;
/* The same for a record whose body is text; what is no JSON is ignored by the views. */
bool views_apply_text(struct store *store, const struct view_record *r, const char *body, struct err *err) TURNOUT_MUST_CHECK;
/* Computes the rows of all things that records spoke of since the last time. */
bool views_flush(struct store *store, struct err *err) TURNOUT_MUST_CHECK;
bool views_rebuild(struct store *store, struct err *err) TURNOUT_MUST_CHECK;
/* Nothing that is kept in memory of the views is true any more: a transaction was undone. */
void views_forget(struct store *store);

#endif
