/* Who may write into the event: roles that the organiser gives and takes, and invitations for stations.
 *
 * A station joins by the invitation that every copy of the file carries, or because the organiser named its key. An editor may change
 * agenda and people. A hub keeps and forwards: its word that it holds a record counts, what it writes does not unless it is an editor
 * too. A retirement is final: what the key wrote up to there stays good, everything later counts for nothing.
 *
 * Answers are as of the last commit: a role record of the open transaction does not show yet. */
#ifndef TURNOUT_STORE_VIEW_ROLES_H
#define TURNOUT_STORE_VIEW_ROLES_H

#include <stdint.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/err.h"
#include "store/file/terms.h"

/* Rising, so that of a key with several roles the greatest is told. */
enum station_verdict {
	VERDICT_UNKNOWN,  /* no role, and no log of it in this file */
	VERDICT_OUTSIDER, /* wrote a log, and nothing lets it: its invitation is closed, or it never had one */
	VERDICT_STATION,
	VERDICT_HUB,
	VERDICT_EDITOR,
	VERDICT_ORGANISER,
	VERDICT_RETIRED,
};

/* One prepared look-up. False when the file cannot be read. */
bool role_verdict(struct store *store, const struct public_key *key, enum station_verdict *verdict, struct err *err) TURNOUT_MUST_CHECK;
/* A keeper is the organiser or a hub, and not retired: only its acknowledgement lets others let go of a record. */
bool role_is_keeper(struct store *store, const struct public_key *key, bool *keeper, struct err *err) TURNOUT_MUST_CHECK;
/* ERR_REFUSED, in a sentence for whoever stands there, when this device was retired. Costs nothing while its records are known to count.
 * Writing stores only. */
bool role_station_check(struct store *store, struct err *err) TURNOUT_MUST_CHECK;

/* *counts: whether what this device records counts; true when it cannot be found out. As cheap. */
bool role_station_counts(struct store *store, bool *counts, struct err *err) TURNOUT_MUST_CHECK;

/* *refused: a keeper said at the last exchange that it takes nothing of this device, whose invitation is closed or not known there yet
 * (store/write/told.h), whatever the records here say. */
bool role_station_refused(struct store *store, bool *refused, struct err *err) TURNOUT_MUST_CHECK;

/* As whom this device changes agenda, people and settings: as the organiser where their key lies, else as the station if that is an editor.
 * ERR_REFUSED when it is neither. */
bool role_author_of_edits(struct store *store, enum author *out, struct err *err) TURNOUT_MUST_CHECK;

#define ROLE_STATION 1u
#define ROLE_HUB 2u
#define ROLE_EDITOR 4u
#define ROLE_ORGANISER 8u

#define ROLE_NAME_MAX 200 /* bytes */
/* What the organiser called a key; "" for a name it never got. */
bool role_name(struct store *store, const struct public_key *key, char *name, size_t cap, struct err *err) TURNOUT_MUST_CHECK;

struct station_row {
	struct public_key key;
	unsigned roles;   /* ROLE_… or'ed; 0: an outsider */
	const char *name; /* as the organiser called it; "" */
	const char *
		copy; /* by which invitations it joined: their names, where one has none the first 8 digits of its key, parted by ", "; "" for none */
	const char *invitations;                              /* their keys in hexadecimal in the order of the keys, parted by spaces; "" */
	enum { VOID_NOTHING, VOID_PART, VOID_WHOLE } is_void; /* of what it wrote (store/view/void.h) */
	bool retired;
	int64_t logs, records;
	int64_t scans;      /* check-ins as they are recorded, refusals and repeats too */
	int64_t checkins;   /* those of them that staff call so (CHECKIN_COUNTS) */
	struct utc_ms seen; /* time of its last record, corrected; meaningless without logs */
	bool seen_approximate;
	bool held;        /* some of what it recorded waited here, or waits: it brought more than a day's share (store/file/quota.h) */
	int64_t held_day; /* last so; days since 1970 in UTC */
};
/* All keys that wrote a log, have a role or were retired: those with logs first, as they came. */
typedef bool station_each_fn(void *context, const struct station_row *row, struct err *err);
bool roles_each(struct store *store, station_each_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

/* Of one key what station_row says of it; all zero for one that wrote nothing. Quick, also where others wrote much. */
struct station_wrote {
	int64_t scans;
	struct utc_ms seen;
	bool seen_approximate;
};
bool role_wrote(struct store *store, const struct public_key *key, struct station_wrote *out, struct err *err) TURNOUT_MUST_CHECK;

/* The roles in words: "organiser", "editor, hub", "station", "none". Only the strongest where one holds the other. */
#define ROLE_WORDS_MAX 32
void role_words(unsigned roles, char text[ROLE_WORDS_MAX]);

#endif
