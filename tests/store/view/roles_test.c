/* Roles, retirement and invitations: who may write, and what becomes of what they wrote. */
#include "store/view/roles.h"

#include "lib/event_sample.h"

#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/str.h"
#include "import/fault.h"
#include "station/desk.h"
#include "store/read/audit.h"
#include "store/read/checkins.h"
#include "store/read/settings.h"
#include "store/write/enrolment.h"

static int64_t counted(const char *path) { return event_sample_number(path, "SELECT count(*) FROM view_checkin"); }

static enum station_verdict verdict_of(const struct scratch *s, const char *path, const struct public_key *key) {
	struct err err = {0};
	enum station_verdict verdict = VERDICT_UNKNOWN;
	struct store *store = event_sample_open_as(s, path, 0);
	assert_ok(role_verdict(store, key, &verdict, &err));
	store_close(store);
	return verdict;
}

static bool keeps(const struct scratch *s, const char *path, const struct public_key *key) {
	struct err err = {0};
	bool keeper = false;
	struct store *store = event_sample_open_as(s, path, 0);
	assert_ok(role_is_keeper(store, key, &keeper, &err));
	store_close(store);
	return keeper;
}

/* Invariants 2 and 3 after what a test did: computed again, the views are the same. */
static void verdicts(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_bare(s, "e.turnout");
	struct public_key station = event_sample_key(s, path, 1), hub = {{1}}, editor = {{2}}, both = {{3}}, nobody = {{4}};
	assert_int_equal(verdict_of(s, path, &station), VERDICT_UNKNOWN);
	event_sample_checkin(s, path, 1);
	event_sample_write(s, path, 0, role_give(store, &hub, "hub", "Хаб", &err));
	event_sample_write(s, path, 0, role_give(store, &editor, "editor", "", &err));
	event_sample_write(s, path, 0, role_give(store, &both, "editor", "Оля", &err) && role_give(store, &both, "hub", "Оля", &err));
	struct public_key organiser = {{0}};
	event_sample_write(s, path, 0, memcpy(&organiser, store_organiser(store), sizeof organiser) != NULL);
	assert_int_equal(verdict_of(s, path, &station), VERDICT_STATION);
	assert_int_equal(verdict_of(s, path, &hub), VERDICT_HUB);
	assert_int_equal(verdict_of(s, path, &editor), VERDICT_EDITOR);
	assert_int_equal(verdict_of(s, path, &both), VERDICT_EDITOR);
	assert_int_equal(verdict_of(s, path, &organiser), VERDICT_ORGANISER);
	assert_int_equal(verdict_of(s, path, &nobody), VERDICT_UNKNOWN);
	assert_true(keeps(s, path, &hub) && keeps(s, path, &both) && keeps(s, path, &organiser));
	assert_false(keeps(s, path, &station) || keeps(s, path, &editor) || keeps(s, path, &nobody));
	event_sample_write(s, path, 0, role_retire(store, &hub, &err) && role_retire(store, &station, &err));
	assert_int_equal(verdict_of(s, path, &hub), VERDICT_RETIRED);
	assert_int_equal(verdict_of(s, path, &station), VERDICT_RETIRED);
	assert_false(keeps(s, path, &hub));
	event_sample_stays_so(path);
	free(path);
}

static void a_retired_station_keeps_what_it_wrote(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_bare(s, "e.turnout");
	event_sample_checkin(s, path, 1);
	event_sample_checkin(s, path, 1);
	struct public_key station = event_sample_key(s, path, 1);
	event_sample_write(s, path, 0, role_retire(store, &station, &err));
	event_sample_checkin(s, path, 1); /* it has not heard of it */
	assert_int_equal(counted(path), 2);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_ignored"), 1);
	/* Another log of it, of another boot, does not count at all. */
	char *folder = xasprintf("find '%s/device-1' -name 'marker-*' -delete", s->folder);
	assert_int_equal(system(folder), 0); /* NOLINT: the words are ours */
	event_sample_checkin(s, path, 1);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM log"), 3);
	assert_int_equal(counted(path), 2);
	event_sample_stays_so(path);
	free(folder);
	free(path);
}

static void a_key_is_retired_before_it_wrote(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_bare(s, "e.turnout");
	struct public_key station = event_sample_key(s, path, 1);
	event_sample_write(s, path, 0, role_retire(store, &station, &err));
	event_sample_checkin(s, path, 1);
	assert_int_equal(counted(path), 0);
	event_sample_stays_so(path);
	free(path);
}

/* A retirement whose body names logs that are none retires all the same. */
static void a_retirement_that_says_nonsense(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_bare(s, "e.turnout");
	char hex[2 * KEY_LEN + 1], body[200];
	struct public_key station = event_sample_key(s, path, 1);
	str_hex(station.b, KEY_LEN, hex);
	snprintf(body, sizeof body, "{\"key\":\"%s\",\"logs\":{\"no log\":7}}", hex);
	struct draft draft = {.kind = "retire", .author = AUTHOR_ORGANISER, .subject = "", .body = body};
	event_sample_write(s, path, 0, store_append(store, &draft, NULL, &err));
	assert_int_equal(verdict_of(s, path, &station), VERDICT_RETIRED);
	free(path);
}

static void the_desk_of_a_retired_box_refuses(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	struct desk_answer answer;
	struct strbuf name = {0};
	char *path = event_sample_bare(s, "e.turnout");
	struct public_key station = event_sample_key(s, path, 1);
	event_sample_write(s, path, 0, setting_put(store, "unverified", "welcome", &err));
	event_sample_checkin(s, path, 1);
	event_sample_write(s, path, 0, role_retire(store, &station, &err));
	int64_t records = event_sample_number(path, "SELECT count(*) FROM record");
	struct store *store = event_sample_open_as(s, path, 1);
	struct desk *desk = desk_open(store, POINT_ARRIVAL, &err);
	assert_ok(desk != NULL);
	struct desk_scan scan = {.text = "TO0AAAAAAAAAAAA", .len = 15, .how = "camera"};
	assert_false(desk_take(desk, &scan, &answer, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_holds(err.text, "retired");
	assert_ok(store_begin(store, &err));
	assert_false(checkin_undo(store, NULL, &name, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	store_rollback(store);
	desk_close(desk);
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record"), records);
	strbuf_fini(&name);
	free(path);
}

/* The organiser's word reaches a desk that has long known that it may write. */
static void retired_while_it_is_open(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	struct desk_answer answer;
	struct desk_scan scan = {.text = "CODE-A", .len = 6, .how = "camera"};
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open_as(s, path, 0); /* this laptop signs in too */
	struct desk *desk = desk_open(store, POINT_ARRIVAL, &err);
	assert_ok(desk != NULL && desk_take(desk, &scan, &answer, &err));
	assert_false(answer.outsider);
	desk_answer_fini(&answer);
	assert_ok(store_begin(store, &err) && role_retire(store, store_station(store), &err) && store_commit(store, &err));
	assert_false(desk_take(desk, &scan, &answer, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	desk_close(desk);
	store_close(store);
	free(path);
}

static void a_closed_invitation_keeps_those_known(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	size_t kept = 0;
	char *path = event_sample_bare(s, "e.turnout");
	event_sample_checkin(s, path, 1);
	event_sample_checkin(s, path, 2);
	struct public_key second = event_sample_key(s, path, 2);
	event_sample_write(s, path, 0, role_retire(store, &second, &err));
	event_sample_write(s, path, 0, invitation_close(store, &kept, &err));
	assert_int_equal(kept, 1);
	event_sample_checkin(s, path, 1);
	assert_int_equal(counted(path), 3);
	event_sample_checkin(s, path, 3); /* nobody knew it */
	struct public_key third = event_sample_key(s, path, 3);
	assert_int_equal(counted(path), 3);
	assert_int_equal(verdict_of(s, path, &third), VERDICT_OUTSIDER);
	event_sample_write(s, path, 0, !invitation_close(store, &kept, &err) && err.kind == ERR_REFUSED); /* none is open */
	event_sample_write(s, path, 0, role_give(store, &third, "station", "Вхід Б", &err));              /* what it wrote counts now */
	assert_int_equal(counted(path), 4);
	event_sample_write(s, path, 0, invitation_open_new(store, &err));
	event_sample_checkin(s, path, 4);
	assert_int_equal(counted(path), 5);
	event_sample_stays_so(path);
	free(path);
}

static void an_outsider_is_told(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	struct desk_answer answer;
	size_t kept = 0;
	char *path = event_sample_make(s, "e.turnout");
	event_sample_write(s, path, 0, invitation_close(store, &kept, &err));
	assert_int_equal(kept, 3);
	struct store *store = event_sample_open_as(s, path, 7);
	struct desk *desk = desk_open(store, POINT_ARRIVAL, &err);
	assert_ok(desk != NULL && desk_take(desk, &(struct desk_scan){.text = "CODE-A", .len = 6, .how = "camera"}, &answer, &err));
	assert_true(answer.recorded && answer.outsider); /* kept, for when it is added */
	desk_answer_fini(&answer);
	desk_close(desk);
	store_close(store);
	free(path);
}

static bool counts_on(const struct scratch *s, const char *path, int device) {
	struct err err = {0};
	bool counts = false;
	struct store *store = event_sample_open_as(s, path, device);
	assert_ok(role_station_counts(store, &counts, &err));
	store_close(store);
	return counts;
}

/* A hub that signs people in too. */
static void a_hub_and_a_station(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_bare(s, "e.turnout");
	assert_false(counts_on(s, path, 1));
	event_sample_checkin(s, path, 1);
	assert_true(counts_on(s, path, 1));
	struct public_key hub = event_sample_key(s, path, 1);
	event_sample_write(s, path, 0, role_give(store, &hub, "hub", "Хаб", &err));
	assert_true(counts_on(s, path, 1));
	assert_true(keeps(s, path, &hub));
	event_sample_checkin(s, path, 1);
	assert_int_equal(counted(path), 2);
	event_sample_write(s, path, 0, role_retire(store, &hub, &err));
	assert_false(counts_on(s, path, 1));
	free(path);
}

/* A hub forwards: what it writes counts only when the organiser made it an editor too. */
static void a_hub_writes_nothing_that_counts(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	size_t kept = 0;
	char *path = event_sample_bare(s, "e.turnout");
	struct public_key hub = event_sample_key(s, path, 1);
	event_sample_write(s, path, 0, invitation_close(store, &kept, &err));
	event_sample_write(s, path, 0, role_give(store, &hub, "hub", "Хаб", &err));
	event_sample_checkin(s, path, 1);
	assert_int_equal(counted(path), 0);
	assert_int_equal(verdict_of(s, path, &hub), VERDICT_HUB);
	assert_false(counts_on(s, path, 1));
	event_sample_write(s, path, 0, role_give(store, &hub, "editor", "Хаб", &err));
	assert_true(counts_on(s, path, 1));
	assert_int_equal(counted(path), 1);
	event_sample_stays_so(path);
	free(path);
}

/* As whom a device edits: the organiser where the key lies, an editor where the organiser says so and until it is retired; else nobody. */
static void who_edits(void **state) {
	const struct scratch *s = *state;
	struct fault fault = {0};
	struct err err = {.fault = &fault};
	enum author author;
	char *path = event_sample_bare(s, "e.turnout"), *key_file = scratch_path(s, "e.turnout.key"), *away = scratch_path(s, "key");
	struct public_key box = event_sample_key(s, path, 1);
	for (int step = 0; step < 3; step++) {
		if (step == 1) {
			event_sample_write(s, path, 0, role_give(store, &box, "editor", "Оксана", &err));
		} else if (step == 2) {
			event_sample_write(s, path, 0, role_retire(store, &box, &err));
		}
		struct store *store = event_sample_open_as(s, path, 1);
		assert_ok(role_author_of_edits(store, &author, &err));
		assert_int_equal(author, AUTHOR_ORGANISER);
		store_close(store);
		assert_int_equal(rename(key_file, away), 0);
		store = event_sample_open_as(s, path, 1);
		assert_int_equal(role_author_of_edits(store, &author, &err), step == 1);
		assert_true(step == 1 ? author == AUTHOR_STATION : err.kind == ERR_REFUSED);
		assert_ptr_equal(err.fault, &fault); /* whoever asked for faults still does */
		assert_ok(store_begin(store, &err));
		assert_int_equal(setting_put(store, "place", "Сорочинці", &err), step == 1);
		store_rollback(store);
		store_close(store);
		assert_int_equal(rename(away, key_file), 0);
	}
	free(away);
	free(key_file);
	free(path);
}

struct rows {
	char text[2000];
};

static bool note_row(void *context, const struct station_row *row, struct err *err) {
	(void)err;
	struct rows *rows = context;
	char words[ROLE_WORDS_MAX];
	size_t n = strlen(rows->text);
	role_words(row->roles, words);
	snprintf(rows->text + n, sizeof rows->text - n, "%s|%s|%d|%lld|%lld|%lld\n", words, row->name, row->retired, (long long)row->logs,
		 (long long)row->records, (long long)row->checkins);
	return true;
}

static void the_list(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	struct rows rows = {""};
	char *path = event_sample_bare(s, "e.turnout");
	struct public_key hub = {{1}}, never = {{2}};
	event_sample_checkin(s, path, 1);
	event_sample_checkin(s, path, 1);
	struct public_key station = event_sample_key(s, path, 1);
	event_sample_write(s, path, 0,
			   role_give(store, &hub, "hub", "Хаб", &err) && role_give(store, &hub, "editor", "", &err) &&
				   role_give(store, &station, "station", "Вхід А", &err) && role_retire(store, &never, &err));
	event_sample_write(s, path, 0, role_retire(store, &station, &err));
	struct store *store = event_sample_open_as(s, path, 0);
	assert_ok(roles_each(store, note_row, &rows, &err));
	store_close(store);
	int64_t anchors =
		event_sample_number(path, "SELECT count(*) FROM record WHERE kind = 'anchor'"); /* where the clock is synchronised */
	char wanted[400];
	snprintf(wanted, sizeof wanted, "organiser||0|1|%lld|0\nstation|Вхід А|1|1|%lld|2\neditor, hub|Хаб|0|0|0|0\nnone||1|0|0|0\n",
		 8LL + (anchors > 0), 3LL + (anchors > 0));
	assert_string_equal(rows.text, wanted);
	free(path);
}

static bool note_counts(void *context, const struct station_row *row, struct err *err) {
	(void)err;
	if (row->scans != 0) {
		*(struct station_row *)context = *row;
	}
	return true;
}

/* Refusals and repeats are kept, and an undone one, too; staff count none of them. */
static void check_ins_as_staff_count_them(void **state) {
	static const enum outcome shown[] = {OUTCOME_ACCEPTED,   OUTCOME_DUPLICATE, OUTCOME_FULL,      OUTCOME_LATE,
					     OUTCOME_UNVERIFIED, OUTCOME_REVOKED,   OUTCOME_WRONG_DAY, OUTCOME_ACCEPTED};
	const struct scratch *s = *state;
	struct err err = {0};
	struct strbuf name = {0};
	struct station_row row = {0};
	struct audit_status status;
	char *path = event_sample_bare(s, "e.turnout");
	for (size_t i = 0; i < COUNT_OF(shown); i++) {
		struct checkin_draft draft = {.code = "X", .point = POINT_ARRIVAL, .shown = shown[i], .how = "camera"};
		event_sample_write(s, path, 1, checkin_append(store, &draft, NULL, &err));
	}
	event_sample_write(s, path, 1, checkin_undo(store, NULL, &name, &err));
	struct store *store = event_sample_open_as(s, path, 0);
	assert_ok(roles_each(store, note_counts, &row, &err) && audit_status(store, &status, &err));
	assert_int_equal(row.scans, COUNT_OF(shown));
	/* A kiosk asks for its own alone: the same is said, and of who wrote nothing, nothing. */
	struct station_wrote wrote, none;
	assert_ok(role_wrote(store, &row.key, &wrote, &err) && role_wrote(store, &(struct public_key){{9}}, &none, &err));
	assert_int_equal(wrote.scans, row.scans);
	assert_int_equal(wrote.seen.v, row.seen.v);
	assert_int_equal(wrote.seen_approximate, row.seen_approximate);
	assert_int_equal(none.scans, 0);
	assert_int_equal(none.seen.v, 0);
	assert_int_equal(row.checkins, 3);
	assert_int_equal(status.checkins, 3);
	store_close(store);
	strbuf_fini(&name);
	free(path);
}

static void words_of_roles(void **state) {
	(void)state;
	static const struct {
		unsigned roles;
		const char *words;
	} cases[] = {
		{0, "none"},
		{ROLE_STATION, "station"},
		{ROLE_HUB, "hub"},
		{ROLE_HUB | ROLE_STATION, "hub, station"},
		{ROLE_EDITOR | ROLE_STATION, "editor"},
		{ROLE_EDITOR | ROLE_HUB | ROLE_STATION, "editor, hub"},
		{ROLE_ORGANISER | ROLE_STATION, "organiser"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char words[ROLE_WORDS_MAX];
		role_words(cases[i].roles, words);
		assert_string_equal(words, cases[i].words);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(verdicts),
		TEST(a_retired_station_keeps_what_it_wrote),
		TEST(a_key_is_retired_before_it_wrote),
		TEST(a_retirement_that_says_nonsense),
		TEST(the_desk_of_a_retired_box_refuses),
		TEST(retired_while_it_is_open),
		TEST(a_closed_invitation_keeps_those_known),
		TEST(an_outsider_is_told),
		TEST(a_hub_and_a_station),
		TEST(a_hub_writes_nothing_that_counts),
		TEST(who_edits),
		TEST(check_ins_as_staff_count_them),
		TEST(the_list),
		cmocka_unit_test(words_of_roles),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
