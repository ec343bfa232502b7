/* Codes as matrices, pixels as files, texts that fit. */
#include "lib/testing.h"

#include "base/alloc.h"
#include "base/file.h"
#include "paper/canvas.h"
#include "paper/picture.h"
#include "paper/png.h"
#include "paper/qr.h"
#include "scan/image/image.h"

static void codes_take_the_smallest_version(void **state) {
	(void)state;
	struct qr_matrix qr;
	struct err err = {0};
	assert_ok(qr_encode(&qr, "0123456789", 10, QR_LEVEL_M, &err));
	assert_int_equal(qr_version(&qr), 1);
	assert_true(qr_dark(&qr, 0, 0) && !qr_dark(&qr, 1, 1) && qr_dark(&qr, qr.side - 1, 0)); /* finders */
	static char most[3000];
	memset(most, 'x', sizeof most);
	assert_ok(qr_encode(&qr, most, 2953, QR_LEVEL_L, &err));
	assert_int_equal(qr_version(&qr), 40);
	assert_false(qr_encode(&qr, most, 2954, QR_LEVEL_L, &err));
	assert_false(qr_encode(&qr, "", 0, QR_LEVEL_M, &err));
	assert_int_equal(err.kind, ERR_INPUT);
}

static void pixels_come_back(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	uint32_t pixels[6] = {0x000000, 0xffffff, 0xff0000, 0x00ff00, 0x0000ff, 0x808080};
	char *path = scratch_path(s, "x.png");
	struct image image;
	assert_ok(png_write(path, pixels, 3, 2, &err));
	assert_ok(image_load(path, &image, &err));
	assert_int_equal(image.width, 3);
	assert_int_equal(image.luma[0], 0);
	assert_int_equal(image.luma[1], 255);
	assert_in_range(image.luma[image.stride + 2], 127, 129);
	image_fini(&image);
	assert_false(png_write(path, pixels, 0, 2, &err));
	assert_false(png_write("/nonexistent/x.png", pixels, 3, 2, &err));
	assert_holds(err.text, "no folder /nonexistent");
	free(path);
}

static void texts_fit_their_room(void **state) {
	(void)state;
	struct err err = {0};
	struct canvas *c;
	struct canvas_options page = {.format = CANVAS_PDF, .width = 100, .height = 100};
	assert_ok(canvas_open(&page, &c, &err));
	static const char *const texts[] = {"Олена",
					    "Константинопольська-Переяславська",
					    "a\nb\nc",
					    "Дуже довга назва організації, яка ніяк не хоче вміститися в один рядок",
					    "العربية 日本語 mixed",
					    "неподільнедовжелезнеслововякомупробілівнемаєзовсім"};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct text_spec spec = {.text = texts[i],
					 .face = TEXT_FACE_DISPLAY,
					 .weight = TEXT_BOLD,
					 .size_max = 9,
					 .size_min = 3,
					 .width = 40,
					 .height = 20,
					 .max_lines = 3};
		struct text_size size = canvas_text_size(c, &spec);
		assert_true(size.width <= 40.01 && size.height <= 20.01 && size.lines <= 3 && size.size <= 9.01 && size.size > 0);
	}
	struct text_spec empty = {.text = "", .size_max = 9};
	assert_int_equal(canvas_text_size(c, &empty).lines, 0);
	canvas_close(c);
}

static void logos_that_are_none(void **state) {
	struct scratch *s = *state;
	static const char *const wrong[] = {"", "<svg", "not a picture", "\x89PNG\r\n\x1a\n",
					    "<svg xmlns='http://www.w3.org/2000/svg' width='0' height='0'/>"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct err err = {0};
		struct picture *logo = NULL;
		char *path = scratch_write(s, "logo", wrong[i], strlen(wrong[i]));
		assert_false(picture_open(path, &logo, &err));
		assert_holds(err.text, path);
		free(path);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(codes_take_the_smallest_version), TEST(pixels_come_back), TEST(texts_fit_their_room),
					   TEST(logos_that_are_none)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
