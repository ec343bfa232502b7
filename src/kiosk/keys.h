/* What the keys of a keyboard, a keypad or a switch mean that is no scanner's (scan/hand/wedge.h) and types no letter. Pure. */
#ifndef TURNOUT_KIOSK_KEYS_H
#define TURNOUT_KIOSK_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/ui/focus.h"
#include "station/device.h"

enum key_deed {
	KEY_NOTHING,
	KEY_FOCUS,      /* the focus was moved */
	KEY_PRESS_AREA, /* like a finger on the area that has the focus; until the key is up */
	KEY_WENT_IN,    /* a switch chose a row */
	KEY_LINE,       /* Enter, to a field */
	KEY_ERASE_LETTER,
	KEY_GO_BACK,
	KEY_READ_ALOUD,
	KEY_END_PROGRAM, /* Control and Q */
};

struct keys { /* as a device has them set */
	enum device_switches switches;
	uint16_t next, choose, headset; /* HID usages; 0: none */
	int step_ms;
	int64_t stepped_ms; /* when the focus moved by itself last */
};

struct key_stroke {
	uint16_t usage;                /* page 0x07 */
	bool shift, control, alt, gui; /* held with it */
	bool repeated;                 /* the system's: somebody leans on it */
};

void keys_init(struct keys *keys, const struct device_settings *device);
/* What a key that went down means. With Control, Alt or the system's key nothing does but the program's end. Moves the focus in the list that is shown. */
enum key_deed keys_press(struct keys *keys, const struct key_stroke *stroke, const struct draw_list *list, struct focus *focus);
/* True for a switch's key, which types nothing either. */
bool keys_is_switch(const struct keys *keys, uint16_t usage);

/* With one switch the focus goes on by itself. Time passes; true when it moved. */
bool keys_pass(struct keys *keys, int64_t now_ms, const struct draw_list *list, struct focus *focus);
/* When it moves next; INT64_MAX: it does not by itself. */
int64_t keys_deadline(const struct keys *keys, const struct focus *focus);

#endif
