/* Each file's own table of statements: one and the same each time, apart from other tables, and all of them right. */
#include "store/sql/statements.h"

#include "lib/meet.h"

#include <ftw.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/read/announcements.h"
#include "store/read/assets.h"
#include "store/read/audit.h"
#include "store/read/badges.h"
#include "store/read/checkins.h"
#include "store/read/conflicts.h"
#include "store/read/credits.h"
#include "store/read/find.h"
#include "store/read/form.h"
#include "store/read/helps.h"
#include "store/read/labels.h"
#include "store/read/notes.h"
#include "store/read/overrides.h"
#include "store/read/own_checkins.h"
#include "store/read/people.h"
#include "store/read/places.h"
#include "store/read/points.h"
#include "store/read/sessions.h"
#include "store/read/settings.h"
#include "store/read/signatures.h"
#include "store/read/staff.h"
#include "store/read/station_logs.h"
#include "store/read/totals.h"
#include "store/view/roles.h"
#include "store/write/assets.h"
#include "store/write/enrolment.h"
#include "store/write/prune.h"
#include "store/write/sign.h"
#include "store/write/voiding.h"
#include "store/write/walkins.h"

static const char *const ONE[] = {"SELECT 1", "SELECT 2"};
static const char *const TWO[] = {"SELECT 3"};
static const struct sql_table FIRST = {ONE, COUNT_OF(ONE)};
static const struct sql_table SECOND = {TWO, COUNT_OF(TWO)};

static int64_t answer(struct stmt *s) {
	struct err err = {0};
	assert_true(stmt_row(s));
	int64_t n = stmt_col_int(s, 0);
	assert_ok(stmt_done(s, &err));
	return n;
}

static void tables_are_kept_apart(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct statements all = {0};
	char *path = scratch_path(s, "n.db");
	struct db *db = db_open(path, DB_CREATE, &err);
	assert_ok(db != NULL);
	struct stmt *two = statements_get(&all, db, &FIRST, 1);
	assert_int_equal(answer(two), 2);
	assert_int_equal(answer(statements_get(&all, db, &SECOND, 0)), 3);
	assert_int_equal(answer(statements_get(&all, db, &FIRST, 0)), 1);
	assert_ptr_equal(statements_get(&all, db, &FIRST, 1), two);
	assert_int_equal(all.count, 2);
	statements_release(&all);
	statements_release(&all);                                          /* none are left: nothing happens */
	assert_int_equal(answer(statements_get(&all, db, &SECOND, 0)), 3); /* and it begins anew */
	statements_release(&all);
	db_close(db);
	free(path);
}

static size_t tables_written;

static int count_tables(const char *path, const struct stat *st, int type, struct FTW *where) {
	struct strbuf text = {0};
	struct err err = {0};
	(void)st;
	(void)where;
	if (type != FTW_F || strlen(path) < 2 || strcmp(path + strlen(path) - 2, ".c") != 0) {
		return 0;
	}
	assert_ok(file_read(path, (size_t)1 << 20, &text, &err));
	tables_written += strstr(strbuf_str(&text), "\nstatic const struct sql_table SQL = ") != NULL;
	strbuf_fini(&text);
	return 0;
}

static bool see_conflict(void *context, const struct conflict *c, struct err *err) {
	(void)context;
	(void)c;
	(void)err;
	return true;
}

static void see_fault(void *context, const char *sentence) {
	(void)context;
	fail_msg("%s", sentence);
}

static bool see_code(void *context, const struct person_code *code, struct err *err) {
	(void)context;
	(void)code;
	(void)err;
	return true;
}

static void change_session(struct store *store, struct session_row *row) {
	struct err err = {0};
	bool changed = false;
	struct session before = row->session;
	struct session now = row->session;
	now.cancelled = true;
	struct session_edit edit = {.id = row->id, .before = &before, .s = &now};
	assert_ok(store_begin(store, &err) && session_edit(store, &edit, &changed, &err) && store_commit(store, &err));
	assert_true(changed);
}

static void call_for_help(struct store *store) {
	struct err err = {0};
	struct helps helps;
	bool called = false;
	assert_ok(store_begin(store, &err) && help_call(store, "arrival", &called, &err) && helps_load(store, &helps, &err));
	assert_int_equal(helps.count, 1);
	assert_ok(help_close(store, &(struct help_close){&helps.items[0].log, helps.items[0].seq, "olena"}, &err) &&
		  store_commit(store, &err));
	assert_true(called);
}

static void void_and_restore(struct store *store, const struct public_key *station) {
	struct err err = {0};
	struct station_logs logs;
	struct void_effect effect;
	assert_ok(store_begin(store, &err) && station_void(store, station, NULL, 0, &err) &&
		  station_void_effect(store, station, &effect, &err) && station_restore(store, station, &err) && store_commit(store, &err));
	assert_ok(station_logs_load(store, station, &logs, &err));
	assert_int_equal(logs.count, 0);
	station_logs_fini(&logs);
}

static void find_somebody(struct store *store) {
	struct err err = {0};
	struct finding finding;
	struct finder *finder = finder_open(store);
	assert_ok(finder_find(finder, "Олена", 5, &finding, &err));
	assert_true(finding.count > 0);
	finder_close(finder);
}

static void thank_somebody(struct store *store) {
	struct err err = {0};
	struct strbuf file = {0};
	char id[ASSET_ID_TEXT];
	bool whole = false;
	assert_ok(store_begin(store, &err) && asset_put(store, "logo", 4, id, &err) &&
		  credit_put(store, "fund", "{\"group\":\"funder\",\"name\":\"Fund\"}", &err) && credit_remove(store, "fund", &err) &&
		  store_commit(store, &err) && asset_read(store, id, &file, &whole, &err));
	assert_true(whole);
	strbuf_fini(&file);
}

static void ask_and_sign(struct store *store) {
	struct err err = {0};
	struct walkin walkin;
	struct places_replaced placed;
	bool has = false;
	assert_ok(
		store_begin(store, &err) && form_field_put(store, "email", "{\"required\":\"yes\"}", &err) &&
		places_replace(store, "x", &(struct place_list){.region = "А", .district = "Б", .places = "В"}, 1, false, &placed, &err) &&
		walkin_append(store, "{\"name\":\"Гість\",\"phone\":\"067 123 45 67\"}", &walkin, &err) &&
		walkin_append(store, "{\"name\":\"Гість\",\"phone\":\"0671234567\"}", &walkin, &err) && /* they may be one */
		signature_append(store, &(struct signature_draft){.person = walkin.id, .point = "arrival", .day = "2026-05-14"}, &err) &&
		store_commit(store, &err));
	assert_ok(signature_has(store, walkin.id, "2026-05-14", &has, &err));
	assert_true(has);
}

static bool see_note(void *context, const struct note *note, struct err *err) {
	(void)context;
	(void)note;
	(void)err;
	return true;
}

static bool see_override(void *context, const struct override *override, struct err *err) {
	(void)context;
	(void) override;
	(void)err;
	return true;
}

static void work_as_staff(struct store *store) {
	struct err err = {0};
	int64_t printed = 0;
	struct announcements standing;
	struct record_ref ref = {.seq = 1};
	const char *person = "0000000000000000000a";
	struct totals *totals = NULL;
	struct own_checkin own;
	size_t n = 0;
	assert_ok(totals_open(store, 20587, &totals, &err) && own_checkins_load(store, &own, 1, &n, &err));
	totals_close(totals);
	struct json *words = json_parse("{\"text\":\"x\"}", 12, &err);
	assert_ok(store_begin(store, &err) && announcement_append(store, &(struct announcement_draft){.words = words}, &err) &&
		  store_commit(store, &err));
	json_free(words);
	assert_ok(store_begin(store, &err) && point_put(store, "lunch", "{\"name\":\"Lunch\"}", &err) &&
		  rule_put(store, "press", "{\"at\":\"sessions\",\"may\":\"no\"}", &err) &&
		  staff_put(store, "olena", &(struct staff_change){.name = "Olena"}, &err) &&
		  note_append(store, &(struct note_draft){.person = person, .text = "ramp"}, &err) &&
		  override_append(store,
				  &(struct override_draft){.checkin = &ref, .person = person, .refused = OUTCOME_FULL, .reason = "x"},
				  &err) &&
		  label_append(store, &(struct label_draft){.person = person}, &err) && labels_count(store, person, NULL, &printed, &err) &&
		  announcements_load(store, (struct utc_ms){0}, &standing, &err) && notes_each(store, person, see_note, NULL, &err) &&
		  overrides_each(store, see_override, NULL, &err) && store_commit(store, &err));
	assert_int_equal(printed, 1);
	announcements_fini(&standing);
}

/* Does something of all that a file is asked for. */
static void do_everything(struct store *store, struct store *other) {
	struct err err = {0};
	struct exchange_report report;
	struct audit audit;
	struct checkins books;
	struct session_row session;
	char id[PERSON_ID_LEN + 1], name[100];
	bool found = false;
	meet_check_in(store, "CODE-A");
	assert_ok(store_set_clock(store, (struct utc_ms){1778745600000}, true, &err));
	meet_walk_in(store, "Somebody", id);
	call_for_help(store);
	ask_and_sign(store);
	thank_somebody(store);
	work_as_staff(store);
	assert_ok(store_begin(store, &err) && role_give(store, &(struct public_key){{7}}, "hub", "Hub", &err) && store_commit(store, &err));
	assert_ok(store_begin(store, &err) && setting_put(store, "title", "Other", &err) &&
		  person_join(store, "0000000000000000000d", "0000000000000000000a", &err) && store_commit(store, &err));
	assert_ok(role_name(store, &(struct public_key){{7}}, name, sizeof name, &err));
	meet_stores(store, other, &report);
	meet_check_in(other, "CODE-B");
	meet_stores(store, other, &report);
	meet_erase(store, id);
	meet_stores(store, other, &report);
	assert_ok(store_sign(store, &err));
	assert_ok(audit_verify(store, &audit, see_fault, NULL, &err));
	assert_ok(conflicts_each(store, see_conflict, NULL, &err));
	assert_ok(checkins_load(store, &books, &err));
	checkins_fini(&books);
	assert_ok(session_get(store, "11111111111111111111", &session, &found, &err));
	change_session(store, &session);
	void_and_restore(store, &(struct public_key){{8}});
	session_row_fini(&session);
	assert_ok(person_codes(store, "0000000000000000000a", see_code, NULL, &err));
	assert_int_equal(store_tally(store, "nothing"), 0);
	find_somebody(store);
	bool went;
	assert_ok(store_begin(store, &err) && prune_log(store, store_event(store), &went, &err) && store_commit(store, &err));
	assert_ok(store_begin(store, &err) && badges_note_printed(store, (const char *const[]){"CODE-A"}, 1, &err) &&
		  store_commit(store, &err));
}

/* They are compiled when they are first used: one that cannot be must not wait for a day when it is. The last table is of store/rights.c, which has
 * a file of its own. */
static void every_statement_is_one(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open(path);
	struct store *other = meet_adopt(s, store, "other.turnout", 4);
	do_everything(store, other);
	for (size_t t = 0; t < store->statements.count; t++) {
		const struct statements_of *of = &store->statements.items[t];
		for (size_t i = 0; i < of->table->count; i++) {
			assert_true(stmt_col_count(of->items[i]) >= 0);
			if (!stmt_done(of->items[i], &err)) {
				fail_msg("%s: %s", of->table->texts[i], err.text);
			}
		}
	}
	assert_int_equal(nftw("src/store", count_tables, 8, FTW_PHYS), 0);
	assert_in_range(tables_written, 15, 90);
	assert_int_equal(store->statements.count, tables_written - 1);
	store_close(other);
	store_close(store);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(tables_are_kept_apart),
		TEST(every_statement_is_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
