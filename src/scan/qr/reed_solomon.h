/* Reed-Solomon codes over GF(2^8) as QR Code uses them (ISO/IEC 18004:2015, 7.5: x^8 + x^4 + x^3 + x^2 + 1, first root alpha^0). Pure. */
#ifndef TURNOUT_SCAN_QR_REED_SOLOMON_H
#define TURNOUT_SCAN_QR_REED_SOLOMON_H

#include <stdbool.h>
#include <stdint.h>

#define RS_ECC_MAX 68 /* codewords of error correction; QR Code has at most 30 a block */
#define RS_ORDER 255  /* codewords at most, and the field's elements but for 0 */

/* A word that is to be corrected, and tables. A zeroed one is ready for rs_begin, and the tables stay from one word to the next. */
struct rs {
	uint8_t power[2 * RS_ORDER]; /* alpha^i; twice, so that sums of two exponents need no remainder */
	uint8_t exponent[RS_ORDER + 1];
	uint8_t syndromes[RS_ECC_MAX];
	const uint8_t *codewords;
	int n, ecc;
	bool filled, wrong;
};

/* Takes n codewords (n <= 255), of which the last `ecc` are error correction; they are the caller's and stay where they are until the word is done
 * with. False: there are no such words. */
bool rs_begin(struct rs *rs, const uint8_t *codewords, int n, int ecc);

/* Corrects the word: what it must have been is written to `out` (n codewords, not the word itself). `erased`: places that are known to be doubtful,
 * `erasures` of them. Returns how many codewords differ, or -1 when it cannot be done (then nothing is written): it can when
 * 2 * errors + erasures <= ecc. It may be tried again with others. Decoding after Berlekamp and Massey with erasures, Chien, and Forney (Blahut,
 * Algebraic Codes for Data Transmission, chapter 7). */
int rs_correct(const struct rs *rs, const uint8_t *erased, int erasures, uint8_t *out);

#endif
