/* Messages that come while the disk is busy are taken in one commit; one that cannot be taken keeps none of the others out. */
#include "hub/shared_store.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "lib/craft.h"
#include "lib/meet.h"
#include "store/sql/db.h"

#define SENDERS 9

struct sender {
	const struct replica *replica;
	struct message message;
	pthread_t thread;
	size_t added;
	bool ok;
	struct err err;
};

/* In a thread of its own: no assertion is made here. */
static void *send(void *context) {
	struct sender *s = context;
	struct intake intake = {.runs = s->message.runs, .count = s->message.run_count};
	intake.fates = xcalloc(intake.count, sizeof *intake.fates);
	s->ok = s->replica->ops->take(s->replica->self, &intake, &s->err);
	for (size_t i = 0; i < intake.count; i++) {
		s->added += intake.fates[i].result.added;
	}
	free(intake.fates);
	return NULL;
}

struct crowd {
	struct shared_store shared;
	struct replica replica;
	struct sender senders[SENDERS];
};

/* Every sender brings a log of its own, of five records. */
static struct crowd *crowd_open(const struct scratch *s, int wrong) {
	struct crowd *crowd = xcalloc(1, sizeof *crowd);
	struct err err = {0};
	shared_store_init(&crowd->shared);
	crowd->shared.store = scratch_event(s, "e.turnout");
	assert_ok(shared_store_replica(&crowd->shared, &crowd->replica, &err));
	for (int i = 0; i < SENDERS; i++) {
		struct strbuf text = {0};
		struct craft c;
		struct craft_member m = craft_member_of(crowd->shared.store);
		craft_join(&c, &m, crowd->shared.store, i, &text);
		craft_notes(&c, i == wrong ? "not this one" : "note", 4, &text);
		craft_read(&text, &crowd->senders[i].message);
		strbuf_fini(&text);
		crowd->senders[i].replica = &crowd->replica;
	}
	return crowd;
}

static void crowd_close(struct crowd *crowd) {
	meet_assert_sound(crowd->shared.store);
	for (int i = 0; i < SENDERS; i++) {
		message_fini(&crowd->senders[i].message);
	}
	replica_fini(&crowd->replica);
	shared_store_fini(&crowd->shared);
	free(crowd);
}

static void wait_for(struct shared_store *shared, size_t queued) {
	bool there = false;
	for (int waited = 0; !there && waited < 60000; waited += 2) {
		pthread_mutex_lock(&shared->queue);
		there = shared->leading && shared->queued == queued;
		pthread_mutex_unlock(&shared->queue);
		clock_sleep_ms(2);
	}
	assert_true(there);
}

/* The first finds the disk busy, the others wait behind it until it is free. */
static void crowd_send(struct crowd *crowd) {
	pthread_mutex_lock(&crowd->shared.busy);
	for (int i = 0; i < SENDERS; i++) {
		assert_int_equal(pthread_create(&crowd->senders[i].thread, NULL, send, &crowd->senders[i]), 0);
		wait_for(&crowd->shared, (size_t)i);
	}
	pthread_mutex_unlock(&crowd->shared.busy);
	for (int i = 0; i < SENDERS; i++) {
		pthread_join(crowd->senders[i].thread, NULL);
	}
}

static void those_that_wait_share_a_commit(void **state) {
	struct crowd *crowd = crowd_open(*state, -1);
	crowd_send(crowd);
	for (int i = 0; i < SENDERS; i++) {
		assert_true(crowd->senders[i].ok);
		assert_int_equal(crowd->senders[i].added, 5);
	}
	assert_int_equal(crowd->shared.commits, 2); /* the first alone, and all others */
	crowd_close(crowd);
}

/* A record that the file does not take (triggers do not run in it): whoever brought it is told so, and nobody else. */
static void one_that_fails_takes_nobody_along(void **state) {
	enum { WRONG = 4 };
	struct crowd *crowd = crowd_open(*state, WRONG);
	struct err err = {0};
	char *path = scratch_path(*state, "e.turnout");
	struct db *other = db_open(path, DB_WRITE, &err);
	assert_ok(other != NULL);
	assert_ok(db_exec(other, "CREATE UNIQUE INDEX no ON record (length(kind)) WHERE instr(CAST(body AS TEXT), 'not this one')", &err));
	crowd_send(crowd);
	for (int i = 0; i < SENDERS; i++) {
		assert_int_equal(crowd->senders[i].ok, i != WRONG);
		assert_int_equal(crowd->senders[i].added, i == WRONG ? crowd->senders[i].added : 5);
	}
	assert_non_null(strstr(crowd->senders[WRONG].err.text, "UNIQUE"));
	assert_ok(db_exec(other, "DROP INDEX no", &err));
	db_close(other);
	free(path);
	crowd_close(crowd);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(those_that_wait_share_a_commit),
		TEST(one_that_fails_takes_nobody_along),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
