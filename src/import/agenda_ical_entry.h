/* The VEVENTs of a file, each with its calendar, its line and what tells it from others; of several versions of one, the one that counts. */
#ifndef TURNOUT_IMPORT_AGENDA_ICAL_ENTRY_H
#define TURNOUT_IMPORT_AGENDA_ICAL_ENTRY_H

#include <libical/ical.h>
#include <stdbool.h>
#include <stddef.h>

#include "import/agenda_ical_text.h"

struct ical_entry {
	icalcomponent *component;
	size_t calendar;          /* its number */
	size_t line;              /* of its BEGIN; 0 when not known */
	icalproperty *recurrence; /* RECURRENCE-ID; NULL: no changed instance */
	bool onward;              /* RANGE=THISANDFUTURE */
	bool outdated;            /* the file has a later version of it */
	/* What sessions call it, never empty: the UID, else the title, with the place where UID-less entries of that title are in several. */
	char *uid;
};

struct ical_entries { /* a zeroed struct is empty */
	struct ical_entry *items;
	size_t count, cap;
	icalcomponent **calendars; /* the VCALENDARs */
	size_t calendar_count, calendar_cap;
};

/* Of entries with one UID and RECURRENCE-ID the greater SEQUENCE counts, between equals the later DTSTAMP, then LAST-MODIFIED (RFC 5546, 2.1.5);
 * where all are equal they are as many entries. */
void ical_entries_collect(icalcomponent *root, const struct ical_text *text, struct ical_entries *out);
void ical_entries_fini(struct ical_entries *entries);

#endif
