/* Pictures in, payloads out: kinds of files, hostile files, and real photographs where they are there. */
#include "scan/qr/decode.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/str.h"
#include "paper/png.h"
#include "paper/qr.h"

/* A code in a picture, `scale` pixels a module. */
static void paint(const char *path, const char *payload, size_t n, int scale) {
	struct err err = {0};
	struct qr_matrix qr;
	assert_ok(qr_encode(&qr, payload, n, QR_LEVEL_M, &err));
	int side = (qr.side + 2 * QR_QUIET) * scale;
	uint32_t *pixels = xmalloc((size_t)side * (size_t)side * sizeof *pixels);
	for (int y = 0; y < side; y++) {
		for (int x = 0; x < side; x++) {
			int mx = x / scale - QR_QUIET, my = y / scale - QR_QUIET;
			bool dark = mx >= 0 && my >= 0 && mx < qr.side && my < qr.side && qr_dark(&qr, mx, my);
			pixels[y * side + x] = dark ? 0 : 0xffffff;
		}
	}
	assert_ok(png_write(path, pixels, side, side, &err));
	free(pixels);
}

static void bytes_come_through(void **state) {
	struct scratch *s = *state;
	static const char *const payloads[] = {"TO1ABC", "Олена Приклад", "café", "日本語", "a\nb\tc", "\xff\xfe\x80 raw"};
	struct err err = {0};
	struct decoder *decoder;
	assert_ok(decoder_open(&decoder, &err));
	for (size_t i = 0; i < COUNT_OF(payloads); i++) {
		char *path = scratch_path(s, "code.png");
		struct image image;
		struct decode_result found[4];
		paint(path, payloads[i], strlen(payloads[i]), 4);
		assert_ok(image_load(path, &image, &err));
		assert_int_equal(decoder_scan(decoder, &image, &(struct decode_options){.max = 4}, found), 1);
		assert_int_equal(found[0].raw_len, strlen(payloads[i]));
		assert_memory_equal(found[0].raw, payloads[i], found[0].raw_len);
		assert_string_equal(found[0].payload, i + 1 < COUNT_OF(payloads) ? payloads[i] : "\xc3\xbf\xc3\xbe\xc2\x80 raw");
		assert_int_equal(found[0].parts, 0);
		assert_true(found[0].x >= 0 && found[0].x + found[0].w <= image.width);
		image_fini(&image);
		free(path);
	}
	decoder_close(decoder);
}

/* Every beginning of a picture of each kind, and single bytes changed: an error or a picture, never a crash. */
static void broken_pictures(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct strbuf png = {0};
	char *path = scratch_path(s, "code.png");
	paint(path, "TO1ABC", 6, 3);
	assert_ok(file_read(path, 1 << 20, &png, &err));
	struct image image;
	for (size_t n = 0; n < png.len; n++) {
		if (image_parse(png.data, n, &image, &err)) {
			image_fini(&image);
		}
	}
	for (size_t i = 0; i < png.len; i++) {
		png.data[i] = (char)(png.data[i] ^ 0x55);
		if (image_parse(png.data, png.len, &image, &err)) {
			image_fini(&image);
		}
		png.data[i] = (char)(png.data[i] ^ 0x55);
	}
	static const char *const wrong[] = {"",
					    "P5",
					    "P5\n1 1\n255\n",
					    "P5\n99999999 99999999\n255\n",
					    "P5\n-1 5\n255\nx",
					    "P5\n0 0\n255\n",
					    "P2\n2 2\n255\n1 2 3",
					    "P6\n1 1\n70000\nabc",
					    "GIF89a",
					    "\xff\xd8\xff\xe0",
					    "\xff\xd8\xff\xdb\x00\x02",
					    "# comment"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_false(image_parse(wrong[i], strlen(wrong[i]), &image, &err));
		assert_int_equal(err.kind, ERR_INPUT);
		char *bad = scratch_write(s, "bad.pgm", wrong[i], strlen(wrong[i]));
		assert_false(image_load(bad, &image, &err));
		assert_holds(err.text, "bad.pgm");
		free(bad);
	}
	strbuf_fini(&png);
	free(path);
}

static void grey_maps(void **state) {
	(void)state;
	struct image image;
	struct err err = {0};
	assert_ok(image_parse("P5\n# c\n2 1\n255\n\x00\xff", 17, &image, &err));
	assert_int_equal(image.luma[1], 255);
	image_fini(&image);
	assert_ok(image_parse("P2 2 1 15 0 15", 14, &image, &err));
	assert_int_equal(image.luma[1], 255);
	image_fini(&image);
}

/* Of the photographs that other decoders read, plain zbar's part must be read here too. */
static void photographs(void **state) {
	(void)state;
	char path[512];
	struct err err = {0};
	struct strbuf manifest = {0};
	if (shared_folder("qr", path) == NULL) {
		skip();
	}
	assert_ok(file_read("../shared/qr/manifest.tsv", 1 << 20, &manifest, &err));
	struct decoder *decoder;
	assert_ok(decoder_open(&decoder, &err));
	int with_text = 0, read = 0, wrong = 0;
	for (char *line = manifest.data, *next; line != NULL && *line != '\0'; line = next) {
		next = strchr(line, '\n');
		if (next != NULL) {
			*next++ = '\0';
		}
		char *parts[5];
		bool has_parts = str_split(line, '\t', parts, 5) >= 4;
		bool empty = has_parts && str_eq(parts[1], "none"); /* there is no code in it */
		if (!has_parts || str_eq(parts[0], "file") || (!empty && str_empty(parts[4]))) {
			continue;
		}
		char *file = xasprintf("%s/%s", path, parts[0]);
		struct image image;
		struct decode_result found[8];
		with_text += !empty;
		if ((empty || with_text % 4 == 0) &&
		    image_load(file, &image, &err)) { /* a quarter of those with a text: this is no benchmark */
			struct strbuf text = {0};
			size_t n = decoder_scan(decoder, &image, &(struct decode_options){.max = COUNT_OF(found)}, found);
			bool same = false;
			for (size_t i = 0; i < n; i++) {
				strbuf_reset(&text);
				escape_add(&text, ESCAPE_CODE, found[i].payload, found[i].len);
				same = same || str_eq(strbuf_str(&text), parts[4]);
			}
			assert_true(n == 0 || !empty);
			read += same;
			wrong += n > 0 && !same;
			strbuf_fini(&text);
			image_fini(&image);
		}
		free(file);
	}
	print_message("%d of %d photographs read, %d read otherwise\n", read, with_text / 4, wrong);
	assert_true(read * 100 >= with_text / 4 * 80);
	decoder_close(decoder);
	strbuf_fini(&manifest);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(bytes_come_through), TEST(broken_pictures), TEST(grey_maps), TEST(photographs)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
