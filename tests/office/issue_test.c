/* Issuing: who keeps a badge, who gets one, what a reissue revokes, and what a signed code carries. */
#include "office/issue.h"

#include "badge/code.h"
#include "base/alloc.h"
#include "base/str.h"
#include "lib/testing.h"
#include "store/read/badges.h"
#include "store/read/settings.h"

static void add_person(struct store *store, const char *key, const char *name, const char *category) {
	char id[PERSON_ID_LEN + 1];
	struct err err = {0};
	struct person p = {0};
	person_id(store_event(store), key, id);
	person_set(&p, PERSON_NAME, name);
	person_set(&p, PERSON_CATEGORY, category);
	struct person_edit edit = {.id = id, .set = &p};
	assert_ok(person_edit(store, &edit, &err));
	person_fini(&p);
}

/* Ганна (no category), Іван and Марія (speakers). */
static struct store *three_people(const struct scratch *s) {
	struct err err = {0};
	struct store *store = scratch_event(s, "event");
	assert_ok(store_begin(store, &err));
	add_person(store, "1", "Ганна Бондар", NULL);
	add_person(store, "2", "Іван Коваль", "Спікер");
	add_person(store, "3", "Марія Коваль", " СПІКЕР");
	assert_ok(store_commit(store, &err));
	return store;
}

static void issue_all(struct store *store, const struct issue_options *options, struct issue *list) {
	struct err err = {0};
	assert_ok(issue_read(store, options, list, &err) && issue_codes(store, options, list, &err));
}

static const struct issue_holder *holder(const struct issue *list, const char *name) {
	for (size_t i = 0; i < list->count; i++) {
		if (str_starts(list->items[i].name, name)) {
			return &list->items[i];
		}
	}
	fail_msg("%s is not on the list", name);
	return NULL;
}

static bool is_revoked(struct store *store, const char *code) {
	struct badge_row row;
	struct err err = {0};
	bool found = false;
	assert_ok(badge_get(store, code, &row, &found, &err));
	assert_true(found);
	return row.revoked;
}

static void set_field(struct store *store, const char *name, enum person_field field, const char *text) {
	struct person_row row = {0};
	struct person p = {0};
	struct err err = {0};
	assert_ok(person_resolve(store, name, &row, &err));
	person_set(&p, field, text);
	struct person_edit edit = {.id = row.id, .set = &p};
	assert_ok(store_begin(store, &err) && person_edit(store, &edit, &err) && store_commit(store, &err));
	person_fini(&p);
	person_row_fini(&row);
}

static void register_as(struct store *store, const char *name, const char *registration) {
	set_field(store, name, PERSON_REGISTRATION, registration);
}

static void who_is_not_expected_gets_no_badge(void **state) {
	struct issue_options options = {0};
	struct issue list = {0};
	struct err err = {0};
	struct store *store = three_people(*state);
	register_as(store, "Іван Коваль", "cancelled");
	register_as(store, "Марія Коваль", "waiting");
	issue_all(store, &options, &list);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.left_out[REGISTRATION_CANCELLED], 1);
	assert_int_equal(list.left_out[REGISTRATION_WAITING], 1);
	issue_fini(&list);
	options.query = "коваль";
	assert_false(issue_read(store, &options, &list, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_holds(err.text, "not confirmed");
	issue_fini(&list);
	register_as(store, "Марія Коваль", "confirmed");
	issue_all(store, &options, &list);
	assert_string_equal(list.items[0].name, "Марія Коваль");
	issue_fini(&list);
	store_close(store);
}

static void everybody_gets_a_signed_code_with_the_category(void **state) {
	struct issue_options options = {0};
	struct issue list = {0};
	struct store *store = three_people(*state);
	issue_all(store, &options, &list);
	assert_int_equal(list.count, 3);
	assert_int_equal(list.lacking, 3);
	struct code code;
	for (size_t i = 0; i < list.count; i++) {
		assert_int_equal(code_parse(list.items[i].code, &code), CODE_SIGNED);
		assert_int_equal(code_verify(&code, store_event(store), store_organiser(store)), CODE_OK);
		assert_int_equal(code.category, code_category(list.items[i].category));
		assert_false(is_revoked(store, list.items[i].code));
	}
	code_parse(holder(&list, "Ганна")->code, &code);
	assert_int_equal(code.category, 0);
	code_parse(holder(&list, "Іван")->code, &code);
	uint8_t speaker = code.category;
	code_parse(holder(&list, "Марія")->code, &code);
	assert_true(speaker != 0 && code.category == speaker); /* however it is written */
	issue_fini(&list);
	store_close(store);
}

static void who_has_a_badge_keeps_it(void **state) {
	struct issue_options options = {0};
	struct issue first = {0}, again = {0};
	struct store *store = three_people(*state);
	struct err err = {0};
	issue_all(store, &options, &first);
	assert_ok(issue_read(store, &options, &again, &err));
	assert_int_equal(again.lacking, 0);
	for (size_t i = 0; i < again.count; i++) {
		assert_string_equal(again.items[i].code, holder(&first, again.items[i].name)->code);
		assert_null(again.items[i].old);
	}
	issue_fini(&first);
	issue_fini(&again);
	store_close(store);
}

static void a_reissue_revokes_the_old_ones_of_those_alone(void **state) {
	struct issue_options options = {0};
	struct issue_options again = {.query = "коваль", .reissue = true};
	struct issue first = {0}, second = {0};
	struct store *store = three_people(*state);
	issue_all(store, &options, &first);
	issue_all(store, &again, &second);
	assert_int_equal(second.count, 2);
	assert_int_equal(second.lacking, 2);
	for (size_t i = 0; i < second.count; i++) {
		const struct issue_holder *h = &second.items[i];
		const char *old = holder(&first, h->name)->code;
		assert_string_equal(h->old, old);
		assert_string_not_equal(h->code, old);
		assert_true(is_revoked(store, old));
		assert_false(is_revoked(store, h->code));
	}
	assert_false(is_revoked(store, holder(&first, "Ганна")->code));
	issue_fini(&first);
	issue_fini(&second);
	store_close(store);
}

static void only_those_who_are_asked_for(void **state) {
	struct issue_options options = {.query = "Марія", .short_codes = true};
	struct issue list = {0};
	struct store *store = three_people(*state);
	struct err err = {0};
	struct code code;
	issue_all(store, &options, &list);
	assert_int_equal(list.count, 1);
	assert_string_equal(list.items[0].name, "Марія Коваль");
	assert_int_equal(code_parse(list.items[0].code, &code), CODE_SHORT);
	issue_fini(&list);

	options = (struct issue_options){0};
	assert_ok(issue_read(store, &options, &list, &err));
	assert_int_equal(list.lacking, 2); /* the others have none yet */
	issue_fini(&list);

	options.query = "nobody";
	assert_false(issue_read(store, &options, &list, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_holds(err.text, "nobody on the roster matches \"nobody\"");
	issue_fini(&list);
	store_close(store);
}

static void expect_selected(struct store *store, const char *query, enum issue_by by, const char *const names[3]) {
	struct issue_options options = {.query = query};
	struct issue list = {0};
	struct err err = {0};
	assert_ok(issue_read(store, &options, &list, &err));
	assert_int_equal(list.by, by);
	size_t n = 0;
	while (n < 3 && names[n] != NULL) {
		holder(&list, names[n++]);
	}
	assert_int_equal(list.count, n);
	issue_fini(&list);
}

/* Not who belongs to something of that name, nor who has a longer one. */
static void a_name_means_who_has_it(void **state) {
	struct store *store = three_people(*state);
	set_field(store, "Іван Коваль", PERSON_ORGANISATION, "ГО «Марія Коваль»");
	set_field(store, "Ганна Бондар", PERSON_ORGANISATION, "ГО «Марія Коваль»");
	set_field(store, "Ганна Бондар", PERSON_NAME, "Іванна Бондар");
	expect_selected(store, "коваль марія", ISSUE_BY_NAME, (const char *const[3]){"Марія Коваль"});
	expect_selected(store, "Іван", ISSUE_BY_WORDS, (const char *const[3]){"Іван Коваль"});
	expect_selected(store, "коваль", ISSUE_BY_WORDS, (const char *const[3]){"Іван Коваль", "Марія Коваль"});
	expect_selected(store, "ГО Марія", ISSUE_BY_FIELDS, (const char *const[3]){"Іван Коваль", "Іванна Бондар"});
	expect_selected(store, "бонд", ISSUE_BY_FIELDS, (const char *const[3]){"Іванна Бондар"});
	set_field(store, "Іванна Бондар", PERSON_NAME_LATIN, "Ivanna Bondar");
	expect_selected(store, "bondar ivanna", ISSUE_BY_NAME, (const char *const[3]){"Іванна Бондар"});
	store_close(store);
}

static void without_the_key_nothing_is_written(void **state) {
	const struct scratch *s = *state;
	struct issue_options options = {0};
	struct issue list = {0};
	struct store *store = three_people(s);
	struct err err = {0};
	store_close(store);
	char *path = scratch_path(s, "event");
	char *key = xasprintf("%s.key", path);
	assert_int_equal(remove(key), 0);
	store = store_open(path, STORE_WRITE, "test", &err);
	assert_ok(store != NULL);
	assert_ok(issue_read(store, &options, &list, &err));
	assert_false(issue_codes(store, &options, &list, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	issue_fini(&list);
	assert_ok(issue_read(store, &options, &list, &err));
	assert_int_equal(list.lacking, 3);
	issue_fini(&list);
	store_close(store);
	free(key);
	free(path);
}

/* What was on paper is known, of other systems' codes too, on every copy of the file; a new code was on none. */
static void what_was_printed_before(void **state) {
	struct store *store = three_people(*state);
	struct issue_options all = {0}, fresh = {.fresh = true}, again = {.query = "бондар", .reissue = true};
	struct issue list = {0};
	struct err err = {0};
	assert_ok(store_begin(store, &err));
	assert_ok(person_edit(
		store,
		&(struct person_edit){.id = "0000000000000000000a", .set_json = "{\"name\":\"Яна\",\"code\":\"T-1\"}", .fresh = true},
		&err));
	assert_ok(store_commit(store, &err));
	issue_all(store, &all, &list);
	assert_int_equal(list.count, 4);
	assert_true(issue_has_unnoted(&list));
	assert_ok(issue_note_printed(store, &list, &err));
	issue_fini(&list);
	issue_all(store, &all, &list);
	assert_false(issue_has_unnoted(&list));
	issue_fini(&list);
	assert_false(issue_read(store, &fresh, &list, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_holds(err.text, "4");
	issue_fini(&list);
	issue_all(store, &again, &list);
	assert_int_equal(list.revoking, 1);
	issue_fini(&list);
	assert_ok(store_begin(store, &err));
	add_person(store, "4", "Нова Людина", NULL);
	assert_ok(store_commit(store, &err));
	issue_all(store, &fresh, &list);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.passed, 3);
	assert_string_equal(list.items[0].name, "Ганна Бондар");
	assert_string_equal(list.items[1].name, "Нова Людина");
	issue_fini(&list);
	store_close(store);
}

static void in_the_order_that_is_wanted(void **state) {
	struct store *store = three_people(*state);
	struct issue_options options = {.order = PEOPLE_BY_CATEGORY};
	struct issue list = {0};
	issue_all(store, &options, &list);
	assert_string_equal(list.items[2].name, "Ганна Бондар"); /* who has none comes last */
	issue_fini(&list);
	store_close(store);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(everybody_gets_a_signed_code_with_the_category, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(who_is_not_expected_gets_no_badge, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(who_has_a_badge_keeps_it, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(a_reissue_revokes_the_old_ones_of_those_alone, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(what_was_printed_before, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(in_the_order_that_is_wanted, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(only_those_who_are_asked_for, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(a_name_means_who_has_it, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(without_the_key_nothing_is_written, scratch_open, scratch_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
