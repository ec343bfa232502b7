/* Pages as PWG raster: read back by a reader of the test's own, for each type of pixels. */
#include "paper/pwg.h"

#include "lib/testing.h"

#include "base/alloc.h"

enum { HEADER_AT = 4, DATA_AT = HEADER_AT + 1796 };

static uint32_t be32(const struct strbuf *s, size_t at) {
	const uint8_t *p = (const uint8_t *)s->data + HEADER_AT + at;
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Into lines of `line` bytes; how many bytes it took. */
static size_t unpack(const struct strbuf *s, size_t line, size_t height, size_t pixel, uint8_t *out) {
	const uint8_t *at = (const uint8_t *)s->data + DATA_AT, *end = (const uint8_t *)s->data + s->len;
	for (size_t y = 0; y < height;) {
		size_t repeat = (size_t)*at++ + 1, filled = 0;
		while (filled < line) {
			unsigned code = *at++;
			size_t n = code < 128 ? code + 1 : 257 - code;
			assert_int_not_equal(code, 128);
			assert_true(filled + n * pixel <= line);
			for (size_t i = 0; i < n; i++) {
				memcpy(out + y * line + filled + i * pixel, code < 128 ? at : at + i * pixel, pixel);
			}
			at += code < 128 ? pixel : n * pixel;
			filled += n * pixel;
		}
		assert_true(y + repeat <= height && at <= end);
		for (size_t i = 1; i < repeat; i++) {
			memcpy(out + (y + i) * line, out + y * line, line);
		}
		y += repeat;
	}
	return (size_t)(at - (const uint8_t *)s->data);
}

/* Runs, single pixels, equal lines (more than 256 of them), and noise. */
static struct raster painted(int width, int height) {
	struct raster r = {.width = width, .height = height, .pixels = xcalloc((size_t)width * (size_t)height, 4)};
	uint32_t seed = 7;
	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++) {
			seed = seed * 1664525 + 1013904223;
			uint32_t noise = seed >> 24;
			bool quiet = y > 20;
			uint32_t value = quiet ? (x < width / 2 ? 0 : 0xFF) : x % 7 < 3 ? 0xFF : noise;
			r.pixels[y * width + x] = 0xFF000000u | value * 0x010101u;
		}
	}
	return r;
}

static void check(enum pwg_type type, size_t pixel, size_t bits, uint32_t space) {
	struct raster r = painted(333, 400);
	struct strbuf out = {0};
	const struct pwg_page page = {.type = type, .dpi_x = 300, .dpi_y = 300, .page_w = 82, .page_h = 255, .medium = "om_label_29x90mm"};
	pwg_write(&page, &r, &out);
	size_t line = (333 * bits + 7) / 8;
	assert_memory_equal(out.data, "RaS2PwgRaster", 14);
	assert_int_equal(be32(&out, 276), 300);
	assert_int_equal(be32(&out, 352), 82);
	assert_int_equal(be32(&out, 356), 255);
	assert_int_equal(be32(&out, 372), 333);
	assert_int_equal(be32(&out, 376), 400);
	assert_int_equal(be32(&out, 388), bits);
	assert_int_equal(be32(&out, 392), line);
	assert_int_equal(be32(&out, 400), space);
	assert_string_equal(out.data + HEADER_AT + 1732, "om_label_29x90mm");
	uint8_t *lines = xcalloc(400, line);
	assert_int_equal(unpack(&out, line, 400, pixel, lines), out.len);
	for (size_t y = 0; y < 400; y++) {
		for (size_t x = 0; x < 333; x++) {
			unsigned grey = r.pixels[y * 333 + x] & 0xFF;
			const uint8_t *l = lines + y * line;
			unsigned got = type == PWG_BLACK_1   ? ((l[x / 8] >> (7 - x % 8) & 1) != 0 ? 0 : 255)
				       : type == PWG_BLACK_8 ? 255u - l[x]
							     : l[x * pixel];
			assert_int_equal(got, type == PWG_BLACK_1 ? (grey < 128 ? 0 : 255) : grey);
		}
	}
	free(lines);
	strbuf_fini(&out);
	raster_fini(&r);
}

static void black_1(void **state) {
	(void)state;
	check(PWG_BLACK_1, 1, 1, 3);
}
static void sgray_8(void **state) {
	(void)state;
	check(PWG_SGRAY_8, 1, 8, 18);
}
static void black_8(void **state) {
	(void)state;
	check(PWG_BLACK_8, 1, 8, 3);
}
static void srgb_8(void **state) {
	(void)state;
	check(PWG_SRGB_8, 3, 24, 19);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(black_1),
		cmocka_unit_test(sgray_8),
		cmocka_unit_test(black_8),
		cmocka_unit_test(srgb_8),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
