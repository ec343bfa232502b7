/* Places of tables as people make them and of the state's own list: what is read of them, what an event takes, and what is refused. */
#include "import/places.h"

#include "import/places_apply.h"
#include "import/places_katottg.h"
#include "import/places_say.h"
#include "lib/event_sample.h"
#include "scratch.h"

#define HEADER "Область,Район,Громада,Населений пункт\n"
#define OFFICIAL                                                                                                         \
	"Кодифікатор адміністративно-територіальних одиниць;;;;;;\n"      \
	";;;;;;\n"                                                                                                       \
	"Перший рівень;Другий рівень;Третій рівень;Четвертий рівень;" \
	"Додатковий рівень;Категорія об’єкта;Назва об’єкта\n"              \
	"1;2;3;4;5;6;7\n"                                                                                                \
	"UA56000000000066151;;;;;O;Рівненська\n"                                                               \
	"UA56000000000066151;UA56060000000057669;;;;P;Рівненський\n"                                          \
	"UA56000000000066151;UA56060000000057669;UA56060150000000001;;;H;Зарічненська\n"                     \
	"UA56000000000066151;UA56060000000057669;UA56060150000000001;UA56060150010000002;;X;Зарічне\n"            \
	"UA56000000000066151;UA56060000000057669;UA56060170000000005;;;H;Порожненська\n"

static bool read_text(void **state, const char *text, const struct places_options *opt, struct places *out, struct err *err) {
	char *path = scratch_write(*state, "places.csv", text, strlen(text));
	bool ok = places_read(path, opt, out, err);
	free(path);
	return ok;
}

/* "region/district#part: community>settlement, …" a line for each list. */
static void list_text(const struct places *places, struct strbuf *out) {
	struct place_list *lists = places_lists(places);
	for (size_t i = 0; i < places->blocks.count; i++) {
		strbuf_addf(out, "%s/%s: ", lists[i].region, lists[i].district);
		for (const char *at = lists[i].places; *at != '\0'; at++) {
			strbuf_adds(out, *at == '\n' ? ", " : *at == '\t' ? ">" : ((char[2]){*at, '\0'}));
		}
		strbuf_addc(out, '\n');
	}
	free(lists);
}

static void gives(void **state, const char *text, const char *want) {
	struct places places = {0};
	struct strbuf got = {0};
	struct err err = {0};
	assert_ok(read_text(state, text, &(struct places_options){0}, &places, &err));
	list_text(&places, &got);
	assert_string_equal(strbuf_str(&got), want);
	strbuf_fini(&got);
	places_fini(&places);
}

static void refuses(void **state, const char *text, const char *why) {
	struct places places = {0};
	struct err err = {0};
	assert_false(read_text(state, text, &(struct places_options){0}, &places, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_says(why);
	assert_int_equal(places.blocks.count, 0);
}

/* ---- tables ---- */

static void headers_of_three_languages_are_known(void **state) {
	gives(state, HEADER "Р,Д,Г,Н\n", "Р/Д: Г>Н\n");
	gives(state, "Регион,Район,Община,Город\nР,Д,Г,Н\n", "Р/Д: Г>Н\n");
	gives(state, "Oblast,Raion,Hromada,Village\nР,Д,Г,Н\n", "Р/Д: Г>Н\n");
	gives(state, "Region,District,Community,Settlement\nР,Д,Г,Н\n", "Р/Д: Г>Н\n");
	gives(state, "№;Село;Територіальна громада\n1;Н;Г\n", "/: Г>Н\n");
	gives(state, "Список\n\nГромада\nГ\nГ\nЖ\n", "/: Г, Ж\n");
	gives(state, "місто\nЛьвів\n", "/: >Львів\n");
}

/* Above the header may stand a word that would be one. */
static void titles_stand_above(void **state) { gives(state, "Громади,,,\n2026,,,\n" HEADER "Р,Д,Г,Н\n", "Р/Д: Г>Н\n"); }

static void districts_have_lists_of_their_own(void **state) {
	gives(state, HEADER "Р,Д,Г,Н\nР,Е,Г,Н\nР,Д,Г,Н2\nР,Д,Г,Н\nС,Д,Г,Н\n", "Р/Д: Г>Н, Г>Н2\nР/Е: Г>Н\nС/Д: Г>Н\n");
}

static void empty_cells_of_a_sheet_made_so_mean_the_same(void **state) {
	gives(state, HEADER "Р,Д,Г,Н\n,,,М\n,,Ж,К\n,Е,З,Л\nС,Ф,И,П\n", "Р/Д: Г>Н, Г>М, Ж>К\nР/Е: З>Л\nС/Ф: И>П\n");
	gives(state, HEADER "Р,,,\n,Д,,\n,,Г,\n,,,Н\n,,,М\n,Е,,\n,,Ж,\n,,,К\n", "Р/Д: Г, Г>Н, Г>М\nР/Е: Ж, Ж>К\n");
	/* Another region's rows are in no district of the one before, and a region that repeats itself ends nothing. */
	gives(state, HEADER "Р,Д,Г,Н\n,,,М\nС,,Ж,К\n,,,Л\n", "Р/Д: Г>Н, Г>М\nС/: Ж>К, Ж>Л\n");
	gives(state, HEADER "Р,Д,Г,Н\nР,,,М\nР,Е,Ж,К\n", "Р/Д: Г>Н, Г>М\nР/Е: Ж>К\n");
}

/* A sheet that repeats its names says with an empty cell that there is nothing. */
static void empty_cells_of_another_sheet_are_empty(void **state) {
	gives(state, HEADER "Р,Д,Г,Н\nР,Д,Г,М\n,,Київ,Київ\n,,,Лиса\n", "Р/Д: Г>Н, Г>М\n/: Київ>Київ, >Лиса\n");
	gives(state, "Область,Місто\nА,а\nБ,б\nВ,в\nГ,г\nД,д\n,Київ\n", "А/: >а\nБ/: >б\nВ/: >в\nГ/: >г\nД/: >д\n/: >Київ\n");
}

static void what_was_understood_is_said(void **state) {
	struct places places = {0};
	struct strbuf text = {0};
	struct err err = {0};
	assert_ok(read_text(state, "Район,Громада,Людей,Село\nД,Г,3,Н\n,,,М\nРазом,,3,\nЕ,Ж,4,К\n", &(struct places_options){0}, &places,
			    &err));
	places_say_found(&places, NULL, &text);
	assert_string_equal(strbuf_str(&text), "an empty cell in \"Район\", \"Громада\" means the same as above; columns that were not "
					       "understood: \"Людей\" (--map FIELD=HEADER says what one is)");
	strbuf_reset(&text);
	places_say_done(&places, &(struct places_replaced){2, 1, 1}, false, NULL, &text);
	assert_string_equal(strbuf_str(&text), "0 regions, 2 districts, 2 communities, 3 settlements; 2 lists of districts changed, 1 "
					       "unchanged, 1 taken away");
	strbuf_fini(&text);
	places_fini(&places);
}

static void a_row_without_a_place_is_told(void **state) {
	struct places places = {0};
	struct strbuf text = {0};
	struct err err = {0};
	assert_ok(read_text(state, HEADER "Р,Д,Г,Н\nР,Д,,\nР,Д,Г,М\n", &(struct places_options){0}, &places, &err));
	assert_int_equal(places.bad.total, 1);
	fault_say(&places.bad.items[0], NULL, &text);
	assert_string_equal(strbuf_str(&text), "line 3: the row names neither a community nor a settlement");
	strbuf_fini(&text);
	places_fini(&places);
}

static void a_caller_says_what_a_column_is(void **state) {
	struct places places = {0};
	struct strbuf got = {0};
	struct err err = {0};
	struct column_map maps[] = {{"settlement", "Звідки"}, {"community", "Ще"}};
	assert_ok(read_text(state, "Звідки;Ще;Район\nН;Г;Д\n", &(struct places_options){.maps = maps, .map_count = 2}, &places, &err));
	list_text(&places, &got);
	assert_string_equal(strbuf_str(&got), "/Д: Г>Н\n");
	strbuf_fini(&got);
	places_fini(&places);
	maps[1].field = "street";
	assert_false(read_text(state, "Звідки;Ще\nН;Г\n", &(struct places_options){.maps = maps, .map_count = 2}, &places, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_says("a place has no \"street\"");
}

static void what_is_no_list_of_places_is_refused(void **state) {
	refuses(state, "", "the table is empty");
	refuses(state, "Ім'я,Пошта\nОлена,o@example.org\n", "places.csv: line 1: no column with communities or settlements; there are:");
	refuses(state, "Область,Район\nР,Д\n", "(--map settlement=HEADER");
	refuses(state, HEADER, "there is no place in it");
	struct strbuf text = {0};
	strbuf_adds(&text, HEADER "Р,Д,Г,");
	for (int i = 0; i < PLACE_NAME_MAX + 1; i++) {
		strbuf_adds(&text, "ї");
	}
	refuses(state, strbuf_str(&text), "places.csv: line 2, column 4: \"її");
	refuses(state, strbuf_str(&text), "is it in its column?");
	strbuf_reset(&text);
	strbuf_adds(&text, "село\n");
	for (int i = 0; i <= PLACES_MAX; i++) {
		strbuf_adds(&text, "н\n");
	}
	refuses(state, strbuf_str(&text), "more than 100000 rows");
	strbuf_fini(&text);
}

/* ---- the official list ---- */

static void the_official_list_gets_names_that_people_say(void **state) {
	gives(state,
	      OFFICIAL "UA01000000000013043;;;;;O;Автономна Республіка Крим\n"
		       "UA01000000000013043;UA01020000000022387;;;;P;Бахчисарайський\n"
		       "UA01000000000013043;UA01020000000022387;UA01020010000048857;;;H;Андріївська\n"
		       "UA01000000000013043;UA01020000000022387;UA01020010000048857;UA01020010010075540;;C;Андріївка\n"
		       "UA80000000000093317;;;;;K;Київ\n"
		       "UA80000000000093317;;;;UA80000000000126643;B;Голосіївський\n"
		       "* станом на весну;;;;;;\n",
	      "Рівненська область/Рівненський район: Зарічненська громада>Зарічне, Порожненська громада\n"
	      "Автономна Республіка Крим/Бахчисарайський район: Андріївська громада>Андріївка\n"
	      "Київ/: Київ>Київ\n");
}

/* Letters that look the same, and a parent that stands below its own. */
static void the_official_list_may_have_been_through_many_hands(void **state) {
	gives(state,
	      "Перший рівень;Другий рівень;Третій рівень;Четвертий рівень;Категорія об'єкта;Назва об'єкта (українською)\n"
	      "UA1;UA2;UA3;UA4;С;Село\nUA1;UA2;UA3;;Н;Сільська\nUA1;UA2;;;Р;Сільський\nUA1;;;;О;Сільська\n",
	      "Сільська область/Сільський район: Сільська громада>Село\n");
}

static void an_official_list_that_is_not_whole_is_refused(void **state) {
	refuses(state, OFFICIAL "UA56000000000066151;UA56080000000000009;UA56080010000000007;;;H;Інша\n",
		"line 10, column 2: \"Інша\" belongs to UA56080000000000009, which has no row of its own");
}

/* ---- into an event ---- */

static void import(void **state, struct store *store, const char *source, const char *text, const char *want) {
	struct places places = {0};
	struct places_replaced done;
	struct err err = {0};
	char got[60];
	assert_ok(read_text(state, text, &(struct places_options){0}, &places, &err) &&
		  places_apply(store, &places, &(struct places_apply_options){.source = source, .file = source}, &done, &err));
	snprintf(got, sizeof got, "%zu/%zu/%zu", done.changed, done.unchanged, done.removed);
	assert_string_equal(got, want);
	places_fini(&places);
}

static bool add_line(void *context, const struct place *place, struct err *err) {
	(void)err;
	strbuf_addf(context, "%s/%s/%s/%s\n", place->region, place->district, place->community, place->settlement);
	return true;
}

static int lines_with(struct store *store, const char *part) {
	struct strbuf lines = {0};
	struct err err = {0};
	int n = 0;
	assert_ok(places_each(store, add_line, &lines, &err));
	for (const char *at = strstr(strbuf_str(&lines), part); at != NULL; at = strstr(at + 1, part)) {
		n++;
	}
	strbuf_fini(&lines);
	return n;
}

static void another_import_changes_what_changed(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	import(state, store, "a", HEADER "Р,Д,Г,Н\nР,Е,Г,Н\nР,Ф,Г,Н\n", "3/0/0");
	import(state, store, "a", HEADER "Р,Д,Г,Н\nР,Е,Г,Н\nР,Ф,Г,Н\n", "0/3/0");
	import(state, store, "a", HEADER "Р,Д,Г,Н\nР,Е,Г,М\n", "1/1/1");
	assert_int_equal(lines_with(store, "Р/Ф/"), 0);
	assert_int_equal(lines_with(store, "Р/Е/Г/М"), 1);
	import(state, store, "a", HEADER "Р,Ф,Г,Н\n", "1/0/2"); /* what was taken away comes back */
	assert_int_equal(lines_with(store, "/"), 3);
	store_close(store);
}

static void another_source_has_lists_of_its_own(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	import(state, store, "a", HEADER "Р,Д,Г,Н\nР,Е,Г,Н\n", "2/0/0");
	import(state, store, "b", HEADER "Р,Д,Г,Своє\n", "1/0/0");
	import(state, store, "a", HEADER "Р,Е,Г,Н\n", "0/1/1");
	assert_int_equal(lines_with(store, "Р/Д/Г/Своє"), 1);
	assert_int_equal(lines_with(store, "Р/Д/Г/Н"), 0);
	store_close(store);
}

static void a_large_district_is_kept_in_parts(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	struct strbuf text = {0};
	strbuf_adds(&text, HEADER);
	for (int i = 0; i < 2000; i++) {
		strbuf_addf(&text, "Р,Д,Громада з довгою назвою,Населений пункт %d\n", i);
	}
	import(state, store, "a", strbuf_str(&text), "4/0/0");
	assert_int_equal(lines_with(store, "Населений пункт"), 2000);
	import(state, store, "a", HEADER "Р,Д,Г,Н\n", "1/0/3");
	assert_int_equal(lines_with(store, "Населений пункт"), 0);
	strbuf_fini(&text);
	store_close(store);
}

static void a_dry_run_writes_nothing(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	struct places places = {0};
	struct places_replaced done;
	struct err err = {0};
	assert_ok(read_text(state, HEADER "Р,Д,Г,Н\n,,,\nР,Д,,\n", &(struct places_options){0}, &places, &err));
	assert_ok(places_apply(store, &places, &(struct places_apply_options){.source = "a", .dry_run = true}, &done, &err));
	assert_int_equal(done.changed, 1);
	assert_int_equal(lines_with(store, "/"), 0);
	assert_false(places_apply(store, &places, &(struct places_apply_options){.source = "a", .strict = true}, &done, &err));
	assert_says("1 row or cell cannot be taken, so nothing was");
	assert_int_equal(lines_with(store, "/"), 0);
	places_fini(&places);
	store_close(store);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(headers_of_three_languages_are_known, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(titles_stand_above, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(districts_have_lists_of_their_own, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(empty_cells_of_a_sheet_made_so_mean_the_same, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(empty_cells_of_another_sheet_are_empty, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(what_was_understood_is_said, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(a_row_without_a_place_is_told, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(a_caller_says_what_a_column_is, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(what_is_no_list_of_places_is_refused, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(the_official_list_gets_names_that_people_say, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(the_official_list_may_have_been_through_many_hands, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(an_official_list_that_is_not_whole_is_refused, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(another_import_changes_what_changed, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(another_source_has_lists_of_its_own, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(a_large_district_is_kept_in_parts, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(a_dry_run_writes_nothing, scratch_open, scratch_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
