/* A code on the screen is one that a camera reads. */
#include "kiosk/ui/qr_box.h"

#include "lib/painted_list.h"
#include "lib/testing.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "paper/qr.h"
#include "scan/qr/decode.h"

static void a_camera_reads_it(void **state) {
	(void)state;
	static const char *const texts[] = {"TO0Y3K/GSJHURRT", "BEGIN:VCALENDAR\r\nSUMMARY:Мед\r\nEND:VCALENDAR"};
	const struct theme theme = theme_make(&style_default, 800, 600, 0);
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct draw_list list = {0};
		struct pen pen = {&list, &theme, NULL};
		struct decoder *decoder = NULL;
		struct decode_result *result = xcalloc(1, sizeof *result);
		struct err err = {0};
		assert_true(qr_box_draw(&pen, (struct box){37, 21, 310, 500}, texts[i]));
		struct image image = painted_list(&list, 800, 600);
		assert_ok(decoder_open(&decoder, &err));
		assert_int_equal(decoder_scan(decoder, &image, &(struct decode_options){.max = 1}, result), 1);
		assert_int_equal(result->len, strlen(texts[i]));
		assert_memory_equal(result->payload, texts[i], result->len);
		for (size_t k = 0; k < list.count; k++) { /* it stays in its box */
			struct box b = list.items[k].box;
			assert_true(b.x >= 37 && b.y >= 21 && b.x + b.w <= 347 && b.y + b.h <= 521);
		}
		decoder_close(decoder);
		free(result);
		free(image.luma);
		draw_fini(&list);
	}
}

static void what_has_no_room(void **state) {
	(void)state;
	const struct theme theme = theme_make(&style_default, 800, 600, 0);
	struct draw_list list = {0};
	struct pen pen = {&list, &theme, NULL};
	char *text = xcalloc(1, 4001);
	memset(text, 'x', 4000);
	assert_false(qr_box_draw(&pen, (struct box){0, 0, 20, 500}, "TO0Y3K/GSJHURRT"));
	assert_false(qr_box_draw(&pen, (struct box){0, 0, 500, 500}, text));
	assert_false(qr_box_draw(&pen, (struct box){0, 0, 500, 500}, ""));
	assert_int_equal(list.count, 0);
	free(text);
	draw_fini(&list);
}

/* The better correction where it fits; less where only that does; none where modules would be too fine. */
static void what_a_telephone_can_read(void **state) {
	(void)state;
	char text[401] = {0};
	memset(text, 'a', 400); /* version 15 with 15 % of correction, 13 with 7 % */
	struct qr_matrix *qr = qr_box_make(text, &(struct qr_room){.side = 85 * 3, .module_least = 3});
	assert_non_null(qr);
	assert_int_equal(qr_version(qr), 15);
	free(qr);
	qr = qr_box_make(text, &(struct qr_room){.side = 77 * 3, .module_least = 3});
	assert_non_null(qr);
	assert_int_equal(qr_version(qr), 13);
	free(qr);
	assert_null(qr_box_make(text, &(struct qr_room){.side = 77 * 3 - 1, .module_least = 3}));
	qr = qr_box_make(text, &(struct qr_room){.side = 2000, .module_least = 3, .version_most = 14});
	assert_non_null(qr);
	assert_int_equal(qr_version(qr), 13);
	free(qr);
	assert_null(qr_box_make(text, &(struct qr_room){.side = 2000, .module_least = 3, .version_most = 12}));
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_camera_reads_it), cmocka_unit_test(what_has_no_room),
					   cmocka_unit_test(what_a_telephone_can_read)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
