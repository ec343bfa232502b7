#include "scan/hand/framing.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

static const struct {
	const char *word;
	const char *bytes;
} words[] = {{"none", ""}, {"enter", "\r"}, {"tab", "\t"}, {"stx", "\x02"}, {"etx", "\x03"}};

/* One character of a mark as written; 0 for an unknown escape, else how many characters it took. */
static size_t unescape(const char *at, char *out) {
	if (at[0] != '\\') {
		*out = at[0];
		return 1;
	}
	switch (at[1]) {
	case 'r': *out = '\r'; return 2;
	case 'n': *out = '\n'; return 2;
	case 't': *out = '\t'; return 2;
	case '\\': *out = '\\'; return 2;
	case 'x': {
		char digits[3] = {at[2], at[2] != '\0' ? at[3] : '\0', '\0'};
		return str_unhex(digits, out, 1) ? 4 : 0;
	}
	default: return 0;
	}
}

bool framing_mark_parse(const char *text, struct framing_mark *out, struct err *err) {
	struct framing_mark mark = {.length = 0};
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (str_eq_nocase(words[i].word, text)) {
			mark.length = strlen(words[i].bytes);
			memcpy(mark.bytes, words[i].bytes, mark.length);
			*out = mark;
			return true;
		}
	}
	while (*text != '\0') {
		char c;
		size_t used = unescape(text, &c);
		if (used == 0) {
			return err_set(err, ERR_USAGE, "\"%s\": after \\ comes r, n, t, \\ or x and two hexadecimal digits", text);
		}
		if (mark.length == FRAMING_MARK_MAX) {
			return err_set(err, ERR_USAGE, "what stands around a code has at most %d characters", FRAMING_MARK_MAX);
		}
		mark.bytes[mark.length++] = c;
		text += used;
	}
	*out = mark;
	return true;
}

void framing_mark_print(const struct framing_mark *mark, char out[FRAMING_TEXT_MAX]) {
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (mark->length == strlen(words[i].bytes) && memcmp(mark->bytes, words[i].bytes, mark->length) == 0) {
			str_copy(out, FRAMING_TEXT_MAX, words[i].word);
			return;
		}
	}
	size_t n = 0;
	for (size_t i = 0; i < mark->length; i++) {
		unsigned char c = (unsigned char)mark->bytes[i];
		bool plain = c > 0x20 && c < 0x7F && c != '\\';
		n += (size_t)snprintf(out + n, FRAMING_TEXT_MAX - n, plain ? "%c" : "\\x%02x", c);
	}
}

bool framing_parse(const char *prefix, const char *suffix, struct framing *out, struct err *err) {
	struct framing f = {.pause = false};
	if (!framing_mark_parse(prefix, &f.prefix, err) || !framing_mark_parse(suffix, &f.suffix, err)) {
		return false;
	}
	/* Before the line's end becomes an empty suffix, too. */
	f.pause = f.suffix.length == 0;
	if (f.suffix.length == 1 && f.suffix.bytes[0] == '\r') {
		f.suffix.length = 0; /* any line's end */
	}
	*out = f;
	return true;
}

bool framing_ends(const char *text, size_t n, const struct framing_mark *mark) {
	return mark->length > 0 && n >= mark->length && memcmp(text + n - mark->length, mark->bytes, mark->length) == 0;
}

bool framing_begins(const char *text, size_t n, const struct framing_mark *mark) {
	return n >= mark->length && memcmp(text, mark->bytes, mark->length) == 0;
}

static void restart(struct framer *f) {
	f->length = 0;
	f->done = f->overlong = false;
}

/* What was gathered is a code when it is not empty and the prefix, if there is one, came before it. */
static bool end(struct framer *f, const struct framing *framing, size_t n) {
	size_t head = framing->prefix.length, from = 0;
	bool found = head == 0;
	for (size_t i = n; !found && i >= head; i--) { /* the last prefix: a code that was cut off came before */
		found = memcmp(f->text + i - head, framing->prefix.bytes, head) == 0;
		from = i;
	}
	bool code = found && !f->overlong && n > from;
	f->length = code ? n - from : 0;
	memmove(f->text, f->text + (code ? from : 0), f->length);
	f->text[f->length] = '\0';
	f->done = true;
	return code;
}

bool framer_byte(struct framer *f, const struct framing *framing, char byte, int64_t now_ms) {
	if (f->done || now_ms - f->last_ms > FRAMING_STALE_MS) {
		restart(f);
	}
	f->last_ms = now_ms;
	bool line = !framing->pause && framing->suffix.length == 0;
	/* Of CR LF the second ends an empty code, which is none. */
	if (line && (byte == '\r' || byte == '\n')) {
		return end(f, framing, f->length);
	}
	if (f->length == FRAMING_CODE_MAX) { /* its last bytes are kept, to know its end by */
		f->overlong = true;
		f->length -= FRAMING_CODE_MAX / 2;
		memmove(f->text, f->text + FRAMING_CODE_MAX / 2, f->length);
	}
	f->text[f->length++] = byte;
	return framing_ends(f->text, f->length, &framing->suffix) && end(f, framing, f->length - framing->suffix.length);
}

int framer_due_ms(const struct framer *f, const struct framing *framing, int64_t now_ms) {
	if (!framing->pause || f->done || f->length == 0) {
		return -1;
	}
	int64_t left = f->last_ms + FRAMING_PAUSE_MS - now_ms;
	return left < 0 ? 0 : (int)left;
}

bool framer_pause(struct framer *f, const struct framing *framing, int64_t now_ms) {
	return framer_due_ms(f, framing, now_ms) == 0 && end(f, framing, f->length);
}
