/* The self-test's thread: each check of a real event tells that it begins and how it ended; a name without a font, a file that is broken, a disk that takes nothing, the
 * kiosk's own camera and sound; a newer run ends an older one. */
#include "kiosk/workers/self_test_worker.h"

#include "lib/meet.h"
#include "lib/net.h"

#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/str.h"

#define LIMIT_MS 60000 /* reading aloud waits for a program */

struct lines {
	struct self_checked checked[SELF_CHECKS_MAX];
	size_t count, chimes;
};

static size_t number_of(const char *name) {
	for (size_t i = 0; i < self_checks_count(); i++) {
		if (str_eq(self_check_name(i), name)) {
			return i;
		}
	}
	fail_msg("there is no check \"%s\"", name);
	return 0;
}

static struct self_test_message *next(struct self_test_worker *w, uint64_t number) {
	for (int waited = 0; waited < LIMIT_MS; waited += 5) {
		struct self_test_message *m = self_test_worker_take(w);
		if (m != NULL && m->number == number) {
			return m;
		}
		if (m == NULL) {
			clock_sleep_ms(5);
		}
		self_test_message_free(m);
	}
	fail_msg("nothing came");
	return NULL;
}

/* Every check begins, and is done before the next one begins. */
static void collect(struct self_test_worker *w, uint64_t number, struct lines *out) {
	*out = (struct lines){.count = 0};
	for (;;) {
		struct self_test_message *m = next(w, number);
		enum self_test_kind kind = m->kind;
		if (kind == SELF_TEST_BEGINS) {
			assert_int_equal(m->check, out->count);
		} else if (kind == SELF_TEST_CHIME) {
			assert_int_equal(out->count, number_of("sound"));
			out->chimes++;
		} else if (kind == SELF_TEST_DONE) {
			assert_int_equal(m->check, out->count);
			assert_non_null(m->checked.text.message);
			out->checked[out->count++] = m->checked;
			m->checked = (struct self_checked){.verdict = SELF_FINE};
		}
		self_test_message_free(m);
		if (kind == SELF_TEST_OVER) {
			assert_int_equal(out->count, self_checks_count());
			return;
		}
	}
}

static void lines_fini(struct lines *lines) {
	for (size_t i = 0; i < lines->count; i++) {
		self_checked_fini(&lines->checked[i]);
	}
}

static void expect(struct lines *lines, const char *name, enum self_verdict verdict, const char *part) {
	const struct self_checked *c = &lines->checked[number_of(name)];
	struct strbuf text = {0};
	self_saying_add(&text, &c->text, NULL);
	strbuf_addf(&text, " | %s | ", strbuf_str(&c->detail));
	self_saying_add(&text, &c->help, NULL);
	if (c->verdict != verdict || strstr(strbuf_str(&text), part) == NULL) {
		fail_msg("%s: verdict %d: %s", name, (int)c->verdict, strbuf_str(&text));
	}
	if (verdict == SELF_FINE) {
		assert_null(c->help.message);
	}
	strbuf_fini(&text);
}

static struct self_test_worker *start(const char *path) {
	struct err err = {0};
	struct self_test_worker *w = NULL;
	assert_ok(self_test_worker_open(&(struct self_test_worker_options){.path = path}, &w, &err));
	return w;
}

static void run(const char *path, const struct self_test_question *question, struct lines *out) {
	struct self_test_worker *w = start(path);
	assert_true(self_test_worker_ask(w, question));
	collect(w, question->number, out);
	self_test_worker_close(w);
}

static const struct self_test_question alone = {.number = 1, .point = "arrival", .camera = {.none = true}};

static void an_event_that_is_well(void **state) {
	struct lines lines;
	char *path = event_sample_make(*state, "e.turnout");
	run(path, &alone, &lines);
	expect(&lines, "event file", SELF_FINE, "records are sound");
	expect(&lines, "disk", SELF_FINE, "GB are free; what is written is on it after");
	expect(&lines, "reader", SELF_FINE, "drawn and read");
	expect(&lines, "camera", SELF_LOOK, "none is used");
	expect(&lines, "sound", SELF_FINE, "did you hear it?");
	assert_int_equal(lines.chimes, 1);
	lines_fini(&lines);
	free(path);
}

static void what_the_kiosk_says_of_its_camera_and_its_sound(void **state) {
	struct lines lines;
	struct err err = {0};
	struct scan_worker *camera = NULL;
	char *path = event_sample_bare(*state, "e.turnout"), *film = scratch_path(*state, "film.y4m");
	struct strbuf y4m = {0};
	assert_ok(scan_worker_open(&(struct scan_worker_options){.source = "none"}, &camera, &err));
	struct self_test_question q = {.number = 7, .point = "arrival", .camera = {.lost = true, .worker = camera}};
	str_copy(q.camera.reason, sizeof q.camera.reason, "somebody pulled it out");
	str_copy(q.sound_problem, sizeof q.sound_problem, "no sound: it is broken");
	run(path, &q, &lines);
	expect(&lines, "camera", SELF_FAULT, "it gives no picture | somebody pulled it out | pull it out");
	expect(&lines, "sound", SELF_LOOK, "no sound: it is broken");
	assert_int_equal(lines.chimes, 0);
	lines_fini(&lines);
	/* A dark one that gives 20 pictures a second. */
	strbuf_adds(&y4m, "YUV4MPEG2 W64 H48 F20:1 Ip A1:1 Cmono\n");
	for (int i = 0; i < 200; i++) {
		static const char black[64 * 48];
		strbuf_adds(&y4m, "FRAME\n");
		strbuf_add(&y4m, black, sizeof black);
	}
	assert_ok(file_write(film, strbuf_str(&y4m), y4m.len, &err));
	char *source = xasprintf("file:%s", film);
	scan_worker_switch(camera, source);
	struct scan_pulse pulse = {.frames = 0};
	for (int waited = 0; waited < NET_LIMIT_MS && pulse.frames < 2; waited += 5) {
		clock_sleep_ms(5);
		scan_worker_pulse(camera, &pulse);
	}
	assert_true(pulse.frames >= 2 && pulse.width == 64 && pulse.height == 48 && pulse.mean < 50);
	q = (struct self_test_question){.number = 8, .point = "arrival", .camera = {.worker = camera}};
	str_copy(q.camera.reason, sizeof q.camera.reason, "Film");
	run(path, &q, &lines);
	expect(&lines, "camera", SELF_LOOK, "Film, 64 x 48, ");
	expect(&lines, "camera", SELF_LOOK, "they are dark");
	lines_fini(&lines);
	scan_worker_close(camera);
	strbuf_fini(&y4m);
	free(source);
	free(film);
	free(path);
}

static void files_that_are_not_well(void **state) {
	struct lines lines;
	char *path = event_sample_make(*state, "e.turnout"), *none = scratch_path(*state, "none.turnout");
	run(none, &alone, &lines);
	expect(&lines, "event file", SELF_FAULT, "it cannot be opened | ");
	expect(&lines, "fonts", SELF_LOOK, "there is no event");
	lines_fini(&lines);
	struct self_test_question q = alone;
	q.point = "room:nowhere";
	run(path, &q, &lines);
	expect(&lines, "event file", SELF_FAULT, "where this box is to stand");
	lines_fini(&lines);
	event_sample_sql(path, "UPDATE record SET body = body || ' ' WHERE rowid = (SELECT max(rowid) FROM record WHERE body IS NOT NULL)");
	run(path, &alone, &lines);
	expect(&lines, "event file", SELF_FAULT, "faults: ");
	lines_fini(&lines);
	free(path);
	free(none);
}

static void a_name_that_no_font_has(void **state) {
	struct lines lines;
	char *path = event_sample_bare(*state, "e.turnout"), id[21];
	struct store *store = event_sample_open(path);
	meet_walk_in(store, "Zoe \xF3\xB0\x80\x80", id); /* U+F0000: of private use */
	store_close(store);
	run(path, &alone, &lines);
	expect(&lines, "fonts", SELF_LOOK, "1 of ");
	expect(&lines, "fonts", SELF_LOOK, "no installed font draws U+F0000");
	lines_fini(&lines);
	free(path);
}

static void a_disk_that_is_full(void **state) {
	struct lines lines;
	struct err err = {0};
	char *folder = scratch_path(*state, "small"), *path = event_sample_bare(*state, "e.turnout"),
	     *there = file_join(folder, "e.turnout");
	assert_ok(file_mkdirs(folder, &err));
	if (mount("none", folder, "tmpfs", 0, "size=8m") != 0) {
		print_message("# SKIPPED: no rights to mount a small disk\n");
		free(folder);
		free(path);
		free(there);
		skip();
		return;
	}
	meet_copy_bytes(path, there);
	run(there, &alone, &lines);
	expect(&lines, "disk", SELF_FAULT, "too full for check-ins: delete something");
	lines_fini(&lines);
	char *ballast = file_join(folder, "ballast");
	FILE *film = fopen(ballast, "w");
	char zeros[4096] = {0};
	while (film != NULL && fwrite(zeros, 1, sizeof zeros, film) == sizeof zeros && fflush(film) == 0) {
	}
	if (film != NULL) {
		fclose(film); /* it did not all go in: that is the point */
	}
	run(there, &alone, &lines);
	expect(&lines, "disk", SELF_FAULT, "no check-in can be saved | ");
	lines_fini(&lines);
	assert_int_equal(umount(folder), 0);
	free(ballast);
	free(folder);
	free(path);
	free(there);
}

/* People come while it looks: what it says of the file is of one moment of it, and nobody waits. */
static void while_people_come(void **state) {
	char *path = event_sample_bare(*state, "e.turnout"), id[21];
	struct store *store = event_sample_open(path);
	for (int i = 0; i < 300; i++) {
		meet_walk_in(store, "Гостя", id);
	}
	struct self_test_worker *w = start(path);
	assert_true(self_test_worker_ask(w, &alone));
	struct self_test_message *m = next(w, 1);
	size_t came = 0;
	while (m == NULL || m->kind != SELF_TEST_DONE) {
		self_test_message_free(m);
		meet_walk_in(store, "Гостя", id);
		came++;
		m = self_test_worker_take(w);
	}
	assert_true(came > 0);
	struct lines lines = {.count = 1};
	lines.checked[0] = m->checked;
	m->checked = (struct self_checked){.verdict = SELF_FINE};
	expect(&lines, "event file", SELF_FINE, "records are sound");
	lines_fini(&lines);
	self_test_message_free(m);
	self_test_worker_close(w);
	store_close(store);
	free(path);
}

static void a_newer_run_ends_the_older(void **state) {
	struct lines lines;
	char *path = event_sample_bare(*state, "e.turnout");
	struct self_test_worker *w = start(path);
	struct self_test_question q = alone;
	assert_true(self_test_worker_ask(w, &q));
	self_test_message_free(next(w, 1));
	q.number = 2;
	assert_true(self_test_worker_ask(w, &q));
	collect(w, 2, &lines);
	lines_fini(&lines);
	q.number = 3;
	assert_true(self_test_worker_ask(w, &q)); /* and is ended itself */
	self_test_message_free(next(w, 3));
	self_test_worker_close(w);
	self_test_worker_close(NULL);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(an_event_that_is_well),      TEST(what_the_kiosk_says_of_its_camera_and_its_sound),
		TEST(files_that_are_not_well),    TEST(a_name_that_no_font_has),
		TEST(while_people_come),          TEST(a_disk_that_is_full),
		TEST(a_newer_run_ends_the_older),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
