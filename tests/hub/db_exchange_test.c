/* Exchanges with the hub's stores: what goes in comes back, and what is wrong changes nothing. On a folder and on PostgreSQL. */
#include "hub/db_suite.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "lib/craft.h"
#include "store/log/share.h"
#include "store/read/audit.h"
#include "store/read/people.h"
#include "store/view/roles.h"
#include "sync/replica_store.h"
#include "sync/respond.h"

/* --- taking by hand -------------------------------------------------------------------------------------------------------------------------- */

/* Gives the store the runs of a text, as a message from somebody would; what became of each goes to `fates`. */
#define FATES_MAX 64
static void give(const struct suite *suite, const struct hash *event, struct strbuf *text, struct run_fate fates[FATES_MAX]) {
	struct err err = {0};
	struct hub_loan loan;
	struct message message;
	craft_read(text, &message);
	assert_true(message.run_count <= FATES_MAX);
	struct intake intake = {.runs = message.runs, .count = message.run_count, .fates = fates};
	memset(fates, 0, FATES_MAX * sizeof *fates);
	suite_lend(suite, event, &loan);
	assert_ok(loan.replica.ops->take(loan.replica.self, &intake, &err));
	suite_give_back(suite, &loan);
	message_fini(&message);
}

/* --- whole events ---------------------------------------------------------------------------------------------------------------------------- */

static void an_event_goes_in_and_comes_back(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	struct store *laptop = suite_event(suite, "a.turnout");
	suite_sync(suite, laptop, &report);
	assert_true(report.keeper && report.acknowledged && report.sent > 0 && report.wrong == 0);
	suite_assert_holds(suite, laptop, "b.turnout");
	suite_sync(suite, laptop, &report);
	assert_int_equal(report.sent + report.received, 0);
	suite_restart(suite);
	suite_assert_holds(suite, laptop, "c.turnout");
	store_close(laptop);
}

static void a_keepers_word_is_kept(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct exchange_report report;
	struct backlog backlog;
	struct store *laptop = suite_event(suite, "a.turnout");
	suite_sync(suite, laptop, &report);
	struct store *box = meet_adopt(suite->scratch, laptop, "b.turnout", 7);
	suite_sync(suite, box, &report);
	meet_check_in(box, "CODE-A");
	assert_ok(store_backlog(box, &backlog, &err));
	assert_true(backlog.records > 0 && backlog.checkins == 1);
	suite_sync(suite, box, &report);
	assert_true(report.keeper && report.acknowledged);
	assert_ok(store_backlog(box, &backlog, &err));
	assert_int_equal(backlog.records + backlog.checkins, 0);
	store_close(box);
	store_close(laptop);
}

/* As much as several chunks of the exchange hold, both ways. */
static void long_logs_come_in_chunks(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	struct store *laptop = suite_event(suite, "a.turnout");
	struct craft_member m = craft_member_of(laptop);
	struct strbuf text = {0};
	struct craft c;
	craft_join(&c, &m, laptop, 1, &text);
	craft_give(laptop, &text);
	char word[4001];
	craft_notes(&c, "up to the first that has to be signed", RECORD_SIGN_EVERY - 1, &text);
	for (int i = 0; i < 40; i++) {
		for (size_t k = 0; k < sizeof word - 1; k++) {
			word[k] = (char)('a' + (i + (int)(k * k)) % 23);
		}
		word[sizeof word - 1] = '\0';
		craft_notes(&c, word, RECORD_SIGN_EVERY, &text);
		craft_give(laptop, &text);
	}
	suite_sync(suite, laptop, &report);
	assert_true(report.sent > 2400);
	suite_assert_holds(suite, laptop, "b.turnout");
	strbuf_fini(&text);
	store_close(laptop);
}

/* --- branches -------------------------------------------------------------------------------------------------------------------------------- */

static void branches_are_all_held(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	struct run_fate fates[FATES_MAX];
	struct store *laptop = suite_event(suite, "a.turnout");
	suite_sync(suite, laptop, &report);
	struct craft_member m = craft_member_of(laptop);
	struct strbuf text = {0};
	struct craft trunk, early, late, twig;
	craft_join(&trunk, &m, laptop, 1, &text);
	craft_notes(&trunk, "trunk", 5, &text);
	early = trunk;
	craft_notes(&trunk, "trunk", 5, &text);
	late = trunk;
	craft_notes(&trunk, "trunk", 5, &text);
	craft_notes(&early, "early", 9, &text);
	twig = early;
	craft_notes(&early, "early", 3, &text);
	craft_notes(&late, "late", 1, &text);
	craft_notes(&twig, "twig", 2, &text);
	struct strbuf copy = {0};
	strbuf_add(&copy, text.data, text.len);
	give(suite, store_event(laptop), &copy, fates);
	size_t branched = 0;
	for (size_t i = 0; i < 8; i++) {
		assert_int_equal(fates[i].result.outcome, MERGE_ADDED);
		branched += fates[i].result.branched;
	}
	assert_int_equal(branched, 3);
	craft_give(laptop, &text);
	suite_assert_holds(suite, laptop, "b.turnout");
	/* Each branch goes on, and again is nothing new. */
	craft_notes(&twig, "twig", 2, &text);
	craft_notes(&trunk, "trunk", 2, &text);
	strbuf_add(&copy, text.data, text.len);
	give(suite, store_event(laptop), &text, fates);
	assert_true(fates[0].result.outcome == MERGE_ADDED && fates[1].result.outcome == MERGE_ADDED && !fates[0].result.branched);
	strbuf_add(&text, copy.data, copy.len);
	give(suite, store_event(laptop), &text, fates);
	assert_true(fates[0].result.outcome == MERGE_KNOWN && fates[1].result.outcome == MERGE_KNOWN);
	suite_sync(suite, laptop, &report);
	assert_int_equal(report.received, 4);
	craft_give(laptop, &copy);
	suite_assert_holds(suite, laptop, "c.turnout");
	strbuf_fini(&text);
	strbuf_fini(&copy);
	store_close(laptop);
}

/* A branch of a branch of a branch…: what came of its log after `depth` of them. */
static void branch_deep(struct suite *suite, struct store *laptop, int depth, size_t *taken, size_t *waits) {
	struct craft_member m = craft_member_of(laptop);
	struct run_fate fates[FATES_MAX];
	struct strbuf text = {0};
	struct craft c;
	craft_join(&c, &m, laptop, 1, &text);
	for (int i = 0; i < depth; i++) {
		struct craft other = c;
		char word[20];
		str_copy(word, sizeof word, "deeper");
		craft_notes(&c, "end", 1, &text);
		word[0] = (char)('A' + i % 26);
		craft_notes(&other, word, 1, &text);
		c = other;
		give(suite, store_event(laptop), &text, fates);
		for (int k = 0; k < 2; k++) {
			enum merge_outcome outcome = fates[k + (i == 0)].result.outcome;
			*taken += outcome == MERGE_ADDED;
			*waits += outcome == MERGE_PACED || outcome == MERGE_SURPLUS || outcome == MERGE_GAP;
		}
	}
	strbuf_fini(&text);
}

/* Misbehaviour, which must not keep anybody else's records from going on. */
static void branches_of_branches_block_nobody(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	struct store *laptop = suite_event(suite, "a.turnout");
	size_t taken = 0, waits = 0;
	suite_sync(suite, laptop, &report);
	branch_deep(suite, laptop, 8, &taken, &waits);
	assert_true(taken == 16 && waits == 0);
	suite_sync(suite, laptop, &report);
	assert_true(report.received == 17 && report.wrong == 0);
	meet_check_in(laptop, "CODE-A");
	suite_sync(suite, laptop, &report);
	assert_true(report.acknowledged);
	suite_assert_holds(suite, laptop, "b.turnout");
	store_close(laptop);
}

/* Beyond those that every file keeps they are not taken; everybody else goes on. */
static void many_branches_are_few(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	struct store *laptop = suite_event(suite, "a.turnout");
	size_t taken = 0, waits = 0;
	suite_sync(suite, laptop, &report);
	branch_deep(suite, laptop, 60, &taken, &waits);
	assert_in_range(taken, 16, 40);
	assert_in_range(waits, 80, 104); /* of 120 */
	meet_check_in(laptop, "CODE-A");
	suite_sync(suite, laptop, &report);
	assert_true(report.wrong == 0 && report.sent > 0);
	struct store *other = meet_adopt(suite->scratch, laptop, "o.turnout", 80);
	suite_sync(suite, other, &report);
	assert_int_equal(report.wrong, 0);
	static const char checkins[] = "SELECT count(*) FROM view_checkin";
	char *path = scratch_path(suite->scratch, "o.turnout");
	assert_int_equal(event_sample_number(path, checkins), event_sample_number(store_path(laptop), checkins));
	free(path);
	store_close(other);
	store_close(laptop);
}

/* --- erasures -------------------------------------------------------------------------------------------------------------------------------- */

static void find_person(struct store *store, const char *code, char id[PERSON_ID_LEN + 1]) {
	struct err err = {0};
	struct person_row row;
	assert_ok(person_resolve(store, code, &row, &err));
	str_copy(id, PERSON_ID_LEN + 1, row.id);
	person_row_fini(&row);
}

/* How many files of the hub's folder hold these bytes anywhere, as free pages and write-ahead logs do. */
static size_t files_with(const struct suite *suite, const char *text) {
	struct err err = {0};
	char **names = NULL;
	size_t count = 0, with = 0;
	assert_ok(file_list(suite->place, 100, &names, &count, &err));
	for (size_t i = 0; i < count; i++) {
		struct strbuf bytes = {0};
		char *path = file_join(suite->place, names[i]);
		assert_ok(file_read(path, SIZE_MAX, &bytes, &err));
		with += memmem(strbuf_str(&bytes), bytes.len, text, strlen(text)) != NULL;
		strbuf_fini(&bytes);
		free(path);
		free(names[i]);
	}
	free(names);
	return with;
}

/* Invariant 6, in a hub that runs on and on: nothing is left in its files, though none of them is ever closed. */
static void what_was_erased_leaves_the_files(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	char id[PERSON_ID_LEN + 1];
	struct store *laptop = suite_event(suite, "a.turnout");
	suite_sync(suite, laptop, &report);
	assert_true(files_with(suite, "Олена") > 0);
	find_person(laptop, "CODE-A", id);
	meet_erase(laptop, id);
	suite_sync(suite, laptop, &report);
	assert_int_equal(files_with(suite, "Олена"), 0);
	store_close(laptop);
}

static void what_was_erased_goes_from_the_store(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	char id[PERSON_ID_LEN + 1];
	struct store *laptop = suite_event(suite, "a.turnout");
	suite_sync(suite, laptop, &report);
	assert_int_not_equal(suite_bodies_like(suite, store_event(laptop), "Олена"), 0);
	find_person(laptop, "CODE-A", id);
	meet_erase(laptop, id);
	suite_sync(suite, laptop, &report);
	assert_true(report.acknowledged && report.wrong == 0);
	assert_int_equal(suite_bodies_like(suite, store_event(laptop), "Олена"), 0);
	suite_assert_holds(suite, laptop, "b.turnout");
	store_close(laptop);
}

/* Gives the store one log of a file's, with the proofs that it needs. */
static void give_log(const struct suite *suite, struct store *from, const struct public_key *author) {
	struct err err = {0};
	struct replica replica;
	struct hub_loan loan;
	struct message message;
	assert_ok(replica_of_store(from, &replica, &err));
	struct head head = meet_head_of(&replica, author);
	meet_read_runs(&replica, &head, 1, &message);
	struct intake intake = {.runs = message.runs, .count = message.run_count};
	intake.fates = xcalloc(intake.count, sizeof *intake.fates);
	suite_lend(suite, store_event(from), &loan);
	assert_ok(loan.replica.ops->take(loan.replica.self, &intake, &err));
	suite_give_back(suite, &loan);
	for (size_t i = 0; i < intake.count; i++) {
		assert_true(!intake.fates[i].wrong && intake.fates[i].result.outcome <= MERGE_KNOWN);
	}
	message_fini(&message);
	free(intake.fates);
	replica_fini(&replica);
}

/* A hub that never had the bodies takes the proof, and passes it on to a station that knows nothing yet. */
static void what_was_erased_before_comes_with_its_proof(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	char id[PERSON_ID_LEN + 1];
	struct store *laptop = suite_event(suite, "a.turnout");
	suite_sync(suite, laptop, &report);
	struct store *box = meet_adopt(suite->scratch, laptop, "box.turnout", 7);
	meet_stores(box, laptop, &report);
	meet_walk_in(box, "Ївга Зникла", id);
	meet_stores(box, laptop, &report);
	meet_erase(laptop, id);
	meet_stores(box, laptop, &report);
	give_log(suite, box, store_station(box)); /* the organiser's log is not there yet as far as the erasure */
	struct store *other = meet_adopt(suite->scratch, laptop, "other.turnout", 8);
	suite_sync(suite, other, &report);
	assert_int_equal(report.wrong, 0);
	meet_assert_sound(other);
	suite_sync(suite, laptop, &report);
	assert_int_equal(suite_bodies_like(suite, store_event(laptop), "Зникла"), 0);
	suite_assert_holds(suite, laptop, "c.turnout");
	store_close(other);
	store_close(box);
	store_close(laptop);
}

/* The station that has not heard of the erasure still has the body. */
static void an_erased_body_that_comes_late_is_not_kept(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	char id[PERSON_ID_LEN + 1];
	struct store *laptop = suite_event(suite, "a.turnout");
	struct store *box = meet_adopt(suite->scratch, laptop, "box.turnout", 7);
	meet_stores(box, laptop, &report);
	meet_walk_in(box, "Ївга Зникла", id);
	meet_stores(box, laptop, &report);
	meet_erase(laptop, id);
	give_log(suite, laptop, store_organiser(laptop));
	suite_sync(suite, box, &report);
	assert_int_equal(report.wrong, 0);
	assert_int_equal(suite_bodies_like(suite, store_event(laptop), "Зникла"), 0);
	suite_sync(suite, laptop, &report);
	suite_assert_holds(suite, laptop, "c.turnout");
	store_close(box);
	store_close(laptop);
}

/* Bodies that are missing without a word of the organiser's, and words that are none. */
static void a_body_goes_by_the_organisers_word_alone(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	struct run_fate fates[FATES_MAX];
	struct store *laptop = suite_event(suite, "a.turnout");
	suite_sync(suite, laptop, &report);
	int64_t records = suite_figures(suite).records;
	struct craft_member m = craft_member_of(laptop);
	struct strbuf text = {0};
	struct craft c, claims;
	craft_join(&c, &m, laptop, 1, &text);
	craft_join(&claims, &m, laptop, 2, &text);
	craft_piece(&claims, '>', &text);
	craft_add(&claims, &(struct craft_record){.kind = "erase", .subject = "", .body = "{\"subject\":\"00ff\"}"}, &text);
	craft_sign(&claims, &text);
	craft_piece(&c, '>', &text);
	craft_add(&c, &(struct craft_record){.kind = "walkin", .subject = "00ff", .gone = {{1}}}, &text);
	craft_sign(&c, &text);
	give(suite, store_event(laptop), &text, fates);
	assert_int_equal(fates[2].result.outcome, MERGE_ADDED); /* it is kept: that it may not say so is for the views */
	assert_int_equal(fates[3].result.outcome, MERGE_ERASURE);
	assert_int_equal(suite_figures(suite).records, records + 3);
	/* A station's own "proof", and one that erases nothing. */
	c.seq--;
	c.head = c.log;
	struct craft forged = c;
	craft_piece(&forged, '!', &text);
	craft_add(&forged, &(struct craft_record){.kind = "erase", .subject = "", .body = "{\"subject\":\"00ff\"}"}, &text);
	craft_sign(&forged, &text);
	craft_piece(&c, '>', &text);
	craft_add(&c, &(struct craft_record){.kind = "walkin", .subject = "00ff", .gone = {{1}}}, &text);
	craft_sign(&c, &text);
	give(suite, store_event(laptop), &text, fates);
	assert_true(fates[0].wrong);
	assert_holds(fates[0].why, "proof");
	assert_int_equal(fates[1].result.outcome, MERGE_ERASURE);
	assert_int_equal(suite_figures(suite).records, records + 3);
	strbuf_fini(&text);
	store_close(laptop);
}

/* --- what does not fit ----------------------------------------------------------------------------------------------------------------------- */

static void a_run_after_a_gap_waits(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	struct run_fate fates[FATES_MAX];
	struct store *laptop = suite_event(suite, "a.turnout");
	suite_sync(suite, laptop, &report);
	int64_t records = suite_figures(suite).records;
	struct craft_member m = craft_member_of(laptop);
	struct strbuf first = {0}, second = {0}, third = {0};
	struct craft c;
	craft_join(&c, &m, laptop, 1, &first);
	craft_notes(&c, "second", 5, &second);
	craft_notes(&c, "third", 5, &third);
	strbuf_add(&second, third.data, third.len);
	give(suite, store_event(laptop), &third, fates);
	assert_int_equal(fates[0].result.outcome, MERGE_GAP);
	assert_int_equal(suite_figures(suite).records, records);
	give(suite, store_event(laptop), &first, fates);
	assert_int_equal(fates[0].result.outcome, MERGE_ADDED);
	give(suite, store_event(laptop), &second, fates);
	assert_int_equal(fates[1].result.outcome, MERGE_ADDED);
	assert_int_equal(suite_figures(suite).records, records + 11);
	suite_sync(suite, laptop, &report);
	assert_int_equal(report.received, 11);
	suite_assert_holds(suite, laptop, "b.turnout");
	strbuf_fini(&first);
	strbuf_fini(&second);
	strbuf_fini(&third);
	store_close(laptop);
}

/* Longer, shorter, again, from the middle: whatever pieces it comes in, a log is held once. */
static void overlapping_runs_are_held_once(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	struct run_fate fates[FATES_MAX];
	struct store *laptop = suite_event(suite, "a.turnout");
	suite_sync(suite, laptop, &report);
	int64_t records = suite_figures(suite).records;
	struct craft_member m = craft_member_of(laptop);
	struct strbuf text = {0}, whole = {0};
	struct craft first, c;
	craft_join(&first, &m, laptop, 1, &whole);
	strbuf_add(&text, whole.data, whole.len);
	c = first;
	craft_notes(&c, "x", 3, &text);
	craft_notes(&c, "x", 3, &text);
	c = first;
	craft_notes(&c, "x", 2, &text);
	craft_notes(&c, "x", 8, &text);
	c = first;
	craft_notes(&c, "x", 6, &text);
	craft_notes(&c, "x", 4, &text);
	strbuf_add(&text, whole.data, whole.len);
	c = first;
	craft_notes(&c, "x", 12, &text);
	give(suite, store_event(laptop), &text, fates);
	static const size_t added[] = {1, 3, 3, 0, 4, 0, 0, 0, 2};
	for (size_t i = 0; i < COUNT_OF(added); i++) {
		assert_int_equal(fates[i].result.outcome, added[i] ? MERGE_ADDED : MERGE_KNOWN);
		assert_int_equal(fates[i].result.added, added[i]);
		assert_false(fates[i].result.branched);
	}
	assert_int_equal(suite_figures(suite).records, records + 13);
	suite_sync(suite, laptop, &report);
	assert_int_equal(report.received, 13);
	suite_assert_holds(suite, laptop, "b.turnout");
	strbuf_fini(&text);
	strbuf_fini(&whole);
	store_close(laptop);
}

/* The same among branches, all in one message. */
static void overlapping_branches_are_held_once(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	struct run_fate fates[FATES_MAX];
	struct store *laptop = suite_event(suite, "a.turnout");
	suite_sync(suite, laptop, &report);
	int64_t records = suite_figures(suite).records;
	struct craft_member m = craft_member_of(laptop);
	struct strbuf text = {0};
	struct craft first, one, other, half;
	craft_join(&first, &m, laptop, 1, &text);
	craft_notes(&first, "trunk", 2, &text);
	one = other = first;
	craft_notes(&one, "one", 2, &text);
	craft_notes(&other, "other", 2, &text);
	half = other;
	craft_notes(&other, "other", 3, &text);
	craft_notes(&half, "other", 2, &text); /* the first two of those three, signed earlier */
	other = first;
	craft_notes(&other, "other", 5, &text);
	give(suite, store_event(laptop), &text, fates);
	static const size_t added[] = {1, 2, 2, 2, 3, 0, 0};
	for (size_t i = 0; i < COUNT_OF(added); i++) {
		assert_int_equal(fates[i].result.outcome, added[i] ? MERGE_ADDED : MERGE_KNOWN);
		assert_int_equal(fates[i].result.added, added[i]);
	}
	assert_int_equal(suite_figures(suite).records, records + 10);
	suite_sync(suite, laptop, &report);
	suite_assert_holds(suite, laptop, "b.turnout");
	strbuf_fini(&text);
	store_close(laptop);
}

static void flip(struct strbuf *text, const char *part) {
	char *at = strstr(text->data, part);
	assert_non_null(at);
	at[2] = (char)(at[2] == 'a' ? 'b' : 'a');
}

/* A signature that does not fit, another event's log, another's log: each is wrong by itself, and the runs beside them are kept. */
static void wrong_runs_stand_in_nobodys_way(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	struct run_fate fates[FATES_MAX];
	struct store *laptop = suite_event(suite, "a.turnout");
	suite_sync(suite, laptop, &report);
	int64_t records = suite_figures(suite).records;
	struct craft_member m = craft_member_of(laptop), n = craft_member_of(laptop);
	struct strbuf text = {0}, wrong = {0};
	struct craft right, unsigned_one, foreign, stolen;
	struct hash elsewhere = {{9}};
	craft_join(&right, &m, laptop, 1, &text);
	craft_join(&unsigned_one, &m, laptop, 2, &wrong);
	flip(&wrong, "=\t");
	strbuf_add(&text, wrong.data, wrong.len);
	craft_begin(&foreign, &m.key, &(struct craft_begin){.event = &elsewhere, .number = 3}, &text);
	stolen = right;
	stolen.key = n.key; /* goes on with another's log */
	craft_notes(&stolen, "stolen", 3, &text);
	craft_notes(&right, "right", 3, &text);
	give(suite, store_event(laptop), &text, fates);
	static const bool is_wrong[] = {false, true, true, true, false};
	for (size_t i = 0; i < COUNT_OF(is_wrong); i++) {
		assert_int_equal(fates[i].wrong, is_wrong[i]);
		assert_int_equal(fates[i].why[0] != '\0', is_wrong[i]);
	}
	assert_holds(fates[1].why, "signature");
	assert_holds(fates[2].why, "begin");
	assert_holds(fates[3].why, "another author");
	assert_int_equal(suite_figures(suite).records, records + 4);
	suite_sync(suite, laptop, &report);
	assert_int_equal(report.received, 4);
	suite_assert_holds(suite, laptop, "b.turnout");
	strbuf_fini(&wrong);
	strbuf_fini(&text);
	store_close(laptop);
}

/* Records that are odd but framed rightly are held byte for byte; whoever judges them does so later. */
static void odd_records_are_held_as_they_are(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	struct run_fate fates[FATES_MAX];
	struct store *laptop = suite_event(suite, "a.turnout");
	suite_sync(suite, laptop, &report);
	struct craft_member m = craft_member_of(laptop);
	struct strbuf text = {0};
	struct craft c;
	craft_join(&c, &m, laptop, 1, &text);
	craft_piece(&c, '>', &text);
	static const char *const bodies[] = {
		"{\ta\t}", "{}\r", "{ \\ \"\\u0000\" '; DROP TABLE hub_record; --", "{\x7f\x01\x1f}", "{\xf4\x8f\xbf\xbf\xef\xbf\xbe}",
		"{"};
	for (size_t i = 0; i < COUNT_OF(bodies); i++) {
		craft_add(
			&c,
			&(struct craft_record){.kind = i % 2 ? "a-kind-of-letter" : "zzzzzzzzzzzzzzzz",
					       .subject = i == 2 ? "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" : "",
					       .body = bodies[i],
					       .utc_ms = i % 2 ? RECORD_INT_MAX : -RECORD_INT_MAX},
			&text);
	}
	craft_sign(&c, &text);
	/* What gives rights, from one who may not, and without sense. */
	craft_piece(&c, '>', &text);
	static const char *const kinds[] = {"role", "retire", "invite", "close", "genesis", "log", "erase"};
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		craft_add(&c, &(struct craft_record){.kind = kinds[i], .subject = i % 2 ? "" : "ab", .body = i == 3 ? "{[" : "{}"}, &text);
	}
	craft_sign(&c, &text);
	give(suite, store_event(laptop), &text, fates);
	for (size_t i = 0; i < 3; i++) {
		assert_false(fates[i].wrong);
		assert_int_equal(fates[i].result.outcome, MERGE_ADDED);
	}
	suite_sync(suite, laptop, &report);
	assert_true(report.acknowledged && report.wrong == 0);
	suite_assert_holds(suite, laptop, "b.turnout");
	strbuf_fini(&text);
	store_close(laptop);
}

int main(void) {
	static const struct CMUnitTest tests[] = {
		SUITE_TEST(an_event_goes_in_and_comes_back),
		SUITE_TEST(a_keepers_word_is_kept),
		SUITE_TEST(long_logs_come_in_chunks),
		SUITE_TEST(branches_are_all_held),
		SUITE_TEST(branches_of_branches_block_nobody),
		SUITE_TEST(many_branches_are_few),
		SUITE_TEST(what_was_erased_goes_from_the_store),
		SUITE_TEST(what_was_erased_before_comes_with_its_proof),
		SUITE_TEST(an_erased_body_that_comes_late_is_not_kept),
		SUITE_TEST(a_body_goes_by_the_organisers_word_alone),
		SUITE_TEST(a_run_after_a_gap_waits),
		SUITE_TEST(overlapping_runs_are_held_once),
		SUITE_TEST(overlapping_branches_are_held_once),
		SUITE_TEST(wrong_runs_stand_in_nobodys_way),
		SUITE_TEST(odd_records_are_held_as_they_are),
	};
	static const struct CMUnitTest of_files[] = {SUITE_TEST(what_was_erased_leaves_the_files)};
	const struct suite_tests suites[] = {{"exchanges", tests, COUNT_OF(tests), SUITE_BOTH},
					     {"files", of_files, COUNT_OF(of_files), SUITE_FOLDER}};
	return suite_run(suites, COUNT_OF(suites));
}
