/* The event file.
 *
 * Invariants kept here (tests/store/ names each):
 *   1. Green means on disk: store_commit returns true only after SQLite's durable commit.
 *   2. The records are the truth: every change is a record appended by store_append; views are computed from records alone.
 *   4. Nothing is doubled: a record's place is (log, seq), and a log grows at its end only.
 *   5. History does not change unseen: every record carries the hash of the one before; heads are signed every 64 records and at closing.
 *   7. A refused input changes nothing: one transaction, undone as a whole.
 *
 * A struct store belongs to one thread. Errors name the file. */
#ifndef TURNOUT_STORE_STORE_H
#define TURNOUT_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/err.h"
#include "base/tz.h"

struct store;
struct db;

enum store_mode {
	STORE_READ,  /* changes nothing; any number at once */
	STORE_WRITE, /* one at a time; refused with the holder's name */
};

/* Makes a new event file with its organiser's key file EVENT.key beside it. ERR_REFUSED when one of them exists; values are checked like
 * settings (store/view/edit.h). */
struct store_settings {
	const char *title;     /* may be "" */
	const char *timezone;  /* IANA name */
	const char *languages; /* "uk,en" */
	const char *dates;     /* as the setting takes them; may be NULL, as may `place` */
	const char *place;
	const char *staff_pin; /* may be NULL: there is none */
};
bool store_create(const char *path, const struct store_settings *settings, struct err *err) TURNOUT_MUST_CHECK;

/* Makes a file for an event that exists elsewhere: it holds no record yet, an exchange fills it. ERR_REFUSED when the file exists. */
struct store_origin {
	struct hash event;
	struct public_key organiser;
	uint8_t event_key[KEY_LEN];
	bool has_invitation;
	uint8_t invitation_seed[KEY_LEN];
};
bool store_adopt(const char *path, const struct store_origin *origin, struct err *err) TURNOUT_MUST_CHECK;
/* What such a file would be made of. ERR_REFUSED when this copy lacks its keys. Wipe it afterwards. */
bool store_origin(struct store *store, struct store_origin *out, struct err *err) TURNOUT_MUST_CHECK;
/* Another invitation for this copy to carry; nothing when it is the one it carries. A transaction of its own. */
bool store_set_invitation(struct store *store, const uint8_t seed[KEY_LEN], struct err *err) TURNOUT_MUST_CHECK;

/* `program` names the holder to others ("turnout checkin"). */
struct store *store_open(const char *path, enum store_mode mode, const char *program, struct err *err) TURNOUT_MUST_CHECK;
/* Signs what is not signed yet and leaves the markers. Errors of that are logged: everything durable stays so. NULL is fine. */
void store_close(struct store *store);

const char *store_path(const struct store *store);
const struct hash *store_event(const struct store *store); /* the event's id */
const struct public_key *store_organiser(const struct store *store);
const struct tz *store_tz(const struct store *store);              /* of the event; never NULL */
const struct public_key *store_station(const struct store *store); /* this device's key; writing stores only */
const char *store_warning(const struct store *store);              /* "" or what is missing (the state folder) */

/* Turns the wall clock of everything recorded from here on (struct set_clock). The station's log gets an anchor that says so, at once when
 * it has begun. Needs no open transaction; false when the anchor could not be written, the clock is set all the same. */
bool store_set_clock(struct store *store, struct utc_ms now, bool forced, struct err *err) TURNOUT_MUST_CHECK;
/* A live hub told what UTC is: `ahead_ms` ahead of this machine's boot clock. The station's log gets an anchor that says so (also one that an
 * earlier program of this boot began; without a log its first record will), which counts more than what staff set, once and again when the
 * hub's word has moved by more than two seconds; the clock of everything recorded from here on follows it. Nothing is done while the machine's own clock is synchronised, or another was forced. ERR_INPUT when the hub's clock cannot be
 * right. Needs no open transaction; false when the anchor could not be written, the clock is set all the same. */
bool store_anchor_hub(struct store *store, int64_t ahead_ms, struct err *err) TURNOUT_MUST_CHECK;
struct set_clock store_clock(const struct store *store);
struct utc_ms store_now(struct store *store);

/* The organiser's key, for badges and edits (of which editors write their own: store/view/roles.h). NULL with ERR_REFUSED and what to do when EVENT.key is not beside the file. */
const struct key_pair *store_organiser_key(struct store *store, struct err *err) TURNOUT_MUST_CHECK;

/* Transactions. Views of what was appended are up to date after store_commit (check-ins at once). */
bool store_begin(struct store *store, struct err *err) TURNOUT_MUST_CHECK;
bool store_commit(struct store *store, struct err *err) TURNOUT_MUST_CHECK;
void store_rollback(struct store *store);

enum author { AUTHOR_STATION, AUTHOR_ORGANISER, AUTHOR_COUNT };

/* Where a record came to stand. */
struct record_ref {
	int64_t id; /* in this file */
	struct hash log;
	uint64_t seq;
	struct hash hash;
};

struct checkin_draft;

struct fresh_person {
	const char *id;
	const char *set; /* JSON object, as in the record's body */
};

struct draft {
	const char *kind;
	enum author author;
	const char *subject; /* "" for none */
	const char *body;    /* one line of JSON */
	/* Of a check-in: what its body says, so that the view need not read it again (a third of a check-in's time); else NULL. */
	const struct checkin_draft *checkin;
	/* Of a person of whom no record speaks yet: the view's row is made at once of what is set here, and nothing is read again; else NULL. */
	const struct fresh_person *fresh;
};

/* Appends one record to the author's log of this boot, inside a transaction; `ref` may be NULL. */
bool store_append(struct store *store, const struct draft *draft, struct record_ref *ref, struct err *err) TURNOUT_MUST_CHECK;

/* Computes all views again from the records. */
bool store_rebuild(struct store *store, struct err *err) TURNOUT_MUST_CHECK;

/* A safe copy of a file that may be in use. */
bool store_copy(struct store *store, const char *to, struct err *err) TURNOUT_MUST_CHECK;

/* Local tallies that are no records (codes nobody knows), by name. Lost without harm; never part of a digest. */
bool store_count_up(struct store *store, const char *name, struct err *err) TURNOUT_MUST_CHECK;
int64_t store_tally(struct store *store, const char *name);

#endif
