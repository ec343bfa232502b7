/* With the real espeak-ng, and with programs in its place that hang, crash, say too much or are not there: PATH is the test's own. */
#include "kiosk/workers/speech_worker.h"

#include "lib/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"

static char folder[] = "/tmp/turnout-speech-XXXXXX";
static char *real_path;

/* A shell script takes its place; NULL: nothing does. */
static void stand_in(const char *script) {
	char *program = xasprintf("%s/" SPEECH_PROGRAM, folder), *path = xasprintf("%s:%s", folder, real_path);
	unlink(program);
	if (script != NULL) {
		FILE *f = fopen(program, "w");
		assert_non_null(f);
		fprintf(f, "#!/bin/sh\n%s\n", script);
		fclose(f);
		assert_int_equal(chmod(program, 0755), 0);
	}
	assert_int_equal(setenv("PATH", script == NULL ? folder : path, 1), 0);
	free(program);
	free(path);
}

static int setup(void **state) {
	(void)state;
	real_path = xstrdup(getenv("PATH"));
	return mkdtemp(folder) == NULL;
}

static int teardown(void **state) {
	(void)state;
	stand_in(NULL);
	setenv("PATH", real_path, 1);
	free(real_path);
	return rmdir(folder);
}

static int64_t ms(void) { return clock_span_us() / 1000; }

static void say(struct speech_worker *w, const char *line, uint64_t number) {
	struct speech s = {0};
	speech_add(&s, &(struct speech_tongue){"uk", "uk"}, line);
	speech_worker_say(w, &s, number);
	assert_int_equal(s.count, 0);
}

static struct speech_message *await(struct speech_worker *w, int within_ms) {
	struct speech_message *m = NULL;
	for (int64_t until = ms() + within_ms; m == NULL && ms() < until;) {
		m = speech_worker_take(w);
		clock_sleep_ms(m == NULL ? 2 : 0);
	}
	return m;
}

/* As await, and it has to come. */
static struct speech_message *wanted(struct speech_worker *w) {
	struct speech_message *m = await(w, 20000);
	if (m == NULL) {
		fail_msg("nothing came");
		abort();
	}
	return m;
}

static struct speech_worker *open_worker(int timeout_ms) {
	struct speech_worker *w = NULL;
	struct err err = {0};
	assert_true(speech_worker_open(&(struct speech_worker_options){.timeout_ms = timeout_ms}, &w, &err));
	return w;
}

static int loudest(const struct speech_sound *s) {
	int most = 0;
	for (size_t i = 0; i < s->count; i++) {
		most = abs(s->samples[i]) > most ? abs(s->samples[i]) : most;
	}
	return most;
}

static void three_languages_are_spoken(void **state) {
	(void)state;
	static const char *const languages[] = {"uk", "ru", "en"}, *const words[] = {"Вітаємо", "Добро пожаловать", "Welcome"};
	setenv("PATH", real_path, 1);
	for (size_t i = 0; i < COUNT_OF(languages); i++) {
		struct speech_sound sound;
		struct err err = {0};
		assert_true(speech_child_run(languages[i], words[i], 10000, -1, &sound, &err));
		assert_true(sound.count > SPEECH_RATE / 4 && sound.count < SPEECH_RATE * 4);
		assert_true(loudest(&sound) > 3000);
		free(sound.samples);
	}
}

/* As it is said with the apostrophe that everybody types; espeak-ng itself spells such a name. */
static void a_name_is_not_spelled(void **state) {
	(void)state;
	static const char *const names[][2] = {
		{"Дем\u02bcянчук Мар\u02bcяна", "Дем\u2019янчук Мар\u2019яна"}, {"О\u200bлена", "Олена"}, {"Hawai\u02bbi", "Hawai\u2019i"}};
	setenv("PATH", real_path, 1);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct speech_sound one, other;
		struct err err = {0};
		assert_true(speech_child_run("uk", names[i][0], 10000, -1, &one, &err) &&
			    speech_child_run("uk", names[i][1], 10000, -1, &other, &err));
		assert_int_equal(one.count, other.count);
		assert_memory_equal(one.samples, other.samples, one.count * sizeof *one.samples);
		free(one.samples);
		free(other.samples);
	}
}

/* What comes of names and forms is data: no option, and nothing that a shell would take. */
static void a_text_is_a_text(void **state) {
	(void)state;
	static const char *const texts[] = {"--version",    "-w /tmp/x", "$(touch x)`touch x`", "<voice name='x'>",
					    "'; exit 3; '", "\"",        "[[h@l'oU]]"};
	setenv("PATH", real_path, 1);
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct speech_sound sound;
		struct err err = {0};
		assert_true(speech_child_run("en", texts[i], 10000, -1, &sound, &err));
		assert_true(sound.count > 0);
		free(sound.samples);
	}
}

static void parts_come_in_their_order(void **state) {
	(void)state;
	setenv("PATH", real_path, 1);
	struct speech_worker *w = open_worker(10000);
	say(w, "Вітаємо, John Smith", 7);
	for (int i = 0; i < 2; i++) {
		struct speech_message *m = wanted(w);
		assert_null(m->problem);
		assert_int_equal(m->number, 7);
		speech_message_free(m);
	}
	assert_null(await(w, 100));
	speech_worker_close(w);
}

static void what_hangs_is_ended(void **state) {
	(void)state;
	stand_in("exec sleep 1000");
	struct speech_worker *w = open_worker(300);
	int64_t from = ms();
	say(w, "Вітаємо", 1);
	assert_true(ms() - from < 200); /* whoever asks does not wait */
	struct speech_message *m = wanted(w);
	assert_non_null(strstr(m->problem, "did not answer within 300 ms"));
	speech_message_free(m);
	say(w, "Вітаємо", 2); /* nor is it tried again at once */
	assert_null(await(w, 600));
	speech_worker_close(w);
}

/* It may have started others, which hold its output open. */
static void with_what_it_started(void **state) {
	(void)state;
	stand_in("sleep 1000 & wait");
	struct speech_sound sound;
	struct err err = {0};
	int64_t from = ms();
	assert_false(speech_child_run("en", "a", 300, -1, &sound, &err));
	assert_true(ms() - from < 10000);
}

static void faults_are_told(void **state) {
	(void)state;
	static const struct {
		const char *script, *says;
	} faults[] = {
		{NULL, "is not installed"},
		{"exit 1", "gave no sound"},
		{"kill -SEGV $$", "gave no sound"},
		{"cat", "gave no sound"}, /* no WAV */
		{"printf 'RIFF1234WAVEdata'", "gave no sound"},
		{"cat >/dev/null; printf 'RIFF....WAVEfmt "
		 "\\020\\000\\000\\000\\001\\000\\002\\000\\104\\254\\000\\000\\000\\000\\000\\000\\002\\000\\020\\000data....1234'",
		 "gave no sound"},
	};
	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		struct speech_sound sound;
		struct err err = {0};
		stand_in(faults[i].script);
		assert_false(speech_child_run("uk", "Вітаємо", 5000, -1, &sound, &err));
		assert_non_null(strstr(err.text, faults[i].says));
		assert_null(sound.samples);
	}
	stand_in("yes"); /* without end: it is ended, and its memory bounded */
	struct speech_sound sound;
	struct err err = {0};
	assert_false(speech_child_run("uk", "Вітаємо", 20000, -1, &sound, &err));
}

static void what_is_new_goes_before(void **state) {
	(void)state;
	stand_in("read x; case $x in *довго*) sleep 1000;; esac; echo $x | PATH=/usr/bin:/bin " SPEECH_PROGRAM " -v uk -b1 --stdout");
	struct speech_worker *w = open_worker(60000);
	say(w, "довго", 1);
	clock_sleep_ms(50);
	int64_t from = ms();
	say(w, "коротко", 2);
	struct speech_message *m = wanted(w);
	assert_int_equal(m->number, 2);
	assert_null(m->problem);
	assert_true(ms() - from < 15000);
	speech_message_free(m);
	say(w, "довго", 3); /* and its end is no matter of what it does */
	clock_sleep_ms(50);
	from = ms();
	speech_worker_close(w);
	assert_true(ms() - from < 5000);
}

/* Asked again and again while it hangs: nobody waits, and nothing piles up. */
static void many_are_asked_at_once(void **state) {
	(void)state;
	stand_in("exec sleep 1000");
	struct speech_worker *w = open_worker(60000);
	int64_t from = ms();
	for (uint64_t i = 1; i <= 200; i++) {
		say(w, "Вітаємо", i);
	}
	assert_true(ms() - from < 2000);
	speech_worker_close(w);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(three_languages_are_spoken),
					   cmocka_unit_test(a_text_is_a_text),
					   cmocka_unit_test(a_name_is_not_spelled),
					   cmocka_unit_test(parts_come_in_their_order),
					   cmocka_unit_test(what_hangs_is_ended),
					   cmocka_unit_test(with_what_it_started),
					   cmocka_unit_test(faults_are_told),
					   cmocka_unit_test(what_is_new_goes_before),
					   cmocka_unit_test(many_are_asked_at_once)};
	return cmocka_run_group_tests(tests, setup, teardown);
}
