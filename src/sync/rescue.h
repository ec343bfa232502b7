/* What a writer still holds of an event file that was taken from under it (store/sql/held_file.h), kept in the state folder until the right file is
 * back.
 *
 * The rescue is laid out like a USB stick (sync/stick.h): sealed runs, all that the open file holds, in the folder "rescue" of the state folder.
 * Whoever opens a file of that event for writing on this device takes them over, and takes the rescue away when everything in it is in the
 * file. A stick takes it too, and so does `turnout sync`. */
#ifndef TURNOUT_SYNC_RESCUE_H
#define TURNOUT_SYNC_RESCUE_H

#include "store/store.h"

/* Of a store whose transaction ended with ERR_GONE, which is let go of (store_let_go): adds to `gone` where the rest is kept. Of a file that was
 * overwritten, what is open is not to be trusted: there it is what this process recorded itself (store/file/recent.h), sealed as well, in a file
 * of its own. It is taken over by a file that holds what came before it in its log. */
void rescue_keep(struct store *store, struct err *gone);

/* store_open for writing, and rescue_take; what could not be taken over is a warning in the log. */
struct store *rescue_open(const char *path, const char *program, struct err *err) TURNOUT_MUST_CHECK;

/* The same of one event's file: ERR_GONE where another event's stands in its place, which gets nothing of any rescue. */
struct store *rescue_open_event(const char *path, const struct hash *event, const char *program, struct err *err) TURNOUT_MUST_CHECK;

/* After opening for writing. *records: how many came from a rescue; 0 where there is none. False when there is one that could not be taken over: it
 * stays. */
bool rescue_take(struct store *store, size_t *records, struct err *err) TURNOUT_MUST_CHECK;

#endif
