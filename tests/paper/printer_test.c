/* What may answer in a printer's place: each is told for what it is, and in time. (Real printers: tests/e2e/labels.sh.) */
#include "paper/printer.h"

#include "lib/ipp_peer.h"
#include "lib/testing.h"

#include <pthread.h>

#include "base/alloc.h"
#include "base/clock.h"

#define SHORT_MS 700
#define SLACK_MS 900 /* beyond the limit: a busy machine */

static struct printer_state *look(const char *name, bool *ok, struct err *err) {
	struct printer_state *state = xcalloc(1, sizeof *state);
	const struct printer printer = {.name = name, .timeout_ms = SHORT_MS};
	int64_t from = clock_span_us();
	*ok = printer_look(&printer, state, err);
	assert_true((clock_span_us() - from) / 1000 < SHORT_MS + SLACK_MS);
	return state;
}

static void whatever_answers_is_told_in_time(void **state) {
	(void)state;
	static const struct {
		enum ipp_manner manner;
		enum printer_trouble trouble;
	} cases[] = {
		{IPP_HANGS, PRINTER_SILENT},     {IPP_STALLS, PRINTER_SILENT},    {IPP_CLOSES, PRINTER_SILENT},
		{IPP_RUBBISH, PRINTER_SILENT},   {IPP_PAGE, PRINTER_STRANGER},    {IPP_NO_IPP, PRINTER_STRANGER},
		{IPP_ENDLESS, PRINTER_STRANGER}, {IPP_PASSWORD, PRINTER_FORBIDS}, {IPP_ELSEWHERE, PRINTER_NOT_FOUND},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct ipp_peer *peer = ipp_peer_open(cases[i].manner);
		struct err err = {0};
		bool ok;
		struct printer_state *s = look(ipp_peer_name(peer), &ok, &err);
		assert_false(ok);
		if (cases[i].manner == IPP_RUBBISH || cases[i].manner == IPP_CLOSES || cases[i].manner == IPP_ENDLESS) {
			assert_true(s->trouble == PRINTER_SILENT || s->trouble == PRINTER_STRANGER);
		} else {
			assert_int_equal(s->trouble, cases[i].trouble);
		}
		assert_holds(err.text, ipp_peer_name(peer));              /* the place … */
		assert_holds(err.text, printer_trouble_text(s->trouble)); /* … and what helps */
		free(s);
		ipp_peer_close(peer);
	}
}

static void nothing_there_is_told(void **state) {
	(void)state;
	static const struct {
		const char *name;
		enum printer_trouble trouble;
	} cases[] = {{"ipp://127.0.0.1:1/ipp/print", PRINTER_SILENT},
		     {"ipps://127.0.0.1:1/ipp/print", PRINTER_SILENT},
		     {"http://", PRINTER_NOT_FOUND},
		     {"ftp://127.0.0.1/ipp/print", PRINTER_NOT_FOUND},
		     {"ipp://:x/", PRINTER_NOT_FOUND}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct err err = {0};
		bool ok;
		struct printer_state *s = look(cases[i].name, &ok, &err);
		assert_false(ok);
		assert_int_equal(s->trouble, cases[i].trouble);
		free(s);
	}
}

#define HANDSHAKE_MS 10000 /* libcups has a limit of its own for it */

static void a_handshake_that_hangs_ends_too(void **state) {
	(void)state;
	struct ipp_peer *peer = ipp_peer_open(IPP_HANGS);
	char *name = xasprintf("ipps://127.0.0.1:%d/ipp/print", ipp_peer_port(peer));
	const struct printer printer = {.name = name, .timeout_ms = SHORT_MS};
	struct printer_state *s = xcalloc(1, sizeof *s);
	struct err err = {0};
	int64_t from = clock_span_us();
	assert_false(printer_look(&printer, s, &err));
	assert_int_equal(s->trouble, PRINTER_SILENT);
	assert_true((clock_span_us() - from) / 1000 < HANDSHAKE_MS + 2 * SLACK_MS);
	free(s);
	free(name);
	ipp_peer_close(peer);
}

struct halting {
	atomic_int halt;
};

static void *halt_soon(void *context) {
	struct halting *h = context;
	clock_sleep_ms(200);
	atomic_store(&h->halt, 1);
	return NULL;
}

static void whoever_ends_waits_for_no_printer(void **state) {
	(void)state;
	struct ipp_peer *peer = ipp_peer_open(IPP_HANGS);
	struct halting h = {.halt = 0};
	const struct printer printer = {.name = ipp_peer_name(peer), .timeout_ms = 60000, .halt = &h.halt};
	struct printer_state *s = xcalloc(1, sizeof *s);
	struct err err = {0};
	pthread_t thread;
	int64_t from = clock_span_us();
	assert_int_equal(pthread_create(&thread, NULL, halt_soon, &h), 0);
	assert_false(printer_look(&printer, s, &err));
	assert_true((clock_span_us() - from) / 1000 < 2000);
	pthread_join(thread, NULL);
	free(s);
	ipp_peer_close(peer);
}

static void a_good_one_says_what_it_has(void **state) {
	(void)state;
	struct ipp_peer *peer = ipp_peer_open(IPP_GOOD);
	struct err err = {0};
	bool ok;
	struct printer_state *s = look(ipp_peer_name(peer), &ok, &err);
	assert_ok(ok);
	assert_int_equal(s->trouble, PRINTER_FINE);
	assert_true(s->says_ready && s->pwg && !s->pdf && s->types[PWG_BLACK_1] && !s->types[PWG_SGRAY_8]);
	assert_int_equal(s->dpi_count, 1);
	assert_int_equal(s->dpi[0], 203);
	assert_int_equal(s->media.count, 1);
	assert_true(s->media.items[0].x == 2900 && s->media.items[0].y == 9000);
	free(s);
	ipp_peer_become(peer, IPP_DRIPS);
	s = look(ipp_peer_name(peer), &ok, &err);
	assert_ok(ok);
	assert_int_equal(s->media.count, 1);
	free(s);
	ipp_peer_become(peer, IPP_EMPTY);
	s = look(ipp_peer_name(peer), &ok, &err);
	assert_ok(ok);
	assert_int_equal(s->trouble, PRINTER_NO_PAPER);
	assert_string_equal(s->reason, "media-empty-error");
	free(s);
	ipp_peer_close(peer);
}

static void a_page_is_taken_or_refused(void **state) {
	(void)state;
	struct ipp_peer *peer = ipp_peer_open(IPP_GOOD);
	const struct printer printer = {.name = ipp_peer_name(peer), .timeout_ms = 3000};
	struct strbuf bytes = {0};
	const struct label_medium medium = {.name = "om_label_29x90mm", .x = 2900, .y = 9000};
	const struct printer_page page = {.title = "Label", .format = "image/pwg-raster", .bytes = &bytes, .medium = &medium};
	enum printer_trouble trouble;
	enum printer_job job_state;
	struct err err = {0};
	int job = 0;
	for (int i = 0; i < 200000; i++) { /* more than a socket's buffers hold at once */
		strbuf_addc(&bytes, (char)i);
	}
	assert_ok(printer_send(&printer, &page, &job, &trouble, &err));
	assert_int_equal(job, 1);
	assert_int_equal(ipp_peer_jobs(peer), 1);
	assert_ok(printer_job(&printer, job, &job_state, &err));
	assert_int_equal(job_state, PRINTER_JOB_DONE);
	ipp_peer_become(peer, IPP_KEEPS);
	assert_ok(printer_job(&printer, job, &job_state, &err));
	assert_int_equal(job_state, PRINTER_JOB_WAITS);
	assert_ok(printer_cancel(&printer, job, &err));
	assert_int_equal(ipp_peer_cancelled(peer), 1);
	ipp_peer_become(peer, IPP_REFUSES);
	assert_false(printer_send(&printer, &page, &job, &trouble, &err));
	assert_int_equal(trouble, PRINTER_REFUSES);
	assert_int_equal(ipp_peer_jobs(peer), 1);
	strbuf_fini(&bytes);
	ipp_peer_close(peer);
}

static void count_queue(void *context, const char *name, const char *about) {
	(void)about;
	assert_true(name[0] != '\0');
	(*(int *)context)++;
}

static void without_cupsd_there_are_no_queues(void **state) {
	(void)state;
	int count = 0;
	int64_t from = clock_span_us();
	setenv("CUPS_SERVER", "127.0.0.1:1", 1);
	printer_each(SHORT_MS, count_queue, &count);
	assert_int_equal(count, 0);
	assert_true((clock_span_us() - from) / 1000 < SHORT_MS + SLACK_MS);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_answers_is_told_in_time),  cmocka_unit_test(nothing_there_is_told),
		cmocka_unit_test(a_handshake_that_hangs_ends_too),   cmocka_unit_test(whoever_ends_waits_for_no_printer),
		cmocka_unit_test(a_good_one_says_what_it_has),       cmocka_unit_test(a_page_is_taken_or_refused),
		cmocka_unit_test(without_cupsd_there_are_no_queues),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
