/* What the threads have found out, told to the model. */
#ifndef TURNOUT_KIOSK_APP_TAKE_H
#define TURNOUT_KIOSK_APP_TAKE_H

#include "kiosk/app_state.h"

/* All that they have told since. */
void app_take_all(struct app *app);
void app_take_found(struct app *app);
/* That the box starts in: its command line's, else the device's; NULL: as the event says. */
const char *app_own_language(const struct app *app);

#endif
