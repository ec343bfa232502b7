/* Scripts: timed input for the real program, for tests and demonstrations. One command a line, "#" begins a comment:
 *
 *   at MS touch X Y           at MS key NAME        at MS text WORDS       at MS wedge CODE
 *   at MS camera SOURCE       at MS clock TIME      at MS screenshot NAME  at MS quit
 *   at MS press X Y           at MS move X Y        at MS release
 *
 * MS are milliseconds since the event's first picture; when a step comes late, what follows is later by as much. Lines may stand in any order. X and Y are pixels. NAME of a key is SDL's scancode
 * name ("Return"). SOURCE as --camera takes it, a bare path is a file. TIME is RFC 3339; without an offset it is the event's local time.
 * Pure: nothing is opened here. Caps: SCRIPT_FILE_MAX bytes, SCRIPT_STEPS_MAX lines. */
#ifndef TURNOUT_KIOSK_SCRIPT_H
#define TURNOUT_KIOSK_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define SCRIPT_FILE_MAX ((size_t)1 << 20)
#define SCRIPT_STEPS_MAX 10000
#define SCRIPT_MS_MAX (24 * 3600 * 1000)

enum script_verb {
	SCRIPT_TOUCH,
	SCRIPT_KEY,
	SCRIPT_TEXT,
	SCRIPT_WEDGE,
	SCRIPT_CAMERA,
	SCRIPT_CLOCK,
	SCRIPT_SCREENSHOT,
	SCRIPT_QUIT,
	SCRIPT_PRESS,
	SCRIPT_MOVE,
	SCRIPT_RELEASE,
	SCRIPT_VERBS
};

struct script_step {
	int ms;
	enum script_verb verb;
	int x, y;
	char *text; /* the rest of the line; "" */
	size_t line;
};

struct script { /* ordered by time, lines of one time as they stand */
	struct script_step *items;
	size_t count, cap;
};

/* Errors: "name:line:column: what is wrong". */
bool script_parse(const char *name, const char *text, size_t n, struct script *out, struct err *err) TURNOUT_MUST_CHECK;
bool script_load(const char *path, struct script *out, struct err *err) TURNOUT_MUST_CHECK;
void script_fini(struct script *script);

#endif
