/* Pictures made from pictures, for looking at them in other ways. Each keeps its memory from one call to the next. Those that take long end when time is
 * over; what is in the rest of their picture then is undefined. */
#ifndef TURNOUT_SCAN_IMAGE_FILTERS_H
#define TURNOUT_SCAN_IMAGE_FILTERS_H

#include "base/deadline.h"
#include "scan/image/image.h"

struct filtered { /* a zeroed one is empty; for filtered_fini */
	struct image image;
	size_t cap;
};
void filtered_fini(struct filtered *f);

/* An undefined picture of that size. */
struct image *filter_room(struct filtered *f, int width, int height);
const struct image *filter_copy(struct filtered *f, const struct image *from);
/* Half the size, each pixel the mean of four; what is left over at the edges is dropped. */
const struct image *filter_halve(struct filtered *f, const struct image *from);
/* Twice the size each way, interpolated. */
const struct image *filter_double(struct filtered *f, const struct image *from, const struct deadline *deadline);
const struct image *filter_invert(struct filtered *f, const struct image *from);
/* What differs from the mean over FILTER_BOX x FILTER_BOX pixels differs three times as much: an unsharp mask, for blurred pictures. */
#define FILTER_BOX 15
const struct image *filter_sharpen(struct filtered *f, const struct image *from, const struct deadline *deadline);

#endif
