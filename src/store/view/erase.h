/* The organiser's word that a subject's personal data is erased: it removes the bodies that speak of it (store/log/erasure.h). */
#ifndef TURNOUT_STORE_VIEW_ERASE_H
#define TURNOUT_STORE_VIEW_ERASE_H

#include "base/err.h"

struct store;

/* Removes the subject's bodies, wherever they are in this file; what they spoke of is computed again, without them. */
bool erase_bodies(struct store *store, const char *subject, struct err *err) TURNOUT_MUST_CHECK;

struct store_view;
extern const struct store_view view_erase;

#endif
