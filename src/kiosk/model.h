/* The kiosk's state and how it changes: a pure function of messages. Views read it; the app performs the effects it asks for.
 *
 * Kept here: a check-in's answer is shown the moment it comes, from any screen; a result stays until its time is over or another badge
 * pre-empts it after RESULT_HOLD_MS; screens that somebody walked away from go back by themselves; an event that changes meanwhile takes
 * nobody's screen away. */
#ifndef TURNOUT_KIOSK_MODEL_H
#define TURNOUT_KIOSK_MODEL_H

#include "kiosk/event.h"
#include "kiosk/staff.h"
#include "kiosk/workers/desk_worker.h"
#include "scan/track/advice.h"
#include "words/words.h"

/* UX.md's numbers, milliseconds. */
#define RESULT_HOLD_MS 1000
#define RESULT_ADMITTED_MS 1500
#define RESULT_LATE_MS 3000
#define RESULT_REFUSED_MS 5000
#define IDLE_MS 45000
#define IDLE_COUNTDOWN_MS 20000 /* the last part of it is counted down */
#define NOTICE_MS 8000
#define SHAKE_MS 500
#define WORDS_MS 4000 /* a line under the preview */
#define SEEN_MS 1500  /* what the camera sees is no news any more */
#define CALL_CHIME_MS 4000
#define WAITING_RESULTS_MAX 8
#define TYPED_MAX 8 /* characters of a code read aloud */

enum screen_id {
	SCREEN_START,
	SCREEN_AGENDA,
	SCREEN_DAY,
	SCREEN_SESSION,
	SCREEN_RESULT,
	SCREEN_HELP,
	SCREEN_TYPE,
	SCREEN_CLOCK,
	SCREEN_PIN,
	SCREEN_STAFF,
	SCREEN_STICK,
	SCREEN_CAMERA,
	SCREEN_COUNT
};

enum action {
	ACTION_NONE,
	ACTION_LANGUAGE, /* argument: index into the event's languages */
	ACTION_DAY,      /* argument: the day, or -1: now */
	ACTION_TRACK,    /* argument: index into the day's tracks, or -1: all */
	ACTION_PAGE,     /* argument: +1 or -1 */
	ACTION_SESSION,  /* argument: index of the session */
	ACTION_BACK,
	ACTION_HELP,
	ACTION_TYPE,      /* open the keys for a badge's code */
	ACTION_TYPE_KEY,  /* argument: the character */
	ACTION_TYPE_WIPE, /* the last character */
	ACTION_TYPE_DONE,
	ACTION_CLOCK,     /* open the clock */
	ACTION_CLOCK_DAY, /* argument: +1 or -1; likewise: */
	ACTION_CLOCK_MONTH,
	ACTION_CLOCK_YEAR,
	ACTION_CLOCK_HOUR,
	ACTION_CLOCK_MINUTE,
	ACTION_CLOCK_DONE,
	ACTION_STILL_HERE,
	ACTION_STAFF_HOLD, /* a finger came down on the way to the staff's screens */
	ACTION_PIN_KEY,    /* argument: the digit */
	ACTION_PIN_WIPE,
	ACTION_PIN_DONE,
	ACTION_SYNC_NOW,
	ACTION_STICK,       /* open the screen for sticks */
	ACTION_STICK_VISIT, /* argument: which of them */
	ACTION_STICK_END,
	ACTION_CAMERA,     /* open the screen for the camera */
	ACTION_CAMERA_USE, /* argument: which of them */
	ACTION_CAMERA_TURN,
	ACTION_CAMERA_MIRROR,
	ACTION_COUNT
};

enum chime { CHIME_WELCOME, CHIME_SOFT, CHIME_RISING, CHIME_LOW, CHIME_CALL, CHIME_COUNT };

enum camera_state { CAMERA_NONE, CAMERA_STARTING, CAMERA_OK, CAMERA_LOST };

/* What is seen of a badge that is held up. */
struct seen_code {
	int64_t ms; /* when that was said; 0: nothing is seen */
	enum guidance guidance;
	bool marked;                 /* the code lies between these: */
	struct turn_spot corners[4]; /* one after the other around it, in pixels of a picture of … */
	int width, height;           /* … this size */
};

struct model {
	const struct words *words;
	struct kiosk_event *event;      /* NULL while the file is being opened */
	int language, station_language; /* of words */
	bool language_given;            /* the station's by its command line, not by the event */
	struct utc_ms now;              /* the station's clock */
	int64_t ms;                     /* a clock for spans that does not go back */
	enum screen_id screen, below;   /* `below`: where back leads from a session */
	int64_t day;                    /* shown on SCREEN_DAY */
	int track, page;
	int session; /* shown on SCREEN_SESSION */
	struct desk_message *result;
	int64_t result_ms;
	struct desk_message *waiting[WAITING_RESULTS_MAX]; /* answers not shown yet, oldest first */
	size_t waiting_count;
	int refusals;         /* in a row */
	int64_t not_badge_ms; /* when something that is no badge was shown; 0: never */
	int64_t touched_ms;
	int64_t called_ms; /* last chime of a call for help; 0: none */
	char typed[TYPED_MAX + 1];
	struct civil clock; /* being set */
	bool clock_asked, setting_clock;
	int64_t saved, waiting_to_send;
	enum station_standing standing;
	bool acknowledged; /* by a keeper, once; last at: */
	struct utc_ms acknowledged_at;
	char station_name[ROLE_NAME_MAX + 1]; /* "" */
	struct public_key station;
	struct set_clock station_clock;
	struct sync_message *peers[TRANSPORT_COUNT]; /* how it stands on each transport; NULL: nothing heard of it yet */
	enum discover_state near_state;
	struct staff staff;
	struct utc_ms last; /* check-in before this start */
	int64_t notice_ms;  /* until when "Back again" stands; 0: no */
	bool counted;
	enum camera_state camera;
	char camera_reason[256];
	struct seen_code seen;
	char problem[3][256]; /* sound, fonts, station folder; "" when all is well */
};

enum problem { PROBLEM_SOUND, PROBLEM_FONTS, PROBLEM_STATION, PROBLEM_COUNT };

enum msg_kind {
	MSG_TIME,    /* ms, now, clock_sure */
	MSG_ACTION,  /* action, argument */
	MSG_TOUCH,   /* somewhere without an action */
	MSG_RELEASE, /* the finger went up */
	MSG_TYPED,   /* text, n: characters from a keyboard */
	MSG_CODE,    /* text, n, how, taken_us: a badge was read */
	MSG_DESK,    /* desk: the receiver's */
	MSG_SYNC,    /* transport, sync: the receiver's; near_state */
	MSG_STICK,   /* stick: the receiver's */
	MSG_CAMERA,  /* camera, text */
	MSG_SEEN,    /* seen */
	MSG_CAMERAS, /* cameras (NULL: nobody looked), text: the remembered one, turn */
	MSG_PROBLEM  /* problem, text */
};

struct msg {
	enum msg_kind kind;
	int64_t ms;
	struct utc_ms now;
	enum action action;
	int64_t argument;
	const char *text;
	size_t n;
	const char *how;
	int64_t taken_us;
	struct desk_message *desk;
	enum transport transport;
	struct sync_message *sync;
	enum discover_state near_state;
	struct stick_message *stick;
	bool clock_sure;
	enum camera_state camera;
	const struct seen_code *seen; /* its ms does not count */
	const struct camera_list *cameras;
	struct turn turn;
	enum problem problem;
};

enum effect_kind {
	EFFECT_SCAN,
	EFFECT_CHIME,
	EFFECT_SET_CLOCK,
	EFFECT_SYNC_NOW,
	EFFECT_STICK_LOOK,
	EFFECT_STICK_VISIT, /* text: its folder */
	EFFECT_STICK_END,
	EFFECT_CAMERA_LOOK,
	EFFECT_CAMERA_KEEP, /* text: the camera's id; turn */
};

struct effect {
	enum effect_kind kind;
	char text[512]; /* of a scan, stick or camera */
	struct turn turn;
	size_t n;
	const char *how;
	int64_t taken_us;
	enum chime chime;
	struct utc_ms now;
	bool forced; /* of a clock */
};

#define EFFECTS_MAX 4
struct effects {
	struct effect items[EFFECTS_MAX];
	size_t count;
};

/* `language`: the station's, by its code; NULL: the event's first. Words must outlive the model. */
void model_init(struct model *m, const struct words *words, const char *language);
void model_fini(struct model *m);

void model_update(struct model *m, const struct msg *msg, struct effects *effects);

/* When time alone changes the picture next, by the clock of m->ms; INT64_MAX: never. */
int64_t model_deadline(const struct model *m);

/* True while the camera's picture is on the screen. */
bool model_wants_preview(const struct model *m);

/* The language that the screen is in now: a result's own, else the station's. */
int model_language(const struct model *m);

/* Milliseconds that the present result is shown. */
int64_t model_result_span(const struct desk_message *result);

/* By this box's own file, else as the hub says: it may have heard first. */
enum station_standing model_standing(const struct model *m);

/* A hub or another box answers. */
bool model_online(const struct model *m);

/* Seconds of the countdown; 0: none is to be seen. */
int model_countdown(const struct model *m);

/* The tracks of a day, in order of appearance: indexes of sessions that are the first of theirs. Returns how many. */
size_t model_tracks(const struct model *m, int64_t day, int *out, size_t cap);

#endif
