/* The desk: who is found by name, who walks in, what they sign, and who is expected. */
#include "station/desk.h"

#include "lib/desk_bench.h"

#include "base/alloc.h"
#include "base/str.h"
#include "event/handwriting.h"
#include "store/read/badges.h"
#include "store/read/sessions.h"
#include "store/read/signatures.h"
#include "store/write/erasing.h"

/* --- by name ------------------------------------------------------------------------------------------------------------------------------- */

/* Somebody without a badge, found by name. */
static enum outcome sign_in(struct desk_bench *b, const char *person, struct utc_ms when) {
	struct err err = {0};
	struct desk_answer answer;
	assert_ok(desk_take(b->desk, &(struct desk_scan){.text = person, .person = person, .how = "name", .has_at = true, .at = when},
			    &answer, &err));
	enum outcome outcome = answer.outcome;
	assert_true(answer.recorded && answer.known);
	assert_string_equal(answer.person.id, person);
	assert_string_equal(answer.code, "");
	desk_answer_fini(&answer);
	return outcome;
}

/* They are the same person as by their badge, whichever comes first. */
static void by_name_as_by_badge(void **state) {
	struct desk_bench *b = *state;
	assert_int_equal(sign_in(b, DESK_BENCH_OLENA, desk_bench_at(14, 10, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(sign_in(b, DESK_BENCH_OLENA, desk_bench_at(14, 10, 1)), OUTCOME_DUPLICATE);
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 2)), OUTCOME_DUPLICATE);
	assert_int_equal(desk_bench_scan(b, "CODE-B", desk_bench_at(14, 10, 3)), OUTCOME_ACCEPTED);
	assert_int_equal(sign_in(b, DESK_BENCH_SOMEBODY, desk_bench_at(14, 10, 4)), OUTCOME_DUPLICATE);
	assert_int_equal(sign_in(b, DESK_BENCH_OLENA, desk_bench_at(15, 10, 0)), OUTCOME_ACCEPTED);
	desk_bench_books_say(b, "0 0= 0= 1 1= 0 ");
}

static void by_name_where_dates_and_rooms_refuse(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	desk_bench_set(b, "dates", "2026-05-14..2026-05-15");
	assert_int_equal(sign_in(b, DESK_BENCH_OLENA, desk_bench_at(13, 10, 0)), OUTCOME_WRONG_DAY);
	assert_int_equal(sign_in(b, DESK_BENCH_OLENA, desk_bench_at(14, 10, 0)), OUTCOME_ACCEPTED);
	assert_ok(desk_set_point(b->desk, "Мед", &err)); /* a room of one */
	assert_int_equal(sign_in(b, DESK_BENCH_OLENA, desk_bench_at(14, 11, 6)), OUTCOME_LATE);
	assert_int_equal(sign_in(b, DESK_BENCH_SOMEBODY, desk_bench_at(14, 11, 7)), OUTCOME_FULL);
	assert_int_equal(sign_in(b, DESK_BENCH_SOMEBODY, desk_bench_at(15, 11, 0)), OUTCOME_CLOSED);
}

/* A badge that was lost and revoked keeps out whoever found it, and not whose it was; who is off the roster, or not confirmed, is kept out by any way. */
static void by_name_who_is_kept_out(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	assert_ok(store_begin(b->store, &err) && badge_revoke(b->store, "CODE-A", &err) && store_commit(b->store, &err));
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 0)), OUTCOME_REVOKED);
	assert_int_equal(sign_in(b, DESK_BENCH_OLENA, desk_bench_at(14, 10, 1)), OUTCOME_ACCEPTED);
	desk_bench_registration(b, "CODE-B", "pending");
	assert_int_equal(sign_in(b, DESK_BENCH_SOMEBODY, desk_bench_at(14, 10, 2)), OUTCOME_NOT_EXPECTED);
	desk_bench_registration(b, "CODE-B", "confirmed");
	assert_int_equal(sign_in(b, DESK_BENCH_SOMEBODY, desk_bench_at(14, 10, 3)), OUTCOME_ACCEPTED);
	desk_bench_edit(b, 1, "{\"status\":\"removed\"}");
	assert_int_equal(sign_in(b, DESK_BENCH_SOMEBODY, desk_bench_at(14, 10, 4)), OUTCOME_REVOKED);
}

/* Erased since they were found: nothing is written of them, and nobody else of the same moment is kept back. */
static void by_name_whoever_is_gone(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	int subjects;
	assert_ok(store_begin(b->store, &err) && erasure_of_person(b->store, DESK_BENCH_OLENA, &subjects, &err) &&
		  store_commit(b->store, &err));
	struct desk_turn turns[3] = {
		{.scan = {.text = "CODE-B", .len = 6, .how = "camera", .has_at = true, .at = desk_bench_at(14, 10, 0)}},
		{.scan = {.text = DESK_BENCH_OLENA,
			  .person = DESK_BENCH_OLENA,
			  .how = "name",
			  .has_at = true,
			  .at = desk_bench_at(14, 10, 0)}},
		{.scan = {.text = "CODE-C", .len = 6, .how = "camera", .has_at = true, .at = desk_bench_at(14, 10, 0)}}};
	assert_int_equal(desk_take_together(b->desk, turns, 3, &err), 1);
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_int_equal(desk_take_together(b->desk, &turns[2], 1, &err), 1);
	desk_answer_fini(&turns[0].answer);
	desk_answer_fini(&turns[2].answer);
	desk_bench_books_say(b, "1 2 ");
}

/* --- signatures ----------------------------------------------------------------------------------------------------------------------- */

/* Whether somebody by that code is to sign. */
static bool is_to_sign(struct desk_bench *b, const char *code, struct utc_ms when) {
	struct err err = {0};
	struct desk_answer answer;
	const struct desk_scan scan = {.text = code, .len = strlen(code), .how = "camera", .has_at = true, .at = when};
	assert_ok(desk_take(b->desk, &scan, &answer, &err));
	bool unsigned_yet = answer.unsigned_yet;
	desk_answer_fini(&answer);
	return unsigned_yet;
}

static const struct handwriting HAND = {
	.across = HANDWRITING_UNIT, .down = 4000, .points = {{10, 20, 0}, {900, 40, 16}}, .count = 2, .strokes = 1};
static const struct desk_signature BY_SELF = {SIGNED_BY_SELF, &HAND};

static void who_arrives_signs_once_a_day(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	bool has = false;
	assert_false(is_to_sign(b, "CODE-A", desk_bench_at(14, 10, 0))); /* nobody asks */
	desk_bench_set(b, "signature", "asked");
	assert_true(is_to_sign(b, "CODE-A", desk_bench_at(14, 10, 1))); /* in already, and not signed yet */
	assert_true(is_to_sign(b, "CODE-B", desk_bench_at(14, 10, 1)));
	assert_false(is_to_sign(b, "nobody", desk_bench_at(14, 10, 1)));
	assert_ok(store_set_clock(b->store, desk_bench_at(14, 10, 2), true, &err));
	assert_ok(desk_sign(b->desk, DESK_BENCH_OLENA, &BY_SELF, &err));
	assert_ok(signature_has(b->store, DESK_BENCH_OLENA, "2026-05-14", &has, &err));
	assert_true(has);
	assert_false(is_to_sign(b, "CODE-A", desk_bench_at(14, 10, 3)));
	assert_true(is_to_sign(b, "CODE-B", desk_bench_at(14, 10, 3)));
	assert_true(is_to_sign(b, "CODE-A", desk_bench_at(15, 10, 0))); /* another day is another line on the list */
	assert_ok(desk_set_point(b->desk, DESK_BENCH_SESSION, &err));   /* at a room's door nobody is asked */
	assert_false(is_to_sign(b, "CODE-B", desk_bench_at(14, 11, 10)));
	desk_bench_set(b, "signature", "off");
	assert_false(is_to_sign(b, "CODE-B", desk_bench_at(14, 10, 4)));
}

static void walk_in(struct desk_bench *b, const char *set, const struct desk_signature *signature, struct desk_answer *answer) {
	struct err err = {0};
	const struct desk_scan scan = {.how = "walk-in", .has_at = true, .at = desk_bench_at(14, 10, 0), .signature = signature};
	assert_ok(desk_walk_in(b->desk, set, &scan, answer, &err));
}

static void who_walks_in_signs_at_once(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	struct desk_answer answer;
	bool has = false;
	desk_bench_set(b, "signature", "required");
	walk_in(b, "{\"name\":\"Гостя\"}", &BY_SELF, &answer);
	assert_false(answer.unsigned_yet);
	assert_ok(signature_has(b->store, answer.person.id, "2026-05-14", &has, &err));
	assert_true(has);
	desk_answer_fini(&answer);
	walk_in(b, "{\"name\":\"Гість\"}", NULL, &answer); /* staff said that they may go on without */
	assert_true(answer.unsigned_yet);
	desk_answer_fini(&answer);
	walk_in(b, "{\"name\":\"Гість\",\"custom:consent:processing\":\"no 0123456789ab uk\"}", NULL, &answer);
	assert_false(answer.unsigned_yet); /* nothing of them is kept, least of all that */
	desk_answer_fini(&answer);
}

/* Of who is under age somebody else signs, whichever way that is known: by a year on a list, or by an answer. */
static void who_arrives_under_age(void **state) {
	static const struct {
		const char *set;
		bool minor;
	} cases[] = {
		{"{\"name\":\"Ія\",\"birth_year\":\"2010\"}", true},
		{"{\"name\":\"Ія\",\"birth_year\":\"2008\"}", true},
		{"{\"name\":\"Ія\",\"birth_year\":\"2007\"}", false},
		{"{\"name\":\"Ія\",\"custom:minor\":\"yes\"}", true},
		{"{\"name\":\"Ія\",\"custom:minor\":\"так\"}", true},
		{"{\"name\":\"Ія\",\"custom:minor\":\"no\"}", false},
		{"{\"name\":\"Ія\"}", false},
	};
	struct desk_bench *b = *state;
	desk_bench_set(b, "signature", "required");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct desk_answer answer;
		walk_in(b, cases[i].set, NULL, &answer);
		assert_true(answer.unsigned_yet);
		assert_int_equal(answer.minor, cases[i].minor);
		desk_answer_fini(&answer);
	}
}

/* --- who is registered ------------------------------------------------------------------------------------------------------------------ */

/* They are on the roster, and come in by their code once somebody has confirmed them. */
static void who_walks_in_waits_where_one_is_registered(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	struct desk_answer answer;
	bool has = true;
	desk_bench_set(b, "admission", "registered");
	desk_bench_set(b, "signature", "required");
	walk_in(b, "{\"name\":\"Гостя\",\"custom:Note \\\"x\\\"\":\"а\\nб\"}", &BY_SELF, &answer);
	assert_int_equal(answer.outcome, OUTCOME_NOT_EXPECTED);
	assert_int_equal(answer.registration, REGISTRATION_PENDING);
	assert_true(answer.known && answer.recorded && answer.code[0] != '\0');
	assert_string_equal(person_custom(&answer.person.person, "Note \"x\""), "а\nб");
	assert_ok(signature_has(b->store, answer.person.id, "2026-05-14", &has, &err));
	assert_false(has); /* the list of signatures says who was there */
	assert_int_equal(desk_bench_scan(b, answer.code, desk_bench_at(14, 10, 1)), OUTCOME_NOT_EXPECTED);
	desk_bench_registration(b, answer.code, "confirmed");
	assert_int_equal(desk_bench_scan(b, answer.code, desk_bench_at(14, 10, 2)),
			 OUTCOME_ACCEPTED); /* not a duplicate: they were not in */
	desk_bench_registration(b, answer.code, "declined");
	assert_int_equal(desk_bench_scan(b, answer.code, desk_bench_at(14, 10, 3)), OUTCOME_NOT_EXPECTED);
	desk_answer_fini(&answer);
	walk_in(b, "{\"name\":\"Гість\",\"registration\":\"confirmed\"}", NULL, &answer); /* staff say so */
	assert_int_equal(answer.outcome, OUTCOME_ACCEPTED);
	desk_answer_fini(&answer);
	walk_in(b, "{\"name\":\"Гість\",\"custom:consent:processing\":\"no 0123456789ab uk\"}", NULL, &answer);
	assert_int_equal(answer.outcome, OUTCOME_NOT_EXPECTED); /* nobody can look up who that is: staff decide, and the screen says so */
	assert_true(answer.unnamed && answer.recorded && answer.code[0] != '\0');
	desk_bench_registration(b, answer.code, "confirmed");
	assert_int_equal(desk_bench_scan(b, answer.code, desk_bench_at(14, 10, 4)), OUTCOME_ACCEPTED);
	desk_answer_fini(&answer);
	desk_bench_set(b, "admission", "open");
	walk_in(b, "{\"name\":\"Гість\",\"custom:consent:processing\":\"no 0123456789ab uk\"}", NULL, &answer);
	assert_int_equal(answer.outcome, OUTCOME_ACCEPTED); /* no refusal of that refuses entry */
	assert_true(answer.unnamed);
	desk_answer_fini(&answer);
	walk_in(b, "{\"name\":\"Гість\"}", NULL, &answer);
	assert_int_equal(answer.outcome, OUTCOME_ACCEPTED);
	assert_false(answer.unnamed);
	desk_answer_fini(&answer);
}

/* Of whom nothing is said they are expected; a short code of another box may be a walk-in's who waits. */
static void who_is_on_the_list_comes_in_where_one_is_registered(void **state) {
	struct desk_bench *b = *state;
	desk_bench_set(b, "unverified", "welcome");
	assert_int_equal(desk_bench_scan(b, "TO0Y3K/GSJHURRT", desk_bench_at(14, 10, 0)), OUTCOME_UNVERIFIED);
	desk_bench_set(b, "admission", "registered");
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 1)), OUTCOME_ACCEPTED);
	desk_bench_registration(b, "CODE-B", "pending");
	assert_int_equal(desk_bench_scan(b, "CODE-B", desk_bench_at(14, 10, 2)), OUTCOME_NOT_EXPECTED);
	assert_int_equal(desk_bench_scan(b, "TO0Y3K/GSJHURRT", desk_bench_at(14, 10, 3)), OUTCOME_UNKNOWN);
}

/* Only at the session that has the list, and for who is on it; whoever was let in before is told, too, once they are off it. */
static void who_is_on_the_list_of_a_session(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	struct desk_answer answer;
	struct session_row before, after;
	bool found = false, changed = false;
	assert_ok(session_get(b->store, DESK_BENCH_SESSION, &before, &found, &err) &&
		  session_get(b->store, DESK_BENCH_SESSION, &after, &found, &err));
	session_set(&after.session, SESSION_LISTED, "yes");
	desk_bench_edit(b, 0, "{\"custom:list:11111111111111111111\":\"yes\"}");
	assert_ok(store_begin(b->store, &err) &&
		  session_edit(b->store, &(struct session_edit){.id = DESK_BENCH_SESSION, .before = &before.session, .s = &after.session},
			       &changed, &err) &&
		  store_commit(b->store, &err));
	session_row_fini(&before);
	session_row_fini(&after);
	assert_int_equal(desk_bench_scan(b, "CODE-B", desk_bench_at(14, 11, 0)), OUTCOME_ACCEPTED); /* at arrival nobody asks */
	assert_ok(desk_set_point(b->desk, "Мед", &err));
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 11, 1)), OUTCOME_ACCEPTED);
	const struct desk_scan other = {.text = "CODE-B", .len = 6, .how = "camera", .has_at = true, .at = desk_bench_at(14, 11, 2)};
	assert_ok(desk_take(b->desk, &other, &answer, &err));
	assert_int_equal(answer.outcome, OUTCOME_NOT_EXPECTED);
	assert_true(answer.not_listed && answer.recorded);
	desk_answer_fini(&answer);
	assert_int_equal(desk_bench_scan(b, "nobody", desk_bench_at(14, 11, 2)), OUTCOME_UNKNOWN);
	desk_bench_edit(b, 0, "{\"custom:list:11111111111111111111\":\"\"}");
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 11, 3)), OUTCOME_NOT_EXPECTED);
	desk_bench_registration(b, "CODE-A", "pending");
	assert_ok(desk_take(
		b->desk, &(struct desk_scan){.text = "CODE-A", .len = 6, .how = "camera", .has_at = true, .at = desk_bench_at(14, 11, 4)},
		&answer, &err));
	assert_false(answer.not_listed); /* the registration goes before: it keeps them out of everything */
	desk_answer_fini(&answer);
}

static void a_signature_of_nobody(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	assert_false(desk_sign(b->desk, "ffffffffffffffffffff", &BY_SELF, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 0)), OUTCOME_ACCEPTED); /* and the desk goes on */
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_bench_open, desk_bench_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(by_name_as_by_badge),
		TEST(by_name_where_dates_and_rooms_refuse),
		TEST(by_name_who_is_kept_out),
		TEST(by_name_whoever_is_gone),
		TEST(who_arrives_signs_once_a_day),
		TEST(who_walks_in_signs_at_once),
		TEST(who_walks_in_waits_where_one_is_registered),
		TEST(who_is_on_the_list_comes_in_where_one_is_registered),
		TEST(who_is_on_the_list_of_a_session),
		TEST(who_arrives_under_age),
		TEST(a_signature_of_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
