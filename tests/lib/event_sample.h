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

/* Opens for writing, or fails the test; event_sample_open_as as that device. */
struct store *event_sample_open(const char *path);
struct store *event_sample_open_as(const struct scratch *s, const char *path, int device);

/* An event of device 0, the organiser's laptop, with nothing in it. The path, for free(). */
char *event_sample_bare(const struct scratch *s, const char *name);

/* The device's key as that file knows it. */
struct public_key event_sample_key(const struct scratch *s, const char *path, int device);

/* One record, as that device and in a transaction of its own; nobody is asked whether it may be. */
void event_sample_append(const struct scratch *s, const char *path, int device, const struct draft *draft);
/* A check-in of nobody's code that asks nobody: what a box writes that has not heard of anything. */
void event_sample_checkin(const struct scratch *s, const char *path, int device);

/* A call on `store`, as that device and in a transaction of its own; it fills the `err` in scope. */
#define event_sample_write(s, path, device, call)                                           \
	do {                                                                                \
		struct store *store = event_sample_open_as((s), (path), (device));          \
		assert_ok(store_begin(store, &err) && (call) && store_commit(store, &err)); \
		store_close(store);                                                         \
	} while (0)

/* The views say the same when they are computed anew. */
void event_sample_stays_so(const char *path);

/* The file is opened neither for reading nor for writing; the words name it, and say that. */
void event_sample_refused(const char *path, enum err_kind kind, const char *says);

#endif
