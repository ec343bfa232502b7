/* How loud the station is: tones and speech as SDL gets them, written to a file by its disk driver in place of a sound card. */
#include "kiosk/sdl/sound_sdl.h"

#include <SDL.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "lib/testing.h"

#define LIMIT_MS 20000
#define SAID 2205 /* samples: a tenth of a second */

/* The loudest sample that came out after the sound was opened with `headset` "auto". */
static int loudest(const struct scratch *s, int percent, bool speech) {
	struct err err = {0};
	struct sound_sdl *sound = NULL;
	struct strbuf out = {0};
	int most = 0;
	char *path = scratch_path(s, "sound");
	setenv("SDL_AUDIODRIVER", "disk", 1);
	setenv("SDL_DISKAUDIOFILE", path, 1);
	setenv("SDL_DISKAUDIODELAY", "1", 1);
	assert_ok(sound_sdl_open("auto", &sound, &err));
	sound_sdl_set_loudness(sound, percent);
	if (speech) {
		int16_t samples[SAID];
		for (int i = 0; i < SAID; i++) {
			samples[i] = (int16_t)(i % 2 == 0 ? 32767 : -32768);
		}
		sound_sdl_say(sound, samples, SAID);
		assert_true((sound_sdl_said_ms(sound) > 0) == (percent > 0));
	} else {
		sound_sdl_play(sound, CHIME_WELCOME);
	}
	for (int waited = 0; file_size(path) < 80000 && waited < LIMIT_MS; waited += 5) {
		clock_sleep_ms(5);
	}
	sound_sdl_close(sound);
	assert_ok(file_read(path, (size_t)1 << 30, &out, &err));
	for (size_t i = 0; i + 1 < out.len; i += 2) {
		int16_t sample;
		memcpy(&sample, out.data + i, sizeof sample);
		most = abs(sample) > most ? abs(sample) : most;
	}
	strbuf_fini(&out);
	free(path);
	return most;
}

static bool has_disk_driver(void) {
	for (int i = 0; i < SDL_GetNumAudioDrivers(); i++) {
		if (strcmp(SDL_GetAudioDriver(i), "disk") == 0) {
			return true;
		}
	}
	print_message("SKIPPED: this SDL has no disk driver for sound\n");
	return false;
}

static void tones_are_as_loud_as_is_wanted(void **state) {
	if (!has_disk_driver()) {
		skip();
	}
	int full = loudest(*state, 100, false);
	assert_in_range(full, 6000, 9000);
	assert_in_range(loudest(*state, 75, false), full * 74 / 100, full * 76 / 100);
	assert_in_range(loudest(*state, 50, false), full * 49 / 100, full * 51 / 100);
	assert_in_range(loudest(*state, 25, false), full * 24 / 100, full * 26 / 100);
	assert_int_equal(loudest(*state, 0, false), 0);
}

static void speech_is_as_loud_as_is_wanted(void **state) {
	if (!has_disk_driver()) {
		skip();
	}
	assert_int_equal(loudest(*state, 100, true), 32768);
	assert_int_equal(loudest(*state, 50, true), 16384);
	assert_int_equal(loudest(*state, 25, true), 8192);
	assert_int_equal(loudest(*state, 0, true), 0);
}

static void without_a_device_nothing_happens(void **state) {
	(void)state;
	sound_sdl_set_loudness(NULL, 50);
	sound_sdl_play(NULL, CHIME_LOW);
	sound_sdl_say(NULL, NULL, 0);
	assert_int_equal(sound_sdl_said_ms(NULL), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {TEST(tones_are_as_loud_as_is_wanted), TEST(speech_is_as_loud_as_is_wanted),
					   TEST(without_a_device_nothing_happens)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
