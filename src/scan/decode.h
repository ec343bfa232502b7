/* Reads QR codes out of luminance pictures, through zbar. One decoder belongs to one thread. */
#ifndef TURNOUT_SCAN_DECODE_H
#define TURNOUT_SCAN_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "scan/image.h"

#define DECODE_PAYLOAD_MAX 8192 /* more than any QR code holds (7089 digits in version 40-L) */

struct decoder;

struct decode_result {
	const char *payload; /* the bytes as they stand in the code, NUL behind them; the decoder's, until its next scan */
	size_t len;
	int x, y, w, h; /* bounding box in the picture */
};

bool decoder_open(struct decoder **out, struct err *err) TURNOUT_MUST_CHECK;
void decoder_close(struct decoder *decoder); /* NULL is fine */

/* Finds at most `max` different codes and returns how many. Tried in turn until something is found: the picture as it is, at half size
 * (blur and moire go), inverted. */
size_t decoder_scan(struct decoder *decoder, const struct image *image, struct decode_result *out, size_t max);

/* Appends a payload in one line of valid UTF-8: \n \t \r \\ stand for themselves, other control characters and bytes that are no UTF-8 are
 * \xHH. */
void decode_escape(const char *payload, size_t len, struct strbuf *out);

#endif
