/* The thread that tells staff about people: whom it finds and by what, and all that stands on somebody's card. */
#include "kiosk/workers/people_worker.h"

#include "lib/event_sample.h"
#include "lib/meet.h"
#include "lib/net.h"
#include "lib/testing.h"

#include <stdlib.h>
#include <string.h>

#include "badge/code.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "kiosk/workers/deed.h"
#include "store/read/people.h"
#include "store/read/points.h"
#include "store/view/roles.h"

#define OLENA "0000000000000000000a"
#define TARAS "0000000000000000000b"
#define LONG_NAME "Олександра-Вікторія Константинопольська-Переяславська з Великих Будищ Диканського району"

struct desk {
	char *path;
	struct store *store;
	struct people_worker *worker;
	struct people_message *last;
	uint64_t number;
};

static void put(struct store *store, const char *id, const char *set) {
	struct err err = {0};
	assert_ok(store_begin(store, &err));
	assert_ok(person_edit(store, &(struct person_edit){.id = id, .set_json = set, .fresh = true}, &err));
	assert_ok(store_commit(store, &err));
}

static struct desk *start(const struct scratch *s) {
	struct desk *d = xcalloc(1, sizeof *d);
	struct err err = {0};
	d->path = event_sample_bare(s, "e.turnout");
	d->store = event_sample_open(d->path);
	put(d->store, OLENA,
	    "{\"name\":\"" LONG_NAME "\",\"organisation\":\"ГО «Приклад»\",\"position\":\"Голова\",\"community\":\"Зарічна громада\","
	    "\"region\":\"Полтавська область\",\"category\":\"speaker\",\"code\":\"CODE-A\",\"note\":\"Без лактози\",\"custom:Делегація\":"
	    "\"Полтава\"}");
	put(d->store, TARAS, "{\"name\":\"Коваль Тарас\",\"organisation\":\"Асоціація пасічників\",\"registration\":\"pending\"}");
	assert_ok(people_worker_open(&(struct people_worker_options){.path = d->path}, &d->worker, &err));
	return d;
}

static void stop(struct desk *d) {
	people_message_free(d->last);
	people_worker_close(d->worker);
	store_close(d->store);
	free(d->path);
	free(d);
}

static const struct people_message *ask(struct desk *d, struct people_question q, const char *stand) {
	q.number = ++d->number;
	q.now = clock_utc();
	str_copy(q.stand, sizeof q.stand, stand);
	people_message_free(d->last);
	d->last = NULL;
	assert_true(people_worker_ask(d->worker, &q));
	for (int waited = 0; waited < NET_LIMIT_MS && d->last == NULL; waited += 5) {
		d->last = people_worker_take(d->worker);
		if (d->last == NULL) {
			clock_sleep_ms(5);
		}
	}
	if (d->last == NULL) {
		fail_msg("nothing was told of people");
		abort();
	}
	assert_int_equal(d->last->number, d->number);
	return d->last;
}

static const struct people_message *find(struct desk *d, const char *text) {
	struct people_question q = {.kind = PEOPLE_FOUND};
	str_copy(q.text, sizeof q.text, text);
	return ask(d, q, "arrival");
}

static const struct people_card *card(struct desk *d, const char *person, const char *stand) {
	struct people_question q = {.kind = PEOPLE_CARD};
	str_copy(q.person, sizeof q.person, person);
	return ask(d, q, stand)->card;
}

static void assert_one(const struct people_message *m, const char *id) {
	assert_false(m->failed);
	assert_int_equal(m->row_count, 1);
	assert_string_equal(m->rows[0].id, id);
}

static void by_name_code_and_organisation(void **state) {
	struct desk *d = start(*state);
	assert_one(find(d, "олександра"), OLENA);
	assert_string_equal(d->last->rows[0].name, LONG_NAME);
	assert_string_equal(d->last->rows[0].from, "ГО «Приклад»");
	assert_string_equal(d->last->rows[0].place, "Зарічна громада, Полтавська область");
	assert_true(d->last->rows[0].registration == REGISTRATION_UNSAID && !d->last->rows[0].arrival.in);
	assert_one(find(d, "CODE-A"), OLENA);
	char aloud[CODE_ALOUD_MAX]; /* what stands under the code on paper is what staff type */
	code_read_aloud("CODE-A", aloud);
	assert_string_not_equal(aloud, "CODE-A");
	assert_one(find(d, aloud), OLENA);
	assert_one(find(d, "пасічн"), TARAS);
	assert_int_equal(d->last->rows[0].registration, REGISTRATION_PENDING);
	assert_int_equal(find(d, "Нікого")->row_count, 0);
	people_worker_rest(d->worker); /* nobody looks; then somebody does again */
	meet_check_in(d->store, "CODE-A");
	assert_one(find(d, "приклад"), OLENA);
	assert_true(d->last->rows[0].arrival.in && d->last->rows[0].arrival.since.v != 0);
	stop(d);
}

static void all_that_helps_at_the_door(void **state) {
	struct desk *d = start(*state);
	struct err err = {0};
	assert_ok(store_begin(d->store, &err) && point_put(d->store, "lunch", "{\"name\":\"Обід\",\"for\":\"category=speaker\"}", &err) &&
		  point_put(d->store, "bag", "{\"name\":\"Пакет\"}", &err) && store_commit(d->store, &err));
	struct deed note = {.kind = DEED_NOTE, .person = OLENA, .text = "Потрібен пандус", .door = true};
	assert_ok(deed_do(d->store, &note, &err));
	const struct people_card *c = card(d, OLENA, "arrival");
	assert_string_equal(c->name, LONG_NAME);
	assert_string_equal(c->position, "Голова");
	assert_string_equal(c->category, "speaker");
	assert_string_equal(c->group[GROUP_DELEGATION], "Полтава");
	assert_string_equal(c->group[GROUP_COMMUNITY], "Зарічна громада");
	assert_string_equal(c->code, "CODE-A");
	assert_true(c->point_count == 1 && str_eq(c->points[0], "lunch"));
	assert_true(c->note_count == 2 && c->notes[0].door && str_eq(c->notes[0].text, "Потрібен пандус"));
	assert_true(!c->notes[1].door && str_eq(c->notes[1].text, "Без лактози"));
	assert_false(c->arrival.in || c->elsewhere || c->removed || c->revoked);
	meet_check_in(d->store, "CODE-A");
	c = card(d, OLENA, "lunch");
	assert_true(c->arrival.in && c->arrival.box[0] != '\0' && c->elsewhere && !c->here.in);
	assert_int_equal(card(d, TARAS, "arrival")->registration, REGISTRATION_PENDING);
	assert_null(card(d, "ffffffffffffffffffff", "arrival"));
	assert_false(d->last->failed);
	stop(d);
}

/* A place that is none any more, and a file that is not there: that is said, and the next question is answered. */
static void what_cannot_be_looked_up(void **state) {
	struct scratch *s = *state;
	struct desk *d = start(s);
	struct people_question q = {.kind = PEOPLE_GROUPS, .group = GROUP_ORGANISATION};
	assert_true(ask(d, q, "room:Nowhere")->failed);
	assert_int_equal(ask(d, q, "arrival")->groups.count, 2);
	char *path = scratch_path(s, "none.turnout");
	struct people_worker *none = NULL, *there = d->worker;
	struct err err = {0};
	assert_ok(people_worker_open(&(struct people_worker_options){.path = path}, &none, &err));
	d->worker = none;
	assert_true(find(d, "Коваль")->failed);
	d->worker = there;
	assert_true(people_worker_ask(none, &q)); /* that nobody takes any more */
	people_worker_close(none);
	people_worker_close(NULL);
	people_message_free(NULL);
	free(path);
	stop(d);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(by_name_code_and_organisation), TEST(all_that_helps_at_the_door),
					   TEST(what_cannot_be_looked_up)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
