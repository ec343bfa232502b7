/* An agenda that no panel holds: many days, rooms and tracks, and sessions that end after midnight. */
#ifndef TURNOUT_TESTS_LIB_KIOSK_CROWD_H
#define TURNOUT_TESTS_LIB_KIOSK_CROWD_H

#include "kiosk/workers/event.h"

#define CROWD_ROOMS 12

/* From 14 May 2026 on, in Kyiv: in each of 12 rooms a session every 70 minutes from 08:00 on, the last of them until after midnight; so many days
 * of them as `sessions` needs, but at least `days`, which are the event's. Sessions are called "Session NUMBER, …", by the number that is their index. */
struct kiosk_event *kiosk_crowd_event(size_t sessions, size_t days);

#endif
