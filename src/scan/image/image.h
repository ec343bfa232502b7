/* Pictures as 8-bit luminance, from PNG, JPEG and PNM files.
 *
 * What is read: PNG (any kind; transparency stands on white), JPEG (grey, YCbCr, RGB; no CMYK), PGM and PPM (P2, P3, P5, P6; 16 bits too).
 * Capped before memory is taken: IMAGE_FILE_MAX bytes, IMAGE_SIDE_MAX pixels a side, IMAGE_PIXELS_MAX pixels. A file that ends early is an
 * error. Luminance: 0.299 R + 0.587 G + 0.114 B for JPEG (JFIF) and PNM, libpng's own weights for PNG. */
#ifndef TURNOUT_SCAN_IMAGE_IMAGE_H
#define TURNOUT_SCAN_IMAGE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define IMAGE_FILE_MAX ((size_t)64 << 20)
#define IMAGE_PIXELS_MAX ((size_t)64 << 20)
#define IMAGE_SIDE_MAX 16384

struct image {
	uint8_t *luma; /* rows of `stride` bytes, of which the first `width` count */
	int width, height, stride;
};

/* ERR_INPUT names the file and what is wrong with it. The image is for image_fini. */
bool image_load(const char *path, struct image *out, struct err *err) TURNOUT_MUST_CHECK;
bool image_parse(const void *data, size_t n, struct image *out, struct err *err) TURNOUT_MUST_CHECK;

/* The single kinds, for data that is known to be one. */
bool image_parse_png(const void *data, size_t n, struct image *out, struct err *err) TURNOUT_MUST_CHECK;
bool image_parse_jpeg(const void *data, size_t n, struct image *out, struct err *err) TURNOUT_MUST_CHECK;
/* For one picture after another: `used` is zeroed, or holds one before, whose memory is used again where the size is the same. After a failure it holds nothing to
 * be shown, and is for image_fini, or the next one, as well. */
bool image_parse_jpeg_over(const void *data, size_t n, struct image *used, struct err *err) TURNOUT_MUST_CHECK;
bool image_parse_pnm(const void *data, size_t n, struct image *out, struct err *err) TURNOUT_MUST_CHECK;

/* Takes zeroed memory for a picture of that size (stride = width); ERR_INPUT when it is over the caps or empty. */
bool image_init(struct image *image, int64_t width, int64_t height, struct err *err) TURNOUT_MUST_CHECK;
void image_fini(struct image *image); /* the image is empty again */

/* The pixel that a point lies in, or the nearest one for a point outside; what is no number at all (a map's horizon) is as good as 0. */
static inline int image_grey(const struct image *image, float x, float y) {
	float right = (float)(image->width - 1);
	float low = (float)(image->height - 1);
	int px = x > 0 ? (int)(x < right ? x : right) : 0;
	int py = y > 0 ? (int)(y < low ? y : low) : 0;
	return image->luma[(size_t)py * (size_t)image->stride + (size_t)px];
}

/* Every 1/factor-th size, each pixel the mean of a factor x factor block; what is left over at the edges is dropped. factor >= 1. */
bool image_shrink(const struct image *from, int factor, struct image *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
