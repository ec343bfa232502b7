/* The figures of a day: put right by what comes, they are the same as when they are counted from the beginning, whatever came. */
#include "store/read/totals.h"

#include "lib/meet.h"

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "report/roll.h"
#include "station/desk.h"
#include "store/read/checkins.h"
#include "store/read/own_checkins.h"
#include "store/read/people.h"
#include "store/read/settings.h"
#include "store/write/sign.h"

#define DAY tz_days(2026, 5, 14)

static struct utc_ms at(int hour, int minute) {
	return (struct utc_ms){1778706000000 + ((int64_t)hour * 60 + minute) * 60000}; /* of 14 May in Kyiv */
}

static void person(struct store *store, const char *id, const char *set) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) && person_edit(store, &(struct person_edit){.id = id, .set_json = set, .fresh = true}, &err) &&
		  store_commit(store, &err));
}

static void scan_at(struct store *store, const char *point, const char *code, struct utc_ms when) {
	struct err err = {0};
	struct desk_answer answer;
	struct desk *desk = desk_open(store, point, &err);
	assert_ok(desk != NULL);
	const struct desk_scan scan = {.text = code, .len = strlen(code), .how = "camera", .has_at = true, .at = when};
	assert_ok(desk_take(desk, &scan, &answer, &err));
	desk_answer_fini(&answer);
	desk_close(desk);
}

static struct store *event_open(const struct scratch *s) {
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	assert_ok(store_begin(store, &err) && setting_put(store, "timezone", "Europe/Kyiv", &err) &&
		  setting_put(store, "dates", "2026-05-14..2026-05-15", &err) && store_commit(store, &err));
	person(store, "0000000000000000000a", "{\"name\":\"Анна\",\"code\":\"A\",\"category\":\"press\"}");
	person(store, "0000000000000000000b", "{\"name\":\"Богдан\",\"code\":\"B\",\"category\":\"guest\"}");
	person(store, "0000000000000000000c", "{\"name\":\"Віра\",\"code\":\"C\",\"registration\":\"cancelled\"}");
	return store;
}

/* Whatever is told, in one text. */
static char *told(const struct totals *t) {
	const struct tally_counts *c = totals_counts(t);
	struct strbuf out = {0};
	strbuf_addf(&out, "here %d arrived %d expected %d of them %d;", (int)c->here, (int)c->arrived, (int)c->expected, (int)c->of_them);
	for (int i = 0; i < TALLY_QUARTERS; i++) {
		if (c->quarters[i] != 0) {
			strbuf_addf(&out, " q%d %d", i, (int)c->quarters[i]);
		}
	}
	for (char first = 0; first < 127; first++) { /* in which order they were met is of no matter */
		for (size_t i = 0; i < c->category_count; i++) {
			const struct tally_category *k = &c->categories[i];
			if (k->name[0] == first && (k->arrived != 0 || k->expected != 0)) {
				strbuf_addf(&out, " %s %d/%d/%d", k->name, (int)k->arrived, (int)k->expected, (int)k->of_them);
			}
		}
		for (size_t i = 1; i < c->place_count; i++) {
			const struct tally_place_count *p = &c->places[i];
			if (p->key[0] == first && (p->visited != 0 || p->given != 0)) {
				strbuf_addf(&out, " %s %d %d %d", p->key, (int)p->visited, (int)p->inside, (int)p->given);
			}
		}
	}
	return strbuf_detach(&out);
}

/* Put right, and as counted anew. */
static void assert_right(struct totals *t, struct store *store, bool wants_change) {
	struct err err = {0};
	struct totals *fresh = NULL;
	bool changed = false;
	assert_ok(totals_refresh(t, &changed, &err) && totals_open(store, DAY, &fresh, &err));
	char *one = told(t), *other = told(fresh);
	assert_string_equal(one, other);
	assert_int_equal(changed, wants_change);
	free(one);
	free(other);
	totals_close(fresh);
}

static void assert_told(const struct totals *t, const char *wanted) {
	char *text = told(t);
	assert_string_equal(text, wanted);
	free(text);
}

static void as_it_goes(void **state) {
	struct err err = {0};
	struct store *store = event_open(*state);
	struct totals *t = NULL;
	assert_ok(totals_open(store, DAY, &t, &err));
	assert_told(t, "here 0 arrived 0 expected 2 of them 0; guest 0/1/0 press 0/1/0");
	assert_right(t, store, false);
	scan_at(store, "arrival", "A", at(9, 50));
	assert_right(t, store, true);
	assert_told(t, "here 1 arrived 1 expected 2 of them 1; q39 1 guest 0/1/0 press 1/1/1");
	scan_at(store, "arrival", "A", at(9, 55)); /* again */
	scan_at(store, "arrival", "C", at(10, 0)); /* is not let in */
	scan_at(store, "arrival", "NOBODY", at(10, 0));
	assert_right(t, store, true);
	assert_told(t, "here 1 arrived 1 expected 2 of them 1; q39 1 guest 0/1/0 press 1/1/1");
	scan_at(store, "exit", "A", at(10, 30));
	scan_at(store, "arrival", "B", at(24 + 9, 0)); /* on the next day */
	assert_right(t, store, true);
	assert_told(t, "here 0 arrived 1 expected 2 of them 1; q39 1 guest 0/1/0 press 1/1/1");
	char id[PERSON_ID_LEN + 1];
	meet_walk_in(store, "Гостя", id); /* today, whenever that is: not of the day */
	assert_right(t, store, true);
	/* Whose a code was is known later. */
	person(store, "0000000000000000000e", "{\"name\":\"Ніхто\",\"code\":\"NOBODY\",\"category\":\"press\"}");
	assert_right(t, store, true);
	totals_close(t);
	store_close(store);
}

static void what_changes_afterwards(void **state) {
	struct err err = {0};
	struct store *store = event_open(*state);
	struct totals *t = NULL;
	struct own_checkin own[4];
	size_t n = 0;
	scan_at(store, "arrival", "A", at(9, 50));
	scan_at(store, "arrival", "B", at(9, 50));
	assert_ok(totals_open(store, DAY, &t, &err));
	assert_ok(own_checkins_load(store, own, COUNT_OF(own), &n, &err));
	assert_int_equal(n, 2);
	assert_string_equal(own[0].name, "Богдан"); /* the latest first */
	assert_ok(store_begin(store, &err) && own_checkin_undo(store, &own[1].log, own[1].seq, "olena", &err) && store_commit(store, &err));
	assert_right(t, store, true);
	assert_told(t, "here 1 arrived 1 expected 2 of them 1; q39 1 guest 1/1/1 press 0/1/0");
	person(store, "0000000000000000000b", "{\"category\":\"press\"}");
	assert_right(t, store, true);
	person(store, "0000000000000000000d", "{\"name\":\"Дарина\",\"category\":\"guest\"}");
	assert_right(t, store, true);
	assert_ok(store_begin(store, &err) && person_join(store, "0000000000000000000d", "0000000000000000000b", &err) &&
		  store_commit(store, &err));
	assert_right(t, store, true);
	assert_ok(store_begin(store, &err) && setting_put(store, "dates", "2026-05-15", &err) && store_commit(store, &err));
	assert_right(t, store, true);
	totals_close(t);
	store_close(store);
}

/* What other boxes bring: their logs, whose clocks may be put right later. */
static void what_others_bring(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct exchange_report report;
	struct store *store = event_open(s), *other = meet_adopt(s, store, "other.turnout", 4);
	struct totals *t = NULL;
	meet_stores(other, store, &report);
	assert_ok(totals_open(store, DAY, &t, &err));
	assert_ok(store_set_clock(other, at(12, 0), true, &err));
	meet_check_in(other, "A");
	assert_ok(store_sign(other, &err));
	meet_stores(store, other, &report);
	assert_right(t, store, true);
	assert_int_equal(totals_counts(t)->arrived, 1);
	assert_int_equal(totals_counts(t)->quarters[48], 1);
	assert_ok(store_set_clock(other, at(24 + 12, 0), true, &err)); /* it was the next day */
	meet_check_in(other, "B");
	assert_ok(store_sign(other, &err));
	meet_stores(store, other, &report);
	assert_right(t, store, true);
	assert_int_equal(totals_counts(t)->arrived, 0);
	totals_close(t);
	store_close(other);
	store_close(store);
}

static bool see(void *context, const struct person_row *row, struct err *err) {
	(void)err;
	strbuf_addf(context, "%s ", person_text(&row->person, PERSON_NAME));
	return true;
}

/* By the alphabet; who came and was taken off the list since is in the house all the same. */
static void who_is_missing_and_who_is_here(void **state) {
	struct err err = {0};
	struct store *store = event_open(*state);
	struct totals *t = NULL;
	struct strbuf missing = {0}, here = {0};
	person(store, "0000000000000000000d", "{\"name\":\"Ярина\",\"code\":\"D\"}");
	person(store, "0000000000000000000e", "{\"name\":\"Андрій\",\"code\":\"E\"}");
	scan_at(store, "arrival", "D", at(9, 40));
	scan_at(store, "arrival", "E", at(9, 45));
	scan_at(store, "arrival", "B", at(9, 50));
	const struct person_edit off = {.id = "0000000000000000000b", .status = "removed"};
	assert_ok(store_begin(store, &err) && person_edit(store, &off, &err) && store_commit(store, &err));
	assert_ok(totals_open(store, DAY, &t, &err));
	assert_ok(roll_each(store, t, TOTALS_MISSING, 0, see, &missing, &err) && roll_each(store, t, TOTALS_HERE, 0, see, &here, &err));
	assert_string_equal(strbuf_str(&missing), "Анна ");
	assert_string_equal(strbuf_str(&here), "Андрій Богдан Ярина ");
	assert_int_equal(totals_counts(t)->here, 3);
	strbuf_fini(&missing);
	strbuf_fini(&here);
	totals_close(t);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(as_it_goes), TEST(what_changes_afterwards), TEST(what_others_bring),
					   TEST(who_is_missing_and_who_is_here)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
