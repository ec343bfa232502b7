/* The thread that prints, against printers that behave in every way: what comes out, once, and what is told. */
#include "kiosk/workers/print_worker.h"

#include "lib/ipp_peer.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "store/read/labels.h"
#include "store/read/people.h"

#define LIMIT_MS 20000 /* longer than anything here takes */

struct desk {
	struct scratch scratch;
	char *path;
	struct ipp_peer *peer;
	struct print_worker *worker;
	struct print_message last; /* without its picture */
	int done, again, pictures;
	char person[PERSON_ID_LEN + 1]; /* whose label came out last */
};

static void add_person(struct store *store, const char *id, const char *name) {
	struct person who = {0};
	struct err err = {0};
	person_set(&who, PERSON_NAME, name);
	const struct person_edit edit = {.id = id, .set = &who, .fresh = true};
	assert_ok(store_begin(store, &err));
	assert_ok(person_edit(store, &edit, &err));
	assert_ok(store_commit(store, &err));
	person_fini(&who);
}

#define OLENA "00000000000000000001"
#define TARAS "00000000000000000002"

static void begin(struct desk *d, struct scratch *scratch, enum ipp_manner manner, int fresh_ms) {
	struct err err = {0};
	*d = (struct desk){.scratch = *scratch};
	d->path = scratch_path(scratch, "event");
	struct store *store = scratch_event(scratch, "event");
	add_person(store, OLENA, "Олена Приклад");
	add_person(store, TARAS, "Тарас Зразковий");
	store_close(store);
	d->peer = ipp_peer_open(manner);
	const struct print_worker_options options = {
		.path = d->path, .printer = ipp_peer_name(d->peer), .size = LABEL_29X90, .fresh_ms = fresh_ms};
	assert_ok(print_worker_open(&options, &d->worker, &err));
}

static void end(struct desk *d) {
	print_worker_close(d->worker);
	ipp_peer_close(d->peer);
	free(d->path);
}

static void take(struct desk *d) {
	struct print_message *m;
	while ((m = print_worker_take(d->worker)) != NULL) {
		if (m->kind == PRINT_DONE) {
			d->done++;
			d->again += m->again;
			str_copy(d->person, sizeof d->person, m->person);
		} else {
			d->pictures += m->picture.width > 0;
			d->last = *m;
		}
		print_message_free(m);
	}
}

/* Until it is so; fails the test when it never is. */
#define AWAIT(d, what)                                                         \
	do {                                                                   \
		int64_t until_us = clock_span_us() + LIMIT_MS * INT64_C(1000); \
		for (take(d); !(what); take(d)) {                              \
			assert_true(clock_span_us() < until_us);               \
			clock_sleep_ms(10);                                    \
		}                                                              \
	} while (0)

static void settle(struct desk *d) {
	clock_sleep_ms(1500);
	take(d);
}

static void whoever_signs_in_gets_one(void **state) {
	struct desk d;
	begin(&d, *state, IPP_GOOD, 0);
	AWAIT(&d, d.last.there);
	assert_true(print_worker_check_in(d.worker, OLENA));
	assert_true(print_worker_check_in(d.worker, OLENA));
	AWAIT(&d, d.done == 1);
	assert_string_equal(d.person, OLENA);
	assert_int_equal(d.again, 0);
	print_worker_check_in(d.worker, OLENA);
	print_worker_check_in(d.worker, "0000000000000000ffff"); /* nobody's */
	print_worker_check_in(d.worker, TARAS);
	AWAIT(&d, d.done == 2);
	settle(&d);
	assert_int_equal(d.done, 2);
	assert_int_equal(ipp_peer_jobs(d.peer), 2);
	assert_int_equal(d.last.trouble, PRINTER_FINE);
	assert_int_equal(d.last.loaded_count, 1);
	assert_true(d.last.loaded[0].x == 2900 && d.last.loaded[0].y == 9000);
	end(&d);
}

static void who_had_one_at_another_box_gets_none(void **state) {
	struct scratch *scratch = *state;
	struct desk d;
	struct err err = {0};
	begin(&d, scratch, IPP_GOOD, 0);
	struct store *store = store_open(d.path, STORE_WRITE, "test", &err);
	assert_non_null(store);
	const struct label_draft draft = {.person = OLENA};
	assert_ok(store_begin(store, &err));
	assert_ok(label_append(store, &draft, &err));
	assert_ok(store_commit(store, &err));
	store_close(store);
	print_worker_check_in(d.worker, OLENA);
	print_worker_all(d.worker, true);
	AWAIT(&d, d.done == 1);
	assert_string_equal(d.person, TARAS);
	settle(&d);
	assert_int_equal(d.done, 1);
	print_worker_all(d.worker, false);
	AWAIT(&d, d.done == 3);
	assert_int_equal(d.again, 2);
	end(&d);
}

static void a_printer_without_paper_is_told_and_goes_on_when_it_has_some(void **state) {
	struct desk d;
	begin(&d, *state, IPP_EMPTY, 0);
	print_worker_watch(d.worker); /* how many wait is told to staff who look */
	print_worker_check_in(d.worker, OLENA);
	AWAIT(&d, d.last.trouble == PRINTER_NO_PAPER && d.last.waiting == 1);
	assert_string_equal(d.last.reason, "media-empty-error");
	ipp_peer_become(d.peer, IPP_GOOD);
	AWAIT(&d, d.done == 1);
	AWAIT(&d, d.last.trouble == PRINTER_FINE);
	end(&d);
}

static void other_labels_in_it_are_told(void **state) {
	struct desk d;
	begin(&d, *state, IPP_OTHER_MEDIA, 0);
	print_worker_check_in(d.worker, OLENA);
	AWAIT(&d, d.last.trouble == PRINTER_WRONG_MEDIA);
	assert_true(d.last.loaded[0].x == 6200 && d.last.loaded[0].y == 2900);
	assert_int_equal(ipp_peer_jobs(d.peer), 0);
	ipp_peer_become(d.peer, IPP_REFUSES);
	AWAIT(&d, d.last.trouble == PRINTER_REFUSES);
	end(&d);
}

/* It was away for longer than anybody waits: nothing comes out when it is back, until staff say so. */
static void one_that_comes_back_prints_nothing_stale(void **state) {
	struct desk d;
	begin(&d, *state, IPP_HANGS, 1500);
	int port = ipp_peer_port(d.peer);
	ipp_peer_close(d.peer);
	print_worker_check_in(d.worker, OLENA);
	print_worker_check_in(d.worker, TARAS);
	AWAIT(&d, d.last.missed == 2 && d.last.waiting == 0);
	assert_int_equal(d.last.trouble, PRINTER_SILENT);
	d.peer = ipp_peer_open_at(IPP_GOOD, port);
	print_worker_watch(d.worker);
	AWAIT(&d, d.last.trouble == PRINTER_FINE);
	settle(&d);
	assert_int_equal(d.done, 0);
	assert_int_equal(ipp_peer_jobs(d.peer), 0);
	print_worker_retry(d.worker);
	AWAIT(&d, d.done == 2 && d.last.missed == 0);
	end(&d);
}

/* One label is with it and never comes out: it is taken back. */
static void what_a_printer_keeps_is_taken_back(void **state) {
	struct desk d;
	begin(&d, *state, IPP_KEEPS, 1500);
	print_worker_check_in(d.worker, OLENA);
	AWAIT(&d, ipp_peer_jobs(d.peer) == 1);
	print_worker_check_in(d.worker, TARAS);
	settle(&d);
	assert_int_equal(ipp_peer_jobs(d.peer), 1); /* one at a time */
	AWAIT(&d, ipp_peer_cancelled(d.peer) >= 1 && d.last.missed == 2);
	assert_int_equal(d.done, 0);
	print_worker_forget(d.worker);
	AWAIT(&d, d.last.missed == 0);
	end(&d);
}

static void a_printer_that_hangs_holds_up_nobody(void **state) {
	struct desk d;
	begin(&d, *state, IPP_HANGS, 0);
	int64_t from = clock_span_us();
	for (int i = 0; i < 20; i++) {
		assert_true(print_worker_check_in(d.worker, i % 2 == 0 ? OLENA : TARAS));
	}
	assert_true(clock_span_us() - from < 100000);
	print_worker_watch(d.worker);
	AWAIT(&d, d.last.trouble == PRINTER_SILENT && d.last.waiting == 2);
	print_worker_test(d.worker); /* it is asked again at once, and hangs … */
	clock_sleep_ms(300);
	from = clock_span_us();
	end(&d); /* … and whoever ends the program does not wait for that */
	assert_true((clock_span_us() - from) / 1000 < 2000);
}

static void staff_see_what_comes_out_and_try_it(void **state) {
	struct desk d;
	begin(&d, *state, IPP_GOOD, 0);
	print_worker_watch(d.worker);
	AWAIT(&d, d.pictures >= 1 && d.last.number >= 1);
	print_worker_test(d.worker);
	AWAIT(&d, ipp_peer_jobs(d.peer) == 1 && !d.last.printing);
	settle(&d);
	assert_int_equal(d.done, 0); /* nobody's label */
	print_worker_again(d.worker, "no such code", 12);
	AWAIT(&d, d.last.no_such_badge);
	end(&d);
}

static void without_a_printer_nothing_is_done(void **state) {
	struct desk d;
	struct err err = {0};
	begin(&d, *state, IPP_GOOD, 0);
	print_worker_close(d.worker);
	const struct print_worker_options options = {.path = d.path, .printer = "", .size = LABEL_62};
	assert_ok(print_worker_open(&options, &d.worker, &err));
	AWAIT(&d, d.last.kind == PRINT_STATE);
	print_worker_check_in(d.worker, OLENA);
	print_worker_all(d.worker, false);
	print_worker_test(d.worker);
	print_worker_watch(d.worker);
	print_worker_again(d.worker, "CODE", 4);
	settle(&d);
	assert_false(d.last.there);
	assert_int_equal(d.last.waiting, 0);
	assert_int_equal(ipp_peer_jobs(d.peer), 0);
	end(&d);
}

/* It got the whole label and did not say so: whether it came out only who stands there knows. */
static void what_may_have_come_out_is_not_sent_twice(void **state) {
	struct desk d;
	begin(&d, *state, IPP_FORGETS, 0);
	print_worker_check_in(d.worker, OLENA);
	AWAIT(&d, d.last.missed == 1);
	assert_int_equal(d.last.trouble, PRINTER_SILENT);
	clock_sleep_ms(4000); /* longer than until the next try */
	take(&d);
	assert_int_equal(ipp_peer_jobs(d.peer), 1);
	ipp_peer_become(d.peer, IPP_GOOD);
	print_worker_check_in(d.worker, TARAS); /* others go on */
	AWAIT(&d, d.done == 1);
	assert_int_equal(ipp_peer_jobs(d.peer), 2);
	assert_int_equal(d.last.missed, 1);
	print_worker_retry(d.worker); /* staff want it after all */
	AWAIT(&d, d.done == 2);
	assert_string_equal(d.person, OLENA);
	end(&d);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(whoever_signs_in_gets_one),
		TEST(who_had_one_at_another_box_gets_none),
		TEST(a_printer_without_paper_is_told_and_goes_on_when_it_has_some),
		TEST(other_labels_in_it_are_told),
		TEST(one_that_comes_back_prints_nothing_stale),
		TEST(what_a_printer_keeps_is_taken_back),
		TEST(a_printer_that_hangs_holds_up_nobody),
		TEST(staff_see_what_comes_out_and_try_it),
		TEST(without_a_printer_nothing_is_done),
		TEST(what_may_have_come_out_is_not_sent_twice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
