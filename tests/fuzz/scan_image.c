/* Pictures for the decoder (fuzz/scene.h), with and without a budget, for one code or all of them. A symbol that nothing was done to must be read, and
 * nothing else. The first byte: flags. */
#include "fuzz/scene.h"

#include <stdlib.h>
#include <string.h>

#define CODES_MAX 16
#define SMALL_PIXELS (128 * 128) /* a picture that is looked at twice */
#define TWICE 4
#define BUDGET_US 2000

enum { ALL = 1, BUDGET = 2 };

/* What a decoder saw before makes no difference. */
static void check_again(const struct image *image, const struct decode_options *options, const struct decode_result *first, size_t count) {
	struct decode_result results[CODES_MAX];
	struct decoder *fresh;
	struct err err = {0};
	fuzz_assert(decoder_open(&fresh, &err));
	fuzz_assert(decoder_scan(fresh, image, options, results) == count);
	for (size_t i = 0; i < count; i++) {
		fuzz_assert(results[i].len == first[i].len && memcmp(results[i].payload, first[i].payload, first[i].len) == 0);
		fuzz_assert(strcmp(results[i].stage, first[i].stage) == 0);
	}
	decoder_close(fresh);
}

static uint32_t sum_of(const struct image *image) {
	uint32_t sum = 0;
	for (int y = 0; y < image->height; y++) {
		for (int x = 0; x < image->width; x++) {
			sum = sum * 31 + *scene_pixel(image, x, y);
		}
	}
	return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	static struct decoder *decoder;
	static struct scene s;
	struct decode_result results[CODES_MAX];
	struct dice d = {data, n};
	struct err err = {0};
	fuzz_assert(decoder != NULL || decoder_open(&decoder, &err));
	unsigned flags = dice_byte(&d);
	scene_make(&s, flags, &d);
	struct decode_options options = {.budget_us = (flags & BUDGET) != 0 ? BUDGET_US : 0, .max = (flags & ALL) != 0 ? CODES_MAX : 1};
	uint32_t before = sum_of(&s.image);
	size_t count = decoder_scan(decoder, &s.image, &options, results);
	fuzz_assert(sum_of(&s.image) == before && count <= options.max);
	scene_check(&s, results, count);
	if (options.budget_us == 0) {
		fuzz_assert(!s.clean || count == 1);
		if (s.image.width * s.image.height <= SMALL_PIXELS && before % TWICE == 0) {
			check_again(&s.image, &options, results, count);
		}
	}
	free(s.image.luma);
	return 0;
}
