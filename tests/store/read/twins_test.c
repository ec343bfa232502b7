/* People who may be one: by what they share, and how they are called. */
#include "store/read/twins.h"

#include <time.h>

#include "lib/event_sample.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/read/people.h"

struct row {
	const char *id, *name, *email, *phone, *registration;
};

static const struct row ROWS[] = {
	{"0000000000000000000a", "Коваль Олена Петрівна", "Olena@Example.org", "067 123 45 67, (044) 765-43-21 дод. 12", "confirmed"},
	{"0000000000000000000b", "Коваль Тарас", "", "067 123 45 67", ""}, /* of one family */
	{"0000000000000000000c", "Olena Koval", "OLENA@example.ORG", "+38 (044) 765 43 21", "pending"},
	{"0000000000000000000d", "Приклад Ясна", "немає", "дод. 1234", ""},
	{"0000000000000000000e", "Приклад Ясна", "немає", "дод. 1234", ""}, /* no address, no number */
	{"0000000000000000000f", "Згурська Ія", "iia@example.org", "", ""},
	{"00000000000000000010", "Згурська Ія", "iia@example.org", "", ""}, /* will be removed */
	{"00000000000000000011", "Згурська Ія", "iia@example.org", "", ""}, /* will be joined into the first */
};

static struct person person_of(const struct row *row) {
	struct person p = {0};
	person_set(&p, PERSON_NAME, row->name);
	person_set(&p, PERSON_EMAIL, row->email);
	person_set(&p, PERSON_PHONE, row->phone);
	person_set(&p, PERSON_REGISTRATION, row->registration);
	return p;
}

static void put(struct store *store, const struct row *row) {
	struct err err = {0};
	struct person p = person_of(row);
	assert_ok(person_edit(store, &(struct person_edit){.id = row->id, .set = &p, .fresh = true}, &err));
	person_fini(&p);
}

static bool note(void *context, const struct twins *t, struct err *err) {
	(void)err;
	strbuf_addf(context, "%s %s|%s %s|%s %s\n", t->person[0].id, t->person[0].name, t->person[1].id, t->person[1].name,
		    person_field_key(t->by), t->value);
	return true;
}

static void each_two_once(void **state) {
	struct err err = {0};
	struct strbuf out = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	struct given_names *given = given_names_open();
	assert_ok(store_begin(store, &err));
	for (size_t i = 0; i < COUNT_OF(ROWS); i++) {
		put(store, &ROWS[i]);
	}
	assert_ok(person_edit(store, &(struct person_edit){.id = ROWS[6].id, .status = "removed"}, &err));
	assert_ok(person_join(store, ROWS[7].id, ROWS[5].id, &err));
	assert_ok(store_commit(store, &err));
	assert_ok(twins_each(store, given, note, &out, &err));
	assert_string_equal(strbuf_str(&out), "0000000000000000000c Olena Koval|0000000000000000000a Коваль Олена Петрівна|email "
					      "olena@example.org\n"); /* who waits for a confirmation goes into who has one */
	strbuf_fini(&out);
	given_names_close(given);
	store_close(store);
}

static void somebody_on_the_roster(void **state) {
	static const struct {
		struct row who;
		const char *is;
	} cases[] = {
		{{"", "Олена Коваль", "", "0671234567", ""}, "0000000000000000000a"},
		{{"", "Тарас Коваль", "", "0671234567", ""}, "0000000000000000000b"},
		{{"", "Ганна Коваль", "", "0671234567", ""}, ""},
		{{"", "Олена Коваль", "olena@EXAMPLE.org", "", ""}, "0000000000000000000a"}, /* the other one waits for a confirmation */
		{{"", "Олена Коваль", "", "", ""}, ""},
		{{"", "", "olena@example.org", "", ""}, ""},
		{{"", "Ясна Приклад", "немає", "12-34", ""}, ""},
	};
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	struct given_names *given = given_names_open();
	assert_ok(store_begin(store, &err));
	for (size_t i = COUNT_OF(ROWS); i > 0; i--) {
		put(store, &ROWS[i - 1]);
	}
	assert_ok(store_commit(store, &err));
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char id[PERSON_ID_LEN + 1];
		struct person who = person_of(&cases[i].who);
		assert_ok(twin_find(store, given, &(struct twin_question){.who = &who}, id, &err));
		assert_string_equal(id, cases[i].is);
		person_fini(&who);
	}
	given_names_close(given);
	store_close(store);
}

/* Whoever stands first on the list hides nobody whose name it is. */
static void whose_name_it_is(void **state) {
	static const struct row rows[] = {
		{"00000000000000000030", "О. Коваль", "", "0671234567", "confirmed"},
		{"00000000000000000031", "Олена Коваль-Зарічна", "", "0671234567", "confirmed"},
		{"00000000000000000032", "Коваль Олена", "", "0671234567", "pending"},
		{"00000000000000000033", "Олена Коваль", "", "0671234567", "confirmed"},
	};
	struct err err = {0};
	char id[PERSON_ID_LEN + 1];
	struct store *store = scratch_event(*state, "e.turnout");
	struct given_names *given = given_names_open();
	struct person who = person_of(&(struct row){"", "Олена Коваль", "", "0671234567", ""});
	assert_ok(store_begin(store, &err));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		put(store, &rows[i]);
		assert_ok(store_commit(store, &err));
		assert_ok(twin_find(store, given, &(struct twin_question){.who = &who}, id, &err));
		assert_string_equal(id, rows[i].id); /* each fits better than those before it */
		assert_ok(store_begin(store, &err));
	}
	store_rollback(store);
	person_fini(&who);
	given_names_close(given);
	store_close(store);
}

static bool is_not_the_first(void *context, const char *id) {
	(void)context;
	return !str_eq(id, ROWS[0].id);
}

/* By a number and a letter nobody is, and nobody hears of who was turned away. */
static void whom_nobody_is_told_of(void **state) {
	static const struct row turned_away[] = {
		{"00000000000000000020", "Приклад Ада", "ada@example.org", "", "declined"},
		{"00000000000000000021", "Приклад Ада", "ada@example.org", "", "cancelled"},
		{"00000000000000000022", "Приклад Ада", "ada@example.org", "", "waiting"},
	};
	static const struct {
		struct row who;
		const char *is;
	} cases[] = {
		{{"", "Т", "", "0671234567", ""}, ""},
		{{"", "О. К.", "", "0671234567", ""}, ""},
		{{"", "Ада Приклад", "ada@example.org", "", ""}, "00000000000000000022"},
		{{"", "Олена Коваль", "olena@example.org", "", ""}, "0000000000000000000c"},
		{{"", "Олена Коваль", "", "0671234567", ""}, ""},
	};
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	struct given_names *given = given_names_open();
	assert_ok(store_begin(store, &err));
	for (size_t i = 0; i < COUNT_OF(ROWS); i++) {
		put(store, &ROWS[i]);
	}
	for (size_t i = 0; i < COUNT_OF(turned_away); i++) {
		put(store, &turned_away[i]);
	}
	assert_ok(store_commit(store, &err));
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char id[PERSON_ID_LEN + 1];
		struct person who = person_of(&cases[i].who);
		assert_ok(twin_find(store, given, &(struct twin_question){.who = &who, .may_tell = is_not_the_first}, id, &err));
		assert_string_equal(id, cases[i].is);
		person_fini(&who);
	}
	given_names_close(given);
	store_close(store);
}

static bool count(void *context, const struct twins *t, struct err *err) {
	(void)err;
	assert_string_equal(t->person[0].name, t->person[1].name);
	++*(size_t *)context;
	return true;
}

#define FOLDED "somebody-with-a-long-address" /* as it is compared: the file has it in capitals */

/* In memory that is in use, or was given back. */
static bool is_in_heap(const char *text) {
	char line[256];
	bool found = false;
	FILE *maps = fopen("/proc/self/maps", "r");
	assert_non_null(maps);
	while (fgets(line, sizeof line, maps) != NULL) {
		uintptr_t from, to;
		if (strstr(line, "[heap]") != NULL && sscanf(line, "%" SCNxPTR "-%" SCNxPTR, &from, &to) == 2) {
			found = found || memmem((const void *)from, to - from, text, strlen(text)) != NULL;
		}
	}
	fclose(maps);
	return found;
}

/* Telephones and addresses of the whole roster do not stay behind in memory. */
static void what_was_compared_is_wiped(void **state) {
	static const struct row rows[] = {
		{"00000000000000000040", "Приклад Ада", "FROM-A-PLACE-SOMEBODY-WITH-A-LONG-ADDRESS@AND-A-PLACE-THAT-HAS-A-LONG-ONE.EXAMPLE",
		 "", ""},
		{"00000000000000000041", "Приклад Ада", "From-A-Place-Somebody-With-A-Long-Address@And-A-Place-That-Has-A-Long-One.Example",
		 "", ""},
	};
	struct err err = {0};
	size_t pairs = 0;
	char *there = xstrdup(FOLDED);
	bool elsewhere = !is_in_heap(FOLDED); /* a sanitizer keeps memory elsewhere */
	crypto_wipe_text(there);
#ifndef __SANITIZE_ADDRESS__
	assert_false(elsewhere);
#endif
	if (elsewhere) {
		skip();
	}
	struct store *store = scratch_event(*state, "e.turnout");
	struct given_names *given = given_names_open();
	assert_ok(store_begin(store, &err));
	put(store, &rows[0]);
	put(store, &rows[1]);
	assert_ok(store_commit(store, &err));
	assert_false(is_in_heap(FOLDED));
	assert_ok(twins_each(store, given, count, &pairs, &err));
	assert_int_equal(pairs, 1);
	assert_false(is_in_heap(FOLDED));
	given_names_close(given);
	store_close(store);
}

/* No two of these are a slip apart. */
static void name_of_number(int number, char name[64]) {
	static const char *const syllables[] = {"baba", "dodo", "kuku", "mimi", "rere", "sasa", "toto", "vuvu", "lili", "nene"};
	snprintf(name, 64, "%s%s%s%s", syllables[number / 1000 % 10], syllables[number / 100 % 10], syllables[number / 10 % 10],
		 syllables[number % 10]);
}

/* An office's number that thousands gave, one of them twice: what is compared grows as they do, not with their square. */
static void a_number_of_many(void **state) {
	enum { PEOPLE = 3000 };
	struct err err = {0};
	size_t pairs = 0;
	struct store *store = scratch_event(*state, "e.turnout");
	struct given_names *given = given_names_open();
	assert_ok(store_begin(store, &err));
	for (int i = 0; i < PEOPLE; i++) {
		char id[PERSON_ID_LEN + 1], name[64];
		snprintf(id, sizeof id, "%020d", i);
		name_of_number(i + 1 == PEOPLE ? 1234 : i, name);
		put(store, &(struct row){id, name, "", "044 123 45 67", ""});
	}
	assert_ok(store_commit(store, &err));
	clock_t begun = clock(); /* of the processor: how busy the machine is does not matter */
	assert_ok(twins_each(store, given, count, &pairs, &err));
	assert_int_equal(pairs, 1);
	assert_true((clock() - begun) / CLOCKS_PER_SEC < 5); /* all with all are a minute's work */
	given_names_close(given);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(each_two_once),          TEST(somebody_on_the_roster),
					   TEST(whose_name_it_is),       TEST(what_was_compared_is_wiped),
					   TEST(whom_nobody_is_told_of), TEST(a_number_of_many)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
