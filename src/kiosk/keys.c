#include "kiosk/keys.h"

#include <stdint.h>

#include "base/str.h"
#include "station/key_name.h"

enum { /* HID usages, page 0x07 */
       USAGE_Q = 0x14,
       USAGE_RETURN = 0x28,
       USAGE_ESCAPE = 0x29,
       USAGE_BACKSPACE = 0x2a,
       USAGE_TAB = 0x2b,
       USAGE_RIGHT = 0x4f,
       USAGE_LEFT = 0x50,
       USAGE_DOWN = 0x51,
       USAGE_UP = 0x52,
       USAGE_KEYPAD_ENTER = 0x58,
};

void keys_init(struct keys *keys, const struct device_settings *device) {
	*keys = (struct keys){.switches = device->switches,
			      .next = key_by_name(device->switch_next),
			      .choose = key_by_name(device->switch_choose),
			      .headset = str_eq(device->headset_key, "none") ? 0 : key_by_name(device->headset_key),
			      .step_ms = device->switch_ms};
}

bool keys_is_switch(const struct keys *keys, uint16_t usage) {
	return (keys->switches != SWITCHES_NONE && usage == keys->choose) || (keys->switches == SWITCHES_TWO && usage == keys->next);
}

static enum key_deed press_switch(struct keys *keys, uint16_t usage, const struct draw_list *list, struct focus *focus) {
	keys->stepped_ms = 0;                      /* whoever chose has the whole time for the next choice */
	if (usage != keys->choose || !focus->on) { /* the first press of one switch begins */
		focus_advance(list, focus);
		return KEY_FOCUS;
	}
	return focus_choose(list, focus) != NULL ? KEY_PRESS_AREA : KEY_WENT_IN;
}

static enum key_deed move(const struct draw_list *list, struct focus *focus, int x, int y) {
	focus_move(list, focus, x, y);
	return KEY_FOCUS;
}

enum key_deed keys_press(struct keys *keys, const struct key_stroke *stroke, const struct draw_list *list, struct focus *focus) {
	if (stroke->control || stroke->alt || stroke->gui) {
		return stroke->control && !stroke->alt && !stroke->gui && stroke->usage == USAGE_Q ? KEY_END_PROGRAM : KEY_NOTHING;
	}
	if (keys_is_switch(keys, stroke->usage)) {
		return stroke->repeated ? KEY_NOTHING : press_switch(keys, stroke->usage, list, focus);
	}
	if (keys->headset != 0 && stroke->usage == keys->headset) {
		return stroke->repeated ? KEY_NOTHING : KEY_READ_ALOUD;
	}
	switch (stroke->usage) {
	case USAGE_TAB: focus_step(list, focus, stroke->shift ? -1 : 1); return KEY_FOCUS;
	case USAGE_RIGHT: return move(list, focus, 1, 0);
	case USAGE_LEFT: return move(list, focus, -1, 0);
	case USAGE_DOWN: return move(list, focus, 0, 1);
	case USAGE_UP: return move(list, focus, 0, -1);
	case USAGE_RETURN:
	case USAGE_KEYPAD_ENTER:
		if (!focus->on) {
			return KEY_LINE;
		}
		return !stroke->repeated && focus_find(list, focus) != NULL ? KEY_PRESS_AREA : KEY_NOTHING;
	case USAGE_BACKSPACE: return KEY_ERASE_LETTER;
	case USAGE_ESCAPE: return KEY_GO_BACK;
	default: return KEY_NOTHING;
	}
}

bool keys_pass(struct keys *keys, int64_t now_ms, const struct draw_list *list, struct focus *focus) {
	if (keys->switches != SWITCHES_ONE || !focus->on) {
		return false;
	}
	if (keys->stepped_ms == 0) {
		keys->stepped_ms = now_ms;
	}
	if (now_ms - keys->stepped_ms < keys->step_ms) {
		return false;
	}
	keys->stepped_ms = now_ms;
	focus_advance(list, focus);
	return true;
}

int64_t keys_deadline(const struct keys *keys, const struct focus *focus) {
	return keys->switches == SWITCHES_ONE && focus->on ? keys->stepped_ms + keys->step_ms : INT64_MAX;
}
