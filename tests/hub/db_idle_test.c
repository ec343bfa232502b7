/* An exchange with nothing new, on PostgreSQL: what it costs does not grow with the event, and nothing that a hub remembers is believed longer than it
 * is true, whoever wrote. */
#include "hub/db_suite.h"

#include "base/alloc.h"
#include "hub/pg.h"
#include "lib/craft.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"

static void run_sql(const struct suite *suite, const char *sql) {
	struct err err = {0};
	struct pg *pg = NULL;
	assert_ok(pg_open(suite->place, &pg, &err) && pg_exec(pg, sql, &err));
	pg_close(pg);
}

/* Fails the test when it is not of what is held. */
static struct hash digest_of(const struct replica *replica) {
	struct err err = {0};
	struct hash digest;
	struct heads heads;
	assert_ok(replica->ops->digest(replica->self, &digest, &err));
	assert_ok(replica->ops->heads(replica->self, &heads, &err));
	struct hash right = heads_digest(heads.items, heads.count);
	assert_true(crypto_hash_eq(&digest, &right));
	heads_fini(&heads);
	return digest;
}

static struct hash digest_at(const struct hub_db *db, const struct hash *event) {
	struct err err = {0};
	struct hub_loan loan;
	assert_ok(db->ops->lend(db->self, event, &loan, &err));
	struct hash digest = digest_of(&loan.replica);
	db->ops->give_back(db->self, &loan);
	return digest;
}

static void sync_with(const struct suite *suite, const struct hub_db *db, struct store *store, struct exchange_report *report) {
	struct suite other = *suite;
	other.db = *db;
	suite_sync(&other, store, report);
}

/* While somebody else has them, the tables of logs and records cannot even be looked at: who tries gets an error. */
static void nothing_new_looks_at_no_log(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct exchange_report report;
	struct pg *pg = NULL;
	struct store *laptop = suite_event(suite, "a.turnout");
	run_sql(suite, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET lock_timeout = ''2s''', current_database()); END $$");
	suite_restart(suite);
	suite_sync(suite, laptop, &report);
	suite_sync(suite, laptop, &report);
	assert_true(report.acknowledged);
	assert_ok(pg_open(suite->place, &pg, &err));
	assert_ok(pg_exec(pg, "BEGIN; LOCK TABLE hub_log, hub_record, hub_signature, hub_brought IN ACCESS EXCLUSIVE MODE", &err));
	for (int i = 0; i < 3; i++) {
		suite_sync(suite, laptop, &report);
		assert_true(report.acknowledged && report.sent + report.received == 0);
	}
	assert_ok(pg_exec(pg, "COMMIT", &err));
	pg_close(pg);
	store_close(laptop);
}

static void what_a_request_brings_its_answer_knows(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct exchange_report report;
	struct hub_loan loan;
	struct store *laptop = suite_event(suite, "a.turnout");
	struct craft_member m = craft_member_of(laptop);
	struct craft c;
	suite_sync(suite, laptop, &report);
	suite_lend(suite, store_event(laptop), &loan);
	struct hash before = digest_of(&loan.replica);
	for (int i = 0; i < 3; i++) {
		struct strbuf text = {0};
		struct message message;
		craft_join(&c, &m, laptop, i, &text);
		craft_read(&text, &message);
		struct run_fate fate = {.wrong = false};
		struct intake intake = {.runs = message.runs, .count = message.run_count, .fates = &fate};
		assert_int_equal(message.run_count, 1);
		assert_ok(loan.replica.ops->take(loan.replica.self, &intake, &err));
		struct hash after = digest_of(&loan.replica);
		assert_false(crypto_hash_eq(&after, &before));
		before = after;
		message_fini(&message);
		strbuf_fini(&text);
	}
	suite_give_back(suite, &loan);
	store_close(laptop);
}

/* Each of two hubs has heard and remembers how it was before the other took something. */
static void what_one_hub_takes_the_other_knows(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct exchange_report report;
	struct hub_db second;
	struct store *laptop = suite_event(suite, "a.turnout");
	suite_sync(suite, laptop, &report);
	assert_ok(suite_open_db(suite, &second, &err));
	struct hash event = *store_event(laptop);
	struct hash before = digest_at(&suite->db, &event), there = digest_at(&second, &event);
	assert_true(crypto_hash_eq(&before, &there));
	for (int i = 0; i < 6; i++) {
		const struct hub_db *takes = i % 2 ? &second : &suite->db, *other = i % 2 ? &suite->db : &second;
		meet_check_in(laptop, "CODE-A");
		sync_with(suite, takes, laptop, &report);
		assert_true(report.sent != 0);
		there = digest_at(other, &event);
		struct hash here = digest_at(takes, &event);
		assert_true(crypto_hash_eq(&there, &here) && !crypto_hash_eq(&there, &before));
		sync_with(suite, other, laptop, &report);
		assert_true(report.acknowledged && report.sent + report.received == 0);
		before = there;
	}
	second.ops->close(second.self);
	suite_assert_holds(suite, laptop, "b.turnout");
	store_close(laptop);
}

#define KEEP_AS_IT_IS                                                                                                        \
	"CREATE SCHEMA kept; CREATE TABLE kept.hub_log AS TABLE hub_log; CREATE TABLE kept.hub_record AS TABLE hub_record; " \
	"CREATE TABLE kept.hub_signature AS TABLE hub_signature; CREATE TABLE kept.hub_change AS TABLE hub_change"
#define PUT_BACK                                                                                                             \
	"BEGIN; TRUNCATE hub_log, hub_record, hub_signature, hub_change; INSERT INTO hub_log SELECT * FROM kept.hub_log; "   \
	"INSERT INTO hub_record SELECT * FROM kept.hub_record; INSERT INTO hub_signature SELECT * FROM kept.hub_signature; " \
	"INSERT INTO hub_change SELECT * FROM kept.hub_change; COMMIT"

static enum standing standing_of(const struct suite *suite, const struct hash *event, const struct public_key *key) {
	struct err err = {0};
	struct hub_loan loan;
	enum standing standing;
	bool keeper;
	suite_lend(suite, event, &loan);
	assert_ok(loan.replica.ops->judge(loan.replica.self, key, NULL, &standing, &keeper, &err));
	suite_give_back(suite, &loan);
	return standing;
}

/* The database is put back to an earlier day under a running hub, and then another history comes: after as many changes as there had been, nothing
 * is taken for what it was. */
static void a_database_that_was_put_back_is_seen_as_it_is(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct exchange_report report;
	struct store *laptop = suite_event(suite, "a.turnout");
	struct key_pair named;
	crypto_key_new(&named);
	struct hash event = *store_event(laptop);
	suite_sync(suite, laptop, &report);
	struct hash early = digest_at(&suite->db, &event);
	run_sql(suite, KEEP_AS_IT_IS);
	struct store *box = meet_adopt(suite->scratch, laptop, "b.turnout", 7);
	meet_stores(box, laptop, &report);
	assert_ok(store_begin(laptop, &err) && role_give(laptop, &named.public_key, "station", "", &err) && store_commit(laptop, &err));
	suite_sync(suite, laptop, &report);
	struct hash late = digest_at(&suite->db, &event);
	assert_int_equal(standing_of(suite, &event, &named.public_key), STANDING_MEMBER);
	run_sql(suite, PUT_BACK);
	struct hash back = digest_at(&suite->db, &event);
	assert_true(crypto_hash_eq(&back, &early));
	assert_int_equal(standing_of(suite, &event, &named.public_key), STANDING_UNKNOWN);
	meet_check_in(box, "CODE-A");
	suite_sync(suite, box, &report);
	back = digest_at(&suite->db, &event);
	assert_false(crypto_hash_eq(&back, &late));
	suite_sync(suite, laptop, &report);
	assert_true(report.acknowledged && report.sent != 0);
	assert_int_equal(standing_of(suite, &event, &named.public_key), STANDING_MEMBER);
	suite_assert_holds(suite, laptop, "c.turnout");
	store_close(box);
	store_close(laptop);
}

int main(void) {
	static const struct CMUnitTest pg[] = {
		SUITE_TEST(nothing_new_looks_at_no_log),
		SUITE_TEST(what_a_request_brings_its_answer_knows),
		SUITE_TEST(what_one_hub_takes_the_other_knows),
		SUITE_TEST(a_database_that_was_put_back_is_seen_as_it_is),
	};
	const struct suite_tests suites[] = {{"with nothing new", pg, COUNT_OF(pg), SUITE_PG}};
	return suite_run(suites, COUNT_OF(suites));
}
