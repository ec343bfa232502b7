/* QR Code symbols made of data codewords: what scan/codewords takes apart is put together here, with an error correction of its own
 * (ISO/IEC 18004:2015, 7.5 to 7.9). Any version, level and mask, and any codewords, be they text or not. */
#ifndef TURNOUT_TESTS_LIB_ENCODER_H
#define TURNOUT_TESTS_LIB_ENCODER_H

#include "scan/qr/symbol.h"

#define ENCODER_MODULES (SYMBOL_SIDE_MAX * SYMBOL_SIDE_MAX)

struct encoding {
	int version; /* 1 to 40 */
	enum symbol_level level;
	int mask; /* 0 to 7 */
};

/* How many data codewords it holds. */
int encoder_capacity(const struct encoding *how);

/* `data` holds that many. `dark`: 1 or 0 a module, row by row, symbol_side(version) each. */
void encoder_symbol(const struct encoding *how, const uint8_t *data, uint8_t dark[ENCODER_MODULES]);

/* What a symbol's format information says; the copy at the upper left. False when it is none. */
bool encoder_format(const uint8_t *dark, int version, struct encoding *out);

/* The same symbol under another mask. */
void encoder_remask(uint8_t *dark, int version, int mask);

#endif
