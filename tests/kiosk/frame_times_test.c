/* Of a hundred pictures the ninety-ninth. */
#include "kiosk/frame_times.h"

#include "lib/testing.h"

static void parts_of_them(void **state) {
	(void)state;
	static struct frame_times times;
	assert_true(frame_times_within(&times, 0.5) == 0);
	for (int i = 0; i < 98; i++) {
		frame_times_add(&times, 1990);
	}
	frame_times_add(&times, 9000);
	frame_times_add(&times, INT64_C(5000000));
	assert_int_equal(times.count, 100);
	assert_true(frame_times_within(&times, 0.5) == 2.0);
	assert_true(frame_times_within(&times, 0.98) == 2.0);
	assert_true(frame_times_within(&times, 0.99) == 9.1);
	assert_true(frame_times_within(&times, 1) == 100.0); /* a longer one counts as the last step */
	frame_times_add(&times, -5);
	assert_true(frame_times_within(&times, 0) == 0.1);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(parts_of_them)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
