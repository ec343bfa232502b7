/* What a keeper says of this box while the organiser's record of it cannot come. */
#include "store/write/told.h"

#include "lib/event_sample.h"
#include "lib/meet.h"

#include "store/log/keys.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"

static const struct public_key hub = {{11}}, other_hub = {{12}};

static void assert_out(struct store *store, bool out) {
	enum station_verdict verdict;
	struct err err = {0};
	bool counts;
	assert_ok(role_verdict(store, store_station(store), &verdict, &err));
	assert_true((verdict == VERDICT_RETIRED) == out);
	assert_true(role_station_check(store, &err) == !out);
	assert_ok(role_station_counts(store, &counts, &err));
	assert_true(counts == !out);
}

/* A box that has signed somebody in, so that its own records are known to count. */
static struct store *box_open(const struct scratch *s, char **path) {
	*path = event_sample_make(s, "box.turnout");
	struct err err = {0};
	struct store *store = event_sample_open_as(s, *path, 4);
	assert_ok(store_begin(store, &err) && role_give(store, &hub, "hub", "", &err) && role_give(store, &other_hub, "hub", "", &err) &&
		  store_commit(store, &err));
	meet_check_in(store, "CODE-A");
	assert_out(store, false);
	return store;
}

static void who_is_told_so_signs_nobody_in(void **state) {
	char *path, before[65], after[65];
	struct err err = {0};
	struct store *store = box_open(*state, &path);
	event_sample_digest(path, before);
	assert_ok(told_retired(store, &hub, true, &err));
	assert_out(store, true);
	store_close(store);
	event_sample_digest(path, after);
	assert_string_equal(before, after); /* no record, in no digest */
	store = event_sample_open_as(*state, path, 4);
	assert_out(store, true); /* after a restart too */
	store_close(store);
	store = event_sample_open_as(*state, path, 5);
	assert_ok(role_station_check(store, &err)); /* the file on another box: that one was not meant */
	store_close(store);
	free(path);
}

static void who_said_so_takes_it_back(void **state) {
	char *path;
	struct err err = {0};
	struct store *store = box_open(*state, &path);
	assert_ok(told_retired(store, &hub, false, &err)); /* no news */
	assert_ok(told_retired(store, &hub, true, &err));
	assert_ok(told_retired(store, &other_hub, false, &err)); /* it has not heard of it yet */
	assert_out(store, true);
	assert_ok(told_retired(store, &hub, false, &err));
	assert_out(store, false);
	meet_check_in(store, "CODE-B");
	store_close(store);
	free(path);
}

/* The word of a hub that the organiser retired holds nobody up; and the organiser's own goes before a hub's. */
static void the_word_holds_as_long_as_its_keeper(void **state) {
	char *path;
	struct err err = {0};
	struct store *store = box_open(*state, &path);
	assert_ok(told_retired(store, &hub, true, &err));
	assert_out(store, true);
	assert_ok(store_begin(store, &err) && role_retire(store, &hub, &err) && store_commit(store, &err));
	assert_out(store, false);
	assert_ok(told_retired(store, &other_hub, true, &err)); /* another one says so, too */
	assert_out(store, true);
	assert_ok(told_retired(store, store_organiser(store), false, &err));
	assert_out(store, false);
	store_close(store);
	store = event_sample_open_as(*state, path, 4);
	assert_out(store, false);
	store_close(store);
	free(path);
}

static bool refused(struct store *store) {
	struct err err = {0};
	bool is = false;
	assert_ok(role_station_refused(store, &is, &err));
	return is;
}

/* Of a closed invitation a keeper says so, too; the box goes on, and its records count here as they did. */
static void whose_invitation_is_closed_goes_on_and_knows_it(void **state) {
	char *path, before[65], after[65];
	struct err err = {0};
	struct store *store = box_open(*state, &path);
	assert_ok(told_closed(store, &hub, false, &err)); /* no news */
	event_sample_digest(path, before);
	assert_ok(told_closed(store, &hub, true, &err));
	assert_true(refused(store));
	assert_out(store, false);
	assert_ok(told_retired(store, &hub, false, &err)); /* the two words are two */
	assert_true(refused(store));
	store_close(store);
	event_sample_digest(path, after);
	assert_string_equal(before, after);
	store = event_sample_open_as(*state, path, 5);
	assert_false(refused(store)); /* another box was not meant */
	store_close(store);
	store = event_sample_open_as(*state, path, 4);
	assert_true(refused(store));
	assert_ok(told_closed(store, &other_hub, false, &err));
	assert_true(refused(store));
	assert_ok(told_closed(store, store_organiser(store), false, &err));
	assert_false(refused(store));
	assert_ok(told_closed(store, &hub, true, &err));
	assert_ok(store_begin(store, &err) && role_retire(store, &hub, &err) && store_commit(store, &err));
	assert_false(refused(store));
	store_close(store);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(who_is_told_so_signs_nobody_in),
		TEST(who_said_so_takes_it_back),
		TEST(the_word_holds_as_long_as_its_keeper),
		TEST(whose_invitation_is_closed_goes_on_and_knows_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
