/* What the model asks the app to do: a list that grows, so that nothing is dropped, a scan least of all. */
#ifndef TURNOUT_KIOSK_EFFECTS_H
#define TURNOUT_KIOSK_EFFECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "event/person.h"
#include "event/staff.h"
#include "kiosk/ui/chime.h"
#include "kiosk/workers/deed.h"
#include "kiosk/workers/group.h"
#include "kiosk/workers/people_worker.h"
#include "kiosk/workers/visitor.h"
#include "scan/image/turn.h"

enum effect_kind {
	EFFECT_SCAN,      /* text, n, how, taken_us */
	EFFECT_CHIME,     /* chime */
	EFFECT_SET_CLOCK, /* now, forced */
	EFFECT_SYNC_NOW,
	EFFECT_STICK_LOOK,
	EFFECT_STICK_VISIT, /* text: its folder */
	EFFECT_STICK_END,
	EFFECT_CAMERA_LOOK,
	EFFECT_CAMERA_KEEP, /* text: the camera's id; turn */
	EFFECT_DEVICE,      /* how: a key of station/device.h; text: its value, from now on */
	EFFECT_SET_POINT,   /* text: what names where it is to stand (station/stand.h) */
	EFFECT_HELP,
	EFFECT_HELPED,      /* log, seq: of the call; by */
	EFFECT_FIND,        /* text, number: somebody by name */
	EFFECT_CONFIRM,     /* text: the digits; person, number */
	EFFECT_SIGN_IN,     /* person, how, by; text: why staff overrule what is said, "" */
	EFFECT_PIN,         /* text: the digits; number: what the event file would have of them */
	EFFECT_DEED,        /* deed */
	EFFECT_OWN,         /* number: the last check-ins of this box */
	EFFECT_PEOPLE,      /* people: what staff ask of them */
	EFFECT_GROUP,       /* group: several people, whom staff sign in together */
	EFFECT_TOTALS,      /* now, number: the figures of the day */
	EFFECT_SUGGEST,     /* text, field, number: how it may go on */
	EFFECT_TWIN,        /* visitor, number: is whoever filled in the form on the list already? */
	EFFECT_VISITOR,     /* visitor */
	EFFECT_LABEL,       /* person: who signed in */
	EFFECT_LABEL_AGAIN, /* text, n: by their badge */
	EFFECT_LABEL_TEST,
	EFFECT_LABEL_ALL,      /* forced: also for whom one was printed */
	EFFECT_LABEL_TOMORROW, /* now: for whom none was printed and who comes on the day after it */
	EFFECT_LABEL_STOP,     /* of that */
	EFFECT_LABEL_RETRY,    /* what was not printed: now … */
	EFFECT_LABEL_FORGET,   /* … or never */
	EFFECT_PRINTER_WATCH,  /* somebody looks at its screen: from now on for some seconds */
	EFFECT_SLIP,           /* now; forced: who is inside, else the figures of the day: a paper for staff */
	EFFECT_ROLL,           /* now, number; forced: who is here, else who is missing */
	EFFECT_SELF_TEST,      /* number: all checks are run */
	EFFECT_END,            /* the program */
};

#define EFFECT_TEXT_MAX 512 /* longer than any code: cut, a text stays something that is no badge of ours */

struct effect {
	enum effect_kind kind;
	char text[EFFECT_TEXT_MAX];
	size_t n; /* bytes of a scanned text; others end with a NUL */
	const char *how;
	int64_t taken_us;
	struct turn turn;
	enum chime chime;
	struct utc_ms now;
	bool forced;
	struct hash log;
	uint64_t seq;
	char person[PERSON_ID_LEN + 1];
	enum person_field field;
	uint64_t number;
	char by[STAFF_KEY_MAX + 1];
	struct deed *deed; /* owned, as the next two */
	struct people_question *people;
	struct group_sign_in *group;
	struct visitor *visitor; /* owned; whoever performs the effect may take it, and leaves NULL */
};

struct effects { /* a zeroed one is empty */
	struct effect *items;
	size_t count, cap;
};

void effects_put(struct effects *effects, const struct effect *effect);
void effects_chime(struct effects *effects, enum chime chime);
/* Empties, keeps the memory. What was in it is wiped: names that were typed, digits of telephones, codes. */
void effects_reset(struct effects *effects);
void effects_fini(struct effects *effects); /* likewise */

#endif
