/* Which check-ins there are of a code or person, in memory: for the question "is somebody in?", which every scan asks.
 *
 * A table ordered by who would be written at another place by every check-in; this index lets view_checkin grow at its end only. It is read
 * from that table when it is first asked, and kept by store/view/checkin.c, through which every check-in of this process comes. What was once found out
 * about a check-in is kept, so that a badge that is shown again and again costs no more each time. 24 bytes each, and 32 for each that was asked about. */
#ifndef TURNOUT_STORE_FILE_SEEN_H
#define TURNOUT_STORE_FILE_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct seen_entry {
	int64_t who, record;
	uint32_t next;  /* the next one of the same bucket, plus one; 0: none */
	uint32_t found; /* what was found out about it, plus one; 0: nothing yet */
};

struct seen_found {
	uint64_t text; /* seen_text of the code or person: 63 bits alone could be two texts' */
	int64_t utc;
	uint32_t round; /* in which it was: in a later one everything is asked again */
	int point;      /* seen_point; -1: it lets nobody in */
	bool approximate;
};

struct seen { /* a zeroed struct knows nothing yet */
	bool known;
	struct seen_entry *items;
	size_t count, cap;
	uint32_t *heads;
	size_t buckets; /* a power of two */
	uint32_t round; /* 1 and up */
	struct {
		struct seen_found *items;
		size_t count, cap;
	} found;
	struct {
		char **items;
		size_t count, cap;
	} points;
};

void seen_add(struct seen *seen, int64_t who, int64_t record);
/* The check-ins of `who`: start with *cursor 0; NULL at the end. Good until the next seen_add. */
struct seen_entry *seen_next(struct seen *seen, int64_t who, uint32_t *cursor);
/* What was found out about it, of round 0 where that is nothing. Good until the next call. */
struct seen_found *seen_found(struct seen *seen, struct seen_entry *entry);
/* A number for a point's id, the same for the same. */
int seen_point(struct seen *seen, const char *point);
/* 64 further bits of a code or person. */
uint64_t seen_text(const char *text);
/* Clocks were anchored, or check-ins undone, or taken out of the books: what was found out may be wrong now. */
void seen_doubt(struct seen *seen);
/* Knows nothing any more. */
void seen_forget(struct seen *seen);

#endif
