/* Logos as pixels: drawn once, shared, and no reason for anything else not to work. */
#include "kiosk/workers/logos.h"

#include "lib/meet.h"

#include "base/str.h"
#include "store/read/credits.h"
#include "store/write/assets.h"

#define RED "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 10'><rect width='30' height='10' fill='#a00'/></svg>"

static void thank(struct store *store, const char *key, const char *file) {
	struct err err = {0};
	char id[ASSET_ID_TEXT] = "", set[200];
	assert_ok(store_begin(store, &err) && asset_put(store, file, strlen(file), id, &err));
	snprintf(set, sizeof set, "{\"group\":\"funder\",\"name\":\"X\",\"logo\":\"%s\"}", id);
	assert_ok(credit_put(store, key, set, &err) && store_commit(store, &err));
}

static void drawn_once(void **state) {
	struct err err = {0};
	struct credits credits;
	struct logos first, second;
	struct store *store = scratch_event(*state, "e.turnout");
	thank(store, "a", RED);
	thank(store, "b", "<svg xmlns='http://www.w3.org/2000/svg'"); /* from another program */
	thank(store, "c", RED);
	assert_ok(store_begin(store, &err) && credit_put(store, "d", "{\"group\":\"funder\",\"name\":\"X\"}", &err) &&
		  credit_put(store, "e",
			     "{\"group\":\"funder\",\"name\":\"X\",\"logo\":\"" /* not here yet */
			     "0000000000000000000000000000000000000000000000000000000000000000\"}",
			     &err) &&
		  store_commit(store, &err));
	assert_ok(credits_load(store, &credits, &err));
	logos_load(store, &credits, NULL, &first);
	assert_int_equal(first.count, 5);
	assert_non_null(first.items[0]);
	assert_true(first.items[0]->raster.width == LOGO_BOX_WIDE && first.items[0]->raster.height == 267);
	assert_int_equal(first.items[0]->raster.pixels[0], 0xffaa0000);
	assert_null(first.items[1]);
	assert_ptr_equal(first.items[2], first.items[0]);
	assert_null(first.items[3]);
	assert_null(first.items[4]);
	logos_load(store, &credits, &first, &second);
	assert_ptr_equal(second.items[0], first.items[0]); /* not drawn again, though its file would be */
	logos_fini(&first);
	assert_int_equal(second.items[2]->raster.pixels[0], 0xffaa0000);
	logos_fini(&second);
	credits_fini(&credits);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(drawn_once)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
