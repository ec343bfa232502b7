#include "scan/qr/payload.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/base45.h"
#include "base/charset.h"
#include "base/str.h"
#include "base/utf8.h"

struct bits {
	const uint8_t *data;
	int at, count; /* in bits */
};

static bool take_bits(struct bits *b, int n, unsigned *out) {
	if (b->count - b->at < n) {
		return false;
	}
	*out = 0;
	for (; n > 0; n--, b->at++) {
		*out = *out << 1 | (unsigned)(b->data[b->at / 8] >> (7 - b->at % 8) & 1);
	}
	return true;
}

enum mode {
	MODE_END,
	MODE_DIGITS,
	MODE_LETTERS,
	MODE_APPEND,
	MODE_BYTES,
	MODE_FNC1,
	MODE_ECI = 7,
	MODE_KANJI,
	MODE_FNC1_SECOND,
	MODE_HANZI = 13 /* GB/T 18284 */
};

struct text {
	struct payload *out;
	int version;
	int eci;   /* named last; -1 */
	bool fnc1; /* in letters '%' stands for a separator then */
};

/* What follows is in that character set. */
static void begin_piece(struct text *t, bool kanji, bool hanzi) {
	struct payload *p = t->out;
	const struct payload_piece *last = p->pieces.count != 0 ? &p->pieces.items[p->pieces.count - 1] : NULL;
	if (last == NULL || last->eci != t->eci || last->kanji != kanji || last->hanzi != hanzi) {
		ARRAY_GROW(&p->pieces, items);
		p->pieces.items[p->pieces.count++] = (struct payload_piece){p->bytes.len, t->eci, kanji, hanzi};
	}
}

/* Bits of a segment's length, by mode and version (table 3). */
static int length_bits(enum mode mode, int version) {
	static const uint8_t bits[][3] = {
		[MODE_DIGITS] = {10, 12, 14}, [MODE_LETTERS] = {9, 11, 13}, [MODE_BYTES] = {8, 16, 16}, [MODE_KANJI] = {8, 10, 12}};
	return bits[mode][version < 10 ? 0 : version < 27 ? 1 : 2];
}

static bool read_digits(struct bits *b, struct text *t, unsigned length) {
	begin_piece(t, false, false);
	while (length > 0) {
		int digits = length >= 3 ? 3 : (int)length;
		static const unsigned limits[] = {0, 10, 100, 1000};
		unsigned value;
		char group[4] = {0};
		/* Three digits in ten bits, two in seven, one in four (7.4.3). */
		if (!take_bits(b, digits * 3 + 1, &value) || value >= limits[digits]) {
			return false;
		}
		for (int i = digits - 1; i >= 0; i--, value /= 10) {
			group[i] = (char)('0' + value % 10);
		}
		strbuf_add(&t->out->bytes, group, (size_t)digits);
		length -= (unsigned)digits;
	}
	return true;
}

#define GROUP_SEPARATOR 0x1D

static bool read_letters(struct bits *b, struct text *t, unsigned length) {
	static const char letters[] = BASE45_ALPHABET;
	size_t from = t->out->bytes.len;
	begin_piece(t, false, false);
	for (; length > 0; length -= length > 1 ? 2 : 1) {
		unsigned value;
		if (!take_bits(b, length > 1 ? 11 : 6, &value) || value >= (length > 1 ? 45u * 45u : 45u)) {
			return false;
		}
		if (length > 1) {
			strbuf_addc(&t->out->bytes, letters[value / 45]);
		}
		strbuf_addc(&t->out->bytes, letters[value % 45]);
	}
	if (!t->fnc1) {
		return true;
	}
	/* "%%" is a per cent sign, "%" alone a separator (7.4.8.2). */
	struct strbuf *s = &t->out->bytes;
	size_t to = from;
	for (size_t i = from; i < s->len; i++) {
		bool two = s->data[i] == '%' && i + 1 < s->len && s->data[i + 1] == '%';
		s->data[to++] = s->data[i] != '%' || two ? s->data[i] : GROUP_SEPARATOR;
		i += two;
	}
	strbuf_truncate(s, to);
	return true;
}

static bool read_bytes(struct bits *b, struct text *t, unsigned length) {
	begin_piece(t, false, false);
	for (; length > 0; length--) {
		unsigned value;
		if (!take_bits(b, 8, &value)) {
			return false;
		}
		strbuf_addc(&t->out->bytes, (char)value);
	}
	return true;
}

/* 13 bits a character, packed from Shift JIS (7.4.6). */
static bool read_kanji(struct bits *b, struct text *t, unsigned length) {
	begin_piece(t, true, false);
	for (; length > 0; length--) {
		unsigned value;
		if (!take_bits(b, 13, &value)) {
			return false;
		}
		unsigned code = value / 0xC0 << 8 | value % 0xC0;
		code += code < 0x1F00 ? 0x8140 : 0xC140;
		strbuf_addc(&t->out->bytes, (char)(code >> 8));
		strbuf_addc(&t->out->bytes, (char)(code & 0xFF));
	}
	return true;
}

/* 13 bits a character, packed from GB 2312. */
static bool read_hanzi(struct bits *b, struct text *t, unsigned length) {
	begin_piece(t, false, true);
	for (; length > 0; length--) {
		unsigned value;
		if (!take_bits(b, 13, &value)) {
			return false;
		}
		unsigned code = value / 0x60 << 8 | value % 0x60;
		code += code < 0x0A00 ? 0xA1A1 : 0xA6A1;
		strbuf_addc(&t->out->bytes, (char)(code >> 8));
		strbuf_addc(&t->out->bytes, (char)(code & 0xFF));
	}
	return true;
}

/* One, two or three bytes, told apart as UTF-8 tells its own (7.4.2). */
static bool read_eci(struct bits *b, struct text *t) {
	unsigned value, more = 0;
	if (!take_bits(b, 8, &value) || value >= 0xE0) {
		return false;
	}
	int bytes = value < 0x80 ? 0 : value < 0xC0 ? 1 : 2;
	if (!take_bits(b, 8 * bytes, &more)) {
		return false;
	}
	t->eci = (int)((value & (bytes == 0 ? 0x7Fu : bytes == 1 ? 0x3Fu : 0x1Fu)) << 8 * bytes | more);
	return true;
}

/* Which symbol of how many, four bits each, and a byte of parity over all of the text (8.1). */
static bool read_append(struct bits *b, struct text *t) {
	unsigned which, last, parity;
	if (!take_bits(b, 4, &which) || !take_bits(b, 4, &last) || !take_bits(b, 8, &parity)) {
		return false;
	}
	t->out->part = (int)which + 1;
	t->out->parts = (int)last + 1;
	return true;
}

static bool read_segment(struct bits *b, struct text *t, enum mode mode) {
	unsigned length = 0, ignored;
	switch (mode) {
	case MODE_HANZI:
		return take_bits(b, 4, &ignored) && take_bits(b, length_bits(MODE_KANJI, t->version), &length) && read_hanzi(b, t, length);
	case MODE_ECI: return read_eci(b, t);
	case MODE_APPEND: return read_append(b, t);
	case MODE_FNC1: t->fnc1 = true; return true;
	case MODE_FNC1_SECOND: t->fnc1 = true; return take_bits(b, 8, &ignored);
	case MODE_KANJI: return take_bits(b, length_bits(mode, t->version), &length) && read_kanji(b, t, length);
	case MODE_DIGITS: return take_bits(b, length_bits(mode, t->version), &length) && read_digits(b, t, length);
	case MODE_LETTERS: return take_bits(b, length_bits(mode, t->version), &length) && read_letters(b, t, length);
	case MODE_BYTES: return take_bits(b, length_bits(mode, t->version), &length) && read_bytes(b, t, length);
	case MODE_END: break;
	}
	return false;
}

bool payload_read(const struct corrected *symbol, struct payload *out) {
	struct bits b = {symbol->data, 0, 8 * symbol->data_count};
	struct text t = {.out = out, .version = symbol->version, .eci = -1};
	strbuf_reset(&out->bytes);
	out->pieces.count = 0;
	out->part = out->parts = 0;
	unsigned mode = MODE_END;
	while (take_bits(&b, 4, &mode) && mode != MODE_END) {
		if (!read_segment(&b, &t, (enum mode)mode)) {
			return false;
		}
	}
	return out->bytes.len != 0;
}

void payload_of_bytes(const char *bytes, size_t len, struct payload *out) {
	struct text t = {.out = out, .eci = -1};
	strbuf_reset(&out->bytes);
	out->pieces.count = 0;
	out->part = out->parts = 0;
	begin_piece(&t, false, false);
	strbuf_add(&out->bytes, bytes, len);
}

/* --- the text that is meant ---------------------------------------------------------------------------------------------------------------- */

/* Names of iconv's by AIM's numbers (AIM ITS/04-023:2022, table 1); NULL: unknown, or no character set. */
static const char *set_name(int eci) {
	static const char *const names[] = {
		"CP437",       "ISO-8859-1",  "CP437",       "ISO-8859-1", "ISO-8859-2",  "ISO-8859-3",  "ISO-8859-4", "ISO-8859-5",
		"ISO-8859-6",  "ISO-8859-7",  "ISO-8859-8",  "ISO-8859-9", "ISO-8859-10", "ISO-8859-11", NULL,         "ISO-8859-13",
		"ISO-8859-14", "ISO-8859-15", "ISO-8859-16", NULL,         "CP932",       "CP1250",      "CP1251",     "CP1252",
		"CP1256",      "UTF-16BE",    "UTF-8",       "ASCII",      "BIG5",        "GB18030",     "EUC-KR",     "GBK",
		"GB18030",     "UTF-16LE",    "UTF-32BE",    "UTF-32LE",
	};
	return eci >= 0 && (size_t)eci < COUNT_OF(names) ? names[eci] : NULL;
}

static bool is_between(unsigned char c, unsigned char low, unsigned char high) { return c >= low && c <= high; }

/* Half-width katakana alone: one of their letters has a mark of voicing behind it, and no other has. Such bytes are capital letters elsewhere, which do
 * not stand so. */
static bool reads_as_katakana(const char *bytes, size_t len) {
	unsigned char before = 0;
	bool marked = false;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)bytes[i];
		bool takes_mark = is_between(before, 0xCA, 0xCE) || (c == 0xDE && (is_between(before, 0xB6, 0xC4) || before == 0xB3));
		if (c >= 0x80 && (!is_between(c, 0xA1, 0xDF) || (c >= 0xDE && !takes_mark))) {
			return false;
		}
		marked = marked || c >= 0xDE;
		before = c;
	}
	return marked;
}

/* Whether bytes read as Shift JIS (JIS X 0208, appendix 1): kana and the commonest kanji begin with 0x81 to 0x9F, which no text in an alphabet of one
 * byte a letter is full of; what else there is may not prevail. */
static bool reads_as_shift_jis(const char *bytes, size_t len) {
	size_t sure = 0;
	size_t other = 0;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)bytes[i];
		unsigned char next = i + 1 < len ? (unsigned char)bytes[i + 1] : 0;
		if ((is_between(c, 0x81, 0x9F) || is_between(c, 0xE0, 0xFC)) && is_between(next, 0x40, 0xFC) && next != 0x7F) {
			sure += c <= 0x9F;
			other += c > 0x9F;
			i++;
		} else {
			other += c >= 0x80;
		}
	}
	return (sure > 0 && sure >= other) || reads_as_katakana(bytes, len);
}

/* All of the bytes by that set, or nothing. */
static bool add_by_set(const char *name, const char *bytes, size_t len, struct strbuf *out) {
	size_t before = out->len, stop = 0;
	if (name != NULL && charset_to_utf8(name, bytes, len, out, &stop) && stop == len) {
		return true;
	}
	strbuf_truncate(out, before);
	return false;
}

static void add_piece(const struct payload_piece *piece, const char *bytes, size_t len, struct strbuf *out) {
	const char *name = piece->kanji ? "CP932" : piece->hanzi ? "GB18030" : set_name(piece->eci);
	if (name != NULL && !str_eq(name, "UTF-8") && add_by_set(name, bytes, len, out)) {
		return;
	}
	if (utf8_valid(bytes, len, NULL) || memchr(bytes, '\0', len) != NULL) {
		strbuf_add(out, bytes, len);
	} else if (!reads_as_shift_jis(bytes, len) || !add_by_set("CP932", bytes, len, out)) {
		add_by_set("ISO-8859-1", bytes, len, out);
	}
}

#define BOM "\xEF\xBB\xBF"

void payload_text(const struct payload *payload, struct strbuf *out) {
	size_t from = out->len;
	for (size_t i = 0; i < payload->pieces.count; i++) {
		const struct payload_piece *piece = &payload->pieces.items[i];
		size_t end = i + 1 < payload->pieces.count ? piece[1].from : payload->bytes.len;
		if (end != piece->from) {
			add_piece(piece, payload->bytes.data + piece->from, end - piece->from, out);
		}
	}
	if (out->len - from >= strlen(BOM) && memcmp(out->data + from, BOM, strlen(BOM)) == 0) {
		memmove(out->data + from, out->data + from + strlen(BOM), out->len - from - strlen(BOM));
		strbuf_truncate(out, out->len - strlen(BOM));
	}
	if (out->len > from && out->data[out->len - 1] == '\n') {
		strbuf_truncate(out, out->len - 1);
	}
	if (out->len > from && out->data[out->len - 1] == '\r') {
		strbuf_truncate(out, out->len - 1);
	}
}

void payload_fini(struct payload *payload) {
	strbuf_fini(&payload->bytes);
	free(payload->pieces.items);
}
