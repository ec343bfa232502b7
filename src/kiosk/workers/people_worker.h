/* The thread that tells staff about people, through a connection of its own that only reads: whoever fits what they type, all that helps at the door of one person,
 * the groups there are, and who of a group is not ticked off yet. No scan waits for it, and no visitor's search.
 *
 * What it tells is for staff: full names, organisations, who is present. Everything of it is wiped when it is freed. */
#ifndef TURNOUT_KIOSK_WORKERS_PEOPLE_WORKER_H
#define TURNOUT_KIOSK_WORKERS_PEOPLE_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/mailbox.h"
#include "event/registration.h"
#include "station/muster.h"
#include "store/read/notes.h"
#include "store/view/roles.h"

struct people_worker;

struct people_worker_options {
	const char *path;   /* the event file */
	mailbox_wake *wake; /* called from the thread after a message was posted; may be NULL */
	void *context;
};

enum people_kind {
	PEOPLE_FOUND,  /* rows: who fits the text by name, code, organisation, community, e-mail */
	PEOPLE_CARD,   /* card: of `person` */
	PEOPLE_GROUPS, /* groups: of that kind, at where the box stands */
	PEOPLE_MUSTER, /* muster: of the group of that kind which `text` names */
};

#define PEOPLE_TEXT_MAX PERSON_VALUE_MAX
#define PEOPLE_STAND_MAX 512

struct people_question {
	bool rest; /* nobody looks any more; else: */
	enum people_kind kind;
	uint64_t number;                  /* comes back with the answer */
	struct utc_ms now;                /* the kiosk's clock */
	char stand[PEOPLE_STAND_MAX + 1]; /* where the box stands (station/stand.h) */
	enum group_kind group;
	char person[PERSON_ID_LEN + 1];
	char text[PEOPLE_TEXT_MAX + 1];
};

/* Whether and since when somebody is in. */
struct people_presence {
	bool in;
	struct utc_ms since;
	bool approximate;            /* nothing confirms that time */
	char box[ROLE_NAME_MAX + 1]; /* where they signed in: its name, else the first digits of its key; of a row "" */
};

struct people_row {
	char id[PERSON_ID_LEN + 1];
	char name[512], from[256], place[256]; /* organisation; community and region; cut with "…" */
	enum registration registration;
	struct people_presence arrival; /* today, at the entrance */
};

#define PEOPLE_ROWS_MAX 24
#define PEOPLE_NOTES_MAX 12

struct people_note {
	char text[NOTE_TEXT_MAX + 4]; /* cut with "…" */
	bool door;                    /* said at the scan */
};

struct people_card {
	char id[PERSON_ID_LEN + 1];
	char name[1024];
	char organisation[512], position[512], place[512], category[256]; /* place: community and region */
	char group[GROUP_KINDS][PEOPLE_TEXT_MAX + 1];                     /* whom they come with; "" */
	char code[BADGE_CODE_MAX + 1];                                    /* of their badge; "" */
	bool removed, revoked; /* taken off the roster; their badge was revoked, and they have no other */
	enum registration registration;
	struct people_presence arrival;             /* today, at the entrance */
	bool elsewhere;                             /* the box does not stand there: */
	struct people_presence here;                /* where it does: in, or has what is handed out */
	char points[POINTS_MAX][POINT_KEY_MAX + 1]; /* what is handed out to them, and not to everybody */
	size_t point_count;
	struct people_note notes[PEOPLE_NOTES_MAX]; /* those for the door first; the roster's own last */
	size_t note_count;
};

struct people_message { /* for people_message_free */
	enum people_kind kind;
	uint64_t number;
	bool failed; /* it could not be looked up; why is in the log */
	struct people_row rows[PEOPLE_ROWS_MAX];
	size_t row_count;
	bool more;                   /* others fit as well */
	struct people_card *card;    /* NULL: they are not on the roster any more */
	struct muster_groups groups; /* names are the message's */
	bool has_group[GROUP_KINDS]; /* somebody on the roster is in one of that kind */
	struct muster muster;
};
void people_message_free(struct people_message *message); /* wipes it; NULL is fine */

bool people_worker_open(const struct people_worker_options *options, struct people_worker **out, struct err *err) TURNOUT_MUST_CHECK;
void people_worker_close(struct people_worker *worker); /* NULL is fine */

/* Of several searches that wait only the last is made. False when too many questions wait. The question stays the caller's. */
bool people_worker_ask(struct people_worker *worker, const struct people_question *question);
/* Nobody looks any more: what is kept for the next question is let go, also when nobody says so for a minute. */
void people_worker_rest(struct people_worker *worker);
struct people_message *people_worker_take(struct people_worker *worker);

#endif
