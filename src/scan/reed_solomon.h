/* Reed-Solomon codes over GF(2^8) as QR Code uses them (ISO/IEC 18004:2015, 7.5: x^8 + x^4 + x^3 + x^2 + 1, first root alpha^0). Pure. */
#ifndef TURNOUT_SCAN_REED_SOLOMON_H
#define TURNOUT_SCAN_REED_SOLOMON_H

#include <stdbool.h>
#include <stdint.h>

#define RS_ECC_MAX 68 /* codewords of error correction; QR Code has at most 30 a block */

/* Corrects n codewords (n <= 255), of which the last `ecc` are error correction, in place. `erased`: places that are known to be doubtful,
 * `erasures` of them. Returns how many codewords were changed, or -1 when it cannot be done (then nothing is changed): it can when
 * 2 * errors + erasures <= ecc. Decoding after Berlekamp and Massey with erasures, Chien, and Forney (Blahut, Algebraic Codes for Data
 * Transmission, chapter 7). */
int rs_correct(uint8_t *codewords, int n, int ecc, const uint8_t *erased, int erasures);

#endif
