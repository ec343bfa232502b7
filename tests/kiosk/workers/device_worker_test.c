/* The thread that keeps what staff set: what was asked for is on disk when it says so, also when the program ends at once, and beside what somebody set at a
 * terminal meanwhile. */
#include "kiosk/workers/device_worker.h"

#include <sys/stat.h>

#include "base/clock.h"
#include "base/str.h"
#include "lib/net.h"
#include "lib/testing.h"

static struct device_message *next(struct device_worker *w) {
	struct device_message *m = NULL;
	for (int waited = 0; m == NULL && waited < NET_LIMIT_MS; waited += 5) {
		m = device_worker_take(w);
		if (m == NULL) {
			clock_sleep_ms(5);
		}
	}
	assert_non_null(m);
	return m;
}

static void what_is_set_is_on_disk(void **state) {
	(void)state;
	struct err err = {0};
	struct device_worker *w = NULL;
	struct device_settings device;
	char warning[ERR_TEXT_MAX];
	assert_ok(device_worker_open(NULL, NULL, &w, &err));
	device_load(&device, warning);
	device.large = true; /* somebody at a terminal */
	assert_ok(device_save(&device, &err));
	struct device_change camera[] = {{"camera", "Webcam [usb-1]"}, {"rotate", "90"}, {"mirror", "no"}};
	assert_true(device_worker_keep(w, camera, 3));
	struct device_message *m = next(w);
	assert_int_equal(m->kind, DEVICE_KEPT);
	assert_string_equal(m->text, "");
	free(m);
	device_load(&device, warning);
	assert_true(device.large);
	assert_string_equal(device.camera, "Webcam [usb-1]");
	assert_int_equal(device.turn.degrees, 90);
	assert_false(device.turn.mirror);
	assert_true(device_worker_keep(w, &(struct device_change){"sound", "25"}, 1)); /* and the program ends */
	device_worker_close(w);
	device_worker_close(NULL);
	device_load(&device, warning);
	assert_int_equal(device.loudness, 25);
	assert_true(device.large);
}

static void what_cannot_be_written_is_told(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct device_worker *w = NULL;
	free(scratch_write(s, "turnout", "", 0)); /* where the folder would be */
	assert_ok(device_worker_open(NULL, NULL, &w, &err));
	assert_true(device_worker_keep(w, &(struct device_change){"sound", "25"}, 1));
	struct device_message *m = next(w);
	assert_int_equal(m->kind, DEVICE_KEPT);
	assert_true(m->text[0] != '\0');
	free(m);
	device_worker_close(w);
}

static void a_backlight_is_asked_first(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct device_worker *w = NULL;
	char *folder = scratch_path(s, "lights"), *panel = scratch_path(s, "lights/panel");
	setenv("TURNOUT_BACKLIGHT", folder, 1);
	assert_ok(device_worker_open(NULL, NULL, &w, &err));
	assert_true(device_worker_light(w, 40));
	struct device_message *m = next(w);
	assert_int_equal(m->kind, DEVICE_LIT);
	assert_false(m->lit); /* there is none: the picture is dimmed */
	free(m);
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(mkdir(panel, 0700), 0);
	free(scratch_write(s, "lights/panel/max_brightness", "10\n", 3));
	free(scratch_write(s, "lights/panel/brightness", "10\n", 3));
	assert_true(device_worker_light(w, 40));
	m = next(w);
	assert_true(m->lit);
	assert_string_equal(m->text, "");
	free(m);
	device_worker_close(w);
	unsetenv("TURNOUT_BACKLIGHT");
	free(panel);
	free(folder);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {TEST(what_is_set_is_on_disk), TEST(what_cannot_be_written_is_told),
					   TEST(a_backlight_is_asked_first)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
