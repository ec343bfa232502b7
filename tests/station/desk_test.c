/* The desk: from a scanned text to a record and an answer. */
#include "station/desk.h"

#include "lib/event_sample.h"

#include "badge/code.h"
#include "base/alloc.h"
#include "base/str.h"
#include "store/read/badges.h"
#include "store/read/checkins.h"
#include "store/read/settings.h"
#include "store/read/signatures.h"
#include "store/sql/db.h"
#include "store/write/erasing.h"

struct bench {
	struct scratch *scratch;
	struct store *store;
	struct desk *desk;
	struct err err;
};

static const char session_a[] = "11111111111111111111";

static int open_bench(void **state) {
	struct bench *b = xcalloc(1, sizeof *b);
	void *scratch = NULL;
	struct err err = {0};
	scratch_open(&scratch);
	b->scratch = scratch;
	b->store = scratch_event(b->scratch, "e.turnout");
	assert_ok(store_begin(b->store, &err));
	static const char *const codes[] = {"CODE-A", "CODE-B", "CODE-C"};
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		struct person p = {0};
		char id[PERSON_ID_LEN + 1];
		snprintf(id, sizeof id, "%020zu", i);
		person_set(&p, PERSON_NAME, i == 0 ? "Олена Приклад" : "Інша людина");
		person_set(&p, PERSON_CODE, codes[i]);
		assert_ok(person_edit(b->store, &(struct person_edit){.id = id, .set = &p, .fresh = true}, &err));
		person_fini(&p);
	}
	bool changed;
	struct session s = {.uid = xstrdup("a")};
	session_set(&s, SESSION_TITLE, "Мед");
	s.when = (struct session_when){.start = {1778745600000},
				       .end = {1778749200000},
				       .offset_min = 180,
				       .place_offset_min = 180,
				       .room = xstrdup("A"),
				       .capacity = 1};
	assert_ok(session_edit(b->store, &(struct session_edit){.id = session_a, .s = &s, .source = "x"}, &changed, &err));
	session_fini(&s);
	assert_ok(store_commit(b->store, &err));
	b->desk = desk_open(b->store, "arrival", &err);
	assert_ok(b->desk != NULL);
	*state = b;
	return 0;
}

static int close_bench(void **state) {
	struct bench *b = *state;
	void *scratch = b->scratch;
	desk_close(b->desk);
	store_close(b->store);
	scratch_close(&scratch);
	free(b);
	return 0;
}

/* The organiser sets something, and the desk opens with it. */
static void set_and_reopen(struct bench *b, const char *key, const char *value) {
	struct err err = {0};
	assert_ok(store_begin(b->store, &err) && setting_put(b->store, key, value, &err) && store_commit(b->store, &err));
	desk_close(b->desk);
	b->desk = desk_open(b->store, POINT_ARRIVAL, &err);
	assert_ok(b->desk != NULL);
}

/* Local times of 14 May 2026 in Kyiv: hours and minutes. */
static struct utc_ms at(int day, int hour, int minute) {
	return (struct utc_ms){1778706000000 + ((int64_t)(day - 14) * 1440 + hour * 60 + minute) * 60000};
}

static enum outcome scan_bytes(struct bench *b, const char *text, size_t n, struct utc_ms when) {
	struct err err = {0};
	struct desk_answer answer;
	assert_ok(desk_take(b->desk, &(struct desk_scan){.text = text, .len = n, .how = "camera", .has_at = true, .at = when}, &answer,
			    &err));
	enum outcome outcome = answer.outcome;
	assert_int_equal(answer.recorded, outcome_recorded(outcome));
	desk_answer_fini(&answer);
	return outcome;
}

static enum outcome scan(struct bench *b, const char *text, struct utc_ms when) { return scan_bytes(b, text, strlen(text), when); }

/* Recorded ones, refusals and repeats too. */
static int64_t checkins(struct bench *b) {
	struct err err = {0};
	struct checkins books;
	assert_ok(checkins_load(b->store, &books, &err));
	int64_t count = (int64_t)books.count;
	checkins_fini(&books);
	return count;
}

static void once_a_day(void **state) {
	struct bench *b = *state;
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 5)), OUTCOME_DUPLICATE);
	assert_int_equal(scan(b, "CODE-A", at(15, 9, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(scan(b, " CODE-B\r\n", at(15, 9, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(checkins(b), 4); /* duplicates are evidence */
}

static void days_of_the_event(void **state) {
	struct bench *b = *state;
	set_and_reopen(b, "dates", "2026-05-14..2026-05-15");
	assert_int_equal(scan(b, "CODE-A", at(13, 23, 59)), OUTCOME_WRONG_DAY);
	assert_int_equal(scan(b, "CODE-A", at(14, 0, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(scan(b, "CODE-A", at(16, 0, 0)), OUTCOME_WRONG_DAY);
	assert_int_equal(scan(b, "CODE-A", (struct utc_ms){5000}), OUTCOME_ACCEPTED); /* a clock that was never set refuses nobody */
	assert_int_equal(scan(b, "CODE-A", (struct utc_ms){9000}), OUTCOME_DUPLICATE);
}

/* A box that was put on without a network, with a clock from wherever: until somebody vouches for it, no date refuses anybody. */
static void a_clock_that_nobody_vouches_for_refuses_nobody(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	struct desk_turn turn = {.scan = {.text = "CODE-A", .len = 6, .how = "camera"}};
	bool vouched = clock_is_synchronised(); /* of the machine that runs this; by NTP */
	set_and_reopen(b, "dates", "2027-05-14..2027-05-15");
	assert_int_equal(desk_take_together(b->desk, &turn, 1, &err), 1);
	assert_int_equal(turn.answer.outcome, vouched ? OUTCOME_WRONG_DAY : OUTCOME_ACCEPTED);
	desk_answer_fini(&turn.answer);
	assert_ok(desk_set_point(b->desk, "Мед", &err)); /* a session of long ago */
	assert_int_equal(desk_take_together(b->desk, &turn, 1, &err), 1);
	assert_int_equal(turn.answer.outcome, vouched ? OUTCOME_CLOSED : OUTCOME_ACCEPTED);
	desk_answer_fini(&turn.answer);
	/* Staff say what day it is: then it counts. */
	assert_ok(store_set_clock(b->store, at(14, 9, 0), true, &err));
	assert_ok(desk_set_point(b->desk, "arrival", &err));
	turn.scan = (struct desk_scan){.text = "CODE-B", .len = 6, .how = "camera"};
	assert_int_equal(desk_take_together(b->desk, &turn, 1, &err), 1);
	assert_int_equal(turn.answer.outcome, OUTCOME_WRONG_DAY);
	desk_answer_fini(&turn.answer);
}

static void sessions_late_and_full(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	assert_ok(desk_set_point(b->desk, "Мед", &err));
	assert_int_equal(scan(b, "CODE-A", at(14, 11, 5)), OUTCOME_ACCEPTED); /* 11:00 and five minutes */
	assert_int_equal(scan(b, "CODE-A", at(14, 11, 6)), OUTCOME_DUPLICATE);
	assert_int_equal(scan(b, "CODE-B", at(14, 11, 6)), OUTCOME_FULL);
	assert_int_equal(scan(b, "CODE-B", at(15, 11, 6)), OUTCOME_CLOSED);
	assert_false(desk_set_point(b->desk, "no such session", &err));
	assert_non_null(desk_session(b->desk)); /* the point stays what it was */
}

static size_t scan_together(struct bench *b, const char *const *codes, size_t n, struct desk_turn *turns, struct err *err) {
	memset(turns, 0, n * sizeof *turns);
	for (size_t i = 0; i < n; i++) {
		turns[i].scan = (struct desk_scan){
			.text = codes[i], .len = strlen(codes[i]), .how = "camera", .has_at = true, .at = at(14, 11, (int)i)};
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
	struct bench *b = *state;
	struct err err = {0};
	struct desk_turn turns[5];
	static const char *const codes[] = {"CODE-A", "CODE-A", "CODE-B", "http://example.org", "CODE-C"};
	static const enum outcome arrival[] = {OUTCOME_ACCEPTED, OUTCOME_DUPLICATE, OUTCOME_ACCEPTED, OUTCOME_NOT_A_BADGE,
					       OUTCOME_ACCEPTED};
	static const enum outcome session[] = {OUTCOME_ACCEPTED, OUTCOME_DUPLICATE, OUTCOME_FULL, OUTCOME_NOT_A_BADGE, OUTCOME_FULL};
	assert_int_equal(scan_together(b, codes, COUNT_OF(codes), turns, &err), COUNT_OF(codes));
	assert_string_equal(person_text(&turns[0].answer.person.person, PERSON_NAME), "Олена Приклад");
	assert_int_equal(turns[1].answer.first.v, at(14, 11, 0).v);
	expect_turns(turns, arrival, COUNT_OF(codes));
	assert_int_equal(checkins(b), 4);
	assert_ok(desk_set_point(b->desk, "Мед", &err)); /* a room of one */
	assert_int_equal(scan_together(b, codes, COUNT_OF(codes), turns, &err), COUNT_OF(codes));
	expect_turns(turns, session, COUNT_OF(codes));
}

/* One of several that the file does not take: those before it are kept, it and those behind it are not, and may be tried again. */
static void one_that_fails_takes_nobody_along(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	struct desk_turn turns[3];
	static const char *const codes[] = {"CODE-A", "CODE-B", "CODE-C"};
	static const enum outcome wanted[] = {OUTCOME_ACCEPTED, OUTCOME_ACCEPTED};
	struct db *other = NULL;
	char *path = scratch_path(b->scratch, "e.turnout");
	assert_int_equal(scan(b, "CODE-B", at(13, 9, 0)), OUTCOME_ACCEPTED);
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

static void set_registration(struct bench *b, const char *code, const char *registration) {
	struct person_row row = {0};
	struct person p = {0};
	struct err err = {0};
	assert_ok(person_resolve(b->store, code, &row, &err));
	person_set(&p, PERSON_REGISTRATION, registration);
	struct person_edit edit = {.id = row.id, .set = &p};
	assert_ok(store_begin(b->store, &err) && person_edit(b->store, &edit, &err) && store_commit(b->store, &err));
	person_fini(&p);
	person_row_fini(&row);
}

/* Nothing is revoked: the same code is good again when they are confirmed. */
static void who_is_cancelled_is_not_let_in(void **state) {
	struct bench *b = *state;
	static const char *const kept_out[] = {"cancelled", "declined", "waiting", "pending"};
	for (size_t i = 0; i < COUNT_OF(kept_out); i++) {
		set_registration(b, "CODE-A", kept_out[i]);
		assert_int_equal(scan(b, "CODE-A", at(14, 10, 0)), OUTCOME_NOT_EXPECTED);
	}
	assert_int_equal(checkins(b), COUNT_OF(kept_out)); /* attempts are evidence like other refusals */
	set_registration(b, "CODE-A", "confirmed");
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 5)), OUTCOME_ACCEPTED); /* and not a duplicate */
	set_registration(b, "CODE-A", "cancelled");
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 6)), OUTCOME_NOT_EXPECTED);
	set_registration(b, "CODE-A", "a word that nobody knows");
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 7)), OUTCOME_DUPLICATE);
}

static void codes_that_are_none_of_ours(void **state) {
	struct bench *b = *state;
	static const char nul[] = "CODE\0A";
	static char huge[4000];
	memset(huge, 'A', sizeof huge);
	assert_int_equal(scan(b, "https://example.org/menu", at(14, 10, 0)), OUTCOME_NOT_A_BADGE);
	assert_int_equal(scan(b, "WIFI:S:net;T:WPA;P:secret;;", at(14, 10, 0)), OUTCOME_UNKNOWN); /* could be another system's code */
	assert_int_equal(scan(b, "some words on a poster", at(14, 10, 0)), OUTCOME_NOT_A_BADGE);
	assert_int_equal(scan(b, "CODE-Z", at(14, 10, 0)), OUTCOME_UNKNOWN);
	assert_int_equal(scan(b, "", at(14, 10, 0)), OUTCOME_NOT_A_BADGE);
	assert_int_equal(scan(b, "   ", at(14, 10, 0)), OUTCOME_NOT_A_BADGE);
	assert_int_equal(scan(b, "\xff\xfe", at(14, 10, 0)), OUTCOME_NOT_A_BADGE);
	assert_int_equal(scan_bytes(b, nul, sizeof nul - 1, at(14, 10, 0)), OUTCOME_NOT_A_BADGE);
	assert_int_equal(scan_bytes(b, huge, sizeof huge, at(14, 10, 0)), OUTCOME_NOT_A_BADGE);
	assert_int_equal(scan(b, "TO1", at(14, 10, 0)), OUTCOME_NOT_A_BADGE);
	assert_int_equal(checkins(b), 0); /* counted, not kept */
	assert_true(store_tally(b->store, "unknown") > 0);
}

static void signed_codes(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	char code[CODE_TEXT_MAX], forged[CODE_TEXT_MAX], other[CODE_TEXT_MAX];
	const struct key_pair *key = store_organiser_key(b->store, &err);
	assert_ok(key != NULL);
	code_make_signed(store_event(b->store), key, 0, code);
	assert_int_equal(strlen(code), 120);
	assert_int_equal(scan(b, code, at(14, 10, 0)), OUTCOME_ACCEPTED); /* nobody ever heard of the person */
	assert_int_equal(scan(b, code, at(14, 10, 1)), OUTCOME_DUPLICATE);
	struct key_pair stranger;
	crypto_key_new(&stranger);
	code_make_signed(store_event(b->store), &stranger, 0, forged);
	assert_int_equal(scan(b, forged, at(14, 10, 0)), OUTCOME_UNKNOWN);
	struct hash another = crypto_sha256("another event", 13);
	code_make_signed(&another, key, 0, other);
	assert_int_equal(scan(b, other, at(14, 10, 0)), OUTCOME_WRONG_EVENT);
	code[60] = code[60] == 'A' ? 'B' : 'A';
	assert_int_not_equal(scan(b, code, at(14, 10, 0)), OUTCOME_ACCEPTED);
}

static void short_codes(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	char known[CODE_TEXT_MAX], unheard[CODE_TEXT_MAX], aloud[CODE_ALOUD_MAX];
	code_make_short(known);
	code_make_short(unheard);
	code_read_aloud(known, aloud);
	assert_ok(store_begin(b->store, &err) && badge_issue(b->store, known, "00000000000000000001", aloud, &err) &&
		  store_commit(b->store, &err));
	assert_int_equal(scan(b, known, at(14, 10, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(scan(b, aloud, at(14, 10, 0)), OUTCOME_DUPLICATE);    /* the same badge, read aloud */
	assert_int_equal(scan(b, "CODE-B", at(14, 10, 1)), OUTCOME_DUPLICATE); /* the same person */
	assert_int_equal(scan(b, unheard, at(14, 10, 0)), OUTCOME_UNKNOWN);
	set_and_reopen(b, "unverified", "welcome");
	assert_int_equal(scan(b, unheard, at(14, 10, 0)), OUTCOME_UNVERIFIED);
	assert_int_equal(scan(b, unheard, at(14, 10, 1)), OUTCOME_DUPLICATE);
}

static void revoked_and_removed(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	assert_ok(store_begin(b->store, &err) && badge_revoke(b->store, "CODE-A", &err) && store_commit(b->store, &err));
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 0)), OUTCOME_REVOKED);
	assert_ok(store_begin(b->store, &err) &&
		  person_edit(b->store, &(struct person_edit){.id = "00000000000000000001", .status = "removed"}, &err) &&
		  store_commit(b->store, &err));
	assert_int_equal(scan(b, "CODE-B", at(14, 10, 0)), OUTCOME_REVOKED);
	assert_int_equal(checkins(b), 2);
}

static void edit_person(struct bench *b, int number, const char *set) {
	struct err err = {0};
	char id[PERSON_ID_LEN + 1];
	snprintf(id, sizeof id, "%020d", number);
	assert_ok(store_begin(b->store, &err) && person_edit(b->store, &(struct person_edit){.id = id, .set_json = set}, &err) &&
		  store_commit(b->store, &err));
}

/* Whose the books say each check-in is, in their order: the number of the person, or "-"; "=" after those that are duplicates. */
static void books_say(struct bench *b, const char *wanted) {
	struct err err = {0};
	struct checkins list;
	struct strbuf out = {0};
	assert_ok(checkins_load(b->store, &list, &err));
	for (size_t i = 0; i < list.count; i++) {
		const struct checkin *c = &list.items[i];
		strbuf_addf(&out, "%c%s ", c->person[0] ? c->person[PERSON_ID_LEN - 1] : '-', c->duplicate_of ? "=" : "");
		assert_int_equal(c->person[0] != '\0', c->name[0] != '\0');
	}
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_fini(&out);
	checkins_fini(&list);
}

/* The new code is the same person's, who is in; the old one is good no more; and what was scanned keeps its name. */
static void a_ticket_given_out_anew(void **state) {
	struct bench *b = *state;
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 0)), OUTCOME_ACCEPTED);
	edit_person(b, 0, "{\"code\":\"NEW-A\"}");
	assert_int_equal(scan(b, "NEW-A", at(14, 10, 5)), OUTCOME_DUPLICATE);
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 6)), OUTCOME_REVOKED);
	books_say(b, "0 0= 0 ");
	edit_person(b, 0, "{\"code\":\"\"}"); /* cleared: by name only from here on */
	assert_int_equal(scan(b, "NEW-A", at(14, 10, 7)), OUTCOME_REVOKED);
	edit_person(b, 0, "{\"code\":\"CODE-A\"}"); /* the change was a mistake */
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 8)), OUTCOME_DUPLICATE);
	books_say(b, "0 0= 0 0 0= ");
}

/* A party that goes on after midnight of the last day, and one whose doors open before midnight of the first. */
static void days_with_nights(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	bool changed;
	struct session s = {.uid = xstrdup("night")};
	session_set(&s, SESSION_TITLE, "Ніч");
	s.when = (struct session_when){
		.start = at(15, 22, 0), .end = at(16, 2, 0), .offset_min = 180, .place_offset_min = 180, .room = xstrdup("A")};
	assert_ok(store_begin(b->store, &err) &&
		  session_edit(b->store, &(struct session_edit){.id = "22222222222222222222", .s = &s, .source = "x"}, &changed, &err) &&
		  store_commit(b->store, &err));
	set_and_reopen(b, "dates", "2026-05-14..2026-05-15");
	assert_int_equal(scan(b, "CODE-A", at(15, 21, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(scan(b, "CODE-A", at(16, 1, 0)), OUTCOME_DUPLICATE);
	assert_int_equal(scan(b, "CODE-B", at(16, 1, 30)), OUTCOME_ACCEPTED);
	assert_int_equal(scan(b, "CODE-C", at(16, 2, 30)), OUTCOME_WRONG_DAY);
	books_say(b, "0 0= 1 2 ");
	s.when.start = at(16, 0, 30);
	assert_ok(store_begin(b->store, &err) &&
		  session_edit(b->store, &(struct session_edit){.id = "33333333333333333333", .s = &s, .source = "x"}, &changed, &err) &&
		  store_commit(b->store, &err));
	session_fini(&s);
	set_and_reopen(b, "dates", "2026-05-16");
	assert_int_equal(scan(b, "CODE-C", at(15, 23, 45)), OUTCOME_ACCEPTED);
	assert_int_equal(scan(b, "CODE-C", at(16, 0, 10)), OUTCOME_DUPLICATE);
}

/* What the roster writes and what readers make of it are one code, where nobody else has it. */
static void codes_as_readers_give_them(void **state) {
	struct bench *b = *state;
	edit_person(b, 0, "{\"code\":\"KYIV/A12\"}");
	edit_person(b, 1, "{\"code\":\"(01)04601234567893(21)ABC\"}");
	assert_int_equal(scan(b, "KYIV!12", at(14, 10, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(scan(b, "KYIV/A12", at(14, 10, 1)), OUTCOME_DUPLICATE);
	assert_int_equal(scan(b, "]d2010460123456789321ABC", at(14, 10, 2)), OUTCOME_ACCEPTED);
	assert_int_equal(scan(b, "CODE\u2011C", at(14, 10, 3)), OUTCOME_ACCEPTED); /* a hyphen that does not break */
	books_say(b, "0 0= 1 2 ");
	edit_person(b, 2, "{\"code\":\"KYIV!12\"}");
	assert_int_equal(scan(b, "KYIV!12", at(14, 10, 4)), OUTCOME_DUPLICATE); /* the one who has it just so */
	books_say(b, "0 0= 1 2 2= ");
}

/* What stands under the code on every badge, typed by hand: of other systems' codes, too. */
static void spoken_forms_of_the_rosters_codes(void **state) {
	struct bench *b = *state;
	char aloud[CODE_ALOUD_MAX];
	code_read_aloud("CODE-A", aloud);
	assert_int_equal(scan(b, aloud, at(14, 10, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 1)), OUTCOME_DUPLICATE);
	edit_person(b, 0, "{\"code\":\"NEW-A\"}");
	assert_int_equal(scan(b, aloud, at(14, 10, 2)), OUTCOME_REVOKED);
	code_read_aloud("NEW-A", aloud);
	assert_int_equal(scan(b, aloud, at(14, 10, 3)), OUTCOME_DUPLICATE);
	code_read_aloud("nobody's", aloud);
	assert_int_equal(scan(b, aloud, at(14, 10, 4)), OUTCOME_UNKNOWN);
}

static void the_one_inside_is_not_told_full(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	assert_ok(desk_set_point(b->desk, session_a, &err)); /* one place */
	assert_int_equal(scan(b, "CODE-A", at(14, 11, 0)), OUTCOME_ACCEPTED);
	edit_person(b, 0, "{\"code\":\"NEW-A\"}");
	assert_int_equal(scan(b, "NEW-A", at(14, 11, 5)), OUTCOME_DUPLICATE);
	assert_int_equal(scan(b, "CODE-B", at(14, 11, 5)), OUTCOME_FULL);
}

/* Two rows of the list had each other's code: who came before that was mended is still who came. */
static void codes_that_change_hands(void **state) {
	struct bench *b = *state;
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 0)), OUTCOME_ACCEPTED);
	edit_person(b, 0, "{\"code\":\"CODE-B\"}");
	edit_person(b, 1, "{\"code\":\"CODE-A\"}");
	books_say(b, "0 ");
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 5)), OUTCOME_ACCEPTED); /* now another person's, who was not here yet */
	assert_int_equal(scan(b, "CODE-B", at(14, 10, 6)), OUTCOME_DUPLICATE);
	books_say(b, "0 1 0= ");
}

/* Records of a box that did not say whose the code was. */
static void check_ins_that_do_not_say_whose(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	struct checkin_draft draft = {.code = "CODE-A", .point = POINT_ARRIVAL, .shown = OUTCOME_ACCEPTED, .how = "camera", .has_at = true};
	draft.at = at(14, 9, 0);
	assert_ok(store_begin(b->store, &err) && checkin_append(b->store, &draft, NULL, &err) && store_commit(b->store, &err));
	edit_person(b, 0, "{\"code\":\"NEW-A\"}");
	assert_int_equal(scan(b, "NEW-A", at(14, 10, 5)), OUTCOME_DUPLICATE);
	books_say(b, "0 0= ");
	edit_person(b, 0, "{\"status\":\"removed\"}");
	books_say(b, "0 0= ");
}

static void undone_check_ins_do_not_count(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	struct strbuf name = {0};
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 0)), OUTCOME_ACCEPTED);
	assert_ok(store_begin(b->store, &err) && checkin_undo(b->store, NULL, &name, &err) && store_commit(b->store, &err));
	assert_string_equal(strbuf_str(&name), "Олена Приклад");
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 1)), OUTCOME_ACCEPTED);
	strbuf_fini(&name);
}

/* --- by name ------------------------------------------------------------------------------------------------------------------------------- */

#define OLENA "00000000000000000000"
#define SOMEBODY "00000000000000000001"

/* Somebody without a badge, found by name. */
static enum outcome sign_in(struct bench *b, const char *person, struct utc_ms when) {
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
	struct bench *b = *state;
	assert_int_equal(sign_in(b, OLENA, at(14, 10, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(sign_in(b, OLENA, at(14, 10, 1)), OUTCOME_DUPLICATE);
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 2)), OUTCOME_DUPLICATE);
	assert_int_equal(scan(b, "CODE-B", at(14, 10, 3)), OUTCOME_ACCEPTED);
	assert_int_equal(sign_in(b, SOMEBODY, at(14, 10, 4)), OUTCOME_DUPLICATE);
	assert_int_equal(sign_in(b, OLENA, at(15, 10, 0)), OUTCOME_ACCEPTED);
	books_say(b, "0 0= 0= 1 1= 0 ");
}

static void by_name_where_dates_and_rooms_refuse(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	set_and_reopen(b, "dates", "2026-05-14..2026-05-15");
	assert_int_equal(sign_in(b, OLENA, at(13, 10, 0)), OUTCOME_WRONG_DAY);
	assert_int_equal(sign_in(b, OLENA, at(14, 10, 0)), OUTCOME_ACCEPTED);
	assert_ok(desk_set_point(b->desk, "Мед", &err)); /* a room of one */
	assert_int_equal(sign_in(b, OLENA, at(14, 11, 6)), OUTCOME_LATE);
	assert_int_equal(sign_in(b, SOMEBODY, at(14, 11, 7)), OUTCOME_FULL);
	assert_int_equal(sign_in(b, SOMEBODY, at(15, 11, 0)), OUTCOME_CLOSED);
}

/* A badge that was lost and revoked keeps out whoever found it, and not whose it was; who is off the roster, or not confirmed, is kept out by any way. */
static void by_name_who_is_kept_out(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	assert_ok(store_begin(b->store, &err) && badge_revoke(b->store, "CODE-A", &err) && store_commit(b->store, &err));
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 0)), OUTCOME_REVOKED);
	assert_int_equal(sign_in(b, OLENA, at(14, 10, 1)), OUTCOME_ACCEPTED);
	set_registration(b, "CODE-B", "pending");
	assert_int_equal(sign_in(b, SOMEBODY, at(14, 10, 2)), OUTCOME_NOT_EXPECTED);
	set_registration(b, "CODE-B", "confirmed");
	assert_int_equal(sign_in(b, SOMEBODY, at(14, 10, 3)), OUTCOME_ACCEPTED);
	edit_person(b, 1, "{\"status\":\"removed\"}");
	assert_int_equal(sign_in(b, SOMEBODY, at(14, 10, 4)), OUTCOME_REVOKED);
}

/* Erased since they were found: nothing is written of them, and nobody else of the same moment is kept back. */
static void by_name_whoever_is_gone(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	int subjects;
	assert_ok(store_begin(b->store, &err) && erasure_of_person(b->store, OLENA, &subjects, &err) && store_commit(b->store, &err));
	struct desk_turn turns[3] = {{.scan = {.text = "CODE-B", .len = 6, .how = "camera", .has_at = true, .at = at(14, 10, 0)}},
				     {.scan = {.text = OLENA, .person = OLENA, .how = "name", .has_at = true, .at = at(14, 10, 0)}},
				     {.scan = {.text = "CODE-C", .len = 6, .how = "camera", .has_at = true, .at = at(14, 10, 0)}}};
	assert_int_equal(desk_take_together(b->desk, turns, 3, &err), 1);
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_int_equal(desk_take_together(b->desk, &turns[2], 1, &err), 1);
	desk_answer_fini(&turns[0].answer);
	desk_answer_fini(&turns[2].answer);
	books_say(b, "1 2 ");
}

/* --- signatures ----------------------------------------------------------------------------------------------------------------------- */

/* Whether somebody by that code is to sign. */
static bool is_to_sign(struct bench *b, const char *code, struct utc_ms when) {
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
	struct bench *b = *state;
	struct err err = {0};
	bool has = false;
	assert_false(is_to_sign(b, "CODE-A", at(14, 10, 0))); /* nobody asks */
	set_and_reopen(b, "signature", "asked");
	assert_true(is_to_sign(b, "CODE-A", at(14, 10, 1))); /* in already, and not signed yet */
	assert_true(is_to_sign(b, "CODE-B", at(14, 10, 1)));
	assert_false(is_to_sign(b, "nobody", at(14, 10, 1)));
	assert_ok(store_set_clock(b->store, at(14, 10, 2), true, &err));
	assert_ok(desk_sign(b->desk, OLENA, &BY_SELF, &err));
	assert_ok(signature_has(b->store, OLENA, "2026-05-14", &has, &err));
	assert_true(has);
	assert_false(is_to_sign(b, "CODE-A", at(14, 10, 3)));
	assert_true(is_to_sign(b, "CODE-B", at(14, 10, 3)));
	assert_true(is_to_sign(b, "CODE-A", at(15, 10, 0))); /* another day is another line on the list */
	assert_ok(desk_set_point(b->desk, session_a, &err)); /* at a room's door nobody is asked */
	assert_false(is_to_sign(b, "CODE-B", at(14, 11, 10)));
	set_and_reopen(b, "signature", "off");
	assert_false(is_to_sign(b, "CODE-B", at(14, 10, 4)));
}

static void walk_in(struct bench *b, const char *set, const struct desk_signature *signature, struct desk_answer *answer) {
	struct err err = {0};
	const struct desk_scan scan = {.how = "walk-in", .has_at = true, .at = at(14, 10, 0), .signature = signature};
	assert_ok(desk_walk_in(b->desk, set, &scan, answer, &err));
}

static void who_walks_in_signs_at_once(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	struct desk_answer answer;
	bool has = false;
	set_and_reopen(b, "signature", "required");
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
	struct bench *b = *state;
	set_and_reopen(b, "signature", "required");
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
	struct bench *b = *state;
	struct err err = {0};
	struct desk_answer answer;
	bool has = true;
	set_and_reopen(b, "admission", "registered");
	set_and_reopen(b, "signature", "required");
	walk_in(b, "{\"name\":\"Гостя\",\"custom:Note \\\"x\\\"\":\"а\\nб\"}", &BY_SELF, &answer);
	assert_int_equal(answer.outcome, OUTCOME_NOT_EXPECTED);
	assert_int_equal(answer.registration, REGISTRATION_PENDING);
	assert_true(answer.known && answer.recorded && answer.code[0] != '\0');
	assert_string_equal(person_custom(&answer.person.person, "Note \"x\""), "а\nб");
	assert_ok(signature_has(b->store, answer.person.id, "2026-05-14", &has, &err));
	assert_false(has); /* the list of signatures says who was there */
	assert_int_equal(scan(b, answer.code, at(14, 10, 1)), OUTCOME_NOT_EXPECTED);
	set_registration(b, answer.code, "confirmed");
	assert_int_equal(scan(b, answer.code, at(14, 10, 2)), OUTCOME_ACCEPTED); /* not a duplicate: they were not in */
	set_registration(b, answer.code, "declined");
	assert_int_equal(scan(b, answer.code, at(14, 10, 3)), OUTCOME_NOT_EXPECTED);
	desk_answer_fini(&answer);
	walk_in(b, "{\"name\":\"Гість\",\"registration\":\"confirmed\"}", NULL, &answer); /* staff say so */
	assert_int_equal(answer.outcome, OUTCOME_ACCEPTED);
	desk_answer_fini(&answer);
	walk_in(b, "{\"name\":\"Гість\",\"custom:consent:processing\":\"no 0123456789ab uk\"}", NULL, &answer);
	assert_int_equal(answer.outcome, OUTCOME_NOT_EXPECTED); /* nobody can look up who that is: staff decide, and the screen says so */
	assert_true(answer.unnamed && answer.recorded && answer.code[0] != '\0');
	set_registration(b, answer.code, "confirmed");
	assert_int_equal(scan(b, answer.code, at(14, 10, 4)), OUTCOME_ACCEPTED);
	desk_answer_fini(&answer);
	set_and_reopen(b, "admission", "open");
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
	struct bench *b = *state;
	set_and_reopen(b, "unverified", "welcome");
	assert_int_equal(scan(b, "TO0Y3K/GSJHURRT", at(14, 10, 0)), OUTCOME_UNVERIFIED);
	set_and_reopen(b, "admission", "registered");
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 1)), OUTCOME_ACCEPTED);
	set_registration(b, "CODE-B", "pending");
	assert_int_equal(scan(b, "CODE-B", at(14, 10, 2)), OUTCOME_NOT_EXPECTED);
	assert_int_equal(scan(b, "TO0Y3K/GSJHURRT", at(14, 10, 3)), OUTCOME_UNKNOWN);
}

/* Only at the session that has the list, and for who is on it; whoever was let in before is told, too, once they are off it. */
static void who_is_on_the_list_of_a_session(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	struct desk_answer answer;
	struct session_row before, after;
	bool found = false, changed = false;
	assert_ok(session_get(b->store, session_a, &before, &found, &err) && session_get(b->store, session_a, &after, &found, &err));
	session_set(&after.session, SESSION_LISTED, "yes");
	edit_person(b, 0, "{\"custom:list:11111111111111111111\":\"yes\"}");
	assert_ok(store_begin(b->store, &err) &&
		  session_edit(b->store, &(struct session_edit){.id = session_a, .before = &before.session, .s = &after.session}, &changed,
			       &err) &&
		  store_commit(b->store, &err));
	session_row_fini(&before);
	session_row_fini(&after);
	assert_int_equal(scan(b, "CODE-B", at(14, 11, 0)), OUTCOME_ACCEPTED); /* at arrival nobody asks */
	assert_ok(desk_set_point(b->desk, "Мед", &err));
	assert_int_equal(scan(b, "CODE-A", at(14, 11, 1)), OUTCOME_ACCEPTED);
	const struct desk_scan other = {.text = "CODE-B", .len = 6, .how = "camera", .has_at = true, .at = at(14, 11, 2)};
	assert_ok(desk_take(b->desk, &other, &answer, &err));
	assert_int_equal(answer.outcome, OUTCOME_NOT_EXPECTED);
	assert_true(answer.not_listed && answer.recorded);
	desk_answer_fini(&answer);
	assert_int_equal(scan(b, "nobody", at(14, 11, 2)), OUTCOME_UNKNOWN);
	edit_person(b, 0, "{\"custom:list:11111111111111111111\":\"\"}");
	assert_int_equal(scan(b, "CODE-A", at(14, 11, 3)), OUTCOME_NOT_EXPECTED);
	set_registration(b, "CODE-A", "pending");
	assert_ok(desk_take(b->desk, &(struct desk_scan){.text = "CODE-A", .len = 6, .how = "camera", .has_at = true, .at = at(14, 11, 4)},
			    &answer, &err));
	assert_false(answer.not_listed); /* the registration goes before: it keeps them out of everything */
	desk_answer_fini(&answer);
}

static void a_signature_of_nobody(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	assert_false(desk_sign(b->desk, "ffffffffffffffffffff", &BY_SELF, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_int_equal(scan(b, "CODE-A", at(14, 10, 0)), OUTCOME_ACCEPTED); /* and the desk goes on */
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_bench, close_bench)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(once_a_day),
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
					   TEST(a_signature_of_nobody)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
