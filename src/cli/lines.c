#include "cli/lines.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

/* Reads on behind what is there already. */
static bool fill(struct lines *l, struct err *err) {
	ssize_t n;
	memmove(l->buffer, l->buffer + l->from, l->to - l->from);
	l->to -= l->from;
	l->from = 0;
	do {
		n = read(l->fd, l->buffer + l->to, sizeof l->buffer - l->to);
	} while (n < 0 && errno == EINTR);
	if (n < 0) {
		return err_errno(err, "cannot read standard input");
	}
	l->ended = n == 0;
	l->to += (size_t)n;
	return true;
}

static bool holds_line(const struct lines *l) { return l->ended || memchr(l->buffer + l->from, '\n', l->to - l->from) != NULL; }

bool lines_waiting(struct lines *l) {
	struct pollfd input = {.fd = l->fd, .events = POLLIN};
	struct err later = {0}; /* lines_next meets it again */
	while (!holds_line(l) && l->to - l->from < sizeof l->buffer) {
		if (poll(&input, 1, 0) != 1 || !fill(l, &later)) {
			return false;
		}
	}
	return holds_line(l);
}

bool lines_next(struct lines *l, const char **line, size_t *len, struct err *err) {
	size_t n = 0;
	bool begun = false;
	bool whole = false;
	*line = NULL;
	while (!whole) {
		if (l->from == l->to && (l->ended || !fill(l, err))) {
			if (!l->ended) {
				return false;
			}
			break;
		}
		const char *at = l->buffer + l->from;
		const char *end = memchr(at, '\n', l->to - l->from);
		size_t part = end ? (size_t)(end - at) : l->to - l->from;
		size_t room = LINE_MAX_LEN - n;
		memcpy(l->line + n, at, part < room ? part : room);
		n += part < room ? part : room;
		begun = begun || part != 0 || end != NULL;
		whole = end != NULL;
		l->from += part + (whole ? 1 : 0);
	}
	if (!begun) {
		return true;
	}
	if (!l->begun && n >= 3 && memcmp(l->line, "\xEF\xBB\xBF", 3) == 0) { /* a byte order mark before the first line */
		n -= 3;
		memmove(l->line, l->line + 3, n);
	}
	l->begun = true;
	const char *cr = memchr(l->line, '\r', n);
	*len = cr ? (size_t)(cr - l->line) : n;
	l->line[*len] = '\0';
	*line = l->line;
	return true;
}
