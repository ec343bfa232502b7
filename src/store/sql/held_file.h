/* Is the file that is being written still the one under its name?
 *
 * Files are replaced, moved, deleted and overwritten by people and programs that know nothing of a kiosk which has them open; what is written
 * then goes to nobody. A writer knows how the file and its write-ahead log looked when it touched them last (device, inode, size, and when the
 * file itself was changed: in WAL mode that happens only when this writer moves the log into it), and looks again before it says that
 * something is on disk: two calls of stat(2), one more before it begins to write.
 *
 * What is not seen: somebody who replaces a file and puts the very same one back in between. */
#ifndef TURNOUT_STORE_SQL_HELD_FILE_H
#define TURNOUT_STORE_SQL_HELD_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "base/err.h"

/* How one of the two files looked. */
struct file_sight {
	bool there;
	dev_t device;
	ino_t inode;
	int64_t size; /* bytes */
	struct timespec changed;
};

enum file_verdict {
	FILE_SAME,
	FILE_AWAY,        /* deleted, moved, or another stands under the name: what was open is whole */
	FILE_OVERWRITTEN, /* its very bytes were changed or cut: nothing that was open can be trusted */
};

struct held_file {
	bool on;
	struct file_sight file, wal;
};

/* Both as they are now; what is noted is what holds from here on. */
void held_file_note(struct held_file *held, const char *path, const char *wal_path);

/* Before writing: the write-ahead log alone. */
enum file_verdict held_file_before(const struct held_file *held, const char *wal_path);
/* After a commit: both. The size to which the log grew is noted. */
enum file_verdict held_file_after(struct held_file *held, const char *path, const char *wal_path);

/* ERR_GONE, in words that say what to do; false. */
bool held_file_fail(enum file_verdict verdict, struct err *err);

#endif
