/* Who was where for how long: a line for each person and session, and for each person and day of the event (event/stay.h). Who only got something at a point was
 * not present there. Kiosks need no exits for that: what nobody ended ends by rule, and says so. */
#ifndef TURNOUT_REPORT_LIST_PRESENCE_H
#define TURNOUT_REPORT_LIST_PRESENCE_H

#include "report/list.h"

struct store;

bool list_presence(struct store *store, const struct list_options *options, struct err *err) TURNOUT_MUST_CHECK;

#endif
