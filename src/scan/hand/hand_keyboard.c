#include "scan/hand/hand_keyboard.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

#define NAME_MAX_LENGTH 256

enum {
	USAGE_FIRST_MODIFIER = 0xE0,
	USAGE_LAST_MODIFIER = 0xE7,
	CONTROLS = 0x11, /* bits: left, right */
	SHIFTS = 0x22,
	ALTS = 0x44,
};

static void lower(const char *from, char out[NAME_MAX_LENGTH]) {
	str_copy(out, NAME_MAX_LENGTH, from);
	for (; *out != '\0'; out++) {
		*out = str_lower_char(*out);
	}
}

bool hand_named_scanner(const char *name, const char *words) {
	static const char *const sold[] = {"barcode", "bar code", "scanner",   "metrologic", "honeywell", "datalogic",
					   "newland", "opticon",  "symbol te", "inateck",    "eyoyo",     "netum"};
	char low[NAME_MAX_LENGTH], more[NAME_MAX_LENGTH], *parts[16];
	lower(name, low);
	lower(words, more);
	for (size_t i = 0; i < COUNT_OF(sold); i++) {
		if (strstr(low, sold[i]) != NULL) {
			return true;
		}
	}
	size_t count = str_split(more, ',', parts, COUNT_OF(parts));
	for (size_t i = 0; i < count; i++) {
		if (parts[i][0] != '\0' && strstr(low, parts[i]) != NULL) {
			return true;
		}
	}
	return false;
}

static void follow_modifiers(struct hand_keyboard *k, const struct hand_event *e) {
	if (e->usage >= USAGE_FIRST_MODIFIER && e->usage <= USAGE_LAST_MODIFIER) {
		uint8_t bit = (uint8_t)(1u << (e->usage - USAGE_FIRST_MODIFIER));
		k->modifiers = (uint8_t)(e->value != 0 ? k->modifiers | bit : k->modifiers & ~bit);
	}
	/* 2 is an auto-repeat: the key is down already. A key that was down before we listened only goes up. */
	if (e->value != 2) {
		k->down += e->value == 1 ? 1 : k->down > 0 ? -1 : 0;
	}
}

static enum hand_answer code(struct hand_keyboard *k) {
	if (k->scanner) {
		return HAND_CODE;
	}
	int64_t took = k->wedge.last_ms - k->burst_ms;
	if (k->person || k->burst_keys < HAND_SURE_LENGTH || took > (int64_t)k->burst_keys * HAND_SURE_GAP_MS) {
		return HAND_NOTHING;
	}
	k->scanner = true;
	return HAND_LOOKS_SO;
}

/* What was held was no code after all: somebody types. */
static bool was_typed(struct hand_keyboard *k, int64_t now_ms) {
	bool late = k->wedge.open && !wedge_holds(&k->wedge, now_ms);
	if (!late || k->named) {
		return false;
	}
	bool taken = k->scanner;
	k->scanner = false;
	k->person = true;
	return taken;
}

enum hand_answer hand_feed(struct hand_keyboard *k, const struct framing *framing, const struct hand_event *e) {
	follow_modifiers(k, e);
	if (e->value == 1 && hand_pause(k, framing, e->time_ms) == HAND_NOTHING && was_typed(k, e->time_ms)) {
		return HAND_PERSON;
	}
	const struct wedge_key key = {.usage = e->usage,
				      .pressed = e->value != 0,
				      .repeated = e->value == 2,
				      .shift = (k->modifiers & SHIFTS) != 0,
				      .control = (k->modifiers & CONTROLS) != 0,
				      .alt = (k->modifiers & ALTS) != 0,
				      .time_ms = e->time_ms};
	/* Before the key is fed: whether it goes on with a burst or begins one. */
	bool open = k->wedge.open && wedge_holds(&k->wedge, e->time_ms);
	enum wedge_answer answer = wedge_feed(&k->wedge, framing, &key);
	if (answer == WEDGE_HELD) {
		k->burst_ms = open ? k->burst_ms : e->time_ms;
		k->burst_keys = open ? k->burst_keys + 1 : 1;
	}
	return answer == WEDGE_CODE ? code(k) : HAND_NOTHING;
}

enum hand_answer hand_pause(struct hand_keyboard *k, const struct framing *framing, int64_t now_ms) {
	return wedge_pause(&k->wedge, framing, now_ms) ? code(k) : HAND_NOTHING;
}
