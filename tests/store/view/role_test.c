/* Records that give and take rights: what they put into the views, and when everything has to be computed again. */
#include "store/view/role.h"

#include "lib/event_sample.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/view/view.h"
#include "store/write/append.h"

#define KEY(n) "0" #n "00000000000000000000000000000000000000000000000000000000000000"

static void append(struct store *store, const char *kind, const char *body) {
	struct err err = {0};
	struct draft draft = {.kind = kind, .author = AUTHOR_ORGANISER, .subject = "", .body = body};
	assert_ok(store_append(store, &draft, NULL, &err));
}

static bool unsettles(struct store *store, const char *kind, const char *body) {
	struct err err = {0};
	bool does = false;
	struct json *parsed = json_parse(body, strlen(body), &err);
	struct view_record r = {.kind = kind, .body = parsed};
	assert_ok(parsed != NULL && role_unsettles(store, &r, &does, &err));
	json_free(parsed);
	return does;
}

/* By which the key came first, in hexadecimal: the same text for every call. */
static bool note_invitation(void *context, struct stmt *s, struct err *err) {
	(void)err;
	str_copy(context, 2 * KEY_LEN + 1, str_or_empty(stmt_col_text(s, 0)));
	return true;
}

static const char *invitation_of(struct store *store, const char *key) {
	static char hex[2 * KEY_LEN + 1];
	struct err err = {0};
	char *sql = xasprintf("SELECT lower(hex(invitation)) FROM view_joined WHERE key = x'%s'", key);
	assert_ok(db_each(store->db, sql, note_invitation, hex, &err));
	free(sql);
	return hex;
}

/* A right that is given helps those that were ignored; there are none. */
static void given_rights_unsettle_only_what_was_ignored(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	assert_false(unsettles(store, "role", "{\"key\":\"" KEY(1) "\"}"));
	assert_false(unsettles(store, "invite", "{\"key\":\"" KEY(1) "\"}"));
	assert_ok(store_begin(store, &err));
	append(store, "note", "{}"); /* of a kind that is not known: ignored */
	assert_true(unsettles(store, "role", "{\"key\":\"" KEY(1) "\"}"));
	assert_false(unsettles(store, "role", "{\"key\":\"no key\"}")); /* it gives nothing */
	assert_false(unsettles(store, "role", "{}"));
	store_rollback(store);
	store_close(store);
}

/* One that is taken hits what that key wrote beyond it. */
static void taken_rights_unsettle_what_was_written(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout"), hex[65], body[300];
	struct store *store = event_sample_open_as(s, path, 1);
	str_hex(store_station(store)->b, KEY_LEN, hex);
	snprintf(body, sizeof body, "{\"key\":\"%s\"}", hex);
	assert_false(unsettles(store, "retire", "{\"key\":\"" KEY(9) "\"}")); /* of whom nothing is here */
	assert_true(unsettles(store, "retire", body));
	/* One closes on those who came by it and are not kept, and on nobody else. */
	assert_false(unsettles(store, "close", "{\"key\":\"" KEY(9) "\"}"));
	char *invitation = xasprintf("{\"key\":\"%s\"}", invitation_of(store, hex));
	assert_true(unsettles(store, "close", invitation));
	free(invitation);
	char *sql = xasprintf("INSERT INTO view_retired SELECT author, hash, 1000 FROM log WHERE author = x'%s'", hex);
	assert_ok(store_begin(store, &err) && db_exec(store->db, sql, &err));
	assert_false(unsettles(store, "retire", body)); /* all that it wrote counts */
	store_rollback(store);
	free(sql);
	store_close(store);
	free(path);
}

static void what_a_certificate_opens(void **state) {
	struct err err = {0};
	bool opens = true;
	struct certificate certificate, other;
	struct key_pair invitation = key_of_number(9);
	struct store *store = scratch_event(*state, "e.turnout");
	const struct public_key *station = store_station(store);
	assert_true(store_certificate(store, station, &certificate));
	assert_ok(store_certificate_opens(store, &certificate, station, &opens, &err));
	assert_true(opens);
	assert_ok(store_certificate_opens(store, &certificate, &invitation.public_key, &opens, &err)); /* another's */
	assert_false(opens);
	certificate_make(&invitation, store_event(store), station, &other); /* right, by an invitation that nobody gave */
	assert_ok(store_certificate_opens(store, &other, station, &opens, &err));
	assert_false(opens);
	store_close(store);
}

/* Of two names the greater one; a role that is none is ignored; a retirement names the least of what counts. */
static void what_stands_in_the_views(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	const char *path = store_path(store);
	assert_ok(store_begin(store, &err));
	append(store, "role", "{\"key\":\"" KEY(1) "\",\"role\":\"hub\",\"name\":\"B\"}");
	append(store, "role", "{\"key\":\"" KEY(1) "\",\"role\":\"hub\",\"name\":\"A\"}");
	append(store, "role", "{\"key\":\"" KEY(1) "\",\"role\":\"king\"}");
	append(store, "retire", "{\"key\":\"" KEY(2) "\",\"logs\":{\"" KEY(3) "\":7,\"short\":9,\"" KEY(4) "\":\"x\"}}");
	append(store, "retire", "{\"key\":\"" KEY(2) "\",\"logs\":{\"" KEY(3) "\":5}}");
	append(store, "close", "{\"key\":\"" KEY(5) "\",\"keep\":[\"" KEY(6) "\",\"short\",7]}");
	append(store, "invite", "{\"key\":\"" KEY(5) "\"}"); /* closed stays closed */
	assert_ok(store_commit(store, &err));
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_role WHERE role = 'hub' AND name = 'B'"), 1);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_ignored WHERE reason = 'role'"), 1);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_retired"), 2); /* of that log, and of none */
	assert_int_equal(event_sample_number(path, "SELECT max(last_seq) FROM view_retired"), 5);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_kept"), 1);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_invitation WHERE status = 'closed'"), 1);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(given_rights_unsettle_only_what_was_ignored),
		TEST(taken_rights_unsettle_what_was_written),
		TEST(what_a_certificate_opens),
		TEST(what_stands_in_the_views),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
