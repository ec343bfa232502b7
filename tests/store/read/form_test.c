/* The form in the event file: put, changed, taken off, and put again. */
#include "store/read/form.h"

#include "lib/meet.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/view/views.h"

static void put(struct store *store, const char *key, const char *set) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) && form_field_put(store, key, set, &err) && store_commit(store, &err));
}

static void take_off(struct store *store, const char *key) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) && form_field_remove(store, key, &err) && store_commit(store, &err));
}

static void refused(struct store *store, const char *key, const char *set, const char *says) {
	struct err err = {0};
	assert_ok(store_begin(store, &err));
	assert_false(set == NULL ? form_field_remove(store, key, &err) : form_field_put(store, key, set, &err));
	assert_holds(err.text, says);
	store_rollback(store);
}

/* Keys with spaces between. */
static void is(struct store *store, bool made, const char *keys) {
	struct err err = {0};
	struct form form;
	struct strbuf out = {0};
	bool own = !made;
	assert_ok(form_load(store, &form, &own, &err));
	for (size_t i = 0; i < form.count; i++) {
		strbuf_addf(&out, "%s%s", i > 0 ? " " : "", form.items[i].key);
	}
	assert_string_equal(strbuf_str(&out), keys);
	assert_int_equal(own, made);
	strbuf_fini(&out);
	form_fini(&form);
}

static void a_form_grows_and_shrinks(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	struct err err = {0};
	struct form form;
	is(store, false, "name community organisation phone");
	put(store, "consent:photo", "{\"text\":\"Так\",\"order\":\"50\"}"); /* whoever adds a question keeps the others */
	is(store, true, "name community organisation phone consent:photo");
	take_off(store, "organisation");
	put(store, "phone", "{\"order\":\"5\",\"required\":\"yes\"}");
	is(store, true, "phone name community consent:photo");
	assert_ok(form_load(store, &form, NULL, &err));
	assert_true(form.items[0].required);
	assert_int_equal(form.items[0].seen, FORM_SEEN_BY_STAFF); /* what was not named stays */
	form_fini(&form);
	put(store, "phone", "{\"required\":\"\"}");
	put(store, "organisation", "{}"); /* as it was */
	is(store, true, "phone name community organisation consent:photo");
	assert_ok(form_load(store, &form, NULL, &err));
	assert_false(form.items[0].required);
	form_fini(&form);
	assert_ok(store_rebuild(store, &err));
	is(store, true, "phone name community organisation consent:photo");
	store_close(store);
}

static void taken_off_before_anything_was_put(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	take_off(store, "phone");
	is(store, true, "name community organisation");
	store_close(store);
}

static void what_is_refused_changes_nothing(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	refused(store, "code", "{}", "no field \"code\"");
	refused(store, "custom:Food", "{\"type\":\"choice\"}", "nothing to choose from");
	refused(store, "name", NULL, "name in any case");
	refused(store, "email", NULL, "no field \"email\"");
	refused(store, "email", "{\"when\":\"region=x\"}", "does not ask");
	refused(store, "email", "{\"when\":\"minor=maybe\"}", "yes or no");
	is(store, false, "name community organisation phone");
	put(store, "custom:Food", "{\"type\":\"choice\",\"choices\":\"veg\\nmeat\",\"label\":\"x\"}");
	refused(store, "email", "{\"when\":\"custom:Food=fish\"}", "as they are kept");
	put(store, "email", "{\"when\":\"custom:Food=meat\"}");
	take_off(store, "email");
	take_off(store, "custom:Food");
	for (int i = 4; i < FORM_FIELDS_MAX; i++) {
		char key[32];
		snprintf(key, sizeof key, "custom:%02d", i);
		put(store, key, "{\"label\":\"x\"}");
	}
	refused(store, "email", "{}", "60 fields at most");
	put(store, "phone", "{\"required\":\"yes\"}"); /* those that are there can be changed */
	store_close(store);
}

/* What others are asked by stays as they need it. */
static void what_others_hang_on(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	put(store, "custom:Role", "{\"type\":\"choice\",\"choices\":\"guest\\nspeaker\",\"label\":\"x\"}");
	refused(store, "custom:Role", "{\"when\":\"custom:Role=guest\"}", "does not ask");
	put(store, "custom:Talk", "{\"label\":\"x\",\"when\":\"custom:Role=speaker\"}");
	refused(store, "custom:Role", NULL, "custom:Talk is asked by the answer to custom:Role");
	refused(store, "custom:Role", "{\"choices\":\"guest\\nhost\"}",
		"custom:Talk is asked by custom:Role=speaker: custom:Role is not answered");
	put(store, "custom:Role", "{\"choices\":\"guest\\nspeaker\\nhost\"}");
	put(store, "custom:Talk", "{\"when\":\"\"}");
	take_off(store, "custom:Role");
	put(store, "custom:minor", "{\"type\":\"yes-no\"}");
	put(store, "custom:guardian", "{\"label\":\"x\",\"when\":\"minor=yes\"}");
	refused(store, "custom:minor", NULL, "custom:guardian is asked by the answer to custom:minor");
	put(store, "birth_year", "{}"); /* another question says it */
	take_off(store, "custom:minor");
	refused(store, "birth_year", NULL, "custom:guardian is asked by the answer to birth_year");
	is(store, true, "birth_year custom:Talk custom:guardian name community organisation phone");
	store_close(store);
}

/* Of two laptops: each field as either of them had it, the same everywhere. */
static void two_who_edit_it_apart(void **state) {
	struct scratch *s = *state;
	char *path = event_sample_bare(s, "e.turnout"), *copy = scratch_path(s, "copy.turnout"), a[65], b[65];
	struct err err = {0};
	struct store *store = event_sample_open(path);
	char *key = xasprintf("%s.key", path), *copy_key = xasprintf("%s.key", copy);
	assert_ok(store_copy(store, copy, &err));
	meet_copy_bytes(key, copy_key);
	free(key);
	free(copy_key);
	put(store, "email", "{\"order\":\"1\"}");
	store_close(store);
	store = event_sample_open(copy);
	put(store, "email", "{\"required\":\"yes\"}");
	put(store, "region", "{}");
	store_close(store);
	event_sample_merge(path, copy);
	event_sample_merge(copy, path);
	event_sample_digest(path, a);
	event_sample_digest(copy, b);
	assert_string_equal(a, b);
	store = event_sample_open(path);
	is(store, true, "region email name community organisation phone");
	store_close(store);
	free(copy);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(a_form_grows_and_shrinks), TEST(taken_off_before_anything_was_put),
					   TEST(what_is_refused_changes_nothing), TEST(what_others_hang_on), TEST(two_who_edit_it_apart)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
