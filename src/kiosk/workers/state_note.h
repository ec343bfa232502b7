/* What a kiosk remembers from one start to the next in a few lines of text, in the state folder (store/log/identity.h): whoever switches a box off and on is told by
 * it what was counted before. */
#ifndef TURNOUT_KIOSK_WORKERS_STATE_NOTE_H
#define TURNOUT_KIOSK_WORKERS_STATE_NOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

/* False: nothing is kept by that name, or it cannot be read, or has more than `most` bytes. */
bool state_note_read(const char *name, size_t most, struct strbuf *out);
/* "" forgets it. Where it cannot be kept, that is logged: `what` is "wrong PINs". */
void state_note_write(const char *name, const char *text, const char *what);

#endif
