/* What is suggested to whoever types where they come from. */
#include "store/read/suggest.h"

#include "lib/event_sample.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/given_names.h"
#include "store/read/people.h"
#include "store/read/places.h"

struct bench {
	struct store *store;
	struct given_names *given;
	struct suggester *suggester;
};

static void put_person(struct store *store, int n, const char *community, const char *region, const char *organisation) {
	struct err err = {0};
	char id[PERSON_ID_LEN + 1];
	struct person p = {0};
	snprintf(id, sizeof id, "%020d", n);
	person_set(&p, PERSON_NAME, "Хтось");
	person_set(&p, PERSON_COMMUNITY, community);
	person_set(&p, PERSON_REGION, region);
	person_set(&p, PERSON_ORGANISATION, organisation);
	assert_ok(person_edit(store, &(struct person_edit){.id = id, .set = &p, .fresh = true}, &err));
	person_fini(&p);
}

static struct bench open_bench(const struct scratch *s) {
	struct err err = {0};
	struct bench b = {.store = scratch_event(s, "e.turnout"), .given = given_names_open()};
	assert_ok(store_begin(b.store, &err));
	static const struct place_list lists[] = {
		{.region = "Рівненська область",
		 .district = "Рівненський район",
		 .places = "Зарічна\tЗарічне\nЗарічна\tБатьківка\nЗорянська\tЗоря"},
		{.region = "Закарпатська область", .district = "Ужгородський район", .places = "Зарічна\tЗарічне"},
		{.region = "Київ", .district = "", .places = "Київ"},
	};
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		assert_ok(places_put(b.store, &lists[i], &err));
	}
	put_person(b.store, 1, "Сорочинська громада", "Полтавська область", "ГО «Ліс»");
	put_person(b.store, 2, "Сорочинська громада", "Полтавська область", "Школа № 12");
	put_person(b.store, 3, "Сорокотязька громада", "Київська область", "Школа № 5");
	put_person(b.store, 4, "Зорянська", "", "школа мистецтв");
	assert_ok(store_commit(b.store, &err));
	b.suggester = suggester_open(b.store, b.given);
	return b;
}

static void close_bench(struct bench *b) {
	suggester_close(b->suggester);
	given_names_close(b->given);
	store_close(b->store);
}

/* `wanted`: each as TEXT(community; district; region), with | between. */
static void suggests(struct bench *b, enum person_field field, const char *typed, const char *wanted) {
	struct err err = {0};
	struct suggestions all;
	struct strbuf out = {0};
	assert_ok(suggester_find(b->suggester, field, typed, &all, &err));
	for (size_t i = 0; i < all.count; i++) {
		const struct suggestion *s = &all.items[i];
		strbuf_addf(&out, "%s%s(%s;%s;%s)", i > 0 ? "|" : "", s->text, s->community, s->district, s->region);
	}
	if (!str_eq(strbuf_str(&out), wanted)) {
		fail_msg("\"%s\" suggests %s, not %s", typed, strbuf_str(&out), wanted);
	}
	strbuf_fini(&out);
}

/* Somebody says more of where they come from; what is known is read anew. */
static void edit_place(struct bench *b, int n, const char *set) {
	struct err err = {0};
	char id[PERSON_ID_LEN + 1];
	snprintf(id, sizeof id, "%020d", n);
	assert_ok(store_begin(b->store, &err) && person_edit(b->store, &(struct person_edit){.id = id, .set_json = set}, &err) &&
		  store_commit(b->store, &err));
	suggester_close(b->suggester);
	b->suggester = suggester_open(b->store, b->given);
}

static void what_begins_so(void **state) {
	struct bench b = open_bench(*state);
	suggests(&b, PERSON_COMMUNITY, "зар",
		 "Зарічна(;Ужгородський район;Закарпатська область)|Зарічна(;Рівненський район;Рівненська область)");
	/* More people first; whoever says no more of it than its name is of the place that is known. */
	suggests(&b, PERSON_COMMUNITY, "Соро", "Сорочинська громада(;;Полтавська область)|Сорокотязька громада(;;Київська область)");
	suggests(&b, PERSON_COMMUNITY, "зорян", "Зорянська(;Рівненський район;Рівненська область)");
	suggests(&b, PERSON_COMMUNITY, "громада соро",
		 "Сорочинська громада(;;Полтавська область)|Сорокотязька громада(;;Київська область)");
	suggests(&b, PERSON_SETTLEMENT, "бать", "Батьківка(Зарічна;Рівненський район;Рівненська область)");
	edit_place(&b, 4,
		   "{\"settlement\":\"Батьківка\",\"community\":\"Зарічна\",\"district\":\"Рівненський район\",\"region\":\"Рівненська "
		   "область\"}");
	suggests(&b, PERSON_SETTLEMENT, "бать", "Батьківка(Зарічна;Рівненський район;Рівненська область)"); /* once */
	suggests(&b, PERSON_DISTRICT, "ужго", "Ужгородський район(;;Закарпатська область)");
	suggests(&b, PERSON_REGION, "київ", "Київ(;;)|Київська область(;;)");
	suggests(&b, PERSON_ORGANISATION, "школа", "Школа № 12(;;)|Школа № 5(;;)|школа мистецтв(;;)");
	suggests(&b, PERSON_ORGANISATION, "12", "Школа № 12(;;)");
	suggests(&b, PERSON_ORGANISATION, "ліс", "ГО «Ліс»(;;)");
	close_bench(&b);
}

static void what_sounds_so_or_was_typed_in_another_layout(void **state) {
	struct bench b = open_bench(*state);
	suggests(&b, PERSON_COMMUNITY, "Zorianska", "Зорянська(;Рівненський район;Рівненська область)");
	suggests(&b, PERSON_COMMUNITY, "зорянскьа", "Зорянська(;Рівненський район;Рівненська область)"); /* a slip */
	suggests(&b, PERSON_COMMUNITY, "pjhzy", "Зорянська(;Рівненський район;Рівненська область)");     /* зорян */
	close_bench(&b);
}

static void what_suggests_nothing(void **state) {
	struct bench b = open_bench(*state);
	static const char *const texts[] = {"", " ", "—", "%", "\xff", "хххххх"};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		suggests(&b, PERSON_COMMUNITY, texts[i], "");
	}
	suggests(&b, PERSON_NAME, "хтось", ""); /* people are nobody's to browse */
	suggests(&b, PERSON_PHONE, "0", "");
	assert_true(suggest_has(PERSON_COMMUNITY) && !suggest_has(PERSON_NAME) && !suggest_has(PERSON_EMAIL));
	suggester_close(NULL);
	close_bench(&b);
}

/* No more than there is room for. */
static void of_many_some(void **state) {
	struct bench b = open_bench(*state);
	struct err err = {0};
	struct suggestions all;
	assert_ok(store_begin(b.store, &err));
	for (int i = 0; i < 50; i++) {
		char name[40];
		snprintf(name, sizeof name, "Велика %02d", i);
		put_person(b.store, 100 + i, name, "", "");
	}
	assert_ok(store_commit(b.store, &err));
	assert_ok(suggester_find(b.suggester, PERSON_COMMUNITY, "вел", &all, &err));
	assert_int_equal(all.count, SUGGEST_MAX);
	assert_string_equal(all.items[0].text, "Велика 00");
	close_bench(&b);
}

static void places_are_put_and_go(void **state) {
	struct bench b = open_bench(*state);
	struct err err = {0};
	const struct place_list list = {.region = "Київ", .district = "", .places = "Київ"},
				none = {.region = "Київ", .district = "", .places = ""};
	int64_t before = event_sample_number(store_path(b.store), "SELECT count(*) FROM record WHERE kind = 'places'");
	assert_ok(store_begin(b.store, &err) && places_put(b.store, &list, &err) && store_commit(b.store, &err));
	assert_int_equal(event_sample_number(store_path(b.store), "SELECT count(*) FROM record WHERE kind = 'places'"),
			 before); /* the same */
	assert_ok(store_begin(b.store, &err) && places_put(b.store, &none, &err) && store_commit(b.store, &err));
	suggests(&b, PERSON_COMMUNITY, "київ", "");
	close_bench(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(what_begins_so), TEST(what_sounds_so_or_was_typed_in_another_layout),
					   TEST(what_suggests_nothing), TEST(of_many_some), TEST(places_are_put_and_go)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
