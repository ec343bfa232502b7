/* The thread that counts the figures of the day: it answers with what the file has now, the last of several questions, and from the file that is there. */
#include "kiosk/workers/totals_worker.h"

#include "lib/meet.h"
#include "lib/net.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"

static struct totals_message *await(struct totals_worker *w, uint64_t number) {
	struct totals_message *m = NULL;
	for (int waited = 0; waited < NET_LIMIT_MS && (m == NULL || m->number != number); waited += 5) {
		free(m);
		m = totals_worker_take(w);
		if (m == NULL) {
			clock_sleep_ms(5);
		}
	}
	assert_non_null(m);
	return m;
}

static struct totals_message *ask(struct totals_worker *w, uint64_t number) {
	assert_true(totals_worker_ask(w, clock_utc(), number));
	return await(w, number);
}

static void what_the_file_has(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_bare(s, "e.turnout"), id[21];
	struct store *store = event_sample_open(path);
	struct totals_worker *w = NULL;
	assert_ok(totals_worker_open(&(struct totals_worker_options){.path = path}, &w, &err));
	struct totals_message *m = ask(w, 1);
	assert_true(!m->failed && m->arrived == 0);
	free(m);
	meet_walk_in(store, "Гостя", id);
	m = ask(w, 2);
	assert_true(m->arrived == 1 && m->here == 1 && m->expected == 0);
	free(m);
	assert_true(totals_worker_ask(w, clock_utc(), 3) && totals_worker_ask(w, clock_utc(), 4));
	totals_worker_close(w); /* with questions that nobody answers any more */
	totals_worker_close(NULL);
	store_close(store);
	free(path);
}

/* Names by the alphabet of the event's language; who left is not among them. */
static void who_is_here(void **state) {
	static const char *const names[] = {"Юрій Яворівський", "Єва Євтушенко", "Ґалина Ґудзик"};
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_bare(s, "e.turnout"), id[21];
	struct store *store = event_sample_open(path);
	struct totals_worker *w = NULL;
	assert_ok(totals_worker_open(&(struct totals_worker_options){.path = path}, &w, &err));
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		meet_walk_in(store, names[i], id);
	}
	assert_true(totals_worker_roll(w, clock_utc(), 1, TOTALS_HERE));
	struct totals_message *m = await(w, 1);
	assert_false(m->failed);
	assert_int_equal(m->roll_count, 3);
	assert_int_equal(m->roll_all, 3);
	assert_string_equal(m->roll[0].name, "Ґалина Ґудзик");
	assert_string_equal(m->roll[1].name, "Єва Євтушенко");
	assert_string_equal(m->roll[2].name, "Юрій Яворівський");
	free(m);
	totals_worker_rest(w); /* nobody looks; then somebody does again */
	assert_true(totals_worker_roll(w, clock_utc(), 2, TOTALS_MISSING));
	m = await(w, 2);
	assert_int_equal(m->roll_count, 0); /* who walked in was not expected */
	free(m);
	totals_worker_rest(w);
	clock_sleep_ms(50);
	m = ask(w, 3);
	assert_true(!m->failed && m->here == 3);
	free(m);
	totals_worker_close(w);
	store_close(store);
	free(path);
}

static void a_file_that_is_not_there(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = scratch_path(s, "none.turnout");
	struct totals_worker *w = NULL;
	assert_ok(totals_worker_open(&(struct totals_worker_options){.path = path}, &w, &err));
	struct totals_message *m = ask(w, 1);
	assert_true(m->failed);
	free(m);
	totals_worker_close(w);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(what_the_file_has), TEST(who_is_here), TEST(a_file_that_is_not_there)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
