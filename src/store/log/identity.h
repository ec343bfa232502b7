/* What lies outside the event file: this device's key in the event, the organiser's key file, and the markers that say which log
 * may be continued.
 *
 * The state folder is $STATE_DIRECTORY (set by systemd, /var/lib/turnout), else $XDG_STATE_HOME/turnout, else
 * ~/.local/state/turnout; in it a folder an event. A copied event file on another machine finds another key there, so it becomes
 * another station by itself. */
#ifndef TURNOUT_STORE_LOG_IDENTITY_H
#define TURNOUT_STORE_LOG_IDENTITY_H

#include <stdint.h>

#include "base/crypto.h"
#include "base/err.h"

struct identity;

/* Where the state folder is, for free(); it need not exist yet. */
char *identity_state_folder(void);

/* Opens or makes this device's identity in the event. Where the state folder cannot be written the identity lives in memory only
 * and *warning says so (else it is ""): nobody is turned away for want of a folder. */
struct identity *identity_open(const struct hash *event, char warning[ERR_TEXT_MAX]);
/* The same where this device has a key in the event already; NULL where it has none, and nothing is made. */
struct identity *identity_find(const struct hash *event);
void identity_close(struct identity *id); /* NULL is fine; wipes the keys */

/* The key of this device as a station. */
const struct key_pair *identity_station(const struct identity *id);

/* The marker of one author's log on this device: the log may be continued by who holds exactly this head in exactly this boot. */
struct marker {
	struct hash log;
	uint64_t seq;
	struct hash head;
};

/* Takes the marker away (durably) and returns it; false when there is none of this boot. Whoever dies before identity_leave begins
 * a new log next time, so no history is ever forked. */
bool identity_claim(const struct identity *id, const struct public_key *author, struct marker *out);
bool identity_leave(const struct identity *id, const struct public_key *author, const struct marker *marker,
		    struct err *err) TURNOUT_MUST_CHECK;
/* Which logs this author wrote on this device lately, kept outside the file, so that nobody gets signed what they put into it. Of one that was
 * left cleanly it is known how far it went; one that was not may be signed to its end (after a crash), the others up to there (the file was set
 * back to an earlier state). Several, because a crash may come before what signed the last one was durable, and a box may hold several copies
 * of the file. When there are too many those that were left cleanly are forgotten first, then the oldest. */
#define IDENTITY_LOGS_MAX 32
struct noted_log {
	struct hash log;
	uint64_t closed_at; /* its last seq; 0: it is open, or was when the box died */
};
bool identity_note_open(const struct identity *id, const struct public_key *author, const struct hash *log,
			struct err *err) TURNOUT_MUST_CHECK;
size_t identity_logs(const struct identity *id, const struct public_key *author, struct noted_log logs[IDENTITY_LOGS_MAX]);

/* The organiser's key file, "EVENT.key": three lines, "turnout-organiser-key-1", the event id, the seed. Mode 0600. */
bool organiser_key_write(const char *path, const struct hash *event, const struct key_pair *key, struct err *err) TURNOUT_MUST_CHECK;
/* ERR_NOT_FOUND when there is no such file; ERR_INPUT when it is none, or another event's (event may be NULL). */
bool organiser_key_read(const char *path, const struct hash *event, struct key_pair *key, struct err *err) TURNOUT_MUST_CHECK;

#endif
