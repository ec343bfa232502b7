/* Reads QR codes out of luminance pictures. One decoder belongs to one thread.
 *
 * The codes are found and measured here (scan/qr/reader.h); zbar's own search is the last resort. */
#ifndef TURNOUT_SCAN_QR_DECODE_H
#define TURNOUT_SCAN_QR_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "scan/image/geometry.h"
#include "scan/image/image.h"
#include "scan/qr/reader.h"

#define DECODE_PAYLOAD_MAX 12288 /* bytes of UTF-8: more than any QR code holds (2953 bytes in version 40-L, four for each at most) */
#define DECODE_BUDGET_US 33000   /* a camera frame's time */

struct decoder;

struct decode_result {
	const char *payload; /* the text that is meant (payload_text), NUL behind it; the decoder's, until its next scan */
	size_t len;
	const char *raw; /* the bytes as they stand in the code; likewise */
	size_t raw_len;
	int part, parts;         /* one symbol of a set, and no text by itself: which, from 1, of how many; 0 of 0 */
	int x, y, w, h;          /* bounding box in the picture */
	struct point corners[4]; /* upper left, upper right, lower right, lower left of the symbol, in pixels */
	const char *stage;       /* a word for the way in which it was read */
};

#define DECODE_ZBAR (1 << 9) /* a way of looking beside those of reader.h: zbar's own search */

struct decode_options {
	int64_t budget_us; /* of this thread's processor time, kept to within a fifth from 5 ms on, in pictures of up to 1280 x 1280; 0: none */
	bool all;          /* go on for more codes while there is time; without a budget that is so anyway */
	size_t max;        /* codes, at least 1: the search ends with so many */
	/* For those who look at picture after picture (scan/qr/reader.h says more): */
	unsigned ways;                  /* READER_…, DECODE_ZBAR; 0: all */
	const struct followed *known;   /* NULL: none */
	const struct region *first;     /* NULL: nowhere */
	const struct reader_care *care; /* NULL: for nothing */
	const struct region *tiny;      /* NULL: everywhere */
	struct sight *sight;            /* NULL: nobody asks */
};

bool decoder_open(struct decoder **out, struct err *err) TURNOUT_MUST_CHECK;
void decoder_close(struct decoder *decoder); /* NULL is fine */

/* Finds at most options->max different codes and returns how many; `out` has room for them. */
size_t decoder_scan(struct decoder *decoder, const struct image *image, const struct decode_options *options, struct decode_result *out);

/* What a symbol says, beside the `count` results of the last scan, of which it had more than that as its max; false when it says nothing or is among them.
 * `out` is for the result behind them. */
struct decode_symbol {
	const struct corrected *symbol;
	struct point corners[4];
	const char *stage;
};
bool decoder_take(struct decoder *decoder, const struct decode_symbol *symbol, struct decode_result *out, size_t count);

#endif
