/* What a box remembers about itself: each value is read back as it was written, what is none is refused in words, and nobody's change is lost by another's. */
#include "station/device.h"

#include <pthread.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "lib/testing.h"

struct wanted {
	const char *key;
	char value[DEVICE_VALUE_MAX];
};

static void look(void *context, const char *key, const char *value, const char *about) {
	struct wanted *w = context;
	assert_true(about[0] != '\0');
	if (str_eq(key, w->key)) {
		str_copy(w->value, sizeof w->value, value);
	}
}

static bool set(const char *key, const char *value, struct err *err) {
	struct device_change change = {.key = ""};
	char warning[ERR_TEXT_MAX];
	str_copy(change.key, sizeof change.key, key);
	str_copy(change.value, sizeof change.value, value);
	return device_keep(&change, 1, warning, err);
}

static void assert_kept(const char *key, const char *value) {
	struct device_settings s;
	struct wanted w = {.key = key};
	char warning[ERR_TEXT_MAX];
	device_load(&s, warning);
	assert_string_equal(warning, "");
	device_each(&s, look, &w);
	assert_string_equal(w.value, value);
}

static void the_box_is_as_delivered(void **state) {
	(void)state;
	assert_kept("language", "event");
	assert_kept("brightness", "system");
	assert_kept("sound", "100");
	assert_kept("screen-rotate", "0");
	assert_kept("mirror", "yes");
}

static void what_is_set_is_kept(void **state) {
	(void)state;
	static const char *const all[][2] = {
		{"language", "uk"},       {"language", "pt_BR"},    {"language", "event"},    {"brightness", "20"},
		{"brightness", "73"},     {"brightness", "100"},    {"brightness", "system"}, {"sound", "off"},
		{"sound", "25"},          {"sound", "75"},          {"sound", "100"},         {"screen-rotate", "90"},
		{"screen-rotate", "180"}, {"screen-rotate", "270"}, {"screen-rotate", "0"},   {"text", "large"}};
	struct err err = {0};
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		assert_ok(set(all[i][0], all[i][1], &err));
		assert_kept(all[i][0], all[i][1]);
	}
	assert_kept("rotate", "0"); /* the camera's is another key */
}

static void what_is_no_value_is_refused_in_words(void **state) {
	(void)state;
	static const char *const all[][3] = {
		{"language", "Ukrainian", "language is event (as the event says) or a language's code like uk"},
		{"language", "u", "a language's code"},
		{"language", "../x", "a language's code"},
		{"language", "pt_br", "a language's code"},
		{"language", "", "a language's code"},
		{"brightness", "0", "brightness is system (left as it is) or per cent from 20 to 100, not \"0\""},
		{"brightness", "19", "from 20"},
		{"brightness", "101", "to 100"},
		{"brightness", "50%", "per cent"},
		{"brightness", "", "per cent"},
		{"sound", "0", "sound is off, or per cent: 25, 50, 75 or 100, not \"0\""},
		{"sound", "60", "25, 50, 75 or 100"},
		{"sound", "-25", "25, 50, 75 or 100"},
		{"sound", "loud", "sound is off"},
		{"screen-rotate", "45", "screen-rotate is 0, 90, 180 or 270 (rotate is the camera's), not \"45\""},
		{"screen-rotate", "360", "0, 90, 180 or 270"},
		{"screen-rotate", "-90", "0, 90, 180 or 270"},
		{"volume", "1", "a device has no setting \"volume\"; there are"}};
	struct err err = {0};
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		assert_false(set(all[i][0], all[i][1], &err));
		assert_int_equal(err.kind, ERR_USAGE);
		assert_holds(err.text, all[i][2]);
	}
	the_box_is_as_delivered(NULL);
}

/* Of several at once either all hold or none. */
static void several_are_kept_together(void **state) {
	(void)state;
	struct device_change changes[] = {{"camera", "Webcam [usb-1]"}, {"rotate", "90"}, {"mirror", "perhaps"}};
	char warning[ERR_TEXT_MAX];
	struct err err = {0};
	assert_false(device_keep(changes, COUNT_OF(changes), warning, &err));
	assert_kept("camera", "auto");
	assert_kept("rotate", "0");
	str_copy(changes[2].value, sizeof changes[2].value, "no");
	assert_ok(device_keep(changes, COUNT_OF(changes), warning, &err));
	assert_kept("camera", "Webcam [usb-1]");
	assert_kept("rotate", "90");
	assert_kept("mirror", "no");
}

/* A line of a file that a hand broke is told and passed over. */
static void a_broken_file_starts_all_the_same(void **state) {
	struct scratch *s = *state;
	static const char text[] = "sound = 25\nbrightness = dark\nscreen-rotate = 180\n";
	struct device_settings d;
	char warning[ERR_TEXT_MAX], *folder = scratch_path(s, "turnout");
	assert_int_equal(mkdir(folder, 0700), 0);
	free(scratch_write(s, "turnout/device", text, sizeof text - 1));
	device_load(&d, warning);
	assert_holds(warning, "device:2");
	assert_int_equal(d.loudness, 25);
	assert_int_equal(d.screen_degrees, 180);
	assert_int_equal(d.brightness, 0);
	free(folder);
}

/* What cannot be read now is not written over with what a box is delivered with. */
static void what_cannot_be_read_is_not_lost(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	assert_ok(set("sound", "25", &err));
	char *path = scratch_path(s, "turnout/device"), *away = scratch_path(s, "away");
	assert_int_equal(rename(path, away), 0);
	assert_int_equal(mkdir(path, 0700), 0); /* a folder is read by nobody, whoever runs this */
	assert_false(set("brightness", "40", &err));
	assert_holds(err.text, "nothing is changed");
	assert_true(file_is_dir(path));
	free(path);
	free(away);
}

#define TIMES 25

static void *set_often(void *context) {
	const char *key = context;
	struct err err = {0};
	bool *good = xcalloc(1, sizeof *good);
	*good = true;
	for (int i = 0; i < TIMES && *good; i++) {
		*good = set(key, i + 1 < TIMES ? "90" : "270", &err);
	}
	return good;
}

/* The kiosk's thread and a terminal at one moment. */
static void nobodys_change_is_lost(void **state) {
	(void)state;
	static char keys[2][16] = {"rotate", "screen-rotate"};
	pthread_t threads[2];
	for (int i = 0; i < 2; i++) {
		assert_int_equal(pthread_create(&threads[i], NULL, set_often, keys[i]), 0);
	}
	for (int i = 0; i < 2; i++) {
		void *good = NULL;
		pthread_join(threads[i], &good);
		assert_true(*(bool *)good);
		free(good);
	}
	assert_kept("rotate", "270");
	assert_kept("screen-rotate", "270");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(the_box_is_as_delivered),
		TEST(what_is_set_is_kept),
		TEST(what_is_no_value_is_refused_in_words),
		TEST(several_are_kept_together),
		TEST(a_broken_file_starts_all_the_same),
		TEST(what_cannot_be_read_is_not_lost),
		TEST(nobodys_change_is_lost),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
