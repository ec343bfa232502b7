/* One keyboard of its own among several: whether it is a scanner, and what it says. Pure.
 *
 * SDL mixes all keyboards into one, so two scanners that are used at the same time garble each other. Here each is followed by itself. A
 * keyboard is a scanner by its name (words that scanners are sold with, or the device's own setting), or because it types as no person does: a
 * code of HAND_SURE_LENGTH keys with HAND_SURE_GAP_MS between them. Such a one is let go again when somebody types on it slowly. */
#ifndef TURNOUT_SCAN_HAND_HAND_KEYBOARD_H
#define TURNOUT_SCAN_HAND_HAND_KEYBOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "scan/hand/wedge.h"

#define HAND_SURE_LENGTH 8
#define HAND_SURE_GAP_MS 25

/* `words`: more of them, commas between; "". ASCII case does not matter. */
bool hand_named_scanner(const char *name, const char *words);

struct hand_event {
	uint16_t usage;  /* HID, page 0x07 */
	int value;       /* 0 up, 1 down, 2 repeated */
	int64_t time_ms; /* a clock that does not go back */
};

enum hand_answer {
	HAND_NOTHING,
	HAND_CODE, /* wedge.text holds a code */
	HAND_LOOKS_SO, /* likewise, of a keyboard that was not known as a scanner: it is one from now on. Whoever else hears its keys has the code */
	HAND_PERSON, /* it was taken for a scanner, and a person types on it: it is none, from now on and for good */
};

struct hand_keyboard { /* zeroed but for the first two */
	bool named;    /* a scanner by name */
	bool scanner;  /* by name or behaviour */
	bool person;   /* somebody typed on it */
	struct wedge wedge;
	uint8_t modifiers; /* bits of usages 0xE0 to 0xE7 */
	int down;          /* keys that are */
	int64_t burst_ms;  /* when the keys that may be a code began */
	int burst_keys;
};

enum hand_answer hand_feed(struct hand_keyboard *k, const struct framing *framing, const struct hand_event *event);
/* As wedge_pause. */
enum hand_answer hand_pause(struct hand_keyboard *k, const struct framing *framing, int64_t now_ms);

#endif
