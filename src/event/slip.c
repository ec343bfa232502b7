#include "event/slip.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

#define LETTERS_MAX 64

static size_t letters_of(const char *word, uint32_t letters[LETTERS_MAX]) {
	size_t n = 0;
	for (uint32_t c = utf8_next(&word); c != 0 && n < LETTERS_MAX; c = utf8_next(&word)) {
		letters[n++] = c;
	}
	return n;
}

static bool same(const uint32_t *a, const uint32_t *b, size_t n) { return memcmp(a, b, n * sizeof *a) == 0; }

struct slip slip_between(const char *one, const char *other) {
	uint32_t a[LETTERS_MAX], b[LETTERS_MAX];
	size_t n = letters_of(one, a), m = letters_of(other, b), at = 0;
	struct slip slip = {.kind = SLIP_NOT, .letters = m};
	if (n < m) {
		return slip_between(other, one);
	}
	if (n > m + 1 || n == LETTERS_MAX) {
		return slip;
	}
	while (at < m && a[at] == b[at]) {
		at++;
	}
	slip.inside = m > 0 && a[0] == b[0] && a[n - 1] == b[m - 1];
	if (n > m) {
		slip.kind = same(a + at + 1, b + at, m - at) ? SLIP_LEFT_OUT : SLIP_NOT;
	} else if (at == n) {
		slip.kind = SLIP_SAME;
	} else if (same(a + at + 1, b + at + 1, n - at - 1)) {
		slip.kind = SLIP_CHANGED;
	} else if (a[at] == b[at + 1] && a[at + 1] == b[at] && same(a + at + 2, b + at + 2, n - at - 2)) {
		slip.kind = SLIP_SWAPPED; /* there is a next letter: else only this one would differ */
	}
	return slip;
}
