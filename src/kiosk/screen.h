/* A screen of the kiosk: one file in screens/, with its state and this table of functions, all of which may be NULL but `draw`.
 *
 * The model (model.h) keeps a stack of screens, the first one at its bottom, and gives what happens to the topmost: touches, keys, fingers that
 * move, time. What others tell (the store, the camera, the exchange) goes to all of them, shown or not. A screen's state lives as long as the
 * model and is nobody else's; it starts zeroed, and `leave` wipes what somebody typed. */
#ifndef TURNOUT_KIOSK_SCREEN_H
#define TURNOUT_KIOSK_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct model;
struct msg;
struct effects;
struct view;

/* Every screen, one row each: its id and the name of its file. To add one, add a row (the order is that in which they are told things). */
#define SCREENS(ROW)              \
	ROW(START, start)         \
	ROW(AGENDA, agenda)       \
	ROW(DAY, day)             \
	ROW(SESSION, session)     \
	ROW(CREDITS, credits)     \
	ROW(ACCESS, access)       \
	ROW(RESULT, result)       \
	ROW(HELP, help)           \
	ROW(TYPE, type)           \
	ROW(FIND, find)           \
	ROW(ME, me)               \
	ROW(WALKIN, walkin)       \
	ROW(SIGN, sign)           \
	ROW(CLOCK, clock)         \
	ROW(PIN, pin)             \
	ROW(STAFF, staff)         \
	ROW(TOTALS, totals)       \
	ROW(ROLL, roll)           \
	ROW(OVERRULE, overrule)   \
	ROW(OWN, own)             \
	ROW(PEOPLE, people)       \
	ROW(CARD, card)           \
	ROW(NOTE, note)           \
	ROW(GROUPS, groups)       \
	ROW(TICK, tick)           \
	ROW(SETUP, setup)         \
	ROW(SELF_TEST, self_test) \
	ROW(POINTS, points)       \
	ROW(ANNOUNCE, announce)   \
	ROW(STICK, stick)         \
	ROW(CAMERA, camera)       \
	ROW(SETTINGS, settings)   \
	ROW(PRINTER, printer)     \
	ROW(END, end)             \
	ROW(ERASED, erased)

#define SCREEN_ID_ROW(id, file) SCREEN_##id,
enum screen_id { SCREENS(SCREEN_ID_ROW) SCREEN_COUNT };
#undef SCREEN_ID_ROW

/* A set of screens. */
#define SCREEN_SET(id) (UINT64_C(1) << SCREEN_##id)
_Static_assert(SCREEN_COUNT <= 64, "a set of screens is one word");

/* What touches mean on any screen, and what opens one. Those of one screen alone are an enum in its file, from ACTION_OWN on (older ones fill the
 * gaps): the golden draw lists hold the numbers, so none changes. */
enum action {
	ACTION_NONE = 0,
	ACTION_LANGUAGE = 1, /* argument: index into the event's languages */
	ACTION_DAY = 2,      /* argument: the day, or -1: now */
	ACTION_SESSION = 5,  /* argument: index of the session */
	ACTION_BACK = 6,
	ACTION_HELP = 7,
	ACTION_TYPE = 8,    /* open the keys for a badge's code */
	ACTION_FIND = 10,   /* somebody by name */
	ACTION_WALKIN = 11, /* the form for who is on no list */
	ACTION_CLOCK = 12,  /* ask staff for the time */
	ACTION_STILL_HERE = 19,
	ACTION_OWN = 32,
	ACTION_CREDITS = 1000, /* whom the event thanks; newer ones that mean the same anywhere follow it */
	ACTION_ACCESS = 1010,  /* what somebody needs to use the kiosk */
	ACTION_ALOUD = 1011,   /* the screen is read aloud, or is so no more */
};

/* What opens SCREEN_DAY at the page of a session instead of at a day's beginning: an argument below any day's; and back. */
#define DAY_AT(session) (-1 - (session))

/* What SCREEN_PIN is opened for: its argument, and where the PIN leads. */
enum pin_for {
	PIN_FOR_STAFF,     /* their screens */
	PIN_FOR_CLOCK,     /* saying what time it is */
	PIN_FOR_SIGNATURE, /* signing for whom they stand before: back to that screen */
	PIN_FOR_SIGN_IN,   /* vouching for whom somebody says to be: back to that screen */
	PIN_FOR_OVERRULE,  /* letting somebody in although a rule says no (model.h, `chosen`) */
};

/* For whom SCREEN_SIGN is opened: its argument. */
enum sign_for {
	SIGN_ARRIVAL, /* who was let in (model.h, `signer`) */
	SIGN_WALKIN,  /* whoever fills in the form, as its last page */
};

/* What becomes of a screen that nobody touches for a while. */
enum idling {
	IDLING_COUNTED, /* the last seconds are counted down, then the first screen comes back */
	IDLING_QUIET,   /* nothing of anybody's would be lost, so nothing is counted down */
	IDLING_NEVER,
};

struct screen {
	const char *name;
	size_t state;    /* bytes */
	uint64_t next;   /* which may be opened from it; the first screen and a result always may */
	bool of_leads;   /* of those of the staff who lead: nobody else opens it */
	bool behind_pin; /* of staff: a badge that is read there signs nobody in */
	bool preview;    /* the camera's picture is on it */

	/* It was opened. `argument` is the opener's. */
	void (*enter)(struct model *m, int64_t argument, struct effects *effects);
	/* A touch on one of its areas, or ESC (ACTION_BACK). False: not its own, so the model does what that means anywhere. */
	bool (*act)(struct model *m, const struct msg *msg, struct effects *effects);
	/* Characters from a keyboard; '\n' and '\b' are Enter and Backspace. */
	void (*typed)(struct model *m, const char *text, size_t n, struct effects *effects);
	/* A finger went down, moved or went up (MSG_FINGER): x, y in pixels, m->ms tells when. Comes before the touch it may be. */
	void (*drag)(struct model *m, const struct msg *msg, struct effects *effects);
	/* Everything else: MSG_TIME, MSG_TOUCH and MSG_CODE while it is the topmost, what others tell always. Who takes over what a message
	 * carries sets its pointer to NULL, and nobody else is told. */
	void (*told)(struct model *m, struct msg *msg, struct effects *effects);
	/* When time alone changes it next, by m->ms; INT64_MAX: never. NULL: never. */
	int64_t (*deadline)(const struct model *m);
	/* NULL: IDLING_COUNTED. */
	enum idling (*idling)(const struct model *m);
	/* It is off the stack. */
	void (*leave)(struct model *m);
	/* The model ends: what the state owns is freed. */
	void (*fini)(struct model *m);
	void (*draw)(const struct view *v);
};

#endif
