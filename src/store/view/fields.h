/* Things that are nothing but their fields: the row holds them as one JSON object of texts, and "status" apart. */
#ifndef TURNOUT_STORE_VIEW_FIELDS_H
#define TURNOUT_STORE_VIEW_FIELDS_H

#include "base/strbuf.h"
#include "store/sql/statements.h"
#include "store/view/register.h"

/* The object: what is in force and not empty, in byte order. */
bool fields_write(const struct registers *r, struct strbuf *out, struct err *err) TURNOUT_MUST_CHECK;
/* Runs a statement that puts ?1 the id, ?2 the object, ?3 "active" or "removed". */
bool fields_put(struct stmt *put, const char *id, const struct registers *r, struct err *err) TURNOUT_MUST_CHECK;
/* Runs a statement that takes away the row of ?1. */
bool fields_drop(struct stmt *drop, const char *id, struct err *err) TURNOUT_MUST_CHECK;

#endif
