/* Finds and reads symbols in a picture, in many ways, the cheap ones first, within a budget of time. What it gives is a corrected symbol, of which
 * error correction has said that it is one. */
#ifndef TURNOUT_SCAN_READER_H
#define TURNOUT_SCAN_READER_H

#include "scan/codewords.h"
#include "scan/geometry.h"
#include "scan/image.h"

struct reader;

struct reader *reader_open(void);
void reader_close(struct reader *reader); /* NULL is fine */

struct reader_find {
	const struct corrected *symbol; /* the reader's, until the next call */
	struct point corners[4];        /* upper left, upper right, lower right, lower left of the symbol, in pixels of the picture */
	const char *stage;              /* a word for the way in which it was read */
};

/* What the caller makes of a find. */
enum reader_verdict {
	READER_NOTHING, /* it says nothing: as if it had not been found */
	READER_GO_ON,   /* what else there is in this way of looking is found, too, and without a budget in all others */
	READER_ENOUGH,  /* the search ends */
};
typedef enum reader_verdict reader_found_fn(void *context, const struct reader_find *find);

struct reader_options {
	int64_t budget_us; /* of this thread's processor time; 0: none */
	reader_found_fn *found;
	void *context;
};
/* True when `found` had enough. */
bool reader_search(struct reader *reader, const struct image *image, const struct reader_options *options);

#endif
