#include "scan/hand/wedge.h"

#include <string.h>

#include "base/strbuf.h"
#include "base/utf8.h"

/* HID Usage Tables 1.4, section 10, Keyboard/Keypad page. */
enum {
	USAGE_A = 0x04,
	USAGE_Z = 0x1D,
	USAGE_1 = 0x1E,
	USAGE_ENTER = 0x28,
	USAGE_ESCAPE = 0x29,
	USAGE_TAB = 0x2B,
	USAGE_SPACE = 0x2C,
	USAGE_SLASH = 0x38,
	USAGE_CAPS_LOCK = 0x39,
	USAGE_PAD_DIVIDE = 0x54,
	USAGE_PAD_ENTER = 0x58,
	USAGE_PAD_1 = 0x59,
	USAGE_PAD_0 = 0x62,
	USAGE_PAD_DOT = 0x63,
	USAGE_LEFT_CONTROL = 0xE0,
	USAGE_LEFT_ALT = 0xE2,
	USAGE_RIGHT_ALT = 0xE6,
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

/* --- Alt and the keypad -------------------------------------------------------------------------------------------------------------- */

enum { PAGE_NONE, PAGE_437, PAGE_1252 };

/* Unicode's mappings of the code pages (unicode.org, MAPPINGS/VENDORS/MICSFT: cp437.txt, cp1252.txt) from 0x80 on; 1252 is Latin-1 from 0xA0 on. */
static const uint16_t page_437[128] = {
	0xC7,   0xFC,   0xE9,   0xE2,   0xE4,   0xE0,   0xE5,   0xE7,   0xEA,   0xEB,   0xE8,   0xEF,   0xEE,   0xEC,   0xC4,   0xC5,
	0xC9,   0xE6,   0xC6,   0xF4,   0xF6,   0xF2,   0xFB,   0xF9,   0xFF,   0xD6,   0xDC,   0xA2,   0xA3,   0xA5,   0x20A7, 0x192,
	0xE1,   0xED,   0xF3,   0xFA,   0xF1,   0xD1,   0xAA,   0xBA,   0xBF,   0x2310, 0xAC,   0xBD,   0xBC,   0xA1,   0xAB,   0xBB,
	0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556, 0x2555, 0x2563, 0x2551, 0x2557, 0x255D, 0x255C, 0x255B, 0x2510,
	0x2514, 0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x255E, 0x255F, 0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256C, 0x2567,
	0x2568, 0x2564, 0x2565, 0x2559, 0x2558, 0x2552, 0x2553, 0x256B, 0x256A, 0x2518, 0x250C, 0x2588, 0x2584, 0x258C, 0x2590, 0x2580,
	0x3B1,  0xDF,   0x393,  0x3C0,  0x3A3,  0x3C3,  0xB5,   0x3C4,  0x3A6,  0x398,  0x3A9,  0x3B4,  0x221E, 0x3C6,  0x3B5,  0x2229,
	0x2261, 0xB1,   0x2265, 0x2264, 0x2320, 0x2321, 0xF7,   0x2248, 0xB0,   0x2219, 0xB7,   0x221A, 0x207F, 0xB2,   0x25A0, 0xA0};
static const uint16_t page_1252[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
				       0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
				       0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

static unsigned unicode_of(uint8_t byte, uint8_t page) {
	if (page == PAGE_437) {
		return page_437[byte - 128];
	}
	return page == PAGE_1252 && byte < 0xA0 ? page_1252[byte - 128] : byte;
}

static void restart(struct wedge *w) {
	w->length = 0;
	w->alt_value = w->alt_digits = 0;
	w->open = w->locked = w->overlong = w->composed = false;
}

/* What was gathered, if anything, and this key are a person's. */
static void restart_after_person(struct wedge *w, int64_t at_ms) {
	w->typed = true;
	w->typed_ms = at_ms;
	restart(w);
}

static void put(struct wedge *w, char c, uint8_t page) {
	if (w->length == 0) {
		w->quiet = !w->typed || w->last_ms - w->typed_ms > WEDGE_QUIET_MS || w->last_ms < w->typed_ms;
	}
	w->open = true;
	if (w->length == WEDGE_LENGTH_MAX) {
		w->overlong = true;
		return;
	}
	w->composed = w->composed || page != PAGE_NONE;
	w->page[w->length] = page;
	w->text[w->length++] = c;
}

static enum wedge_answer take_alt_digit(struct wedge *w, uint16_t usage) {
	unsigned digit = usage == USAGE_PAD_0 ? 0 : (unsigned)(usage - USAGE_PAD_1 + 1);
	if (w->alt_digits == 0) {
		w->alt_zero = digit == 0;
	}
	/* Seven digits are enough for all of Unicode; more must not overflow. */
	w->alt_value = (w->alt_value * 10 + digit) % 10000000;
	w->alt_digits++;
	w->open = true;
	return WEDGE_HELD;
}

/* Alt is up: Windows takes numbers without a 0 before them from its old code page, with one from its later one, greater ones as Unicode. */
static void end_alt(struct wedge *w) {
	unsigned value = w->alt_value;
	bool typed = w->alt_digits > 0 && value > 0 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
	w->alt_value = w->alt_digits = 0;
	if (typed && value < 256) {
		put(w, (char)value, value < 128 ? PAGE_NONE : w->alt_zero ? PAGE_1252 : PAGE_437);
	} else if (typed) {
		char bytes[4];
		size_t n = utf8_put(value, bytes);
		for (size_t i = 0; i < n; i++) {
			put(w, bytes[i], PAGE_NONE);
		}
	}
}

/* Bytes over 127 are UTF-8 when all of them together are (a scanner that sends a QR code byte by byte), else characters of their page. */
static void compose(struct wedge *w) {
	if (!w->composed || utf8_valid(w->text, w->length, NULL)) {
		return;
	}
	struct strbuf out = {0};
	for (size_t i = 0; i < w->length; i++) {
		char bytes[4] = {w->text[i]};
		size_t n = w->page[i] == PAGE_NONE ? 1 : utf8_put(unicode_of((uint8_t)w->text[i], w->page[i]), bytes);
		strbuf_add(&out, bytes, n);
	}
	w->length = out.len < WEDGE_LENGTH_MAX ? out.len : WEDGE_LENGTH_MAX;
	memcpy(w->text, strbuf_str(&out), w->length);
	strbuf_fini(&out);
}

/* --- bursts ------------------------------------------------------------------------------------------------------------------------- */

static char turn_case(char c) {
	if (c >= 'a' && c <= 'z') {
		return (char)(c - 'a' + 'A');
	}
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* What was gathered, but for `tail` bytes, is a code or not. */
static bool end_burst(struct wedge *w, const struct framing *framing, size_t tail) {
	size_t head = framing->prefix.length, least = framing->pause ? WEDGE_LENGTH_MIN_PAUSE : w->quiet ? 1 : WEDGE_LENGTH_MIN;
	bool code = w->open && !w->overlong && w->length >= head + tail + least && framing_begins(w->text, w->length, &framing->prefix);
	if (code) {
		w->length -= head + tail;
		memmove(w->text, w->text + head, w->length);
		memmove(w->page, w->page + head, w->length);
		compose(w);
		for (size_t i = 0; i < w->length; i++) {
			w->turned[i] = turn_case(w->text[i]);
		}
		w->text[w->length] = '\0';
		w->turned[w->locked ? w->length : 0] = '\0';
	}
	if (code) {
		restart(w);
	} else {
		restart_after_person(w, w->last_ms);
	}
	return code;
}

/* With the control characters, which a framing may want. */
static char character_of(const struct wedge_key *key) {
	switch (key->usage) {
	case USAGE_ENTER:
	case USAGE_PAD_ENTER: return '\r';
	case USAGE_TAB: return '\t';
	case USAGE_ESCAPE: return '\x1b';
	default: break;
	}
	char c = wedge_character(key->usage, key->shift);
	if (!key->control) {
		return c;
	}
	c = turn_case(c) >= 'A' && turn_case(c) <= 'Z' ? turn_case(c) : c;
	/* Control takes the upper bits off (ASCII): Control and ] is 0x1D. */
	return c >= '@' && c < 0x7F ? (char)(c & 0x1F) : '\0';
}

/* Keys of other keyboards than the US one: what a scanner that is set to one of these sends for letters of it. */
static bool is_foreign(uint16_t usage) { return usage == 0x64 || (usage >= 0x87 && usage <= 0x8F) || (usage >= 0x90 && usage <= 0x98); }

/* True for a control character that no mark of the framing holds: a person's key. */
static bool is_persons(char c, const struct framing *framing) {
	bool sent = c == 0x1D || c == 0x1E || c == 0x04; /* group, record, end: in the codes of driving licences and goods */
	return c >= 0 && c < ' ' && !sent && memchr(framing->prefix.bytes, c, framing->prefix.length) == NULL &&
	       memchr(framing->suffix.bytes, c, framing->suffix.length) == NULL;
}

static enum wedge_answer take_key(struct wedge *w, const struct framing *framing, const struct wedge_key *key) {
	if (key->alt && key->usage >= USAGE_PAD_1 && key->usage <= USAGE_PAD_0) {
		return take_alt_digit(w, key->usage);
	}
	char c = character_of(key);
	bool line = !framing->pause && framing->suffix.length == 0;
	/* Asked first: the check below would take this Enter for a person's key and drop what it ends. */
	if (line && c == '\r') {
		return end_burst(w, framing, 0) ? WEDGE_CODE : WEDGE_NOTHING;
	}
	if (c == '\0' && is_foreign(key->usage) && !key->repeated && !key->alt && !key->control) {
		for (const char *lost = "\xEF\xBF\xBD"; *lost != '\0'; lost++) {
			put(w, *lost, PAGE_NONE);
		}
		return WEDGE_HELD;
	}
	if (c == '\0' || key->repeated || key->alt || is_persons(c, framing)) {
		restart_after_person(w, key->time_ms);
		return WEDGE_NOTHING;
	}
	w->locked = w->locked || (key->caps_lock && turn_case(c) != c);
	put(w, c, PAGE_NONE);
	if (framing_ends(w->text, w->length, &framing->suffix)) {
		return end_burst(w, framing, framing->suffix.length) ? WEDGE_CODE : WEDGE_NOTHING;
	}
	return WEDGE_HELD;
}

static bool is_late(const struct wedge *w, int64_t now_ms) { return now_ms - w->last_ms > WEDGE_GAP_MS || now_ms < w->last_ms; }

/* Alt went up: what was composed may be the suffix, or an Enter (Alt 013). */
static enum wedge_answer finish_alt(struct wedge *w, const struct framing *framing) {
	end_alt(w);
	bool line = !framing->pause && framing->suffix.length == 0 && w->length > 0 && w->text[w->length - 1] == '\r';
	if (line || framing_ends(w->text, w->length, &framing->suffix)) {
		return end_burst(w, framing, line ? 1 : framing->suffix.length) ? WEDGE_CODE : WEDGE_NOTHING;
	}
	return WEDGE_NOTHING;
}

enum wedge_answer wedge_feed(struct wedge *w, const struct framing *framing, const struct wedge_key *key) {
	/* Too long after the last one: what was gathered was typed by a person. */
	if (w->open && is_late(w, key->time_ms)) {
		restart_after_person(w, w->last_ms);
	}
	if (!key->pressed && (key->usage == USAGE_LEFT_ALT || key->usage == USAGE_RIGHT_ALT)) {
		w->last_ms = key->time_ms;
		return finish_alt(w, framing);
	}
	bool modifier = key->usage == USAGE_CAPS_LOCK || (key->usage >= USAGE_LEFT_CONTROL && key->usage <= USAGE_RIGHT_GUI);
	/* Neither moves last_ms: the gap is measured from press to press. */
	if (!key->pressed || modifier) {
		return WEDGE_NOTHING;
	}
	w->last_ms = key->time_ms;
	return take_key(w, framing, key);
}

bool wedge_pause(struct wedge *w, const struct framing *framing, int64_t now_ms) {
	return framing->pause && w->open && is_late(w, now_ms) && end_burst(w, framing, 0);
}

bool wedge_holds(const struct wedge *w, int64_t now_ms) { return w->open && now_ms - w->last_ms <= WEDGE_GAP_MS; }
