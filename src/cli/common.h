/* What several commands do alike. */
#ifndef TURNOUT_CLI_COMMON_H
#define TURNOUT_CLI_COMMON_H

#include <stdint.h>

#include "cli/args.h"
#include "report/listing.h"
#include "report/out.h"
#include "store/store.h"

/* Opens the event file that the first operand names; what is missing (a state folder, a time zone) is said on stderr. */
struct store *cli_open(const struct args *args, enum store_mode mode, struct err *err) TURNOUT_MUST_CHECK;

/* The event file for a command that writes a little and ends: where a server or a kiosk of this user holds it, it is borrowed from them for that
 * long (net/lending.h). */
struct cli_file { /* a zeroed struct is none */
	struct store *store;
	int borrowed; /* a connection, plus one; 0: from nobody */
};
bool cli_file_open(const struct args *args, struct cli_file *out, struct err *err) TURNOUT_MUST_CHECK;
void cli_file_close(struct cli_file *file);

/* Ends a transaction: commits when `ok`, else undoes it. True when the changes are durable. */
bool cli_end(struct store *store, bool ok, struct err *err) TURNOUT_MUST_CHECK;

/* One line on stderr, "turnout: …". */
void cli_say(const char *fmt, ...) TURNOUT_PRINTF(1, 2);

/* "1 person", "60 people". */
#define CLI_COUNT_MAX 80
const char *cli_count(char text[CLI_COUNT_MAX], int64_t n, const char *one, const char *many);

/* "3 cancelled, 1 waiting": those who are not let in, by why; returns how many. `counts` has REGISTRATION_COUNT numbers. */
size_t cli_registrations(const size_t *counts, struct strbuf *out);

/* The option --day: a day of the event, or the one after the present one ("tomorrow"); where it is not said, the present one. */
bool cli_day(const struct args *args, struct store *store, int64_t *day, struct err *err) TURNOUT_MUST_CHECK;

/* The form that --json and --csv ask for. */
bool cli_form(const struct args *args, enum listing_form *form, struct err *err) TURNOUT_MUST_CHECK;

/* An argument as text of the house (utf8_clean); new memory for free(). `what` names it in the error. NULL when it is no UTF-8 or longer
 * than `max` bytes. */
char *cli_text(const char *what, const char *argument, size_t max, struct err *err) TURNOUT_MUST_CHECK;

/* The index of the value of an option among the NULL-ended words; 0 when it was not given. ERR_USAGE names the words. */
bool cli_choice(const struct args *args, const char *option, const char *const *words, size_t *index, struct err *err) TURNOUT_MUST_CHECK;

/* A bar on stderr, drawn only when that is a terminal. A zeroed struct with `what` set is ready. */
struct progress {
	const char *what;
	int percent; /* drawn last, plus one; 0: nothing drawn */
};
void progress_show(void *progress, size_t done, size_t count);
void progress_end(struct progress *progress);

#endif
