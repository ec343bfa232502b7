/* One check of the self-test (self_checks.h): what it is given, and what it answers.
 *
 * Answers are data, so that a terminal says them in English and a screen in whatever language it is in just then. */
#ifndef TURNOUT_KIOSK_WORKERS_SELF_CHECK_H
#define TURNOUT_KIOSK_WORKERS_SELF_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "scan/camera/worker.h"
#include "words/words.h"

struct store;

enum self_verdict {
	SELF_FINE,
	SELF_LOOK,  /* the station works, and somebody should look at this */
	SELF_FAULT, /* it does not do what it is there for */
	SELF_VERDICT_COUNT
};

/* In which context of the catalogues messages of checks stand, and names of checks. */
#define SELF_CONTEXT "self-test"
#define SELF_NAME_CONTEXT "a check of the self-test"

#define SELF_VALUES_MAX 5

/* A message of the catalogues (MARK) and what stands in its placeholders; a zeroed one says nothing. */
struct self_saying {
	const char *message; /* static; NULL: nothing */
	struct {
		const char *name; /* static */
		char *value;      /* owned */
	} values[SELF_VALUES_MAX];
	size_t count;
};

struct self_checked { /* a zeroed one is fine and says nothing */
	enum self_verdict verdict;
	struct self_saying text; /* what was found */
	struct self_saying help; /* what is to be done about it */
	struct strbuf detail;    /* why, as an English sentence of whoever failed; "" */
};

void self_checked_fini(struct self_checked *checked);

/* With one more value for a placeholder. */
void self_value(struct self_saying *saying, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* A verdict, what was found and why not more: each may be NULL. */
void self_say(struct self_checked *out, enum self_verdict verdict, const char *text, const char *help);
void self_say_why(struct self_checked *out, const char *text, const struct err *why, const char *help); /* a fault */

/* Appends it in that tongue; NULL: as it stands in the source, in English. Nothing where nothing is said. */
void self_saying_add(struct strbuf *out, const struct self_saying *saying, const struct tongue *tongue);

/* How a camera that the kiosk has opened is found: it must not be opened a second time. */
struct self_camera {
	bool none, lost;              /* as the kiosk sees it */
	char reason[SCAN_REASON_MAX]; /* why it is lost; else its name */
	struct scan_worker *worker;   /* asked for its pictures (scan_worker_pulse) */
};

/* Through what the kiosk sounds: a sound device must not be opened a second time either. */
struct self_sound {
	char problem[SCAN_REASON_MAX]; /* "": there is sound */
	void (*chime)(void *context);  /* plays it, or has it played, and does not wait */
	void *context;
};

/* What a check looks at; none changes it. */
struct self_subject {
	const char *event;   /* the path of its file */
	const char *camera;  /* as --camera */
	const char *point;   /* as --point */
	struct store *store; /* NULL: the event file cannot be opened */
	const struct err *why;
	/* Of a kiosk that runs; else NULL, and the check opens them itself. */
	const struct self_camera *own_camera;
	const struct self_sound *own_sound;
	int64_t clock_ahead_ms; /* of the station's clock before the machine's */
	bool clock_vouched;     /* somebody said what time it is */
	int stop_fd;            /* readable when it is to end early; -1: nothing ends it */
};

/* Waits so long; false when it is to end before. */
bool self_wait(const struct self_subject *subject, int ms);

/* Fills a zeroed answer. */
typedef void self_check_fn(const struct self_subject *subject, struct self_checked *out);

#endif
