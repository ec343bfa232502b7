/* A picture of pixels into a PNG file (cairo). */
#ifndef TURNOUT_PAPER_PNG_H
#define TURNOUT_PAPER_PNG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* `pixels`: rows of `width` values 0xXXRRGGBB, each side at most 16384. Written whole or not at all. */
bool png_write(const char *path, const uint32_t *pixels, int width, int height, struct err *err) TURNOUT_MUST_CHECK;

#endif
