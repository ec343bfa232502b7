/* Whether every character of every name can be drawn: of people, sessions, and whom the event thanks. */
#ifndef TURNOUT_KIOSK_WORKERS_SELF_CHECK_FONTS_H
#define TURNOUT_KIOSK_WORKERS_SELF_CHECK_FONTS_H

#include "kiosk/workers/self_check.h"

self_check_fn self_check_fonts;

#endif
