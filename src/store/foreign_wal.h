/* A write-ahead log that lies beside an event file and belongs to another.
 *
 * SQLite plays whatever "EVENT-wal" it finds, and looks for nothing that ties it to the file: after a copy over a file whose writer died, or a file
 * that was moved without it, pages of two files are mixed. So what a crash left is played on a copy first. When the records' hashes (or SQLite's own
 * checks) fail there, and fail less without it, it is set aside under another name. A file and its log that were copied together belong together,
 * whoever made them. */
#ifndef TURNOUT_STORE_FOREIGN_WAL_H
#define TURNOUT_STORE_FOREIGN_WAL_H

#include <stdbool.h>

#include "base/err.h"

/* Does it look as if a log waited beside the file that is another's? Looks at a copy, changes nothing. Who writes meanwhile may spoil the answer,
 * so nothing may be done for it alone. False also where it cannot be found out. */
bool foreign_wal_waits(const char *path);
/* The same under the writer's lock, and it is set aside, which is logged. Nothing happens where no log waits; where it cannot be found out (no room
 * for the copy), that is logged, and the log is played as ever. *played: one waits that will be played. Its records are right then, but the views may be
 * a mixture of two times, where somebody put an older copy of the file beside it: they have to be computed again. False: it is another's and cannot be set
 * aside, so the file may not be opened. */
bool foreign_wal_set_aside(const char *path, bool *played, struct err *err) TURNOUT_MUST_CHECK;

/* Under the writer's lock, before a file is made under a name that is free: a log that waits there is of a file that was moved away without it, and
 * SQLite would delete it. It is set aside, which is logged. False: it cannot be, and no file may be made there. */
bool foreign_wal_make_room(const char *path, struct err *err) TURNOUT_MUST_CHECK;

/* A file with several names (hard links) has a log beside each of them. ERR_REFUSED when changes wait beside another name in this folder: they would
 * be passed over, and then spoil the file. */
bool foreign_wal_other_names(const char *path, struct err *err) TURNOUT_MUST_CHECK;

#endif
