/* Where staff put a box, kept in the state folder: after a power cut it stands there again. It holds for one event, and as long as the box is started with the same
 * --point: who starts it with another one means that. */
#ifndef TURNOUT_KIOSK_WORKERS_STAND_NOTE_H
#define TURNOUT_KIOSK_WORKERS_STAND_NOTE_H

#include "base/crypto.h"

/* What names the place (station/stand.h); NULL: staff put it nowhere else. For free(). */
char *stand_note_read(const struct hash *event, const char *started_at);
void stand_note_write(const struct hash *event, const char *started_at, const char *stand);

#endif
