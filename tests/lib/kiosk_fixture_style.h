/* A style that is not the default one: large print in colours of high contrast, as an example and for tests. */
#ifndef TURNOUT_TESTS_LIB_KIOSK_FIXTURE_STYLE_H
#define TURNOUT_TESTS_LIB_KIOSK_FIXTURE_STYLE_H

#include "kiosk/ui/theme.h"

#define KIOSK_FIXTURE_LARGER 1.25

/* Type, controls (the lengths that stand before LINE_HAIR) and what lines of text stand in are so much larger. */
struct style kiosk_fixture_large(void);

#endif
