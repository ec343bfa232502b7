/* Modules as they may have been measured: a symbol of any codewords, one that says a text (by libqrencode), or any numbers at all; then damaged. What
 * comes out must be a symbol without a fault, and where the damage can be repaired, the one that went in.
 *
 * Input: the way, the number of formats to try, version, level, mask, how many modules are damaged and with what seed, the data. */
#include "fuzz/world.h"

#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"
#include "fuzz/dice.h"
#include "lib/encoder.h"
#include "paper/qr.h"
#include "scan/qr/decode.h"
#include "scan/qr/payload.h"

enum { CODEWORDS, TEXT, NUMBERS, WAYS };
#define SURE 100
#define TEXT_MAX 1200

struct trial {
	int way;
	struct encoding how;
	uint8_t dark[ENCODER_MODULES];
	uint8_t data[SYMBOL_CODEWORDS_MAX];
	char text[TEXT_MAX];
	size_t text_len;
	bool format_whole; /* nothing of it was damaged */
	int damaged;       /* data modules that were */
	struct measured measured;
	struct codewords_look look;
	struct corrected out;
};

static struct trial t;
static struct codewords_work work;
static struct payload payload;

/* --- what goes in ------------------------------------------------------------------------------------------------------------------------ */

/* The text that the bytes stand for, in digits, letters or bytes. */
static void make_text(struct dice *d) {
	static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
	unsigned kind = dice_byte(d) % 3;
	t.text_len = (size_t)dice_between(d, 1, TEXT_MAX);
	for (size_t i = 0; i < t.text_len; i++) {
		unsigned byte = dice_byte(d);
		t.text[i] = kind == 0 ? (char)('0' + byte % 10) : kind == 1 ? letters[byte % (sizeof letters - 1)] : (char)byte;
	}
}

static bool make_symbol(struct dice *d) {
	static struct qr_matrix qr;
	struct err err = {0};
	t.how = (struct encoding){dice_between(d, 1, SYMBOL_VERSION_MAX), (enum symbol_level)(dice_byte(d) % 4), dice_between(d, 0, 7)};
	if (t.way == CODEWORDS) {
		int n = encoder_capacity(&t.how);
		for (int i = 0; i < n; i++) {
			t.data[i] = (uint8_t)dice_byte(d);
		}
		encoder_symbol(&t.how, t.data, t.dark);
		return true;
	}
	make_text(d);
	int mask = t.how.mask;
	if (!qr_encode(&qr, t.text, t.text_len, (enum qr_level)t.how.level, &err)) {
		return false;
	}
	memcpy(t.dark, qr.dark, (size_t)qr.side * (size_t)qr.side);
	encoder_remask(t.dark, qr_version(&qr), mask);
	fuzz_assert(encoder_format(t.dark, qr_version(&qr), &t.how) && t.how.mask == mask);
	return true;
}

static void measure(struct dice *d) {
	int modules = symbol_side(t.how.version) * symbol_side(t.how.version);
	t.measured.version = t.how.version;
	for (int i = 0; i < modules; i++) {
		t.measured.sure[i] = t.way == NUMBERS ? (int8_t)dice_byte(d) : (int8_t)(t.dark[i] ? SURE : -SURE);
		if (t.measured.sure[i] == -128) {
			t.measured.sure[i] = -127; /* what is measured ends there */
		}
	}
}

static void damage(int count, uint32_t seed, bool unsure) {
	int side = symbol_side(t.how.version);
	t.damaged = 0;
	t.format_whole = true;
	for (int i = 0; i < count; i++) {
		uint32_t at = dice_next(&seed) % (uint32_t)(side * side);
		int sure = t.measured.sure[at];
		t.measured.sure[at] = (int8_t)(unsure ? -sure / 16 : -sure);
		t.format_whole = t.format_whole && work.map.cells[at] == CELL_DATA;
		t.damaged++;
	}
}

/* --- what comes out ---------------------------------------------------------------------------------------------------------------------- */

static void check_look(void) {
	bool there[CODEWORDS_FORMATS] = {false};
	int least = 30;
	fuzz_assert(t.look.timing >= 0 && t.look.timing <= 100);
	for (int i = 0; i < CODEWORDS_FORMATS; i++) {
		fuzz_assert(t.look.formats[i] < CODEWORDS_FORMATS && !there[t.look.formats[i]] && t.look.distances[i] <= 30);
		there[t.look.formats[i]] = true;
		least = t.look.distances[i] < least ? t.look.distances[i] : least;
	}
	fuzz_assert(least == t.look.distance);
}

/* Whatever was made of the modules: it is a symbol without a fault. */
static void check_symbol(void) {
	static uint8_t again[ENCODER_MODULES];
	struct encoding how;
	fuzz_assert(t.out.version == t.measured.version && encoder_format(t.out.dark, t.out.version, &how));
	fuzz_assert(t.out.data_count == encoder_capacity(&how) && t.out.changed >= 0 && t.out.spare >= 0);
	encoder_symbol(&how, t.out.data, again);
	fuzz_assert(memcmp(again, t.out.dark, (size_t)symbol_side(how.version) * (size_t)symbol_side(how.version)) == 0);
}

static unsigned digit_of(char c) { return (unsigned)(c <= '9' ? c - '0' : c - 'A' + 10); }

/* What was escaped for a line is the same again. */
static void check_escaped(const char *text, size_t n) {
	struct strbuf line = {0};
	size_t at = 0;
	escape_add(&line, ESCAPE_CODE, text, n);
	fuzz_assert(utf8_valid(strbuf_str(&line), line.len, NULL));
	for (const char *c = strbuf_str(&line); *c != '\0'; c++, at++) {
		char is = *c;
		fuzz_assert((unsigned char)is >= 0x20 && is != 0x7F && at < n);
		if (is == '\\') {
			c++;
			is = (char)(*c == 'n' ? '\n' : *c == 't' ? '\t' : *c == 'r' ? '\r' : '\\');
			if (*c == 'x') {
				is = (char)(digit_of(c[1]) << 4 | digit_of(c[2]));
				c += 2;
			}
		}
		fuzz_assert(is == text[at]);
	}
	fuzz_assert(at == n);
	strbuf_fini(&line);
}

static void check_payload(bool whole) {
	bool read = payload_read(&t.out, &payload);
	fuzz_assert(!read || (payload.bytes.len > 0 && payload.bytes.len <= DECODE_PAYLOAD_MAX));
	fuzz_assert(payload.bytes.data == NULL || payload.bytes.data[payload.bytes.len] == '\0');
	for (size_t i = 0; i < payload.pieces.count; i++) {
		const struct payload_piece *piece = &payload.pieces.items[i];
		fuzz_assert(piece->eci >= -1 && piece->eci < 1 << 21 && piece->from <= payload.bytes.len);
	}
	if (read) {
		check_escaped(payload.bytes.data, payload.bytes.len);
	}
	if (whole && t.way == TEXT) {
		fuzz_assert(read && payload.bytes.len == t.text_len && memcmp(payload.bytes.data, t.text, t.text_len) == 0);
	}
}

/* How many wrong codewords of a block are repaired, whichever they are: two of error correction for each, but some are kept back in the smallest
 * symbols, so that nothing wrong is read (table 9: p). */
static int repaired(const struct encoding *how, const struct symbol_blocks *b) {
	static const int kept_back[3][4] = {{[LEVEL_L] = 3, [LEVEL_M] = 2, [LEVEL_Q] = 1, [LEVEL_H] = 1}, {[LEVEL_L] = 2}, {[LEVEL_L] = 1}};
	return (b->ecc - (how->version <= 3 ? kept_back[how->version - 1][how->level] : 0)) / 2;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	static const int tries[] = {1, 2, 3, CODEWORDS_FORMATS};
	struct dice d = {data, n};
	struct symbol_blocks b;
	t.way = dice_between(&d, 0, WAYS - 1);
	int formats = tries[dice_byte(&d) % 4];
	int modules = dice_byte(&d);
	uint32_t seed = dice_byte(&d);
	bool unsure = (dice_byte(&d) & 1) != 0;
	if (t.way == NUMBERS) {
		t.how = (struct encoding){.version = dice_between(&d, 1, SYMBOL_VERSION_MAX)};
	} else if (!make_symbol(&d)) {
		return 0;
	}
	symbol_map_fill(&work.map, t.how.version);
	measure(&d);
	damage(modules, seed, unsure);
	codewords_look(&t.measured, &t.look);
	check_look();
	bool read = codewords_correct(&work, &t.measured, &t.look, formats, &t.out);
	bool whole = false;
	if (t.way != NUMBERS) { /* each wrong module makes one codeword wrong at most */
		symbol_blocks(t.how.version, t.how.level, &b);
		whole = t.format_whole && t.damaged <= repaired(&t.how, &b);
		fuzz_assert(read || !whole);
	}
	if (read) {
		check_symbol();
		fuzz_assert(!whole ||
			    memcmp(t.out.dark, t.dark, (size_t)symbol_side(t.how.version) * (size_t)symbol_side(t.how.version)) == 0);
		check_payload(whole);
	}
	return 0;
}
