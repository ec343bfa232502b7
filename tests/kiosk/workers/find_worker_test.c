/* The thread that looks for people: what it tells of them, whose digits it takes, and for how long. */
#include "kiosk/workers/find_worker.h"

#include "lib/event_sample.h"
#include "lib/net.h"

#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "kiosk/workers/guesses.h"
#include "store/read/people.h"
#include "store/write/erasing.h"

#define OLENA "0000000000000000000a"
#define TARAS "0000000000000000000b"
#define YASNA "0000000000000000000c"
#define WALKED "0000000000000000000d" /* Olena as well, as will turn out */

struct desk {
	char *path;
	struct store *store;
	struct find_worker *worker;
	struct found_message *last;
	uint64_t number;
};

static const struct row {
	const char *id, *name, *community, *organisation, *phone;
} ROWS[] = {
	{OLENA, "Коваль Олена Петрівна", "Зарічна громада", "ГО «Приклад»", "067 123 45 67, (044) 765-43-21 дод. 12"},
	{TARAS, "Коваль Тарас", "", "ГО «Таємна»", "050 000 11 22"},
	{YASNA, "Коваль Ясна", "Зарічна громада", "", "дод. 1234"},
	{WALKED, "Коваленко Олена", "", "", "067 123 45 67"},
};

static void put(struct store *store, const struct row *row) {
	struct err err = {0};
	struct person p = {0};
	person_set(&p, PERSON_NAME, row->name);
	person_set(&p, PERSON_COMMUNITY, row->community);
	person_set(&p, PERSON_ORGANISATION, row->organisation);
	person_set(&p, PERSON_PHONE, row->phone);
	assert_ok(store_begin(store, &err));
	assert_ok(person_edit(store, &(struct person_edit){.id = row->id, .set = &p, .fresh = true}, &err));
	assert_ok(store_commit(store, &err));
	person_fini(&p);
}

static void start(struct desk *d) {
	struct err err = {0};
	assert_ok(find_worker_open(&(struct find_worker_options){.path = d->path}, &d->worker, &err));
}

static void stop(struct desk *d) {
	find_message_free(d->last);
	find_worker_close(d->worker);
	d->last = NULL;
	d->worker = NULL;
}

static struct desk *desk_open_here(const struct scratch *s) {
	struct desk *d = xcalloc(1, sizeof *d);
	d->path = scratch_path(s, "e.turnout");
	d->store = scratch_event(s, "e.turnout");
	for (size_t i = 0; i < COUNT_OF(ROWS); i++) {
		put(d->store, &ROWS[i]);
	}
	start(d);
	return d;
}

static void desk_close_here(struct desk *d) {
	stop(d);
	store_close(d->store);
	free(d->path);
	free(d);
}

static const struct found_message *wait_for(struct desk *d) {
	find_message_free(d->last);
	d->last = NULL;
	for (int waited = 0; d->last == NULL && waited < NET_LIMIT_MS; waited += 2) {
		d->last = find_worker_take(d->worker);
		if (d->last == NULL) {
			clock_sleep_ms(2);
		}
	}
	if (d->last == NULL) {
		fail_msg("no answer came");
	}
	assert_int_equal(d->last->number, d->number);
	return d->last;
}

static const struct found_message *find(struct desk *d, const char *text) {
	assert_true(find_worker_find(d->worker, text, ++d->number, 7));
	return wait_for(d);
}

static const struct found_message *confirm(struct desk *d, const char *person, const char *digits) {
	assert_true(find_worker_confirm(d->worker, person, digits, ++d->number));
	return wait_for(d);
}

static void expect_kind(const struct found_message *m, enum found_kind kind, int tries_left) {
	assert_int_equal(m->kind, kind);
	assert_int_equal(m->tries_left, tries_left);
}

/* The row of somebody in the last answer. */
static const struct found_row *row_of(const struct desk *d, const char *id) {
	size_t i = 0;
	while (i < d->last->count && !str_eq(d->last->rows[i].id, id)) {
		i++;
	}
	assert_true(i < d->last->count);
	return &d->last->rows[i];
}

/* --- tests --------------------------------------------------------------------------------------------------------------------------------- */

/* Given name, initial, community; and whoever has no community shows nothing else in its place. */
static void what_everybody_may_see(void **state) {
	struct desk *d = desk_open_here(*state);
	const struct found_message *m = find(d, "ковал");
	assert_int_equal(m->kind, FOUND_PEOPLE);
	assert_int_equal(m->count, COUNT_OF(ROWS));
	assert_int_equal(m->asked_us, 7);
	assert_string_equal(row_of(d, OLENA)->name, "Олена К.");
	assert_string_equal(row_of(d, OLENA)->community, "Зарічна громада");
	assert_string_equal(row_of(d, TARAS)->name, "Тарас К.");
	assert_string_equal(row_of(d, TARAS)->community, "");
	assert_true(row_of(d, OLENA)->can_confirm && row_of(d, TARAS)->can_confirm);
	assert_false(row_of(d, YASNA)->can_confirm); /* an extension is no number */
	for (size_t i = 0; i < m->count; i++) {
		assert_null(strstr(m->rows[i].name, "Ковал"));
	}
	assert_int_equal(find(d, "нема")->count, 0);
	assert_int_equal(d->last->kind, FOUND_PEOPLE);
	desk_close_here(d);
}

static void what_is_too_long_is_cut(void **state) {
	struct desk *d = desk_open_here(*state);
	struct strbuf community = {0};
	for (int i = 0; i < 90; i++) {
		strbuf_adds(&community, "Щі");
	}
	put(d->store, &(struct row){"0000000000000000000e", "Довга Соломія", strbuf_str(&community), "", ""});
	const char *shown = (find(d, "соломія"), row_of(d, "0000000000000000000e")->community);
	assert_true(str_ends(shown, "…"));
	assert_true(strlen(shown) < sizeof d->last->rows[0].community);
	assert_true(strncmp(shown, strbuf_str(&community), strlen(shown) - strlen("…")) == 0);
	strbuf_fini(&community);
	desk_close_here(d);
}

/* Of each of their numbers. */
static void the_last_digits(void **state) {
	struct desk *d = desk_open_here(*state);
	expect_kind(confirm(d, OLENA, "4567"), FOUND_CONFIRMED, 3);
	assert_string_equal(d->last->rows[0].id, OLENA);
	expect_kind(confirm(d, OLENA, "4321"), FOUND_CONFIRMED, 3);
	expect_kind(confirm(d, OLENA, "2112"), FOUND_WRONG, 2);
	expect_kind(confirm(d, OLENA, ""), FOUND_WRONG, 1);
	expect_kind(confirm(d, OLENA, "4567"), FOUND_CONFIRMED, 3); /* and all tries are theirs again */
	expect_kind(confirm(d, YASNA, "1234"), FOUND_WRONG, 0);     /* has none */
	desk_close_here(d);
}

/* Whatever the screen was left for, and whoever is typing. */
static void three_wrong_ones_are_for_staff(void **state) {
	struct desk *d = desk_open_here(*state);
	for (int left = 2; left >= 0; left--) {
		expect_kind(confirm(d, OLENA, "0000"), FOUND_WRONG, left);
		assert_int_equal(d->last->rows[0].can_confirm, left > 0);
		find(d, "олена");
		assert_int_equal(row_of(d, OLENA)->can_confirm, left > 0);
	}
	expect_kind(confirm(d, OLENA, "4567"), FOUND_WRONG, 0); /* the right ones too */
	expect_kind(confirm(d, TARAS, "1122"), FOUND_CONFIRMED, 3);
	/* Switching the box off and on does not help. */
	stop(d);
	start(d);
	expect_kind(confirm(d, OLENA, "4567"), FOUND_WRONG, 0);
	assert_true(find_worker_vouched(d->worker, TARAS));
	expect_kind(confirm(d, OLENA, "4567"), FOUND_WRONG, 0);
	assert_true(find_worker_vouched(d->worker, OLENA));
	expect_kind(confirm(d, OLENA, "4567"), FOUND_CONFIRMED, 3);
	desk_close_here(d);
}

/* Somebody with two rows that became one has no six tries. */
static void whoever_was_joined_is_one_person(void **state) {
	struct desk *d = desk_open_here(*state);
	struct err err = {0};
	assert_ok(store_begin(d->store, &err) && person_join(d->store, WALKED, OLENA, &err) && store_commit(d->store, &err));
	expect_kind(confirm(d, WALKED, "0000"), FOUND_WRONG, 2);
	expect_kind(confirm(d, OLENA, "0000"), FOUND_WRONG, 1);
	expect_kind(confirm(d, WALKED, "0000"), FOUND_WRONG, 0);
	expect_kind(confirm(d, OLENA, "4567"), FOUND_WRONG, 0);
	assert_true(find_worker_vouched(d->worker, WALKED));
	expect_kind(confirm(d, WALKED, "4567"), FOUND_CONFIRMED, 3);
	assert_string_equal(d->last->rows[0].id, OLENA);
	desk_close_here(d);
}

static void whoever_is_gone(void **state) {
	struct desk *d = desk_open_here(*state);
	struct err err = {0};
	int subjects;
	assert_int_equal(find(d, "ковал")->count, COUNT_OF(ROWS));
	assert_ok(store_begin(d->store, &err));
	assert_ok(person_edit(d->store, &(struct person_edit){.id = OLENA, .status = "removed"}, &err));
	assert_ok(erasure_of_person(d->store, TARAS, &subjects, &err));
	assert_ok(store_commit(d->store, &err));
	expect_kind(confirm(d, OLENA, "4567"), FOUND_GONE, 0);
	expect_kind(confirm(d, TARAS, "1122"), FOUND_GONE, 0);
	expect_kind(confirm(d, "ffffffffffffffffffff", "1122"), FOUND_GONE, 0);
	assert_int_equal(d->last->count, 0);
	assert_int_equal(find(d, "ковал")->count, 2);
	desk_close_here(d);
}

/* That nobody can be looked for is told, and is not that nobody has such a name; and it goes on when it can. */
static void a_search_that_fails(void **state) {
	struct scratch *s = *state;
	struct desk *d = desk_open_here(s);
	char *away = scratch_path(s, "away.turnout");
	stop(d);
	store_close(d->store);
	d->store = NULL;
	assert_int_equal(rename(d->path, away), 0);
	start(d);
	expect_kind(find(d, "олена"), FOUND_FAILED, 0);
	assert_int_equal(d->last->count, 0);
	expect_kind(confirm(d, OLENA, "4567"), FOUND_NOT_COMPARED, 0);
	assert_int_equal(rename(away, d->path), 0);
	assert_int_equal(find(d, "олена")->kind, FOUND_PEOPLE);
	assert_int_equal(d->last->count, 2);
	/* An index that cannot be asked: it was away a moment ago, and would find nobody. */
	event_sample_sql(d->path, "ALTER TABLE find_person RENAME TO gone");
	expect_kind(find(d, "олена"), FOUND_FAILED, 0);
	event_sample_sql(d->path, "ALTER TABLE gone RENAME TO find_person");
	/* A file that is being brought up to date: its index is not that of this program yet. */
	event_sample_sql(d->path, "UPDATE meta SET value = x'01' WHERE key = 'view_version'");
	stop(d);
	start(d);
	expect_kind(find(d, "олена"), FOUND_FAILED, 0);
	store_close(event_sample_open(d->path));
	assert_int_equal(find(d, "олена")->count, 2);
	expect_kind(confirm(d, OLENA, "4567"), FOUND_CONFIRMED, 3); /* what failed is no wrong guess */
	free(away);
	desk_close_here(d);
}

static const struct found_message *fill_in_not(struct desk *d, const char *set, const struct twins_denied *denied) {
	struct visitor *visitor = visitor_new();
	visitor->set = xstrdup(set);
	visitor->denied = *denied;
	assert_true(find_worker_twin(d->worker, visitor, ++d->number));
	visitor_free(visitor);
	expect_kind(wait_for(d), FOUND_TWIN, 0);
	return d->last;
}

static const struct found_message *fill_in(struct desk *d, const char *set) {
	return fill_in_not(d, set, &(struct twins_denied){.count = 0});
}

/* Whoever filled in the form is told of, in the search's terms, when they are on the roster by their number; a number alone tells of nobody. */
static void who_filled_in_the_form(void **state) {
	struct desk *d = desk_open_here(*state);
	fill_in(d, "{\"name\":\"Олена Коваль\",\"phone\":\"+38 067 1234567\",\"language\":\"uk\"}");
	assert_int_equal(d->last->count, 1);
	assert_string_equal(d->last->rows[0].id, OLENA);
	assert_string_equal(d->last->rows[0].name, "Олена К.");
	assert_string_equal(d->last->rows[0].community, "Зарічна громада");
	assert_true(d->last->rows[0].can_confirm);
	assert_int_equal(fill_in(d, "{\"name\":\"Іван Прикладовий\",\"phone\":\"067 123 45 67\"}")->count, 0);
	desk_close_here(d);
}

/* Of two whose name it may be the other one is told of next, and of nobody then. */
static void who_is_the_next_one(void **state) {
	static const char olena[] = "{\"name\":\"Олена\",\"phone\":\"067 123 45 67\"}";
	static const char *const ids[] = {OLENA, WALKED};
	struct desk *d = desk_open_here(*state);
	struct twins_denied denied = {.count = 0};
	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		assert_int_equal(fill_in_not(d, olena, &denied)->count, 1);
		assert_string_equal(d->last->rows[0].id, ids[i]);
		str_copy(denied.ids[denied.count++], sizeof denied.ids[0], ids[i]);
	}
	assert_int_equal(fill_in_not(d, olena, &denied)->count, 0);
	desk_close_here(d);
}

/* A telephone number is no way to learn whose it is: not by a letter, and not by trying. */
static void a_number_tells_of_nobody(void **state) {
	static const char taras[] = "{\"name\":\"Тарас\",\"phone\":\"050 000 11 22\"}";
	struct desk *d = desk_open_here(*state);
	assert_int_equal(fill_in(d, "{\"name\":\"Т\",\"phone\":\"050 000 11 22\"}")->count, 0);
	for (int left = 2; left >= 0; left--) {
		assert_int_equal(fill_in(d, taras)->count, 1);
		assert_int_equal(d->last->rows[0].can_confirm, left > 0);
	}
	assert_int_equal(fill_in(d, taras)->count, 0);
	expect_kind(confirm(d, TARAS, "1122"), FOUND_WRONG, 0);
	stop(d); /* switching the box off and on does not help */
	start(d);
	assert_int_equal(fill_in(d, taras)->count, 0);
	assert_true(find_worker_vouched(d->worker, TARAS));
	assert_int_equal(fill_in(d, taras)->count, 1);
	expect_kind(confirm(d, TARAS, "1122"), FOUND_CONFIRMED, 3); /* it is they: all tries are theirs again */
	desk_close_here(d);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(what_everybody_may_see),
		TEST(what_is_too_long_is_cut),
		TEST(the_last_digits),
		TEST(three_wrong_ones_are_for_staff),
		TEST(whoever_was_joined_is_one_person),
		TEST(whoever_is_gone),
		TEST(a_search_that_fails),
		TEST(who_filled_in_the_form),
		TEST(who_is_the_next_one),
		TEST(a_number_tells_of_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
