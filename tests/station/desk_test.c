/* The desk: from a scanned text to a record and an answer. */
#include "station/desk.h"

#include "lib/desk_bench.h"

#include "badge/code.h"
#include "base/alloc.h"
#include "base/str.h"
#include "store/read/badges.h"
#include "store/read/checkins.h"
#include "store/read/settings.h"
#include "store/read/signatures.h"
#include "store/sql/db.h"
#include "store/write/erasing.h"

/* Recorded ones, refusals and repeats too. */
static int64_t checkins(struct desk_bench *b) {
	struct err err = {0};
	struct checkins books;
	assert_ok(checkins_load(b->store, &books, &err));
	int64_t count = (int64_t)books.count;
	checkins_fini(&books);
	return count;
}

static void once_a_day(void **state) {
	struct desk_bench *b = *state;
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 5)), OUTCOME_DUPLICATE);
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(15, 9, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(desk_bench_scan(b, " CODE-B\r\n", desk_bench_at(15, 9, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(checkins(b), 4); /* duplicates are evidence */
}

static void days_of_the_event(void **state) {
	struct desk_bench *b = *state;
	desk_bench_set(b, "dates", "2026-05-14..2026-05-15");
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(13, 23, 59)), OUTCOME_WRONG_DAY);
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 0, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(16, 0, 0)), OUTCOME_WRONG_DAY);
	assert_int_equal(desk_bench_scan(b, "CODE-A", (struct utc_ms){5000}),
			 OUTCOME_ACCEPTED); /* a clock that was never set refuses nobody */
	assert_int_equal(desk_bench_scan(b, "CODE-A", (struct utc_ms){9000}), OUTCOME_DUPLICATE);
}

/* A box that was put on without a network, with a clock from wherever: until somebody vouches for it, no date refuses anybody. */
static void a_clock_that_nobody_vouches_for_refuses_nobody(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	struct desk_turn turn = {.scan = {.text = "CODE-A", .len = 6, .how = "camera"}};
	bool vouched = clock_is_synchronised(); /* of the machine that runs this; by NTP */
	desk_bench_set(b, "dates", "2027-05-14..2027-05-15");
	assert_int_equal(desk_take_together(b->desk, &turn, 1, &err), 1);
	assert_int_equal(turn.answer.outcome, vouched ? OUTCOME_WRONG_DAY : OUTCOME_ACCEPTED);
	desk_answer_fini(&turn.answer);
	assert_ok(desk_set_point(b->desk, "Мед", &err)); /* a session of long ago */
	assert_int_equal(desk_take_together(b->desk, &turn, 1, &err), 1);
	assert_int_equal(turn.answer.outcome, vouched ? OUTCOME_CLOSED : OUTCOME_ACCEPTED);
	desk_answer_fini(&turn.answer);
	/* Staff say what day it is: then it counts. */
	assert_ok(store_set_clock(b->store, desk_bench_at(14, 9, 0), true, &err));
	assert_ok(desk_set_point(b->desk, "arrival", &err));
	turn.scan = (struct desk_scan){.text = "CODE-B", .len = 6, .how = "camera"};
	assert_int_equal(desk_take_together(b->desk, &turn, 1, &err), 1);
	assert_int_equal(turn.answer.outcome, OUTCOME_WRONG_DAY);
	desk_answer_fini(&turn.answer);
}

static void sessions_late_and_full(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	assert_ok(desk_set_point(b->desk, "Мед", &err));
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 11, 5)), OUTCOME_ACCEPTED); /* 11:00 and five minutes */
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 11, 6)), OUTCOME_DUPLICATE);
	assert_int_equal(desk_bench_scan(b, "CODE-B", desk_bench_at(14, 11, 6)), OUTCOME_FULL);
	assert_int_equal(desk_bench_scan(b, "CODE-B", desk_bench_at(15, 11, 6)), OUTCOME_CLOSED);
	assert_false(desk_set_point(b->desk, "no such session", &err));
	assert_int_equal(desk_stand(b->desk)->at, STAND_SESSION); /* the point stays what it was */
}

static size_t scan_together(struct desk_bench *b, const char *const *codes, size_t n, struct desk_turn *turns, struct err *err) {
	memset(turns, 0, n * sizeof *turns);
	for (size_t i = 0; i < n; i++) {
		turns[i].scan = (struct desk_scan){
			.text = codes[i], .len = strlen(codes[i]), .how = "camera", .has_at = true, .at = desk_bench_at(14, 11, (int)i)};
	}
	return desk_take_together(b->desk, turns, n, err);
}

static void expect_turns(struct desk_turn *turns, const enum outcome *wanted, size_t n) {
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(turns[i].answer.outcome, wanted[i]);
		assert_int_equal(turns[i].answer.recorded, outcome_recorded(wanted[i]));
		desk_answer_fini(&turns[i].answer);
	}
}

/* In one transaction each is answered as if those before had been taken long ago. */
static void together_as_one_by_one(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	struct desk_turn turns[5];
	static const char *const codes[] = {"CODE-A", "CODE-A", "CODE-B", "http://example.org", "CODE-C"};
	static const enum outcome arrival[] = {OUTCOME_ACCEPTED, OUTCOME_DUPLICATE, OUTCOME_ACCEPTED, OUTCOME_NOT_A_BADGE,
					       OUTCOME_ACCEPTED};
	static const enum outcome session[] = {OUTCOME_ACCEPTED, OUTCOME_DUPLICATE, OUTCOME_FULL, OUTCOME_NOT_A_BADGE, OUTCOME_FULL};
	assert_int_equal(scan_together(b, codes, COUNT_OF(codes), turns, &err), COUNT_OF(codes));
	assert_string_equal(person_text(&turns[0].answer.person.person, PERSON_NAME), "Олена Приклад");
	assert_int_equal(turns[1].answer.first.v, desk_bench_at(14, 11, 0).v);
	expect_turns(turns, arrival, COUNT_OF(codes));
	assert_int_equal(checkins(b), 4);
	assert_ok(desk_set_point(b->desk, "Мед", &err)); /* a room of one */
	assert_int_equal(scan_together(b, codes, COUNT_OF(codes), turns, &err), COUNT_OF(codes));
	expect_turns(turns, session, COUNT_OF(codes));
}

/* One of several that the file does not take: those before it are kept, it and those behind it are not, and may be tried again. */
static void one_that_fails_takes_nobody_along(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	struct desk_turn turns[3];
	static const char *const codes[] = {"CODE-A", "CODE-B", "CODE-C"};
	static const enum outcome wanted[] = {OUTCOME_ACCEPTED, OUTCOME_ACCEPTED};
	struct db *other = NULL;
	char *path = scratch_path(b->scratch, "e.turnout");
	assert_int_equal(desk_bench_scan(b, "CODE-B", desk_bench_at(13, 9, 0)), OUTCOME_ACCEPTED);
	other = db_open(path, DB_WRITE, &err);
	assert_ok(other != NULL);
	assert_ok(db_exec(other, "CREATE UNIQUE INDEX no ON record (length(kind)) WHERE instr(CAST(body AS TEXT), '\"CODE-B\"')", &err));
	assert_int_equal(scan_together(b, codes, COUNT_OF(codes), turns, &err), 1);
	assert_non_null(strstr(err.text, "UNIQUE"));
	expect_turns(turns, wanted, 1);
	assert_int_equal(checkins(b), 2);
	assert_ok(db_exec(other, "DROP INDEX no", &err));
	db_close(other);
	err = (struct err){0};
	assert_int_equal(scan_together(b, &codes[1], 2, turns, &err), 2);
	expect_turns(turns, wanted, 2);
	assert_int_equal(checkins(b), 4);
	free(path);
}

/* Nothing is revoked: the same code is good again when they are confirmed. */
static void who_is_cancelled_is_not_let_in(void **state) {
	struct desk_bench *b = *state;
	static const char *const kept_out[] = {"cancelled", "declined", "waiting", "pending"};
	for (size_t i = 0; i < COUNT_OF(kept_out); i++) {
		desk_bench_registration(b, "CODE-A", kept_out[i]);
		assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 0)), OUTCOME_NOT_EXPECTED);
	}
	assert_int_equal(checkins(b), COUNT_OF(kept_out)); /* attempts are evidence like other refusals */
	desk_bench_registration(b, "CODE-A", "confirmed");
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 5)), OUTCOME_ACCEPTED); /* and not a duplicate */
	desk_bench_registration(b, "CODE-A", "cancelled");
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 6)), OUTCOME_NOT_EXPECTED);
	desk_bench_registration(b, "CODE-A", "a word that nobody knows");
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 7)), OUTCOME_DUPLICATE);
}

static void codes_that_are_none_of_ours(void **state) {
	struct desk_bench *b = *state;
	static const char nul[] = "CODE\0A";
	static char huge[4000];
	memset(huge, 'A', sizeof huge);
	assert_int_equal(desk_bench_scan(b, "https://example.org/menu", desk_bench_at(14, 10, 0)), OUTCOME_NOT_A_BADGE);
	assert_int_equal(desk_bench_scan(b, "WIFI:S:net;T:WPA;P:secret;;", desk_bench_at(14, 10, 0)),
			 OUTCOME_UNKNOWN); /* could be another system's code */
	assert_int_equal(desk_bench_scan(b, "some words on a poster", desk_bench_at(14, 10, 0)), OUTCOME_NOT_A_BADGE);
	assert_int_equal(desk_bench_scan(b, "CODE-Z", desk_bench_at(14, 10, 0)), OUTCOME_UNKNOWN);
	assert_int_equal(desk_bench_scan(b, "", desk_bench_at(14, 10, 0)), OUTCOME_NOT_A_BADGE);
	assert_int_equal(desk_bench_scan(b, "   ", desk_bench_at(14, 10, 0)), OUTCOME_NOT_A_BADGE);
	assert_int_equal(desk_bench_scan(b, "\xff\xfe", desk_bench_at(14, 10, 0)), OUTCOME_NOT_A_BADGE);
	assert_int_equal(desk_bench_scan_bytes(b, nul, sizeof nul - 1, desk_bench_at(14, 10, 0)), OUTCOME_NOT_A_BADGE);
	assert_int_equal(desk_bench_scan_bytes(b, huge, sizeof huge, desk_bench_at(14, 10, 0)), OUTCOME_NOT_A_BADGE);
	assert_int_equal(desk_bench_scan(b, "TO1", desk_bench_at(14, 10, 0)), OUTCOME_NOT_A_BADGE);
	assert_int_equal(checkins(b), 0); /* counted, not kept */
	assert_true(store_tally(b->store, "unknown") > 0);
}

static void signed_codes(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	char code[CODE_TEXT_MAX], forged[CODE_TEXT_MAX], other[CODE_TEXT_MAX];
	const struct key_pair *key = store_organiser_key(b->store, &err);
	assert_ok(key != NULL);
	code_make_signed(store_event(b->store), key, 0, code);
	assert_int_equal(strlen(code), 120);
	assert_int_equal(desk_bench_scan(b, code, desk_bench_at(14, 10, 0)), OUTCOME_ACCEPTED); /* nobody ever heard of the person */
	assert_int_equal(desk_bench_scan(b, code, desk_bench_at(14, 10, 1)), OUTCOME_DUPLICATE);
	struct key_pair stranger;
	crypto_key_new(&stranger);
	code_make_signed(store_event(b->store), &stranger, 0, forged);
	assert_int_equal(desk_bench_scan(b, forged, desk_bench_at(14, 10, 0)), OUTCOME_UNKNOWN);
	struct hash another = crypto_sha256("another event", 13);
	code_make_signed(&another, key, 0, other);
	assert_int_equal(desk_bench_scan(b, other, desk_bench_at(14, 10, 0)), OUTCOME_WRONG_EVENT);
	code[60] = code[60] == 'A' ? 'B' : 'A';
	assert_int_not_equal(desk_bench_scan(b, code, desk_bench_at(14, 10, 0)), OUTCOME_ACCEPTED);
}

static void short_codes(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	char known[CODE_TEXT_MAX], unheard[CODE_TEXT_MAX], aloud[CODE_ALOUD_MAX];
	code_make_short(known);
	code_make_short(unheard);
	code_read_aloud(known, aloud);
	assert_ok(store_begin(b->store, &err) && badge_issue(b->store, known, "00000000000000000001", aloud, &err) &&
		  store_commit(b->store, &err));
	assert_int_equal(desk_bench_scan(b, known, desk_bench_at(14, 10, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(desk_bench_scan(b, aloud, desk_bench_at(14, 10, 0)), OUTCOME_DUPLICATE);    /* the same badge, read aloud */
	assert_int_equal(desk_bench_scan(b, "CODE-B", desk_bench_at(14, 10, 1)), OUTCOME_DUPLICATE); /* the same person */
	assert_int_equal(desk_bench_scan(b, unheard, desk_bench_at(14, 10, 0)), OUTCOME_UNKNOWN);
	desk_bench_set(b, "unverified", "welcome");
	assert_int_equal(desk_bench_scan(b, unheard, desk_bench_at(14, 10, 0)), OUTCOME_UNVERIFIED);
	assert_int_equal(desk_bench_scan(b, unheard, desk_bench_at(14, 10, 1)), OUTCOME_DUPLICATE);
}

static void revoked_and_removed(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	assert_ok(store_begin(b->store, &err) && badge_revoke(b->store, "CODE-A", &err) && store_commit(b->store, &err));
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 0)), OUTCOME_REVOKED);
	assert_ok(store_begin(b->store, &err) &&
		  person_edit(b->store, &(struct person_edit){.id = "00000000000000000001", .status = "removed"}, &err) &&
		  store_commit(b->store, &err));
	assert_int_equal(desk_bench_scan(b, "CODE-B", desk_bench_at(14, 10, 0)), OUTCOME_REVOKED);
	assert_int_equal(checkins(b), 2);
}

/* The new code is the same person's, who is in; the old one is good no more; and what was scanned keeps its name. */
static void a_ticket_given_out_anew(void **state) {
	struct desk_bench *b = *state;
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 0)), OUTCOME_ACCEPTED);
	desk_bench_edit(b, 0, "{\"code\":\"NEW-A\"}");
	assert_int_equal(desk_bench_scan(b, "NEW-A", desk_bench_at(14, 10, 5)), OUTCOME_DUPLICATE);
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 6)), OUTCOME_REVOKED);
	desk_bench_books_say(b, "0 0= 0 ");
	desk_bench_edit(b, 0, "{\"code\":\"\"}"); /* cleared: by name only from here on */
	assert_int_equal(desk_bench_scan(b, "NEW-A", desk_bench_at(14, 10, 7)), OUTCOME_REVOKED);
	desk_bench_edit(b, 0, "{\"code\":\"CODE-A\"}"); /* the change was a mistake */
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 8)), OUTCOME_DUPLICATE);
	desk_bench_books_say(b, "0 0= 0 0 0= ");
}

/* A party that goes on after midnight of the last day, and one whose doors open before midnight of the first. */
static void days_with_nights(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	bool changed;
	struct session s = {.uid = xstrdup("night")};
	session_set(&s, SESSION_TITLE, "Ніч");
	s.when = (struct session_when){.start = desk_bench_at(15, 22, 0),
				       .end = desk_bench_at(16, 2, 0),
				       .offset_min = 180,
				       .place_offset_min = 180,
				       .room = xstrdup("A")};
	assert_ok(store_begin(b->store, &err) &&
		  session_edit(b->store, &(struct session_edit){.id = "22222222222222222222", .s = &s, .source = "x"}, &changed, &err) &&
		  store_commit(b->store, &err));
	desk_bench_set(b, "dates", "2026-05-14..2026-05-15");
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(15, 21, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(16, 1, 0)), OUTCOME_DUPLICATE);
	assert_int_equal(desk_bench_scan(b, "CODE-B", desk_bench_at(16, 1, 30)), OUTCOME_ACCEPTED);
	assert_int_equal(desk_bench_scan(b, "CODE-C", desk_bench_at(16, 2, 30)), OUTCOME_WRONG_DAY);
	desk_bench_books_say(b, "0 0= 1 2 ");
	s.when.start = desk_bench_at(16, 0, 30);
	assert_ok(store_begin(b->store, &err) &&
		  session_edit(b->store, &(struct session_edit){.id = "33333333333333333333", .s = &s, .source = "x"}, &changed, &err) &&
		  store_commit(b->store, &err));
	session_fini(&s);
	desk_bench_set(b, "dates", "2026-05-16");
	assert_int_equal(desk_bench_scan(b, "CODE-C", desk_bench_at(15, 23, 45)), OUTCOME_ACCEPTED);
	assert_int_equal(desk_bench_scan(b, "CODE-C", desk_bench_at(16, 0, 10)), OUTCOME_DUPLICATE);
}

/* What the roster writes and what readers make of it are one code, where nobody else has it. */
static void codes_as_readers_give_them(void **state) {
	struct desk_bench *b = *state;
	desk_bench_edit(b, 0, "{\"code\":\"KYIV/A12\"}");
	desk_bench_edit(b, 1, "{\"code\":\"(01)04601234567893(21)ABC\"}");
	assert_int_equal(desk_bench_scan(b, "KYIV!12", desk_bench_at(14, 10, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(desk_bench_scan(b, "KYIV/A12", desk_bench_at(14, 10, 1)), OUTCOME_DUPLICATE);
	assert_int_equal(desk_bench_scan(b, "]d2010460123456789321ABC", desk_bench_at(14, 10, 2)), OUTCOME_ACCEPTED);
	assert_int_equal(desk_bench_scan(b, "CODE\u2011C", desk_bench_at(14, 10, 3)), OUTCOME_ACCEPTED); /* a hyphen that does not break */
	desk_bench_books_say(b, "0 0= 1 2 ");
	desk_bench_edit(b, 2, "{\"code\":\"KYIV!12\"}");
	assert_int_equal(desk_bench_scan(b, "KYIV!12", desk_bench_at(14, 10, 4)), OUTCOME_DUPLICATE); /* the one who has it just so */
	desk_bench_books_say(b, "0 0= 1 2 2= ");
}

/* What stands under the code on every badge, typed by hand: of other systems' codes, too. */
static void spoken_forms_of_the_rosters_codes(void **state) {
	struct desk_bench *b = *state;
	char aloud[CODE_ALOUD_MAX];
	code_read_aloud("CODE-A", aloud);
	assert_int_equal(desk_bench_scan(b, aloud, desk_bench_at(14, 10, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 1)), OUTCOME_DUPLICATE);
	desk_bench_edit(b, 0, "{\"code\":\"NEW-A\"}");
	assert_int_equal(desk_bench_scan(b, aloud, desk_bench_at(14, 10, 2)), OUTCOME_REVOKED);
	code_read_aloud("NEW-A", aloud);
	assert_int_equal(desk_bench_scan(b, aloud, desk_bench_at(14, 10, 3)), OUTCOME_DUPLICATE);
	code_read_aloud("nobody's", aloud);
	assert_int_equal(desk_bench_scan(b, aloud, desk_bench_at(14, 10, 4)), OUTCOME_UNKNOWN);
}

static void the_one_inside_is_not_told_full(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	assert_ok(desk_set_point(b->desk, DESK_BENCH_SESSION, &err)); /* one place */
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 11, 0)), OUTCOME_ACCEPTED);
	desk_bench_edit(b, 0, "{\"code\":\"NEW-A\"}");
	assert_int_equal(desk_bench_scan(b, "NEW-A", desk_bench_at(14, 11, 5)), OUTCOME_DUPLICATE);
	assert_int_equal(desk_bench_scan(b, "CODE-B", desk_bench_at(14, 11, 5)), OUTCOME_FULL);
}

/* Two rows of the list had each other's code: who came before that was mended is still who came. */
static void codes_that_change_hands(void **state) {
	struct desk_bench *b = *state;
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 0)), OUTCOME_ACCEPTED);
	desk_bench_edit(b, 0, "{\"code\":\"CODE-B\"}");
	desk_bench_edit(b, 1, "{\"code\":\"CODE-A\"}");
	desk_bench_books_say(b, "0 ");
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 5)),
			 OUTCOME_ACCEPTED); /* now another person's, who was not here yet */
	assert_int_equal(desk_bench_scan(b, "CODE-B", desk_bench_at(14, 10, 6)), OUTCOME_DUPLICATE);
	desk_bench_books_say(b, "0 1 0= ");
}

/* Records of a box that did not say whose the code was. */
static void check_ins_that_do_not_say_whose(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	struct checkin_draft draft = {.code = "CODE-A", .point = POINT_ARRIVAL, .shown = OUTCOME_ACCEPTED, .how = "camera", .has_at = true};
	draft.at = desk_bench_at(14, 9, 0);
	assert_ok(store_begin(b->store, &err) && checkin_append(b->store, &draft, NULL, &err) && store_commit(b->store, &err));
	desk_bench_edit(b, 0, "{\"code\":\"NEW-A\"}");
	assert_int_equal(desk_bench_scan(b, "NEW-A", desk_bench_at(14, 10, 5)), OUTCOME_DUPLICATE);
	desk_bench_books_say(b, "0 0= ");
	desk_bench_edit(b, 0, "{\"status\":\"removed\"}");
	desk_bench_books_say(b, "0 0= ");
}

static void undone_check_ins_do_not_count(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	struct strbuf name = {0};
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 0)), OUTCOME_ACCEPTED);
	assert_ok(store_begin(b->store, &err) && checkin_undo(b->store, NULL, &name, &err) && store_commit(b->store, &err));
	assert_string_equal(strbuf_str(&name), "Олена Приклад");
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 10, 1)), OUTCOME_ACCEPTED);
	strbuf_fini(&name);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_bench_open, desk_bench_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(once_a_day),
		TEST(days_of_the_event),
		TEST(sessions_late_and_full),
		TEST(a_clock_that_nobody_vouches_for_refuses_nobody),
		TEST(together_as_one_by_one),
		TEST(one_that_fails_takes_nobody_along),
		TEST(who_is_cancelled_is_not_let_in),
		TEST(codes_that_are_none_of_ours),
		TEST(signed_codes),
		TEST(short_codes),
		TEST(revoked_and_removed),
		TEST(undone_check_ins_do_not_count),
		TEST(a_ticket_given_out_anew),
		TEST(days_with_nights),
		TEST(codes_as_readers_give_them),
		TEST(spoken_forms_of_the_rosters_codes),
		TEST(the_one_inside_is_not_told_full),
		TEST(codes_that_change_hands),
		TEST(check_ins_that_do_not_say_whose),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
