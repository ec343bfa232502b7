/* The store thread erases personal data by itself when the organiser's days are over, and not before. The machine's clocks are this test's own: the two system
 * calls that base/clock.c makes are defined here. */
#include "kiosk/workers/desk_worker.h"

#include "lib/event_sample.h"
#include "lib/meet.h"
#include "lib/net.h"
#include "lib/testing.h"

#include <stdatomic.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "store/log/ends.h"
#include "store/log/share.h"
#include "store/read/people.h"
#include "store/read/settings.h"
#include "store/store.h"
#include "store/write/sign.h"

#undef clock_gettime /* it is given another meaning here */

#define MINUTE INT64_C(60000)
#define DAY (24 * 60 * MINUTE)
#define NAME "Олександрина Прикладенко"

static struct {
	_Atomic int64_t utc_ms;   /* the wall clock stands still */
	_Atomic int64_t ahead_ms; /* of the boot clock against the kernel's */
	atomic_bool synchronised;
} machine;

int clock_gettime(clockid_t id, struct timespec *ts);
int clock_gettime(clockid_t id, struct timespec *ts) {
	int rc = (int)syscall(SYS_clock_gettime, id, ts);
	if (id == CLOCK_REALTIME) {
		ts->tv_sec = machine.utc_ms / 1000;
	} else if (id == CLOCK_BOOTTIME) {
		ts->tv_sec += machine.ahead_ms / 1000;
	}
	return rc;
}

int adjtimex(struct timex *state) {
	state->status = machine.synchronised ? 0 : STA_UNSYNC;
	return machine.synchronised ? TIME_OK : TIME_ERROR;
}

/* A box with an event of 1 June 2026 that is kept ten days, which has sent all: on 30 June. */
struct box {
	char *path;
	struct desk_worker *desk;
	struct channel *line;
};

static void put(struct store *store, const char *key, const char *value) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) && setting_put(store, key, value, &err) && store_commit(store, &err));
}

static void box_make(struct box *b, const struct scratch *s) {
	struct err err = {0};
	struct person person = {0};
	bool begun;
	machine.utc_ms = tz_days(2026, 6, 30) * DAY;
	machine.ahead_ms = 0;
	machine.synchronised = false;
	*b = (struct box){.path = scratch_path(s, "box.turnout")};
	event_sample_device(s, 1);
	struct store *organiser = scratch_event(s, "organiser.turnout");
	put(organiser, "timezone", "UTC");
	put(organiser, "dates", "2026-06-01");
	put(organiser, "erase_after", "10d");
	person_set(&person, PERSON_NAME, NAME);
	person_set(&person, PERSON_CODE, "CODE-A");
	assert_ok(store_begin(organiser, &err));
	assert_ok(person_edit(organiser, &(struct person_edit){.id = "0000000000000000000a", .set = &person, .fresh = true}, &err));
	assert_ok(store_commit(organiser, &err) && store_sign(organiser, &err) && store_copy(organiser, b->path, &err));
	person_fini(&person);
	store_close(organiser);
	event_sample_device(s, 2);
	struct store *store = event_sample_open(b->path);
	assert_ok(store_introduce(store, &begun, &err));
	meet_acknowledge_all(store);
	store_close(store);
}

static void box_start(struct box *b, const char *now) {
	struct err err = {0};
	struct desk_worker_options options = {.path = b->path, .point = "arrival", .now = now};
	assert_ok(desk_worker_open(&options, &b->desk, &err));
	b->line = desk_worker_channel(b->desk);
}

static void box_end(struct box *b) {
	desk_worker_close(b->desk);
	free(b->path);
}

static struct desk_message *next(struct box *b, enum desk_message_kind kind) {
	for (int waited = 0; waited < NET_LIMIT_MS; waited += 5) {
		struct desk_message *m = desk_worker_take(b->desk);
		if (m != NULL && m->kind == kind) {
			return m;
		}
		if (m == NULL) {
			clock_sleep_ms(5);
		} else if (m->kind == DESK_FAILED || m->kind == DESK_ERASED) {
			fail_msg("a message %d came instead: %s", m->kind, str_or_empty(m->text));
		}
		desk_message_free(m);
	}
	fail_msg("no such message came");
	return NULL;
}

/* What staff are told next. */
static enum retention_state told(struct box *b) {
	struct desk_message *m = next(b, DESK_COUNTED);
	enum retention_state state = m->retention.state;
	desk_message_free(m);
	return state;
}

static void assert_told_soon(struct box *b, enum retention_state wanted) {
	enum retention_state state = told(b);
	for (int i = 0; state != wanted && i < 5; i++) {
		state = told(b);
	}
	assert_int_equal(state, wanted);
}

static bool holds_name(const char *path) {
	struct strbuf data = {0};
	struct err err = {0};
	bool holds = file_exists(path) && file_read(path, (size_t)64 << 20, &data, &err) && data.len > 0 &&
		     memmem(data.data, data.len, "Прикладенко", strlen("Прикладенко")) != NULL;
	strbuf_fini(&data);
	return holds;
}

/* The file is closed a moment after it was erased; what is left of it, in its log as well. */
static void assert_erased(struct box *b) {
	struct err err = {0};
	struct store *store = NULL;
	struct desk_message *m = next(b, DESK_ERASED);
	assert_int_equal(m->retention.state, RETENTION_ERASED);
	assert_int_equal(m->retention.day, tz_days(2026, 6, 30));
	assert_true(m->event->erases);
	desk_message_free(m);
	for (int waited = 0; store == NULL && waited < NET_LIMIT_MS; waited += 50) {
		err = (struct err){0};
		store = store_open(b->path, STORE_WRITE, "test", &err);
		clock_sleep_ms(store == NULL ? 50 : 0);
	}
	assert_ok(store != NULL);
	assert_true(store_is_purged(store));
	store_close(store);
	char *log = xasprintf("%s-wal", b->path);
	assert_false(holds_name(b->path) || holds_name(log));
	free(log);
	assert_int_equal(event_sample_number(b->path, "SELECT count(*) FROM view_person"), 0);
}

static void assert_kept(struct box *b) {
	desk_worker_close(b->desk);
	b->desk = NULL;
	struct store *store = event_sample_open(b->path);
	assert_false(store_is_purged(store));
	store_close(store);
	assert_int_equal(event_sample_number(b->path, "SELECT count(*) FROM view_person"), 1);
}

static void it_is_erased_when_it_is_opened(void **state) {
	struct box b;
	box_make(&b, *state);
	assert_true(holds_name(b.path));
	machine.synchronised = true;
	box_start(&b, NULL);
	assert_int_equal(told(&b), RETENTION_DUE);
	assert_erased(&b);
	assert_true(desk_worker_scan(b.desk, "CODE-A", 6, "camera", 0));
	struct desk_message *m = next(&b, DESK_ANSWERED);
	assert_false(m->kept || m->recorded);
	desk_message_free(m);
	assert_true(desk_worker_help(b.desk) && desk_worker_set_clock(b.desk, (struct utc_ms){1}, false));
	struct err err = {0};
	assert_false(channel_sign(b.line, &err)); /* who exchanges is told that it is away */
	assert_int_equal(err.kind, ERR_BUSY);
	box_end(&b);
}

static void not_before_the_day(void **state) {
	struct box b;
	box_make(&b, *state);
	machine.synchronised = true;
	machine.utc_ms = tz_days(2026, 6, 12) * DAY - 1000;
	box_start(&b, NULL);
	struct desk_message *m = next(&b, DESK_COUNTED);
	assert_int_equal(m->retention.state, RETENTION_WAITS);
	assert_int_equal(m->retention.day, tz_days(2026, 6, 12));
	desk_message_free(m);
	assert_kept(&b);
	box_end(&b);
}

static void a_clock_that_staff_set_erases_nothing(void **state) {
	struct box b;
	box_make(&b, *state);
	box_start(&b, NULL);
	assert_int_equal(told(&b), RETENTION_UNVOUCHED);
	assert_true(desk_worker_set_clock(b.desk, (struct utc_ms){tz_days(2099, 1, 1) * DAY}, false));
	assert_told_soon(&b, RETENTION_UNVOUCHED);
	assert_kept(&b);
	machine.synchronised = true;
	box_start(&b, "2026-06-30T12:00"); /* nor one that was forced, whatever the machine's says */
	assert_told_soon(&b, RETENTION_UNVOUCHED);
	machine.ahead_ms = 120 * MINUTE;
	assert_told_soon(&b, RETENTION_UNVOUCHED);
	assert_kept(&b);
	box_end(&b);
}

/* A box that runs on: nobody does anything at it, and within an hour it looks. */
static void it_is_looked_at_every_hour(void **state) {
	struct box b;
	box_make(&b, *state);
	box_start(&b, NULL);
	assert_int_equal(told(&b), RETENTION_UNVOUCHED);
	machine.synchronised = true;
	machine.ahead_ms = 61 * MINUTE;
	assert_int_equal(told(&b), RETENTION_DUE);
	assert_erased(&b);
	box_end(&b);
}

static void acknowledge(struct box *b) {
	struct err err = {0};
	struct heads heads;
	assert_ok(channel_sign(b->line, &err));
	struct store *store = store_open(b->path, STORE_READ, "test", &err);
	assert_ok(store != NULL && store_heads(store, &heads, &err));
	store_close(store);
	struct ack *acks = xcalloc(heads.count, sizeof *acks);
	for (size_t i = 0; i < heads.count; i++) {
		acks[i] = (struct ack){.chain = heads.items[i].chain, .keeper = {{1}}, .seq = heads.items[i].seq, .at = {1}};
	}
	assert_ok(channel_acknowledge(b->line, acks, heads.count, &err));
	free(acks);
	heads_fini(&heads);
}

/* The hub tells the time, which is a record of this box's own, and has that too in the next round. */
static void once_a_hub_told_the_time_and_has_all(void **state) {
	struct box b;
	struct err err = {0};
	box_make(&b, *state);
	machine.utc_ms = 5000; /* the box came out of its drawer without a time */
	box_start(&b, NULL);
	assert_int_equal(told(&b), RETENTION_WAITS);
	assert_true(desk_worker_scan(b.desk, "CODE-A", 6, "camera", 0));
	desk_message_free(next(&b, DESK_ANSWERED));
	assert_ok(channel_anchor(b.line, tz_days(2026, 6, 30) * DAY - clock_mono().v, &err));
	struct desk_message *m = next(&b, DESK_COUNTED);
	assert_int_equal(m->retention.state, RETENTION_UNSENT);
	assert_true(m->news); /* so that the next round is made at once */
	desk_message_free(m);
	acknowledge(&b);
	assert_told_soon(&b, RETENTION_DUE);
	assert_erased(&b);
	box_end(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(it_is_erased_when_it_is_opened),        TEST(not_before_the_day),
		TEST(a_clock_that_staff_set_erases_nothing), TEST(it_is_looked_at_every_hour),
		TEST(once_a_hub_told_the_time_and_has_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
