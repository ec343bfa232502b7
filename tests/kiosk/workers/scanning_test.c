/* The device's settings and the kiosk that runs beside whoever changes them. */
#include "kiosk/workers/scanning.h"

#include <stdlib.h>

#include "lib/event_sample.h"

static void woken(void *context) { (void)context; }

/* The camera that staff choose is kept beside what somebody set with `turnout device` meanwhile. */
static void a_camera_is_kept_and_nothing_else_lost(void **state) {
	(void)state;
	struct scanning_options options = {.camera = "none", .wake = woken};
	struct scanning *scanning = NULL;
	struct device_settings device;
	struct err err = {0};
	char warning[ERR_TEXT_MAX];
	assert_ok(scanning_open(&options, &scanning, &err));
	device_load(&device, warning);
	assert_false(device.large);
	device.large = true;
	assert_ok(device_save(&device, &err));
	scanning_keep(scanning, "Webcam [usb-1]", &(struct turn){.degrees = 90});
	scanning_close(scanning);
	device_load(&device, warning);
	assert_string_equal(warning, "");
	assert_true(device.large);
	assert_string_equal(device.camera, "Webcam [usb-1]");
	assert_int_equal(device.turn.degrees, 90);
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
	const struct CMUnitTest tests[] = {TEST(a_camera_is_kept_and_nothing_else_lost), TEST(auto_is_the_remembered_one)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
