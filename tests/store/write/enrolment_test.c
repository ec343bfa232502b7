/* Roles and invitations given and taken: what is refused, and what a copy carries afterwards. */
#include "store/write/enrolment.h"

#include "lib/event_sample.h"

#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/create.h"
#include "store/read/checkins.h"
#include "store/view/roles.h"

static void refuses(struct store *store, bool done, const struct err *err, enum err_kind kind) {
	assert_false(done);
	assert_int_equal(err->kind, kind);
	assert_true(err->text[0] != '\0');
	store_rollback(store);
	struct err begin = {0};
	assert_true(store_begin(store, &begin));
}

static void what_is_refused(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_bare(s, "e.turnout"), *key_file = scratch_path(s, "e.turnout.key");
	struct public_key a = {{1}}, b = {{2}};
	char long_name[ROLE_NAME_MAX + 2];
	memset(long_name, 'x', sizeof long_name - 1);
	long_name[sizeof long_name - 1] = '\0';
	event_sample_checkin(s, path, 1);
	event_sample_write(s, path, 0, role_give(store, &a, "station", "Вхід А", &err));
	event_sample_write(s, path, 0, role_retire(store, &b, &err));
	struct store *store = event_sample_open_as(s, path, 0);
	int64_t records = event_sample_number(path, "SELECT count(*) FROM record");
	assert_ok(store_begin(store, &err));
	refuses(store, role_give(store, &a, "boss", "", &err), &err, ERR_USAGE);
	refuses(store, role_give(store, &a, "hub", long_name, &err), &err, ERR_USAGE);
	refuses(store, role_give(store, &a, "station", "Вхід Б", &err), &err, ERR_REFUSED);
	refuses(store, role_give(store, &a, "station", "Вхід А", &err), &err, ERR_REFUSED);
	refuses(store, role_give(store, &b, "station", "", &err), &err, ERR_REFUSED);
	refuses(store, role_retire(store, &b, &err), &err, ERR_REFUSED);
	refuses(store, role_give(store, store_organiser(store), "hub", "", &err), &err, ERR_REFUSED);
	refuses(store, role_retire(store, store_organiser(store), &err), &err, ERR_REFUSED);
	store_close(store);
	unlink(key_file);
	store = event_sample_open_as(s, path, 0);
	size_t kept = 0;
	assert_ok(store_begin(store, &err));
	refuses(store, role_give(store, &a, "hub", "", &err), &err, ERR_REFUSED);
	refuses(store, role_retire(store, &a, &err), &err, ERR_REFUSED);
	refuses(store, invitation_close(store, &kept, &err), &err, ERR_REFUSED);
	refuses(store, invitation_open_new(store, &err), &err, ERR_REFUSED);
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record"), records);
	free(key_file);
	free(path);
}

static void many_stations_are_kept_in_several_records(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	size_t kept = 0;
	char *path = event_sample_bare(s, "e.turnout");
	struct store *store = event_sample_open_as(s, path, 0);
	assert_ok(store_begin(store, &err));
	for (int i = 0; i < 1201; i++) {
		struct public_key key = {{(uint8_t)(i & 255), (uint8_t)(i >> 8), 9}};
		assert_ok(role_give(store, &key, "station", "", &err));
	}
	assert_ok(store_commit(store, &err));
	assert_ok(store_begin(store, &err) && invitation_close(store, &kept, &err) && store_commit(store, &err));
	store_close(store);
	assert_int_equal(kept, 1201);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_kept"), 1201);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record WHERE kind = 'close'"), 3);
	free(path);
}

static void a_name_for_who_joined_by_themselves(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_bare(s, "e.turnout"), name[ROLE_NAME_MAX + 1];
	event_sample_checkin(s, path, 1);
	struct store *store = event_sample_open_as(s, path, 1);
	struct public_key key = *store_station(store);
	store_close(store);
	store = event_sample_open_as(s, path, 0);
	assert_ok(store_begin(store, &err));
	refuses(store, role_give(store, &key, "station", "", &err), &err, ERR_REFUSED); /* it has that role, and this gives no name */
	assert_ok(role_give(store, &key, "station", "Вхід А", &err) && store_commit(store, &err));
	assert_ok(role_name(store, &key, name, sizeof name, &err));
	assert_string_equal(name, "Вхід А");
	store_close(store);
	free(path);
}

/* A new invitation is what copies carry from then on; the one that was open stays open until it is closed. */
static void another_invitation(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store_origin before, after;
	size_t kept = 9;
	char *path = event_sample_bare(s, "e.turnout");
	struct store *store = event_sample_open_as(s, path, 0);
	assert_ok(store_origin(store, &before, &err));
	assert_ok(store_begin(store, &err) && invitation_open_new(store, &err) && store_commit(store, &err));
	assert_ok(store_origin(store, &after, &err));
	assert_true(memcmp(before.invitation_seed, after.invitation_seed, KEY_LEN) != 0);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_invitation WHERE status = 'open'"), 2);
	assert_ok(store_begin(store, &err) && invitation_close(store, &kept, &err) && store_commit(store, &err));
	assert_int_equal(kept, 0);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_invitation WHERE status = 'open'"), 0);
	assert_ok(store_begin(store, &err));
	refuses(store, invitation_close(store, &kept, &err), &err, ERR_REFUSED); /* none is open any more */
	store_rollback(store);
	assert_ok(store_set_invitation(store, before.invitation_seed, &err) && store_origin(store, &after, &err));
	assert_memory_equal(before.invitation_seed, after.invitation_seed, KEY_LEN);
	assert_ok(store_set_invitation(store, before.invitation_seed, &err)); /* the one that it carries: nothing is done */
	assert_ok(store_begin(store, &err));                                  /* and no transaction is left open */
	assert_false(store_set_invitation(store, after.event_key, &err));     /* another one needs a transaction of its own */
	store_rollback(store);
	store_close(store);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(what_is_refused),
		TEST(many_stations_are_kept_in_several_records),
		TEST(a_name_for_who_joined_by_themselves),
		TEST(another_invitation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
