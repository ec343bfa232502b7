/* Roles and invitations given and taken: what is refused, and what a copy carries afterwards. */
#include "store/write/enrolment.h"

#include "lib/event_sample.h"

#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/create.h"
#include "store/read/checkins.h"
#include "store/read/invitations.h"
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

/* --- copies with invitations of their own --------------------------------------------------------------------------------------------- */

static void make_copy(const struct scratch *s, const char *path, const char *name, const char *to, struct public_key *key) {
	struct err err = {0};
	struct invitation invitation;
	struct store *store = event_sample_open_as(s, path, 0);
	assert_ok(store_begin(store, &err) && invitation_make(store, name, &invitation, &err) && store_commit(store, &err));
	assert_ok(store_copy_inviting(store, to, invitation.seed, &err));
	*key = invitation.key;
	store_close(store);
}

struct listed {
	char text[600];
};

static bool list_one(void *context, const struct invitation_row *row, struct err *err) {
	(void)err;
	struct listed *listed = context;
	size_t n = strlen(listed->text);
	snprintf(listed->text + n, sizeof listed->text - n, "%s %s %lld %lld%s\n", row->name, row->open ? "open" : "closed",
		 (long long)row->stations, (long long)row->checkins, row->carried ? " here" : "");
	return true;
}

static void lists(const struct scratch *s, const char *path, const char *wanted) {
	struct err err = {0};
	struct listed listed = {""};
	struct store *store = event_sample_open_as(s, path, 0);
	assert_ok(invitations_each(store, list_one, &listed, &err));
	assert_string_equal(listed.text, wanted);
	store_close(store);
}

struct told {
	struct public_key kept;
	int kept_count, otherwise, left;
};

static bool note_told(void *context, const struct closing_station *station, struct err *err) {
	(void)err;
	struct told *told = context;
	told->kept = station->kept ? station->key : told->kept;
	told->kept_count += station->kept;
	told->otherwise += station->otherwise;
	told->left += !station->kept && !station->otherwise;
	return true;
}

static int64_t counted(const char *path) { return event_sample_number(path, "SELECT count(*) FROM view_checkin"); }

/* Which copy a station came from; one that is closed leaves the others open, and keeps whom the organiser names. */
static void a_copy_for_each_entrance(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_bare(s, "e.turnout"), *a = scratch_path(s, "a.turnout"), *b = scratch_path(s, "b.turnout");
	struct public_key for_a, for_b;
	make_copy(s, path, "Вхід А", a, &for_a);
	make_copy(s, path, "Вхід Б", b, &for_b);
	event_sample_checkin(s, a, 1);
	event_sample_checkin(s, b, 2);
	event_sample_checkin(s, b, 3); /* from the same copy: whoever has it makes keys as they like */
	event_sample_checkin(s, b, 1); /* the first box is given the other copy, too */
	event_sample_merge(path, a);
	event_sample_merge(path, b);
	lists(s, path, " open 0 0 here\nВхід А open 1 1\nВхід Б open 3 3\n");
	assert_int_equal(counted(path), 4);
	struct public_key honest = event_sample_key(s, path, 2);
	struct told told = {.left = 0};
	struct invitation_closing how = {.keep = &honest, .keep_count = 1, .each = note_told, .context = &told};
	event_sample_write(s, path, 0, invitation_close_one(store, &for_b, &how, &err));
	assert_int_equal(told.kept_count, 1);
	assert_true(crypto_key_eq(&told.kept, &honest));
	assert_int_equal(told.otherwise, 1); /* the first box may by its own copy */
	assert_int_equal(told.left, 1);
	assert_int_equal(counted(path), 3);
	event_sample_checkin(s, b, 2);
	event_sample_checkin(s, a, 4);
	event_sample_checkin(s, b, 5);
	event_sample_merge(path, a);
	event_sample_merge(path, b);
	assert_int_equal(counted(path), 5); /* a box of the other entrance joins; a new one of the closed copy does not */
	lists(s, path, " open 0 0 here\nВхід А open 2 2\nВхід Б closed 4 3\n");
	event_sample_stays_so(path);
	free(path);
	free(a);
	free(b);
}

static void invitations_and_their_names(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	struct invitation made, unused;
	char *path = event_sample_bare(s, "e.turnout"), *key_file = scratch_path(s, "e.turnout.key"), long_name[INVITATION_NAME_MAX + 2];
	memset(long_name, 'x', sizeof long_name - 1);
	long_name[sizeof long_name - 1] = '\0';
	struct store *store = event_sample_open_as(s, path, 0);
	assert_ok(store_begin(store, &err));
	assert_ok(invitation_make(store, "Вхід", &made, &err));
	refuses(store, invitation_make(store, long_name, &unused, &err), &err, ERR_USAGE);
	assert_ok(invitation_make(store, long_name + 1, &made, &err));
	refuses(store, invitation_make(store, long_name + 1, &unused, &err), &err, ERR_REFUSED); /* one of that name is open */
	assert_ok(invitation_make(store, "Вхід", &made, &err) &&
		  invitation_close_one(store, &made.key, &(struct invitation_closing){0}, &err));
	assert_ok(invitation_make(store, "Вхід", &unused, &err)); /* then the name is free again */
	assert_ok(store_commit(store, &err) && store_begin(store, &err));
	refuses(store, invitation_close_one(store, &made.key, &(struct invitation_closing){0}, &err), &err, ERR_REFUSED);
	refuses(store, invitation_close_one(store, &(struct public_key){{5}}, &(struct invitation_closing){0}, &err), &err, ERR_REFUSED);
	store_rollback(store);
	store_close(store);
	assert_int_equal(unlink(key_file), 0);
	store = event_sample_open_as(s, path, 0);
	assert_ok(store_begin(store, &err));
	refuses(store, invitation_make(store, "Інший", &unused, &err), &err, ERR_REFUSED);
	assert_holds(err.text, "organiser's key");
	refuses(store, invitation_close_one(store, &unused.key, &(struct invitation_closing){0}, &err), &err, ERR_REFUSED);
	store_rollback(store);
	store_close(store);
	free(path);
	free(key_file);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(what_is_refused),
		TEST(many_stations_are_kept_in_several_records),
		TEST(a_name_for_who_joined_by_themselves),
		TEST(another_invitation),
		TEST(a_copy_for_each_entrance),
		TEST(invitations_and_their_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
