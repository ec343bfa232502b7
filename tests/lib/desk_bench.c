#include "lib/desk_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/read/checkins.h"
#include "store/read/people.h"
#include "store/read/sessions.h"
#include "store/read/settings.h"
#include "store/view/views.h"
#include "store/write/edit.h"

int desk_bench_open(void **state) {
	struct desk_bench *b = xcalloc(1, sizeof *b);
	void *scratch = NULL;
	struct err err = {0};
	scratch_open(&scratch);
	b->scratch = scratch;
	b->store = scratch_event(b->scratch, "e.turnout");
	assert_ok(store_begin(b->store, &err));
	static const char *const codes[] = {"CODE-A", "CODE-B", "CODE-C"};
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		struct person p = {0};
		char id[PERSON_ID_LEN + 1];
		snprintf(id, sizeof id, "%020zu", i);
		person_set(&p, PERSON_NAME, i == 0 ? "Олена Приклад" : "Інша людина");
		person_set(&p, PERSON_CODE, codes[i]);
		assert_ok(person_edit(b->store, &(struct person_edit){.id = id, .set = &p, .fresh = true}, &err));
		person_fini(&p);
	}
	bool changed;
	struct session s = {.uid = xstrdup("a")};
	session_set(&s, SESSION_TITLE, "Мед");
	s.when = (struct session_when){.start = {1778745600000},
				       .end = {1778749200000},
				       .offset_min = 180,
				       .place_offset_min = 180,
				       .room = xstrdup("A"),
				       .capacity = 1};
	assert_ok(session_edit(b->store, &(struct session_edit){.id = DESK_BENCH_SESSION, .s = &s, .source = "x"}, &changed, &err));
	session_fini(&s);
	assert_ok(store_commit(b->store, &err));
	b->desk = desk_open(b->store, "arrival", &err);
	assert_ok(b->desk != NULL);
	*state = b;
	return 0;
}

int desk_bench_close(void **state) {
	struct desk_bench *b = *state;
	void *scratch = b->scratch;
	desk_close(b->desk);
	store_close(b->store);
	scratch_close(&scratch);
	free(b);
	return 0;
}

void desk_bench_set(struct desk_bench *b, const char *key, const char *value) {
	struct err err = {0};
	assert_ok(store_begin(b->store, &err) && setting_put(b->store, key, value, &err) && store_commit(b->store, &err));
	desk_close(b->desk);
	b->desk = desk_open(b->store, POINT_ARRIVAL, &err);
	assert_ok(b->desk != NULL);
}

struct utc_ms desk_bench_at(int day, int hour, int minute) {
	return (struct utc_ms){1778706000000 + ((int64_t)(day - 14) * 1440 + hour * 60 + minute) * 60000};
}

enum outcome desk_bench_scan_bytes(struct desk_bench *b, const char *text, size_t n, struct utc_ms when) {
	struct err err = {0};
	struct desk_answer answer;
	assert_ok(desk_take(b->desk, &(struct desk_scan){.text = text, .len = n, .how = "camera", .has_at = true, .at = when}, &answer,
			    &err));
	enum outcome outcome = answer.outcome;
	assert_int_equal(answer.recorded, outcome_recorded(outcome));
	desk_answer_fini(&answer);
	return outcome;
}

enum outcome desk_bench_scan(struct desk_bench *b, const char *text, struct utc_ms when) {
	return desk_bench_scan_bytes(b, text, strlen(text), when);
}

void desk_bench_registration(struct desk_bench *b, const char *code, const char *registration) {
	struct person_row row = {0};
	struct person p = {0};
	struct err err = {0};
	assert_ok(person_resolve(b->store, code, &row, &err));
	person_set(&p, PERSON_REGISTRATION, registration);
	struct person_edit edit = {.id = row.id, .set = &p};
	assert_ok(store_begin(b->store, &err) && person_edit(b->store, &edit, &err) && store_commit(b->store, &err));
	person_fini(&p);
	person_row_fini(&row);
}

void desk_bench_edit(struct desk_bench *b, int number, const char *set) {
	struct err err = {0};
	char id[PERSON_ID_LEN + 1];
	snprintf(id, sizeof id, "%020d", number);
	assert_ok(store_begin(b->store, &err) && person_edit(b->store, &(struct person_edit){.id = id, .set_json = set}, &err) &&
		  store_commit(b->store, &err));
}

void desk_bench_books_say(struct desk_bench *b, const char *wanted) {
	struct err err = {0};
	struct checkins list;
	struct strbuf out = {0};
	assert_ok(checkins_load(b->store, &list, &err));
	for (size_t i = 0; i < list.count; i++) {
		const struct checkin *c = &list.items[i];
		strbuf_addf(&out, "%c%s ", c->person[0] ? c->person[PERSON_ID_LEN - 1] : '-', c->duplicate_of ? "=" : "");
		assert_int_equal(c->person[0] != '\0', c->name[0] != '\0');
	}
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_fini(&out);
	checkins_fini(&list);
}
