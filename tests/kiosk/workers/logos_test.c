/* Logos as pixels: read once, shared, and no reason for anything else not to work. */
#include "kiosk/workers/logos.h"

#include "lib/meet.h"

#include "base/alloc.h"
#include "base/str.h"
#include "paper/picture.h"
#include "store/read/credits.h"
#include "store/write/assets.h"

/* A PNG of that size, all red. */
static void make_png(int width, int height, struct strbuf *out) {
	struct err err = {0};
	struct raster raster = {width, height, xcalloc((size_t)width * (size_t)height, sizeof(uint32_t))};
	for (int i = 0; i < width * height; i++) {
		raster.pixels[i] = 0xffaa0000;
	}
	assert_ok(raster_png(&raster, out, &err));
	raster_fini(&raster);
}

static void thank(struct store *store, const char *key, const char *file, size_t n) {
	struct err err = {0};
	char id[ASSET_ID_TEXT] = "", set[200];
	assert_ok(store_begin(store, &err) && asset_put(store, file, n, id, &err));
	snprintf(set, sizeof set, "{\"group\":\"funder\",\"name\":\"X\",\"screen\":\"%s\"}", id);
	assert_ok(credit_put(store, key, set, &err) && store_commit(store, &err));
}

#define SVG "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 10'><rect width='30' height='10' fill='#a00'/></svg>"
#define ABSENT "0000000000000000000000000000000000000000000000000000000000000000"

static void read_once(void **state) {
	struct err err = {0};
	struct credits credits;
	struct logos first, second, third;
	struct strbuf png = {0}, large = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	make_png(60, 20, &png);
	make_png(CREDIT_SCREEN_WIDE + 1, 1, &large);
	thank(store, "a", png.data, png.len);
	thank(store, "b", SVG, strlen(SVG)); /* as another program might: it is never drawn here */
	thank(store, "c", png.data, png.len);
	thank(store, "d", png.data, png.len / 2);
	thank(store, "e", large.data, large.len);
	assert_ok(store_begin(store, &err) && credit_put(store, "f", "{\"group\":\"funder\",\"name\":\"X\"}", &err) &&
		  credit_put(store, "g", "{\"group\":\"funder\",\"name\":\"X\",\"screen\":\"" ABSENT "\"}", &err) && /* not here yet */
		  store_commit(store, &err));
	assert_ok(credits_load(store, &credits, NULL, &err));
	logos_load(store, &credits, NULL, &first);
	assert_int_equal(first.count, 7);
	assert_non_null(first.items[0]);
	assert_true(first.items[0]->raster.width == 60 && first.items[0]->raster.height == 20);
	assert_int_equal(first.items[0]->raster.pixels[0], 0xffaa0000);
	assert_ptr_equal(first.items[2], first.items[0]);
	for (size_t i = 0; i < first.count; i++) {
		assert_int_equal(first.items[i] != NULL, i == 0 || i == 2);
	}
	logos_load(store, &credits, &first, &second);
	assert_ptr_equal(second.items[0], first.items[0]); /* not read again */
	logos_share(&second, &third);
	logos_fini(&first);
	logos_fini(&second);
	assert_int_equal(third.items[2]->raster.pixels[0], 0xffaa0000);
	logos_fini(&third);
	credits_fini(&credits);
	strbuf_fini(&png);
	strbuf_fini(&large);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(read_once)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
