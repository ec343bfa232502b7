/* What the event files of a folder hold, read without writing to them. */
#ifndef TURNOUT_HUB_WATCH_H
#define TURNOUT_HUB_WATCH_H

#include "base/err.h"
#include "base/strbuf.h"
#include "store/audit.h"

#define WATCH_FILES_MAX 1000
#define WATCH_ENDING ".turnout"

struct watched {
	char *file; /* its name in the folder */
	char *title;
	char id[65]; /* of the event, hexadecimal */
	struct audit_status status;
	char problem[ERR_TEXT_MAX]; /* why it cannot be read; "" when it can: then the members above are filled */
};

struct watch {
	struct watched *items; /* by name */
	size_t count, cap;
};

/* Reads every *.turnout of the folder. A file that cannot be read is an item with a problem; false only when the folder cannot be. */
bool watch_read(const char *folder, struct watch *out, struct err *err) TURNOUT_MUST_CHECK;
void watch_fini(struct watch *watch);

bool watch_healthy(const struct watch *watch);

/* The three things a hub says about them: Prometheus text (version 0.0.4), a JSON array of events, and one line a file. */
void watch_metrics(const struct watch *watch, struct strbuf *out);
void watch_json(const struct watch *watch, struct strbuf *out);
void watch_health(const struct watch *watch, struct strbuf *out);

#endif
