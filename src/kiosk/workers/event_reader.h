/* A thread's own connection to the event file, which only reads. Where the file was taken away and put back, it is read from the one that is there now; the old
 * one serves as long as there is none. */
#ifndef TURNOUT_KIOSK_WORKERS_EVENT_READER_H
#define TURNOUT_KIOSK_WORKERS_EVENT_READER_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

struct store;

#define READER_CACHE_KIB 4096 /* enough for who reads a file through now and then: a kiosk has several of them, and 80 MB in all */

#define WAITED_CACHE_KIB 8192 /* for who is asked while a visitor waits: the kernel keeps the file, too */

struct event_reader {                   /* with `path` set and else zeroed it is closed */
	const char *path;               /* borrowed */
	void (*closing)(void *context); /* called before a store is closed, for who borrows it; may be NULL */
	void *context;
	int cache_kib;       /* so much of the file it keeps in memory; 0: READER_CACHE_KIB */
	struct store *store; /* NULL: closed */
	dev_t device;        /* of the file that it reads */
	ino_t inode;
};

/* Opens the file, in place of the one that is open. False: that one stays. */
bool event_reader_open(struct event_reader *reader, struct err *err) TURNOUT_MUST_CHECK;
/* The same where another file is there than the one that is open, or none is open. *other: it was opened. */
bool event_reader_look(struct event_reader *reader, bool *other, struct err *err) TURNOUT_MUST_CHECK;
void event_reader_close(struct event_reader *reader);

#endif
