/* USB sticks and other media that lie where systems mount them. Read from /proc/self/mountinfo (proc(5)), never from the media themselves: a dying one
 * hangs nobody. */
#ifndef TURNOUT_SYNC_MEDIA_H
#define TURNOUT_SYNC_MEDIA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define MEDIA_MAX 6
#define MEDIUM_FOLDER_MAX 512 /* bytes with the NUL; longer ones are left out */
#define MEDIUM_LABEL_MAX 64

struct medium {
	char folder[MEDIUM_FOLDER_MAX];
	char label[MEDIUM_LABEL_MAX]; /* the last part of the folder: what the stick calls itself */
};

/* Of a mountinfo's text: the devices that are mounted under /media or /run/media, where systems mount what is plugged in; in its order. Returns how many, at most cap. Pure. */
size_t media_parse(const char *mountinfo, struct medium *out, size_t cap);

/* The medium on which an absolute path lies (no links are followed), or NULL. Pure. */
const struct medium *media_of(const struct medium *media, size_t count, const char *path);

/* May a file of that name be written? A stick that somebody prepared may hold a link to a file or folder of this machine, which would be written
 * over: what is named on a medium must lie there (ERR_REFUSED). Elsewhere links are the user's own and followed. */
bool media_may_write(const char *path, struct err *err) TURNOUT_MUST_CHECK;

/* What there is now; before them the folder `given` (NULL: none), when it is there. */
size_t media_find(const char *given, struct medium *out, size_t cap);

#endif
