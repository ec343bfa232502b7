/* Errors: what went wrong, as one value that functions fill and callers wrap with their context.
 *
 * A function that can fail is `bool f(…, struct err *err)`: true means done and `err` untouched; false means `err` is filled and
 * nothing else was changed. Domain answers ("already in") are enums, never errors. An error is printed once, at the boundary. */
#ifndef TURNOUT_BASE_ERR_H
#define TURNOUT_BASE_ERR_H

#include <stdbool.h>

enum err_kind {
	ERR_NONE = 0,
	ERR_USAGE,     /* the caller asked for something that does not exist */
	ERR_INPUT,     /* a file or text from outside is wrong */
	ERR_REFUSED,   /* it is right, but not allowed (a key is missing, a rule says no) */
	ERR_NOT_FOUND, /* the thing named is not there */
	ERR_BUSY,      /* another process holds it */
	ERR_VERSION,   /* made by a newer version of this program */
	ERR_CORRUPT,   /* our own data does not hold together */
	ERR_GONE,      /* the event file that was being written is not the one under its name any more */
	ERR_SYSTEM,    /* the system said no: disk, memory, device */
};

#define ERR_TEXT_MAX 1024

struct fault; /* import/fault.h: an error as data */

struct err { /* zeroed before its first use */
	enum err_kind kind;
	char text[ERR_TEXT_MAX]; /* UTF-8, one line, no final full stop; cut at a character's boundary */
	struct fault *fault;     /* where whoever can say the error as data puts it; NULL: nobody asks. It is the asker's */
	bool has_fault;          /* *fault says what `text` says */
};

#define TURNOUT_MUST_CHECK __attribute__((warn_unused_result))
#define TURNOUT_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

/* Fills `err`; returns false, so that a function can end with `return err_set(…)`. */
bool err_set(struct err *err, enum err_kind kind, const char *fmt, ...) TURNOUT_PRINTF(3, 4);

/* As err_set with kind ERR_SYSTEM and ": " and the text of the present errno appended. */
bool err_errno(struct err *err, const char *fmt, ...) TURNOUT_PRINTF(2, 3);

/* Puts "context: " before the text of a filled error; returns false. */
bool err_wrap(struct err *err, const char *fmt, ...) TURNOUT_PRINTF(2, 3);

/* Hands an error over from another struct, to which nobody looks any more; whom the fault is for stays as it is in `err`. Returns false. */
bool err_give(struct err *err, const struct err *from);

#endif
