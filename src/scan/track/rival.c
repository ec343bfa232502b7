#include "scan/track/rival.h"

#include <math.h>

#include "scan/qr/stream.h"

#define CLASSES 5        /* of a module's four neighbours, 0 to 4 are of its shade */
#define CLASS_LEAST 8    /* modules, from which something can be told of the class */
#define RATIO_MAX 5.0F   /* of a module, natural logarithm: no single one decides */
#define LIKELIER_MAX 1e9 /* … and no codeword */
#define ECC_MAX 30       /* of a block */

struct amplitude {
	double mean, variance;
};

struct rival {
	const struct corrected *symbol;
	const float *seen;
	int side, total;
	struct amplitude amplitudes[CLASSES];
	double likelier[SYMBOL_CODEWORDS_MAX]; /* per codeword of the stream: if it were another one */
};

static bool is_dark(const struct rival *r, int x, int y) { /* around a symbol is light */
	return x >= 0 && y >= 0 && x < r->side && y < r->side && r->symbol->dark[y * r->side + x] != 0;
}

static int class_of(const struct rival *r, int x, int y) {
	bool dark = is_dark(r, x, y);
	return (is_dark(r, x - 1, y) == dark) + (is_dark(r, x + 1, y) == dark) + (is_dark(r, x, y - 1) == dark) +
	       (is_dark(r, x, y + 1) == dark);
}

/* Above 0 when it was seen as the symbol has it. */
static double agreement(const struct rival *r, int x, int y) {
	int i = y * r->side + x;
	return r->symbol->dark[i] != 0 ? r->seen[i] : -r->seen[i];
}

static void measure_classes(struct rival *r, const struct symbol_map *map) {
	double counts[CLASSES] = {0};
	double sums[CLASSES] = {0};
	double squares[CLASSES] = {0};
	for (int i = 0; i < r->side * r->side; i++) {
		if (map->cells[i] == CELL_DATA) {
			int class = class_of(r, i % r->side, i / r->side);
			double a = agreement(r, i % r->side, i / r->side);
			counts[class]++;
			sums[class] += a;
			squares[class] += a * a;
		}
	}
	for (int k = 0; k < CLASSES; k++) {
		/* Of a class that is too small nothing is known: with a mean of 0 its modules count for nothing. */
		double mean = counts[k] >= CLASS_LEAST ? sums[k] / counts[k] : 0;
		double variance = counts[k] >= CLASS_LEAST ? squares[k] / counts[k] - mean * mean : 0;
		r->amplitudes[k] = (struct amplitude){mean > 0 ? mean : 0, variance > 0 ? variance : 1};
	}
}

/* A module that is 1 of mean m and variance v is exp(2 m x / v) times as likely to be measured as x as one that is 0. */
static void take_bit(void *context, int index, int x, int y) {
	struct rival *r = context;
	const struct amplitude *a = &r->amplitudes[class_of(r, x, y)];
	if (index < 8 * r->total) {
		double ratio = 2 * a->mean * agreement(r, x, y) / a->variance;
		ratio = ratio > RATIO_MAX ? RATIO_MAX : ratio < -RATIO_MAX ? -RATIO_MAX : ratio;
		/* In another codeword this bit may be either: the mean of both. */
		r->likelier[index / 8] *= (1 + exp(-ratio)) / 2;
	}
}

/* The mean over all choices of `differ` codewords of the block of the product of what each is likelier: elementary symmetric means, by their recursion
 * over the codewords. */
static double odds_of(const struct rival *r, const struct symbol_blocks *blocks, int block, int differ) {
	double means[ECC_MAX + 2] = {1};
	int n = stream_block_len(blocks, block);
	for (int k = 1; k <= n; k++) {
		double likelier = r->likelier[stream_place(blocks, block, k - 1)];
		likelier = likelier > LIKELIER_MAX ? LIKELIER_MAX : likelier;
		/* From the top down: means[j - 1] must still be that of the codewords before this one. */
		for (int j = k < differ ? k : differ; j > 0; j--) {
			means[j] = ((k - j) * means[j] + j * likelier * means[j - 1]) / k;
		}
	}
	return means[differ];
}

int rival_odds(const struct corrected *symbol, const struct symbol_map *map, const float *seen, double odds[RIVAL_BLOCKS_MAX]) {
	struct symbol_blocks blocks;
	struct rival r = {.symbol = symbol, .seen = seen, .side = symbol_side(symbol->version)};
	symbol_blocks(symbol->version, (enum symbol_level)(symbol->format >> 3), &blocks);
	r.total = blocks.total;
	for (int i = 0; i < blocks.total; i++) {
		r.likelier[i] = 1;
	}
	measure_classes(&r, map);
	stream_each_bit(map, take_bit, &r);
	for (int block = 0; block < blocks.count; block++) {
		odds[block] = odds_of(&r, &blocks, block, blocks.ecc + 1);
	}
	return blocks.count;
}
