/* Symbols of every version and level, as libqrencode makes them, whole and damaged: what is read is what was written. */
#include "scan/qr/codewords.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "paper/qr.h"
#include "scan/qr/equalise.h"
#include "scan/qr/payload.h"
#include "scan/qr/reed_solomon.h"

static const enum symbol_level LEVELS[] = {[QR_LEVEL_L] = LEVEL_L, [QR_LEVEL_M] = LEVEL_M, [QR_LEVEL_Q] = LEVEL_Q, [QR_LEVEL_H] = LEVEL_H};

struct bench {
	struct codewords_work work;
	struct measured m;
	struct corrected out;
	struct qr_matrix qr;
	struct payload payload;
	uint32_t dice;
};

static int set_up(void **state) {
	struct bench *b = xcalloc(1, sizeof *b);
	b->dice = 20260514;
	*state = b;
	return 0;
}

static int tear_down(void **state) {
	struct bench *b = *state;
	payload_fini(&b->payload);
	free(b);
	return 0;
}

/* Numerical Recipes' quick generator: the same on every machine. */
static unsigned roll(struct bench *b, unsigned below) {
	b->dice = b->dice * 1664525u + 1013904223u;
	return (b->dice >> 8) % below;
}

static void text_of(struct bench *b, char *text, size_t n) {
	for (size_t i = 0; i < n; i++) {
		text[i] = (char)('a' + roll(b, 26)); /* no digits and capitals: bytes */
	}
}

/* The longest text of bytes that a version holds at a level, as its blocks have it. */
static size_t capacity(int version, enum symbol_level level) {
	struct symbol_blocks blocks;
	symbol_blocks(version, level, &blocks);
	size_t data = (size_t)(blocks.total - blocks.count * blocks.ecc);
	return data - (version < 10 ? 2 : 3);
}

static void measure(struct bench *b) {
	b->m.version = qr_version(&b->qr);
	for (int i = 0; i < b->qr.side * b->qr.side; i++) {
		b->m.sure[i] = b->qr.dark[i] ? 100 : -100;
	}
}

static bool correct(struct bench *b) {
	struct codewords_look look;
	codewords_look(&b->m, &look);
	return codewords_correct(&b->work, &b->m, &look, 1, &b->out);
}

static void assert_reads(struct bench *b, const char *text, size_t n) {
	assert_true(correct(b));
	for (int i = 0; i < b->qr.side * b->qr.side; i++) {
		assert_int_equal(b->out.dark[i], b->qr.dark[i] != 0);
	}
	assert_true(payload_read(&b->out, &b->payload));
	assert_int_equal(b->payload.bytes.len, n);
	assert_memory_equal(b->payload.bytes.data, text, n);
}

static void every_version_and_level(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	char text[3000];
	for (int version = 1; version <= SYMBOL_VERSION_MAX; version++) {
		for (enum qr_level level = QR_LEVEL_L; level <= QR_LEVEL_H; level++) {
			struct codewords_look look;
			size_t n = capacity(version, LEVELS[level]);
			text_of(b, text, n);
			assert_ok(qr_encode(&b->qr, text, n, level, &err));
			assert_int_equal(qr_version(&b->qr), version); /* just what fits */
			measure(b);
			codewords_look(&b->m, &look);
			assert_true(look.timing == 100 && look.distance == 0 && look.distances[0] == 0);
			assert_int_equal(look.formats[0] >> 3, LEVELS[level]);
			assert_reads(b, text, n);
			assert_int_equal(b->out.changed, 0);
		}
	}
}

/* Turns over so many modules of data and of format information. */
static void damage(struct bench *b, int data, int formats) {
	int side = b->qr.side;
	symbol_map_fill(&b->work.map, b->m.version);
	while (data > 0) {
		unsigned i = roll(b, (unsigned)(side * side));
		if (b->work.map.cells[i] == CELL_DATA && b->m.sure[i] == (b->qr.dark[i] ? 100 : -100)) {
			b->m.sure[i] = (int8_t)-b->m.sure[i];
			data--;
		}
	}
	for (int i = 0; i < formats; i++) {
		int x, y;
		symbol_format_at(0, i, side, &x, &y);
		b->m.sure[y * side + x] = (int8_t)-b->m.sure[y * side + x];
	}
}

/* The smallest symbols keep some of their error correction for telling right from wrong (ISO/IEC 18004:2015, table 9: p). */
static int kept_back(int version, enum symbol_level level) {
	static const int first[] = {[LEVEL_L] = 3, [LEVEL_M] = 2, [LEVEL_Q] = 1, [LEVEL_H] = 1};
	return version == 1 ? first[level] : level == LEVEL_L && version <= 3 ? 4 - version : 0;
}

static void what_the_level_promises_is_corrected(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	char text[40];
	for (int round = 0; round < 200; round++) {
		enum qr_level level = (enum qr_level)(round % 4);
		size_t n = 10 + roll(b, 30);
		text_of(b, text, n);
		assert_ok(qr_encode(&b->qr, text, n, level, &err));
		struct symbol_blocks blocks;
		symbol_blocks(qr_version(&b->qr), LEVELS[level], &blocks);
		measure(b);
		damage(b, (blocks.ecc - kept_back(b->m.version, LEVELS[level])) / 2,
		       3); /* at worst each in a codeword of its own, and all in one block */
		assert_reads(b, text, n);
		assert_true(b->out.changed > 0 && b->out.spare >= 0);
	}
}

/* What is not sure may be wrong as often again. */
static void doubt_doubles_what_can_be_corrected(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	char text[60];
	int corrected = 0;
	for (int round = 0; round < 50; round++) {
		text_of(b, text, sizeof text);
		assert_ok(qr_encode(&b->qr, text, sizeof text, QR_LEVEL_L, &err));
		int side = b->qr.side;
		measure(b);
		struct symbol_blocks blocks;
		symbol_blocks(b->m.version, LEVEL_L, &blocks);
		assert_int_equal(blocks.count, 1);
		/* A smear over the lower right: grey, half of it wrong. */
		int rows = 8;
		int columns = blocks.ecc * 5 / 7 / 2 * 2 / 2;
		for (int y = side - rows; y < side; y++) {
			for (int x = side - columns; x < side; x++) {
				int sure = 1 + (int)roll(b, 8);
				bool right = roll(b, 2) == 0;
				b->m.sure[y * side + x] = (int8_t)((b->qr.dark[y * side + x] != 0) == right ? sure : -sure);
			}
		}
		corrected += correct(b) && payload_read(&b->out, &b->payload) && b->payload.bytes.len == sizeof text &&
			     memcmp(b->payload.bytes.data, text, sizeof text) == 0;
	}
	assert_true(corrected >= 45);
}

/* Noise is no symbol, whatever version it is taken for. */
static void noise_is_not_read(void **state) {
	struct bench *b = *state;
	for (int round = 0; round < 3000; round++) {
		struct codewords_look look;
		b->m.version = 1 + (int)roll(b, 10);
		int side = symbol_side(b->m.version);
		for (int i = 0; i < side * side; i++) {
			b->m.sure[i] = (int8_t)((int)roll(b, 201) - 100);
		}
		codewords_look(&b->m, &look);
		assert_false(codewords_correct(&b->work, &b->m, &look, 3, &b->out));
	}
}

/* Every module has a share of its neighbours': far more are wrong before than after. */
static void shares_of_neighbours_are_taken_away(void **state) {
	struct bench *b = *state;
	static const float shares[3][3] = {{0.05F, 0.30F, 0.05F}, {0.22F, 1, 0.22F}, {0.08F, 0.30F, 0.08F}};
	static struct equaliser equaliser;
	static float seen[SYMBOL_SIDE_MAX * SYMBOL_SIDE_MAX];
	struct err err = {0};
	int before = 0;
	int after = 0;
	for (int round = 0; round < 20; round++) {
		char text[60];
		text_of(b, text, sizeof text);
		assert_ok(qr_encode(&b->qr, text, sizeof text, QR_LEVEL_M, &err));
		int side = b->qr.side;
		symbol_map_fill(&b->work.map, qr_version(&b->qr));
		for (int i = 0; i < side * side; i++) {
			seen[i] = 0.1F + ((float)roll(b, 1000) - 500) / 1000;
			for (int k = 0; k < 9; k++) {
				int x = i % side + k % 3 - 1;
				int y = i / side + k / 3 - 1;
				bool dark = x >= 0 && y >= 0 && x < side && y < side && qr_dark(&b->qr, x, y);
				seen[i] += dark ? shares[k / 3][k % 3] : -shares[k / 3][k % 3];
			}
			before += (seen[i] > 0) != (b->qr.dark[i] != 0);
		}
		assert_true(equalise(&equaliser, &b->work.map, seen));
		for (int i = 0; i < side * side; i++) {
			after += (seen[i] > 0) != (b->qr.dark[i] != 0);
		}
	}
	assert_true(before > 1000);
	assert_true(after < before / 2);
	memset(seen, 0, sizeof seen);
	assert_false(equalise(&equaliser, &b->work.map, seen));
}

/* One copy of the format information is destroyed, the other whole: it counts. */
static void one_copy_of_the_format_is_enough(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	assert_ok(qr_encode(&b->qr, "one copy is enough", 18, QR_LEVEL_Q, &err));
	for (int copy = 0; copy < 2; copy++) {
		measure(b);
		for (int i = 0; i < 15; i++) {
			int x, y;
			symbol_format_at(copy, i, b->qr.side, &x, &y);
			b->m.sure[y * b->qr.side + x] = (int8_t)(roll(b, 2) != 0 ? 100 : -100);
		}
		struct codewords_look look;
		codewords_look(&b->m, &look);
		assert_true(look.distance <= 3);
		assert_true(codewords_correct(&b->work, &b->m, &look, 1, &b->out));
		assert_true(payload_read(&b->out, &b->payload));
		assert_string_equal(b->payload.bytes.data, "one copy is enough");
	}
}

static void reed_solomon_by_the_numbers(void **state) {
	struct bench *b = *state;
	struct rs rs = {.filled = false};
	for (int round = 0; round < 2000; round++) {
		int ecc = 2 + (int)roll(b, 29);
		int n = ecc + 1 + (int)roll(b, 100);
		int erasures = (int)roll(b, (unsigned)ecc + 1);
		int errors = (ecc - erasures) / 2;
		uint8_t zeros[255] = {0}; /* nothing but zeros is a word of every such code */
		uint8_t word[255] = {0};
		uint8_t places[255];
		for (int i = 0; i < n; i++) {
			places[i] = (uint8_t)i;
		}
		for (int i = 0; i < erasures + errors && i < n; i++) {
			int other = i + (int)roll(b, (unsigned)(n - i));
			uint8_t kept = places[i];
			places[i] = places[other];
			places[other] = kept;
			word[places[i]] = (uint8_t)(1 + roll(b, 255));
		}
		int wrong = erasures + errors < n ? erasures + errors : n;
		uint8_t corrected[255];
		assert_true(rs_begin(&rs, word, n, ecc));
		assert_int_equal(rs_correct(&rs, places, erasures, corrected), wrong);
		assert_memory_equal(corrected, zeros, (size_t)n);
		assert_int_equal(rs_correct(&rs, places, ecc + 1, corrected), -1);
	}
	uint8_t none[4] = {1, 2, 3, 4};
	assert_false(rs_begin(&rs, none, 4, 4));
	assert_false(rs_begin(&rs, none, 4, 0));
}

#define BENCH(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
	const struct CMUnitTest tests[] = {
		BENCH(every_version_and_level),
		BENCH(what_the_level_promises_is_corrected),
		BENCH(doubt_doubles_what_can_be_corrected),
		BENCH(noise_is_not_read),
		BENCH(reed_solomon_by_the_numbers),
		BENCH(shares_of_neighbours_are_taken_away),
		BENCH(one_copy_of_the_format_is_enough),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
