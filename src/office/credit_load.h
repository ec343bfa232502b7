/* Whom the event thanks, out of its file and ready for paper. */
#ifndef TURNOUT_OFFICE_CREDIT_LOAD_H
#define TURNOUT_OFFICE_CREDIT_LOAD_H

#include "badge/credit_print.h"

struct store;

/* In the event's first language. A logo that is not here yet, or that cannot be drawn, is left out and said on stderr. For credit_prints_fini. */
bool credit_prints_load(struct store *store, struct credit_prints *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
