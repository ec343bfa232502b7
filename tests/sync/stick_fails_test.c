/* Visits to a stick that fail or are ended: it is told, and what was on the stick stays. And how far a visit is. */
#include "lib/trip.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "store/read/people.h"
#include "store/read/settings.h"
#include "sync/replica_store.h"

static void assert_fails(const struct trip *t, const char *folder, enum err_kind kind) {
	struct err err = {0};
	struct stick_report report;
	assert_false(trip_try(t->box, folder, &report, &err));
	assert_int_equal(err.kind, kind);
}

static void a_folder_that_is_not_there(void **state) {
	struct trip *t = *state;
	char *missing = scratch_path(t->s, "nostick");
	assert_fails(t, missing, ERR_NOT_FOUND);
	trip_write(missing, "a file", 6);
	assert_fails(t, missing, ERR_NOT_FOUND);
	trip_write(t->folder, "in the way", 10);
	assert_fails(t, t->stick, ERR_SYSTEM);
	free(missing);
}

struct stopping {
	size_t calls, stop_at;
};

static bool stop(void *context, const struct stick_way *way) {
	struct stopping *s = context;
	assert_true(way->done <= way->count && way->step < STICK_STEP_COUNT);
	return ++s->calls != s->stop_at;
}

static void a_visit_can_be_ended_anywhere(void **state) {
	struct trip *t = *state;
	struct err err = {0};
	struct stick_report report;
	struct replica replica;
	struct stopping all = {.stop_at = 0};
	trip_visit(t->laptop, t->stick);
	assert_ok(replica_of_store(t->box, &replica, &err));
	struct stick_options options = {.folder = t->stick, .progress = stop, .context = &all};
	meet_check_in(t->box, "CODE-A");
	for (size_t at = 1; at < 100; at++) {
		struct stopping some = {.stop_at = at};
		options.context = &some;
		if (stick_visit(&replica, &options, &report, &err)) {
			assert_true(some.calls < at);
			break;
		}
		assert_int_equal(err.kind, ERR_REFUSED);
	}
	replica_fini(&replica);
	trip_visit(t->laptop, t->stick);
	meet_assert_same(t->laptop, t->box);
	trip_assert_carries_all(t, "c.turnout");
}

struct seen_steps {
	size_t told[STICK_STEP_COUNT];
	size_t last[2], count[2]; /* of bytes, of records */
	double part;
};

static bool see(void *context, const struct stick_way *way) {
	struct seen_steps *s = context;
	bool records = way->step > STICK_READING_AGAIN;
	assert_true(way->part >= s->part && way->part <= 1);
	assert_true(way->part < 1 || way->step == STICK_SYNCING);
	assert_true(way->done <= way->count && way->done >= s->last[records] &&
		    (s->count[records] == 0 || s->count[records] == way->count));
	s->told[way->step] += way->part > s->part;
	s->part = way->part;
	s->last[records] = way->done;
	s->count[records] = way->count;
	return true;
}

/* The bar of one large log moves while it is read, made, written and read back. */
static void one_large_log_is_told_bit_by_bit(void **state) {
	struct trip *t = *state;
	struct err err = {0};
	struct stick_report report;
	struct replica replica;
	struct seen_steps steps = {.part = 0};
	uint8_t random[900];
	char place[1801];
	assert_ok(store_begin(t->laptop, &err));
	for (int i = 0; i < 300; i++) { /* of which packing makes little less */
		crypto_random(random, sizeof random);
		str_hex(random, sizeof random, place);
		assert_ok(setting_put(t->laptop, "place", place, &err));
	}
	assert_ok(store_commit(t->laptop, &err));
	assert_ok(replica_of_store(t->laptop, &replica, &err));
	replica.message_max = 20000;
	struct stick_options options = {.folder = t->stick, .progress = see, .context = &steps};
	assert_ok(stick_visit(&replica, &options, &report, &err));
	assert_true(steps.told[STICK_WRITING] > 4 && steps.told[STICK_CHECKING] > 4 && steps.told[STICK_SYNCING] > 0);
	assert_true(steps.part == 1 && steps.last[1] == steps.count[1] && steps.count[1] == report.written);
	replica_fini(&replica);
	steps = (struct seen_steps){.part = 0};
	assert_ok(replica_of_store(t->box, &replica, &err) && stick_visit(&replica, &options, &report, &err));
	replica_fini(&replica);
	assert_true(report.read >= 300 && steps.told[STICK_READING] > 4);
	assert_true(steps.part == 1 && steps.last[0] == steps.count[0] && steps.last[1] == steps.count[1]);
	trip_assert_carries_all(t, "c.turnout");
}

/* A small file system in memory over the stick's folder, in a name space of this process alone. False where only root may. */
static bool mount_small(const char *folder, const char *options) {
	static bool apart;
	apart = apart || unshare(CLONE_NEWNS) == 0;
	return apart && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 && mount("stick", folder, "tmpfs", 0, options) == 0;
}

static void a_stick_that_is_full(void **state) {
	struct trip *t = *state;
	struct err err = {0};
	char id[PERSON_ID_LEN + 1];
	if (!mount_small(t->stick, "size=256k")) {
		print_message("SKIPPED: a full stick: only root may mount one\n");
		skip();
	}
	trip_visit(t->laptop, t->stick);
	char *ballast = file_join(t->stick, "holiday.mp4");
	char zeros[4096] = {0};
	FILE *film = fopen(ballast, "w");
	while (film != NULL && fwrite(zeros, 1, sizeof zeros, film) == sizeof zeros && fflush(film) == 0) {
	}
	if (film != NULL) {
		fclose(film); /* it did not all go in: that is the point */
	}
	for (int i = 0; i < 20; i++) {
		meet_walk_in(t->box, "Довге Імʼя Людини, якого нема де записати", id);
	}
	struct stick_report failed;
	assert_false(trip_try(t->box, t->stick, &failed, &err));
	assert_int_equal(err.kind, ERR_SYSTEM);
	assert_int_equal(failed.written, 0); /* what did not get there is not told as written */
	/* What was on it before is whole. */
	struct store *fresh = meet_adopt(t->s, t->laptop, "c.turnout", 30);
	struct stick_report report;
	assert_false(trip_try(fresh, t->stick, &report, &err) && report.damaged != 0);
	assert_int_equal(report.damaged, 0);
	store_close(fresh);
	assert_ok(file_remove(ballast, &err));
	report = trip_visit(t->box, t->stick);
	assert_true(report.damaged == 0 && report.written > 0);
	trip_visit(t->laptop, t->stick);
	meet_assert_same(t->laptop, t->box);
	umount(t->stick);
	free(ballast);
}

static void a_stick_that_is_write_protected(void **state) {
	struct trip *t = *state;
	if (!mount_small(t->stick, "size=4m")) {
		print_message("SKIPPED: a write-protected stick: only root may mount one\n");
		skip();
	}
	meet_check_in(t->laptop, "CODE-A");
	trip_visit(t->laptop, t->stick);
	assert_int_equal(mount(NULL, t->stick, NULL, MS_REMOUNT | MS_RDONLY, NULL), 0);
	/* Nothing to write: it is read all the same. */
	struct store *fresh = meet_adopt(t->s, t->laptop, "c.turnout", 30);
	assert_true(trip_visit(fresh, t->stick).read > 0);
	meet_assert_same(t->laptop, fresh);
	store_close(fresh);
	meet_check_in(t->box, "CODE-B");
	assert_fails(t, t->stick, ERR_SYSTEM);
	/* What could be read was taken, although the visit failed. */
	struct exchange_report report;
	meet_stores(t->box, t->laptop, &report);
	assert_int_equal(report.received, 0);
	umount(t->stick);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		TRIP(a_folder_that_is_not_there), TRIP(a_visit_can_be_ended_anywhere),   TRIP(one_large_log_is_told_bit_by_bit),
		TRIP(a_stick_that_is_full),       TRIP(a_stick_that_is_write_protected),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
