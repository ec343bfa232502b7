/* The odds that another symbol is there, against what is known of how it was measured. */
#include "scan/track/rival.h"

#include <math.h>

#include "lib/testing.h"

#include "base/alloc.h"
#include "paper/qr.h"

struct bench {
	struct corrected symbol;
	struct symbol_map map;
	struct codewords_work work;
	struct measured measured;
	float seen[SYMBOL_SIDE_MAX * SYMBOL_SIDE_MAX];
	uint64_t seed;
};

static int set_up(void **state) {
	struct bench *b = xcalloc(1, sizeof *b);
	b->seed = 7;
	*state = b;
	return 0;
}

static int tear_down(void **state) {
	free(*state);
	return 0;
}

static float noise(struct bench *b) { /* about normal, of deviation 1 */
	float sum = 0;
	for (int i = 0; i < 12; i++) {
		b->seed = b->seed * 6364136223846793005u + 1442695040888963407u;
		sum += (float)(b->seed >> 40) / (float)(1 << 24) - 0.5F;
	}
	return sum;
}

static void encode(struct qr_matrix *qr, const char *text, enum qr_level level) {
	struct err err = {0};
	assert_ok(qr_encode(qr, text, strlen(text), level, &err));
}

/* The symbol that it is said to be. */
static void claim(struct bench *b, const struct qr_matrix *qr) {
	struct codewords_look look;
	b->measured.version = qr_version(qr);
	for (int i = 0; i < qr->side * qr->side; i++) {
		b->measured.sure[i] = qr->dark[i] ? 100 : -100;
	}
	codewords_look(&b->measured, &look);
	assert_true(codewords_correct(&b->work, &b->measured, &look, 1, &b->symbol));
	symbol_map_fill(&b->map, b->symbol.version);
}

/* Where it speaks most for another. */
static double worst(struct bench *b) {
	double odds[RIVAL_BLOCKS_MAX];
	int blocks = rival_odds(&b->symbol, &b->map, b->seen, odds);
	double most = 0;
	for (int i = 0; i < blocks; i++) {
		most = fmax(most, odds[i]);
	}
	return most;
}

static double odds(struct bench *b, const struct qr_matrix *shown, float deviation) {
	for (int i = 0; i < shown->side * shown->side; i++) {
		b->seen[i] = (shown->dark[i] ? 1.0F : -1.0F) + deviation * noise(b);
	}
	return worst(b);
}

static const struct {
	const char *one, *other; /* a letter differs */
	enum qr_level level;
} PAIRS[] = {
	{"TO0F2KM3YR8Q4X7A", "TO0F2KM3YR8Q4X7B", QR_LEVEL_L},
	{"TO0F2KM3YR8Q4X7A", "TO0F2KM3YR7Q4X7A", QR_LEVEL_M},
	{"https://example.org/a/9f8e7d6c5b4a39281706f5e4d3c2b1a0/2026/05/14/olena.pryklad?x=1&day=first&track=bees&seat=front&row=7&no=44",
	 "https://example.org/a/9f8e7d6c5b4a39281706f5e4d3c2b1a0/2026/05/14/olena.pryklad?x=1&day=first&track=bees&seat=front&row=7&no=45",
	 QR_LEVEL_Q}, /* several blocks, of which one differs */
};

static void what_is_there_is_told_from_what_is_not(void **state) {
	struct bench *b = *state;
	for (size_t i = 0; i < COUNT_OF(PAIRS); i++) {
		struct qr_matrix one, other;
		encode(&one, PAIRS[i].one, PAIRS[i].level);
		encode(&other, PAIRS[i].other, PAIRS[i].level);
		assert_int_equal(one.side, other.side);
		claim(b, &one);
		for (int round = 0; round < 50; round++) {
			assert_true(odds(b, &one, 0.5F) < 1e-3);
			assert_true(odds(b, &other, 0.5F) > 1);
		}
	}
}

/* Noise says neither; and the more of it there is, the less can be said. */
static void noise_says_nothing(void **state) {
	struct bench *b = *state;
	struct qr_matrix qr;
	encode(&qr, PAIRS[0].one, PAIRS[0].level);
	claim(b, &qr);
	double last = 0;
	for (int k = 0; k < 4; k++) {
		static const float deviations[] = {0.5F, 0.8F, 1.5F, 100};
		double sum = 0;
		for (int round = 0; round < 100; round++) {
			sum += log10(odds(b, &qr, deviations[k])) / 100;
		}
		assert_true(k == 0 || sum > last);
		last = sum;
	}
	assert_true(last > -1 && last < 1);
	memset(b->seen, 0, sizeof b->seen);
	assert_true(fabs(worst(b) - 1) < 1e-9);
}

/* A highlight over a few codewords is no other symbol: a symbol that differs does so in more of them than error correction has. */
static void a_spot_is_no_other_symbol(void **state) {
	struct bench *b = *state;
	struct qr_matrix qr;
	encode(&qr, "TO0F2KM3YR8Q4X7A+LONGER", QR_LEVEL_M);
	claim(b, &qr);
	odds(b, &qr, 0.3F);
	for (int y = 12; y < 17; y++) {
		for (int x = 12; x < 17; x++) {
			b->seen[y * qr.side + x] = -1;
		}
	}
	assert_true(worst(b) < 1e-3);
}

/* Lone modules are as good as lost when it is blurred: that they say the contrary is nothing against the symbol. */
static void blur_is_no_other_symbol(void **state) {
	struct bench *b = *state;
	struct qr_matrix qr;
	encode(&qr, "TO0F2KM3YR8Q4X7A", QR_LEVEL_M);
	claim(b, &qr);
	for (int i = 0; i < qr.side * qr.side; i++) {
		float sum = 0;
		for (int k = 0; k < 5; k++) {
			static const int dx[] = {0, 1, -1, 0, 0};
			static const int dy[] = {0, 0, 0, 1, -1};
			int x = i % qr.side + dx[k];
			int y = i / qr.side + dy[k];
			bool dark = x >= 0 && y >= 0 && x < qr.side && y < qr.side && qr.dark[y * qr.side + x];
			sum += (dark ? 1.0F : -1.0F) * (k == 0 ? 3.0F : 1.0F);
		}
		b->seen[i] = sum + noise(b);
	}
	assert_true(worst(b) < 1e-3);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
	const struct CMUnitTest tests[] = {TEST(what_is_there_is_told_from_what_is_not), TEST(noise_says_nothing),
					   TEST(a_spot_is_no_other_symbol), TEST(blur_is_no_other_symbol)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
