/* Finds barcode scanners that type like keyboards ("wedges") in the stream of key presses. Pure.
 *
 * A burst is keys with at most WEDGE_GAP_MS between one press and the next, ended by Enter, or by what the framing says. It is a code when it
 * has at least WEDGE_LENGTH_MIN characters, or fewer where nobody typed for WEDGE_QUIET_MS before: the last letter of a word and Enter can be
 * that fast, a key on its own and Enter cannot. Keys are taken as USB HID usages (Keyboard/Keypad page 0x07; SDL's scancodes are the same numbers) and read in the US layout, which
 * scanners are sold with, so the layout that the system has set (Ukrainian, say) does not garble the text. Scanners that are set to any
 * layout ("ALT mode") hold Alt and type a character's number on the keypad: it is composed here as Windows does it. Control and a letter is
 * a control character. A key that the US layout lacks is U+FFFD: something was there, and delivery.h tells. */
#ifndef TURNOUT_SCAN_HAND_WEDGE_H
#define TURNOUT_SCAN_HAND_WEDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scan/hand/framing.h"

#define WEDGE_GAP_MS 50
#define WEDGE_LENGTH_MIN 3
#define WEDGE_QUIET_MS 500
#define WEDGE_LENGTH_MIN_PAUSE 6 /* where only a pause ends a code */
#define WEDGE_LENGTH_MAX 2048

struct wedge_key {
	uint16_t usage;  /* HID usage on page 0x07: 0x04 is A */
	bool pressed;    /* releases are ignored, but for Alt's */
	bool repeated;   /* the system's auto-repeat: a person leans on the key */
	bool shift;      /* either shift key is down */
	bool control;    /* either control key is */
	bool alt;        /* either Alt key is */
	bool caps_lock;  /* the lock is on */
	int64_t time_ms; /* a clock that does not go back */
};

enum wedge_answer {
	WEDGE_NOTHING, /* no business of ours: a release, a modifier, a slow key */
	WEDGE_HELD,    /* may be part of a burst: keep its text back until wedge_holds says no */
	WEDGE_CODE,    /* a burst is over: the text is there, the held keys and this one are to be dropped */
};

struct wedge { /* a zeroed struct is ready */
	char text[WEDGE_LENGTH_MAX + 1];
	/* Letters with their case turned, when Caps Lock was on: some scanners follow the lock's light and send the opposite shift.
	 * To be tried when `text` means nothing. "" when the lock was off. */
	char turned[WEDGE_LENGTH_MAX + 1];
	uint8_t page[WEDGE_LENGTH_MAX]; /* of a byte over 127: the code page it was composed in */
	size_t length;
	int64_t last_ms, typed_ms; /* of the last press; of the last one that was no code's … */
	bool typed;                /* … if there was any */
	bool quiet;                /* nobody had typed for a while when the burst began */
	unsigned alt_value;        /* what was typed on the keypad under Alt … */
	uint8_t alt_digits;        /* … and how many digits … */
	bool alt_zero;             /* … of which the first was 0 */
	bool open;                 /* a burst may be going on */
	bool locked;               /* Caps Lock was on for one of its letters */
	bool composed;             /* some byte has a page */
	bool overlong;             /* more than WEDGE_LENGTH_MAX: no code */
};

/* After WEDGE_CODE `text` and `turned` hold the code until the next call. A zeroed framing: Enter ends it. */
enum wedge_answer wedge_feed(struct wedge *w, const struct framing *framing, const struct wedge_key *key);

/* True when no key since then ended a burst; to be asked before each wedge_feed and when wedge_holds turns false. Only a framing that ends
 * codes by a pause says so. `text` and `turned` hold the code. */
bool wedge_pause(struct wedge *w, const struct framing *framing, int64_t now_ms);

/* True while the keys fed last may turn out to be a burst. Once false, and no WEDGE_CODE came, a person typed them. */
bool wedge_holds(const struct wedge *w, int64_t now_ms);

/* The US layout's character for a key; NUL when it has none. */
char wedge_character(uint16_t usage, bool shift);

#endif
