/* May this author write this record? Judged as of the records that are known. */
#ifndef TURNOUT_STORE_VIEW_RIGHT_H
#define TURNOUT_STORE_VIEW_RIGHT_H

#include "store/view/view.h"

/* False when it cannot be looked up: then nobody may say that it counts or does not. */
bool right_holds(struct store *store, const struct view_record *r, enum view_right right, bool *holds, struct err *err) TURNOUT_MUST_CHECK;

/* It was found before, and nothing came since that could change it: what the key writes as a station counts. */
bool right_trusts(const struct store *store, const struct public_key *key);
/* Something came that could: ask again, of joins too. */
void right_forget(struct store *store);

#endif
