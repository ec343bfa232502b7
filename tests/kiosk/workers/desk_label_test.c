/* Who is to get a label, as the store thread answers: where the event wants it, at the entrance, once, whichever box printed it. */
#include "kiosk/workers/desk_worker.h"

#include "lib/net.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "store/read/labels.h"
#include "store/read/people.h"
#include "store/read/settings.h"

#define OLENA "0000000000000000000a"

struct box {
	char *path;
	struct desk_worker *desk;
};

static void put(struct store *store, const char *key, const char *value) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) && setting_put(store, key, value, &err) && store_commit(store, &err));
}

static void box_make(struct box *b, const struct scratch *s, const char *labels) {
	struct err err = {0};
	struct person person = {0};
	*b = (struct box){.path = scratch_path(s, "event")};
	struct store *store = scratch_event(s, "event");
	put(store, "labels", labels);
	person_set(&person, PERSON_NAME, "Олена Приклад");
	person_set(&person, PERSON_CODE, "CODE-A");
	assert_ok(store_begin(store, &err));
	assert_ok(person_edit(store, &(struct person_edit){.id = OLENA, .set = &person, .fresh = true}, &err));
	assert_ok(store_commit(store, &err));
	person_fini(&person);
	store_close(store);
}

static void box_start(struct box *b, const char *point) {
	struct err err = {0};
	const struct desk_worker_options options = {.path = b->path, .point = point, .now = "2026-05-14T10:42"};
	assert_ok(desk_worker_open(&options, &b->desk, &err));
}

/* What is answered to her badge. */
static bool scanned_label(struct box *b, enum outcome outcome) {
	assert_true(desk_worker_scan(b->desk, "CODE-A", 6, "camera", 0));
	for (int waited = 0; waited < NET_LIMIT_MS; waited += 5) {
		struct desk_message *m = desk_worker_take(b->desk);
		if (m != NULL && m->kind == DESK_ANSWERED) {
			bool label = m->label;
			assert_true(m->kept);
			assert_int_equal(m->outcome, outcome);
			assert_string_equal(m->person, OLENA);
			desk_message_free(m);
			return label;
		}
		desk_message_free(m);
		if (m == NULL) {
			clock_sleep_ms(5);
		}
	}
	fail_msg("%s", "no answer came");
	return false;
}

static int64_t printed(const struct box *b) {
	struct err err = {0};
	int64_t count = 0;
	struct store *store = store_open(b->path, STORE_READ, "test", &err);
	assert_non_null(store);
	assert_ok(labels_count(store, OLENA, NULL, &count, &err));
	store_close(store);
	return count;
}

/* It comes behind scans, so it is waited for. */
static void note(struct box *b, bool again, int64_t count) {
	assert_true(desk_worker_label(b->desk, OLENA, again, again ? "olena" : ""));
	for (int waited = 0; printed(b) < count; waited += 5) {
		assert_true(waited < NET_LIMIT_MS);
		clock_sleep_ms(5);
	}
}

static void box_end(struct box *b) {
	desk_worker_close(b->desk);
	free(b->path);
}

static void until_one_came_out_every_scan_asks_for_it(void **state) {
	struct box b;
	box_make(&b, *state, "on");
	box_start(&b, "arrival");
	assert_true(scanned_label(&b, OUTCOME_ACCEPTED));
	assert_true(scanned_label(&b, OUTCOME_DUPLICATE)); /* the printer had no paper, say */
	note(&b, false, 1);
	assert_false(scanned_label(&b, OUTCOME_DUPLICATE));
	desk_worker_close(b.desk);
	assert_int_equal(printed(&b), 1);
	box_start(&b, "arrival"); /* and after a restart */
	assert_false(scanned_label(&b, OUTCOME_DUPLICATE));
	note(&b, true, 2);
	assert_false(scanned_label(&b, OUTCOME_DUPLICATE));
	assert_int_equal(printed(&b), 2); /* the log has that one, too */
	box_end(&b);
}

static void an_event_that_wants_none_gets_none(void **state) {
	struct box b;
	box_make(&b, *state, "off");
	box_start(&b, "arrival");
	assert_false(scanned_label(&b, OUTCOME_ACCEPTED));
	box_end(&b);
}

static void who_leaves_needs_none(void **state) {
	struct box b;
	box_make(&b, *state, "on");
	box_start(&b, "exit");
	desk_worker_scan(b.desk, "CODE-A", 6, "camera", 0);
	bool answered = false;
	for (int waited = 0; !answered && waited < NET_LIMIT_MS; waited += 5) {
		struct desk_message *m = desk_worker_take(b.desk);
		answered = m != NULL && m->kind == DESK_ANSWERED;
		assert_false(answered && m->label);
		desk_message_free(m);
		clock_sleep_ms(5);
	}
	assert_true(answered);
	box_end(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(until_one_came_out_every_scan_asks_for_it),
		TEST(an_event_that_wants_none_gets_none),
		TEST(who_leaves_needs_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
