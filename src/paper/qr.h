/* QR codes as a matrix of modules (ISO/IEC 18004), through libqrencode. */
#ifndef TURNOUT_PAPER_QR_H
#define TURNOUT_PAPER_QR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define QR_SIDE_MAX 177 /* modules a side of version 40 */
#define QR_QUIET 4      /* modules of clear space that readers are promised on every side */

enum qr_level { QR_LEVEL_L, QR_LEVEL_M, QR_LEVEL_Q, QR_LEVEL_H }; /* about 7, 15, 25, 30 % of damage is repaired */

struct qr_matrix {
	int side; /* modules; 17 + 4 * version */
	uint8_t dark[QR_SIDE_MAX * QR_SIDE_MAX];
};

/* Makes the smallest version that holds the n bytes, in one segment: numeric, alphanumeric or byte mode, the densest that can.
 * ERR_INPUT when they fit no version or there are none. */
bool qr_encode(struct qr_matrix *out, const void *data, size_t n, enum qr_level level, struct err *err) TURNOUT_MUST_CHECK;

static inline int qr_version(const struct qr_matrix *qr) { return (qr->side - 17) / 4; }
/* Outside of the code it is light. */
static inline bool qr_dark(const struct qr_matrix *qr, int x, int y) {
	return x >= 0 && y >= 0 && x < qr->side && y < qr->side && qr->dark[y * qr->side + x] != 0;
}

#endif
