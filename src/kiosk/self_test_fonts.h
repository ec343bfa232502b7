/* Whether every character of every name can be drawn: of people, sessions, and whom the event thanks. */
#ifndef TURNOUT_KIOSK_SELF_TEST_FONTS_H
#define TURNOUT_KIOSK_SELF_TEST_FONTS_H

#include "kiosk/self_check.h"

self_check_fn self_check_fonts;

#endif
