#include "scan/qr/payload.h"

#include <string.h>

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
	bool fnc1; /* in letters '%' stands for a separator then */
};

/* Bits of a segment's length, by mode and version (table 3). */
static int length_bits(enum mode mode, int version) {
	static const uint8_t bits[][3] = {
		[MODE_DIGITS] = {10, 12, 14}, [MODE_LETTERS] = {9, 11, 13}, [MODE_BYTES] = {8, 16, 16}, [MODE_KANJI] = {8, 10, 12}};
	return bits[mode][version < 10 ? 0 : version < 27 ? 1 : 2];
}

static bool read_digits(struct bits *b, struct text *t, unsigned length) {
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
	static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
	size_t from = t->out->bytes.len;
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
	t->out->kanji = true;
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
	t->out->hanzi = true;
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
	value = (value & (bytes == 0 ? 0x7Fu : bytes == 1 ? 0x3Fu : 0x1Fu)) << 8 * bytes | more;
	/* The first one counts for all of the text. */
	t->out->eci = t->out->eci < 0 ? (int)value : t->out->eci;
	return true;
}

static bool read_segment(struct bits *b, struct text *t, enum mode mode) {
	unsigned length = 0, ignored;
	switch (mode) {
	case MODE_HANZI:
		return take_bits(b, 4, &ignored) && take_bits(b, length_bits(MODE_KANJI, t->version), &length) && read_hanzi(b, t, length);
	case MODE_ECI: return read_eci(b, t);
	case MODE_APPEND: return take_bits(b, 16, &ignored); /* each symbol of a set is told by itself */
	case MODE_FNC1: t->fnc1 = true; return true;
	case MODE_FNC1_SECOND: t->fnc1 = true; return take_bits(b, 8, &ignored);
	case MODE_DIGITS: return take_bits(b, length_bits(mode, t->version), &length) && read_digits(b, t, length);
	case MODE_LETTERS: return take_bits(b, length_bits(mode, t->version), &length) && read_letters(b, t, length);
	case MODE_BYTES: return take_bits(b, length_bits(mode, t->version), &length) && read_bytes(b, t, length);
	case MODE_KANJI: return take_bits(b, length_bits(mode, t->version), &length) && read_kanji(b, t, length);
	case MODE_END: break;
	}
	return false;
}

bool payload_read(const struct corrected *symbol, struct payload *out) {
	struct bits b = {symbol->data, 0, 8 * symbol->data_count};
	struct text t = {.out = out, .version = symbol->version};
	strbuf_reset(&out->bytes);
	out->eci = -1;
	out->kanji = out->hanzi = false;
	unsigned mode = MODE_END;
	while (take_bits(&b, 4, &mode) && mode != MODE_END) {
		if (!read_segment(&b, &t, (enum mode)mode)) {
			return false;
		}
	}
	return out->bytes.len != 0;
}

void payload_fini(struct payload *payload) { strbuf_fini(&payload->bytes); }
