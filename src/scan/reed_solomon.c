#include "scan/reed_solomon.h"

#include <string.h>

#define ORDER 255

struct field {
	uint8_t power[2 * ORDER]; /* alpha^i; twice, so that sums of two exponents need no remainder */
	uint8_t exponent[ORDER + 1];
};

static void field_fill(struct field *f) {
	unsigned value = 1;
	for (int i = 0; i < ORDER; i++) {
		f->power[i] = f->power[i + ORDER] = (uint8_t)value;
		f->exponent[value] = (uint8_t)i;
		value = (value << 1 ^ ((value & 0x80u) != 0 ? 0x11Du : 0)) & 0xFFu;
	}
	f->exponent[0] = 0;
}

static inline uint8_t mul(const struct field *f, uint8_t a, uint8_t b) {
	return a == 0 || b == 0 ? 0 : f->power[f->exponent[a] + f->exponent[b]];
}

static inline uint8_t over(const struct field *f, uint8_t a, uint8_t b) {
	return a == 0 ? 0 : f->power[f->exponent[a] + ORDER - f->exponent[b]];
}

/* Polynomials: the coefficient of x^i at i. */
struct poly {
	uint8_t at[RS_ECC_MAX + 2];
};

static uint8_t value_at(const struct field *f, const struct poly *p, int degree, int exponent) {
	uint8_t sum = p->at[0];
	for (int i = 1; i <= degree; i++) {
		sum ^= p->at[i] == 0 ? 0 : f->power[(f->exponent[p->at[i]] + i * exponent) % ORDER];
	}
	return sum;
}

/* False when all are zero: nothing is wrong. */
static bool find_syndromes(const struct field *f, const uint8_t *codewords, int n, int ecc, struct poly *out) {
	bool any = false;
	for (int i = 0; i < ecc; i++) {
		uint8_t sum = 0;
		for (int k = 0; k < n; k++) {
			sum = (uint8_t)((sum == 0 ? 0 : f->power[f->exponent[sum] + i]) ^ codewords[k]);
		}
		out->at[i] = sum;
		any = any || sum != 0;
	}
	return any;
}

struct locating {
	const struct field *f;
	const struct poly *syndromes;
	int ecc, erasures;
	struct poly locator;
};

static void locate_erasures(struct locating *l, const uint8_t *erased, int n) {
	l->locator = (struct poly){.at = {1}};
	for (int i = 0; i < l->erasures; i++) {
		uint8_t x = l->f->power[n - 1 - erased[i]];
		for (int k = i + 1; k > 0; k--) {
			l->locator.at[k] ^= mul(l->f, l->locator.at[k - 1], x);
		}
	}
}

static void times_x(struct poly *p, int ecc) {
	memmove(p->at + 1, p->at, (size_t)ecc);
	p->at[0] = 0;
}

/* Berlekamp and Massey, begun with the erasures' locator. */
static void locate_errors(struct locating *l) {
	struct poly before = l->locator;
	int length = l->erasures;
	for (int r = l->erasures + 1; r <= l->ecc; r++) {
		uint8_t gap = 0;
		for (int i = 0; i < r; i++) {
			gap ^= mul(l->f, l->locator.at[i], l->syndromes->at[r - 1 - i]);
		}
		times_x(&before, l->ecc);
		if (gap == 0) {
			continue;
		}
		struct poly now = l->locator;
		for (int i = 0; i <= l->ecc; i++) {
			now.at[i] ^= mul(l->f, gap, before.at[i]);
		}
		if (2 * length <= r + l->erasures - 1) {
			length = r + l->erasures - length;
			for (int i = 0; i <= l->ecc; i++) {
				before.at[i] = over(l->f, l->locator.at[i], gap);
			}
		}
		l->locator = now;
	}
}

/* Chien's search and Forney's formula. */
static int repair(const struct locating *l, uint8_t *codewords, int n) {
	const struct field *f = l->f;
	struct poly errors = {.at = {0}}; /* the evaluator */
	struct {
		uint8_t place, by;
	} found[RS_ECC_MAX];
	int degree = l->ecc;
	while (degree > 0 && l->locator.at[degree] == 0) {
		degree--;
	}
	for (int i = 0; i < l->ecc; i++) {
		for (int k = 0; k <= i && k <= degree; k++) {
			errors.at[i] ^= mul(f, l->locator.at[k], l->syndromes->at[i - k]);
		}
	}
	int count = 0;
	for (int place = 0; place < n && count <= degree; place++) {
		int inverse = (ORDER - (n - 1 - place)) % ORDER;
		if (value_at(f, &l->locator, degree, inverse) != 0) {
			continue;
		}
		uint8_t slope = 0; /* of the locator's derivative: the odd members, by x^(i - 1) */
		for (int i = 1; i <= degree; i += 2) {
			slope ^= l->locator.at[i] == 0 ? 0 : f->power[(f->exponent[l->locator.at[i]] + (i - 1) * inverse) % ORDER];
		}
		if (slope == 0 || count == degree) {
			return -1;
		}
		uint8_t by = over(f, mul(f, value_at(f, &errors, l->ecc - 1, inverse), f->power[n - 1 - place]), slope);
		found[count].place = (uint8_t)place;
		found[count++].by = by;
	}
	if (count != degree) {
		return -1;
	}
	int changed = 0;
	for (int i = 0; i < count; i++) {
		codewords[found[i].place] ^= found[i].by;
		changed += found[i].by != 0;
	}
	return changed;
}

int rs_correct(uint8_t *codewords, int n, int ecc, const uint8_t *erased, int erasures) {
	struct field f;
	struct poly syndromes = {.at = {0}};
	if (ecc < 1 || ecc > RS_ECC_MAX || n <= ecc || n > ORDER || erasures > ecc) {
		return -1;
	}
	field_fill(&f);
	if (!find_syndromes(&f, codewords, n, ecc, &syndromes)) {
		return 0;
	}
	struct locating l = {.f = &f, .syndromes = &syndromes, .ecc = ecc, .erasures = erasures};
	locate_erasures(&l, erased, n);
	locate_errors(&l);
	uint8_t tried[ORDER];
	memcpy(tried, codewords, (size_t)n);
	int changed = repair(&l, tried, n);
	if (changed < 0 || find_syndromes(&f, tried, n, ecc, &syndromes)) {
		return -1;
	}
	memcpy(codewords, tried, (size_t)n);
	return changed;
}
