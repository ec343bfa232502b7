/* The device's settings and the kiosk that runs beside whoever changes them. */
#include "kiosk/workers/scanning.h"

#include <stdlib.h>

#include "lib/event_sample.h"

static void woken(void *context) { (void)context; }

/* What staff choose holds at once, all of it or nothing. */
static void what_is_set_holds_at_once(void **state) {
	(void)state;
	struct scanning_options options = {.camera = "none", .wake = woken};
	struct scanning *scanning = NULL;
	struct device_change changes[] = {{"camera", "Webcam [usb-1]"}, {"rotate", "90"}, {"mirror", "perhaps"}};
	struct err err = {0};
	assert_ok(scanning_open(&options, &scanning, &err));
	const struct device_settings *device = scanning_device(scanning);
	assert_false(scanning_set(scanning, changes, 3, &err));
	assert_string_equal(device->camera, "");
	assert_int_equal(device->turn.degrees, 0);
	assert_ok(scanning_set(scanning, changes, 2, &err));
	assert_string_equal(device->camera, "Webcam [usb-1]");
	assert_int_equal(device->turn.degrees, 90);
	assert_true(device->turn.mirror);
	assert_ok(scanning_set(scanning, &(struct device_change){"screen-rotate", "180"}, 1, &err));
	assert_int_equal(device->screen_degrees, 180);
	scanning_close(scanning);
}

static void auto_is_the_remembered_one(void **state) {
	(void)state;
	struct device_settings device;
	device_defaults(&device);
	char *first = scanning_source(&device, "auto"), *named = scanning_source(&device, "/dev/video3");
	snprintf(device.camera, sizeof device.camera, "Webcam [usb-1]");
	char *remembered = scanning_source(&device, "auto");
	assert_string_equal(first, "auto");
	assert_string_equal(named, "/dev/video3");
	assert_string_equal(remembered, "auto:Webcam [usb-1]");
	free(first);
	free(named);
	free(remembered);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(what_is_set_holds_at_once), TEST(auto_is_the_remembered_one)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
