/* Who holds an event file. The lock is a file "EVENT.lock" beside it: its text names the last writer, an open-file-description lock
 * on its first byte says that the writer lives. Readers share a lock on the second byte; it stops nobody and only tells the last
 * reader to leave that SQLite's side files can go. */
#ifndef TURNOUT_STORE_SQL_LOCK_H
#define TURNOUT_STORE_SQL_LOCK_H

#include "base/err.h"

struct lock;

/* Takes the writer's lock: of the file, under whatever names. Released after SQLite's connection is closed. ERR_BUSY with the holder's text when somebody has it. `holder` is one line: program, process, host. */
struct lock *lock_write(const char *event_path, const char *holder, struct err *err) TURNOUT_MUST_CHECK;

#define LOCK_HOLDER_MAX 256
/* Who has it, or had it last, for those who say it in words of their own. */
void lock_written_by(const char *event_path, char text[LOCK_HOLDER_MAX]);

/* No writer holds it now. */
bool lock_is_free(const char *event_path);

/* Notes a reader. Never fails: where there is no lock file, or it cannot be opened, the answer is an empty lock. */
struct lock *lock_read(const char *event_path);

/* Releases. A reader that was the last one, with no writer about, removes the empty WAL and the shared memory that its own reading
 * made; a reading command so leaves the folder as it was. NULL is fine. */
void lock_release(struct lock *lock);

/* "turnout-kiosk, process 4711 on booth-2", for lock_write. */
void lock_holder(const char *program, char text[200]);

#endif
