/* The light behind a panel, in a folder that looks like the kernel's. */
#include "station/backlight.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "lib/testing.h"

static void make(const struct scratch *s, const char *name, const char *most, const char *now) {
	char *folder = scratch_path(s, name), *max = xasprintf("%s/max_brightness", name), *light = xasprintf("%s/brightness", name);
	assert_int_equal(mkdir(folder, 0700), 0);
	free(scratch_write(s, max, most, strlen(most)));
	free(scratch_write(s, light, now, strlen(now)));
	free(folder);
	free(max);
	free(light);
}

static void assert_light(const struct scratch *s, const char *name, const char *wanted) {
	char *file = xasprintf("%s/brightness", name), *path = scratch_path(s, file);
	struct strbuf text = {0};
	struct err err = {0};
	assert_ok(file_read(path, 100, &text, &err));
	assert_string_equal(strbuf_str(&text), wanted);
	strbuf_fini(&text);
	free(path);
	free(file);
}

static void a_panel_is_as_bright_as_is_wanted(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *folder = scratch_path(s, "lights");
	assert_int_equal(mkdir(folder, 0700), 0);
	make(s, "lights/intel_backlight", "96000\n", "48000\n");
	assert_int_equal(backlight_set(folder, 40, &err), 1);
	assert_light(s, "lights/intel_backlight", "38400\n");
	make(s, "lights/rpi_backlight", "255\n", "255\n");
	assert_int_equal(backlight_set(folder, 20, &err), 2);
	assert_light(s, "lights/intel_backlight", "19200\n");
	assert_light(s, "lights/rpi_backlight", "51\n");
	assert_int_equal(backlight_set(folder, 100, &err), 2);
	assert_light(s, "lights/rpi_backlight", "255\n");
	free(folder);
}

/* Two steps of light are on and off. */
static void it_never_goes_out(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *folder = scratch_path(s, "lights");
	assert_int_equal(mkdir(folder, 0700), 0);
	make(s, "lights/gpio", "1\n", "1\n");
	assert_int_equal(backlight_set(folder, 20, &err), 1);
	assert_light(s, "lights/gpio", "1\n");
	free(folder);
}

static void what_does_not_obey_is_told(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *folder = scratch_path(s, "lights");
	assert_int_equal(backlight_set(folder, 50, &err), 0);
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(backlight_set(folder, 50, &err), 0);
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	make(s, "lights/odd", "bright\n", "7\n");
	assert_int_equal(backlight_set(folder, 50, &err), 0);
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_light(s, "lights/odd", "7\n");
	make(s, "lights/shut", "100\n", "70\n");
	char *light = scratch_path(s, "lights/shut/brightness");
	assert_int_equal(remove(light), 0);
	assert_int_equal(mkdir(light, 0700), 0); /* nobody writes it, root neither */
	assert_int_equal(backlight_set(folder, 50, &err), 0);
	assert_holds(err.text, "udev");
	make(s, "lights/well", "100\n", "70\n"); /* one that obeys is enough */
	assert_int_equal(backlight_set(folder, 50, &err), 1);
	free(light);
	free(folder);
}

static void another_folder_may_be_named(void **state) {
	(void)state;
	setenv("TURNOUT_BACKLIGHT", "/somewhere", 1);
	assert_string_equal(backlight_folder(), "/somewhere");
	unsetenv("TURNOUT_BACKLIGHT");
	assert_string_equal(backlight_folder(), "/sys/class/backlight");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_panel_is_as_bright_as_is_wanted),
		TEST(it_never_goes_out),
		TEST(what_does_not_obey_is_told),
		TEST(another_folder_may_be_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
