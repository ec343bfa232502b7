/* An event file that is taken from under its writer: nothing is called durable that is not, nothing reaches what stands there instead, and what
 * was in the file comes back with it. */
#include "sync/rescue.h"

#include "lib/meet.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "store/read/audit.h"

struct victim {
	const struct scratch *scratch;
	char *path, *wal, *spare; /* a copy as it was before the last check-ins */
	struct store *store;
};

static void check_in(struct store *store, const char *code, struct err *err, bool wanted) {
	if (meet_let_in(store, code, err) != wanted) {
		fail_msg("%s: %s", code, wanted ? err->text : "taken");
	}
}

static struct victim open_victim(const struct scratch *s) {
	struct victim v = {.scratch = s, .path = scratch_path(s, "e.turnout"), .spare = scratch_path(s, "spare.turnout")};
	struct err err = {0};
	event_sample_device(s, 1);
	v.wal = xasprintf("%s-wal", v.path);
	v.store = scratch_event(s, "e.turnout");
	check_in(v.store, "CODE-1", &err, true);
	assert_ok(store_copy(v.store, v.spare, &err));
	check_in(v.store, "CODE-2", &err, true);
	return v;
}

static void close_victim(struct victim *v) {
	free(v->path);
	free(v->wal);
	free(v->spare);
}

static void read_all(const char *path, struct strbuf *out) {
	struct err err = {0};
	assert_ok(file_read(path, 100 << 20, out, &err));
}

static void copy_over(const char *from, const char *to) {
	struct strbuf bytes = {0};
	read_all(from, &bytes);
	int fd = open(to, O_WRONLY | O_TRUNC);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.data, bytes.len), (ssize_t)bytes.len);
	close(fd);
	strbuf_fini(&bytes);
}

/* A copy under the name again, open for writing. */
static struct store *put_back(const struct victim *v, const char *copy) {
	struct err err = {0};
	unlink(v->path);
	unlink(v->wal);
	meet_copy(copy, v->path);
	struct store *store = store_open(v->path, STORE_WRITE, "test", &err);
	assert_ok(store != NULL);
	return store;
}

static void deleted(struct victim *v) { assert_int_equal(unlink(v->path), 0); }

static void moved(struct victim *v) {
	char *to = scratch_path(v->scratch, "elsewhere.turnout");
	assert_int_equal(rename(v->path, to), 0);
	free(to);
}

static void replaced(struct victim *v) {
	char *copy = scratch_path(v->scratch, "copy.turnout");
	meet_copy(v->spare, copy);
	assert_int_equal(rename(copy, v->path), 0);
	free(copy);
}

static void overwritten(struct victim *v) { copy_over(v->spare, v->path); }

static void cut(struct victim *v) { assert_int_equal(truncate(v->path, 4096), 0); }

static void emptied(struct victim *v) { assert_int_equal(truncate(v->path, 0), 0); }

static void without_wal(struct victim *v) { assert_int_equal(unlink(v->wal), 0); }

static void wal_emptied(struct victim *v) { assert_int_equal(truncate(v->wal, 0), 0); }

static void wal_replaced(struct victim *v) {
	char *copy = scratch_path(v->scratch, "copy-wal");
	meet_copy(v->spare, copy);
	assert_int_equal(rename(copy, v->wal), 0);
	free(copy);
}

/* Green is never said again, and what stands under the name now stays as it is. */
static void nothing_is_green_after(void **state) {
	static void (*const deeds[])(struct victim *) = {deleted, moved,       replaced,    overwritten, cut,
							 emptied, without_wal, wal_emptied, wal_replaced};
	for (size_t i = 0; i < COUNT_OF(deeds); i++) {
		void *scratch = NULL;
		scratch_open(&scratch);
		struct victim v = open_victim(scratch);
		struct strbuf before = {0}, after = {0};
		struct err first = {0}, second = {0};
		deeds[i](&v);
		if (file_exists(v.path)) {
			read_all(v.path, &before);
		}
		check_in(v.store, "CODE-3", &first, false);
		check_in(v.store, "CODE-4", &second, false);
		if (first.kind != ERR_GONE || second.kind != ERR_GONE) {
			fail_msg("deed %zu: %s; %s", i, first.text, second.text);
		}
		rescue_keep(v.store, &first);
		store_close(v.store);
		if (file_exists(v.path)) {
			read_all(v.path, &after);
		}
		assert_int_equal(before.len, after.len);
		assert_memory_equal(strbuf_str(&before), strbuf_str(&after), before.len);
		strbuf_fini(&before);
		strbuf_fini(&after);
		close_victim(&v);
		scratch_close(&scratch);
	}
	(void)state;
}

static int64_t checkins(struct store *store) {
	struct audit_status status;
	struct err err = {0};
	assert_ok(audit_status(store, &status, &err));
	return status.checkins;
}

/* The organiser's copy of the day before is put in its place: what was acknowledged since is in it again. */
static void what_was_in_it_comes_back(void **state) {
	static void (*const deeds[])(struct victim *) = {deleted, moved, replaced, without_wal};
	for (size_t i = 0; i < COUNT_OF(deeds); i++) {
		void *scratch = NULL;
		scratch_open(&scratch);
		struct victim v = open_victim(scratch);
		struct err err = {0};
		size_t records = 0;
		deeds[i](&v);
		check_in(v.store, "CODE-3", &err, false);
		rescue_keep(v.store, &err);
		assert_non_null(strstr(err.text, "is kept in"));
		store_close(v.store);
		err = (struct err){0};
		struct store *store = put_back(&v, v.spare);
		assert_int_equal(checkins(store), 1);
		assert_ok(rescue_take(store, &records, &err));
		assert_true(records > 0);
		assert_int_equal(checkins(store), 2); /* what was answered, and not what was not */
		meet_assert_sound(store);
		assert_ok(rescue_take(store, &records, &err));
		assert_int_equal(records, 0);
		check_in(store, "CODE-5", &err, true);
		store_close(store);
		close_victim(&v);
		scratch_close(&scratch);
	}
	(void)state;
}

/* Overwritten in place there is nothing left to read but what this process has in memory. */
static void what_is_in_memory_comes_back(void **state) {
	static void (*const deeds[])(struct victim *) = {overwritten, cut, emptied, wal_emptied};
	for (size_t i = 0; i < COUNT_OF(deeds); i++) {
		void *scratch = NULL;
		scratch_open(&scratch);
		struct victim v = open_victim(scratch);
		struct err err = {0};
		size_t records = 0;
		for (int k = 0; k < 200; k++) { /* several runs */
			char code[20];
			snprintf(code, sizeof code, "M%d", k);
			check_in(v.store, code, &err, true);
		}
		deeds[i](&v);
		check_in(v.store, "CODE-3", &err, false);
		rescue_keep(v.store, &err);
		assert_non_null(strstr(err.text, "is kept in"));
		store_close(v.store);
		err = (struct err){0};
		struct store *store = put_back(&v, v.spare);
		assert_ok(rescue_take(store, &records, &err));
		assert_int_equal(checkins(store), 202);
		meet_assert_sound(store);
		assert_ok(rescue_take(store, &records, &err));
		assert_int_equal(records, 0);
		store_close(store);
		close_victim(&v);
		scratch_close(&scratch);
	}
	(void)state;
}

/* A file that is older than what is in memory follows on from: the rescue waits for one that is not. */
static void a_gap_is_waited_for(void **state) {
	struct victim v = open_victim(*state);
	struct err err = {0};
	size_t records = 0;
	char *before = scratch_path(v.scratch, "before.turnout");
	store_close(v.store);
	meet_copy(v.path, before); /* CODE-1 and CODE-2 */
	v.store = store_open(v.path, STORE_WRITE, "test", &err);
	assert_ok(v.store != NULL);
	check_in(v.store, "CODE-3", &err, true); /* goes on with the log */
	overwritten(&v);
	check_in(v.store, "CODE-4", &err, false);
	rescue_keep(v.store, &err);
	store_close(v.store);
	static const int64_t wanted[] = {1, 3};
	for (int i = 0; i < 2; i++) {
		err = (struct err){0};
		struct store *store = put_back(&v, i == 0 ? v.spare : before);
		assert_int_equal(rescue_take(store, &records, &err), i == 1);
		assert_int_equal(checkins(store), wanted[i]);
		meet_assert_sound(store);
		store_close(store);
	}
	free(before);
	close_victim(&v);
}

/* What looks at the file, copies it or reads it changes nothing for who writes it. */
static void what_is_none_of_it(void **state) {
	struct victim v = open_victim(*state);
	struct err err = {0};
	char *linked = scratch_path(v.scratch, "linked.turnout"), *copy = scratch_path(v.scratch, "copy.turnout");
	struct store *reader = store_open(v.path, STORE_READ, "test", &err);
	assert_ok(reader != NULL);
	assert_int_equal(checkins(reader), 2);
	store_close(reader);
	meet_copy(v.path, copy);
	assert_int_equal(link(v.path, linked), 0);
	assert_int_equal(chmod(v.path, 0640), 0);
	check_in(v.store, "CODE-3", &err, true);
	for (int i = 0; i < 3000; i++) { /* across checkpoints of its own */
		char code[20];
		snprintf(code, sizeof code, "C%d", i);
		check_in(v.store, code, &err, true);
	}
	store_close(v.store);
	free(linked);
	free(copy);
	close_victim(&v);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_green_after),
		cmocka_unit_test(what_was_in_it_comes_back),
		cmocka_unit_test(what_is_in_memory_comes_back),
		TEST(a_gap_is_waited_for),
		TEST(what_is_none_of_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
