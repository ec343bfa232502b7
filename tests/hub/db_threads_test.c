/* Many at once: stations that push overlapping logs, several hubs on one database, a server that dies in between. Nothing is lost and nothing is
 * doubled; on a folder and on PostgreSQL. */
#include "hub/db_suite.h"

#include <stdatomic.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"
#include "lib/craft.h"
#include "station/desk.h"
#include "store/read/audit.h"
#include "sync/offer.h"
#include "sync/pack.h"
#include "sync/replica_store.h"

#define BOXES 8
#define TRIES 600
#define TRY_MS 50

/* One station with its file, at work in a thread of its own: no assertion is made there. */
struct box {
	const struct suite *suite;
	const struct hub_db *db; /* of the hub that it talks to */
	struct store *store;
	struct replica replica;
	int rounds, scans;  /* what it does: so many times, so many check-ins and an exchange */
	size_t sent, again; /* records; exchanges that had to be begun again */
	atomic_int *done;
	bool ok;
	struct err err;
};

static bool scan(struct store *store, const char *code, struct err *err) {
	struct desk_answer answer;
	struct desk *desk = desk_open(store, "arrival", err);
	bool ok = desk != NULL && desk_take(desk, &(struct desk_scan){.text = code, .len = strlen(code), .how = "camera"}, &answer, err);
	if (ok) {
		desk_answer_fini(&answer);
	}
	desk_close(desk);
	return ok;
}

/* An exchange, begun again while the store is away or another was quicker; whatever else is said is wrong. */
static bool talk_until_done(struct box *b, struct exchange *x) {
	for (int i = 0; i < TRIES; i++) {
		struct exchange_report report;
		struct err err = {0};
		exchange_begin(x, true);
		bool ok = suite_talk(b->db, &b->suite->hub, x, &report, &err);
		b->sent += report.sent;
		if (ok) {
			return (report.acknowledged && report.wrong == 0) ||
			       err_set(&b->err, ERR_INPUT, "acknowledged %d, wrong %zu: %s", report.acknowledged, report.wrong, report.why);
		}
		b->err = err;
		if (err.kind != ERR_BUSY && err.kind != ERR_SYSTEM) {
			return false;
		}
		b->again++;
		clock_sleep_ms(TRY_MS);
	}
	return false;
}

static void *work(void *context) {
	static const char *const codes[] = {"CODE-A", "CODE-B", "CODE-D"};
	struct box *b = context;
	struct exchange *x = exchange_open(&b->replica);
	b->ok = true;
	for (int i = 0; b->ok && i < b->rounds; i++) {
		for (int k = 0; b->ok && k < b->scans; k++) {
			b->ok = scan(b->store, codes[(i + k) % 3], &b->err);
		}
		b->ok = b->ok && talk_until_done(b, x);
	}
	exchange_close(x);
	if (b->done != NULL) {
		atomic_fetch_add(b->done, 1);
	}
	return NULL;
}

/* --- a fleet --------------------------------------------------------------------------------------------------------------------------------- */

struct fleet {
	struct suite *suite;
	struct store *laptop;
	struct box boxes[BOXES];
};

static void fleet_open(struct fleet *f, struct suite *suite) {
	struct err err = {0};
	struct exchange_report report;
	*f = (struct fleet){.suite = suite, .laptop = suite_event(suite, "a.turnout")};
	suite_sync(suite, f->laptop, &report);
	for (int i = 0; i < BOXES; i++) {
		char name[32];
		snprintf(name, sizeof name, "box-%d.turnout", i);
		struct box *b = &f->boxes[i];
		*b = (struct box){
			.suite = suite, .db = &suite->db, .store = meet_adopt(suite->scratch, f->laptop, name, 10 + i), .rounds = 1};
		meet_stores(b->store, f->laptop, &report);
		assert_ok(replica_of_store(b->store, &b->replica, &err));
	}
}

static void fleet_close(struct fleet *f) {
	for (int i = 0; i < BOXES; i++) {
		replica_fini(&f->boxes[i].replica);
		store_close(f->boxes[i].store);
	}
	store_close(f->laptop);
}

static int64_t records_of(struct store *store) {
	struct err err = {0};
	struct audit_status status;
	assert_ok(audit_status(store, &status, &err));
	return status.records;
}

/* Everything that any box wrote is in the store once, and in every file once everybody has exchanged again. */
static void assert_agree(struct fleet *f, int64_t records) {
	struct exchange_report report;
	for (int i = 0; i < BOXES; i++) {
		if (!f->boxes[i].ok) {
			print_error("box %d: %s\n", i, f->boxes[i].err.text);
			fail();
		}
	}
	assert_int_equal(suite_figures(f->suite).records, records);
	suite_sync(f->suite, f->laptop, &report);
	assert_int_equal(records_of(f->laptop), records);
	for (int i = 0; i < BOXES; i++) {
		suite_sync(f->suite, f->boxes[i].store, &report);
		meet_assert_same(f->laptop, f->boxes[i].store);
		suite_sync(f->suite, f->boxes[i].store, &report);
		assert_int_equal(report.sent + report.received, 0);
	}
	suite_assert_holds(f->suite, f->laptop, "fresh.turnout");
}

/* --- tests ----------------------------------------------------------------------------------------------------------------------------------- */

static void many_push_logs_of_their_own(void **state) {
	struct fleet f;
	fleet_open(&f, *state);
	int64_t before = suite_figures(*state).records;
	for (int i = 0; i < BOXES; i++) {
		f.boxes[i].rounds = 5;
		f.boxes[i].scans = 20;
	}
	suite_threads(BOXES, work, f.boxes, sizeof *f.boxes);
	assert_true(suite_figures(*state).records >= before + BOXES * (5 * 20 + 1));
	assert_agree(&f, suite_figures(*state).records);
	fleet_close(&f);
}

/* Each box holds its own log, its neighbour's as far as it was when they met, and all push at once: every log comes from several, in different
 * lengths. Half of them talk to another hub of the same database, where there can be one. */
static void many_push_the_same_logs(void **state) {
	struct suite *suite = *state;
	struct fleet f;
	struct err err = {0};
	struct exchange_report report;
	struct hub_db second = suite->db;
	fleet_open(&f, suite);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < BOXES; i++) {
			for (int k = 0; k < 30; k++) {
				meet_check_in(f.boxes[i].store, k % 2 ? "CODE-A" : "CODE-B");
			}
			meet_stores(f.boxes[i].store, f.boxes[(i + 1 + round) % BOXES].store, &report);
		}
	}
	if (suite->on == SUITE_PG) {
		assert_ok(suite_open_db(suite, &second, &err));
	}
	for (int i = 0; i < BOXES; i++) {
		f.boxes[i].db = i % 2 ? &second : &suite->db;
		f.boxes[i].rounds = 2;
	}
	/* What there is in all: in a file that meets everybody, behind the hub's back. */
	struct store *all = meet_adopt(suite->scratch, f.laptop, "all.turnout", 50);
	for (int i = 0; i < BOXES; i++) {
		meet_stores(all, f.boxes[i].store, &report);
	}
	suite_threads(BOXES, work, f.boxes, sizeof *f.boxes);
	assert_agree(&f, records_of(all));
	meet_assert_same(all, f.laptop);
	store_close(all);
	if (suite->on == SUITE_PG) {
		second.ops->close(second.self);
	}
	fleet_close(&f);
}

/* One log that somebody continued in eight ways, each box with another one and a part of its neighbour's. */
static void many_push_branches_of_one_log(void **state) {
	struct suite *suite = *state;
	struct fleet f;
	struct exchange_report report;
	struct strbuf trunk = {0};
	struct craft c;
	fleet_open(&f, suite);
	struct craft_member m = craft_member_of(f.laptop);
	craft_join(&c, &m, f.laptop, 1, &trunk);
	craft_notes(&c, "trunk", 9, &trunk);
	struct store *all = meet_adopt(suite->scratch, f.laptop, "all.turnout", 50);
	for (int i = 0; i < BOXES; i++) {
		for (int whose = i; whose <= i + 1; whose++) {
			struct strbuf text = {0};
			struct craft branch = c;
			char word[16];
			snprintf(word, sizeof word, "branch %d", whose % BOXES);
			strbuf_add(&text, trunk.data, trunk.len);
			craft_notes(&branch, word, 5, &text);
			if (whose == i) {
				craft_notes(&branch, word, (size_t)i + 1, &text);
				craft_notes(&branch, word, 3, &text);
			}
			craft_give(f.boxes[i].store, &text);
			strbuf_fini(&text);
		}
		meet_stores(all, f.boxes[i].store, &report);
		f.boxes[i].rounds = 2;
	}
	suite_threads(BOXES, work, f.boxes, sizeof *f.boxes);
	assert_agree(&f, records_of(all));
	meet_assert_same(all, f.laptop);
	store_close(all);
	strbuf_fini(&trunk);
	fleet_close(&f);
}

/* The organiser's word reaches one hub while a station's body reaches another: whichever comes first, the body does not stay. */
struct giver {
	const struct suite *suite;
	const struct hash *event;
	struct message message;
	bool ok;
	struct err err;
};

static void *give(void *context) {
	struct giver *g = context;
	struct hub_loan loan;
	struct intake intake = {.runs = g->message.runs, .count = g->message.run_count};
	intake.fates = xcalloc(intake.count, sizeof *intake.fates);
	for (int i = 0; !g->ok && i < TRIES; i++) {
		memset(intake.fates, 0, intake.count * sizeof *intake.fates);
		g->ok = g->suite->db.ops->lend(g->suite->db.self, g->event, &loan, &g->err);
		if (g->ok) {
			g->ok = loan.replica.ops->take(loan.replica.self, &intake, &g->err);
			g->suite->db.ops->give_back(g->suite->db.self, &loan);
		}
	}
	for (size_t i = 0; i < intake.count; i++) {
		g->ok = g->ok && !intake.fates[i].wrong && intake.fates[i].result.outcome <= MERGE_KNOWN;
	}
	free(intake.fates);
	return NULL;
}

static void an_erasure_and_its_body_come_at_once(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	struct store *laptop = suite_event(suite, "a.turnout");
	struct store *box = meet_adopt(suite->scratch, laptop, "box.turnout", 7);
	suite_sync(suite, laptop, &report);
	meet_stores(box, laptop, &report);
	meet_check_in(box, "CODE-A");
	for (int round = 0; round < 40; round++) {
		struct err err = {0};
		struct replica box_replica, laptop_replica;
		struct giver givers[2] = {{.suite = suite, .event = store_event(laptop)}, {.suite = suite, .event = store_event(laptop)}};
		char id[21];
		suite_sync(suite, box, &report);
		suite_sync(suite, laptop, &report);
		assert_ok(replica_of_store(box, &box_replica, &err) && replica_of_store(laptop, &laptop_replica, &err));
		struct head body = meet_head_of(&box_replica, store_station(box));
		struct head word = meet_head_of(&laptop_replica, store_organiser(laptop));
		meet_walk_in(box, "Ївга Зникла", id);
		meet_stores(laptop, box, &report);
		meet_erase(laptop, id);
		struct head body_end = meet_head_of(&box_replica, store_station(box));
		struct head word_end = meet_head_of(&laptop_replica, store_organiser(laptop));
		meet_read_runs(&box_replica, &body_end, body.seq + 1, &givers[0].message);
		meet_read_runs(&laptop_replica, &word_end, word.seq + 1, &givers[1].message);
		suite_threads(2, give, givers, sizeof *givers);
		for (int i = 0; i < 2; i++) {
			if (!givers[i].ok) {
				print_error("%s\n", givers[i].err.text);
				fail();
			}
			message_fini(&givers[i].message);
		}
		replica_fini(&box_replica);
		replica_fini(&laptop_replica);
		assert_int_equal(suite_bodies_like(suite, store_event(laptop), "Зникла"), 0);
	}
	suite_sync(suite, box, &report);
	suite_sync(suite, laptop, &report);
	suite_assert_holds(suite, laptop, "fresh.turnout");
	store_close(box);
	store_close(laptop);
}

/* --- a server that dies ---------------------------------------------------------------------------------------------------------------------- */

struct crashing {
	struct fleet *fleet;
	struct box boxes[BOXES + 1]; /* the last one is no box but whoever kills the server */
	atomic_int done;
};

static void *work_or_kill(void *context) {
	struct box *b = context;
	if (b->store != NULL) {
		return work(context);
	}
	b->ok = true;
	while (b->ok && atomic_load(b->done) < BOXES && b->again < 4) {
		clock_sleep_ms(150);
		b->ok = suite_crash_server(b->suite) || err_set(&b->err, ERR_SYSTEM, "the server does not come back");
		b->again++;
	}
	return NULL;
}

static void a_server_that_dies_loses_nothing(void **state) {
	struct suite *suite = *state;
	struct fleet f;
	struct crashing c = {.fleet = &f};
	size_t again = 0;
	fleet_open(&f, suite);
	for (int i = 0; i < BOXES; i++) {
		c.boxes[i] = f.boxes[i];
		c.boxes[i].rounds = 12;
		c.boxes[i].scans = 4;
		c.boxes[i].done = &c.done;
	}
	c.boxes[BOXES] = (struct box){.suite = suite, .done = &c.done};
	suite_threads(BOXES + 1, work_or_kill, c.boxes, sizeof *c.boxes);
	assert_true(c.boxes[BOXES].ok && c.boxes[BOXES].again > 0);
	for (int i = 0; i < BOXES; i++) {
		f.boxes[i] = c.boxes[i];
		again += c.boxes[i].again;
	}
	print_message("# the server died %zu times, %zu exchanges were begun again\n", c.boxes[BOXES].again, again);
	assert_true(suite_figures(suite).records >= BOXES * 12 * 4);
	assert_agree(&f, suite_figures(suite).records);
	fleet_close(&f);
}

int main(void) {
	static const struct CMUnitTest both[] = {
		SUITE_TEST(many_push_logs_of_their_own),
		SUITE_TEST(many_push_the_same_logs),
		SUITE_TEST(many_push_branches_of_one_log),
		SUITE_TEST(an_erasure_and_its_body_come_at_once),
	};
	static const struct CMUnitTest pg[] = {
		SUITE_TEST(a_server_that_dies_loses_nothing),
	};
	const struct suite_tests suites[] = {
		{"many at once", both, COUNT_OF(both), SUITE_BOTH},
		{"a server that dies", pg, COUNT_OF(pg), SUITE_PG},
	};
	return suite_run(suites, COUNT_OF(suites));
}
