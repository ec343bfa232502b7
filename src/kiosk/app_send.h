/* To the model, and what it asks for is done. */
#ifndef TURNOUT_KIOSK_APP_SEND_H
#define TURNOUT_KIOSK_APP_SEND_H

#include "kiosk/app_state.h"

void app_send(struct app *app, const struct msg *msg);
void app_send_time(struct app *app);
void app_send_code(struct app *app, const char *text, size_t n, const char *how);
/* The cameras that there are; NULL: nobody looked. */
void app_send_cameras(struct app *app, const struct camera_list *list);

void app_perform(struct app *app, struct effect *effect);
/* What could not be asked of the store thread is told to whoever waits for it. */
void app_answer_not_taken(struct app *app);

#endif
