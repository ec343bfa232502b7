/* The days of an event as people read them. */
#ifndef TURNOUT_CLI_DATES_H
#define TURNOUT_CLI_DATES_H

#include <stddef.h>
#include <stdint.h>

/* "14–15 травня 2026", "31 May – 2 June 2026", "14, 16 May 2026" in the first of the languages ("uk,en": Ukrainian, Russian or else
 * English), from ascending days since 1970-01-01. New memory for free(); "" without days. */
char *dates_text(const int64_t *days, size_t count, const char *languages);

#endif
