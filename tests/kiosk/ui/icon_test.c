/* Icons: each has its file, each file is used, and each draws something inside its grid. */
#include "kiosk/ui/icon.h"

#include "lib/testing.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "paper/picture.h"

#define SIDE 96

static void each_has_its_file(void **state) {
	(void)state;
	struct err err = {0};
	char **names;
	size_t count;
	for (enum icon i = ICON_BACK; i < ICON_COUNT; i++) {
		assert_non_null(icon_svg(icon_name(i)));
		for (enum icon k = ICON_BACK; k < i; k++) {
			assert_string_not_equal(icon_name(i), icon_name(k));
		}
	}
	assert_null(icon_svg(icon_name(ICON_NONE)));
	assert_ok(file_list("assets/icons", 1000, &names, &count, &err));
	assert_int_equal(count, ICON_COUNT - 1);
	for (size_t i = 0; i < count; i++) {
		free(names[i]);
	}
	free(names);
}

/* The outermost pixels stay free: nothing is cut off at the edge. */
static void each_is_whole(void **state) {
	(void)state;
	for (enum icon i = ICON_BACK; i < ICON_COUNT; i++) {
		struct err err = {0};
		struct picture *picture;
		struct raster r;
		const char *svg = icon_svg(icon_name(i));
		size_t drawn = 0, edge = 0;
		assert_ok(picture_read(svg, strlen(svg), &picture, &err) && picture_raster(picture, SIDE, SIDE, &r, &err));
		assert_true(r.width == SIDE && r.height == SIDE);
		for (int at = 0; at < SIDE * SIDE; at++) {
			bool outer = at % SIDE == 0 || at % SIDE == SIDE - 1 || at / SIDE == 0 || at / SIDE == SIDE - 1;
			drawn += r.pixels[at] >> 24 > 128;
			edge += outer && r.pixels[at] >> 24 > 0;
		}
		if (drawn < SIDE * SIDE / 30 || edge > 0) {
			fail_msg("%s: %zu pixels, %zu of them at the edge", icon_name(i), drawn, edge);
		}
		raster_fini(&r);
		picture_close(picture);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_has_its_file), cmocka_unit_test(each_is_whole)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
