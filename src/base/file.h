/* Files: read whole with a cap, written whole or not at all. */
#ifndef TURNOUT_BASE_FILE_H
#define TURNOUT_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

/* The mode of whatever this program makes: names, codes and keys are nobody else's. A stricter umask makes it stricter yet. What is there
 * already and is written over keeps its own. */
#define FILE_PRIVATE 0600

/* Reads the whole file ("-" is stdin) into `out`. ERR_INPUT when it is longer than `cap` bytes. */
bool file_read(const char *path, size_t cap, struct strbuf *out, struct err *err) TURNOUT_MUST_CHECK;
/* The same of a medium that a stranger may have prepared: a plain file only, no link, and no pipe that would be waited for (ERR_INPUT). */
bool file_read_plain(const char *path, size_t cap, struct strbuf *out, struct err *err) TURNOUT_MUST_CHECK;

/* Whether a file may have that name: false, with what to do, where it is a folder's or the folder above it is not there (ERR_REFUSED). */
bool file_place_check(const char *path, struct err *err) TURNOUT_MUST_CHECK;
/* Whether a new file may: nor where something has that name, a link to nothing included. */
bool file_new_check(const char *path, struct err *err) TURNOUT_MUST_CHECK;

/* Makes an empty file, which must not be there yet; a link of that name is there, whatever it leads to (ERR_REFUSED). */
bool file_make(const char *path, struct err *err) TURNOUT_MUST_CHECK;

/* Writes under a temporary name in the same folder, fsync, rename, fsync of the folder: after true the new content is on disk,
 * after false the old one is untouched. "-" writes to stdout. A symbolic link stays and what it names is written; what is no plain file
 * (a pipe, a device) is written to directly. */
bool file_write(const char *path, const void *data, size_t n, struct err *err) TURNOUT_MUST_CHECK;

/* Whether file_write could begin, for who does what cannot be taken back before it writes. Leaves nothing there. */
bool file_write_try(const char *path, struct err *err) TURNOUT_MUST_CHECK;

/* The same for a medium that may be pulled out: read back from it, not from memory, and compared before it takes the old one's place. Keeps
 * no mode (sticks have none). Writes "PATH.new" first, over nothing that a link of that name points to. */
struct file_watch {
	bool (*moved)(void *context, size_t done); /* of 2 n bytes: each is written, then read back. False ends it (ERR_REFUSED). */
	void *context;
};
/* `watch` may be NULL. */
bool file_write_checked(const char *path, const void *data, size_t n, const struct file_watch *watch, struct err *err) TURNOUT_MUST_CHECK;

/* Bytes of a plain file; 0 when there is none. */
size_t file_size(const char *path);

/* Removes a file and makes the removal durable. No file is no error. */
bool file_remove(const char *path, struct err *err) TURNOUT_MUST_CHECK;

/* Makes a folder and those above it (mode 0700 for those it makes, which are durable). */
bool file_mkdirs(const char *path, struct err *err) TURNOUT_MUST_CHECK;

bool file_exists(const char *path);
bool file_is_dir(const char *path);
bool file_is_link(const char *path); /* a symbolic one, wherever it leads */

/* The names (no "." files) in a folder, sorted bytewise; `names` and each name are for free(). At most `cap`, else ERR_INPUT. */
bool file_list(const char *folder, size_t cap, char ***names, size_t *count, struct err *err) TURNOUT_MUST_CHECK;

/* A lock on one byte of an open file, shared or alone, taken at once or not at all. It is this descriptor's (an open-file-description lock), not the
 * process's: closing another one drops nothing, and it goes with the descriptor, also when the process is killed. Another process may hold it for a
 * moment longer than its parent lives, never shorter. See fcntl(2). */
bool file_lock_byte(int fd, int64_t byte, bool shared);
/* Opens (makes) a file and holds it alone until the descriptor is closed, waiting for who holds it for `most_ms` at most. -1: not got. */
int file_hold(const char *path, int most_ms);

/* The last part of a path; points into it. */
const char *file_base_name(const char *path);

/* "folder/name", new memory for free(). */
char *file_join(const char *folder, const char *name);

#endif
