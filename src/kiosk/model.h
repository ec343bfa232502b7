/* The kiosk's state and how it changes: a pure function of messages. Views read it; the app performs the effects it asks for.
 *
 * Here is what screens share: the event, languages, clock, counts, what the camera sees, and the stack of screens. What belongs to one screen is
 * in its file (screen.h). Kept here: screens that somebody walked away from go back by themselves; an event that changes meanwhile takes nobody's
 * screen away; a screen opens only what it declares. */
#ifndef TURNOUT_KIOSK_MODEL_H
#define TURNOUT_KIOSK_MODEL_H

#include "kiosk/effects.h"
#include "kiosk/screen.h"
#include "kiosk/ui/access.h"
#include "kiosk/ui/focus.h"
#include "kiosk/ui/style.h"
#include "kiosk/workers/desk_message.h"
#include "kiosk/workers/find_worker.h"
#include "kiosk/workers/people_worker.h"
#include "kiosk/workers/print_worker.h"
#include "kiosk/workers/self_test_worker.h"
#include "kiosk/workers/totals_worker.h"
#include "kiosk/workers/transport.h"
#include "net/discover.h"
#include "scan/hand/delivery.h"
#include "scan/track/advice.h"
#include "words/words.h"

struct camera_list;
struct stick_message;
struct sync_message;

enum camera_state { CAMERA_NONE, CAMERA_STARTING, CAMERA_OK, CAMERA_LOST };

enum problem { PROBLEM_SOUND, PROBLEM_FONTS, PROBLEM_STATION, PROBLEM_SPEECH, PROBLEM_COUNT };

/* What is seen of a badge that is held up. */
struct seen_code {
	int64_t ms; /* when that was said; 0: nothing is seen */
	enum guidance guidance;
	bool marked;                 /* the code lies between these: */
	struct turn_spot corners[4]; /* one after the other around it, in pixels of a picture of … */
	int width, height;           /* … this size */
};

#define STACK_MAX 8

/* Who was let in and is to sign: kept by the result that says so, for the screen after it. */
struct signer {
	char person[PERSON_ID_LEN + 1]; /* ""; nobody is */
	char name[256];
	bool minor; /* a parent or guardian signs */
};

/* Who of the staff is at this box, from their PIN or badge on until the first screen comes back. */
struct at_work {
	bool here;
	char key[STAFF_KEY_MAX + 1]; /* "": the PIN was the event's one for all */
	char name[STAFF_NAME_MAX + 1];
	enum staff_role role;
};

/* How the box itself is set (station/device.h), as it looks and sounds now. */
struct own_box {
	int brightness; /* per cent; 0: left as the system has it */
	int loudness;   /* per cent; 0: silence */
	int degrees;    /* clockwise, that the picture is turned by */
};

struct model {
	const struct words *words;
	const struct style *style;
	struct style_wish look;   /* of this box: what its panel and machine are like; the event's colours come with the event */
	struct access own_access; /* of this box: what its command line and its device say */
	struct access access;     /* of the visit that goes on: as the box's own until somebody chooses otherwise */
	struct own_box box;
	struct focus focus;             /* of a keyboard or a switch, in what is drawn; the app moves it */
	bool speaks;                    /* there is something that reads aloud */
	struct style own_style;         /* what was made of both, where that is not the default */
	struct kiosk_event *event;      /* NULL while the file is being opened */
	int language, station_language; /* of words */
	int visitor_language;           /* of whom a result speaks to; -1: none */
	int language_given;             /* the station's by its settings, as long as the event has it; -1: by the event */
	struct utc_ms now;              /* the station's clock */
	int64_t ms;                     /* a clock for spans that does not go back */
	int64_t touched_ms;
	const struct screen *const *screens; /* by their ids */
	void *states[SCREEN_COUNT];
	enum screen_id stack[STACK_MAX]; /* from the first on */
	size_t depth;
	uint64_t openings;       /* of screens: what is open now is another thing than what was before, even where it looks the same */
	size_t strays;           /* moves that no screen declares, which were not made: a fault of ours */
	int refusals;            /* results in a row that let nobody in */
	uint64_t numbers;        /* of what was asked of another thread, the last one */
	uint64_t sent;           /* the form that was sent last; 0: whoever filled it in has gone, or somebody else is at this box */
	struct found_row chosen; /* who somebody found by name says to be; wiped when that screen is left. "" for none */
	struct signer signer;
	struct at_work at_work;
	int64_t signing_ms;     /* since when they are being signed in; 0: they are not */
	int64_t not_badge_ms;   /* when something that is no badge was shown; 0: never */
	enum delivery delivery; /* of the last code, as far as a hand scanner typed it */
	bool asks_clock;        /* staff are to say what time it is: after a result they are asked again, until somebody goes back */
	int pin_tries;          /* wrong ones since the last right one, or since a bar was over; kept beyond this run (kiosk/pin_tries.h) */
	bool clock_sure;        /* the machine's clock is synchronised */
	int64_t saved, waiting_to_send;
	enum station_standing standing;
	bool acknowledged; /* by a keeper, once; last at: */
	struct utc_ms acknowledged_at;
	struct retention retention;           /* of the event's personal data on this box */
	char station_name[ROLE_NAME_MAX + 1]; /* "" */
	struct public_key station;
	struct helps helps;                 /* open calls, from every box */
	struct announcements announcements; /* what stands on all screens */
	struct set_clock station_clock;
	struct sync_message *peers[TRANSPORT_COUNT]; /* how it stands on each transport; NULL: nothing heard of it yet */
	enum discover_state near_state;
	struct print_message *print; /* how it stands with the label printer; NULL: nothing heard of it yet */
	struct raster label;         /* a test label as it comes out; width 0: none was drawn yet */
	struct utc_ms last;          /* check-in before this start */
	bool last_approximate;
	int64_t notice_ms; /* until when "Back again" stands; 0: no */
	bool counted;
	enum camera_state camera;
	char camera_reason[256];
	struct seen_code seen;
	char problem[PROBLEM_COUNT][256]; /* "" when all is well */
};

enum msg_kind {
	MSG_TIME,      /* ms, now, clock_sure */
	MSG_ACTION,    /* action, argument, screen */
	MSG_TOUCH,     /* somewhere without an action */
	MSG_HANDS,     /* somebody is there: they moved the focus */
	MSG_FINGER,    /* phase, x, y, action, area: wherever a finger is; before the touch that it may be */
	MSG_TYPED,     /* text, n: characters from a keyboard */
	MSG_CODE,      /* text, n, how, taken_us: a badge was read */
	MSG_DESK,      /* desk: the receiver's; before */
	MSG_SYNC,      /* transport, sync: the receiver's; near_state */
	MSG_STICK,     /* stick: the receiver's */
	MSG_FOUND,     /* found: the receiver's */
	MSG_PEOPLE,    /* people: the receiver's; a screen that keeps it sets it to NULL */
	MSG_TOTALS,    /* totals: the sender's */
	MSG_PIN,       /* text: what the event file would have of the digits, "" when nobody knows; number */
	MSG_SELF_TEST, /* self_test: the receiver's */
	MSG_PRINT,     /* print: the receiver's; a PRINT_STATE */
	MSG_CAMERA,    /* camera, text */
	MSG_SEEN,      /* seen */
	MSG_CAMERAS,   /* cameras (NULL: nobody looked), text: the remembered one, turn */
	MSG_BOX,       /* box: how it is set */
	MSG_KEPT,      /* text: why what was set was not kept; "": it was */
	MSG_PROBLEM    /* problem, text */
};

enum finger { FINGER_DOWN, FINGER_MOVE, FINGER_UP };

struct msg {
	enum msg_kind kind;
	int64_t ms;
	struct utc_ms now;
	int action; /* enum action, or a screen's own */
	int64_t argument;
	const struct screen *screen; /* that drew the touch; NULL: the topmost */
	enum finger phase;
	int x, y;        /* pixels from the window's top left corner */
	struct box area; /* of a finger: what it touched first, whose action that is; empty: nothing */
	const char *text;
	size_t n;
	const char *how;
	int64_t taken_us;
	struct desk_message *desk;
	const struct kiosk_event *before; /* with DESK_LOADED, for screens: the event until now; NULL: none */
	enum transport transport;
	struct sync_message *sync;
	enum discover_state near_state;
	struct stick_message *stick;
	struct found_message *found;
	struct people_message *people;
	uint64_t number;
	const struct totals_message *totals;
	struct print_message *print;
	struct self_test_message *self_test;
	bool clock_sure;
	enum camera_state camera;
	const struct seen_code *seen; /* its ms does not count */
	const struct camera_list *cameras;
	struct turn turn;
	const struct own_box *box;
	enum problem problem;
};

/* `screens`: by their ids (screens/screens.h). `language`: the station's, by its code; NULL: the event's first. Words, style and screens must outlive
 * the model. */
void model_init(struct model *m, const struct screen *const *screens, const struct words *words, const char *language);
/* What this box's panel and machine are like (still, upright), and its own large print and high contrast: what else is in `look` does not count. */
void model_set_look(struct model *m, const struct style_wish *look);
/* What this box is set to for everybody; a visit that had nothing of its own goes on with it. */
void model_set_access(struct model *m, const struct access *own);
void model_fini(struct model *m);

void model_update(struct model *m, const struct msg *msg, struct effects *effects);

/* When time alone changes the picture next, by the clock of m->ms; INT64_MAX: never. */
int64_t model_deadline(const struct model *m);

/* --- what is shown ------------------------------------------------------------------------------------------------------------------- */

enum screen_id model_top(const struct model *m);
static inline bool model_shows(const struct model *m, enum screen_id id) { return model_top(m) == id; }
/* One of that set (SCREEN_SET) is on the screen, or under what is. */
bool model_holds(const struct model *m, uint64_t screens);
/* The staff's, behind the PIN. */
bool model_behind_pin(const struct model *m);
/* True while the camera's picture is on the screen. */
bool model_wants_preview(const struct model *m);
/* Something reads the screen aloud, and can be heard. */
bool model_speaks(const struct model *m);
/* Somebody chose what the box is not set to: a visit goes on. */
bool model_access_chosen(const struct model *m);
/* The language that the screen is in now: a visitor's own, else the station's. */
int model_language(const struct model *m);
/* Seconds of the countdown; 0: none is to be seen. */
int model_countdown(const struct model *m);

/* --- for screens --------------------------------------------------------------------------------------------------------------------- */

/* The screen's own state. */
void *model_state(const struct model *m, enum screen_id id);
/* Opens a screen on top of the present one, which comes back after it. */
void model_open(struct model *m, enum screen_id id, int64_t argument, struct effects *effects);
/* Opens it on top of the first one: what lay between is left. The first one itself: all else is left. */
void model_switch(struct model *m, enum screen_id id, int64_t argument, struct effects *effects);
/* Leaves the present screen. */
void model_back(struct model *m);
/* Leaves all screens: the first one, in the station's language, as the box's own settings have it. The visit is over. */
void model_go_home(struct model *m, struct effects *effects);
/* Likewise for a visitor who is there still: what they chose to be able to use the box (model.access) stays. */
void model_leave_all(struct model *m, struct effects *effects);
/* One of those is changed, or more: for this visit. */
void model_choose_access(struct model *m, const struct access *access);
/* The station's language, of words, from now on; -1: as the event says. The screen is in it at once. */
void model_set_language(struct model *m, int language);
/* A text that may be a badge's is to be looked up and recorded. */
void model_scan(struct model *m, const struct msg *code, struct effects *effects);
/* For what is asked of another thread, whose answer brings it back: each number once, whichever screen asks. */
uint64_t model_number(struct model *m);
/* What staff did is to be recorded, by whoever is at work; the answer is MSG_DESK (DESK_DONE) with the number that is returned. */
uint64_t model_deed(struct model *m, const struct deed *deed, struct effects *effects);
/* Staff ask of people: `number`, `now` and `stand` are filled in here; the answer is MSG_PEOPLE with the number that is returned. */
uint64_t model_ask_people(struct model *m, const struct people_question *question, struct effects *effects);
/* Staff sign several people in, GROUP_TOGETHER_MAX at most: `number` and `by` are filled in here; the answer is MSG_DESK (DESK_GROUP) with the number that is
 * returned. */
uint64_t model_sign_in_group(struct model *m, const struct group_sign_in *group, struct effects *effects);
/* Whoever is at work may do what leads do. */
bool model_leads(const struct model *m);
/* Whom somebody chose (model.chosen) is to be recorded; the answer is MSG_DESK, as to a scan. `how`: "name", "staff". */
void model_sign_in(struct model *m, const char *how, struct effects *effects);
/* The same by staff, although a rule says no: with the reason, which is kept. */
void model_let_in(struct model *m, const char *although, struct effects *effects);

/* --- what screens ask ---------------------------------------------------------------------------------------------------------------- */

/* By this box's own file, else as the hub says: it may have heard first. */
enum station_standing model_standing(const struct model *m);
/* It records those who come: it was not taken out of use, and has its event file with all that was in it. */
bool model_serves(const struct model *m);
/* Its personal data were erased: nothing leads back from there, and what others still tell is dropped. */
bool model_erased(const struct model *m);
/* Somebody may look for their name here. */
bool model_finds(const struct model *m);
/* Likewise put themselves on the list. */
bool model_walks_in(const struct model *m);
/* The clock was never set; or it stands so long before the event that it lost its battery, and nobody vouched for it. */
bool model_clock_doubted(const struct model *m);
/* Somebody vouches for it; what is said by another one carries "≈". */
bool model_clock_is_sure(const struct model *m);
/* The oldest open call for help that another box made; NULL: none did. And whether this one's own is open. */
const struct help_call *model_call_elsewhere(const struct model *m);
bool model_own_call(const struct model *m);
/* This box has a label printer. */
bool model_has_printer(const struct model *m);
/* It prints, as far as is known. */
bool model_prints(const struct model *m);
/* A hub or another box answers. */
bool model_online(const struct model *m);

#endif
