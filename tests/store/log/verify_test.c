/* Invariant 5: what was done to the records behind the program's back is named, and nothing else is. */
#include "store/log/verify.h"

#include "lib/event_sample.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"

struct told {
	struct strbuf sentences;
	int count;
};

static void keep_fault(void *context, const char *sentence) {
	struct told *told = context;
	strbuf_addf(&told->sentences, "%s\n", sentence);
	told->count++;
}

/* Does the deed to a new event; the number of faults, and their sentences in `told`. */
static int64_t faults_of(const struct scratch *s, size_t number, const char *deed, struct told *told) {
	struct err err = {0};
	struct audit audit;
	char name[32];
	snprintf(name, sizeof name, "t%zu.turnout", number);
	char *path = event_sample_make(s, name);
	event_sample_sql(path, deed);
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	assert_ok(verify_records(store, &audit, keep_fault, told, &err));
	store_close(store);
	free(path);
	return audit.faults;
}

static void tampering_is_named(void **state) {
	struct scratch *s = *state;
	static const struct {
		const char *deed, *says;
	} deeds[] = {
		{"UPDATE record SET body = replace(body, 'CODE-A', 'CODE-B') WHERE kind = 'checkin' AND body LIKE '%CODE-A%'",
		 "its body is not what was hashed"},
		{"UPDATE record SET utc_ms = utc_ms + 1 WHERE id = (SELECT min(id) + 1 FROM record WHERE kind = 'checkin')",
		 "does not follow"},
		{"DELETE FROM record WHERE id = (SELECT min(id) FROM record WHERE kind = 'checkin')", "is missing"},
		{"UPDATE record SET kind = 'note' WHERE id = (SELECT max(id) FROM record WHERE kind = 'checkin')", "(note) was changed"},
		{"UPDATE record SET hash = randomblob(32) WHERE id = (SELECT max(id) FROM record WHERE kind = 'checkin')",
		 "signature there does not fit"},
		{"UPDATE signature SET signature = randomblob(64) WHERE log = (SELECT min(log) FROM signature)",
		 "signature there does not fit"},
		{"UPDATE log SET author = randomblob(32) WHERE id = (SELECT max(id) FROM log)", "log "},
		{"DELETE FROM record WHERE id >> 40 = (SELECT max(id) FROM log)", "all of its records are missing"},
		{"DELETE FROM log WHERE id = (SELECT max(id) FROM log)", "belongs to no log"},
		{"UPDATE record SET body = NULL WHERE kind = 'checkin'", "no record erased it"},
		{"UPDATE record SET body = replace(body, '\"organiser\":\"', '\"organiser\":\"0') WHERE kind = 'genesis'",
		 "names the organiser"},
	};
	for (size_t i = 0; i < COUNT_OF(deeds); i++) {
		struct told told = {.count = 0};
		if (faults_of(s, i, deeds[i].deed, &told) == 0) {
			fail_msg("verify did not see: %s", deeds[i].deed);
		}
		assert_holds(told.sentences.data, deeds[i].says);
		strbuf_fini(&told.sentences);
	}
}

/* An event whose organiser's log has more than 80 records; the path, for free(). */
static char *with_notes(const struct scratch *s) {
	struct err err = {0};
	struct draft note = {.kind = "note", .author = AUTHOR_ORGANISER, .subject = "", .body = "{}"};
	struct store *store = scratch_event(s, "e.turnout");
	assert_ok(store_begin(store, &err));
	for (int i = 0; i < 80; i++) {
		assert_ok(store_append(store, &note, NULL, &err));
	}
	assert_ok(store_commit(store, &err));
	store_close(store);
	return scratch_path(s, "e.turnout");
}

static struct audit verified(const char *path, struct told *told) {
	struct err err = {0};
	struct audit audit;
	*told = (struct told){.count = 0};
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL && verify_records(store, &audit, keep_fault, told, &err));
	store_close(store);
	return audit;
}

#define ENDS                                                                                                                 \
	"; UPDATE log_end SET seq = (SELECT max(seq) FROM signature); UPDATE log_end SET hash = (SELECT hash FROM record r " \
	"WHERE r.id = log << 40 | log_end.seq)"

/* Those of 64 records each are wanted; that of the end is not, as a killed program could not make it. */
static void a_signature_that_is_gone(void **state) {
	struct told told;
	char *path = with_notes(*state);
	event_sample_sql(path, "DELETE FROM signature WHERE seq = (SELECT max(seq) FROM signature)" ENDS);
	struct audit audit = verified(path, &told);
	assert_int_equal(audit.faults, 0);
	assert_int_equal(audit.logs, 1);
	assert_int_equal(audit.records, event_sample_number(path, "SELECT count(*) FROM record"));
	assert_int_equal(audit.signatures, 2);
	event_sample_sql(path, "DELETE FROM signature WHERE seq = 64" ENDS);
	audit = verified(path, &told);
	assert_int_equal(audit.faults, 1);
	assert_holds(told.sentences.data, "the signature of record 64 is missing");
	strbuf_fini(&told.sentences);
	event_sample_sql(path, "UPDATE log_end SET seq = 5");
	audit = verified(path, &told);
	assert_int_equal(audit.faults, 2);
	assert_holds(told.sentences.data, "what is noted as its end is not its last signed record");
	struct err err = {0};
	struct store *store = event_sample_open(path);
	assert_ok(store_rebuild(store, &err));
	store_close(store);
	strbuf_fini(&told.sentences);
	audit = verified(path, &told);
	assert_int_equal(audit.faults, 1);
	strbuf_fini(&told.sentences);
	free(path);
}

static void many_faults_are_counted_and_twenty_told(void **state) {
	struct told told;
	char *path = with_notes(*state);
	event_sample_sql(path, "UPDATE record SET utc_ms = utc_ms + 1 WHERE kind = 'note'");
	struct audit audit = verified(path, &told);
	assert_int_equal(audit.faults, 80);
	assert_int_equal(told.count, 20);
	strbuf_fini(&told.sentences);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(tampering_is_named),
		TEST(a_signature_that_is_gone),
		TEST(many_faults_are_counted_and_twenty_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
