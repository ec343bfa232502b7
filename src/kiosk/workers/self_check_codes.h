/* Whether hand scanners that type can deliver the codes of the roster: what is on no key of the US layout reaches the kiosk from the camera alone. */
#ifndef TURNOUT_KIOSK_WORKERS_SELF_CHECK_CODES_H
#define TURNOUT_KIOSK_WORKERS_SELF_CHECK_CODES_H

#include "kiosk/workers/self_check.h"

self_check_fn self_check_codes;

#endif
