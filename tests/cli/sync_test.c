/* `turnout sync EVENT URL` on a machine that does not know what time it is, with a keeper that does. */
#include "cli/commands.h"

#include "lib/event_sample.h"
#include "lib/meet.h"

#include <stdio.h>
#include <sys/timex.h>

#include "base/alloc.h"
#include "report/out.h"
#include "store/read/checkins.h"
#include "sync/http_transport.h"
#include "sync/replica_store.h"

int adjtimex(struct timex *state) {
	state->status = STA_UNSYNC;
	return TIME_ERROR;
}

/* The organiser's copy, which answers, and a box's file, closed: each command opens it. */
struct pair {
	struct store *there;
	struct replica answers;
	struct http_server *server;
	struct fairness *fairness;
	char *here;
	char url[64];
	int requests;
};

static bool yes(void *self) {
	(void)self;
	return true;
}

static bool no(void *self) {
	(void)self;
	return false;
}

static void serve(void *context, const struct http_request *request, struct http_answer *answer) {
	struct pair *p = context;
	p->requests++;
	http_transport_answer(&p->answers, p->fairness, request, answer, NULL);
}

static void open_pair(struct pair *p, const struct scratch *s) {
	struct err err = {0};
	*p = (struct pair){.here = scratch_path(s, "here.turnout")};
	event_sample_device(s, 1);
	p->there = scratch_event(s, "there.turnout");
	assert_ok(store_copy(p->there, p->here, &err) && replica_of_store(p->there, &p->answers, &err));
	p->answers.clock_sure = yes;
	p->fairness = fairness_open(false);
	struct http_server_options options = {.address = "127.0.0.1", .serve = serve, .context = p};
	assert_ok(http_server_open(&options, &p->server, &err));
	snprintf(p->url, sizeof p->url, "http://127.0.0.1:%u", http_server_port(p->server));
	event_sample_device(s, 2);
}

static void close_pair(struct pair *p) {
	http_server_close(p->server);
	fairness_close(p->fairness);
	replica_fini(&p->answers);
	store_close(p->there);
	free(p->here);
}

static void check_in(const struct pair *p) {
	struct err err = {0};
	struct store *store = event_sample_open(p->here);
	struct checkin_draft draft = {.code = "CODE-A", .point = POINT_ARRIVAL, .shown = OUTCOME_ACCEPTED, .how = "camera"};
	assert_ok(store_begin(store, &err) && checkin_append(store, &draft, NULL, &err) && store_commit(store, &err));
	store_close(store);
}

/* The command ends with 0 and says that. */
static void sync(const struct pair *p, const char *says) {
	struct err err = {0};
	struct out out = {.fd = -1};
	struct args args;
	char *argv[] = {p->here, xasprintf("%s", p->url)};
	assert_ok(args_parse(&args, &cmd_sync, 2, argv, &err) && cmd_sync.exec(&args, &out, &err));
	assert_holds(strbuf_str(&out.text), says);
	args_fini(&args);
	strbuf_fini(&out.text);
	free(argv[1]);
}

static const char ANCHORS[] = "SELECT count(*) FROM view_anchor";
static const char CHECKINS[] = "SELECT count(*) FROM view_checkin";

static int64_t anchors_there(const struct pair *p) { return event_sample_number(store_path(p->there), ANCHORS); }

static void a_keepers_clock_anchors_what_was_written_here(void **state) {
	struct pair p;
	open_pair(&p, *state);
	check_in(&p);
	assert_int_equal(event_sample_number(p.here, ANCHORS), 0);
	sync(&p, "sent 3 records, received 0 records\n"); /* the log's beginning, the check-in, the anchor */
	assert_int_equal(event_sample_number(p.here, ANCHORS), 1);
	assert_int_equal(anchors_there(&p), 1);
	int requests = p.requests;
	sync(&p, "sent 0 records, received 0 records\n"); /* the log has it */
	assert_int_equal(p.requests, requests + 1);
	check_in(&p);
	sync(&p, "sent 1 record, received 0 records\n");
	assert_int_equal(event_sample_number(p.here, ANCHORS), 1);
	assert_int_equal(event_sample_number(store_path(p.there), CHECKINS), 2);
	assert_int_equal(event_sample_number(p.here, "SELECT count(*) FROM log"), 2);
	close_pair(&p);
}

/* The box shows itself by the beginning of its log, and that has the keeper's time at once. */
static void nothing_was_written_here(void **state) {
	struct pair p;
	open_pair(&p, *state);
	sync(&p, "sent 2 records, received 0 records\n");
	assert_int_equal(event_sample_number(p.here, ANCHORS), 1);
	assert_int_equal(event_sample_number(p.here, "SELECT count(*) FROM log"), 2);
	sync(&p, "sent 0 records, received 0 records\n");
	assert_int_equal(event_sample_number(p.here, "SELECT count(*) FROM log"), 2);
	close_pair(&p);
}

/* A log of a boot that is over says nothing of this boot's clock. */
static void a_log_of_another_boot(void **state) {
	struct pair p;
	open_pair(&p, *state);
	check_in(&p);
	event_sample_device(*state, 3); /* which left no marker here, and begins a log of its own */
	sync(&p, "sent 4 records, received 0 records\n");
	assert_int_equal(event_sample_number(p.here, ANCHORS), 1);
	assert_int_equal(event_sample_number(p.here, "SELECT count(*) FROM record a JOIN record c ON c.id >> 40 = a.id >> 40 WHERE "
						     "a.kind = 'anchor' AND c.kind = 'checkin'"),
			 0);
	close_pair(&p);
}

static void a_keeper_that_does_not_know_either(void **state) {
	struct pair p;
	open_pair(&p, *state);
	p.answers.clock_sure = no;
	check_in(&p);
	sync(&p, "sent 2 records, received 0 records\n");
	assert_int_equal(event_sample_number(p.here, ANCHORS), 0);
	close_pair(&p);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_keepers_clock_anchors_what_was_written_here),
		TEST(nothing_was_written_here),
		TEST(a_log_of_another_boot),
		TEST(a_keeper_that_does_not_know_either),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
