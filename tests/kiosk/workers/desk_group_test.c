/* A delegation of 500 is ticked off at a box: whoever may come in is in, on disk and by whom of the staff; whoever may not is told, and why; a badge that comes in the
 * middle waits for a handful of them and no more. */
#include "kiosk/workers/desk_worker.h"

#include "lib/event_sample.h"
#include "lib/net.h"
#include "lib/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "kiosk/workers/people_worker.h"
#include "store/read/checkins.h"
#include "store/read/people.h"
#include "store/read/points.h"

#define PEOPLE 500
#define PENDING 7 /* of them, each hundredth from here on: nobody has confirmed them */
#define PRESS 50  /* likewise: a rule keeps them out */
#define DELEGATION "Полтавська делегація"

struct box {
	char *path;
	struct desk_worker *desk;
	struct people_worker *people;
	uint64_t number;
};

static void put_person(struct store *store, size_t i) {
	struct err err = {0};
	struct person p = {0};
	char id[PERSON_ID_LEN + 1], name[64];
	snprintf(id, sizeof id, "%020zu", i);
	snprintf(name, sizeof name, "Делегат %03zu", i);
	person_set(&p, PERSON_NAME, name);
	if (i < PEOPLE) {
		person_set_custom(&p, "Делегація", DELEGATION);
	} else {
		person_set(&p, PERSON_CODE, "CODE-A");
	}
	if (i % 100 == PENDING) {
		person_set(&p, PERSON_REGISTRATION, "pending");
	} else if (i % 100 == PRESS) {
		person_set(&p, PERSON_CATEGORY, "press");
	}
	assert_ok(person_edit(store, &(struct person_edit){.id = id, .set = &p, .fresh = true}, &err));
	person_fini(&p);
}

static struct box *box_open(const struct scratch *s) {
	struct box *b = xcalloc(1, sizeof *b);
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	assert_ok(store_begin(store, &err));
	for (size_t i = 0; i <= PEOPLE; i++) {
		put_person(store, i);
	}
	assert_ok(rule_put(store, "press", "{\"at\":\"arrival\",\"for\":\"category=press\",\"may\":\"no\"}", &err));
	assert_ok(store_commit(store, &err));
	store_close(store);
	b->path = scratch_path(s, "e.turnout");
	assert_ok(desk_worker_open(&(struct desk_worker_options){.path = b->path, .point = "arrival"}, &b->desk, &err));
	assert_ok(people_worker_open(&(struct people_worker_options){.path = b->path}, &b->people, &err));
	return b;
}

static void box_close(struct box *b) {
	people_worker_close(b->people);
	desk_worker_close(b->desk);
	free(b->path);
	free(b);
}

static struct people_message *ask(struct box *b, enum people_kind kind, const char *text) {
	struct people_question q = {.kind = kind, .number = ++b->number, .now = clock_utc(), .group = GROUP_DELEGATION};
	struct people_message *m = NULL;
	str_copy(q.stand, sizeof q.stand, "arrival");
	str_copy(q.text, sizeof q.text, text);
	assert_true(people_worker_ask(b->people, &q));
	for (int waited = 0; waited < NET_LIMIT_MS && m == NULL; waited += 5) {
		m = people_worker_take(b->people);
		if (m == NULL) {
			clock_sleep_ms(5);
		}
	}
	if (m == NULL) {
		fail_msg("nothing was told of people");
		abort();
	}
	assert_false(m->failed);
	assert_int_equal(m->number, b->number);
	return m;
}

/* The next answer to a scan or to people who are signed in together; what comes between is nobody's here. */
static struct desk_message *next(struct box *b) {
	for (int waited = 0; waited < NET_LIMIT_MS; waited += 1) {
		struct desk_message *m = desk_worker_take(b->desk);
		if (m != NULL && (m->kind == DESK_GROUP || m->kind == DESK_ANSWERED)) {
			return m;
		}
		if (m == NULL) {
			clock_sleep_ms(1);
		} else if (m->kind == DESK_FAILED) {
			fail_msg("the store thread failed: %s", m->text);
		}
		desk_message_free(m);
	}
	fail_msg("no answer came");
	return NULL;
}

static size_t send_some(struct box *b, const struct muster *muster, size_t from) {
	struct group_sign_in group = {.number = 1000 + from, .by = "olena"};
	while (group.count < GROUP_TOGETHER_MAX && from + group.count < muster->count) {
		str_copy(group.ids[group.count], sizeof group.ids[0], muster->items[from + group.count].id);
		group.count++;
	}
	assert_true(desk_worker_group(b->desk, &group));
	return group.count;
}

struct tally {
	size_t in, pending, denied, others;
};

static void count(const struct desk_message *m, struct tally *t) {
	for (size_t i = 0; i < m->group_count; i++) {
		const struct group_answer *a = &m->group[i];
		assert_true(a->kept);
		t->in += a->outcome == OUTCOME_ACCEPTED;
		t->pending += a->outcome == OUTCOME_NOT_EXPECTED && a->registration == REGISTRATION_PENDING && !a->not_listed;
		t->denied += a->outcome == OUTCOME_NOT_ENTITLED;
		t->others += a->outcome != OUTCOME_ACCEPTED && a->outcome != OUTCOME_NOT_EXPECTED && a->outcome != OUTCOME_NOT_ENTITLED;
	}
}

static void assert_books(const char *path) {
	struct err err = {0};
	struct checkins books;
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	assert_ok(checkins_load(store, &books, &err));
	size_t staff = 0;
	for (size_t i = 0; i < books.count; i++) {
		staff += checkin_stands(&books.items[i]) && str_eq(books.items[i].how, "staff") && str_eq(books.items[i].by, "olena");
	}
	assert_int_equal(staff, PEOPLE - 10);
	checkins_fini(&books);
	store_close(store);
}

static void a_delegation_of_500(void **state) {
	struct box *b = box_open(*state);
	struct people_message *m = ask(b, PEOPLE_GROUPS, "");
	assert_true(m->groups.count == 1 && m->groups.items[0].to_do == PEOPLE && m->has_group[GROUP_DELEGATION]);
	assert_false(m->has_group[GROUP_ORGANISATION]);
	people_message_free(m);
	m = ask(b, PEOPLE_MUSTER, DELEGATION);
	assert_int_equal(m->muster.count, PEOPLE);
	struct tally tally = {0};
	bool badge = false;
	for (size_t from = 0; from < m->muster.count;) {
		size_t sent = send_some(b, &m->muster, from);
		bool middle = from == 10 * (size_t)GROUP_TOGETHER_MAX;
		assert_true(!middle || desk_worker_scan(b->desk, "CODE-A", 6, "camera", 0));
		struct desk_message *d = next(b);
		assert_int_equal(d->kind, DESK_GROUP);
		assert_int_equal(d->number, 1000 + from);
		assert_int_equal(d->group_count, sent);
		count(d, &tally);
		desk_message_free(d);
		if (middle) { /* before any of those that were not sent yet */
			d = next(b);
			assert_true(d->kind == DESK_ANSWERED && d->kept && d->outcome == OUTCOME_ACCEPTED);
			badge = true;
			desk_message_free(d);
			/* What was answered is on disk at that moment, as anybody sees who reads the file. */
			struct people_message *now = ask(b, PEOPLE_GROUPS, "");
			assert_int_equal(now->groups.items[0].to_do, (int64_t)(PEOPLE - tally.in));
			people_message_free(now);
		}
		from += sent;
	}
	assert_true(badge);
	assert_true(tally.in == PEOPLE - 10 && tally.pending == 5 && tally.denied == 5 && tally.others == 0);
	people_message_free(m);
	m = ask(b, PEOPLE_MUSTER, DELEGATION);
	assert_int_equal(m->muster.count, 10); /* whoever was refused */
	assert_int_equal(m->muster.people, PEOPLE);
	people_message_free(m);
	char *path = xstrdup(b->path);
	box_close(b);
	assert_books(path);
	free(path);
}

/* Whoever left the roster meanwhile, and a file that is gone: nobody is told that they are in. */
static void who_cannot_be_signed_in(void **state) {
	struct box *b = box_open(*state);
	struct group_sign_in group = {.number = 5, .by = "", .count = 2, .ids = {"ffffffffffffffffffff", "00000000000000000001"}};
	assert_true(desk_worker_group(b->desk, &group));
	struct desk_message *d = next(b);
	assert_true(d->group_count == 2 && !d->group[0].kept && d->group[0].gone);
	assert_true(d->group[1].kept && d->group[1].outcome == OUTCOME_ACCEPTED && d->news);
	desk_message_free(d);
	assert_int_equal(unlink(b->path), 0);
	group.count = 1;
	str_copy(group.ids[0], sizeof group.ids[0], "00000000000000000002");
	assert_true(desk_worker_group(b->desk, &group));
	d = next(b);
	assert_true(d->group_count == 1 && !d->group[0].kept && !d->group[0].gone);
	desk_message_free(d);
	assert_true(desk_worker_group(b->desk, &group)); /* by now it is known to be gone */
	d = next(b);
	assert_true(d->number == 5 && d->group_count == 1 && !d->group[0].kept);
	desk_message_free(d);
	box_close(b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(a_delegation_of_500), TEST(who_cannot_be_signed_in)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
