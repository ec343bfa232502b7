/* What the JSON and the XML form of frab's and pretalx's schedule have in common: one entry as the source spells it, made a session.
 *
 * Tolerated, as found in the wild: no guid (then the id, then the code is the uid), no date (then the day's date and the start "HH:MM";
 * a start before the day's beginning belongs to the next morning), a start with its date, dates without offset (local in the schedule's zone), an end in place
 * of a duration, names of speakers under public_name, full_public_name or name. An end, a duration or a number of seats that cannot be read is
 * told and done without. */
#ifndef TURNOUT_IMPORT_FRAB_H
#define TURNOUT_IMPORT_FRAB_H

#include "base/err.h"
#include "base/mapstr.h"
#include "base/strbuf.h"
#include "base/tz.h"
#include "import/agenda_report.h"

#define FRAB_TRACKS_MAX 1000
#define FRAB_IDS 3
#define FRAB_NUMBER_MAX 24

struct frab_entry { /* texts of the source, all may be NULL; valid while the source is */
	const char *guid, *id, *code;
	const char *date; /* with time and mostly an offset */
	const char *start, *end, *duration;
	const char *room, *title, *subtitle, *track, *kind, *language, *abstract, *description;
	const char *state;                       /* "canceled…" cancels */
	char numbers[FRAB_IDS][FRAB_NUMBER_MAX]; /* ids that the source has as numbers */
	struct strbuf speakers;                  /* frab_add_speaker fills it; frab_entry_fini frees it */
};

/* One entry as its source holds it. */
struct frab_source {
	const void *entry;
	const char *(*text)(const void *entry, const char *name); /* NULL or "": there is none */
	const char *(*id)(const void *entry, const char *name,
			  char number[FRAB_NUMBER_MAX]); /* likewise; `number` is room for a number's text */
};

struct frab {                  /* a zeroed struct with zone, opt and out set is ready */
	const struct tz *zone; /* of times without offset */
	const struct agenda_options *opt;
	struct tz *own_zone; /* the schedule's, when it names one; then zone is that */
	struct agenda *out;
	struct fault_place at; /* of the entry being read, for what is told of it */
	int64_t day;           /* date of the day being read, as tz_days() */
	bool has_day;
	int day_begin_min;    /* minutes after midnight at which the conference's day begins */
	struct mapstr rooms;  /* name -> capacity */
	struct mapstr tracks; /* name -> 0xrrggbb + 1 */
};

void frab_fini(struct frab *f);

/* The schedule's title and zone name; either may be NULL. An unknown zone is passed over. */
void frab_set_conference(struct frab *f, const char *title, const char *zone_name);
/* How many a room takes, as import/seats_text.h reads it; false as agenda_do_without. */
bool frab_set_room(struct frab *f, const char *name, const char *capacity, struct err *err) TURNOUT_MUST_CHECK;
void frab_set_track(struct frab *f, const char *name, const char *colour);
/* Begins a day; `day_start` is a time with offset or "HH:MM"; both may be NULL. False with ERR_INPUT when the date cannot be read. */
bool frab_set_day(struct frab *f, const char *date, const char *day_start, struct err *err) TURNOUT_MUST_CHECK;

/* Fills the zeroed entry with what the source has under the schedule's names; speakers are the caller's. `room` is the one that the entry
 * stands in, for entries that name none. */
void frab_entry_read(struct frab_entry *e, const struct frab_source *source, const char *room);
void frab_entry_fini(struct frab_entry *e);
void frab_add_speaker(struct frab_entry *e, const char *name);
/* Adds the entry as a session. ERR_INPUT names the entry, not its place. */
bool frab_add(struct frab *f, const struct frab_entry *e, struct err *err) TURNOUT_MUST_CHECK;

#endif
