#include "kiosk/script_hands.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/sdl/input_sdl.h"
#include "scan/hand/wedge.h"

#define KEY_FIRST 0x04 /* HID usages, page 0x07 */
#define KEY_LAST 0x63
#define KEY_RETURN 0x28

/* "Control+Alt+F4": what is held, and the key. 0: there is none of that name. */
static uint16_t key_of(const char *text, unsigned *held) {
	static const struct {
		const char *name;
		unsigned held;
	} names[] = {{"Shift+", INPUT_SHIFT}, {"Control+", INPUT_CONTROL}, {"Alt+", INPUT_ALT}, {"Gui+", INPUT_GUI}};
	*held = 0;
	for (size_t i = 0; i < COUNT_OF(names);) {
		bool is = str_starts(text, names[i].name) && text[strlen(names[i].name)] != '\0';
		text += is ? strlen(names[i].name) : 0;
		*held |= is ? names[i].held : 0;
		i = is ? 0 : i + 1;
	}
	return input_sdl_key_of(text);
}

bool script_hands_check(const struct script *script, const char *name, struct err *err) {
	for (size_t i = 0; i < script->count; i++) {
		const struct script_step *s = &script->items[i];
		unsigned held;
		if (s->verb == SCRIPT_KEY && key_of(s->text, &held) == 0) {
			return err_set(err, ERR_INPUT, "%s:%zu: there is no key \"%s\"; names are SDL's: Return, Escape, A, F1", name,
				       s->line, s->text);
		}
	}
	return true;
}

/* As a scanner types: the keys of the code at once, then Enter. */
static void push_wedge(const char *code) {
	for (const char *c = code; *c != '\0'; c++) {
		for (uint16_t usage = KEY_FIRST; usage <= KEY_LAST; usage++) {
			bool plain = wedge_character(usage, false) == *c;
			if (plain || wedge_character(usage, true) == *c) {
				input_sdl_push_key(usage, plain ? 0 : INPUT_SHIFT);
				break;
			}
		}
	}
	input_sdl_push_key(KEY_RETURN, 0);
}

void script_hands_play(const struct script_step *step, struct pixel finger) {
	unsigned held;
	uint16_t key;
	switch (step->verb) {
	case SCRIPT_TOUCH:
		input_sdl_push_touch(step->x, step->y, true);
		input_sdl_push_touch(step->x, step->y, false);
		break;
	case SCRIPT_PRESS: input_sdl_push_touch(step->x, step->y, true); break;
	case SCRIPT_MOVE: input_sdl_push_move(step->x, step->y); break;
	case SCRIPT_RELEASE: input_sdl_push_touch(finger.x, finger.y, false); break;
	case SCRIPT_KEY:
		key = key_of(step->text, &held);
		input_sdl_push_key(key, held);
		break;
	case SCRIPT_TEXT: input_sdl_push_text(step->text); break;
	case SCRIPT_WEDGE: push_wedge(step->text); break;
	default: break;
	}
}

bool script_hands_are(const struct script_step *step) {
	switch (step->verb) {
	case SCRIPT_TOUCH:
	case SCRIPT_PRESS:
	case SCRIPT_MOVE:
	case SCRIPT_RELEASE:
	case SCRIPT_KEY:
	case SCRIPT_TEXT:
	case SCRIPT_WEDGE: return true;
	default: return false;
	}
}
