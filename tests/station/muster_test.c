/* Groups at a desk: who of them is to be ticked off, at the entrance, where they leave, and where something is handed out. */
#include "station/muster.h"

#include "lib/desk_bench.h"

#include <string.h>

#include "base/str.h"
#include "store/read/points.h"
#include "store/read/presence.h"

#define NOON desk_bench_at(14, 12, 0)

static struct muster_question question(const struct desk_bench *b) {
	return (struct muster_question){.store = b->store, .desk = b->desk, .now = NOON, .kind = GROUP_ORGANISATION};
}

/* Three people, two of them of one organisation, which is spelt in two ways. */
static void put_groups(struct desk_bench *b) {
	desk_bench_edit(b, 0, "{\"organisation\":\"ГО «Приклад»\"}");
	desk_bench_edit(b, 1, "{\"organisation\":\"го Приклад\"}");
	desk_bench_edit(b, 2, "{\"organisation\":\"Асоціація\"}");
}

static void assert_groups(const struct desk_bench *b, const char *wanted) {
	struct muster_question q = question(b);
	struct muster_groups groups = {.count = 0};
	struct err err = {0};
	struct strbuf said = {0};
	assert_ok(muster_groups_load(&q, &groups, &err));
	for (size_t i = 0; i < groups.count; i++) {
		strbuf_addf(&said, "%s %d/%d;", groups.items[i].name, (int)groups.items[i].to_do, (int)groups.items[i].people);
	}
	assert_string_equal(strbuf_str(&said), wanted);
	strbuf_fini(&said);
	muster_groups_fini(&groups);
}

static void assert_muster(const struct desk_bench *b, const char *name, size_t to_do, int64_t people) {
	struct muster_question q = question(b);
	struct muster muster = {.count = 0};
	struct err err = {0};
	assert_ok(muster_load(&q, name, &muster, &err));
	assert_int_equal(muster.count, to_do);
	assert_int_equal(muster.people, people);
	muster_fini(&muster);
}

static void by_name(void **state) {
	struct desk_bench *b = *state;
	struct muster_question q = question(b);
	struct muster muster = {.count = 0};
	struct err err = {0};
	desk_bench_edit(b, 0, "{\"organisation\":\"ГО\",\"category\":\"я\",\"name\":\"Ганна\"}");
	desk_bench_edit(b, 1, "{\"organisation\":\"ГО\",\"category\":\"а\",\"name\":\"Ярина\"}");
	desk_bench_edit(b, 2, "{\"organisation\":\"ГО\",\"category\":\"б\",\"name\":\"Андрій\"}");
	assert_ok(muster_load(&q, "ГО", &muster, &err));
	assert_string_equal(muster.items[0].name, "Андрій");
	assert_string_equal(muster.items[1].name, "Ганна");
	assert_string_equal(muster.items[2].name, "Ярина");
	muster_fini(&muster);
}

static void move(struct desk_bench *b, const char *point) {
	struct err err = {0};
	assert_ok(desk_set_point(b->desk, point, &err));
}

static void at_the_entrance(void **state) {
	struct desk_bench *b = *state;
	put_groups(b);
	assert_groups(b, "Асоціація 1/1;ГО «Приклад» 2/2;");
	assert_int_equal(desk_bench_scan(b, "CODE-A", NOON), OUTCOME_ACCEPTED);
	assert_groups(b, "Асоціація 1/1;ГО «Приклад» 1/2;");
	assert_muster(b, "ГО Приклад", 1, 2);
	assert_muster(b, "Асоціація", 1, 1);
	assert_muster(b, "", 0, 0);
	assert_muster(b, "Nobody", 0, 0);
}

static void where_they_leave(void **state) {
	struct desk_bench *b = *state;
	put_groups(b);
	assert_int_equal(desk_bench_scan(b, "CODE-A", NOON), OUTCOME_ACCEPTED);
	move(b, "exit");
	assert_groups(b, "Асоціація 0/1;ГО «Приклад» 1/2;");
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 12, 5)), OUTCOME_LEFT);
	assert_groups(b, "Асоціація 0/1;ГО «Приклад» 0/2;");
}

static void where_something_is_handed_out(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	put_groups(b);
	assert_ok(store_begin(b->store, &err) && point_put(b->store, "lunch", "{\"name\":\"Обід\"}", &err) && store_commit(b->store, &err));
	move(b, "lunch");
	assert_groups(b, "Асоціація 1/1;ГО «Приклад» 2/2;");
	assert_int_equal(desk_bench_scan(b, "CODE-B", NOON), OUTCOME_GIVEN);
	assert_groups(b, "Асоціація 1/1;ГО «Приклад» 1/2;");
}

/* What would be answered is what is answered then; and looking writes nothing. */
static void looking_is_not_taking(void **state) {
	struct desk_bench *b = *state;
	struct desk_answer answer;
	struct err err = {0};
	desk_bench_registration(b, "CODE-B", "pending");
	int64_t changes = checkin_changes(b->store);
	assert_ok(desk_look(b->desk, DESK_BENCH_SOMEBODY, NOON, &answer, &err));
	assert_int_equal(answer.outcome, OUTCOME_NOT_EXPECTED);
	assert_false(answer.done);
	desk_answer_fini(&answer);
	assert_ok(desk_look(b->desk, DESK_BENCH_OLENA, NOON, &answer, &err));
	assert_int_equal(answer.outcome, OUTCOME_ACCEPTED);
	assert_int_equal(answer.first_record, 0);
	desk_answer_fini(&answer);
	assert_int_equal(checkin_changes(b->store), changes);
	assert_int_equal(desk_bench_scan(b, "CODE-A", NOON), OUTCOME_ACCEPTED);
	assert_ok(desk_look(b->desk, DESK_BENCH_OLENA, NOON, &answer, &err));
	assert_int_equal(answer.outcome, OUTCOME_DUPLICATE);
	assert_true(answer.done && answer.first_record != 0 && answer.first.v == NOON.v);
	desk_answer_fini(&answer);
	assert_false(desk_look(b->desk, "ffffffffffffffffffff", NOON, &answer, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
}

/* Whoever only reads hears of what another writes meanwhile. */
static void a_reader_keeps_up(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	char *path = scratch_path(b->scratch, "e.turnout");
	struct store *reader = store_open(path, STORE_READ, "test", &err);
	assert_ok(reader != NULL);
	int64_t version = 0;
	for (int round = 0; round < 2; round++) {
		struct desk_answer answer = {.done = false};
		assert_ok(presence_refresh(reader, &version, &err));
		struct desk *desk = desk_open(reader, "arrival", &err);
		assert_ok(desk != NULL);
		assert_ok(desk_look(desk, DESK_BENCH_OLENA, NOON, &answer, &err));
		assert_int_equal(answer.done, round == 1);
		desk_answer_fini(&answer);
		desk_close(desk);
		assert_true(round == 1 || desk_bench_scan(b, "CODE-A", NOON) == OUTCOME_ACCEPTED);
	}
	store_close(reader);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_bench_open, desk_bench_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(at_the_entrance),       TEST(by_name),
					   TEST(where_they_leave),      TEST(where_something_is_handed_out),
					   TEST(looking_is_not_taking), TEST(a_reader_keeps_up)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
