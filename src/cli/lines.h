/* Lines from a pipe, as scanners and scripts write them: taken as soon as they are whole, never waiting for more. */
#ifndef TURNOUT_CLI_LINES_H
#define TURNOUT_CLI_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define LINE_MAX_LEN 4096 /* bytes kept of one line; what is beyond is dropped */

struct lines { /* a zeroed struct with `fd` set is ready */
	int fd;
	char buffer[16384];
	size_t from, to; /* what is read and not handed out yet */
	char line[LINE_MAX_LEN + 1];
	bool begun, ended;
};

/* The next line without its end and without a carriage return and what follows it, NUL behind it; NULL at the end of the file. Bytes
 * may be anything; a byte order mark at the beginning is left out. Owned by `lines` until the next call. */
bool lines_next(struct lines *lines, const char **line, size_t *len, struct err *err) TURNOUT_MUST_CHECK;
/* True when lines_next has an answer without waiting for who writes: a whole line is there, or the end. */
bool lines_waiting(struct lines *lines);

#endif
