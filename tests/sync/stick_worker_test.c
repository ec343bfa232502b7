/* The thread for sticks: a visit to its end, ended, to a stick that is not there, cannot be written or is full. */
#include "sync/stick_worker.h"

#include "lib/event_sample.h"
#include "lib/meet.h"
#include "lib/net.h"
#include "lib/testing.h"

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/str.h"
#include "store/read/checkins.h"
#include "store/read/settings.h"
#include "sync/replica_store.h"

struct bench {
	const struct scratch *scratch;
	struct store *store;
	struct stick_worker *worker;
	char *stick;
};

static bool source_open(void *context, struct replica *out, struct err *err) {
	struct bench *b = context;
	return replica_of_store(b->store, out, err);
}

static void source_close(void *context, struct replica *replica) {
	(void)context;
	replica_fini(replica);
}

/* More than fits on a tiny stick, and than packing makes small. */
static void fill(struct store *store) {
	struct err err = {0};
	assert_ok(store_begin(store, &err));
	for (int i = 0; i < 40; i++) {
		uint8_t random[900];
		char text[2 * sizeof random + 1];
		crypto_random(random, sizeof random);
		str_hex(random, sizeof random, text);
		assert_ok(setting_put(store, "place", text, &err));
	}
	assert_ok(store_commit(store, &err));
}

/* Whoever is told takes their time, as a slow stick does: else all is over before much can be told. */
static void dawdle(void *context) {
	(void)context;
	clock_sleep_ms(60);
}

static void start_worker(struct bench *b, mailbox_wake *wake) {
	struct err err = {0};
	struct stick_worker_options options = {
		.source = {.open = source_open, .close = source_close, .context = b}, .given = b->stick, .wake = wake};
	stick_worker_close(b->worker);
	assert_ok(stick_worker_open(&options, &b->worker, &err));
}

static struct bench *bench_open(const struct scratch *s) {
	struct bench *b = xcalloc(1, sizeof *b);
	struct err err = {0};
	b->scratch = s;
	b->store = scratch_event(s, "event.turnout");
	fill(b->store);
	b->stick = scratch_path(s, "stick");
	assert_ok(file_mkdirs(b->stick, &err));
	start_worker(b, NULL);
	return b;
}

static void bench_close(struct bench *b) {
	stick_worker_close(b->worker);
	store_close(b->store);
	free(b->stick);
	free(b);
}

static struct stick_message *next(struct bench *b, enum stick_message_kind kind) {
	for (int waited = 0; waited < NET_LIMIT_MS; waited += 5) {
		struct stick_message *m = stick_worker_take(b->worker);
		if (m != NULL && m->kind == kind) {
			return m;
		}
		if (m == NULL) {
			clock_sleep_ms(5);
		}
		free(m);
	}
	fail_msg("no such message came");
	return NULL;
}

static void expect(struct bench *b, const char *folder, enum stick_trouble trouble) {
	stick_worker_visit(b->worker, folder);
	struct stick_message *m = next(b, STICK_OVER);
	if (m->trouble != trouble) {
		fail_msg("trouble %d, not %d: %s", (int)m->trouble, (int)trouble, m->problem);
	}
	assert_int_equal(m->problem[0] == '\0', trouble == STICK_FINE);
	free(m);
}

static void a_stick_is_seen_read_and_written(void **state) {
	struct bench *b = bench_open(*state);
	stick_worker_look(b->worker);
	struct stick_message *m = next(b, STICK_MEDIA);
	assert_true(m->media_count > 0);
	assert_string_equal(m->media[0].folder, b->stick);
	stick_worker_visit(b->worker, m->media[0].folder);
	free(m);
	m = next(b, STICK_STEP);
	assert_true(m->way.count > 0 && m->way.done <= m->way.count);
	free(m);
	m = next(b, STICK_OVER);
	assert_int_equal(m->trouble, STICK_FINE);
	assert_true(m->report.written > 0);
	free(m);
	stick_worker_visit(b->worker, b->stick);
	m = next(b, STICK_OVER);
	assert_int_equal(m->report.written, 0);
	free(m);
	bench_close(b);
}

#define MANY 20000

static void check_many_in(struct store *store) {
	struct err err = {0};
	assert_ok(store_begin(store, &err));
	for (int i = 0; i < MANY; i++) {
		char code[32];
		snprintf(code, sizeof code, "UNKNOWN-%d", i);
		struct checkin_draft draft = {.code = code, .point = POINT_ARRIVAL, .shown = OUTCOME_UNKNOWN, .how = "camera"};
		assert_ok(checkin_append(store, &draft, NULL, &err));
	}
	assert_ok(store_commit(store, &err));
}

struct told {
	size_t messages, by_step[STICK_STEP_COUNT];
	size_t most; /* of what was to be read or written */
	double part;
	int64_t us;
};

/* What is told of one visit until it is over. The bar goes on, never back, and is full only when it is over. */
static struct stick_message *follow(struct bench *b, struct told *t) {
	int64_t from = clock_span_us();
	*t = (struct told){.part = 0};
	stick_worker_visit(b->worker, b->stick);
	for (;;) {
		struct stick_message *m = stick_worker_take(b->worker);
		if (m == NULL) {
			assert_true(clock_span_us() - from < NET_LIMIT_MS * INT64_C(1000));
			clock_sleep_ms(2);
			continue;
		}
		t->us = clock_span_us() - from;
		if (m->kind == STICK_OVER) {
			return m;
		}
		assert_int_equal(m->kind, STICK_STEP);
		assert_true(m->way.part >= t->part && m->way.part < 1 && m->way.done <= m->way.count);
		t->part = m->way.part;
		t->messages++;
		t->by_step[m->way.step]++;
		t->most = m->way.count > t->most ? m->way.count : t->most;
		free(m);
	}
}

static void assert_told(const struct told *t, size_t least) {
	if (t->messages < least || (double)t->messages > 4 + (double)t->us / 1e5) {
		fail_msg("%zu messages within %.0f ms", t->messages, (double)t->us / 1000);
	}
}

static void a_large_event_is_told_bit_by_bit(void **state) {
	struct bench *b = bench_open(*state);
	struct told told;
	check_many_in(b->store);
	start_worker(b, dawdle);
	struct stick_message *m = follow(b, &told);
	assert_int_equal(m->trouble, STICK_FINE);
	assert_true(m->report.written > MANY);
	assert_int_equal(told.most, m->report.written);
	assert_told(&told, 4);
	assert_true(told.by_step[STICK_WRITING] > 1 && told.part > 0.6);
	free(m);
	/* The other way: a box that has nothing of it yet. */
	struct store *all = b->store;
	stick_worker_close(b->worker);
	b->worker = NULL;
	b->store = meet_adopt(*state, all, "other.turnout", 30);
	start_worker(b, dawdle);
	m = follow(b, &told);
	assert_int_equal(m->trouble, STICK_FINE);
	assert_true(m->report.read > MANY);
	assert_told(&told, 4);
	assert_true(told.by_step[STICK_READING] > 2);
	free(m);
	store_close(all);
	bench_close(b);
}

static void a_stick_that_is_gone(void **state) {
	struct bench *b = bench_open(*state);
	expect(b, "/media/nobody/nothing", STICK_GONE);
	assert_int_equal(rmdir(b->stick), 0);
	expect(b, b->stick, STICK_GONE);
	bench_close(b);
}

/* A folder where no stick is mounted: nothing is written to this box's own disk instead. */
static void a_folder_that_is_no_stick(void **state) {
	struct bench *b = bench_open(*state);
	char **names;
	size_t count;
	struct err err = {0};
	char *other = scratch_path(*state, "other");
	assert_ok(file_mkdirs(other, &err));
	expect(b, other, STICK_GONE);
	assert_ok(file_list(other, 10, &names, &count, &err));
	assert_int_equal(count, 0);
	free(names);
	free(other);
	bench_close(b);
}

static void sticks_that_take_nothing(void **state) {
	struct bench *b = bench_open(*state);
	if (mount("none", b->stick, "tmpfs", MS_RDONLY, "size=64k") != 0) {
		print_message("# SKIPPED: no rights to mount a small disk\n");
		bench_close(b);
		skip();
	}
	expect(b, b->stick, STICK_PROTECTED);
	assert_int_equal(mount("none", b->stick, "tmpfs", MS_REMOUNT, "size=8k"), 0);
	expect(b, b->stick, STICK_FULL);
	assert_int_equal(mount("none", b->stick, "tmpfs", MS_REMOUNT, "size=8m"), 0);
	expect(b, b->stick, STICK_FINE);
	assert_int_equal(umount(b->stick), 0);
	bench_close(b);
}

static void no_keys_no_stick(void **state) {
	struct bench *b = bench_open(*state);
	char *path = scratch_path(*state, "event.turnout");
	store_close(b->store);
	event_sample_sql(path, "DELETE FROM meta WHERE key = 'event_key'");
	b->store = event_sample_open(path);
	expect(b, b->stick, STICK_OWN);
	free(path);
	bench_close(b);
}

static void somebody_does_not_want_to_wait(void **state) {
	struct bench *b = bench_open(*state);
	stick_worker_visit(b->worker, b->stick);
	stick_worker_end(b->worker);
	struct stick_message *m = next(b, STICK_OVER);
	assert_true(m->trouble == STICK_ENDED || m->trouble == STICK_FINE); /* whichever was quicker */
	free(m);
	expect(b, b->stick, STICK_FINE); /* and goes on */
	bench_close(b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_stick_is_seen_read_and_written), TEST(a_large_event_is_told_bit_by_bit), TEST(a_stick_that_is_gone),
		TEST(a_folder_that_is_no_stick),        TEST(sticks_that_take_nothing),         TEST(no_keys_no_stick),
		TEST(somebody_does_not_want_to_wait),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
