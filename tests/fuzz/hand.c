/* Hand scanners: bytes of serial lines and keys of keyboards, at any times, with any marks around codes; and marks as people write them. Whatever
 * came before, a code that comes after a pause is read.
 *
 * Input: which of the two, prefix and suffix (their lengths, their bytes), then events: a byte or a key, and the time since the last one. */
#include "fuzz/world.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "fuzz/dice.h"
#include "scan/hand/hand_keyboard.h"

#define MARK_TEXT_MAX 40
#define CODE "TO1CODE"

enum { SERIAL, KEYBOARD, WAYS };

/* --- marks ------------------------------------------------------------------------------------------------------------------------------------ */

static void take_text(struct dice *d, char out[MARK_TEXT_MAX + 1]) {
	static const char *const words[] = {"none", "enter", "tab", "stx", "etx", "\\r\\n", "~"};
	unsigned kind = dice_byte(d) % (COUNT_OF(words) + 2);
	if (kind < COUNT_OF(words)) {
		memcpy(out, words[kind], strlen(words[kind]) + 1);
		return;
	}
	size_t n = dice_byte(d) % (MARK_TEXT_MAX + 1);
	for (size_t i = 0; i < n; i++) {
		out[i] = (char)dice_byte(d);
	}
	out[n] = '\0';
}

/* What is printed of a mark is the same mark again. */
static void check_mark(const struct framing_mark *mark) {
	char text[FRAMING_TEXT_MAX], once_more[FRAMING_TEXT_MAX];
	struct framing_mark again;
	struct err err = {0};
	framing_mark_print(mark, text);
	fuzz_assert(memchr(text, '\0', sizeof text) != NULL);
	fuzz_assert(framing_mark_parse(text, &again, &err));
	fuzz_assert(again.length == mark->length && memcmp(again.bytes, mark->bytes, mark->length) == 0);
	framing_mark_print(&again, once_more);
	fuzz_assert(strcmp(text, once_more) == 0);
}

static void make_framing(struct dice *d, struct framing *out) {
	char prefix[MARK_TEXT_MAX + 1], suffix[MARK_TEXT_MAX + 1];
	struct err err = {0};
	take_text(d, prefix);
	take_text(d, suffix);
	if (!framing_parse(prefix, suffix, out, &err)) {
		fuzz_assert(err.kind == ERR_USAGE && err.text[0] != '\0');
		*out = (struct framing){.pause = false};
	}
	fuzz_assert(out->prefix.length <= FRAMING_MARK_MAX && out->suffix.length <= FRAMING_MARK_MAX);
	check_mark(&out->prefix);
	check_mark(&out->suffix);
}

/* What a scanner sends around and with CODE; the length of the whole. `at`: where the code begins. */
static size_t wrap_code(const struct framing *framing, char out[64], size_t *at) {
	size_t n = framing->prefix.length;
	memcpy(out, framing->prefix.bytes, n);
	*at = n;
	memcpy(out + n, CODE, strlen(CODE));
	n += strlen(CODE);
	memcpy(out + n, framing->suffix.bytes, framing->suffix.length);
	n += framing->suffix.length;
	if (!framing->pause && framing->suffix.length == 0) {
		out[n++] = '\r';
	}
	return n;
}

/* True when a mark is found within what is sent before its place, or the code's line would end early: no scanner is set so. */
static bool is_muddled(const struct framing *framing, const char *sent, size_t n) {
	const struct framing_mark *prefix = &framing->prefix, *suffix = &framing->suffix;
	size_t end = n - suffix->length;
	for (size_t i = 0; suffix->length > 0 && i < end; i++) {
		if (memcmp(sent + i, suffix->bytes, suffix->length) == 0) {
			return true;
		}
	}
	for (size_t i = 1; prefix->length > 0 && i + prefix->length <= end; i++) {
		if (memcmp(sent + i, prefix->bytes, prefix->length) == 0) {
			return true;
		}
	}
	bool line = !framing->pause && suffix->length == 0;
	return line && (memchr(prefix->bytes, '\r', prefix->length) != NULL || memchr(prefix->bytes, '\n', prefix->length) != NULL);
}

/* --- serial lines ----------------------------------------------------------------------------------------------------------------------------- */

static void check_code(const struct framer *f, bool code) {
	fuzz_assert(f->length <= FRAMING_CODE_MAX);
	fuzz_assert(!code || (f->length > 0 && f->text[f->length] == '\0'));
}

static void check_serial(struct dice *d, const struct framing *framing) {
	static struct framer f;
	char sent[64];
	size_t at;
	int64_t now = 0;
	f = (struct framer){.length = 0};
	while (d->left > 0) {
		unsigned wait = dice_byte(d), times = 1;
		now += wait < 200 ? 0 : wait < 240 ? (int64_t)wait - 199 : ((int64_t)wait - 239) * 300;
		if (wait == 199) { /* more of the same than fits */
			times = dice_word(d) % 5000;
		}
		int due = framer_due_ms(&f, framing, now);
		fuzz_assert(due >= -1 && due <= FRAMING_PAUSE_MS);
		if (due == 0) {
			check_code(&f, framer_pause(&f, framing, now));
			fuzz_assert(framer_due_ms(&f, framing, now) == -1);
		}
		char byte = (char)dice_byte(d);
		for (; times > 0; times--) {
			check_code(&f, framer_byte(&f, framing, byte, now));
		}
	}
	now += FRAMING_STALE_MS + 1;
	size_t n = wrap_code(framing, sent, &at);
	if (is_muddled(framing, sent, n)) {
		return;
	}
	bool code = false;
	for (size_t i = 0; i < n; i++) {
		code = framer_byte(&f, framing, sent[i], now);
		fuzz_assert(!code || i + 1 == n);
	}
	code = code || framer_pause(&f, framing, now + FRAMING_PAUSE_MS);
	fuzz_assert(code && f.length == strlen(CODE) && memcmp(f.text, CODE, f.length) == 0);
}

/* --- keyboards -------------------------------------------------------------------------------------------------------------------------------- */

#define LEFT_SHIFT 0xE1

static bool press(struct hand_keyboard *k, const struct framing *framing, uint16_t usage, int value, int64_t now) {
	const struct hand_event e = {usage, value, now};
	enum hand_answer answer = hand_feed(k, framing, &e);
	bool code = answer == HAND_CODE || answer == HAND_LOOKS_SO;
	fuzz_assert(k->wedge.length <= WEDGE_LENGTH_MAX && k->down >= 0);
	fuzz_assert(answer != HAND_PERSON || (!k->scanner && k->person && !k->named));
	fuzz_assert(!code || (k->scanner && memchr(k->wedge.text, '\0', sizeof k->wedge.text) != NULL));
	fuzz_assert(!code || memchr(k->wedge.turned, '\0', sizeof k->wedge.turned) != NULL);
	return code;
}

/* The key for a character in the US layout, by which scanners type. */
static bool find_key(char c, uint16_t *usage, bool *shift) {
	*shift = false;
	*usage = c == '\r' ? 0x28 : c == '\t' ? 0x2B : 0;
	for (uint16_t u = 4; *usage == 0 && u < 0x39; u++) {
		for (int shifted = 0; shifted < 2; shifted++) {
			if (wedge_character(u, shifted != 0) == c) {
				*usage = u;
				*shift = shifted != 0;
			}
		}
	}
	return *usage != 0;
}

static bool type_code(struct hand_keyboard *k, const struct framing *framing, int64_t now, bool *typed) {
	char sent[64];
	size_t at;
	size_t n = wrap_code(framing, sent, &at);
	bool code = false;
	*typed = false;
	for (size_t i = 0; i < n; i++) { /* nothing is typed unless all of it can be */
		uint16_t usage;
		bool shift;
		if (sent[i] == '\0' || !find_key(sent[i], &usage, &shift)) {
			return false;
		}
	}
	if (is_muddled(framing, sent, n)) {
		return false;
	}
	*typed = true;
	for (size_t i = 0; i < n; i++, now += 2) {
		uint16_t usage;
		bool shift;
		fuzz_assert(find_key(sent[i], &usage, &shift));
		press(k, framing, LEFT_SHIFT, shift, now);
		code = press(k, framing, usage, 1, now);
		fuzz_assert(!code || i + 1 == n);
		press(k, framing, usage, 0, now + 1);
		press(k, framing, LEFT_SHIFT, 0, now + 1);
	}
	return code || hand_pause(k, framing, now + WEDGE_GAP_MS + 1) == HAND_CODE;
}

static void check_keyboard(struct dice *d, const struct framing *framing) {
	static struct hand_keyboard k;
	int64_t now = 0;
	bool typed;
	k = (struct hand_keyboard){.named = (dice_byte(d) & 1) != 0};
	k.scanner = k.named;
	while (d->left > 0) {
		unsigned wait = dice_byte(d), times = 1;
		now += wait < 200 ? wait % 4 : ((int64_t)wait - 199) * 8;
		if (wait == 199) {
			times = dice_word(d) % 5000;
		}
		uint16_t usage = (uint16_t)dice_byte(d);
		int value = dice_between(d, 0, 8); /* mostly downs */
		for (; times > 0; times--) {
			press(&k, framing, usage, value > 2 ? 1 : value, now);
		}
		if (dice_rarely(d, 8)) {
			hand_pause(&k, framing, now);
		}
	}
	for (uint16_t usage = 0xE0; usage <= 0xE7; usage++) { /* nobody holds a key for ever */
		press(&k, framing, usage, 0, now);
	}
	if (k.named) {
		bool code = type_code(&k, framing, now + 10000, &typed);
		fuzz_assert(!typed || (code && strcmp(k.wedge.text, CODE) == 0));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	struct dice d = {data, n};
	struct framing framing;
	unsigned way = dice_byte(&d) % WAYS;
	make_framing(&d, &framing);
	if (way == SERIAL) {
		check_serial(&d, &framing);
	} else {
		check_keyboard(&d, &framing);
	}
	return 0;
}
