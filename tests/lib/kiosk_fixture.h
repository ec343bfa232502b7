/* The kiosk in every state that its pictures are kept of: an invented event, brought there by the messages that would bring it there. */
#ifndef TURNOUT_TESTS_LIB_KIOSK_FIXTURE_H
#define TURNOUT_TESTS_LIB_KIOSK_FIXTURE_H

#include "kiosk/model.h"

#define TIMING style_default.timing

/* What screens call their own touches, by the numbers that stand in the golden lists. */
enum {
	TOUCH_TRACK = 3,
	TOUCH_PAGE = 4,
	TOUCH_TYPE_KEY = 9,
	TOUCH_CLOCK_DAY = 13,
	TOUCH_CLOCK_MONTH,
	TOUCH_CLOCK_YEAR,
	TOUCH_CLOCK_HOUR,
	TOUCH_CLOCK_MINUTE,
	TOUCH_CLOCK_DONE,
	TOUCH_STAFF = 20,
	TOUCH_PIN_KEY,
	TOUCH_PIN_ERASE,
	TOUCH_PIN_DONE,
	TOUCH_SYNC,
	TOUCH_STICK,
	TOUCH_STICK_VISIT,
	TOUCH_STICK_END,
	TOUCH_CAMERA,
	TOUCH_CAMERA_USE,
	TOUCH_CAMERA_TURN,
	TOUCH_CAMERA_MIRROR,
	TOUCH_COUNT,
	TOUCH_MORE = 32,     /* of the first screen */
	FIND_TOUCH_KEY = 32, /* of "find my name", and the next three */
	FIND_TOUCH_ERASE,
	FIND_TOUCH_LAYOUT,
	FIND_TOUCH_ROW,
	ME_TOUCH_KEY = 32,
	ME_TOUCH_STAFF = 34,
	ME_TOUCH_SOMEBODY_ELSE,
	RESULT_TOUCH_STAFF = 33, /* of a result */
	TOUCH_STAFF_CLOCK = 32,  /* of the staff's, and the next three */
	TOUCH_STAFF_END,
	TOUCH_STAFF_GO_ON,
	TOUCH_STAFF_HELPED,
	TOUCH_STAFF_OWN,
	TOUCH_STAFF_ANNOUNCE,
	TOUCH_STAFF_SETUP,
	TOUCH_STAFF_TOTALS,
	TOUCH_STAFF_PRINTER,
	TOUCH_STAFF_PEOPLE,
	TOUCH_STAFF_GROUPS,
	PEOPLE_TOUCH_ROW = 35, /* of "find a person", and of the groups */
	PEOPLE_TOUCH_SIGNS,
	PEOPLE_TOUCH_LIST,
	PEOPLE_TOUCH_PAGE,
	GROUPS_TOUCH_KIND,
	CARD_TOUCH_SIGN_IN = 32,
	CARD_TOUCH_NOTE,
	CARD_TOUCH_LABEL,
	CARD_TOUCH_GROUP,
	CARD_TOUCH_MORE,
	NOTE_TOUCH_SAVE = 36,
	NOTE_TOUCH_DOOR,
	TICK_TOUCH_ONE = 32,
	TICK_TOUCH_ALL,
	TICK_TOUCH_GO,
	TICK_TOUCH_PAGE,
	TOUCH_SETUP_POINTS = 36,
	TOUCH_SETUP_STICK = 37,
	TOUCH_SETUP_SETTINGS,
	SETTINGS_TOUCH_LANGUAGE = 32, /* of the box's settings, and the next nine */
	SETTINGS_TOUCH_TEXT,
	SETTINGS_TOUCH_CONTRAST,
	SETTINGS_TOUCH_BRIGHTNESS,
	SETTINGS_TOUCH_SOUND,
	SETTINGS_TOUCH_TURN,
	SETTINGS_TOUCH_CAMERA,
	SETTINGS_TOUCH_PAGE,
	SETTINGS_TOUCH_KEEP,
	SETTINGS_TOUCH_UNDO,
	TOUCH_SETUP_SELF_TEST = 39,
	SELF_TEST_TOUCH_AGAIN = 32,
	SELF_TEST_TOUCH_PAGE,
	PRINTER_TOUCH_TEST = 32, /* of the label printer's, and the next seven */
	PRINTER_TOUCH_RETRY,
	PRINTER_TOUCH_FORGET,
	PRINTER_TOUCH_AHEAD,
	PRINTER_TOUCH_NEW,
	PRINTER_TOUCH_ALL,
	PRINTER_TOUCH_STOP,
	PRINTER_TOUCH_TOMORROW,
	TOTALS_TOUCH_HERE = 32, /* of the day's figures, and the next three */
	TOTALS_TOUCH_MISSING,
	TOTALS_TOUCH_SLIP,
	TOTALS_TOUCH_FROM,
	ROLL_TOUCH_PRINT = 33, /* of the names behind them */
	TOUCH_END_SURE = 32,
};

/* The states, by name; NULL at the end. */
const char *kiosk_state_name(size_t index);

struct kiosk_fixture {
	struct words *words;
	struct model model;
};

/* `language`: the station's. The catalogues come from BUILD's share/locale. */
void kiosk_fixture_open(struct kiosk_fixture *f, size_t state, const char *language);
void kiosk_fixture_close(struct kiosk_fixture *f);

/* An event with three tracks and two days, 14 and 15 May 2026 in Kyiv; `sessions` false: without an agenda. */
struct kiosk_event *kiosk_fixture_event(bool sessions);
/* A local time of those days. */
struct utc_ms kiosk_fixture_time(const char *local);

/* One message; its effects, which are good until the next one. */
struct effects kiosk_fixture_send(struct model *m, struct msg msg);
/* The store thread tells another state of the event, which is the model's then. */
void kiosk_fixture_load(struct model *m, struct kiosk_event *event);
/* The self-test that was asked for last tells this; `checked` (NULL: nothing) is given away. */
void kiosk_fixture_self_test(struct model *m, enum self_test_kind kind, size_t check, struct self_checked *checked);
/* Time passes. */
struct effects kiosk_fixture_wait(struct model *m, int64_t ms);
/* An answer of the store thread, for model_update. */
struct desk_message *kiosk_fixture_answer(enum outcome outcome, const char *name);

/* For struct metrics. Fonts differ from system to system: here every letter is half an em wide, pixels. */
int kiosk_fixture_width(void *context, enum face face, int size, const char *text, size_t n);

/* All that is to be read on the screen, line after line, in memory that is good until the next call; on the 15.6" panel. */
const char *kiosk_fixture_reads(const struct model *m);
/* That the screen says the (English) message, in whatever language it is in. */
bool kiosk_fixture_says(const struct model *m, const char *message);
/* The colour of the screen's ground. */
uint32_t kiosk_fixture_ground(const struct model *m);
/* What was typed on a screen whose state begins with the field. */
const char *kiosk_fixture_typed(const struct model *m, enum screen_id id);

#endif
