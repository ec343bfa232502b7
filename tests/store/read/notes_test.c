/* What boxes say of people and to people: notes, labels, overrides, announcements; the same in every file, gone with whom they are about. */
#include "store/read/notes.h"

#include "lib/meet.h"

#include "base/alloc.h"
#include "base/str.h"
#include "store/read/announcements.h"
#include "store/read/checkins.h"
#include "store/read/labels.h"
#include "store/read/overrides.h"
#include "store/read/people.h"
#include "store/write/purge.h"
#include "store/write/sign.h"

struct seen_notes {
	int count;
	struct note last;
	char text[NOTE_TEXT_MAX + 1];
};

static bool see_note(void *context, const struct note *note, struct err *err) {
	struct seen_notes *seen = context;
	(void)err;
	seen->count++;
	seen->last = *note;
	str_copy(seen->text, sizeof seen->text, note->text);
	return true;
}

static struct seen_notes notes_of(struct store *store, const char *person) {
	struct err err = {0};
	struct seen_notes seen = {0};
	assert_ok(notes_each(store, person, see_note, &seen, &err));
	return seen;
}

static void note(struct store *store, const char *person, const char *text, bool door) {
	struct err err = {0};
	const struct note_draft draft = {.person = person, .text = text, .door = door, .by = "olena"};
	assert_ok(store_begin(store, &err) && note_append(store, &draft, &err) && store_commit(store, &err));
}

static void written_and_taken_off(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	char id[PERSON_ID_LEN + 1];
	meet_walk_in(store, "Олена", id);
	note(store, id, "На неї чекає пакунок", true);
	note(store, id, "Пандус", false);
	struct seen_notes seen = notes_of(store, id);
	assert_int_equal(seen.count, 2);
	assert_string_equal(seen.text, "Пандус");
	assert_false(seen.last.door);
	assert_ok(store_begin(store, &err) && note_close(store, &seen.last, "taras", &err) && store_commit(store, &err));
	seen = notes_of(store, id);
	assert_int_equal(seen.count, 1);
	assert_true(seen.last.door);
	assert_string_equal(seen.text, "На неї чекає пакунок");
	assert_int_equal(notes_of(store, NULL).count, 1);
	assert_int_equal(notes_of(store, "00000000000000000000").count, 0);
	meet_assert_sound(store);
	store_close(store);
}

static void whoever_was_joined_keeps_them(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	char one[PERSON_ID_LEN + 1], other[PERSON_ID_LEN + 1];
	int64_t count = 0;
	meet_walk_in(store, "Олена", one);
	meet_walk_in(store, "Олена Приклад", other);
	note(store, one, "Пандус", true);
	assert_ok(store_begin(store, &err) && label_append(store, &(struct label_draft){.person = one}, &err) &&
		  label_append(store, &(struct label_draft){.person = other, .again = true, .by = "olena"}, &err) &&
		  person_join(store, one, other, &err) && store_commit(store, &err));
	assert_int_equal(notes_of(store, other).count, 1);
	assert_ok(labels_count(store, other, NULL, &count, &err));
	assert_int_equal(count, 2);
	assert_ok(labels_count(store, NULL, "TO0NOBODY", &count, &err));
	assert_int_equal(count, 0);
	store_close(store);
}

/* A note and a reason may say anything of somebody: both go when they are erased, at every box. */
static void erased_with_their_person(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct exchange_report report;
	char id[PERSON_ID_LEN + 1];
	char *path = event_sample_bare(s, "e.turnout");
	struct store *store = event_sample_open(path), *other = meet_adopt(s, store, "other.turnout", 4);
	struct record_ref ref = {.seq = 2};
	meet_walk_in(store, "Олена", id);
	note(store, id, "secret-words", true);
	assert_ok(store_begin(store, &err) &&
		  override_append(store,
				  &(struct override_draft){
					  .checkin = &ref, .person = id, .refused = OUTCOME_FULL, .reason = "secret-reason", .by = "olena"},
				  &err) &&
		  store_commit(store, &err) && store_sign(store, &err));
	meet_stores(other, store, &report);
	assert_int_equal(notes_of(other, id).count, 1);
	meet_erase(store, id);
	meet_stores(other, store, &report);
	assert_int_equal(notes_of(store, id).count, 0);
	assert_int_equal(notes_of(other, id).count, 0);
	meet_assert_same(store, other);
	store_close(store);
	store_close(other);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record WHERE body LIKE '%secret%'"), 0);
	free(path);
}

static void what_is_refused(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	char id[PERSON_ID_LEN + 1], *longer = xcalloc(1, NOTE_TEXT_MAX + 2);
	struct record_ref ref = {.seq = 2};
	memset(longer, 'x', NOTE_TEXT_MAX + 1);
	meet_walk_in(store, "Олена", id);
	assert_ok(store_begin(store, &err));
	static const char *const wrong[] = {"", "two\nlines", "\xff"};
	for (size_t i = 0; i <= COUNT_OF(wrong); i++) {
		const char *text = i < COUNT_OF(wrong) ? wrong[i] : longer;
		assert_false(note_append(store, &(struct note_draft){.person = id, .text = text}, &err));
		assert_int_equal(err.kind, ERR_USAGE);
	}
	assert_false(note_append(store, &(struct note_draft){.person = "00000000000000000000", .text = "x"}, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_false(override_append(store, &(struct override_draft){.checkin = &ref, .refused = OUTCOME_FULL, .reason = ""}, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	store_rollback(store);
	store_close(store);
	free(longer);
}

/* --- overrides ---------------------------------------------------------------------------------------------------------------------------- */

static bool see_override(void *context, const struct override *o, struct err *err) {
	(void)err;
	assert_string_equal(o->reason, "Спікерка");
	assert_string_equal(o->by, "olena");
	assert_int_equal(o->refused, OUTCOME_FULL);
	assert_int_equal(o->seq, 7);
	++*(int *)context;
	return true;
}

static void why_somebody_was_let_in(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	struct record_ref ref = {.seq = 7, .log = {{5}}};
	int count = 0;
	assert_ok(store_begin(store, &err) &&
		  override_append(store,
				  &(struct override_draft){.checkin = &ref, .refused = OUTCOME_FULL, .reason = "Спікерка", .by = "olena"},
				  &err) &&
		  store_commit(store, &err) && overrides_each(store, see_override, &count, &err));
	assert_int_equal(count, 1);
	store_close(store);
}

/* --- announcements ------------------------------------------------------------------------------------------------------------------------ */

static void announce(struct store *store, const char *words, int64_t until) {
	struct err err = {0};
	struct json *set = json_parse(words, strlen(words), &err);
	assert_ok(store_begin(store, &err) &&
		  announcement_append(store, &(struct announcement_draft){.words = set, .until = {until}, .by = "olena"}, &err) &&
		  store_commit(store, &err));
	json_free(set);
}

static void on_all_screens_and_down_again(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct exchange_report report;
	struct announcements list;
	struct store *store = scratch_event(s, "e.turnout"), *other = meet_adopt(s, store, "other.turnout", 4);
	announce(store, "{\"text:uk\":\"Обід о 13:00\",\"text:en\":\"Lunch at 13:00\"}", 0);
	announce(store, "{\"text\":\"Bus leaves\"}", 1778745600000);
	assert_ok(store_sign(store, &err));
	meet_stores(other, store, &report);
	assert_ok(announcements_load(other, (struct utc_ms){0}, &list, &err));
	assert_int_equal(list.count, 2);
	const struct announcement *bus = &list.items[0], *lunch = &list.items[1];
	assert_string_equal(announcement_words(bus, "uk"), "Bus leaves"); /* the latest first */
	assert_string_equal(announcement_words(lunch, "uk"), "Обід о 13:00");
	assert_true(announcement_stands(bus, (struct utc_ms){1778745599999}));
	assert_false(announcement_stands(bus, (struct utc_ms){1778745600000}));
	assert_true(announcement_stands(bus, (struct utc_ms){1000})); /* a clock in 1970 ends nothing */
	/* Any box may take it down, whoever put it up. */
	assert_ok(store_begin(other, &err) && announcement_withdraw(other, &lunch->log, lunch->seq, "taras", &err) &&
		  store_commit(other, &err) && store_sign(other, &err));
	announcements_fini(&list);
	meet_stores(store, other, &report);
	assert_ok(announcements_load(store, (struct utc_ms){0}, &list, &err));
	assert_int_equal(list.count, 1);
	announcements_fini(&list);
	meet_assert_same(store, other);
	store_close(other);
	store_close(store);
}

static bool count_one(void *context, struct announcement *a, struct err *err) {
	(void)a;
	(void)err;
	++*(size_t *)context;
	return true;
}

/* Who writes to all may name somebody: it goes with the personal data. */
static void gone_with_a_purge(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct announcements list;
	struct record_ref ref = {.seq = 7, .log = {{5}}};
	struct store *store = scratch_event(s, "e.turnout");
	announce(store, "{\"text\":\"Пан Зразковий чекає внизу\"}", 0);
	assert_ok(store_begin(store, &err) &&
		  override_append(store, &(struct override_draft){.checkin = &ref, .refused = OUTCOME_FULL, .reason = "Пан Зразковий знає"},
				  &err) &&
		  store_commit(store, &err) && store_sign(store, &err));
	meet_acknowledge_all(store);
	assert_ok(store_purge(store, &err) && announcements_load(store, (struct utc_ms){0}, &list, &err));
	assert_int_equal(list.count, 0);
	store_close(store);
	char *path = scratch_path(s, "e.turnout");
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record WHERE body LIKE '%Зразковий%'"), 0);
	free(path);
}

static void many_and_none(void **state) {
	struct err err = {0};
	struct announcements list;
	struct store *store = scratch_event(*state, "e.turnout");
	for (int i = 0; i < ANNOUNCEMENTS_SHOWN_MAX + 2; i++) {
		announce(store, "{\"text\":\"x\"}", 0);
	}
	size_t all = 0;
	assert_ok(announcements_each(store, count_one, &all, &err));
	assert_int_equal(all, ANNOUNCEMENTS_SHOWN_MAX + 2);
	assert_ok(announcements_load(store, (struct utc_ms){0}, &list, &err));
	assert_int_equal(list.count, ANNOUNCEMENTS_SHOWN_MAX);
	announcements_fini(&list);
	/* What is over hides nothing that stands. */
	for (int i = 0; i < ANNOUNCEMENTS_SHOWN_MAX; i++) {
		announce(store, "{\"text\":\"over\"}", 1778745600000);
	}
	assert_ok(announcements_load(store, (struct utc_ms){1778745600000}, &list, &err));
	assert_int_equal(list.count, ANNOUNCEMENTS_SHOWN_MAX);
	assert_string_equal(announcement_words(&list.items[0], "uk"), "x");
	announcements_fini(&list);
	assert_ok(store_begin(store, &err));
	static const char *const wrong[] = {"{}", "{\"text\":\"\"}", "{\"title\":\"x\"}"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct json *set = json_parse(wrong[i], strlen(wrong[i]), &err);
		assert_false(announcement_append(store, &(struct announcement_draft){.words = set}, &err));
		assert_int_equal(err.kind, ERR_USAGE);
		json_free(set);
	}
	store_rollback(store);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(written_and_taken_off),
		TEST(whoever_was_joined_keeps_them),
		TEST(erased_with_their_person),
		TEST(what_is_refused),
		TEST(why_somebody_was_let_in),
		TEST(on_all_screens_and_down_again),
		TEST(many_and_none),
		TEST(gone_with_a_purge),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
