/* From modules to codewords and back: format information, masks, blocks, error correction (ISO/IEC 18004:2015, 7.4 to 7.9 the other way round).
 * Pure. */
#ifndef TURNOUT_SCAN_QR_CODEWORDS_H
#define TURNOUT_SCAN_QR_CODEWORDS_H

#include "base/deadline.h"
#include "scan/qr/reed_solomon.h"
#include "scan/qr/symbol.h"

/* What was measured of each module: above 0 it is dark, and the farther from 0 the surer; -127 to 127. Row by row, symbol_side(version) each. */
struct measured {
	int version;
	int8_t sure[SYMBOL_SIDE_MAX * SYMBOL_SIDE_MAX];
};

/* A symbol as it must have been printed. */
struct corrected {
	int version;
	unsigned format;                                 /* level << 3 | mask */
	uint8_t dark[SYMBOL_SIDE_MAX * SYMBOL_SIDE_MAX]; /* 1 or 0 */
	uint8_t data[SYMBOL_CODEWORDS_MAX];              /* its data codewords in their order */
	int data_count;
	int changed; /* codewords that were wrong */
	int spare; /* codewords of error correction that were not needed, in the block that needed most: half as many more errors could have been */
};

/* Room to work in; a zeroed one is fine. */
struct codewords_work {
	const struct deadline *deadline; /* after which nothing more is tried; NULL: none */
	struct rs rs;
	struct symbol_map map;
	uint8_t stream[SYMBOL_CODEWORDS_MAX], blocks[SYMBOL_CODEWORDS_MAX];
	uint8_t doubt[SYMBOL_CODEWORDS_MAX]; /* per codeword of the stream: how sure its least sure bit is */
};

#define CODEWORDS_FORMATS 32
#define CODEWORDS_DISTANCE_MAX 8 /* of 30 bits, with which a format is still likely; the code alone corrects 3 of 15 */

/* A cheap look at what was measured, before the dear one. */
struct codewords_look {
	int timing; /* per cent of the timing patterns' modules that are as they must be */
	int distance; /* the least number of bits, of 30 in both copies, in which what was measured differs from any format information; when one
			 copy is much worse than the other, that one counts twice and for a few bits more */
	uint8_t formats[CODEWORDS_FORMATS];   /* all, those that fit best first, where the sure bits count more */
	uint8_t distances[CODEWORDS_FORMATS]; /* of each of these */
};
void codewords_look(const struct measured *m, struct codewords_look *out);

/* Reads and corrects: also with the least sure codewords taken as missing. Tries so many formats, those that fit best first; with all 32 also such
 * as do not fit (the information may be covered). False when there are too many errors. */
bool codewords_correct(struct codewords_work *work, const struct measured *m, const struct codewords_look *look, int formats_tried,
		       struct corrected *out);

#endif
