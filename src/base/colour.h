/* Colours as 0xRRGGBB: which of them read on which, and those that categories of people get. */
#ifndef TURNOUT_BASE_COLOUR_H
#define TURNOUT_BASE_COLOUR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Contrast ratio, 1 to 21: WCAG 2.1. */
double colour_contrast(uint32_t a, uint32_t b);

/* Whichever of the two stands out more on the ground; of equals the first. */
uint32_t colour_clearer(uint32_t ground, uint32_t one, uint32_t other);

/* The colour itself where it stands out so much from every one of the grounds; else darkened in its own tone until it does, or black. */
uint32_t colour_darkened(uint32_t colour, const uint32_t *grounds, size_t count, double contrast);

/* "#rrggbb". False, and nothing written, for anything else. */
bool colour_parse(const char *text, uint32_t *out);

/* By the category's name, so that one name has one colour on every badge: one of 8. */
uint32_t colour_of_category(const char *category);

#endif
