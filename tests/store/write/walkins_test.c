/* Walk-ins: people whom stations put on the roster, and what no station can do by it. */
#include "store/write/walkins.h"

#include "lib/event_sample.h"

#include <unistd.h>

#include "badge/code.h"
#include "base/alloc.h"
#include "base/str.h"
#include "station/desk.h"
#include "store/read/audit.h"
#include "store/read/badges.h"
#include "store/read/checkins.h"
#include "store/read/conflicts.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"

#define TEN INT64_C(1778742000000) /* 14 May 2026, 10:00 in Kyiv */
#define MINUTE INT64_C(60000)

static const char people[] = "0000000000000000000a"; /* of the sample: Олена Приклад-Нова, CODE-A */
static const char session[] = "11111111111111111111";
static const char set[] = "{\"name\":\"Нова Людина\",\"community\":\"Зарічна\"}";

struct walked {
	char code[BADGE_CODE_MAX + 1];
	char person[PERSON_ID_LEN + 1];
	enum outcome outcome;
	bool known, outsider;
	struct record_ref ref;
};

static struct walked walk_in(struct store *store, const char *point, int64_t at) {
	struct err err = {0};
	struct desk_answer answer;
	struct walked out = {.outcome = OUTCOME_COUNT};
	struct desk *desk = desk_open(store, point, &err);
	assert_ok(desk != NULL);
	assert_ok(desk_walk_in(desk, set, &(struct desk_scan){.how = "walk-in", .has_at = true, .at = {at}}, &answer, &err));
	str_copy(out.code, sizeof out.code, answer.code);
	str_copy(out.person, sizeof out.person, answer.person.id);
	out.outcome = answer.outcome;
	out.known = answer.known;
	out.outsider = answer.outsider;
	out.ref = answer.ref;
	desk_answer_fini(&answer);
	desk_close(desk);
	return out;
}

static enum outcome scan(struct store *store, const char *point, const char *code, int64_t at) {
	struct err err = {0};
	struct desk_answer answer;
	struct desk *desk = desk_open(store, point, &err);
	struct desk_scan how = {.text = code, .len = strlen(code), .how = "camera", .has_at = true, .at = {at}};
	assert_ok(desk != NULL && desk_take(desk, &how, &answer, &err));
	enum outcome outcome = answer.outcome;
	desk_answer_fini(&answer);
	desk_close(desk);
	return outcome;
}

static bool last_reason_is(const char *path, const char *reason) {
	char sql[200];
	snprintf(sql, sizeof sql,
		 "SELECT count(*) FROM view_ignored WHERE reason = '%s' AND record = (SELECT max(record) FROM view_ignored)", reason);
	return event_sample_number(path, sql) == 1;
}

static void a_person_and_a_badge(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	struct person_row row;
	bool found = false;
	char aloud[CODE_ALOUD_MAX];
	char *path = event_sample_make(s, "e.turnout");
	int64_t records = event_sample_number(path, "SELECT count(*) FROM record WHERE kind IN ('walkin', 'checkin')");
	struct store *store = event_sample_open_as(s, path, 1);
	struct walked w = walk_in(store, POINT_ARRIVAL, TEN);
	assert_int_equal(w.outcome, OUTCOME_ACCEPTED);
	assert_true(w.known && !w.outsider);
	assert_int_equal(strlen(w.code), 15);
	assert_ok(person_get(store, w.person, &row, &found, &err));
	assert_true(found);
	assert_string_equal(person_text(&row.person, PERSON_NAME), "Нова Людина");
	assert_string_equal(person_text(&row.person, PERSON_COMMUNITY), "Зарічна");
	assert_string_equal(row.code, w.code);
	code_read_aloud(w.code, aloud);
	assert_string_equal(row.aloud, aloud);
	person_row_fini(&row);
	assert_int_equal(scan(store, POINT_ARRIVAL, aloud, TEN + MINUTE), OUTCOME_DUPLICATE);
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record WHERE kind IN ('walkin', 'checkin')"), records + 3);
	/* The body can be erased: it has a subject and a salt. */
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record WHERE kind = 'walkin' AND length(subject) = 32 AND "
						   "length(json_extract(body, '$.salt')) = 16"),
			 2);
	event_sample_stays_so(path);
	free(path);
}

static void editors_change_them_as_anybody(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	struct person p = {0};
	struct person_row row;
	bool found = false;
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open_as(s, path, 1);
	struct walked w = walk_in(store, POINT_ARRIVAL, TEN);
	store_close(store);
	store = event_sample_open_as(s, path, 0);
	person_set(&p, PERSON_NAME, "Нова Людина-Виправлена");
	assert_ok(store_begin(store, &err) && person_edit(store, &(struct person_edit){.id = w.person, .set = &p}, &err) &&
		  store_commit(store, &err));
	assert_ok(person_get(store, w.person, &row, &found, &err));
	assert_string_equal(person_text(&row.person, PERSON_NAME), "Нова Людина-Виправлена");
	assert_string_equal(person_text(&row.person, PERSON_COMMUNITY), "Зарічна");
	person_row_fini(&row);
	store_close(store);
	/* The edit carries the walk-in's subject: who erases the one erases the other. */
	assert_int_equal(event_sample_number(
				 path, "SELECT count(DISTINCT r.subject) FROM view_touch t JOIN record r ON r.id = t.record WHERE r.kind "
				       "IN ('walkin', 'person') AND t.thing IN (SELECT thing FROM view_touch JOIN record x ON "
				       "x.id = record WHERE x.kind = 'walkin' AND thing LIKE 'p%') GROUP BY t.thing LIMIT 1"),
			 1);
	event_sample_stays_so(path);
	person_fini(&p);
	free(path);
}

/* A station that lies. */
static void no_station_speaks_of_anybody_elses(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	struct person_row row;
	bool found = false;
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open_as(s, path, 1);
	struct walked w = walk_in(store, POINT_ARRIVAL, TEN);
	store_close(store);
	const char *const ids[] = {people, w.person};
	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		char *body = xasprintf("{\"id\":\"%s\",\"set\":{\"name\":\"ЗЛО\"},\"code\":\"TO0AAAAAAAAAAA%zu\"}", ids[i], i);
		struct draft draft = {
			.kind = "walkin", .author = AUTHOR_STATION, .subject = "00112233445566778899aabbccddeeff", .body = body};
		event_sample_append(s, path, 3, &draft);
		assert_true(last_reason_is(path, "others"));
		store = event_sample_open_as(s, path, 0);
		assert_ok(person_get(store, ids[i], &row, &found, &err));
		assert_string_not_equal(person_text(&row.person, PERSON_NAME), "ЗЛО");
		person_row_fini(&row);
		store_close(store);
		free(body);
	}
	event_sample_stays_so(path);
	free(path);
}

static void what_is_no_walk_in(void **state) {
	const struct scratch *s = *state;
	char *path = event_sample_make(s, "e.turnout");
	static const char *const bodies[] = {
		"{\"id\":\"x\",\"set\":{\"name\":\"А\"},\"code\":\"CODE-A\"}",
		"{\"id\":\"x\",\"set\":{\"name\":\"А\"},\"code\":\"TO1AAAAAAAAAAAA\"}",
		"{\"id\":\"x\",\"set\":{\"name\":\"А\"},\"code\":\"TO0AAAA\"}",
		"{\"id\":\"x\",\"set\":{\"name\":\"А\"}}",
		"{\"id\":\"x\",\"set\":{\"name\":\"\"},\"code\":\"TO0AAAAAAAAAAAA\"}",
		"{\"id\":\"x\",\"set\":{\"community\":\"А\"},\"code\":\"TO0AAAAAAAAAAAA\"}",
		"{\"id\":\"x\",\"set\":{\"name\":\"А\",\"code\":\"CODE-A\"},\"code\":\"TO0AAAAAAAAAAAA\"}",
		"{\"id\":\"x\",\"set\":{\"name\":\"А\",\"status\":\"removed\"},\"code\":\"TO0AAAAAAAAAAAA\"}",
		"{\"set\":{\"name\":\"А\"},\"code\":\"TO0AAAAAAAAAAAA\"}",
		"{\"id\":\"x\",\"code\":\"TO0AAAAAAAAAAAA\"}",
	};
	for (size_t i = 0; i < COUNT_OF(bodies); i++) {
		struct draft draft = {
			.kind = "walkin", .author = AUTHOR_STATION, .subject = "00112233445566778899aabbccddeeff", .body = bodies[i]};
		event_sample_append(s, path, 3, &draft);
		assert_true(last_reason_is(path, "walkin"));
	}
	struct draft nameless = {.kind = "walkin",
				 .author = AUTHOR_STATION,
				 .subject = "",
				 .body = "{\"id\":\"x\",\"set\":{\"name\":\"А\"},\"code\":\"TO0AAAAAAAAAAAA\"}"};
	event_sample_append(s, path, 3, &nameless);
	assert_true(last_reason_is(path, "walkin"));
	event_sample_stays_so(path);
	free(path);
}

static struct walkin put_walkin(const struct scratch *s, const char *path, int device) {
	struct err err = {0};
	struct walkin walkin;
	event_sample_write(s, path, device, walkin_append(store, set, &walkin, &err));
	return walkin;
}

static void is_of(const struct scratch *s, const char *path, const char *code, const char *person) {
	struct err err = {0};
	struct badge_row badge;
	bool found = false;
	struct store *store = event_sample_open_as(s, path, 0);
	assert_ok(badge_get(store, code, &badge, &found, &err));
	assert_true(found);
	assert_string_equal(badge.person, person);
	store_close(store);
}

static void copy_event(const struct scratch *s, const char *path, const char *to) {
	struct err err = {0};
	struct store *store = event_sample_open_as(s, path, 0);
	assert_ok(store_copy(store, to, &err));
	store_close(store);
}

/* A badge that the organiser issued stays its owner's, also where a walk-in's station had its code first. */
static void what_is_issued_wins(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "a.turnout"), *other = scratch_path(s, "b.turnout");
	for (int i = 0; i < 4; i++) { /* of any hash, and whichever came first */
		copy_event(s, path, other);
		struct walkin walkin = put_walkin(s, other, 3);
		is_of(s, other, walkin.badge.code, walkin.id);
		event_sample_write(s, path, 0, badge_issue(store, walkin.badge.code, people, walkin.badge.aloud, &err));
		event_sample_merge(other, path);
		is_of(s, other, walkin.badge.code, people);
		event_sample_merge(path, other);
		is_of(s, path, walkin.badge.code, people);
		event_sample_stays_so(path);
		assert_int_equal(unlink(other), 0);
	}
	free(path);
	free(other);
}

/* A station that lies about a code: with the right id of its own, so that only the code is another's. */
static void nobody_claims_anothers_code(void **state) {
	const struct scratch *s = *state;
	static const char subject[] = "00112233445566778899aabbccddeeff";
	char *path = event_sample_make(s, "e.turnout"), id[PERSON_ID_LEN + 1];
	struct walkin walkin = put_walkin(s, path, 1);
	struct store *store = event_sample_open_as(s, path, 3);
	struct walkin_badge own;
	walkin_id(store, store_station(store), subject, id);
	walkin_badge(store, store_station(store), subject, &own);
	store_close(store);
	const struct walkin_badge claims[] = {walkin.badge, own, own};
	struct walkin_badge claim;
	for (size_t i = 0; i < COUNT_OF(claims); i++) {
		claim = claims[i];
		if (i == 1) { /* read aloud like the other's, so that neither could be typed */
			memcpy(claim.aloud, walkin.badge.aloud, sizeof claim.aloud);
		}
		char *body = xasprintf("{\"id\":\"%s\",\"set\":{\"name\":\"ЗЛО\"},\"code\":\"%s\",\"aloud\":\"%s\"}", id, claim.code,
				       claim.aloud);
		int64_t ignored = event_sample_number(path, "SELECT count(*) FROM view_ignored");
		event_sample_append(s, path, 3,
				    &(struct draft){.kind = "walkin", .author = AUTHOR_STATION, .subject = subject, .body = body});
		assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_ignored"), ignored + (i < 2));
		assert_true(i == 2 || last_reason_is(path, "code"));
		free(body);
	}
	is_of(s, path, walkin.badge.code, walkin.id);
	is_of(s, path, own.code, id); /* its own, it may */
	event_sample_stays_so(path);
	free(path);
}

static void what_the_caller_gets_wrong(void **state) {
	const struct scratch *s = *state;
	struct walkin walkin;
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open_as(s, path, 1);
	int64_t records = event_sample_number(path, "SELECT count(*) FROM record");
	static const char *const drafts[] = {"{}", "{\"name\":\"А\",\"code\":\"X\"}", "{\"name\":\"\"}", "{\"name\":"};
	for (size_t i = 0; i < COUNT_OF(drafts); i++) {
		struct err err = {0};
		assert_ok(store_begin(store, &err));
		assert_false(walkin_append(store, drafts[i], &walkin, &err));
		assert_true(err.text[0] != '\0');
		store_rollback(store);
	}
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record"), records);
	free(path);
}

/* --- stations apart --------------------------------------------------------------------------------------------------------------- */

static bool count_conflict(void *context, const struct conflict *c, struct err *err) {
	(void)err;
	int *counts = context;
	counts[c->kind]++;
	return true;
}

/* Two boxes put the same human on the roster; somebody finds out. They are one arrival, of which the first counts, and since two boxes did
 * let them in as if for the first time, that is told (and an undo settles it). All their badges stay good. */
static void two_walk_ins_that_are_one_person(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	struct checkins books;
	int counts[CONFLICT_KINDS] = {0};
	char *path = event_sample_make(s, "a.turnout"), *other = scratch_path(s, "b.turnout");
	struct store *store = event_sample_open_as(s, path, 1);
	assert_ok(store_copy(store, other, &err));
	struct walked a = walk_in(store, POINT_ARRIVAL, TEN);
	store_close(store);
	store = event_sample_open_as(s, other, 3);
	struct walked b = walk_in(store, POINT_ARRIVAL, TEN + MINUTE);
	assert_int_equal(scan(store, POINT_ARRIVAL, a.code, TEN), OUTCOME_UNKNOWN); /* not heard of yet: the event's rule says ask */
	store_close(store);
	assert_string_not_equal(a.person, b.person);
	event_sample_merge(path, other);
	store = event_sample_open_as(s, path, 0);
	assert_ok(store_begin(store, &err) && person_join(store, a.person, b.person, &err) && store_commit(store, &err));
	assert_ok(checkins_load(store, &books, &err));
	int64_t first = 0;
	for (size_t i = 0; i < books.count; i++) {
		const struct checkin *c = &books.items[i];
		if (str_eq(c->code, a.code)) {
			assert_string_equal(c->person, b.person);
			assert_int_equal(c->duplicate_of, 0);
			first = c->record;
		} else if (str_eq(c->code, b.code)) {
			assert_int_equal(c->duplicate_of, first);
		}
	}
	assert_int_not_equal(first, 0);
	checkins_fini(&books);
	assert_ok(conflicts_each(store, count_conflict, counts, &err));
	assert_int_equal(counts[CONFLICT_DOUBLE], 1);
	assert_int_equal(counts[CONFLICT_FIELD], 0);
	assert_int_equal(scan(store, session, a.code, TEN), OUTCOME_ACCEPTED);
	assert_int_equal(scan(store, session, b.code, TEN), OUTCOME_DUPLICATE);
	assert_ok(store_begin(store, &err) && badge_revoke(store, a.code, &err) && store_commit(store, &err));
	assert_int_equal(scan(store, POINT_ARRIVAL, a.code, TEN), OUTCOME_REVOKED);
	assert_int_equal(scan(store, POINT_ARRIVAL, b.code, TEN), OUTCOME_DUPLICATE);
	store_close(store);
	event_sample_stays_so(path);
	free(path);
	free(other);
}

static void at_another_station_after_they_met(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "a.turnout"), *other = scratch_path(s, "b.turnout");
	struct store *store = event_sample_open_as(s, path, 1);
	assert_ok(store_copy(store, other, &err));
	struct walked w = walk_in(store, POINT_ARRIVAL, TEN);
	store_close(store);
	event_sample_merge(other, path);
	store = event_sample_open_as(s, other, 3);
	assert_int_equal(scan(store, session, w.code, TEN), OUTCOME_ACCEPTED);
	assert_int_equal(scan(store, POINT_ARRIVAL, w.code, TEN), OUTCOME_DUPLICATE);
	store_close(store);
	free(path);
	free(other);
}

/* What has no room for them still has them on its roster. */
static void a_full_room(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	struct person_row row;
	bool found = false;
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open_as(s, path, 1);
	struct walked w[3];
	for (int i = 0; i < 3; i++) {
		w[i] = walk_in(store, "22222222222222222222", TEN + 60 * MINUTE);
	}
	assert_int_equal(w[0].outcome, OUTCOME_ACCEPTED);
	assert_int_equal(w[2].outcome, OUTCOME_FULL);
	assert_ok(person_get(store, w[2].person, &row, &found, &err));
	assert_true(found);
	person_row_fini(&row);
	store_close(store);
	free(path);
}

static void boxes_that_may_not(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	struct desk_answer answer;
	size_t kept = 0;
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open_as(s, path, 1);
	struct public_key retired = *store_station(store);
	store_close(store);
	store = event_sample_open_as(s, path, 0);
	assert_ok(store_begin(store, &err) && role_retire(store, &retired, &err) && invitation_close(store, &kept, &err) &&
		  store_commit(store, &err));
	store_close(store);
	int64_t records = event_sample_number(path, "SELECT count(*) FROM record");
	store = event_sample_open_as(s, path, 1);
	struct desk *desk = desk_open(store, POINT_ARRIVAL, &err);
	assert_ok(desk != NULL);
	assert_false(desk_walk_in(desk, set, &(struct desk_scan){.how = "walk-in"}, &answer, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	desk_close(desk);
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record"), records);
	/* One that comes after the invitation was closed takes them in, says that they do not count yet, and they do once it is added. */
	int64_t before = event_sample_number(path, "SELECT count(*) FROM view_checkin");
	store = event_sample_open_as(s, path, 8);
	struct walked w = walk_in(store, POINT_ARRIVAL, TEN);
	struct public_key added = *store_station(store);
	assert_int_equal(w.outcome, OUTCOME_ACCEPTED);
	assert_true(w.outsider && !w.known);
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_checkin"), before);
	store = event_sample_open_as(s, path, 0);
	assert_ok(store_begin(store, &err) && role_give(store, &added, "station", "", &err) && store_commit(store, &err));
	assert_int_equal(scan(store, POINT_ARRIVAL, w.code, TEN), OUTCOME_DUPLICATE);
	store_close(store);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_person_and_a_badge),
		TEST(editors_change_them_as_anybody),
		TEST(no_station_speaks_of_anybody_elses),
		TEST(what_is_no_walk_in),
		TEST(what_is_issued_wins),
		TEST(nobody_claims_anothers_code),
		TEST(what_the_caller_gets_wrong),
		TEST(two_walk_ins_that_are_one_person),
		TEST(at_another_station_after_they_met),
		TEST(a_full_room),
		TEST(boxes_that_may_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
