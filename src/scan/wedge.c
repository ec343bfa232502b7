#include "scan/wedge.h"

/* HID Usage Tables 1.4, section 10, Keyboard/Keypad page. */
enum {
	USAGE_A = 0x04,
	USAGE_Z = 0x1D,
	USAGE_1 = 0x1E,
	USAGE_ENTER = 0x28,
	USAGE_SPACE = 0x2C,
	USAGE_SLASH = 0x38,
	USAGE_CAPS_LOCK = 0x39,
	USAGE_PAD_DIVIDE = 0x54,
	USAGE_PAD_ENTER = 0x58,
	USAGE_PAD_DOT = 0x63,
	USAGE_LEFT_CONTROL = 0xE0,
	USAGE_RIGHT_GUI = 0xE7,
};

char wedge_character(uint16_t usage, bool shift) {
	/* From USAGE_1 to USAGE_SLASH; Enter, Escape, Backspace and Tab (0x28-0x2B) give nothing; 0x32 is the extra key of other keyboards. */
	static const char signs[2][USAGE_SLASH - USAGE_1 + 2] = {"1234567890\0\0\0\0 -=[]\\\\;'`,./", "!@#$%^&*()\0\0\0\0 _+{}||:\"~<>?"};
	static const char pad[] = "/*-+\0"
				  "1234567890."; /* from USAGE_PAD_DIVIDE; Enter is in it */
	if (usage >= USAGE_A && usage <= USAGE_Z) {
		return (char)((shift ? 'A' : 'a') + (usage - USAGE_A));
	}
	if (usage >= USAGE_1 && usage <= USAGE_SLASH) {
		return signs[shift][usage - USAGE_1];
	}
	if (usage >= USAGE_PAD_DIVIDE && usage <= USAGE_PAD_DOT) {
		return pad[usage - USAGE_PAD_DIVIDE];
	}
	return '\0';
}

static void restart(struct wedge *w) {
	w->length = 0;
	w->open = w->locked = w->overlong = false;
}

static char turn_case(char c) {
	if (c >= 'a' && c <= 'z') {
		return (char)(c - 'a' + 'A');
	}
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static enum wedge_answer end_burst(struct wedge *w) {
	bool code = w->open && !w->overlong && w->length >= WEDGE_LENGTH_MIN;
	if (code) {
		for (size_t i = 0; i < w->length; i++) {
			w->turned[i] = turn_case(w->text[i]);
		}
		w->text[w->length] = '\0';
		w->turned[w->locked ? w->length : 0] = '\0';
	}
	restart(w);
	return code ? WEDGE_CODE : WEDGE_NOTHING;
}

enum wedge_answer wedge_feed(struct wedge *w, const struct wedge_key *key) {
	bool modifier = key->usage == USAGE_CAPS_LOCK || (key->usage >= USAGE_LEFT_CONTROL && key->usage <= USAGE_RIGHT_GUI);
	if (!key->pressed || modifier) {
		return WEDGE_NOTHING;
	}
	if (w->open && (key->time_ms - w->last_ms > WEDGE_GAP_MS || key->time_ms < w->last_ms)) {
		restart(w);
	}
	w->last_ms = key->time_ms;
	if (key->usage == USAGE_ENTER || key->usage == USAGE_PAD_ENTER) {
		return end_burst(w);
	}
	char c = wedge_character(key->usage, key->shift);
	if (c == '\0' || key->repeated) {
		restart(w);
		return WEDGE_NOTHING;
	}
	w->open = true;
	w->locked = w->locked || (key->caps_lock && turn_case(c) != c);
	if (w->length == WEDGE_LENGTH_MAX) {
		w->overlong = true;
	} else {
		w->text[w->length++] = c;
	}
	return WEDGE_HELD;
}

bool wedge_holds(const struct wedge *w, int64_t now_ms) { return w->open && now_ms - w->last_ms <= WEDGE_GAP_MS; }
