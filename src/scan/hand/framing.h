/* What a hand scanner puts around each code: where it begins, and what ends it. Pure.
 *
 * Marks are set per device and written so: the words none, enter, tab, stx, etx, or any text, in which \r \n
 * \t \\ and \xHH stand for themselves. */
#ifndef TURNOUT_SCAN_HAND_FRAMING_H
#define TURNOUT_SCAN_HAND_FRAMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define FRAMING_MARK_MAX 8
#define FRAMING_TEXT_MAX (4 * FRAMING_MARK_MAX + 1) /* of a mark as written, with its NUL */
#define FRAMING_CODE_MAX 2048
#define FRAMING_PAUSE_MS 100  /* ends a code that nothing else ends */
#define FRAMING_STALE_MS 2000 /* half a code after which nothing came was none */

struct framing_mark {
	char bytes[FRAMING_MARK_MAX];
	size_t length; /* 0: none */
};

struct framing {                    /* a zeroed struct: no prefix, a line's end behind each code */
	struct framing_mark prefix; /* what comes before it is not a code's */
	struct framing_mark suffix;
	bool pause; /* nothing ends a code but a pause; else, without a suffix, CR, LF or both do */
};

/* A mark as people write it. ERR_USAGE when it is too long or holds an unknown escape. "enter" is a mark of one CR. */
bool framing_mark_parse(const char *text, struct framing_mark *out, struct err *err) TURNOUT_MUST_CHECK;
void framing_mark_print(const struct framing_mark *mark, char out[FRAMING_TEXT_MAX]);
/* The framing of two such texts; "enter" as suffix is any line's end, "none" a pause. */
bool framing_parse(const char *prefix, const char *suffix, struct framing *out, struct err *err) TURNOUT_MUST_CHECK;

/* --- bytes that come one after another, as from a serial scanner --- */

struct framer { /* a zeroed struct is ready */
	char text[FRAMING_CODE_MAX + 1];
	size_t length; /* of the code after true, NUL behind it */
	int64_t last_ms;
	bool done, overlong;
};

/* One byte, with a clock that does not go back. True: `text` holds a code (never empty) until the next call. */
bool framer_byte(struct framer *f, const struct framing *framing, char byte, int64_t now_ms);
/* Nothing came until now. True when that ended a code. */
bool framer_pause(struct framer *f, const struct framing *framing, int64_t now_ms);
/* Milliseconds until framer_pause may be true; -1: it will not. */
int framer_due_ms(const struct framer *f, const struct framing *framing, int64_t now_ms);

/* True when the text ends with the mark (which is not empty). */
bool framing_ends(const char *text, size_t n, const struct framing_mark *mark);
/* True when the text begins with it; an empty mark begins every text. */
bool framing_begins(const char *text, size_t n, const struct framing_mark *mark);

#endif
