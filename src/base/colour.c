#include "base/colour.h"

#include <math.h>

#include "base/alloc.h"
#include "base/str.h"

/* Relative luminance, 0 (black) to 1 (white). */
static double luminance(uint32_t colour) {
	static const double weight[] = {0.2126, 0.7152, 0.0722};
	double sum = 0;
	for (int i = 0; i < 3; i++) {
		double c = (double)(colour >> (16 - 8 * i) & 0xff) / 255;
		/* WCAG 2.1 says 0.03928 where sRGB has 0.04045; no colour of eight bits lies between them. */
		sum += weight[i] * (c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

double colour_contrast(uint32_t a, uint32_t b) {
	double la = luminance(a), lb = luminance(b);
	return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

uint32_t colour_clearer(uint32_t ground, uint32_t one, uint32_t other) {
	return colour_contrast(ground, one) >= colour_contrast(ground, other) ? one : other;
}

#define WHOLE 256 /* of a colour's light */

static uint32_t with_light(uint32_t colour, uint32_t light) {
	return (colour >> 16 & 0xff) * light / WHOLE << 16 | (colour >> 8 & 0xff) * light / WHOLE << 8 | (colour & 0xff) * light / WHOLE;
}

static bool stands_out(uint32_t colour, const uint32_t *grounds, size_t count, double contrast) {
	for (size_t i = 0; i < count; i++) {
		if (luminance(colour) > luminance(grounds[i]) || colour_contrast(colour, grounds[i]) < contrast) {
			return false;
		}
	}
	return true;
}

uint32_t colour_darkened(uint32_t colour, const uint32_t *grounds, size_t count, double contrast) {
	uint32_t low = 0, high = WHOLE; /* the less light, the more it stands out */
	while (low < high) {
		uint32_t middle = (low + high + 1) / 2;
		if (stands_out(with_light(colour, middle), grounds, count, contrast)) {
			low = middle;
		} else {
			high = middle - 1;
		}
	}
	return with_light(colour, low);
}

bool colour_parse(const char *text, uint32_t *out) {
	unsigned char rgb[3];
	if (text[0] != '#' || !str_unhex(text + 1, rgb, sizeof rgb)) {
		return false;
	}
	*out = (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
	return true;
}

uint32_t colour_of_category(const char *category) {
	static const uint32_t colours[] = {0x0a6b5e, 0x1f4e9e, 0x8a4b08, 0x5b3a8c, 0xf4b740, 0x9c2c5a, 0x2f6b1f, 0x3a4750};
	uint32_t hash = 0x811c9dc5; /* FNV-1a */
	for (const char *at = category; *at != '\0'; at++) {
		hash = (hash ^ (uint8_t)*at) * 0x01000193;
	}
	return colours[(hash ^ hash >> 16) % COUNT_OF(colours)];
}
