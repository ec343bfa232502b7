/* A USB stick: a replica that cannot speak. In a folder "turnout-<16 digits of the event>" lies one file a log, "<32 digits of the log>.runs":
 * pieces, each a length (4 bytes, big-endian) and an envelope with a message of kind "stick". A visit reads what we lack and appends what the
 * stick lacks. A stick acknowledges nothing. */
#ifndef TURNOUT_SYNC_STICK_H
#define TURNOUT_SYNC_STICK_H

#include "sync/replica.h"

#define STICK_FILE_MAX (256 * 1024 * 1024) /* bytes of one log's file */
#define STICK_FILES_MAX 20000

struct stick_report {
	size_t read, written; /* records: new here; new on the stick */
	size_t files;         /* written */
	size_t damaged; /* files of which a part could not be read; `why` is the first one's. They were mended from our own records. */
	char why[ERR_TEXT_MAX + 64];
	size_t newer; /* files with pieces of a newer Turnout: read up to there, and left as they are */
	bool branched;
};

/* Where the event's files lie on a stick; for free(). */
char *stick_event_folder(const char *folder, const struct hash *event);

enum stick_step {
	STICK_READING,
	STICK_READING_AGAIN, /* once more, because something could not be taken: it may have needed what stands further on */
	STICK_WRITING,
	STICK_CHECKING, /* what was written is read back */
	STICK_SYNCING,  /* the new file takes the old one's place, and the stick is asked to hold all of it */
	STICK_STEP_COUNT
};

/* How far a visit is. */
struct stick_way {
	enum stick_step step;
	double part; /* of the whole visit, 0 to 1: it never becomes less, and 1 is told when all that was to be written is on the stick */
	size_t done, count; /* while it is read, bytes; afterwards records of the files that are written anew: 0 where none is */
};

struct stick_options {
	const char *folder; /* of the stick */
	/* May be NULL. False ends the visit: what was written whole stays. */
	bool (*progress)(void *context, const struct stick_way *way);
	void *context;
};

/* True when everything that was there to read is durable here, and everything of ours was written and read back. ERR_NOT_FOUND: there is no
 * such folder; ERR_SYSTEM: the stick is full, write-protected, bad or was pulled out (what was on it before is untouched); ERR_REFUSED: ended
 * by `progress`. ERR_VERSION: everything else was read and written, but a file of a newer Turnout lacks something of ours and was left as it
 * is. */
bool stick_visit(const struct replica *replica, const struct stick_options *options, struct stick_report *report,
		 struct err *err) TURNOUT_MUST_CHECK;

#endif
