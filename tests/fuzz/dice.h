/* An input as a row of decisions: each takes a byte or two, and 0 when there are no more, so that any bytes are a whole scene. */
#ifndef TURNOUT_TESTS_FUZZ_DICE_H
#define TURNOUT_TESTS_FUZZ_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
	const uint8_t *at;
	size_t left;
};

static inline unsigned dice_byte(struct dice *d) {
	if (d->left == 0) {
		return 0;
	}
	d->left--;
	return *d->at++;
}

static inline unsigned dice_word(struct dice *d) {
	unsigned high = dice_byte(d);
	return high << 8 | dice_byte(d);
}

/* low to high, both of them too. */
static inline int dice_between(struct dice *d, int low, int high) {
	unsigned span = (unsigned)(high - low) + 1;
	return low + (int)((span > 256 ? dice_word(d) : dice_byte(d)) % span);
}

/* True for one of `n` values of a byte; never where the input has ended. */
static inline bool dice_rarely(struct dice *d, unsigned n) { return dice_byte(d) % n == n - 1; }

/* Numbers that look random, for what would take too many bytes (Numerical Recipes' 32-bit generator). */
static inline uint32_t dice_next(uint32_t *seed) { return (*seed = *seed * 1664525u + 1013904223u) >> 8; }

#endif
