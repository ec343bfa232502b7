/* Symbols under noise: what one picture does not tell several do, and nothing is ever read that is not there. */
#include "scan/track/evidence.h"

#include "lib/encoder.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "paper/qr.h"
#include "scan/qr/payload.h"
#include "scan/qr/stream.h"

#define STEP_US 33333

struct bench {
	struct evidence evidence;
	struct corrected corrected;
	struct codewords_work work;
	struct measured measured;
	struct payload payload;
	uint64_t seed;
	int64_t now_us;
};

static int set_up(void **state) {
	struct bench *b = xcalloc(1, sizeof *b);
	b->seed = 1;
	*state = b;
	return 0;
}

static int tear_down(void **state) {
	struct bench *b = *state;
	payload_fini(&b->payload);
	free(b);
	return 0;
}

static uint64_t next(struct bench *b) { /* SplitMix64 */
	uint64_t x = b->seed += 0x9E3779B97F4A7C15u;
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
	x = (x ^ x >> 27) * 0x94D049BB133111EBu;
	return x ^ x >> 31;
}

static void encode_at(struct qr_matrix *qr, const char *text, enum qr_level level) {
	struct err err = {0};
	assert_ok(qr_encode(qr, text, strlen(text), level, &err));
}

static void encode(struct qr_matrix *qr, const char *text) { encode_at(qr, text, QR_LEVEL_M); }

/* What a picture of it measures: 50 for dark and -50 for light, under noise of that deviation. */
static void measure(struct bench *b, const struct qr_matrix *qr, int noise) {
	b->measured.version = qr_version(qr);
	for (int i = 0; i < qr->side * qr->side; i++) {
		uint64_t r = next(b);
		int sum = (int)(r & 0x3FF) + (int)(r >> 10 & 0x3FF) + (int)(r >> 20 & 0x3FF) + (int)(r >> 30 & 0x3FF) -
			  2046; /* deviation 591 */
		int sure = (qr->dark[i] ? 50 : -50) + sum * noise / 591;
		b->measured.sure[i] = (int8_t)(sure > 127 ? 127 : sure < -127 ? -127 : sure);
	}
}

static bool read_one(struct bench *b) {
	struct codewords_look look;
	codewords_look(&b->measured, &look);
	return codewords_correct(&b->work, &b->measured, &look, 3, &b->corrected);
}

/* Adds what was measured; the text that can be read then, or NULL. */
static const char *add(struct bench *b) {
	b->now_us += STEP_US;
	if (evidence_add(&b->evidence, &b->measured, b->now_us) < 2 || !evidence_correct(&b->evidence, NULL, &b->corrected)) {
		return NULL;
	}
	assert_true(payload_read(&b->corrected, &b->payload));
	return strbuf_str(&b->payload.bytes);
}

static const char LETTERS[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
static const char BADGE[] = "TO0F2KM3YR8Q4X7A";

static void several_tell_what_one_does_not(void **state) {
	struct bench *b = *state;
	static const char *const texts[] = {"TO0F2KM3YR8Q4", "TO0F2KM3YR8Q4X7A+LONGER",
					    "TO16BBOXGP5WKD:7%SH.A0L9+3V2Q1Z8YT*UJ4RCFNME$I/ AND MORE OF IT"};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct qr_matrix qr;
		const char *text = NULL;
		int pictures = 0;
		encode(&qr, texts[i]);
		evidence_forget(&b->evidence);
		for (; pictures < EVIDENCE_PICTURES && text == NULL; pictures++) {
			measure(b, &qr, 60);
			assert_false(read_one(b)); /* no single one of them can be read */
			text = add(b);
		}
		assert_non_null(text);
		assert_string_equal(text, texts[i]);
		assert_true(pictures >= 3);
	}
}

/* A badge takes another's place, at every strength of noise: what is read is what is there. */
static void badges_are_never_mixed(void **state) {
	struct bench *b = *state;
	int read = 0;
	for (int round = 0; round < 300; round++) {
		char texts[2][17] = {"TO0", "TO0"};
		struct qr_matrix qr[2];
		for (int k = 0; k < 2; k++) {
			for (int i = 3; i < 16; i++) {
				texts[k][i] = LETTERS[next(b) % 45];
			}
			texts[k][16] = '\0';
			encode(&qr[k], texts[k]);
		}
		int noise = 30 + round % 7 * 10;
		int swap = 1 + (int)(next(b) % 8);
		evidence_forget(&b->evidence);
		for (int i = 0; i < swap + 8; i++) {
			const char *shown = texts[i >= swap];
			measure(b, &qr[i >= swap], noise);
			const char *text = add(b);
			read += text != NULL;
			assert_true(text == NULL || strcmp(text, shown) == 0);
		}
	}
	assert_true(read > 1000); /* it is no merit to read nothing */
}

/* … also when their texts differ in a letter only: the least error correction leaves them nine modules of ten in common. */
static void a_letter_tells_badges_apart(void **state) {
	struct bench *b = *state;
	int read = 0;
	int late = 0;
	static const enum qr_level levels[] = {QR_LEVEL_L, QR_LEVEL_M, QR_LEVEL_Q, QR_LEVEL_H};
	for (int round = 0; round < 4000; round++) {
		char texts[2][26];
		struct qr_matrix qr[2];
		for (int i = 0; i < 25; i++) {
			texts[0][i] = texts[1][i] = LETTERS[next(b) % 45];
		}
		texts[0][25] = texts[1][25] = '\0';
		texts[1][next(b) % 25] = LETTERS[next(b) % 45];
		encode_at(&qr[0], texts[0], levels[round % 4]);
		encode_at(&qr[1], texts[1], levels[round % 4]);
		int noise = 40 + round / 4 % 5 * 10;
		int swap = 1 + (int)(next(b) % 11);
		evidence_forget(&b->evidence);
		for (int i = 0; i < swap + 6; i++) {
			measure(b, &qr[i >= swap], noise);
			const char *text = read_one(b) ? NULL : add(b);
			read += text != NULL;
			bool is_late = text != NULL && i == swap && strcmp(text, texts[0]) == 0 && strcmp(text, texts[1]) != 0;
			late += is_late;
			assert_true(text == NULL || is_late || strcmp(text, texts[i >= swap]) == 0);
			if (text != NULL) {
				evidence_forget(&b->evidence); /* as those who ask do */
			}
		}
	}
	assert_true(read > 1000);
	assert_true(late < read / 1000); /* told of the picture before */
}

/* Pictures that show a part of each of two badges. */
static void halves_of_two_are_neither(void **state) {
	struct bench *b = *state;
	struct qr_matrix one, other;
	encode(&one, BADGE);
	encode(&other, "TO0Z9WC5HN1JT6E0");
	for (int border = 0; border <= one.side; border++) {
		struct qr_matrix both = one;
		for (int i = border * one.side; i < one.side * one.side; i++) {
			both.dark[i] = other.dark[i];
		}
		evidence_forget(&b->evidence);
		for (int i = 0; i < 6; i++) {
			measure(b, i % 2 == 0 ? &both : &one, 20);
			const char *text = add(b);
			assert_true(text == NULL || strcmp(text, BADGE) == 0 || strcmp(text, "TO0Z9WC5HN1JT6E0") == 0);
		}
	}
}

/* Two badges that differ in two blocks of codewords, each shown well in the block in which the other is shown badly. */
struct blocks_of {
	struct symbol_blocks blocks;
	int side;
	int of[SYMBOL_SIDE_MAX * SYMBOL_SIDE_MAX]; /* of each module; -1: of none */
	int stream[SYMBOL_CODEWORDS_MAX];
};

static void take_block(void *context, int index, int x, int y) {
	struct blocks_of *b = context;
	b->of[y * b->side + x] = index / 8 < b->blocks.total ? b->stream[index / 8] : -1;
}

static void find_blocks(const struct encoding *how, struct blocks_of *out) {
	struct symbol_map map = {.version = 0};
	symbol_map_fill(&map, how->version);
	symbol_blocks(how->version, how->level, &out->blocks);
	out->side = symbol_side(how->version);
	for (int block = 0; block < out->blocks.count; block++) {
		for (int i = 0; i < stream_block_len(&out->blocks, block); i++) {
			out->stream[stream_place(&out->blocks, block, i)] = block;
		}
	}
	for (int i = 0; i < out->side * out->side; i++) {
		out->of[i] = -1;
	}
	stream_each_bit(&map, take_block, out);
}

static void blocks_of_two_are_neither(void **state) {
	struct bench *b = *state;
	static const struct encoding how = {5, LEVEL_Q, 2};
	static uint8_t modules[2][ENCODER_MODULES];
	static struct blocks_of blocks;
	struct qr_matrix qr = {.side = symbol_side(5)};
	find_blocks(&how, &blocks);
	for (int round = 0; round < 300; round++) {
		uint8_t data[SYMBOL_CODEWORDS_MAX];
		for (int i = 0; i < encoder_capacity(&how); i++) {
			data[i] = (uint8_t)next(b);
		}
		encoder_symbol(&how, data, modules[0]);
		data[3] ^= 0x55;
		data[blocks.blocks.data + 3] ^= 0xAA;
		encoder_symbol(&how, data, modules[1]);
		evidence_forget(&b->evidence);
		for (int k = 0; k < 2; k++) {
			for (int i = 0; i < qr.side * qr.side; i++) {
				qr.dark[i] = modules[k][i] != 0;
			}
			measure(b, &qr, 20 + round % 2 * 20);
			for (int i = 0; i < qr.side * qr.side; i++) { /* the first shows block 1 and the other block 0 badly */
				b->measured.sure[i] = (int8_t)(blocks.of[i] == 1 - k ? b->measured.sure[i] / 4 : b->measured.sure[i]);
			}
			b->now_us += STEP_US;
			if (evidence_add(&b->evidence, &b->measured, b->now_us) >= 2 &&
			    evidence_correct(&b->evidence, NULL, &b->corrected)) {
				assert_true(memcmp(b->corrected.dark, modules[0], (size_t)(qr.side * qr.side)) == 0 ||
					    memcmp(b->corrected.dark, modules[1], (size_t)(qr.side * qr.side)) == 0);
			}
		}
	}
}

static void what_contradicts_is_another(void **state) {
	struct bench *b = *state;
	struct qr_matrix one, other, larger;
	encode(&one, BADGE);
	encode(&other, "TO0Z9WC5HN1JT6E0");
	encode(&larger, "TO0Z9WC5HN1JT6E0 AND MORE");
	measure(b, &one, 60);
	assert_int_equal(evidence_add(&b->evidence, &b->measured, 0), 1);
	measure(b, &one, 60);
	assert_int_equal(evidence_add(&b->evidence, &b->measured, STEP_US), 2);
	measure(b, &other, 60);
	assert_int_equal(evidence_add(&b->evidence, &b->measured, 2 * STEP_US), 1);
	measure(b, &larger, 60);
	assert_int_equal(evidence_add(&b->evidence, &b->measured, 3 * STEP_US), 1);
	/* A picture of nothing is left out, and does no harm to the others. */
	measure(b, &larger, 60);
	assert_int_equal(evidence_add(&b->evidence, &b->measured, 4 * STEP_US), 2);
	memset(b->measured.sure, 0, sizeof b->measured.sure);
	assert_int_equal(evidence_add(&b->evidence, &b->measured, 5 * STEP_US), 0);
	measure(b, &larger, 60);
	assert_int_equal(evidence_add(&b->evidence, &b->measured, 6 * STEP_US), 3);
}

static void the_old_is_forgotten(void **state) {
	struct bench *b = *state;
	struct qr_matrix qr;
	encode(&qr, BADGE);
	for (int i = 0; i < 4; i++) {
		measure(b, &qr, 60);
		evidence_add(&b->evidence, &b->measured, i * STEP_US);
	}
	measure(b, &qr, 60);
	assert_int_equal(evidence_add(&b->evidence, &b->measured, EVIDENCE_AGE_US + 2 * STEP_US + 1), 2); /* the fourth and itself */
	assert_int_equal(evidence_add(&b->evidence, &b->measured, 10 * EVIDENCE_AGE_US), 1);
	assert_int_equal(evidence_add(&b->evidence, &b->measured, 0), 1); /* a clock that went back */
	evidence_forget(&b->evidence);
	assert_int_equal(evidence_add(&b->evidence, &b->measured, STEP_US), 1);
	assert_false(evidence_correct(&b->evidence, NULL, &b->corrected)); /* one picture is no evidence */
	for (int i = 2; i < 3 * EVIDENCE_PICTURES; i++) {
		measure(b, &qr, 60);
		int count = evidence_add(&b->evidence, &b->measured, i * STEP_US);
		assert_int_equal(count, i < EVIDENCE_PICTURES ? i : EVIDENCE_PICTURES);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
	const struct CMUnitTest tests[] = {TEST(several_tell_what_one_does_not),
					   TEST(badges_are_never_mixed),
					   TEST(a_letter_tells_badges_apart),
					   TEST(halves_of_two_are_neither),
					   TEST(blocks_of_two_are_neither),
					   TEST(what_contradicts_is_another),
					   TEST(the_old_is_forgotten)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
