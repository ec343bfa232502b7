/* The staff in the event file: who is who by their PIN or badge, and that nothing betrays a PIN. */
#include "store/read/staff.h"

#include "lib/meet.h"

#include "base/str.h"
#include "store/file/state.h"
#include "store/read/badges.h"
#include "store/read/people.h"
#include "store/write/purge.h"

static bool put(struct store *store, const char *key, const struct staff_change *change, struct err *err) {
	if (!store_begin(store, err)) {
		return false;
	}
	bool ok = staff_put(store, key, change, err);
	if (!ok) {
		store_rollback(store);
	}
	return ok && store_commit(store, err);
}

static const struct staff_member *who(struct store *store, const struct staff_list *all, const char *digits) {
	char hash[STAFF_PIN_HASH_LEN + 1];
	assert_true(staff_pin_hash(&store->event, digits, hash));
	return staff_by_pin(all, hash);
}

static void by_pin_and_badge(void **state) {
	struct err err = {0};
	struct staff_list all;
	struct store *store = scratch_event(*state, "e.turnout");
	assert_ok(put(store, "olena", &(struct staff_change){.name = "Олена", .role = "lead", .pin = "482913"}, &err));
	assert_ok(put(store, "taras", &(struct staff_change){.name = "Тарас", .pin = "00719264", .badge = "TO0STAFF"}, &err));
	assert_ok(staff_load(store, &all, &err));
	assert_int_equal(all.count, 2);
	assert_string_equal(who(store, &all, "482913")->key, "olena");
	assert_int_equal(who(store, &all, "482913")->role, STAFF_LEAD);
	assert_string_equal(who(store, &all, "00719264")->key, "taras");
	assert_int_equal(who(store, &all, "00719264")->role, STAFF_DOOR); /* the least, unless it is said */
	assert_null(who(store, &all, "719264"));
	assert_string_equal(staff_by_badge(&all, "TO0STAFF")->key, "taras");
	assert_null(staff_by_badge(&all, ""));
	staff_list_fini(&all);
	assert_ok(put(store, "taras", &(struct staff_change){.pin = ""}, &err)); /* the rest stays */
	assert_ok(staff_load(store, &all, &err));
	assert_null(who(store, &all, "00719264"));
	assert_string_equal(staff_by_badge(&all, "TO0STAFF")->name, "Тарас");
	staff_list_fini(&all);
	meet_assert_sound(store);
	store_close(store);
}

/* One PIN is one person's; whose it is is not told, and no message repeats it. */
static void one_pin_one_person(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	assert_ok(put(store, "a", &(struct staff_change){.name = "Anna Secret", .pin = "482913", .badge = "TO0A"}, &err));
	assert_false(put(store, "b", &(struct staff_change){.name = "B", .pin = "482913"}, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_null(strstr(err.text, "Anna"));
	assert_null(strstr(err.text, "482913"));
	assert_false(put(store, "b", &(struct staff_change){.name = "B", .badge = "TO0A"}, &err));
	assert_ok(put(store, "a", &(struct staff_change){.pin = "482913"}, &err)); /* one's own again is fine */
	static const char *const wrong[] = {"12345", "1234567890123", "12345a", "１２３４５６"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_false(put(store, "a", &(struct staff_change){.pin = wrong[i]}, &err));
		assert_int_equal(err.kind, ERR_USAGE);
		assert_null(strstr(err.text, wrong[i]));
	}
	assert_false(put(store, "c", &(struct staff_change){.role = "lead"}, &err)); /* nobody without a name */
	assert_false(put(store, "c", &(struct staff_change){.name = "C", .role = "boss"}, &err));
	store_close(store);
}

/* Another event's hash of the same digits is another. */
static void salted_by_the_event(void **state) {
	(void)state;
	char one[STAFF_PIN_HASH_LEN + 1], other[STAFF_PIN_HASH_LEN + 1];
	assert_true(staff_pin_hash(&(struct hash){{1}}, "482913", one) && staff_pin_hash(&(struct hash){{2}}, "482913", other));
	assert_string_not_equal(one, other);
	assert_int_equal(strlen(one), STAFF_PIN_HASH_LEN);
}

#define HOLDER "0000000000000000000a"

/* Lost, or of somebody who was taken off the roster: it opens nothing. */
static void a_lost_badge(void **state) {
	struct err err = {0};
	struct staff_list all;
	struct store *store = scratch_event(*state, "e.turnout");
	for (int removed = 0; removed < 2; removed++) {
		const char *code = removed ? "CODE-TWO" : "CODE-ONE", *set = "{\"name\":\"Тарас\"}";
		assert_ok(store_begin(store, &err) &&
			  person_edit(store, &(struct person_edit){.id = HOLDER, .set_json = set, .fresh = !removed}, &err) &&
			  badge_issue(store, code, HOLDER, NULL, &err) && store_commit(store, &err));
		assert_ok(put(store, "taras", &(struct staff_change){.name = "Тарас", .badge = code}, &err));
		assert_ok(staff_load(store, &all, &err));
		assert_non_null(staff_by_badge(&all, code));
		staff_list_fini(&all);
		assert_ok(store_begin(store, &err) &&
			  (removed ? person_edit(store, &(struct person_edit){.id = HOLDER, .status = "removed"}, &err)
				   : badge_revoke(store, code, &err)) &&
			  store_commit(store, &err));
		assert_ok(staff_load(store, &all, &err));
		assert_null(staff_by_badge(&all, code));
		assert_string_equal(all.items[0].name, "Тарас"); /* who they are stays known */
		staff_list_fini(&all);
	}
	store_close(store);
}

/* Their names are personal data: they go when the file's are purged. */
static void gone_with_a_purge(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	assert_ok(put(store, "olena", &(struct staff_change){.name = "Олена Прикладенко", .pin = "482913"}, &err));
	char *path = scratch_path(s, "e.turnout");
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record WHERE kind = 'staff' AND subject <> ''"), 1);
	store = event_sample_open(path);
	struct staff_list all;
	meet_acknowledge_all(store);
	assert_ok(store_purge(store, &err) && staff_load(store, &all, &err));
	assert_int_equal(all.count, 0);
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record WHERE body LIKE '%482913%' OR body LIKE '%Прикладенко%'"),
			 0);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(by_pin_and_badge), TEST(one_pin_one_person), TEST(salted_by_the_event), TEST(a_lost_badge),
					   TEST(gone_with_a_purge)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
