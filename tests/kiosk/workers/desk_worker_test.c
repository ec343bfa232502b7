/* The store thread: scans, and what the threads of the exchange have it do over their lines. The organiser's copy is the test's own. */
#include "kiosk/workers/desk_worker.h"

#include "lib/event_sample.h"
#include "lib/net.h"
#include "lib/testing.h"

#include <pthread.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "kiosk/workers/channel_replica.h"
#include "store/read/announcements.h"
#include "store/read/audit.h"
#include "store/read/checkins.h"
#include "store/read/form.h"
#include "store/read/people.h"
#include "store/read/points.h"
#include "store/read/sessions.h"
#include "store/read/settings.h"
#include "store/read/staff.h"
#include "store/write/enrolment.h"
#include "store/write/purge.h"
#include "store/write/sign.h"
#include "sync/exchange.h"
#include "sync/replica_store.h"
#include "sync/respond.h"
#include "sync/stick.h"

struct box {
	const struct scratch *scratch;
	char *path;
	struct store *organiser;
	struct desk_worker *desk;
	struct channel *line;
	struct channel_replica *own;
	struct replica here, there;
	struct exchange *exchange;
};

static struct desk_message *next(struct box *b, enum desk_message_kind kind) {
	for (int waited = 0; waited < NET_LIMIT_MS; waited += 5) {
		struct desk_message *m = desk_worker_take(b->desk);
		if (m != NULL && m->kind == kind) {
			return m;
		}
		if (m == NULL) {
			clock_sleep_ms(5);
		} else if (m->kind == DESK_FAILED) {
			fail_msg("the store thread failed: %s", m->text);
		}
		desk_message_free(m);
	}
	fail_msg("no such message came");
	return NULL;
}

static void drop(struct box *b, enum desk_message_kind kind) { desk_message_free(next(b, kind)); }

static void change(struct store *store, const char *key, const char *value) {
	struct err err = {0};
	assert_ok(store_begin(store, &err));
	assert_ok(setting_put(store, key, value, &err));
	assert_ok(store_commit(store, &err));
}

static void desk_start(struct box *b) {
	struct err err = {0};
	struct desk_worker_options options = {.path = b->path, .point = "arrival"};
	assert_ok(desk_worker_open(&options, &b->desk, &err));
}

/* The organiser's file, and a copy that a kiosk works with. */
static struct box *box_open(const struct scratch *s) {
	struct box *b = xcalloc(1, sizeof *b);
	struct err err = {0};
	struct person olena = {0};
	b->scratch = s;
	event_sample_device(s, 1);
	b->organiser = scratch_event(s, "organiser.turnout");
	person_set(&olena, PERSON_NAME, "Олена");
	person_set(&olena, PERSON_CODE, "CODE-A");
	assert_ok(store_begin(b->organiser, &err));
	assert_ok(person_edit(b->organiser, &(struct person_edit){.id = "0000000000000000000a", .set = &olena, .fresh = true}, &err));
	assert_ok(store_commit(b->organiser, &err));
	person_fini(&olena);
	b->path = scratch_path(s, "box.turnout");
	assert_ok(store_copy(b->organiser, b->path, &err));
	assert_ok(replica_of_store(b->organiser, &b->there, &err));
	event_sample_device(s, 2);
	return b;
}

static void box_start(struct box *b) {
	struct err err = {0};
	desk_start(b);
	drop(b, DESK_LOADED);
	drop(b, DESK_COUNTED);
	b->line = desk_worker_channel(b->desk);
	b->own = channel_replica_open(b->path, b->line);
	struct replica_source source = channel_replica_source(b->own);
	assert_ok(source.open(source.context, &b->here, &err));
	b->exchange = exchange_open(&b->here);
}

static void box_close(struct box *b) {
	exchange_close(b->exchange);
	if (b->own != NULL) {
		struct replica_source source = channel_replica_source(b->own);
		source.close(source.context, &b->here);
	}
	channel_replica_close(b->own);
	desk_worker_close(b->desk);
	replica_fini(&b->there);
	store_close(b->organiser);
	free(b->path);
	free(b);
}

/* A round with the organiser, the kiosk asking. */
static void exchange(struct box *b, struct exchange_report *report) {
	struct err err = {0};
	exchange_begin(b->exchange, true);
	for (;;) {
		struct strbuf request = {0}, answer = {0};
		struct respond_note note;
		assert_ok(exchange_request(b->exchange, &request, &err));
		bool done = exchange_state(b->exchange) == EXCHANGE_DONE;
		if (!done) {
			assert_ok(respond(&b->there, (struct octets){request.data, request.len}, &answer, &note, &err));
			assert_ok(exchange_answer(b->exchange, (struct octets){answer.data, answer.len}, &err));
		}
		strbuf_fini(&request);
		strbuf_fini(&answer);
		if (done) {
			break;
		}
	}
	exchange_report(b->exchange, report);
}

static struct desk_message *scan(struct box *b, const char *code) {
	assert_true(desk_worker_scan(b->desk, code, strlen(code), "camera", 1));
	return next(b, DESK_ANSWERED);
}

static void expect_scan(struct box *b, const char *code, enum outcome outcome) {
	struct desk_message *m = scan(b, code);
	assert_true(m->kept);
	assert_int_equal(m->outcome, outcome);
	desk_message_free(m);
}

static void same_files(struct box *b) {
	struct err err = {0};
	struct hash here, there;
	struct store *reader = store_open(b->path, STORE_READ, "test", &err);
	assert_ok(reader != NULL);
	assert_ok(audit_digest(reader, &here, &err) && audit_digest(b->organiser, &there, &err));
	assert_true(crypto_hash_eq(&here, &there));
	store_close(reader);
}

/* --- tests --------------------------------------------------------------------------------------------------------------------------- */

static void what_is_acknowledged_waits_no_longer(void **state) {
	struct box *b = box_open(*state);
	struct exchange_report report;
	box_start(b);
	struct desk_message *m = scan(b, "CODE-A");
	assert_true(m->recorded && !m->outsider);
	assert_string_equal(m->name, "Олена");
	assert_int_equal(m->waiting, 1);
	assert_int_equal(m->standing, STATION_GOOD);
	desk_message_free(m);
	exchange(b, &report);
	assert_true(report.keeper);
	assert_true(report.acknowledged);
	assert_true(report.sent >= 2);
	m = next(b, DESK_COUNTED);
	assert_int_equal(m->saved, 1);
	assert_int_equal(m->waiting, 0);
	assert_true(m->acknowledged);
	desk_message_free(m);
	same_files(b);
	expect_scan(b, "CODE-A", OUTCOME_DUPLICATE);
	box_close(b);
}

static void somebody_elses_check_in_makes_a_duplicate_at_once(void **state) {
	struct box *b = box_open(*state);
	struct exchange_report report;
	struct err err = {0};
	struct checkin_draft draft = {.code = "CODE-A", .point = POINT_ARRIVAL, .shown = OUTCOME_ACCEPTED, .how = "camera"};
	box_start(b);
	expect_scan(b, "CODE-B", OUTCOME_UNKNOWN); /* so that what is in memory was read before */
	assert_ok(store_begin(b->organiser, &err));
	assert_ok(checkin_append(b->organiser, &draft, NULL, &err));
	assert_ok(store_commit(b->organiser, &err));
	exchange(b, &report);
	assert_true(report.received > 0);
	expect_scan(b, "CODE-A", OUTCOME_DUPLICATE);
	box_close(b);
}

static void what_the_organiser_changes_is_shown(void **state) {
	struct box *b = box_open(*state);
	struct exchange_report report;
	struct err err = {0};
	box_start(b);
	change(b->organiser, "title", "Інша назва");
	change(b->organiser, "hub", "http://192.0.2.1:8080");
	change(b->organiser, "staff_pin", "4711");
	change(b->organiser, "dates", "2001-01-01"); /* long ago: no badge is good today */
	exchange(b, &report);
	struct desk_message *m = next(b, DESK_LOADED);
	assert_string_equal(m->event->title, "Інша назва");
	assert_string_equal(m->event->hub, "http://192.0.2.1:8080");
	assert_string_equal(m->event->staff_pin, "4711");
	assert_true(crypto_hash_eq(&m->event_id, store_event(b->organiser)));
	desk_message_free(m);
	assert_true(desk_worker_set_clock(b->desk, clock_utc(), true)); /* staff vouch for it: dates count */
	expect_scan(b, "CODE-A", OUTCOME_WRONG_DAY);                    /* rules work too */
	struct person petro = {0};
	person_set(&petro, PERSON_NAME, "Петро");
	person_set(&petro, PERSON_CODE, "CODE-P");
	assert_ok(store_begin(b->organiser, &err));
	assert_ok(person_edit(b->organiser, &(struct person_edit){.id = "0000000000000000000b", .set = &petro, .fresh = true}, &err));
	assert_ok(setting_put(b->organiser, "dates", "", &err));
	assert_ok(store_commit(b->organiser, &err));
	person_fini(&petro);
	exchange(b, &report);
	m = scan(b, "CODE-P"); /* people are looked up: known before anything has settled */
	assert_string_equal(m->name, "Петро");
	desk_message_free(m);
	drop(b, DESK_LOADED);
	expect_scan(b, "CODE-A", OUTCOME_ACCEPTED);
	box_close(b);
}

/* Whoever works there, what is handed out, who may come in, and what stands on all screens: all of it is there without a restart. */
static void what_comes_for_staff_is_there(void **state) {
	struct box *b = box_open(*state);
	struct exchange_report report;
	struct err err = {0};
	const char *words = "{\"text\":\"Обід о 13:00\"}";
	struct json *text = json_parse(words, strlen(words), &err);
	box_start(b);
	assert_ok(store_begin(b->organiser, &err) && point_put(b->organiser, "lunch", "{\"name\":\"Обід\"}", &err) &&
		  store_commit(b->organiser, &err));
	exchange(b, &report);
	struct desk_message *m = next(b, DESK_LOADED);
	assert_int_equal(m->event->points.count, 1);
	desk_message_free(m);
	assert_ok(store_begin(b->organiser, &err) &&
		  staff_put(b->organiser, "olena", &(struct staff_change){.name = "Олена", .badge = "TO0STAFF"}, &err) &&
		  store_commit(b->organiser, &err));
	exchange(b, &report);
	m = next(b, DESK_LOADED);
	assert_non_null(staff_by_badge(&m->event->staff, "TO0STAFF"));
	desk_message_free(m);
	assert_ok(store_begin(b->organiser, &err) && announcement_append(b->organiser, &(struct announcement_draft){.words = text}, &err) &&
		  store_commit(b->organiser, &err) && store_sign(b->organiser, &err));
	exchange(b, &report);
	do {
		m = next(b, DESK_COUNTED);
		size_t shown = m->announcements.count;
		desk_message_free(m);
		if (shown == 1) {
			break;
		}
	} while (true); /* `next` fails when none comes */
	json_free(text);
	box_close(b);
}

static void a_wrong_run_changes_nothing(void **state) {
	struct box *b = box_open(*state);
	struct err err = {0};
	struct merge_result result;
	struct run_record record = {.kind = "checkin", .subject = "", .body = "{}"};
	struct run run = {.from = 1, .records = &record, .count = 1};
	box_start(b);
	expect_scan(b, "CODE-A", OUTCOME_ACCEPTED);
	assert_false(channel_merge(b->line, &run, &result, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_false(channel_prove(b->line, &run, "nothing", &err));
	assert_int_equal(err.kind, ERR_INPUT);
	expect_scan(b, "CODE-A", OUTCOME_DUPLICATE);
	box_close(b);
}

static void a_retired_box_signs_nobody_in(void **state) {
	struct box *b = box_open(*state);
	struct exchange_report report;
	struct err err = {0};
	struct desk_message *m;
	box_start(b);
	m = scan(b, "CODE-A");
	struct public_key key = b->here.signer.public_key;
	desk_message_free(m);
	exchange(b, &report);
	assert_ok(store_begin(b->organiser, &err));
	assert_ok(role_retire(b->organiser, &key, &err));
	assert_ok(store_commit(b->organiser, &err));
	/* The organiser speaks with it no more; a stick brings it. */
	struct stick_options stick = {.folder = b->scratch->folder};
	struct stick_report carried;
	assert_ok(stick_visit(&b->there, &stick, &carried, &err));
	assert_ok(stick_visit(&b->here, &stick, &carried, &err));
	assert_true(carried.read > 0);
	m = scan(b, "CODE-A");
	assert_false(m->kept);
	assert_int_equal(m->standing, STATION_RETIRED);
	assert_holds(m->text, "retired");
	desk_message_free(m);
	box_close(b);
}

/* Found a moment ago, erased since: that is no fault of the box, and is told as what it is. */
static void whoever_was_found_and_is_gone(void **state) {
	struct box *b = box_open(*state);
	box_start(b);
	assert_true(desk_worker_sign_in(b->desk, &(struct desk_sign_in){.person = "ffffffffffffffffffff", .how = "name"}));
	struct desk_message *m = next(b, DESK_ANSWERED);
	assert_true(m->gone);
	assert_false(m->kept || m->recorded);
	assert_int_equal(m->standing, STATION_GOOD);
	desk_message_free(m);
	assert_true(desk_worker_sign_in(b->desk, &(struct desk_sign_in){.person = "0000000000000000000a", .how = "name"}));
	m = next(b, DESK_ANSWERED);
	assert_true(m->kept && m->recorded && !m->gone);
	assert_string_equal(m->name, "Олена");
	desk_message_free(m);
	box_close(b);
}

/* What the organiser asks of those without a badge reaches a box that is running as what the agenda says does. */
static void a_form_that_comes_by_exchange(void **state) {
	struct box *b = box_open(*state);
	struct exchange_report report;
	struct err err = {0};
	box_start(b);
	assert_ok(store_begin(b->organiser, &err));
	assert_ok(form_field_put(b->organiser, "birth_year", "{\"required\":\"yes\"}", &err));
	assert_ok(store_commit(b->organiser, &err));
	exchange(b, &report);
	struct desk_message *m = next(b, DESK_LOADED);
	int at = form_find(&m->event->form, "birth_year");
	assert_true(at >= 0 && m->event->form.items[at].required);
	desk_message_free(m);
	box_close(b);
}

/* The screen has to know that it is the form's answer: it keeps what was filled in. */
static void a_form_that_cannot_be_saved(void **state) {
	struct box *b = box_open(*state);
	struct visitor *visitor = visitor_new();
	box_start(b);
	visitor->set = xstrdup("{\"name\":\"\"}"); /* nobody comes onto the list without a name */
	assert_true(desk_worker_visitor(b->desk, visitor));
	struct desk_message *m = next(b, DESK_ANSWERED);
	assert_true(m->walk_in);
	assert_false(m->kept || m->recorded);
	desk_message_free(m);
	visitor = visitor_new();
	visitor->number = 7;
	visitor->set = xstrdup("{\"name\":\"Ія\",\"birth_year\":\"2010\"}");
	assert_true(desk_worker_visitor(b->desk, visitor));
	m = next(b, DESK_ANSWERED);
	assert_true(m->walk_in && m->kept);
	assert_int_equal(m->number, 7);
	desk_message_free(m);
	m = scan(b, "CODE-A");
	assert_false(m->walk_in);
	desk_message_free(m);
	box_close(b);
}

static struct visitor *somebody_new(uint64_t number, const char *set) {
	struct visitor *visitor = visitor_new();
	visitor->number = number;
	visitor->set = xstrdup(set);
	return visitor;
}

static int64_t people_called(const struct box *b, const char *name) {
	char *sql = xasprintf("SELECT count(*) FROM view_person WHERE name = '%s'", name);
	int64_t n = event_sample_number(b->path, sql);
	free(sql);
	return n;
}

/* The thread looks for its file after each request and every second: where it does between the two, nobody tries, and another time is needed. */
static struct desk_message *fill_in_as_it_goes(struct box *b, const char *aside, const char *set) {
	for (;;) {                   /* the test's time limit ends it otherwise */
		clock_sleep_ms(100); /* what is after the request before is over */
		assert_int_equal(rename(b->path, aside), 0);
		assert_true(desk_worker_visitor(b->desk, somebody_new(1, set)));
		struct desk_message *m = next(b, DESK_ANSWERED);
		if (m->unsure) {
			return m;
		}
		assert_false(m->kept);
		desk_message_free(m);
		assert_int_equal(rename(aside, b->path), 0);
		drop(b, DESK_LOADED);
	}
}

/* Moved a moment before, which nobody has noticed: it is written to what was moved. Whoever tries again would be there twice. */
static void a_form_that_comes_as_the_file_goes(void **state) {
	struct box *b = box_open(*state);
	char *aside = scratch_path(*state, "aside.turnout");
	box_start(b);
	struct desk_message *m = fill_in_as_it_goes(b, aside, "{\"name\":\"Ія\"}");
	assert_true(m->walk_in);
	assert_false(m->kept);
	assert_int_equal(m->number, 1);
	desk_message_free(m);
	assert_true(desk_worker_visitor(b->desk, somebody_new(2, "{\"name\":\"Ясна\"}"))); /* nobody tries that */
	m = next(b, DESK_ANSWERED);
	assert_true(m->walk_in);
	assert_false(m->kept || m->unsure);
	assert_int_equal(m->number, 2);
	desk_message_free(m);
	assert_int_equal(rename(aside, b->path), 0);
	drop(b, DESK_LOADED);
	assert_int_equal(people_called(b, "Ія"), 1);
	assert_int_equal(people_called(b, "Ясна"), 0);
	free(aside);
	box_close(b);
}

static void a_box_that_its_keeper_refuses_signs_nobody_in(void **state) {
	struct box *b = box_open(*state);
	struct strbuf request = {0}, answer = {0};
	struct respond_note note;
	struct exchange_report report;
	struct err err = {0};
	box_start(b);
	desk_message_free(scan(b, "CODE-A"));
	exchange(b, &report);
	assert_ok(store_begin(b->organiser, &err));
	assert_ok(role_retire(b->organiser, &b->here.signer.public_key, &err));
	assert_ok(store_commit(b->organiser, &err));
	exchange_begin(b->exchange, true);
	assert_ok(exchange_request(b->exchange, &request, &err));
	assert_ok(respond(&b->there, (struct octets){request.data, request.len}, &answer, &note, &err));
	assert_false(exchange_answer(b->exchange, (struct octets){answer.data, answer.len}, &err));
	struct desk_message *m = scan(b, "CODE-A");
	assert_false(m->kept);
	assert_int_equal(m->standing, STATION_RETIRED);
	desk_message_free(m);
	strbuf_fini(&request);
	strbuf_fini(&answer);
	box_close(b);
}

/* However often visitors call meanwhile, the clock that staff set is not pushed out. */
static void what_is_wanted_while_the_file_is_away(void **state) {
	struct box *b = box_open(*state);
	char *aside = scratch_path(*state, "aside.turnout");
	bool set = false, called = false;
	box_start(b);
	assert_int_equal(rename(b->path, aside), 0);
	struct desk_message *m = scan(b, "CODE-A");
	assert_false(m->kept);
	desk_message_free(m);
	m = scan(b, "CODE-A"); /* it looked after the first one at the latest */
	assert_int_equal(m->standing, STATION_LOST);
	desk_message_free(m);
	assert_true(desk_worker_set_clock(b->desk, (struct utc_ms){1778742000000}, true));
	for (int i = 0; i < 20; i++) {
		assert_true(desk_worker_help(b->desk));
	}
	assert_int_equal(rename(aside, b->path), 0);
	while (!set || !called) { /* the test's time limit ends it otherwise */
		m = desk_worker_take(b->desk);
		if (m == NULL) {
			clock_sleep_ms(5);
			continue;
		}
		set = set || (m->kind == DESK_COUNTED && m->clock.forced);
		called = called || (m->kind == DESK_COUNTED && m->helps.open == 1);
		desk_message_free(m);
	}
	free(aside);
	box_close(b);
}

static void a_box_that_came_after_the_close_says_so(void **state) {
	struct box *b = box_open(*state);
	struct exchange_report report;
	struct err err = {0};
	size_t kept;
	box_start(b);
	assert_ok(store_begin(b->organiser, &err));
	assert_ok(invitation_close(b->organiser, &kept, &err));
	assert_ok(store_commit(b->organiser, &err));
	/* A neighbour carries the close: to the organiser this box is no member, and takes nothing from it. */
	struct exchange *x = exchange_open(&b->there);
	struct strbuf request = {0}, answer = {0};
	struct respond_note note;
	for (int i = 0; i < 4; i++) {
		strbuf_reset(&request);
		strbuf_reset(&answer);
		if (!exchange_request(x, &request, &err) || exchange_state(x) == EXCHANGE_DONE ||
		    !respond(&b->here, (struct octets){request.data, request.len}, &answer, &note, &err) ||
		    !exchange_answer(x, (struct octets){answer.data, answer.len}, &err)) {
			break;
		}
	}
	exchange_close(x);
	strbuf_fini(&request);
	strbuf_fini(&answer);
	struct desk_message *m = scan(b, "CODE-A");
	assert_true(m->kept && m->recorded && m->outsider);
	assert_int_equal(m->standing, STATION_OUTSIDER);
	desk_message_free(m);
	assert_ok(store_begin(b->organiser, &err));
	assert_ok(role_give(b->organiser, &b->here.signer.public_key, "station", "Вхід А", &err));
	assert_ok(store_commit(b->organiser, &err));
	exchange(b, &report);
	do {
		m = next(b, DESK_COUNTED);
		desk_message_free(m == NULL || m->standing == STATION_GOOD ? NULL : m);
	} while (m->standing != STATION_GOOD);
	assert_string_equal(m->station_name, "Вхід А");
	desk_message_free(m);
	box_close(b);
}

static void a_purged_file_signs_nobody_in(void **state) {
	struct box *b = box_open(*state);
	struct exchange_report report;
	struct err err = {0};
	struct store *store = event_sample_open(b->path);
	struct replica box;
	assert_ok(replica_of_store(store, &box, &err));
	b->exchange = exchange_open(&box);
	exchange(b, &report);
	exchange_close(b->exchange);
	b->exchange = NULL;
	replica_fini(&box);
	assert_ok(store_purge(store, &err));
	store_close(store);
	desk_start(b);
	struct desk_message *m = next(b, DESK_ERASED);
	assert_int_equal(m->retention.state, RETENTION_ERASED);
	assert_string_equal(m->event->title, "Test");
	assert_false(m->event->erases);
	desk_message_free(m);
	assert_true(desk_worker_scan(b->desk, "CODE-A", 6, "camera", 0));
	m = next(b, DESK_ANSWERED);
	assert_false(m->kept);
	assert_holds(m->text, "were erased");
	desk_message_free(m);
	box_close(b);
}

static void a_hubs_clock_is_taken_and_told(void **state) {
	struct box *b = box_open(*state);
	struct err err = {0};
	box_start(b);
	expect_scan(b, "CODE-A", OUTCOME_ACCEPTED);
	assert_true(desk_worker_set_clock(b->desk, (struct utc_ms){INT64_C(1800000000000)}, false));
	drop(b, DESK_COUNTED);
	int64_t ahead = INT64_C(1900000000000) - clock_mono().v;
	assert_ok(channel_anchor(b->line, ahead, &err));
	struct desk_message *m = next(b, DESK_COUNTED);
	bool machine_knows = clock_is_synchronised(); /* then its own clock counts more */
	assert_true(machine_knows || (m->clock.by_hub && m->clock.ahead_ms == ahead));
	assert_true(machine_knows || channel_now(b->line).v >= INT64_C(1900000000000));
	desk_message_free(m);
	box_close(b);
}

static void add_session(struct store *store, const char *id) {
	struct err err = {0};
	struct session s = {0};
	bool changed = false;
	session_set(&s, SESSION_TITLE, "Бджоли");
	s.uid = xstrdup(id);
	s.when = (struct session_when){.start = {INT64_C(1778743800000)},
				       .end = {INT64_C(1778746500000)},
				       .offset_min = 180,
				       .place_offset_min = 180,
				       .room = xstrdup("A")};
	assert_ok(store_begin(store, &err));
	assert_ok(session_edit(store, &(struct session_edit){.id = id, .s = &s}, &changed, &err));
	assert_ok(store_commit(store, &err));
	assert_true(changed);
	session_fini(&s);
}

static void a_box_goes_on_to_another_session(void **state) {
	static const char session[] = "00000000000000000abc";
	struct box *b = box_open(*state);
	struct exchange_report report;
	box_start(b);
	add_session(b->organiser, session);
	exchange(b, &report);
	struct desk_message *m = next(b, DESK_LOADED);
	assert_int_equal(m->event->point, -1);
	desk_message_free(m);
	assert_true(desk_worker_set_point(b->desk, session));
	m = next(b, DESK_LOADED);
	assert_string_equal(m->event->sessions.items[m->event->point].id, session);
	desk_message_free(m);
	/* One that is not there changes nothing: the next word after it is of the scan, which is that session's still. */
	assert_true(desk_worker_set_point(b->desk, "00000000000000000fff"));
	desk_message_free(scan(b, "CODE-A"));
	change(b->organiser, "title", "Інша назва");
	exchange(b, &report);
	m = next(b, DESK_LOADED);
	assert_string_equal(m->event->sessions.items[m->event->point].id, session); /* also when the event is read again */
	desk_message_free(m);
	box_close(b);
}

/* Staff put it there: after it was switched off it stands there again, unless it is started for another place. */
static void where_staff_put_it(void **state) {
	static const char session[] = "00000000000000000abc";
	struct box *b = box_open(*state);
	struct exchange_report report;
	struct err err = {0};
	box_start(b);
	add_session(b->organiser, session);
	exchange(b, &report);
	drop(b, DESK_LOADED);
	assert_true(desk_worker_set_point(b->desk, "exit:room:A"));
	struct desk_message *m = next(b, DESK_LOADED);
	assert_string_equal(m->event->stand_text, "exit:room:A");
	desk_message_free(m);
	desk_worker_close(b->desk);
	desk_start(b);
	m = next(b, DESK_LOADED);
	assert_true(m->event->leaves && m->event->stand == STAND_ROOM);
	desk_message_free(m);
	desk_worker_close(b->desk);
	struct desk_worker_options options = {.path = b->path, .point = session};
	assert_ok(desk_worker_open(&options, &b->desk, &err));
	m = next(b, DESK_LOADED);
	assert_string_equal(m->event->stand_text, session);
	desk_message_free(m);
	desk_worker_close(b->desk);
	b->desk = NULL;
	box_close(b);
}

static struct own_checkin last_of(struct box *b) {
	assert_true(desk_worker_own(b->desk, 7));
	struct desk_message *m = next(b, DESK_OWN);
	assert_int_equal(m->number, 7);
	assert_true(m->own_count > 0);
	struct own_checkin row = m->own[0];
	desk_message_free(m);
	return row;
}

static struct desk_message *do_deed(struct box *b, const struct deed *deed) {
	assert_true(desk_worker_deed(b->desk, deed));
	struct desk_message *m = next(b, DESK_DONE);
	assert_int_equal(m->number, deed->number);
	return m;
}

static void what_staff_do(void **state) {
	struct box *b = box_open(*state);
	box_start(b);
	desk_message_free(scan(b, "CODE-A"));
	struct own_checkin row = last_of(b);
	assert_string_equal(row.name, "Олена");
	assert_true(row.shown == OUTCOME_ACCEPTED && !row.undone);
	struct deed undo = {.kind = DEED_UNDO, .number = 3, .by = "olena", .log = row.log, .seq = row.seq};
	struct desk_message *m = do_deed(b, &undo);
	assert_true(m->kept);
	desk_message_free(m);
	assert_true(last_of(b).undone);
	undo.number = 4;
	m = do_deed(b, &undo); /* once is enough */
	assert_false(m->kept);
	assert_holds(m->text, "undone already");
	desk_message_free(m);
	m = scan(b, "CODE-A");
	assert_int_equal(m->outcome, OUTCOME_ACCEPTED); /* they are not in any more */
	desk_message_free(m);
	struct deed words = {.kind = DEED_ANNOUNCE, .number = 5, .by = "olena", .text = "Обід о 13:00"};
	desk_message_free(do_deed(b, &words));
	m = next(b, DESK_COUNTED);
	assert_int_equal(m->announcements.count, 1);
	assert_string_equal(announcement_words(&m->announcements.items[0], "uk"), "Обід о 13:00");
	struct deed down = {.kind = DEED_WITHDRAW, .number = 6, .log = m->announcements.items[0].log, .seq = m->announcements.items[0].seq};
	desk_message_free(m);
	desk_message_free(do_deed(b, &down));
	m = next(b, DESK_COUNTED);
	assert_int_equal(m->announcements.count, 0);
	desk_message_free(m);
	box_close(b);
}

/* Staff overrule what was said to somebody, by their name, with a reason. */
static void staff_let_somebody_in_although(void **state) {
	struct box *b = box_open(*state);
	box_start(b);
	struct exchange_report report;
	change(b->organiser, "dates", "2020-01-01");
	exchange(b, &report);
	drop(b, DESK_LOADED);
	struct desk_sign_in in = {.person = "0000000000000000000a", .how = "staff", .by = "olena", .although = "Домовлено"};
	assert_true(desk_worker_sign_in(b->desk, &in));
	struct desk_message *m = next(b, DESK_ANSWERED);
	assert_int_equal(m->outcome, OUTCOME_ACCEPTED);
	desk_message_free(m);
	box_close(b);
}

static void write_person(struct box *b, const char *set) {
	struct err err = {0};
	struct exchange_report report;
	assert_ok(store_begin(b->organiser, &err) &&
		  person_edit(b->organiser, &(struct person_edit){.id = "0000000000000000000a", .set_json = set}, &err) &&
		  store_commit(b->organiser, &err));
	exchange(b, &report);
}

/* The screen's words depend on it. */
static void why_somebody_is_not_let_in(void **state) {
	struct box *b = box_open(*state);
	struct err err = {0};
	struct session s = {.uid = xstrdup("w")};
	bool changed;
	session_set(&s, SESSION_TITLE, "Майстерня");
	session_set(&s, SESSION_LISTED, "yes");
	s.when = (struct session_when){.start = clock_utc(), .end = {clock_utc().v + 3600000}};
	box_start(b);
	write_person(b, "{\"registration\":\"pending\"}");
	struct desk_message *m = scan(b, "CODE-A");
	assert_int_equal(m->outcome, OUTCOME_NOT_EXPECTED);
	assert_int_equal(m->registration, REGISTRATION_PENDING);
	assert_false(m->not_listed);
	desk_message_free(m);
	assert_ok(store_begin(b->organiser, &err) &&
		  session_edit(b->organiser, &(struct session_edit){.id = "00000000000000000abc", .s = &s}, &changed, &err) &&
		  setting_put(b->organiser, "admission", "registered", &err) && store_commit(b->organiser, &err));
	session_fini(&s);
	write_person(b, "{\"registration\":\"confirmed\"}");
	m = next(b, DESK_LOADED);
	assert_true(m->event->registered);
	desk_message_free(m);
	assert_true(desk_worker_set_point(b->desk, "00000000000000000abc"));
	drop(b, DESK_LOADED);
	m = scan(b, "CODE-A");
	assert_int_equal(m->outcome, OUTCOME_NOT_EXPECTED);
	assert_true(m->not_listed);
	desk_message_free(m);
	box_close(b);
}

/* A call at this box is news at once; one that another box made comes with the exchange, and is closed here. */
static void calls_for_help_come_and_go(void **state) {
	struct box *b = box_open(*state);
	struct exchange_report report;
	struct err err = {0};
	box_start(b);
	assert_true(desk_worker_help(b->desk));
	struct desk_message *m = next(b, DESK_COUNTED);
	assert_true(m->news);
	assert_int_equal(m->helps.count, 1);
	struct public_key own = m->helps.items[0].station;
	desk_message_free(m);
	assert_true(desk_worker_help(b->desk)); /* the same visitor again */
	m = next(b, DESK_COUNTED);
	assert_false(m->news);
	assert_int_equal(m->helps.open, 1);
	desk_message_free(m);
	bool called = false;
	assert_ok(store_begin(b->organiser, &err));
	assert_ok(help_call(b->organiser, "arrival", &called, &err));
	assert_ok(store_commit(b->organiser, &err));
	exchange(b, &report);
	do {
		m = next(b, DESK_COUNTED);
		called = m->helps.open == 2;
		desk_message_free(called ? NULL : m);
	} while (!called);
	const struct help_call *other = &m->helps.items[crypto_key_eq(&m->helps.items[0].station, &own) ? 1 : 0];
	assert_false(crypto_key_eq(&other->station, &own));
	assert_true(desk_worker_helped(b->desk, &(struct help_close){&other->log, other->seq, "olena"}));
	desk_message_free(m);
	m = next(b, DESK_COUNTED);
	assert_true(m->news);
	assert_int_equal(m->helps.open, 1);
	assert_true(crypto_key_eq(&m->helps.items[0].station, &own));
	desk_message_free(m);
	assert_int_equal(event_sample_number(b->path, "SELECT count(*) FROM record WHERE kind = 'helped' AND body ->> '$.by' = 'olena'"),
			 1);
	box_close(b);
}

/* More than one transaction takes, and a change of the point between them: all in the order in which they came. */
static void a_crowd_is_answered_in_its_order(void **state) {
	enum { CROWD = 200 };
	struct box *b = box_open(*state);
	box_start(b);
	for (int i = 0; i < CROWD; i++) {
		const char *code = i % 2 == 0 ? "CODE-A" : "CODE-UNKNOWN"; /* of whom nothing is recorded */
		assert_true(desk_worker_scan(b->desk, code, strlen(code), "camera", i + 1));
		assert_true(i != CROWD / 2 || desk_worker_help(b->desk));
	}
	for (int i = 0; i < CROWD; i++) {
		struct desk_message *m = next(b, DESK_ANSWERED);
		assert_true(m->kept);
		assert_int_equal(m->taken_us, i + 1);
		assert_int_equal(m->outcome, i == 0 ? OUTCOME_ACCEPTED : i % 2 == 0 ? OUTCOME_DUPLICATE : OUTCOME_UNKNOWN);
		assert_int_equal(m->saved, i / 2 + 1);
		desk_message_free(m);
	}
	box_close(b);
}

struct asking {
	struct channel *line;
	bool ok;
	struct err err;
};

static bool swallow(void *context, struct channel_request *request) {
	struct mailbox *box = context;
	return mailbox_put(box, request);
}

static void *wait_for_ever(void *context) {
	struct asking *w = context;
	w->ok = channel_sign(w->line, &w->err);
	return NULL;
}

/* A store thread that never answers holds up nobody who closes. */
static void a_stopped_line_waits_for_nothing(void **state) {
	(void)state;
	struct mailbox *box = mailbox_open(4, NULL, NULL);
	struct asking w = {.line = channel_open(swallow, box)};
	pthread_t thread;
	assert_int_equal(pthread_create(&thread, NULL, wait_for_ever, &w), 0);
	struct channel_request *request = mailbox_take(box, -1); /* it has asked */
	channel_stop(w.line);
	pthread_join(thread, NULL);
	assert_false(w.ok);
	assert_int_equal(w.err.kind, ERR_BUSY);
	assert_false(channel_sign(w.line, &w.err)); /* nor later */
	channel_request_free(request);
	channel_close(w.line);
	mailbox_close(box, NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(what_is_acknowledged_waits_no_longer),
		TEST(somebody_elses_check_in_makes_a_duplicate_at_once),
		TEST(what_the_organiser_changes_is_shown),
		TEST(what_comes_for_staff_is_there),
		TEST(a_wrong_run_changes_nothing),
		TEST(a_retired_box_signs_nobody_in),
		TEST(what_is_wanted_while_the_file_is_away),
		TEST(whoever_was_found_and_is_gone),
		TEST(a_form_that_comes_by_exchange),
		TEST(a_form_that_cannot_be_saved),
		TEST(a_form_that_comes_as_the_file_goes),
		TEST(a_box_that_its_keeper_refuses_signs_nobody_in),
		TEST(a_box_that_came_after_the_close_says_so),
		TEST(a_purged_file_signs_nobody_in),
		TEST(a_hubs_clock_is_taken_and_told),
		TEST(a_box_goes_on_to_another_session),
		TEST(where_staff_put_it),
		TEST(what_staff_do),
		TEST(staff_let_somebody_in_although),
		TEST(why_somebody_is_not_let_in),
		TEST(calls_for_help_come_and_go),
		TEST(a_crowd_is_answered_in_its_order),
		TEST(a_stopped_line_waits_for_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
