/* What the screen is told of a scan. */
#ifndef TURNOUT_KIOSK_WORKERS_DESK_REPLY_H
#define TURNOUT_KIOSK_WORKERS_DESK_REPLY_H

#include "kiosk/workers/desk_message.h"
#include "station/desk.h"

void desk_reply_fill(struct desk_message *m, const struct desk_answer *answer);
/* Whether their label is to be printed: for who comes in at the entrance and had none printed anywhere, as far as is known. */
void desk_reply_label(struct desk_message *m, struct store *store, const struct kiosk_event *event);
/* Of somebody who was put on the roster just now: the code that they get. */
void desk_reply_code(struct desk_message *m, const struct desk_answer *answer);
/* Names another session that runs while the one whose door it was does, and has places left, by its index. */
void desk_reply_other(struct desk_message *m, struct store *store, const struct desk_answer *answer, const struct sessions *sessions);

#endif
