/* What a hub keeps of its own: keys, events, codes, tries, figures. On both stores (hub/db_suite.h); exchanges are tests/hub/db_exchange_test.c's. */
#include "hub/db_suite.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "hub/db_files.h"
#include "hub/db_pg.h"
#include "hub/pg.h"
#include "lib/net.h"
#include "store/create.h"
#include "store/sql/db.h"

#define THREADS 16

/* One thread's question, and what came of it. */
struct asker {
	const struct hub_db *db;
	const struct suite *suite;
	const struct hash *code;
	struct store_origin origin;
	size_t number;
	struct strbuf kept;
	int64_t count;
	bool ok, found;
	struct err err;
};

static void askers_init(struct asker *askers, size_t count, const struct suite *suite) {
	for (size_t i = 0; i < count; i++) {
		askers[i] = (struct asker){.db = &suite->db, .suite = suite, .number = i};
	}
}

static void assert_all_ok(const struct asker *askers, size_t count) {
	for (size_t i = 0; i < count; i++) {
		if (!askers[i].ok) {
			print_error("thread %zu: %s\n", i, askers[i].err.text);
			fail();
		}
	}
}

/* --- keys ------------------------------------------------------------------------------------------------------------------------------------ */

static void *claim_one(void *context) {
	struct asker *a = context;
	uint8_t value[KEY_LEN];
	memset(value, 'a' + (int)a->number, sizeof value);
	a->ok = a->db->ops->claim(a->db->self, "key", (struct octets){value, sizeof value}, &a->kept, &a->err);
	return NULL;
}

static void assert_kept(const struct suite *suite, const char *name, const char *ours, const char *kept) {
	struct err err = {0};
	struct strbuf got = {0};
	assert_ok(suite->db.ops->claim(suite->db.self, name, (struct octets){ours, strlen(ours)}, &got, &err));
	assert_string_equal(strbuf_str(&got), kept);
	strbuf_fini(&got);
}

static void the_first_claim_wins(void **state) {
	struct suite *suite = *state;
	struct asker askers[THREADS];
	askers_init(askers, THREADS, suite);
	suite_threads(THREADS, claim_one, askers, sizeof *askers);
	assert_all_ok(askers, THREADS);
	for (size_t i = 0; i < THREADS; i++) {
		assert_int_equal(askers[i].kept.len, KEY_LEN);
		assert_memory_equal(askers[i].kept.data, askers[0].kept.data, KEY_LEN);
		assert_true(askers[i].kept.data[0] >= 'a' && askers[i].kept.data[0] < 'a' + THREADS);
	}
	assert_kept(suite, "token", "one", "one");
	assert_kept(suite, "token", "another", "one");
	suite_restart(suite);
	assert_kept(suite, "token", "a third", "one");
	struct asker late = {.db = &suite->db, .number = THREADS};
	claim_one(&late);
	assert_memory_equal(late.kept.data, askers[0].kept.data, KEY_LEN);
	strbuf_fini(&late.kept);
	for (size_t i = 0; i < THREADS; i++) {
		strbuf_fini(&askers[i].kept);
	}
}

static void it_answers(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	assert_ok(suite->db.ops->ping(suite->db.self, &err));
}

static bool answers(const struct suite *suite) {
	struct err err = {0};
	bool ok = suite->db.ops->ping(suite->db.self, &err);
	assert_true(ok || err.text[0] != '\0');
	return ok;
}

/* A disk that is full, as a process sees it that may write no longer files. */
static void a_folder_that_cannot_be_written_does_not_answer(void **state) {
	struct suite *suite = *state;
	struct rlimit before, none;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	none = (struct rlimit){.rlim_cur = 0, .rlim_max = before.rlim_max};
	assert_true(answers(suite));
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	bool ok = answers(suite);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, SIG_DFL);
	assert_false(ok);
	assert_true(answers(suite));
}

/* --- events ---------------------------------------------------------------------------------------------------------------------------------- */

static struct store_origin origin_of(uint8_t number) {
	struct store_origin origin = {.has_invitation = true};
	memset(origin.event.b, number, HASH_LEN);
	memset(origin.organiser.b, 100 + number, KEY_LEN);
	memset(origin.event_key, 50 + number, KEY_LEN);
	memset(origin.invitation_seed, 25 + number, KEY_LEN);
	return origin;
}

static void assert_holds_origin(const struct suite *suite, const struct store_origin *origin) {
	struct hub_loan loan;
	suite_lend(suite, &origin->event, &loan);
	assert_memory_equal(loan.origin.organiser.b, origin->organiser.b, KEY_LEN);
	assert_memory_equal(loan.origin.event_key, origin->event_key, KEY_LEN);
	assert_int_equal(loan.origin.has_invitation, origin->has_invitation);
	assert_memory_equal(loan.origin.invitation_seed, origin->invitation_seed, KEY_LEN);
	assert_memory_equal(loan.replica.keys.seal, origin->event_key, KEY_LEN);
	assert_memory_equal(loan.replica.keys.event.b, origin->event.b, HASH_LEN);
	suite_give_back(suite, &loan);
}

static bool add(const struct suite *suite, const struct store_origin *origin, struct err *err) {
	return suite->db.ops->add(suite->db.self, origin, err);
}

static void an_event_is_added_once(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct store_origin origin = origin_of(7);
	assert_ok(add(suite, &origin, &err) && add(suite, &origin, &err));
	assert_holds_origin(suite, &origin);
	suite_restart(suite);
	assert_ok(add(suite, &origin, &err));
	assert_holds_origin(suite, &origin);
	assert_int_equal(suite_figures(suite).records, 0);
}

static void the_same_event_with_other_keys_is_refused(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct store_origin origin = origin_of(7);
	assert_ok(add(suite, &origin, &err));
	struct store_origin other = origin;
	memset(other.invitation_seed, 9, KEY_LEN);
	other.organiser.b[3] ^= 1;
	assert_false(add(suite, &other, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	other.organiser = origin.organiser;
	other.event_key[31] ^= 1;
	assert_false(add(suite, &other, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_holds_origin(suite, &origin);
}

/* Whoever closes the invitation and opens another publishes again: stations that enrol have to get the one that is open. */
static void the_invitation_is_the_newest_that_was_told(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct store_origin origin = origin_of(7), without = origin_of(7);
	without.has_invitation = false;
	memset(without.invitation_seed, 0, KEY_LEN);
	assert_ok(add(suite, &without, &err));
	assert_holds_origin(suite, &without);
	assert_ok(add(suite, &origin, &err));
	assert_holds_origin(suite, &origin);
	assert_ok(add(suite, &without, &err));
	assert_holds_origin(suite, &origin);
	memset(origin.invitation_seed, 77, KEY_LEN);
	assert_ok(add(suite, &origin, &err));
	suite_restart(suite);
	assert_holds_origin(suite, &origin);
}

static void *add_one(void *context) {
	struct asker *a = context;
	a->ok = a->db->ops->add(a->db->self, &a->origin, &a->err);
	return NULL;
}

static void many_add_the_same_event(void **state) {
	struct suite *suite = *state;
	struct asker askers[THREADS];
	askers_init(askers, THREADS, suite);
	for (size_t i = 0; i < THREADS; i++) {
		askers[i].origin = origin_of((uint8_t)(1 + i % 2));
	}
	suite_threads(THREADS, add_one, askers, sizeof *askers);
	assert_all_ok(askers, THREADS);
	assert_holds_origin(suite, &askers[0].origin);
	assert_holds_origin(suite, &askers[1].origin);
}

static void an_unknown_event_is_not_lent(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct hub_loan loan = {.of = suite};
	struct store_origin origin = origin_of(7);
	assert_ok(add(suite, &origin, &err));
	origin.event.b[31] ^= 1;
	assert_false(suite->db.ops->lend(suite->db.self, &origin.event, &loan, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_null(loan.of);
}

/* --- figures --------------------------------------------------------------------------------------------------------------------------------- */

struct order {
	struct hash last;
	size_t count, stop_at;
};

static bool in_order(void *context, const struct hub_figures *figures, struct err *err) {
	struct order *o = context;
	if (o->count > 0) {
		assert_true(memcmp(o->last.b, figures->event.b, HASH_LEN) < 0);
	}
	o->last = figures->event;
	return ++o->count != o->stop_at || err_set(err, ERR_USAGE, "enough");
}

/* More events than the folder holds open at once. */
static void figures_come_in_the_order_of_ids(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	size_t events = HUB_OPEN_MAX + 6;
	for (size_t i = 0; i < events; i++) {
		struct store_origin origin = origin_of((uint8_t)(i * 37 % events + 1));
		assert_ok(add(suite, &origin, &err));
	}
	for (size_t i = 0; i < events; i++) {
		struct store_origin origin = origin_of((uint8_t)(i + 1));
		assert_holds_origin(suite, &origin);
	}
	struct order order = {.count = 0};
	assert_ok(suite->db.ops->figures(suite->db.self, in_order, &order, &err));
	assert_int_equal(order.count, events);
	order = (struct order){.stop_at = 3};
	assert_false(suite->db.ops->figures(suite->db.self, in_order, &order, &err));
	assert_string_equal(err.text, "enough");
}

/* --- codes ----------------------------------------------------------------------------------------------------------------------------------- */

#define NOW INT64_C(1778745600000)

static struct hash hash_of(uint8_t number) {
	struct hash hash;
	memset(hash.b, number, HASH_LEN);
	return hash;
}

static bool find(const struct suite *suite, uint8_t code, uint8_t by, int64_t now) {
	struct err err = {0};
	struct hub_code_wish wish = {.code = hash_of(code), .by = hash_of(by), .now = {now}};
	struct hash event = {{0}}, wanted = hash_of(200);
	bool found = false;
	assert_ok(suite->db.ops->code_find(suite->db.self, &wish, &event, &found, &err));
	assert_true(!found || crypto_hash_eq(&event, &wanted));
	return found;
}

static bool take(const struct suite *suite, uint8_t code, uint8_t by, int64_t now) {
	struct err err = {0};
	struct hub_code_wish wish = {.code = hash_of(code), .by = hash_of(by), .now = {now}};
	struct hash event = {{0}};
	bool found = false;
	assert_ok(suite->db.ops->code_take(suite->db.self, &wish, &event, &found, &err));
	struct hash wanted = hash_of(200);
	assert_true(!found || crypto_hash_eq(&event, &wanted));
	return found;
}

static void put_code(const struct suite *suite, uint8_t code, int64_t until) {
	struct err err = {0};
	struct hub_code row = {.code = hash_of(code), .event = hash_of(200), .until = {until}};
	assert_ok(suite->db.ops->code_put(suite->db.self, &row, &err));
}

static void a_code_is_good_once(void **state) {
	struct suite *suite = *state;
	put_code(suite, 1, NOW);
	put_code(suite, 2, NOW + 5000);
	assert_false(take(suite, 9, 100, NOW));
	assert_true(take(suite, 1, 100, NOW - 1000));
	assert_true(take(suite, 1, 100, NOW)); /* the answer was lost: the same asks again */
	assert_false(take(suite, 1, 101, NOW));
	assert_true(take(suite, 2, 101, NOW));
	suite_restart(suite);
	assert_false(take(suite, 1, 101, NOW));
	assert_true(take(suite, 1, 100, NOW));
	assert_true(take(suite, 2, 101, NOW + 5000));
}

static void a_code_that_is_looked_up_stays_good(void **state) {
	struct suite *suite = *state;
	put_code(suite, 1, NOW);
	assert_false(find(suite, 9, 100, NOW));
	assert_false(find(suite, 1, 100, NOW + 1));
	assert_true(find(suite, 1, 100, NOW));
	assert_true(find(suite, 1, 101, NOW));
	assert_true(take(suite, 1, 101, NOW));
	assert_false(find(suite, 1, 100, NOW));
	assert_true(find(suite, 1, 101, NOW));
}

static void a_code_grows_old(void **state) {
	struct suite *suite = *state;
	put_code(suite, 1, NOW);
	put_code(suite, 2, NOW);
	assert_true(take(suite, 1, 100, NOW));
	assert_false(take(suite, 1, 100, NOW + 1));
	assert_false(take(suite, 2, 100, NOW + 1));
	assert_false(take(suite, 2, 100, NOW)); /* forgotten, also for a clock that goes back */
}

static void *take_one(void *context) {
	struct asker *a = context;
	struct hub_code_wish wish = {.code = *a->code, .by = hash_of((uint8_t)(100 + a->number)), .now = {NOW}};
	struct hash event;
	a->ok = a->db->ops->code_take(a->db->self, &wish, &event, &a->found, &a->err);
	return NULL;
}

static void of_many_who_ask_one_gets_it(void **state) {
	struct suite *suite = *state;
	struct asker askers[THREADS];
	for (uint8_t code = 1; code <= 5; code++) {
		struct hash hash = hash_of(code);
		size_t found = 0;
		put_code(suite, code, NOW + 1000);
		askers_init(askers, THREADS, suite);
		for (size_t i = 0; i < THREADS; i++) {
			askers[i].code = &hash;
		}
		suite_threads(THREADS, take_one, askers, sizeof *askers);
		assert_all_ok(askers, THREADS);
		for (size_t i = 0; i < THREADS; i++) {
			found += askers[i].found;
		}
		assert_int_equal(found, 1);
	}
}

/* --- tries ----------------------------------------------------------------------------------------------------------------------------------- */

static int64_t tried(const struct suite *suite, const char *who, int64_t window, int add_count) {
	struct err err = {0};
	int64_t count = -1;
	assert_ok(suite->db.ops->tries(suite->db.self, who, window, add_count, &count, &err));
	return count;
}

static void wrong_tries_are_counted_by_window(void **state) {
	struct suite *suite = *state;
	assert_int_equal(tried(suite, "10.0.0.1", 5, 0), 0);
	assert_int_equal(tried(suite, "10.0.0.1", 5, 1), 1);
	assert_int_equal(tried(suite, "10.0.0.1", 5, 3), 4);
	assert_int_equal(tried(suite, "10.0.0.2", 5, 1), 1);
	assert_int_equal(tried(suite, "10.0.0.1", 5, 0), 4);
	assert_int_equal(tried(suite, "10.0.0.1", 6, 0), 0);
	suite_restart(suite);
	assert_int_equal(tried(suite, "10.0.0.1", 5, 0), 4);
	assert_int_equal(tried(suite, "10.0.0.2", 6, 1), 1);
	assert_int_equal(tried(suite, "10.0.0.1", 5, 0), 4);
	assert_int_equal(tried(suite, "10.0.0.2", 7, 1), 1);
	assert_int_equal(tried(suite, "10.0.0.1", 5, 0), 0); /* forgotten */
}

static void *count_one(void *context) {
	struct asker *a = context;
	a->ok = a->db->ops->tries(a->db->self, "same", 5, 1, &a->count, &a->err);
	return NULL;
}

/* Who is told 1 is the first, whom others may go by (hub/enrolment.c). */
static void of_many_who_count_at_once_one_is_first(void **state) {
	struct suite *suite = *state;
	struct asker askers[THREADS];
	askers_init(askers, THREADS, suite);
	suite_threads(THREADS, count_one, askers, sizeof *askers);
	assert_all_ok(askers, THREADS);
	bool told[THREADS + 1] = {false};
	for (size_t i = 0; i < THREADS; i++) {
		assert_true(askers[i].count >= 1 && askers[i].count <= THREADS && !told[askers[i].count]);
		told[askers[i].count] = true;
	}
}

static void *try_one(void *context) {
	struct asker *a = context;
	a->ok = true;
	for (int i = 0; a->ok && i < 10; i++) {
		a->ok = a->db->ops->tries(a->db->self, a->number % 2 ? "odd" : "even", 5, 1, &a->count, &a->err);
	}
	return NULL;
}

static void no_try_is_lost_among_many(void **state) {
	struct suite *suite = *state;
	struct asker askers[THREADS];
	askers_init(askers, THREADS, suite);
	suite_threads(THREADS, try_one, askers, sizeof *askers);
	assert_all_ok(askers, THREADS);
	assert_int_equal(tried(suite, "odd", 5, 0), THREADS / 2 * 10);
	assert_int_equal(tried(suite, "even", 5, 0), THREADS / 2 * 10);
}

/* --- each store's own ------------------------------------------------------------------------------------------------------------------------ */

static void a_folder_has_one_hub(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct hub_db second;
	if (suite->on == SUITE_FOLDER) {
		assert_false(suite_open_db(suite, &second, &err));
		assert_int_equal(err.kind, ERR_BUSY);
		assert_holds(err.text, "turnout-hub");
	} else {
		assert_ok(suite_open_db(suite, &second, &err)); /* PostgreSQL has as many as one likes */
		second.ops->close(second.self);
	}
}

static void what_is_no_hubs_database_is_left_alone(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct hub_db second;
	char *folder = scratch_path(suite->scratch, "other");
	char *path = file_join(folder, "hub.sqlite");
	assert_ok(file_mkdirs(folder, &err));
	struct db *db = db_open(path, DB_CREATE, &err);
	assert_ok(db != NULL && db_exec(db, "PRAGMA application_id=7; CREATE TABLE theirs (x)", &err));
	db_close(db);
	assert_false(hub_db_files_open(folder, NULL, &second, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM sqlite_schema"), 1);
	free(path);
	free(folder);
}

static char *event_path(const struct suite *suite, const struct store_origin *origin) {
	char hex[17];
	str_hex(origin->event.b, 8, hex);
	return xasprintf("%s/%s.turnout", suite->place, hex);
}

/* Somebody's backup held it, a disk was slow to come: that is no reason to tell stations that their event is not here. */
static void a_file_that_cannot_be_read_now_is_met_again(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct hub_loan loan;
	struct store_origin origin = origin_of(7);
	assert_ok(add(suite, &origin, &err));
	char *path = event_path(suite, &origin);
	char *aside = xasprintf("%s.aside", path);
	suite->db.ops->close(suite->db.self);
	suite->db = (struct hub_db){.ops = NULL};
	assert_int_equal(rename(path, aside), 0);
	assert_ok(file_write(path, "not now", 7, &err));
	assert_ok(suite_open_db(suite, &suite->db, &err));
	assert_false(suite->db.ops->lend(suite->db.self, &origin.event, &loan, &err));
	assert_int_not_equal(err.kind, ERR_NOT_FOUND);
	assert_false(add(suite, &origin, &err));
	assert_int_equal(rename(aside, path), 0);
	assert_holds_origin(suite, &origin);
	assert_ok(add(suite, &origin, &err));
	/* One whose name only begins alike is another event's. */
	struct store_origin other = origin;
	other.event.b[31] ^= 1;
	assert_false(suite->db.ops->lend(suite->db.self, &other.event, &loan, &err));
	assert_false(add(suite, &other, &err));
	assert_holds_origin(suite, &origin);
	free(aside);
	free(path);
}

/* A hub that was replaced by a newer one goes on with the files that are there. */
static void files_of_an_older_hub_are_brought_up_to_date(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct store_origin origin = origin_of(7);
	assert_ok(add(suite, &origin, &err));
	char *path = event_path(suite, &origin);
	suite->db.ops->close(suite->db.self);
	suite->db = (struct hub_db){.ops = NULL};
	event_sample_sql(path, "UPDATE meta SET value = x'01' WHERE key = 'view_version'");
	assert_null(store_open(path, STORE_READ, "test", &err));
	assert_int_equal(err.kind, ERR_VERSION);
	err = (struct err){0};
	assert_ok(suite_open_db(suite, &suite->db, &err));
	assert_holds_origin(suite, &origin);
	free(path);
}

/* What another process could lock while the hub has the file open: nothing that SQLite holds. */
static bool another_could_lock(const char *path) {
	pid_t child = fork();
	int status = 0;
	if (child == 0) { /* a process's own locks are never in its way */
		struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000000, .l_len = 512};
		int fd = open(path, O_RDWR);
		_exit(fd < 0 || fcntl(fd, F_GETLK, &all) != 0 ? 2 : all.l_type == F_UNLCK);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
	return WEXITSTATUS(status) == 1;
}

/* SQLite's locks are the process's: whoever closes a descriptor of the file drops them (POSIX). */
static void counting_leaves_sqlites_locks(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct store_origin origin = origin_of(7);
	assert_ok(add(suite, &origin, &err));
	assert_holds_origin(suite, &origin);
	char *path = event_path(suite, &origin);
	assert_false(another_could_lock(path));
	assert_int_equal(suite_figures(suite).records, 0);
	assert_false(another_could_lock(path));
	free(path);
}

static void *open_one(void *context) {
	struct asker *a = context;
	struct hub_db db;
	a->ok = suite_open_db(a->suite, &db, &a->err);
	if (a->ok) {
		a->ok = db.ops->ping(db.self, &a->err);
		db.ops->close(db.self);
	}
	return NULL;
}

static void run_sql(const struct suite *suite, const char *sql) {
	struct err err = {0};
	struct pg *pg = NULL;
	assert_ok(pg_open(suite->place, &pg, &err) && pg_exec(pg, sql, &err));
	pg_close(pg);
}

/* As a standby is, and a server whose disk its administrator wants to save. It answers SELECT 1 all the same. */
static void a_server_that_only_reads_does_not_answer(void **state) {
	struct suite *suite = *state;
	assert_true(answers(suite));
	run_sql(suite, "ALTER SYSTEM SET default_transaction_read_only = on");
	run_sql(suite, "SELECT pg_reload_conf()");
	bool read_only = false;
	for (int i = 0; !read_only && i < NET_LIMIT_MS / 10; i++) {
		clock_sleep_ms(10);
		read_only = !answers(suite);
	}
	run_sql(suite, "ALTER SYSTEM RESET default_transaction_read_only");
	run_sql(suite, "SELECT pg_reload_conf()");
	assert_true(read_only);
	bool ok = false;
	for (int i = 0; !ok && i < NET_LIMIT_MS / 10; i++) {
		clock_sleep_ms(10);
		ok = answers(suite);
	}
	assert_true(ok);
}

static void hubs_that_start_at_once_make_the_tables_once(void **state) {
	struct suite *suite = *state;
	struct asker askers[THREADS];
	suite->db.ops->close(suite->db.self);
	suite->db = (struct hub_db){.ops = NULL};
	run_sql(suite, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
	askers_init(askers, THREADS, suite);
	suite_threads(THREADS, open_one, askers, sizeof *askers);
	assert_all_ok(askers, THREADS);
}

static void tables_of_a_newer_hub_are_left_alone(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct hub_db second;
	run_sql(suite, "INSERT INTO hub_schema VALUES (99)");
	assert_false(suite_open_db(suite, &second, &err));
	assert_int_equal(err.kind, ERR_VERSION);
	assert_holds(err.text, "newer");
}

/* It takes the connection and says nothing, as one behind a broken firewall does. */
static void a_server_that_says_nothing_is_given_up(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct hub_db db;
	struct net_fake silent = {.says = NULL};
	(void)suite;
	net_fake_open(&silent);
	char *url = xasprintf("postgresql://nobody@127.0.0.1:%u/none", (unsigned)silent.port);
	assert_false(hub_db_pg_open(url, 1, NULL, &db, &err));
	assert_int_equal(err.kind, ERR_SYSTEM);
	assert_holds(err.text, "timeout");
	net_fake_close(&silent);
	free(url);
}

int main(void) {
	static const struct CMUnitTest both[] = {
		SUITE_TEST(it_answers),
		SUITE_TEST(the_first_claim_wins),
		SUITE_TEST(an_event_is_added_once),
		SUITE_TEST(the_same_event_with_other_keys_is_refused),
		SUITE_TEST(the_invitation_is_the_newest_that_was_told),
		SUITE_TEST(many_add_the_same_event),
		SUITE_TEST(an_unknown_event_is_not_lent),
		SUITE_TEST(figures_come_in_the_order_of_ids),
		SUITE_TEST(a_code_is_good_once),
		SUITE_TEST(a_code_that_is_looked_up_stays_good),
		SUITE_TEST(a_code_grows_old),
		SUITE_TEST(of_many_who_ask_one_gets_it),
		SUITE_TEST(wrong_tries_are_counted_by_window),
		SUITE_TEST(no_try_is_lost_among_many),
		SUITE_TEST(of_many_who_count_at_once_one_is_first),
		SUITE_TEST(a_folder_has_one_hub),
	};
	static const struct CMUnitTest folder[] = {
		SUITE_TEST(what_is_no_hubs_database_is_left_alone),          SUITE_TEST(a_file_that_cannot_be_read_now_is_met_again),
		SUITE_TEST(files_of_an_older_hub_are_brought_up_to_date),    SUITE_TEST(counting_leaves_sqlites_locks),
		SUITE_TEST(a_folder_that_cannot_be_written_does_not_answer),
	};
	static const struct CMUnitTest pg[] = {
		SUITE_TEST(hubs_that_start_at_once_make_the_tables_once),
		SUITE_TEST(tables_of_a_newer_hub_are_left_alone),
		SUITE_TEST(a_server_that_says_nothing_is_given_up),
		SUITE_TEST(a_server_that_only_reads_does_not_answer),
	};
	const struct suite_tests suites[] = {
		{"a hub's own", both, COUNT_OF(both), SUITE_BOTH},
		{"a hub's folder", folder, COUNT_OF(folder), SUITE_FOLDER},
		{"a hub's tables", pg, COUNT_OF(pg), SUITE_PG},
	};
	return suite_run(suites, COUNT_OF(suites));
}
