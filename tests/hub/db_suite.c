#include "hub/db_suite.h"

#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/str.h"
#include "hub/db_files.h"
#include "hub/db_pg.h"
#include "hub/pg.h"
#include "store/create.h"
#include "store/log/ends.h"
#include "store/log/share.h"
#include "store/read/audit.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"
#include "store/write/sign.h"
#include "sync/replica_store.h"
#include "sync/respond.h"

#define SERVER_TOOL "tests/tools/pg-server"
#define CONNECTIONS 8

struct pg_server {
	char folder[64];
	char url[200]; /* of its first database */
	FILE *guard;   /* a shell that stops the server and removes the folder when this closes, also by our death */
	int databases; /* made so far */
};

/* --- the server ----------------------------------------------------------------------------------------------------------------------------- */

/* Runs a command of the tests' own; the last line it prints goes to `line` (which may be NULL). */
static int run_tool(const char *command, char *line, size_t cap) {
	char text[300];
	FILE *said = popen(command, "re"); /* NOLINT: the words are ours */
	while (said != NULL && fgets(text, sizeof text, said) != NULL) {
		text[strcspn(text, "\n")] = '\0';
		if (line != NULL) {
			str_copy(line, cap, text);
		}
	}
	int status = said == NULL ? -1 : pclose(said);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static struct pg_server *server_start(void) {
	struct pg_server *server = xcalloc(1, sizeof *server);
	str_copy(server->folder, sizeof server->folder, "/tmp/turnout-pg-XXXXXX");
	if (mkdtemp(server->folder) == NULL || chmod(server->folder, 0755) != 0) { /* the server runs as somebody else */
		free(server);
		return NULL;
	}
	char *guard =
		xasprintf("cat >/dev/null; " SERVER_TOOL " stop %s/pg immediate 2>/dev/null; rm -rf %s", server->folder, server->folder);
	char *start = xasprintf(SERVER_TOOL " start %s/pg", server->folder);
	server->guard = popen(guard, "we"); /* NOLINT */
	bool ok = server->guard != NULL && run_tool(start, server->url, sizeof server->url) == 0;
	free(guard);
	free(start);
	if (!ok && server->guard != NULL) {
		pclose(server->guard);
	}
	if (!ok) {
		free(server);
		return NULL;
	}
	return server;
}

static void server_stop(struct pg_server *server) {
	if (server != NULL) {
		pclose(server->guard);
		free(server);
	}
}

/* A database of its own, so that no test meets another's records. */
static char *new_database(struct pg_server *server) {
	struct err err = {0};
	struct pg *pg = NULL;
	char *sql = xasprintf("CREATE DATABASE test_%d", ++server->databases);
	assert_ok(pg_open(server->url, &pg, &err));
	assert_ok(pg_exec(pg, sql, &err));
	pg_close(pg);
	free(sql);
	return xasprintf("%.*s/test_%d", (int)(strrchr(server->url, '/') - server->url), server->url, server->databases);
}

bool suite_crash_server(const struct suite *suite) {
	char *stop = xasprintf(SERVER_TOOL " stop %s/pg immediate", suite->server->folder);
	char *start = xasprintf(SERVER_TOOL " start %s/pg", suite->server->folder);
	bool ok = run_tool(stop, NULL, 0) == 0 && run_tool(start, NULL, 0) == 0;
	free(stop);
	free(start);
	return ok;
}

/* --- set-up --------------------------------------------------------------------------------------------------------------------------------- */

bool suite_open_db(const struct suite *suite, struct hub_db *out, struct err *err) {
	return suite->on == SUITE_PG ? hub_db_pg_open(suite->place, CONNECTIONS, NULL, out, err)
				     : hub_db_files_open(suite->place, NULL, out, err);
}

int suite_open(void **state) {
	struct err err = {0};
	struct pg_server *server = *state;
	struct suite *suite = xcalloc(1, sizeof *suite);
	void *scratch = NULL;
	if (!crypto_init(&err) || scratch_open(&scratch) != 0) {
		return -1;
	}
	suite->scratch = scratch;
	suite->server = server;
	suite->on = server == NULL ? SUITE_FOLDER : SUITE_PG;
	suite->place = server == NULL ? scratch_path(suite->scratch, "hub") : new_database(server);
	crypto_key_new(&suite->hub);
	*state = suite;
	if (!suite_open_db(suite, &suite->db, &err)) {
		print_error("%s\n", err.text);
		return -1;
	}
	return 0;
}

int suite_close(void **state) {
	struct suite *suite = *state;
	void *scratch = suite->scratch;
	if (suite->db.ops != NULL) {
		suite->db.ops->close(suite->db.self);
	}
	scratch_close(&scratch);
	free(suite->place);
	free(suite);
	return 0;
}

void suite_restart(struct suite *suite) {
	struct err err = {0};
	suite->db.ops->close(suite->db.self);
	suite->db = (struct hub_db){.ops = NULL};
	assert_ok(suite_open_db(suite, &suite->db, &err));
}

/* cmocka hands a test's `initial_state` to its set-up. */
static int run_on(const struct suite_tests *suite, struct pg_server *server) {
	struct CMUnitTest *tests = xcalloc(suite->count, sizeof *tests);
	char *name = xasprintf("%s on %s", suite->name, server == NULL ? "a folder" : "PostgreSQL");
	for (size_t i = 0; i < suite->count; i++) {
		tests[i] = suite->tests[i];
		tests[i].initial_state = server;
	}
	print_message("# %s\n", name);
	int failed = _cmocka_run_group_tests(name, tests, suite->count, NULL, NULL);
	free(tests);
	free(name);
	return failed;
}

int suite_run(const struct suite_tests *suites, size_t count) {
	int failed = 0;
	for (size_t i = 0; i < count; i++) {
		failed += (suites[i].on & SUITE_FOLDER) != 0 ? run_on(&suites[i], NULL) : 0;
	}
	struct pg_server *server = server_start();
	for (size_t i = 0; i < count; i++) {
		if ((suites[i].on & SUITE_PG) == 0) {
			continue;
		}
		if (server != NULL) {
			failed += run_on(&suites[i], server);
		} else {
			printf("ok %zu - %s on PostgreSQL # SKIPPED: it is not installed, or could not be started\n", i + 1,
			       suites[i].name);
		}
	}
	server_stop(server);
	return failed;
}

/* --- events --------------------------------------------------------------------------------------------------------------------------------- */

void suite_publish(const struct suite *suite, struct store *store) {
	struct err err = {0};
	struct store_origin origin;
	assert_ok(store_origin(store, &origin, &err));
	assert_ok(suite->db.ops->add(suite->db.self, &origin, &err));
}

struct store *suite_event(const struct suite *suite, const char *name) {
	struct err err = {0};
	char *path = event_sample_make(suite->scratch, name);
	struct store *store = event_sample_open_as(suite->scratch, path, 0);
	assert_ok(store_begin(store, &err) && role_give(store, &suite->hub.public_key, "hub", "", &err) && store_commit(store, &err));
	suite_publish(suite, store);
	free(path);
	return store;
}

static bool answer_as_hub(const struct hub_db *db, const struct key_pair *hub, struct octets request, struct strbuf *answer,
			  struct err *err) {
	struct hash event;
	struct hub_loan loan;
	struct respond_note note;
	if (!envelope_event(request, &event, err) || !db->ops->lend(db->self, &event, &loan, err)) {
		return false;
	}
	loan.replica.signer = *hub;
	loan.replica.has_certificate = false;
	bool ok = respond(&loan.replica, request, answer, &note, err);
	db->ops->give_back(db->self, &loan);
	return ok;
}

bool suite_talk(const struct hub_db *db, const struct key_pair *hub, struct exchange *x, struct exchange_report *report, struct err *err) {
	bool ok = true;
	while (ok && exchange_state(x) != EXCHANGE_DONE) {
		struct strbuf request = {0}, answer = {0};
		ok = exchange_request(x, &request, err);
		if (ok && exchange_state(x) == EXCHANGE_ASKED) {
			ok = answer_as_hub(db, hub, (struct octets){request.data, request.len}, &answer, err);
			if (!ok) {
				exchange_broken(x);
			}
			ok = ok && exchange_answer(x, (struct octets){answer.data, answer.len}, err);
		}
		strbuf_fini(&request);
		strbuf_fini(&answer);
	}
	exchange_report(x, report);
	return ok;
}

void suite_sync(const struct suite *suite, struct store *store, struct exchange_report *report) {
	struct err err = {0};
	struct replica replica;
	assert_ok(replica_of_store(store, &replica, &err));
	struct exchange *x = exchange_open(&replica);
	assert_ok(suite_talk(&suite->db, &suite->hub, x, report, &err));
	exchange_close(x);
	replica_fini(&replica);
}

void suite_lend(const struct suite *suite, const struct hash *event, struct hub_loan *loan) {
	struct err err = {0};
	assert_ok(suite->db.ops->lend(suite->db.self, event, loan, &err));
	loan->replica.signer = suite->hub;
	loan->replica.has_certificate = false;
}

void suite_give_back(const struct suite *suite, struct hub_loan *loan) { suite->db.ops->give_back(suite->db.self, loan); }

struct telling {
	struct hub_figures figures;
	size_t count;
};

static bool keep_figures(void *context, const struct hub_figures *figures, struct err *err) {
	struct telling *t = context;
	(void)err;
	t->figures = *figures;
	t->count++;
	return true;
}

struct hub_figures suite_figures(const struct suite *suite) {
	struct err err = {0};
	struct telling t = {.count = 0};
	assert_ok(suite->db.ops->figures(suite->db.self, keep_figures, &t, &err));
	assert_int_equal(t.count, 1);
	assert_string_equal(t.figures.problem, "");
	return t.figures;
}

void suite_assert_holds(const struct suite *suite, struct store *store, const char *name) {
	struct err err = {0};
	struct exchange_report report;
	struct hub_loan loan;
	struct heads ours, theirs;
	struct audit_status status;
	assert_ok(store_sign(store, &err) && store_heads(store, &ours, &err));
	suite_lend(suite, store_event(store), &loan);
	assert_ok(loan.replica.ops->heads(loan.replica.self, &theirs, &err));
	assert_true(heads_equal(&ours, &theirs));
	struct hash a = heads_digest(ours.items, ours.count), b = heads_digest(theirs.items, theirs.count);
	assert_true(crypto_hash_eq(&a, &b));
	suite_give_back(suite, &loan);
	heads_fini(&ours);
	heads_fini(&theirs);
	struct store *fresh = meet_adopt(suite->scratch, store, name, 90);
	suite_sync(suite, fresh, &report);
	assert_int_equal(report.wrong, 0);
	meet_assert_same(store, fresh);
	meet_assert_sound(fresh);
	assert_ok(audit_status(fresh, &status, &err));
	struct hub_figures figures = suite_figures(suite);
	assert_int_equal(figures.records, status.records);
	assert_int_equal(figures.logs, status.logs);
	store_close(fresh);
}

static int64_t bodies_in_pg(const struct suite *suite, const char *text) {
	static const struct pg_sql sql = {"test_like", "SELECT count(*) FROM hub_record WHERE strpos(body, $1) > 0"};
	struct err err = {0};
	struct pg *pg = NULL;
	struct pg_rows *rows = NULL;
	struct pg_args args = {.count = 0};
	pg_arg_text(&args, text);
	assert_ok(pg_open(suite->place, &pg, &err) && pg_run(pg, &sql, &args, &rows, &err));
	int64_t count = pg_int(rows, 0, 0);
	pg_rows_free(rows);
	pg_close(pg);
	return count;
}

int64_t suite_bodies_like(const struct suite *suite, const struct hash *event, const char *text) {
	char hex[17];
	if (suite->on == SUITE_PG) {
		return bodies_in_pg(suite, text);
	}
	str_hex(event->b, 8, hex);
	char *path = xasprintf("%s/%s.turnout", suite->place, hex);
	char *sql = xasprintf("SELECT count(*) FROM record WHERE instr(body, '%s') > 0", text);
	int64_t count = event_sample_number(path, sql);
	free(sql);
	free(path);
	return count;
}

/* --- threads -------------------------------------------------------------------------------------------------------------------------------- */

struct starting {
	pthread_barrier_t *together;
	void *(*work)(void *context);
	void *context;
};

static void *start_together(void *context) {
	struct starting *s = context;
	pthread_barrier_wait(s->together);
	return s->work(s->context);
}

void suite_threads(size_t count, void *(*work)(void *context), void *contexts, size_t size) {
	pthread_t threads[SUITE_THREADS_MAX];
	struct starting starting[SUITE_THREADS_MAX];
	pthread_barrier_t together;
	assert_true(count <= SUITE_THREADS_MAX);
	pthread_barrier_init(&together, NULL, (unsigned)count);
	for (size_t i = 0; i < count; i++) {
		starting[i] = (struct starting){&together, work, (char *)contexts + i * size};
		assert_int_equal(pthread_create(&threads[i], NULL, start_together, &starting[i]), 0);
	}
	for (size_t i = 0; i < count; i++) {
		pthread_join(threads[i], NULL);
	}
	pthread_barrier_destroy(&together);
}
