/* Pictures that are made to be looked at for long: noise, boards, finder patterns, grids of codes that can and cannot be read, text. */
#ifndef TURNOUT_TESTS_BENCH_MADE_H
#define TURNOUT_TESTS_BENCH_MADE_H

#include "scan/image/image.h"

#define MADE_KINDS 17

/* Fills the picture; returns what it shows, for people. The same to the pixel each time. */
const char *made_picture(struct image *image, int kind);

#endif
