/* A log of many branches at a hub: whatever order they come in, and whoever brings them, both stores end with the same few as every event file. */
#include "hub/db_suite.h"

#include <pthread.h>

#include "base/alloc.h"
#include "base/str.h"
#include "hub/pg.h"
#include "lib/craft.h"
#include "lib/ways.h"
#include "store/log/branches.h"
#include "store/log/ends.h"
#include "sync/replica_store.h"

#define ORDERS 5
#define THREADS 6

static struct pg *open_pg(const struct suite *suite) {
	struct err err = {0};
	struct pg *pg = NULL;
	assert_ok(pg_open(suite->place, &pg, &err));
	return pg;
}

static int64_t number_in_pg(const struct suite *suite, const struct pg_sql *sql) {
	struct err err = {0};
	struct pg *pg = open_pg(suite);
	struct pg_rows *rows = NULL;
	assert_ok(pg_run(pg, sql, NULL, &rows, &err));
	int64_t number = pg_int(rows, 0, 0);
	pg_rows_free(rows);
	pg_close(pg);
	return number;
}

/* Nothing is left of what went: each record and signature stands in a chain that reaches as far, each chain is whole and signed at its end. */
static void assert_tidy(const struct suite *suite) {
	static const struct pg_sql loose = {
		"test_loose",
		"SELECT (SELECT count(*) FROM hub_record r WHERE NOT EXISTS (SELECT 1 FROM hub_log l WHERE l.event = r.event AND "
		"l.log = r.log AND r.seq > l.after AND r.seq <= l.last_seq)) + (SELECT count(*) FROM hub_signature s WHERE NOT EXISTS "
		"(SELECT 1 FROM hub_record r WHERE r.event = s.event AND r.log = s.log AND r.seq = s.seq))"};
	static const struct pg_sql torn = {
		"test_torn",
		"SELECT count(*) FROM hub_log l WHERE (SELECT count(*) FROM hub_record r WHERE r.event = l.event AND r.log = l.log) "
		"<> l.last_seq - l.after OR NOT EXISTS (SELECT 1 FROM hub_record r JOIN hub_signature s USING (event, log, seq) WHERE "
		"r.event = l.event AND r.log = l.log AND r.seq = l.last_seq AND r.hash = l.last_hash) OR (l.base IS NOT NULL AND NOT "
		"EXISTS (SELECT 1 FROM hub_log b WHERE b.event = l.event AND b.log = l.base AND b.origin = l.origin AND b.after < "
		"l.after AND b.last_seq >= l.after))"};
	if (suite->on == SUITE_PG) {
		assert_int_equal(number_in_pg(suite, &loose), 0);
		assert_int_equal(number_in_pg(suite, &torn), 0);
	}
}

static void give(const struct suite *suite, const struct hash *event, struct strbuf *text) {
	struct err err = {0};
	struct hub_loan loan;
	suite_lend(suite, event, &loan);
	assert_ok(ways_take(loan.replica.ops, loan.replica.self, text, &err));
	suite_give_back(suite, &loan);
	strbuf_fini(text);
}

/* The hub's digest is the file's; and it keeps as many branches of the log as are kept. */
static void assert_same_branches(const struct suite *suite, struct store *store, const struct craft_member *member, int number) {
	struct err err = {0};
	struct hub_loan loan;
	struct hash ours, theirs;
	struct heads heads;
	struct craft c;
	struct strbuf text = {0};
	craft_join(&c, member, store, number, &text);
	assert_ok(store_digest(store, &ours, &err));
	suite_lend(suite, store_event(store), &loan);
	assert_ok(loan.replica.ops->digest(loan.replica.self, &theirs, &err));
	assert_ok(loan.replica.ops->heads_of(loan.replica.self, &c.log, &heads, &err));
	assert_int_equal(heads.count, BRANCHES_KEPT + 1);
	heads_fini(&heads);
	suite_give_back(suite, &loan);
	assert_true(crypto_hash_eq(&ours, &theirs));
	assert_tidy(suite);
	strbuf_fini(&text);
}

/* Each order is a log of its own, by somebody whose share of a day it does not use up, brought to the hub one way a message, or several; and to the file, in another order. */
static void in_any_order_the_same_few(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct exchange_report report;
	struct store *laptop = suite_event(suite, "a.turnout");
	suite_sync(suite, laptop, &report);
	for (int n = 0; n < ORDERS; n++) {
		struct craft_member m = craft_member_of(laptop);
		struct way ways[WAYS];
		int here[WAYS], there[WAYS];
		struct strbuf text = {0};
		ways_grow(ways, (unsigned)n + 1);
		ways_mix(here, (unsigned)n + 100);
		ways_mix(there, (unsigned)n + 200);
		for (int i = 0; i < WAYS; i++) {
			way_write(&ways[there[i]], &m, laptop, n, &text);
			if (n % 2 == 0 || i % 12 == 11) {
				give(suite, store_event(laptop), &text);
			}
		}
		for (int i = 0; i < WAYS; i++) {
			way_write(&ways[here[i]], &m, laptop, n, &text);
			assert_ok(ways_take(&replica_store_ops, laptop, &text, &err));
		}
		strbuf_fini(&text);
		assert_same_branches(suite, laptop, &m, n);
	}
	suite_sync(suite, laptop, &report);
	assert_true(report.acknowledged && report.sent + report.received == 0);
	suite_assert_holds(suite, laptop, "b.turnout");
	suite_restart(suite);
	suite_assert_holds(suite, laptop, "c.turnout");
	store_close(laptop);
}

/* Each knows other branches: an exchange settles which are kept, on both sides. */
static void a_hub_and_a_file_agree(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct exchange_report report;
	struct store *laptop = suite_event(suite, "a.turnout");
	suite_sync(suite, laptop, &report);
	for (int n = 0; n < ORDERS; n++) {
		struct craft_member m = craft_member_of(laptop);
		struct way ways[WAYS];
		struct strbuf text = {0};
		ways_grow(ways, (unsigned)n + 77);
		for (int i = 0; i < WAYS; i++) {
			way_write(&ways[i], &m, laptop, n, &text);
			if (i % 2 == 0) {
				give(suite, store_event(laptop), &text);
			} else {
				assert_ok(ways_take(&replica_store_ops, laptop, &text, &err));
			}
		}
		strbuf_fini(&text);
		for (int i = 0; i < 3; i++) {
			suite_sync(suite, laptop, &report);
			assert_int_equal(report.wrong, 0);
		}
		assert_true(report.acknowledged && report.sent + report.received == 0);
		assert_same_branches(suite, laptop, &m, n);
	}
	suite_assert_holds(suite, laptop, "b.turnout");
	store_close(laptop);
}

/* --- at once ---------------------------------------------------------------------------------------------------------------------------------- */

struct bringer {
	const struct hub_db *db;
	struct store *event;
	struct strbuf texts[WAYS];
	bool ok;
	struct err err;
};

static void *bring(void *context) {
	struct bringer *b = context;
	b->ok = true;
	for (int i = 0; b->ok && i < WAYS; i++) {
		struct hub_loan loan;
		b->ok = b->db->ops->lend(b->db->self, store_event(b->event), &loan, &b->err);
		if (b->ok) {
			b->ok = ways_take(loan.replica.ops, loan.replica.self, &b->texts[i], &b->err);
			b->db->ops->give_back(b->db->self, &loan);
		}
	}
	return NULL;
}

/* Several bring the ways in orders of their own, where there can be two to two hubs of one database. */
static void many_bring_them_at_once(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct exchange_report report;
	struct hub_db second = suite->db;
	struct store *laptop = suite_event(suite, "a.turnout");
	struct craft_member m = craft_member_of(laptop);
	struct bringer *bringers = xcalloc(THREADS, sizeof *bringers);
	struct way ways[WAYS];
	suite_sync(suite, laptop, &report);
	ways_grow(ways, 5);
	if (suite->on == SUITE_PG) {
		assert_ok(suite_open_db(suite, &second, &err));
	}
	for (int t = 0; t < THREADS; t++) {
		int order[WAYS];
		ways_mix(order, 40 + (unsigned)t);
		bringers[t].db = t % 2 ? &second : &suite->db;
		bringers[t].event = laptop;
		for (int i = 0; i < WAYS; i++) {
			way_write(&ways[order[i]], &m, laptop, 1, &bringers[t].texts[i]);
		}
	}
	for (int i = 0; i < WAYS; i++) {
		struct strbuf text = {0};
		way_write(&ways[i], &m, laptop, 1, &text);
		assert_ok(ways_take(&replica_store_ops, laptop, &text, &err));
		strbuf_fini(&text);
	}
	suite_threads(THREADS, bring, bringers, sizeof *bringers);
	for (int t = 0; t < THREADS; t++) {
		if (!bringers[t].ok) {
			print_error("%s\n", bringers[t].err.text);
			fail();
		}
		for (int i = 0; i < WAYS; i++) {
			strbuf_fini(&bringers[t].texts[i]);
		}
	}
	free(bringers);
	assert_same_branches(suite, laptop, &m, 1);
	suite_assert_holds(suite, laptop, "b.turnout");
	if (suite->on == SUITE_PG) {
		second.ops->close(second.self);
	}
	store_close(laptop);
}

/* --- PostgreSQL alone ------------------------------------------------------------------------------------------------------------------------- */

/* What was brought stays counted although some of it went: as in a file that took the same in the same order. */
static void a_share_counts_what_went_too(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct exchange_report report;
	struct store *laptop = suite_event(suite, "a.turnout");
	struct craft_member m = craft_member_of(laptop);
	struct way ways[WAYS];
	struct strbuf text = {0};
	suite_sync(suite, laptop, &report);
	ways_grow(ways, 9);
	for (int i = 0; i < WAYS; i++) {
		way_write(&ways[i], &m, laptop, 1, &text);
		give(suite, store_event(laptop), &text);
		way_write(&ways[i], &m, laptop, 1, &text);
		assert_ok(ways_take(&replica_store_ops, laptop, &text, &err));
	}
	strbuf_fini(&text);
	static const struct pg_sql logs = {"test_logs", "SELECT max(all_logs) FROM hub_brought"};
	static const struct pg_sql bytes = {"test_bytes", "SELECT max(all_bytes) FROM hub_brought"};
	assert_int_equal(number_in_pg(suite, &logs), event_sample_number(store_path(laptop), "SELECT max(all_logs) FROM brought"));
	assert_int_equal(number_in_pg(suite, &bytes), event_sample_number(store_path(laptop), "SELECT max(all_bytes) FROM brought"));
	assert_true(number_in_pg(suite, &logs) > BRANCHES_KEPT + 1);
	assert_same_branches(suite, laptop, &m, 1);
	store_close(laptop);
}

#define CHAIN "INSERT INTO hub_log SELECT event, "
#define RECORDS "INSERT INTO hub_record SELECT event, log, "

/* As a hub of version 2 left it, which kept what better branches pushed out. After the log's second record twelve branches begin, of no small hashes.
 * "h" leaves it after the third and goes before it, "x" leaves "h" after the fourth likewise, and "y" goes on where "x" ends. */
static const char LEFT_BEHIND[] = "DROP TABLE hub_change; DROP INDEX hub_erased_loose; DELETE FROM hub_schema WHERE version > 2; "
				  "CREATE FUNCTION hashed(word text, begins bytea) RETURNS bytea LANGUAGE sql AS "
				  "'SELECT begins || substr(sha256(convert_to(word, ''UTF8'')), 1 + length(begins))'; "
				  "CREATE TEMP TABLE trunk AS SELECT * FROM hub_log WHERE log = current_setting('test.log')::bytea; "
	/* log, origin, base, after, author, last_seq, last_hash */
	CHAIN "hashed('b' || n, ''), log, log, 2, author, 3, hashed('b' || n, '\\xffff') FROM trunk, generate_series(1, 12) n; " CHAIN
				  "hashed('h', ''), log, log, 3, author, 5, hashed('h5', '\\xffff') FROM trunk; " CHAIN
				  "hashed('x', ''), log, hashed('h', ''), 4, author, 6, hashed('x6', '') FROM trunk; " CHAIN
				  "hashed('y', ''), log, hashed('x', ''), 6, author, 7, hashed('y7', '') FROM trunk; " RECORDS
				  "last_seq, 'x', 0, 0, '', '{}', last_hash, last_hash FROM hub_log WHERE base IS NOT NULL; " RECORDS
				  "4, 'x', 0, 0, '', '{}', '', hashed('h4', '\\x0000') FROM hub_log WHERE log = hashed('h', ''); " RECORDS
				  "5, 'x', 0, 0, '', '{}', '', hashed('x5', '\\x0000') FROM hub_log WHERE log = hashed('x', ''); "
				  "INSERT INTO hub_signature SELECT event, log, last_seq, last_hash FROM hub_log WHERE base IS NOT NULL";

static void what_an_earlier_hub_kept_goes(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct exchange_report report;
	struct strbuf text = {0};
	struct store *laptop = suite_event(suite, "a.turnout");
	struct craft_member m = craft_member_of(laptop);
	struct craft c;
	char log[2 * HASH_LEN + 1];
	suite_sync(suite, laptop, &report);
	craft_join(&c, &m, laptop, 1, &text);
	craft_notes(&c, "trunk", 5, &text);
	give(suite, store_event(laptop), &text);
	struct pg *pg = open_pg(suite);
	str_hex(c.log.b, HASH_LEN, log);
	char *which = xasprintf("SET test.log = '\\x%s'", log);
	assert_ok(pg_exec(pg, which, &err) && pg_exec(pg, LEFT_BEHIND, &err));
	pg_close(pg);
	free(which);
	suite_restart(suite);
	static const struct pg_sql kept = {"test_kept", "SELECT count(*) FROM hub_log WHERE base IS NOT NULL AND after = 2"};
	static const struct pg_sql trunk = {"test_trunk",
					    "SELECT count(*) FROM hub_log l JOIN hub_log y ON y.base = l.log AND y.last_seq = 7 WHERE "
					    "l.base IS NULL AND l.last_seq = 6 AND l.last_hash = hashed('x6', '')"};
	static const struct pg_sql others = {"test_others", "SELECT count(*) FROM hub_log WHERE base IS NOT NULL"};
	assert_int_equal(number_in_pg(suite, &kept), BRANCHES_KEPT);
	assert_int_equal(number_in_pg(suite, &trunk), 1);
	assert_int_equal(number_in_pg(suite, &others), BRANCHES_KEPT + 1);
	assert_tidy(suite);
	store_close(laptop);
}

struct counting {
	uint64_t seen;
};

static bool count_record(void *context, uint64_t seq, const struct run_record *record) {
	struct counting *c = context;
	(void)record;
	c->seen = seq;
	return true;
}

static bool any_signature(void *context, uint64_t seq, const struct signature *signature) {
	(void)context, (void)seq, (void)signature;
	return true;
}

/* Somebody reads a branch that is pushed out meanwhile: the table is not broken, it is to be asked again. */
static void what_goes_while_it_is_read_is_asked_for_again(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct exchange_report report;
	struct hub_loan loan;
	struct heads heads;
	struct strbuf text = {0};
	struct counting counting = {0};
	struct run_visitor visitor = {count_record, any_signature, &counting};
	struct store *laptop = suite_event(suite, "a.turnout");
	struct craft_member m = craft_member_of(laptop);
	struct craft trunk, early;
	suite_sync(suite, laptop, &report);
	craft_join(&trunk, &m, laptop, 1, &text);
	craft_notes(&trunk, "trunk", 1, &text);
	early = trunk;
	craft_notes(&trunk, "trunk", 9, &text);
	for (int i = 0; i <= BRANCHES_KEPT; i++) {
		struct craft late = trunk;
		char word[20];
		snprintf(word, sizeof word, "late %d", i);
		craft_notes(&late, word, 1, &text);
	}
	give(suite, store_event(laptop), &text);
	suite_lend(suite, store_event(laptop), &loan);
	assert_ok(loan.replica.ops->heads_of(loan.replica.self, &trunk.log, &heads, &err));
	for (int i = 0; i <= BRANCHES_KEPT; i++) {
		struct craft other = early;
		char word[20];
		snprintf(word, sizeof word, "early %d", i);
		craft_notes(&other, word, 1, &text);
	}
	give(suite, store_event(laptop), &text);
	size_t gone = 0;
	for (size_t i = 0; i < heads.count; i++) {
		struct err late = {0};
		counting.seen = 0;
		bool ok = loan.replica.ops->read(loan.replica.self, &heads.items[i], heads.items[i].after + 1, &visitor, &late);
		assert_true(ok ? counting.seen >= heads.items[i].seq : late.kind == ERR_BUSY);
		gone += !ok;
	}
	assert_true(gone >= BRANCHES_KEPT - 1);
	heads_fini(&heads);
	suite_give_back(suite, &loan);
	assert_tidy(suite);
	strbuf_fini(&text);
	store_close(laptop);
}

int main(void) {
	static const struct CMUnitTest both[] = {
		SUITE_TEST(in_any_order_the_same_few),
		SUITE_TEST(a_hub_and_a_file_agree),
		SUITE_TEST(many_bring_them_at_once),
	};
	static const struct CMUnitTest pg[] = {
		SUITE_TEST(a_share_counts_what_went_too),
		SUITE_TEST(what_an_earlier_hub_kept_goes),
		SUITE_TEST(what_goes_while_it_is_read_is_asked_for_again),
	};
	const struct suite_tests suites[] = {{"branches", both, COUNT_OF(both), SUITE_BOTH}, {"branches", pg, COUNT_OF(pg), SUITE_PG}};
	return suite_run(suites, COUNT_OF(suites));
}
