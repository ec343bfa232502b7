#include "kiosk/screens/screens.h"

#define SCREEN_TABLE_ROW(id, file) [SCREEN_##id] = &screen_##file,
const struct screen *const screens_all[SCREEN_COUNT] = {SCREENS(SCREEN_TABLE_ROW)};
