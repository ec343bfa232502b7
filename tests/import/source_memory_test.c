/* What an event file remembers of a source. */
#include "import/source_memory.h"

#include "lib/event_sample.h"

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/read/audit.h"

static void options_are_but(const struct source_memory *memory, const struct source_memory *now, const char *wanted) {
	struct strbuf text = {0};
	source_memory_say(memory, now, &text);
	assert_string_equal(strbuf_str(&text), wanted);
	strbuf_fini(&text);
}

static void options_are(const struct source_memory *memory, const char *wanted) {
	options_are_but(memory, &(struct source_memory){0}, wanted);
}

static void save(struct store *store, const char *source, const struct source_memory *memory) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) && source_memory_save(store, "people", source, memory, &err) && store_commit(store, &err));
}

static int64_t records(struct store *store) {
	struct err err = {0};
	struct audit_status status;
	assert_ok(audit_status(store, &status, &err));
	return status.records;
}

static void each_source_has_its_own(void **state) {
	struct scratch *s = *state;
	struct store *store = scratch_event(s, "e.turnout");
	struct source_memory memory = {.sheet = xstrdup("Лист \"1\""), .key = xstrdup("№")}, again;
	memory.month_first = memory.applicants = true;
	source_memory_add_map(&memory, "name=Хто");
	source_memory_add_map(&memory, "note=a=b");
	save(store, "Список.xlsx", &memory);
	int64_t before = records(store);
	save(store, "Список.xlsx", &memory); /* nothing new is written */
	assert_int_equal(records(store), before);
	source_memory_load(store, "people", "Список.xlsx", &again);
	options_are(&again, "--sheet \"Лист \"1\"\" --key \"№\" --month-first --applicants --map \"name=Хто\" --map \"note=a=b\"");
	source_memory_fini(&again);
	source_memory_load(store, "agenda", "Список.xlsx", &again);
	options_are(&again, "");
	source_memory_fini(&again);
	source_memory_forget_options(&memory);
	save(store, "Список.xlsx", &memory);
	source_memory_load(store, "people", "Список.xlsx", &again);
	options_are(&again, "");
	source_memory_fini(&again);
	source_memory_fini(&memory);
	store_close(store);
}

/* What is said now goes before what was said before; of maps all of them. */
static void what_is_said_now(void **state) {
	(void)state;
	struct source_memory memory = {.sheet = xstrdup("A"), .encoding = xstrdup("KOI8-U")}, now = {.sheet = xstrdup("B")};
	source_memory_add_map(&memory, "name=Хто");
	options_are_but(&memory, &now, "--encoding \"KOI8-U\" --map \"name=Хто\"");
	source_memory_take_options(&memory, &now);
	options_are(&memory, "--encoding \"KOI8-U\" --sheet \"B\" --map \"name=Хто\"");
	source_memory_add_map(&now, "email=Пошта");
	source_memory_take_options(&memory, &now);
	options_are(&memory, "--encoding \"KOI8-U\" --sheet \"B\" --map \"email=Пошта\"");
	source_memory_fini(&memory);
	source_memory_fini(&now);
}

static void doubts_have_their_room(void **state) {
	struct scratch *s = *state;
	struct store *store = scratch_event(s, "e.turnout");
	struct source_memory memory = {0}, again;
	char id[PERSON_ID_LEN + 1];
	for (int i = 0; i < 2 * SOURCE_DOUBTS_MAX; i++) {
		snprintf(id, sizeof id, "%020d", i / 2); /* each is told twice */
		source_memory_add_doubt(&memory, id, "0000000000000000000a");
	}
	source_memory_add_doubt(&memory, "0000000000000000000b", "0000000000000000000a");
	assert_int_equal(memory.doubts.count, SOURCE_DOUBTS_MAX);
	save(store, "a.csv", &memory); /* it is one record's size at most */
	source_memory_load(store, "people", "a.csv", &again);
	assert_int_equal(again.doubts.count, SOURCE_DOUBTS_MAX);
	assert_string_equal(again.doubts.items[7].person, memory.doubts.items[7].person);
	source_memory_fini(&again);
	source_memory_fini(&memory);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(each_source_has_its_own), TEST(what_is_said_now), TEST(doubts_have_their_room)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
