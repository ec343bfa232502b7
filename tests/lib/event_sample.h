/* An event file with something of everything in it, and ways to shuffle what it holds. */
#ifndef TURNOUT_TESTS_LIB_EVENT_SAMPLE_H
#define TURNOUT_TESTS_LIB_EVENT_SAMPLE_H

#include "lib/testing.h"

/* Makes NAME with people, sessions, badges, check-ins, a walk-in, edits, a join, a revocation, an undo and roles, written by several stations in several
 * logs. The path, for free(). */
char *event_sample_make(const struct scratch *s, const char *name);

/* Makes the device another one (or, with the same number, that one again). */
void event_sample_device(const struct scratch *s, int number);

/* Runs SQL on a file, behind the store's back. */
void event_sample_sql(const char *path, const char *sql);
int64_t event_sample_number(const char *path, const char *sql);

/* Brings into the file whatever another one holds and it lacks, as files do that meet, and computes the views. */
void event_sample_merge(const char *into, const char *from);

/* The digest of a file's views as hexadecimal text. */
void event_sample_digest(const char *path, char hex[65]);

/* Opens for writing, or fails the test. */
struct store *event_sample_open(const char *path);

#endif
