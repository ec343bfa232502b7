/* The event file, the disk it lies on, and the clock. */
#ifndef TURNOUT_KIOSK_WORKERS_SELF_CHECK_FILE_H
#define TURNOUT_KIOSK_WORKERS_SELF_CHECK_FILE_H

#include "kiosk/workers/self_check.h"

self_check_fn self_check_event;
self_check_fn self_check_disk;
self_check_fn self_check_clock;

#endif
