/* What staff set, on its way to the disk and to the panel: what came of it is told, and where no backlight obeys the picture has the light. */
#include "kiosk/keeper.h"

#include <sys/stat.h>

#include "base/clock.h"
#include "base/str.h"
#include "lib/net.h"
#include "lib/testing.h"

static void await_answer(struct keeper *k, char problem[ERR_TEXT_MAX]) {
	bool any = false;
	for (int waited = 0; !any && waited < NET_LIMIT_MS; waited += 5) {
		any = keeper_take(k, problem);
		if (!any) {
			clock_sleep_ms(5);
		}
	}
	assert_true(any);
}

/* An answer about light tells nothing: it is waited for behind one that does. */
static void settle(struct keeper *k) {
	char problem[ERR_TEXT_MAX];
	keeper_keep(k, &(struct device_change){"sound", "50"}, 1);
	await_answer(k, problem);
}

static void what_is_kept_and_what_is_not_is_told(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct keeper k;
	struct device_settings device;
	char problem[ERR_TEXT_MAX], warning[ERR_TEXT_MAX];
	assert_ok(keeper_open(&k, NULL, NULL, &err));
	assert_false(keeper_take(&k, problem));
	keeper_keep(&k, &(struct device_change){"screen-rotate", "90"}, 1);
	await_answer(&k, problem);
	assert_string_equal(problem, "");
	device_load(&device, warning);
	assert_int_equal(device.screen_degrees, 90);
	char *file = scratch_path(s, "turnout/device");
	assert_int_equal(remove(file), 0);
	assert_int_equal(mkdir(file, 0700), 0);
	keeper_keep(&k, &(struct device_change){"screen-rotate", "0"}, 1);
	await_answer(&k, problem);
	assert_true(problem[0] != '\0');
	free(file);
	keeper_close(&k);
	keeper_close(&k);
}

/* More than the thread has room for. */
static void what_is_not_taken_is_told(void **state) {
	(void)state;
	struct err err = {0};
	struct keeper k;
	char problem[ERR_TEXT_MAX];
	assert_ok(keeper_open(&k, NULL, NULL, &err));
	k.not_taken = true;
	assert_true(keeper_take(&k, problem));
	assert_holds(problem, "too many wait");
	assert_false(keeper_take(&k, problem));
	keeper_close(&k);
}

static void the_picture_has_the_light_that_the_panel_has_not(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct keeper k;
	char *folder = scratch_path(s, "lights"), *panel = scratch_path(s, "lights/panel");
	setenv("TURNOUT_BACKLIGHT", folder, 1);
	assert_ok(keeper_open(&k, NULL, NULL, &err));
	assert_int_equal(keeper_light(&k, 0, false), 100); /* nobody set it: nobody is asked */
	assert_int_equal(k.brightness, 0);
	keeper_light(&k, 20, false);
	settle(&k);
	assert_int_equal(keeper_light(&k, 20, false), 20);
	assert_int_equal(keeper_light(&k, 20, true), 40); /* black on white can be read */
	assert_int_equal(keeper_light(&k, 60, true), 60);
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(mkdir(panel, 0700), 0);
	free(scratch_write(s, "lights/panel/max_brightness", "10\n", 3));
	free(scratch_write(s, "lights/panel/brightness", "10\n", 3));
	keeper_light(&k, 40, false);
	settle(&k);
	assert_int_equal(keeper_light(&k, 40, false), 100); /* the panel is darker, not the picture, too */
	assert_int_equal(keeper_light(&k, 0, false), 100);
	keeper_close(&k);
	unsetenv("TURNOUT_BACKLIGHT");
	free(panel);
	free(folder);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {TEST(what_is_kept_and_what_is_not_is_told), TEST(what_is_not_taken_is_told),
					   TEST(the_picture_has_the_light_that_the_panel_has_not)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
