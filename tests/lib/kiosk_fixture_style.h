/* A style that is as far from the default one as a box can ask for: large print in colours of high contrast. */
#ifndef TURNOUT_TESTS_LIB_KIOSK_FIXTURE_STYLE_H
#define TURNOUT_TESTS_LIB_KIOSK_FIXTURE_STYLE_H

#include "kiosk/ui/style.h"

struct style kiosk_fixture_large(void);

#endif
