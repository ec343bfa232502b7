/* The event's days and nights as the views have them (event/event_day.h): of its setting "dates" and its sessions, but for those that are cancelled. */
#ifndef TURNOUT_STORE_READ_CALENDAR_H
#define TURNOUT_STORE_READ_CALENDAR_H

#include "base/err.h"
#include "event/event_day.h"

struct store;

/* For event_calendar_fini, also on failure. */
bool calendar_load(struct store *store, struct event_calendar *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
