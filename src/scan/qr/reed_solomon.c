#include "scan/qr/reed_solomon.h"

#include <string.h>

static void fill(struct rs *rs) {
	unsigned value = 1;
	for (int i = 0; i < RS_ORDER; i++) {
		rs->power[i] = rs->power[i + RS_ORDER] = (uint8_t)value;
		rs->exponent[value] = (uint8_t)i;
		/* Times alpha, that is x; what overflows is taken off by the field's polynomial, 0x11D. */
		value = (value << 1 ^ ((value & 0x80u) != 0 ? 0x11Du : 0)) & 0xFFu;
	}
	/* Zero has no logarithm. Whoever looks one up asks for zero first. */
	rs->exponent[0] = 0;
	rs->filled = true;
}

static inline uint8_t mul(const struct rs *rs, uint8_t a, uint8_t b) {
	return a == 0 || b == 0 ? 0 : rs->power[rs->exponent[a] + rs->exponent[b]];
}

static inline uint8_t over(const struct rs *rs, uint8_t a, uint8_t b) {
	return a == 0 ? 0 : rs->power[rs->exponent[a] + RS_ORDER - rs->exponent[b]];
}

/* Polynomials: the coefficient of x^i at i. */
struct poly {
	uint8_t at[RS_ECC_MAX + 2];
};

/* The polynomial's value at alpha^exponent; the powers are kept below RS_ORDER as exponents. */
static uint8_t value_at(const struct rs *rs, const struct poly *p, int degree, int exponent) {
	uint8_t sum = p->at[0];
	for (int i = 1, power = exponent; i <= degree; i++) {
		sum ^= p->at[i] == 0 ? 0 : rs->power[rs->exponent[p->at[i]] + power];
		power += exponent;
		power -= power >= RS_ORDER ? RS_ORDER : 0;
	}
	return sum;
}

/* The word's value at alpha^i, after Horner. */
static uint8_t syndrome(const struct rs *rs, const uint8_t *codewords, int i) {
	uint8_t sum = 0;
	for (int k = 0; k < rs->n; k++) {
		sum = (uint8_t)((sum == 0 ? 0 : rs->power[rs->exponent[sum] + i]) ^ codewords[k]);
	}
	return sum;
}

bool rs_begin(struct rs *rs, const uint8_t *codewords, int n, int ecc) {
	if (ecc < 1 || ecc > RS_ECC_MAX || n <= ecc || n > RS_ORDER) {
		return false;
	}
	if (!rs->filled) {
		fill(rs);
	}
	rs->codewords = codewords;
	rs->n = n;
	rs->ecc = ecc;
	rs->wrong = false;
	for (int i = 0; i < ecc; i++) {
		rs->syndromes[i] = syndrome(rs, codewords, i);
		rs->wrong = rs->wrong || rs->syndromes[i] != 0;
	}
	return true;
}

static void locate_erasures(const struct rs *rs, const uint8_t *erased, int erasures, struct poly *locator) {
	*locator = (struct poly){.at = {1}};
	for (int i = 0; i < erasures; i++) {
		/* The first codeword is the highest coefficient, so place k stands for alpha^(n - 1 - k). */
		uint8_t x = rs->power[rs->n - 1 - erased[i]];
		for (int k = i + 1; k > 0; k--) {
			/* Times (1 + x z), from the top down, as it is done in place. */
			locator->at[k] ^= mul(rs, locator->at[k - 1], x);
		}
	}
}

static void times_x(struct poly *p, int ecc) {
	memmove(p->at + 1, p->at, (size_t)ecc);
	p->at[0] = 0;
}

/* Berlekamp and Massey, begun with the erasures' locator. Returns how many places it should locate. */
static int locate_errors(const struct rs *rs, int erasures, struct poly *locator) {
	struct poly before = *locator;
	int length = erasures;
	for (int r = erasures + 1; r <= rs->ecc; r++) {
		uint8_t gap = 0;
		for (int i = 0; i < r; i++) {
			gap ^= mul(rs, locator->at[i], rs->syndromes[r - 1 - i]);
		}
		times_x(&before, rs->ecc);
		if (gap == 0) {
			continue;
		}
		struct poly now = *locator;
		for (int i = 0; i <= rs->ecc; i++) {
			now.at[i] ^= mul(rs, gap, before.at[i]);
		}
		/* The register has to grow: what it was, divided by its gap, is what later gaps are mended with. */
		if (2 * length <= r + erasures - 1) {
			length = r + erasures - length;
			for (int i = 0; i <= rs->ecc; i++) {
				before.at[i] = over(rs, locator->at[i], gap);
			}
		}
		*locator = now;
	}
	return length;
}

struct repair {
	uint8_t place, by;
};

/* Chien's search and Forney's formula. Returns how many places there are, -1 when they are not as many as the locator's degree. */
static int find_repairs(const struct rs *rs, const struct poly *locator, int degree, struct repair *out) {
	struct poly errors = {.at = {0}}; /* the evaluator */
	for (int i = 0; i < rs->ecc; i++) {
		for (int k = 0; k <= i && k <= degree; k++) {
			errors.at[i] ^= mul(rs, locator->at[k], rs->syndromes[i - k]);
		}
	}
	int count = 0;
	for (int place = 0; place < rs->n; place++) {
		int inverse = (RS_ORDER - (rs->n - 1 - place)) % RS_ORDER;
		if (value_at(rs, locator, degree, inverse) != 0) {
			continue;
		}
		uint8_t slope = 0; /* of the locator's derivative: the odd members, by x^(i - 1) */
		for (int i = 1; i <= degree; i += 2) {
			slope ^= locator->at[i] == 0 ? 0 : rs->power[(rs->exponent[locator->at[i]] + (i - 1) * inverse) % RS_ORDER];
		}
		if (slope == 0 || count == degree) {
			return -1;
		}
		/* The factor alpha^(n - 1 - place) is there because the first root is alpha^0. */
		uint8_t by = over(rs, mul(rs, value_at(rs, &errors, rs->ecc - 1, inverse), rs->power[rs->n - 1 - place]), slope);
		out[count++] = (struct repair){(uint8_t)place, by};
	}
	return count == degree ? count : -1;
}

int rs_correct(const struct rs *rs, const uint8_t *erased, int erasures, uint8_t *out) {
	struct poly locator;
	struct repair repairs[RS_ECC_MAX];
	uint8_t tried[RS_ORDER];
	if (erasures > rs->ecc) {
		return -1;
	}
	memcpy(tried, rs->codewords, (size_t)rs->n);
	int count = 0;
	if (rs->wrong) {
		locate_erasures(rs, erased, erasures, &locator);
		int length = locate_errors(rs, erasures, &locator);
		int degree = rs->ecc;
		while (degree > 0 && locator.at[degree] == 0) {
			degree--;
		}
		/* `length` counts erasures and errors: 2 * errors + erasures <= ecc. */
		bool possible = degree == length && 2 * length - erasures <= rs->ecc;
		count = possible ? find_repairs(rs, &locator, degree, repairs) : -1;
	}
	int changed = 0;
	for (int i = 0; i < count; i++) {
		tried[repairs[i].place] ^= repairs[i].by;
		changed += repairs[i].by != 0;
	}
	/* With too many errors repairs may be found that lead to no codeword: that shows here. */
	for (int i = 0; i < rs->ecc && count > 0; i++) {
		count = syndrome(rs, tried, i) != 0 ? -1 : count;
	}
	if (count < 0) {
		return -1;
	}
	memcpy(out, tried, (size_t)rs->n);
	return changed;
}
