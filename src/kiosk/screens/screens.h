/* All screens, by their ids: what model_init takes. The rows stand in kiosk/screen.h. */
#ifndef TURNOUT_KIOSK_SCREENS_SCREENS_H
#define TURNOUT_KIOSK_SCREENS_SCREENS_H

#include "kiosk/screen.h"

#define SCREEN_DECLARATION(id, file) extern const struct screen screen_##file;
SCREENS(SCREEN_DECLARATION)
#undef SCREEN_DECLARATION

extern const struct screen *const screens_all[SCREEN_COUNT];

#endif
