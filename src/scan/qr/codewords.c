#include "scan/qr/codewords.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scan/qr/stream.h"

static int sure_at(const struct measured *m, int x, int y) { return m->sure[y * symbol_side(m->version) + x]; }

/* Dark at even places (ISO/IEC 18004:2015, 6.3.5), from the eighth on, between the separators. */
static int timing_of(const struct measured *m) {
	int side = symbol_side(m->version);
	int right = 0;
	for (int i = 8; i < side - 8; i++) {
		bool dark = i % 2 == 0;
		right += (sure_at(m, i, 6) > 0) == dark;
		right += (sure_at(m, 6, i) > 0) == dark;
	}
	return 100 * right / (2 * (side - 16));
}

/* What speaks against a format in both copies of the information. One may be damaged beyond use: then the other counts for both, but for `dear`
 * more, as by chance one fits sooner than two. */
#define ONE_COPY 3 /* bits */
#define ONE_BIT 60 /* as sure as a bit is on the average */
static int of_copies(const int copies[2], int dear) {
	int better = copies[0] < copies[1] ? copies[0] : copies[1];
	int alone = 2 * better + dear;
	return alone < copies[0] + copies[1] ? alone : copies[0] + copies[1];
}

void codewords_look(const struct measured *m, struct codewords_look *out) {
	int side = symbol_side(m->version);
	int sure[30];
	int against[CODEWORDS_FORMATS] = {0};
	out->timing = timing_of(m);
	out->distance = 30;
	for (int k = 0; k < 30; k++) {
		int x, y;
		symbol_format_at(k / 15, k % 15, side, &x, &y);
		sure[k] = sure_at(m, x, y);
	}
	for (int data = 0; data < CODEWORDS_FORMATS; data++) {
		unsigned bits = symbol_format_bits((unsigned)data);
		int distances[2] = {0, 0};
		int sums[2] = {0, 0};
		for (int k = 0; k < 30; k++) {
			bool differs = (sure[k] > 0) != ((bits >> k % 15 & 1u) != 0);
			distances[k / 15] += differs;
			sums[k / 15] += differs ? abs(sure[k]) : 0;
		}
		int distance = of_copies(distances, ONE_COPY);
		int sum = of_copies(sums, ONE_COPY * ONE_BIT);
		/* An insertion sort by what speaks against each. */
		int at = data;
		for (; at > 0 && against[at - 1] > sum; at--) {
			against[at] = against[at - 1];
			out->formats[at] = out->formats[at - 1];
			out->distances[at] = out->distances[at - 1];
		}
		against[at] = sum;
		out->formats[at] = (uint8_t)data;
		out->distances[at] = (uint8_t)distance;
		out->distance = distance < out->distance ? distance : out->distance;
	}
}

/* --- bits -------------------------------------------------------------------------------------------------------------------------------- */

struct reading {
	struct codewords_work *work;
	const struct measured *m;
	int mask, total;
};

static void take_bit(void *context, int index, int x, int y) {
	struct reading *r = context;
	if (index >= 8 * r->total) {
		return; /* remainder bits */
	}
	/* Eight bits push out what the byte held before: the stream need not be cleared. */
	int sure = sure_at(r->m, x, y);
	unsigned bit = (sure > 0) != symbol_masked(r->mask, x, y);
	r->work->stream[index / 8] = (uint8_t)(r->work->stream[index / 8] << 1 | bit);
	uint8_t *doubt = &r->work->doubt[index / 8];
	*doubt = (uint8_t)(abs(sure) < *doubt ? abs(sure) : *doubt);
}

struct writing {
	const struct codewords_work *work;
	struct corrected *out;
	int mask, total;
};

static void put_bit(void *context, int index, int x, int y) {
	struct writing *w = context;
	unsigned bit = index < 8 * w->total ? w->work->stream[index / 8] >> (7 - index % 8) & 1u : 0;
	w->out->dark[y * symbol_side(w->out->version) + x] = (bit != 0) != symbol_masked(w->mask, x, y);
}

/* --- blocks ----------------------------------------------------------------------------------------------------------------------------- */

/* The places of a block, the least sure first. */
static void rank_doubts(const struct codewords_work *work, const struct symbol_blocks *b, int block, uint8_t order[255]) {
	int n = stream_block_len(b, block);
	uint8_t doubt[255];
	for (int i = 0; i < n; i++) {
		doubt[i] = work->doubt[stream_place(b, block, i)];
		int k = i;
		for (; k > 0 && doubt[order[k - 1]] > doubt[i]; k--) {
			order[k] = order[k - 1];
		}
		order[k] = (uint8_t)i;
	}
}

static int errors_of(const uint8_t *before, const uint8_t *after, const bool *missing, int n) {
	int errors = 0;
	for (int i = 0; i < n; i++) {
		errors += !missing[i] && before[i] != after[i];
	}
	return errors;
}

#define ERASURE_STEPS 9
/* How surely the block is the right one, in bits: of all words only one in 2^bits lies so near to a codeword that it would have been corrected with
 * the same effort (with t errors among n codewords, of which there are C(n, t), and `spare` of the error correction left over). */
static float certainty(int n, int errors, int spare) {
	float bits = 8 * (float)(errors + spare);
	for (int i = 0; i < errors; i++) {
		bits -= log2f((float)(n - i) / (float)(i + 1));
	}
	return bits;
}

/* With nothing missing, then with ever more of the least sure codewords taken as missing (Forney's generalized minimum distance decoding). */
#define BITS_LEAST 24.0F   /* where the standard keeps some of the error correction back (table 9: p), this does as well */
#define BITS_ERASING 30.0F /* that is tried many times */
static bool correct_block(struct codewords_work *work, const struct symbol_blocks *b, int block, struct corrected *out) {
	uint8_t codewords[RS_ORDER] = {0}, corrected[RS_ORDER];
	uint8_t order[RS_ORDER] = {0};
	bool missing[RS_ORDER] = {false};
	int n = stream_block_len(b, block);
	int step = b->ecc / ERASURE_STEPS > 2 ? b->ecc / ERASURE_STEPS : 2;
	for (int i = 0; i < n; i++) {
		codewords[i] = work->stream[stream_place(b, block, i)];
	}
	bool sure = false;
	bool begun = rs_begin(&work->rs, codewords, n, b->ecc);
	/* Each missing codeword uses up one of error correction. Some must be left: with none, any word becomes some codeword. */
	for (int erasures = 0; begun && !sure && erasures <= b->ecc - 3; erasures += step) {
		if (erasures == step) {
			rank_doubts(work, b, block, order);
		}
		for (int i = erasures - step; i >= 0 && i < erasures; i++) {
			missing[order[i]] = true;
		}
		if (rs_correct(&work->rs, order, erasures, corrected) >= 0) {
			int errors = errors_of(codewords, corrected, missing, n);
			int spare = b->ecc - erasures - 2 * errors;
			sure = certainty(n - erasures, errors, spare) >= (erasures == 0 ? BITS_LEAST : BITS_ERASING);
			out->spare = sure && spare < out->spare ? spare : out->spare;
		}
	}
	for (int i = 0; sure && i < n; i++) {
		out->changed += codewords[i] != corrected[i];
		work->stream[stream_place(b, block, i)] = corrected[i];
	}
	return sure;
}

static void put_patterns(struct codewords_work *work, unsigned format, struct corrected *out) {
	int side = symbol_side(out->version);
	unsigned bits = symbol_format_bits(format);
	int x, y;
	for (int i = 0; i < side * side; i++) {
		out->dark[i] = work->map.cells[i] == CELL_DARK;
	}
	for (int copy = 0; copy < 2; copy++) {
		for (int i = 0; i < 15; i++) {
			symbol_format_at(copy, i, side, &x, &y);
			out->dark[y * side + x] = bits >> i & 1u;
		}
		for (int i = 0; out->version >= 7 && i < 18; i++) {
			symbol_version_at(copy, i, side, &x, &y);
			out->dark[y * side + x] = symbol_version_bits(out->version) >> i & 1u;
		}
	}
	/* The module that is always dark (ISO/IEC 18004:2015, 7.9.1). */
	out->dark[(side - 8) * side + 8] = 1;
}

static bool correct_as(struct codewords_work *work, const struct measured *m, unsigned format, struct corrected *out) {
	struct symbol_blocks b;
	int mask = (int)(format & 7u);
	symbol_blocks(m->version, (enum symbol_level)(format >> 3), &b);
	/* More than any sureness: the least is taken of what comes. */
	memset(work->doubt, 255, (size_t)b.total);
	stream_each_bit(&work->map, take_bit, &(struct reading){work, m, mask, b.total});
	out->version = m->version;
	out->format = format;
	out->changed = 0;
	out->spare = b.ecc;
	for (int block = 0; block < b.count; block++) {
		if (!correct_block(work, &b, block, out)) {
			return false;
		}
	}
	out->data_count = 0;
	for (int block = 0; block < b.count; block++) {
		for (int i = 0; i < stream_block_len(&b, block) - b.ecc; i++) {
			out->data[out->data_count++] = work->stream[stream_place(&b, block, i)];
		}
	}
	put_patterns(work, format, out);
	stream_each_bit(&work->map, put_bit, &(struct writing){work, out, mask, b.total});
	return true;
}

bool codewords_correct(struct codewords_work *work, const struct measured *m, const struct codewords_look *look, int formats_tried,
		       struct corrected *out) {
	symbol_map_fill(&work->map, m->version);
	for (int i = 0; i < formats_tried && i < CODEWORDS_FORMATS; i++) {
		if (i > 0 && work->deadline != NULL && deadline_over(work->deadline)) {
			return false;
		}
		bool likely = look->distances[i] <= CODEWORDS_DISTANCE_MAX;
		if ((likely || formats_tried == CODEWORDS_FORMATS) && correct_as(work, m, look->formats[i], out) &&
		    (likely || out->spare >= 3)) {
			return true;
		}
	}
	return false;
}
