/* The index of names follows the people: edits, removals, erasures, joins; it is the same whichever way it came to be. */
#include "store/view/find_index.h"

#include "lib/meet.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "event/name_key.h"
#include "store/file/state.h"
#include "store/log/ends.h"
#include "store/log/share.h"
#include "store/read/find.h"
#include "store/read/people.h"
#include "store/write/purge.h"
#include "store/write/sign.h"

static const char *const IDS[] = {"0000000000000000000a", "0000000000000000000b", "0000000000000000000c"};

/* `set` is JSON. */
static void edit(struct store *store, int who, const char *set, const char *status) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) &&
		  person_edit(store, &(struct person_edit){.id = IDS[who], .set_json = set, .status = status}, &err) &&
		  store_commit(store, &err));
}

/* Somebody new. */
static void add(struct store *store, int who, const char *set) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) &&
		  person_edit(store, &(struct person_edit){.id = IDS[who], .set_json = set, .fresh = true}, &err) &&
		  store_commit(store, &err));
}

static void join(struct store *store, const char *person, const char *into) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) && person_join(store, person, into, &err) && store_commit(store, &err));
}

static void add_found(struct store *store, const char *text, struct strbuf *out) {
	struct err err = {0};
	struct finding finding;
	struct finder *finder = finder_open(store);
	assert_ok(finder_find(finder, text, FIND_MAX, &finding, &err));
	for (size_t i = 0; i < finding.count; i++) {
		strbuf_addf(out, "%s%s", i > 0 ? " " : "", finding.items[i].id);
	}
	finder_close(finder);
}

/* `wanted`: the ids, best first. */
static void finds(struct store *store, const char *text, const char *wanted) {
	struct strbuf out = {0};
	add_found(store, text, &out);
	if (!str_eq(strbuf_str(&out), wanted)) {
		fail_msg("\"%s\" finds \"%s\", not \"%s\"", text, strbuf_str(&out), wanted);
	}
	strbuf_fini(&out);
}

/* Nothing in it hangs in the air, and no word is without somebody who has it. */
static void is_whole(struct store *store) {
	static const char *const wrong[] = {
		"SELECT count(*) FROM find_posting WHERE word NOT IN (SELECT id FROM find_word) OR person NOT IN (SELECT n FROM "
		"find_person)",
		"SELECT count(*) FROM find_less WHERE word NOT IN (SELECT id FROM find_word)",
		"SELECT count(*) FROM find_word WHERE id NOT IN (SELECT word FROM find_posting)",
		"SELECT count(*) FROM find_person WHERE n NOT IN (SELECT person FROM find_posting) OR words = ''",
		"SELECT count(*) FROM find_posting p WHERE length(words) <> 4 * (SELECT count(*) FROM find_posting WHERE person = "
		"p.person)",
	};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		if (event_sample_number(store_path(store), wrong[i]) != 0) {
			fail_msg("%s", wrong[i]);
		}
	}
}

static int64_t count_rows(struct store *store) {
	return event_sample_number(store_path(store), "SELECT (SELECT count(*) FROM find_person) + (SELECT count(*) FROM find_word) + "
						      "(SELECT count(*) FROM find_posting) + (SELECT count(*) FROM find_less)");
}

/* How often a word, its sounds, or these with a letter left out, stand in the index. */
static int64_t count_traces(struct store *store, const char *word) {
	struct name_sounds sounds;
	struct find_less less;
	char key[NAME_SOUNDS_MAX + 1];
	name_sounds_read(word, &sounds);
	name_key_of(&sounds, key);
	char *sql = xasprintf("SELECT (SELECT count(*) FROM find_person WHERE words LIKE '%%%s%%') + (SELECT count(*) FROM find_word WHERE "
			      "text = '%s' OR key = '%s')",
			      word, word, key);
	int64_t n = event_sample_number(store_path(store), sql);
	free(sql);
	size_t count = find_index_less(word, &less);
	for (size_t i = 0; i < count; i++) {
		sql = xasprintf("SELECT count(*) FROM find_less WHERE less = '%s'", less.keys[i]);
		n += event_sample_number(store_path(store), sql);
		free(sql);
	}
	return n;
}

static void a_name_that_is_edited(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	add(store, 0, "{\"name\":\"Олена Згурська\"}");
	finds(store, "zghurska", IDS[0]);
	assert_int_equal(count_traces(store, "згурська"), 2 + 8); /* eight letters, none of them twice in a row */
	is_whole(store);
	edit(store, 0, "{\"name\":\"Олена Приклад\"}", NULL);
	finds(store, "згурська", "");
	finds(store, "згурсь", "");
	finds(store, "олена приклад", IDS[0]);
	assert_int_equal(count_traces(store, "згурська"), 0);
	is_whole(store);
	edit(store, 0, "{\"name\":\"\"}", NULL);
	finds(store, "олена", "");
	assert_int_equal(count_rows(store), 0);
	store_close(store);
}

/* What is no name writes nothing. */
static void other_fields_leave_it_alone(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	static const char number[] = "SELECT n FROM find_person WHERE id = '0000000000000000000a'";
	add(store, 0, "{\"name\":\"Олена Приклад\"}");
	add(store, 1, "{\"name\":\"Тарас Зразок\",\"community\":\"Згурська\"}");
	int64_t before = event_sample_number(store_path(store), number), rows = count_rows(store);
	edit(store, 0, "{\"phone\":\"+380\",\"organisation\":\"Згурська рада\"}", NULL);
	edit(store, 0, "{\"name\":\"ОЛЕНА  Приклад\"}", NULL);
	assert_int_equal(event_sample_number(store_path(store), number), before);
	assert_int_equal(count_rows(store), rows);
	finds(store, "згурська", ""); /* a community is no name */
	store_close(store);
}

static void a_name_in_latin_letters_beside_it(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	add(store, 0, "{\"name\":\"Олена Приклад\",\"name_latin\":\"Helena Tomka\"}");
	finds(store, "Helena Tomka", IDS[0]);
	finds(store, "Олена Tomka", IDS[0]);
	/* Letters that all look like Cyrillic ones stay what they are, whatever the other name is written in. */
	edit(store, 0, "{\"name_latin\":\"Hekate Macko\"}", NULL);
	finds(store, "Tomka", "");
	finds(store, "Macko", IDS[0]);
	assert_int_equal(event_sample_number(store_path(store), "SELECT count(*) FROM find_word WHERE text = 'macko'"), 1);
	edit(store, 0, "{\"name_latin\":\"\"}", NULL);
	finds(store, "Hekate", "");
	is_whole(store);
	store_close(store);
}

static void somebody_who_is_removed(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	add(store, 0, "{\"name\":\"Олена Приклад\"}");
	add(store, 1, "{\"name\":\"Олена Зразок\"}");
	edit(store, 0, NULL, "removed");
	finds(store, "олена", IDS[1]);
	assert_int_equal(count_traces(store, "приклад"), 0);
	is_whole(store);
	edit(store, 0, NULL, "active");
	finds(store, "приклад", IDS[0]);
	edit(store, 1, NULL, "removed");
	edit(store, 0, NULL, "removed");
	assert_int_equal(count_rows(store), 0);
	store_close(store);
}

static void nobody_of_a_removed_person_at_once(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	add(store, 0, "{\"name\":\"Олена Приклад\",\"status\":\"removed\"}");
	assert_int_equal(count_rows(store), 0);
	store_close(store);
}

static bool file_holds(const char *path, const char *text) {
	struct err err = {0};
	struct strbuf bytes = {0};
	assert_ok(file_read(path, 100 << 20, &bytes, &err));
	bool holds = memmem(strbuf_str(&bytes), bytes.len, text, strlen(text)) != NULL;
	strbuf_fini(&bytes);
	return holds;
}

/* Neither in a table nor on a free page. What others have as well stays theirs. */
static void nothing_is_left_of_who_is_erased(void **state) {
	struct scratch *s = *state;
	static const char *const words[] = {"згурська", "zghurska", "чорнозуб"};
	static const char *const pieces[] = {"згурська", "zghurska", "чорнозуб", "zhurska", "cornozub", "hurska", "cornozu"};
	char *path = scratch_path(s, "e.turnout");
	struct store *store = scratch_event(s, "e.turnout");
	add(store, 0, "{\"name\":\"Олена Чорнозуб\"}");
	add(store, 1, "{\"name\":\"Олена Приклад\"}");
	edit(store, 0, "{\"name\":\"Олена Згурська\",\"name_latin\":\"Olena Zghurska\"}", NULL);
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		assert_true((count_traces(store, words[i]) > 0) == (i < 2));
	}
	meet_erase(store, IDS[0]);
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		assert_int_equal(count_traces(store, words[i]), 0);
		finds(store, words[i], "");
	}
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM find_person WHERE id = '0000000000000000000a'"), 0);
	finds(store, "олена", IDS[1]);
	is_whole(store);
	store_close(store);
	assert_true(file_holds(path, "приклад"));
	for (size_t i = 0; i < COUNT_OF(pieces); i++) {
		if (file_holds(path, pieces[i])) {
			fail_msg("the file still holds \"%s\"", pieces[i]);
		}
	}
	free(path);
}

static void nothing_is_left_in_a_copy_that_is_purged(void **state) {
	struct err err = {0};
	char *path = event_sample_make(*state, "e.turnout");
	struct store *store = event_sample_open(path);
	assert_true(count_rows(store) > 0);
	meet_acknowledge_all(store);
	assert_ok(store_purge(store, &err));
	assert_int_equal(count_rows(store), 0);
	finds(store, "олена", "");
	store_close(store);
	free(path);
}

/* --- however it came to be ---------------------------------------------------------------------------------------------------------------- */

static const char *const QUERIES[] = {"олена", "Olena Pryklad", "нова", "тарас", "зразок", "Саша", "прик", "пирклад", "людина", "а", "о е"};

/* For free(). */
static char *all_finds(struct store *store) {
	struct strbuf out = {0};
	for (size_t i = 0; i < COUNT_OF(QUERIES); i++) {
		strbuf_addf(&out, "%s:", QUERIES[i]);
		add_found(store, QUERIES[i], &out);
		strbuf_adds(&out, "\n");
	}
	return strbuf_detach(&out);
}

static bool add_row(void *context, struct stmt *row, struct err *err) {
	(void)err;
	strbuf_addf(context, "%s|%s\n", str_or_empty(stmt_col_text(row, 0)), str_or_empty(stmt_col_text(row, 1)));
	return true;
}

/* All of it without the numbers, which are each file's own. For free(). */
static char *dump(struct store *store) {
	static const char *const texts[] = {
		"SELECT id, words FROM find_person ORDER BY id",
		"SELECT text, key FROM find_word ORDER BY text",
		"SELECT w.text, p.id FROM find_posting JOIN find_word w ON w.id = word JOIN find_person p ON p.n = person ORDER BY 1, 2",
		"SELECT less, text FROM find_less JOIN find_word ON id = word ORDER BY 1, 2",
	};
	struct err err = {0};
	struct strbuf out = {0};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		assert_ok(db_each(store->db, texts[i], add_row, &out, &err));
	}
	return strbuf_detach(&out);
}

static void same_index(struct store *one, struct store *other) {
	char *a = dump(one), *b = dump(other), *x = all_finds(one), *y = all_finds(other);
	assert_string_equal(a, b);
	assert_string_equal(x, y);
	free(a);
	free(b);
	free(x);
	free(y);
}

static void computed_anew_it_finds_the_same(void **state) {
	struct err err = {0};
	char *path = event_sample_make(*state, "e.turnout");
	struct store *store = event_sample_open(path);
	char *before = dump(store), *finds_before = all_finds(store);
	assert_holds(finds_before, "олена:0");
	assert_ok(store_rebuild(store, &err));
	char *after = dump(store), *finds_after = all_finds(store);
	assert_string_equal(before, after);
	assert_string_equal(finds_before, finds_after);
	is_whole(store);
	store_close(store);
	free(after);
	free(finds_after);
	/* A file from before there was an index has the tables from the migration, and fills them when it is opened. */
	event_sample_sql(path,
			 "DELETE FROM find_person; DELETE FROM find_word; DELETE FROM find_posting; DELETE FROM find_less; UPDATE meta "
			 "SET value = x'05' WHERE key = 'view_version'");
	store = event_sample_open(path);
	after = dump(store);
	assert_string_equal(before, after);
	store_close(store);
	free(before);
	free(after);
	free(finds_before);
	free(path);
}

static void two_files_that_hold_the_same(void **state) {
	struct scratch *s = *state;
	struct exchange_report report;
	char *path = event_sample_make(s, "a.turnout"), id[PERSON_ID_LEN + 1];
	struct store *a = event_sample_open(path), *b = meet_adopt(s, a, "b.turnout", 5);
	meet_stores(b, a, &report);
	same_index(a, b);
	meet_walk_in(b, "Нова Людина Зразкова", id);
	meet_walk_in(a, "Олена Нова", id);
	edit(a, 0, "{\"name\":\"Олена Прикладова\"}", NULL);
	meet_stores(a, b, &report);
	meet_assert_same(a, b);
	same_index(a, b);
	meet_erase(a, IDS[0]);
	meet_stores(b, a, &report);
	same_index(a, b);
	is_whole(a);
	is_whole(b);
	assert_int_equal(count_traces(b, "прикладова"), 0);
	store_close(a);
	store_close(b);
	free(path);
}

/* --- who is whom -------------------------------------------------------------------------------------------------------------------------- */

static void walk_ins_are_found(void **state) {
	char id[PERSON_ID_LEN + 1];
	struct store *store = scratch_event(*state, "e.turnout");
	meet_walk_in(store, "Нова Людина", id);
	finds(store, "lyudyna", id);
	is_whole(store);
	store_close(store);
}

static void who_was_joined_is_found_once(void **state) {
	char id[PERSON_ID_LEN + 1];
	struct store *store = scratch_event(*state, "e.turnout");
	add(store, 0, "{\"name\":\"Олена Приклад\"}");
	meet_walk_in(store, "Приклад Олена Іванівна", id);
	join(store, id, IDS[0]);
	finds(store, "олена приклад", IDS[0]);
	finds(store, "іванівна", IDS[0]); /* by what they said themselves, too */
	/* Whom they are is gone: so are they, and come back with them. */
	edit(store, 0, NULL, "removed");
	finds(store, "іванівна", "");
	finds(store, "олена", "");
	edit(store, 0, NULL, "active");
	finds(store, "іванівна", IDS[0]);
	meet_erase(store, IDS[0]);
	assert_int_equal(count_rows(store), 0);
	store_close(store);
}

static void somebody_without_a_name(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	static const char *const sets[] = {"{\"code\":\"K-1\"}", "{\"name\":\"—\"}", "{\"name\":\"\",\"name_latin\":\" . \"}"};
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		add(store, (int)i, sets[i]);
	}
	assert_int_equal(count_rows(store), 0);
	edit(store, 0, "{\"name_latin\":\"Olena\"}", NULL); /* only that */
	finds(store, "олена", IDS[0]);
	is_whole(store);
	store_close(store);
}

/* Further words are not looked at, and nothing of them is forgotten there. */
static void somebody_of_many_words(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	add(store, 0,
	    "{\"name\":\"перша друга третя четверта пʼята шоста сьома восьма девʼята десята одинадцята дванадцята тринадцята олена\"}");
	assert_int_equal(event_sample_number(store_path(store), "SELECT count(*) FROM find_word"), NAME_WORDS_MAX);
	finds(store, "дванадцята", IDS[0]);
	finds(store, "тринадцята", "");
	finds(store, "дванадцята перша", IDS[0]);
	is_whole(store);
	edit(store, 0, "{\"name\":\"перша перша перша олена\"}", NULL);
	finds(store, "перша олена", IDS[0]);
	finds(store, "дванадцята", "");
	is_whole(store);
	edit(store, 0, NULL, "removed");
	assert_int_equal(count_rows(store), 0);
	store_close(store);
}

static void keys_without_a_letter(void **state) {
	(void)state;
	struct find_less less;
	static const struct {
		const char *word;
		size_t count;
	} cases[] = {{"", 0},
		     {"ян", 0},
		     {"яна", 3},
		     {"анна", 3},
		     {"бавалабавалабавалабавала", FIND_LESS_MOST},
		     {"бавалабавалабавалабавалаб", 0}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		size_t n = find_index_less(cases[i].word, &less);
		if (n > FIND_LESS_MOST || n != cases[i].count) {
			fail_msg("%s: %zu", cases[i].word, n);
		}
	}
	assert_int_equal(find_index_less("лев", &less), 3);
	assert_string_equal(less.keys[0], "iv");
	assert_string_equal(less.keys[1], "lv");
	assert_string_equal(less.keys[2], "li");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_name_that_is_edited),
		TEST(other_fields_leave_it_alone),
		TEST(a_name_in_latin_letters_beside_it),
		TEST(somebody_who_is_removed),
		TEST(nobody_of_a_removed_person_at_once),
		TEST(nothing_is_left_of_who_is_erased),
		TEST(nothing_is_left_in_a_copy_that_is_purged),
		TEST(computed_anew_it_finds_the_same),
		TEST(two_files_that_hold_the_same),
		TEST(walk_ins_are_found),
		TEST(who_was_joined_is_found_once),
		TEST(somebody_without_a_name),
		TEST(somebody_of_many_words),
		cmocka_unit_test(keys_without_a_letter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
