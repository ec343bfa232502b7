/* How many wrong digits there are for a person, whoever types them, and whatever is switched off and on. */
#include "kiosk/workers/guesses.h"

#include "lib/testing.h"

#include <stdio.h>

#include "base/file.h"
#include "store/log/identity.h"

#define OLENA "0000000000000000000a"
#define TARAS "0000000000000000000b"

static struct mono_ms at(int64_t ms) { return (struct mono_ms){1000000 + ms}; }

static void three_for_each_person(void **state) {
	(void)state;
	struct guesses *g = guesses_open(at(0));
	assert_int_equal(guesses_left(g, OLENA, at(0)), 3);
	for (int i = 2; i >= 0; i--) {
		guesses_wrong(g, OLENA, at(0));
		assert_int_equal(guesses_left(g, OLENA, at(0)), i);
	}
	guesses_wrong(g, OLENA, at(0));
	assert_int_equal(guesses_left(g, OLENA, at(0)), 0);
	assert_int_equal(guesses_left(g, TARAS, at(0)), 3);
	guesses_forget(g, TARAS, at(0));
	guesses_forget(g, OLENA, at(0));
	assert_int_equal(guesses_left(g, OLENA, at(0)), 3);
	guesses_close(g);
	guesses_close(NULL);
}

/* One try in each quarter of an hour: whoever waits beside the box finds no number in a day. */
static void one_comes_back_after_a_while(void **state) {
	(void)state;
	struct guesses *g = guesses_open(at(0));
	for (int i = 0; i < 3; i++) {
		guesses_wrong(g, OLENA, at(i));
	}
	assert_int_equal(guesses_left(g, OLENA, at(GUESSES_BACK_MS + 1)), 0);
	assert_int_equal(guesses_left(g, OLENA, at(GUESSES_BACK_MS + 2)), 1);
	guesses_wrong(g, OLENA, at(GUESSES_BACK_MS + 2));
	assert_int_equal(guesses_left(g, OLENA, at(GUESSES_BACK_MS + 3)), 0);
	assert_int_equal(guesses_left(g, OLENA, at(5 * (int64_t)GUESSES_BACK_MS)), 3);
	guesses_close(g);
}

static void they_outlive_the_program(void **state) {
	(void)state;
	struct guesses *g = guesses_open(at(0));
	for (int i = 0; i < 3; i++) {
		guesses_wrong(g, OLENA, at(0));
	}
	guesses_wrong(g, TARAS, at(0));
	guesses_close(g);
	g = guesses_open(at(0));
	assert_int_equal(guesses_left(g, OLENA, at(0)), 0);
	assert_int_equal(guesses_left(g, TARAS, at(0)), 2);
	guesses_forget(g, OLENA, at(0));
	guesses_close(g);
	g = guesses_open(at(0));
	assert_int_equal(guesses_left(g, OLENA, at(0)), 3);
	assert_int_equal(guesses_left(g, TARAS, at(0)), 2);
	guesses_close(g);
}

static char *kept(void) {
	char *folder = identity_state_folder(), *path = file_join(folder, "name-tries");
	free(folder);
	return path;
}

/* Who has all tries again is not spoken of any more; whoever was guessed at longest ago makes room. */
static void what_is_kept_has_an_end(void **state) {
	(void)state;
	struct guesses *g = guesses_open(at(0));
	char *path = kept(), person[21];
	guesses_wrong(g, OLENA, at(0));
	for (int i = 0; i < GUESSES_PEOPLE_MAX + 5; i++) {
		snprintf(person, sizeof person, "%020d", i);
		guesses_wrong(g, person, at(1));
	}
	assert_int_equal(guesses_left(g, OLENA, at(1)), 3);
	assert_int_equal(guesses_left(g, person, at(1)), 2);
	guesses_close(g);
	g = guesses_open(at(1));
	assert_int_equal(guesses_left(g, person, at(1)), 2);
	guesses_wrong(g, OLENA, at(2 + GUESSES_BACK_MS));
	assert_int_equal(file_size(path), strlen(OLENA " 1\n"));
	guesses_forget(g, OLENA, at(2 + GUESSES_BACK_MS));
	assert_false(file_exists(path));
	guesses_close(g);
	free(path);
}

static void a_file_that_is_none(void **state) {
	static const char *const texts[] = {"", "\n\n", "x", OLENA, OLENA " ", OLENA " -1\n", OLENA " 4\n", OLENA " 1 1\n", "a 1\n"};
	struct err err = {0};
	(void)state;
	char *path = kept(), *folder = identity_state_folder();
	assert_ok(file_mkdirs(folder, &err));
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		assert_ok(file_write(path, texts[i], strlen(texts[i]), &err));
		struct guesses *g = guesses_open(at(0));
		assert_int_equal(guesses_left(g, OLENA, at(0)), 3);
		guesses_close(g);
	}
	free(folder);
	free(path);
}

static void nobody_is_remembered_of_an_event_that_is_erased(void **state) {
	(void)state;
	char *path = kept();
	guesses_wipe(); /* where nothing is kept */
	struct guesses *g = guesses_open(at(0));
	guesses_wrong(g, OLENA, at(0));
	guesses_close(g);
	assert_true(file_exists(path));
	guesses_wipe();
	assert_false(file_exists(path));
	g = guesses_open(at(0));
	assert_int_equal(guesses_left(g, OLENA, at(0)), 3);
	guesses_close(g);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(three_for_each_person),   TEST(one_comes_back_after_a_while), TEST(they_outlive_the_program),
		TEST(what_is_kept_has_an_end), TEST(a_file_that_is_none),          TEST(nobody_is_remembered_of_an_event_that_is_erased),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
