/* What is known of an open event file: data alone, for the files of src/store and their tests. */
#ifndef TURNOUT_STORE_FILE_STATE_H
#define TURNOUT_STORE_FILE_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/err.h"
#include "base/mapstr.h"
#include "event/person.h"
#include "store/file/quota.h"
#include "store/file/recent.h"
#include "store/file/seen.h"
#include "store/file/terms.h"
#include "store/sql/statements.h"

struct identity;
struct known_ends;
struct lock;
struct tz;

/* The log one author of this process writes. */
struct chain {
	bool open;
	int64_t log_id;
	struct hash log;
	uint64_t seq; /* of the last record */
	struct hash head;
	uint64_t signed_seq;
	size_t unsigned_bytes; /* of the bodies after it */
	/* Anchors that the log has: the kernel's NTP, the last clock that was set, and the last that a hub told. */
	bool anchored_ntp, anchored_set, anchored_hub;
	int64_t anchored_ahead_ms, hub_ahead_ms;
};

/* The person met last in this transaction: a check-in asks for the same one by code, by id, and for their codes. */
struct met_person {
	char id[PERSON_ID_LEN + 1]; /* "" for none */
	int64_t row;
	bool has_code; /* the member below is filled */
	char code[BADGE_CODE_MAX + 1];
};

/* Whether a table of views has any row, as far as that was asked. */
enum known { ANY_UNKNOWN, ANY_NONE, ANY_SOME };

struct store {
	char *path; /* as it was named */
	char *real; /* without symbolic links */
	enum store_mode mode;
	struct db *db;
	struct statements statements;
	struct lock *lock;
	struct hash event;
	struct public_key organiser;
	struct tz *tz;
	struct identity *identity;
	char warning[ERR_TEXT_MAX];
	struct key_pair organiser_key;
	bool has_organiser_key;
	bool subject_key_known; /* the event's sealing key, from which subjects are made (store/write/edit.c); read when it is wanted */
	uint8_t subject_key[KEY_LEN];
	bool leftovers_signed;
	bool unclean;      /* bodies were removed that the write-ahead log may still hold */
	bool let_go;       /* the file under its name is another (store_let_go) */
	bool told_retired; /* this device, by: (store/write/told.h) */
	struct public_key told_by;
	bool told_closed; /* its invitation, by: */
	struct public_key told_closed_by;
	bool purged; /* its personal data was taken out: nothing is recorded any more */
	struct set_clock clock;

	struct chain chains[AUTHOR_COUNT];
	struct chain chains_before[AUTHOR_COUNT]; /* as they were at store_begin, for a rollback */
	struct mapstr dirty;                      /* things whose view rows must be computed before the commit */
	bool rebuild;                             /* who may write what changed: compute everything */
	struct mapstr find_words;                 /* ids of words in the index of names, as far as they were looked up; views_forget */
	struct seen seen;                         /* check-ins by who; forgotten with the members below */
	/* What every check-in would ask the views again, kept by the one who alone writes them; forgotten by right_forget. */
	bool trusts; /* what `trusted` writes as a station counts, in all of its logs */
	struct public_key trusted;
	struct met_person met;
	struct recent recent; /* of the station's log */
	enum known joins, past_codes;
	struct quota quota;          /* what is taken of a station (store/write/brought.c) */
	bool quota_known, quota_own; /* own: not the event's setting, but the program's */
	struct known_ends *ends;     /* NULL: none are known (store/log/ends.h) */
};

/* The statement of the calling file's own table (store/sql/statements.h). */
static inline struct stmt *store_sql(struct store *store, const struct sql_table *table, size_t which) {
	return statements_get(&store->statements, store->db, table, which);
}

#endif
