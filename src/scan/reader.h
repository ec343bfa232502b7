/* The thread that reads codes, beside the one that takes pictures: what reading takes keeps no picture from the screen.
 *
 * One picture at a time. A slate is what a picture is written on: it is either the caller's or the reader's. */
#ifndef TURNOUT_SCAN_READER_H
#define TURNOUT_SCAN_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "scan/decode.h"
#include "scan/effort.h"
#include "scan/image.h"

#define READER_CODES_MAX 8 /* of one picture */

struct slate {
	struct image image; /* grows as needed */
	int64_t taken_us;
	/* What came of it: */
	enum effort_seen seen;
	int64_t cost_us; /* of the processor */
};

struct reader;

struct reader_options {
	/* Called from the reader's thread when a picture holds codes; they are its until it returns. */
	void (*found)(void *context, const struct slate *slate, const struct decode_result *codes, size_t count);
	void *context;
};

bool reader_open(const struct reader_options *options, struct reader **out, struct err *err) TURNOUT_MUST_CHECK;
void reader_close(struct reader *r); /* NULL is fine. Finishes what it reads */

/* The slate when the reader is done with it, else NULL; `wait`: until it is. The first call gives an empty one (EFFORT_NOTHING, cost 0). */
struct slate *reader_slate(struct reader *r, bool wait);
/* Copies the picture onto the slate and has it read. False: the picture cannot be held and the slate is still the caller's. */
bool reader_read(struct reader *r, struct slate *slate, const struct image *image, int64_t taken_us);
/* Gives back a slate that nothing was written on. */
void reader_return(struct reader *r, struct slate *slate);

#endif
