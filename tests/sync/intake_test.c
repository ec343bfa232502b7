/* What a message brought is taken in its order, checked by a thread of its own when it is much: what is wrong stays out, with all that stands on it. */
#include "sync/intake.h"

#include "lib/craft.h"
#include "lib/event_sample.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "store/write/merge.h"
#include "sync/replica_store.h"

#define RUNS 40 /* of each of two logs: far more than are checked without a thread */

struct bench {
	struct scratch *scratch;
	struct store *store;
	struct replica replica;
	struct craft logs[2];
	struct message message; /* a log's beginning, then RUNS runs of it; the same of the other */
	struct intake intake;
};

static int set_up(void **state) {
	struct err err = {0};
	struct bench *b = xcalloc(1, sizeof *b);
	struct strbuf text = {0};
	void *scratch = NULL;
	if (scratch_open(&scratch) != 0) {
		return -1;
	}
	b->scratch = scratch;
	char *path = event_sample_make(b->scratch, "a.turnout");
	b->store = event_sample_open(path);
	struct craft_member member = craft_member_of(b->store);
	for (int l = 0; l < 2; l++) {
		craft_join(&b->logs[l], &member, b->store, l + 1, &text);
		craft_piece(&b->logs[l], '>', &text);
		for (int i = 0; i < RUNS * 3; i++) {
			craft_add(&b->logs[l], &(struct craft_record){.kind = "note", .subject = "", .body = "{\"word\":\"so\"}"}, &text);
			if (i % 3 == 2) {
				craft_sign(&b->logs[l], &text);
			}
		}
	}
	craft_read(&text, &b->message);
	assert_int_equal(b->message.run_count, 2 * (RUNS + 1));
	b->intake = (struct intake){.runs = b->message.runs, .count = b->message.run_count};
	b->intake.fates = xcalloc(b->intake.count, sizeof *b->intake.fates);
	assert_ok(replica_of_store(b->store, &b->replica, &err));
	strbuf_fini(&text);
	free(path);
	*state = b;
	return 0;
}

static int tear_down(void **state) {
	struct bench *b = *state;
	free(b->intake.fates);
	message_fini(&b->message);
	replica_fini(&b->replica);
	store_close(b->store);
	void *scratch = b->scratch;
	scratch_close(&scratch);
	free(b);
	return 0;
}

static int64_t held(const struct bench *b) {
	return event_sample_number(store_path(b->store), "SELECT count(*) FROM record WHERE kind = 'note'");
}

static void many_runs_are_taken_in_their_order(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	assert_ok(b->replica.ops->take(b->store, &b->intake, &err));
	for (size_t i = 0; i < b->intake.count; i++) {
		assert_true(!b->intake.fates[i].wrong && !b->intake.fates[i].failed && b->intake.fates[i].result.outcome == MERGE_ADDED);
	}
	assert_null(b->intake.checker);
	assert_int_equal(held(b), 2 * RUNS * 3);
	assert_memory_equal(&b->intake.fates[b->intake.count - 1].result.head, &b->logs[1].head, HASH_LEN);
}

static void a_wrong_run_stays_out_with_those_that_follow_it(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	size_t wrong = 20;
	b->message.runs[wrong].run.signature.b[5] ^= 1;
	assert_ok(b->replica.ops->take(b->store, &b->intake, &err));
	for (size_t i = 0; i < b->intake.count; i++) {
		const struct run_fate *fate = &b->intake.fates[i];
		assert_int_equal(fate->wrong, i == wrong);
		assert_int_equal(fate->failed, i > wrong && i <= RUNS);
	}
	assert_holds(b->intake.fates[wrong].why, "signature");
	assert_int_equal(held(b), ((int64_t)wrong - 1 + RUNS) * 3);
}

/* A record that nobody may write in this form cannot even be hashed: the runs after it have nothing to stand on. */
static void a_run_that_cannot_be_hashed_stays_out_too(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	size_t wrong = RUNS + 1 + 7;
	b->message.runs[wrong].run.records[1].kind = "NO KIND";
	assert_ok(b->replica.ops->take(b->store, &b->intake, &err));
	for (size_t i = 0; i < b->intake.count; i++) {
		assert_int_equal(b->intake.fates[i].wrong, i == wrong);
		assert_int_equal(b->intake.fates[i].failed, i > wrong);
	}
	assert_holds(b->intake.fates[wrong].why, "kind");
	assert_int_equal(held(b), ((int64_t)wrong - 1 - 1) * 3);
}

struct broken {
	struct store *store;
	size_t left;
};

static bool merge_until(void *self, struct run *run, struct merge_result *result, struct err *err) {
	struct broken *broken = self;
	if (broken->left-- == 0) {
		return err_set(err, ERR_SYSTEM, "the disk is full");
	}
	return store_merge(broken->store, run, result, err);
}

static bool prove_nothing(void *self, struct run *proof, const char *text, struct err *err) {
	(void)self;
	(void)proof;
	(void)text;
	return err_set(err, ERR_INPUT, "there was no proof");
}

static void what_is_broken_off_leaves_no_thread(void **state) {
	struct bench *b = *state;
	static const struct intake_ops ops = {merge_until, prove_nothing};
	struct broken broken = {b->store, 5};
	struct err err = {0};
	struct run_event event;
	store_run_event(b->store, &event);
	intake_check(&b->intake, &event);
	assert_non_null(b->intake.checker);
	assert_ok(store_begin(b->store, &err));
	assert_false(intake_run(&b->intake, &ops, &broken, &err));
	store_rollback(b->store);
	intake_checked(&b->intake);
	assert_null(b->intake.checker);
	assert_int_equal(err.kind, ERR_SYSTEM);
	assert_int_equal(held(b), 0);
}

#define BENCH(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
	const struct CMUnitTest tests[] = {
		BENCH(many_runs_are_taken_in_their_order),
		BENCH(a_wrong_run_stays_out_with_those_that_follow_it),
		BENCH(a_run_that_cannot_be_hashed_stays_out_too),
		BENCH(what_is_broken_off_leaves_no_thread),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
