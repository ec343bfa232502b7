/* What people should look at, after files that were apart have met. No machine here knows what time it is, unless a test says so. */
#include "store/read/conflicts.h"

#include "lib/event_sample.h"

#include <sys/timex.h>

#include "badge/code.h"
#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "import/source_memory.h"
#include "station/desk.h"
#include "store/read/badges.h"
#include "store/read/checkins.h"
#include "store/read/people.h"
#include "store/read/points.h"
#include "store/read/sessions.h"
#include "store/read/settings.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"

static bool clock_is_sure;

int adjtimex(struct timex *state) {
	*state = (struct timex){.status = clock_is_sure ? 0 : STA_UNSYNC};
	return clock_is_sure ? TIME_OK : TIME_ERROR;
}

#define TEN INT64_C(1778742000000) /* 14 May 2026, 10:00 in Kyiv */
#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static const char *const people[] = {"0000000000000000000a", "0000000000000000000b"};
static const char session[] = "11111111111111111111";

/* Two copies of one event; in both is known how the stations of devices 1, 2 and 3 are called: A, B and C. */
struct bench {
	struct scratch *s;
	char *here, *there;
};

static struct store *open_as(const struct bench *b, const char *path, int device) { return event_sample_open_as(b->s, path, device); }

static void add_people(struct store *store) {
	struct err err = {0};
	bool changed;
	static const char *const codes[] = {"CODE-A", "CODE-B"};
	for (size_t i = 0; i < COUNT_OF(people); i++) {
		struct person p = {0};
		person_set(&p, PERSON_NAME, i == 0 ? "Олена Приклад" : "Тарас Зразковий");
		person_set(&p, PERSON_CODE, codes[i]);
		assert_ok(person_edit(store, &(struct person_edit){.id = people[i], .set = &p, .fresh = true}, &err));
		person_fini(&p);
	}
	struct session s = {.uid = xstrdup("a")};
	session_set(&s, SESSION_TITLE, "Мед");
	s.when = (struct session_when){
		.start = {TEN}, .end = {TEN + HOUR}, .offset_min = 180, .place_offset_min = 180, .room = xstrdup("A")};
	assert_ok(session_edit(store, &(struct session_edit){.id = session, .s = &s}, &changed, &err));
	session_fini(&s);
	assert_ok(setting_put(store, "unverified", "welcome", &err));
}

static void open_bench(struct bench *b, struct scratch *s) {
	struct err err = {0};
	struct public_key keys[3];
	static const char *const names[] = {"A", "B", "C"};
	*b = (struct bench){.s = s, .here = scratch_path(s, "here"), .there = scratch_path(s, "there")};
	event_sample_device(s, 0);
	store_close(scratch_event(s, "here"));
	for (int i = 0; i < 3; i++) {
		struct store *store = open_as(b, b->here, i + 1);
		keys[i] = *store_station(store);
		store_close(store);
	}
	struct store *store = open_as(b, b->here, 0);
	assert_ok(store_begin(store, &err));
	add_people(store);
	for (int i = 0; i < 3; i++) {
		assert_ok(role_give(store, &keys[i], "station", names[i], &err));
	}
	assert_ok(store_commit(store, &err) && store_copy(store, b->there, &err));
	char *key = xasprintf("cp '%s.key' '%s.key'", b->here, b->there); /* so that both may be edited */
	assert_int_equal(system(key), 0);                                 /* NOLINT: the words are ours */
	free(key);
	store_close(store);
}

static void close_bench(struct bench *b) {
	free(b->here);
	free(b->there);
}

struct visit {
	const char *path;
	int device;
	const char *point, *code;
	int64_t at; /* 0: now, which nobody confirms */
};

static enum outcome take(const struct bench *b, struct visit v) {
	struct err err = {0};
	struct desk_answer answer;
	struct store *store = open_as(b, v.path, v.device);
	struct desk *desk = desk_open(store, v.point, &err);
	struct desk_scan scan = {.text = v.code, .len = strlen(v.code), .how = "camera", .has_at = v.at != 0, .at = {v.at}};
	assert_ok(desk != NULL && desk_take(desk, &scan, &answer, &err));
	enum outcome outcome = answer.outcome;
	desk_answer_fini(&answer);
	desk_close(desk);
	store_close(store);
	return outcome;
}

/* Runs as the organiser of that copy, in one transaction; it fills the `err` in scope. */
#define ORGANISE(path, call) event_sample_write(b.s, (path), (path) == b.here ? 10 : 11, call)

static void meet(const struct bench *b) {
	event_sample_merge(b->here, b->there);
	event_sample_merge(b->there, b->here);
}

/* --- what is told, a line each ---------------------------------------------------------------------------------------------------- */

static void put_record(struct strbuf *out, const struct conflict_record *r) {
	strbuf_addf(out, "%s %s%lld%s", r->station.name[0] ? r->station.name : r->station.role, r->approximate ? "~" : "",
		    r->approximate ? 0LL : (long long)((r->utc.v - TEN) / MINUTE), r->counts ? " counts" : "");
}

static bool note(void *context, const struct conflict *c, struct err *err) {
	(void)err;
	struct strbuf *out = context;
	strbuf_adds(out, conflict_word(c->kind));
	switch (c->kind) {
	case CONFLICT_DOUBLE:
		strbuf_addf(out, "|%s|%s|%s|%s|", c->person, c->name, c->code, c->where);
		put_record(out, &c->twice.first);
		strbuf_addf(out, "|%s|", c->twice.first_code);
		put_record(out, &c->at);
		break;
	case CONFLICT_REVOKED:
		strbuf_addf(out, "|%s|%s|%s|", c->name, c->code, c->where);
		put_record(out, &c->at);
		strbuf_addc(out, '|');
		put_record(out, &c->revocation);
		break;
	case CONFLICT_FIELD:
		strbuf_addf(out, "|%s|%s|%s|%s|%s|%s", c->edit.thing, c->edit.id, str_or_empty(c->name), c->edit.field, c->edit.shown,
			    c->edit.other);
		break;
	case CONFLICT_BRANCH: strbuf_addf(out, "|%s|%llu", c->at.station.name, (unsigned long long)c->after); break;
	case CONFLICT_ALIKE: strbuf_addf(out, "|%s|%s|%s|%s", c->person, c->alike.id, c->alike.name, person_field_key(c->alike.by)); break;
	case CONFLICT_ERASED: strbuf_addf(out, "|%s|%lld", c->erased.id, (long long)c->erased.people); break;
	case CONFLICT_CLOCK: strbuf_addf(out, "|%s|%lld", c->at.station.name, (long long)c->count); break;
	default:
		strbuf_addf(out, "|%s|%s|%s|%s", c->at.station.name, c->ignored.kind, c->ignored.reason, c->ignored.why);
		assert_true(c->at.seq != 0);
	}
	strbuf_addc(out, '\n');
	return true;
}

/* All that is told of a file but the kinds after `without`; for free(). */
static char *told(const struct bench *b, const char *path) {
	struct err err = {0};
	struct strbuf out = {0};
	event_sample_device(b->s, 0);
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	assert_ok(conflicts_each(store, note, &out, &err));
	store_close(store);
	return strbuf_detach(&out);
}

/* Both copies tell exactly that. */
static void tells(const struct bench *b, const char *wanted) {
	char *here = told(b, b->here), *there = told(b, b->there);
	assert_string_equal(here, wanted);
	assert_string_equal(there, wanted);
	free(here);
	free(there);
}

/* --- double ---------------------------------------------------------------------------------------------------------------------- */

static void two_boxes_let_one_person_in(void **state) {
	struct bench b;
	open_bench(&b, *state);
	take(&b, (struct visit){b.here, 1, POINT_ARRIVAL, "CODE-A", TEN + 5 * MINUTE});
	take(&b, (struct visit){b.there, 2, POINT_ARRIVAL, "CODE-A", TEN});
	take(&b, (struct visit){b.here, 1, POINT_ARRIVAL, "CODE-B", TEN});
	take(&b, (struct visit){b.there, 2, POINT_ARRIVAL, "CODE-B", TEN + DAY}); /* another day */
	take(&b, (struct visit){b.here, 1, session, "CODE-A", TEN});
	take(&b, (struct visit){b.there, 2, session, "CODE-A", TEN + 7 * MINUTE}); /* and late */
	tells(&b, "");
	meet(&b);
	tells(&b, "double|0000000000000000000a|Олена Приклад|CODE-A|arrival|B 0 counts|CODE-A|A 5\n"
		  "double|0000000000000000000a|Олена Приклад|CODE-A|Мед|A 0 counts|CODE-A|B 7\n");
	close_bench(&b);
}

static void who_was_known_to_be_in_is_none(void **state) {
	struct bench b;
	open_bench(&b, *state);
	take(&b, (struct visit){b.here, 1, POINT_ARRIVAL, "CODE-A", TEN});
	assert_int_equal(take(&b, (struct visit){b.here, 2, POINT_ARRIVAL, "CODE-A", TEN + MINUTE}), OUTCOME_DUPLICATE);
	assert_int_equal(take(&b, (struct visit){b.here, 1, POINT_ARRIVAL, "CODE-A", TEN + MINUTE}), OUTCOME_DUPLICATE);
	meet(&b);
	tells(&b, "");
	close_bench(&b);
}

/* B answered "already in" because it knew of A; that A's clock is unknown, so that B stands first in the books, makes no contradiction of it.
 * C knew of nobody. */
static void a_known_one_that_comes_first_in_the_books(void **state) {
	struct bench b;
	struct err err = {0};
	open_bench(&b, *state);
	struct store *store = open_as(&b, b.here, 1);
	struct checkin_draft draft = {.code = "CODE-A", .point = session, .shown = OUTCOME_ACCEPTED, .how = "camera"};
	assert_ok(store_begin(store, &err) && checkin_append(store, &draft, NULL, &err) && store_commit(store, &err));
	store_close(store);
	assert_int_equal(take(&b, (struct visit){b.here, 2, session, "CODE-A", TEN + MINUTE}), OUTCOME_DUPLICATE);
	char *text = told(&b, b.here);
	assert_string_equal(text, "clock|A|1\n");
	free(text);
	assert_int_equal(take(&b, (struct visit){b.there, 3, session, "CODE-A", TEN + 2 * MINUTE}), OUTCOME_ACCEPTED);
	meet(&b);
	tells(&b, "double|0000000000000000000a|Олена Приклад|CODE-A|Мед|C 2|CODE-A|A ~0\nclock|A|1\n");
	close_bench(&b);
}

static void each_later_box_is_told(void **state) {
	struct bench b;
	open_bench(&b, *state);
	struct err err = {0};
	char *third = scratch_path(b.s, "third");
	struct store *store = open_as(&b, b.here, 0);
	assert_ok(store_copy(store, third, &err));
	store_close(store);
	take(&b, (struct visit){b.here, 1, POINT_ARRIVAL, "CODE-A", TEN});
	take(&b, (struct visit){b.there, 2, POINT_ARRIVAL, "CODE-A", TEN + MINUTE});
	take(&b, (struct visit){third, 3, POINT_ARRIVAL, "CODE-A", TEN + 2 * MINUTE});
	event_sample_merge(b.here, third);
	meet(&b);
	tells(&b, "double|0000000000000000000a|Олена Приклад|CODE-A|arrival|A 0 counts|CODE-A|B 1\n"
		  "double|0000000000000000000a|Олена Приклад|CODE-A|arrival|A 0 counts|CODE-A|C 2\n");
	free(third);
	close_bench(&b);
}

static void nobody_is_known_behind_the_code(void **state) {
	struct bench b;
	open_bench(&b, *state);
	static const char code[] = "TO0AAAAAAAAAAAA";
	assert_int_equal(take(&b, (struct visit){b.here, 1, POINT_ARRIVAL, code, TEN}), OUTCOME_UNVERIFIED);
	assert_int_equal(take(&b, (struct visit){b.there, 2, POINT_ARRIVAL, code, TEN + MINUTE}), OUTCOME_UNVERIFIED);
	meet(&b);
	tells(&b, "double|||TO0AAAAAAAAAAAA|arrival|A 0 counts|TO0AAAAAAAAAAAA|B 1\n");
	close_bench(&b);
}

static void joining_two_people_makes_one_arrival_of_two(void **state) {
	struct bench b;
	struct err err = {0};
	open_bench(&b, *state);
	take(&b, (struct visit){b.here, 1, POINT_ARRIVAL, "CODE-A", TEN});
	take(&b, (struct visit){b.there, 2, POINT_ARRIVAL, "CODE-B", TEN + MINUTE});
	meet(&b);
	tells(&b, "");
	ORGANISE(b.here, person_join(store, people[0], people[1], &err));
	meet(&b);
	tells(&b, "double|0000000000000000000b|Тарас Зразковий|CODE-B|arrival|A 0 counts|CODE-A|B 1\n");
	close_bench(&b);
}

static void undoing_one_settles_it(void **state) {
	struct bench b;
	struct err err = {0};
	struct strbuf name = {0};
	open_bench(&b, *state);
	take(&b, (struct visit){b.here, 1, POINT_ARRIVAL, "CODE-A", TEN});
	take(&b, (struct visit){b.there, 2, POINT_ARRIVAL, "CODE-A", TEN + MINUTE});
	meet(&b);
	struct store *store = open_as(&b, b.here, 2);
	assert_ok(store_begin(store, &err) && checkin_undo(store, NULL, &name, &err) && store_commit(store, &err));
	store_close(store);
	meet(&b);
	tells(&b, "");
	strbuf_fini(&name);
	close_bench(&b);
}

/* --- revoked --------------------------------------------------------------------------------------------------------------------- */

static void let_in_by_a_revoked_badge(void **state) {
	struct bench b;
	struct err err = {0};
	open_bench(&b, *state);
	take(&b, (struct visit){b.here, 1, POINT_ARRIVAL, "CODE-A", TEN}); /* whoever revokes it sees that */
	ORGANISE(b.here, badge_revoke(store, "CODE-A", &err));
	take(&b, (struct visit){b.there, 2, session, "CODE-A", TEN + MINUTE});
	assert_int_equal(take(&b, (struct visit){b.here, 1, session, "CODE-A", TEN + 2 * MINUTE}), OUTCOME_REVOKED);
	meet(&b);
	tells(&b, "revoked|Олена Приклад|CODE-A|Мед|B 1 counts|organiser ~0\n");
	/* A second revocation, by somebody who has seen it by now. */
	ORGANISE(b.there, badge_revoke(store, "CODE-A", &err));
	meet(&b);
	tells(&b, "");
	close_bench(&b);
}

/* What was handed out by it is gone, too. */
static void handed_out_by_a_revoked_badge(void **state) {
	struct bench b;
	struct err err = {0};
	open_bench(&b, *state);
	ORGANISE(b.here, point_put(store, "lunch", "{\"name\":\"Обід\"}", &err));
	meet(&b);
	ORGANISE(b.here, badge_revoke(store, "CODE-A", &err));
	assert_int_equal(take(&b, (struct visit){b.there, 2, "lunch", "CODE-A", TEN}), OUTCOME_GIVEN);
	meet(&b);
	tells(&b, "revoked|Олена Приклад|CODE-A|lunch|B 0 counts|organiser ~0\n");
	close_bench(&b);
}

/* They left, and came back by another door; whoever did not leave is told. */
static void who_left_and_came_back_is_none(void **state) {
	struct bench b;
	open_bench(&b, *state);
	take(&b, (struct visit){b.here, 1, POINT_ARRIVAL, "CODE-A", TEN});
	assert_int_equal(take(&b, (struct visit){b.here, 1, "exit", "CODE-A", TEN + MINUTE}), OUTCOME_LEFT);
	assert_int_equal(take(&b, (struct visit){b.there, 2, POINT_ARRIVAL, "CODE-A", TEN + 2 * MINUTE}), OUTCOME_ACCEPTED);
	meet(&b);
	tells(&b, "");
	take(&b, (struct visit){b.here, 1, session, "CODE-A", TEN + 3 * MINUTE});
	take(&b, (struct visit){b.there, 2, session, "CODE-A", TEN + 4 * MINUTE});
	meet(&b);
	char *text = told(&b, b.here);
	assert_non_null(strstr(text, "double|"));
	free(text);
	close_bench(&b);
}

/* A check-in says only the beginning of a signed code. */
static void let_in_by_a_revoked_signed_badge(void **state) {
	struct bench b;
	struct err err = {0};
	char code[CODE_TEXT_MAX];
	open_bench(&b, *state);
	ORGANISE(b.here, (code_make_signed(store_event(store), store_organiser_key(store, &err), 0, code),
			  badge_issue(store, code, "0000000000000000000a", "ALOUD", &err)));
	take(&b, (struct visit){b.there, 2, POINT_ARRIVAL, code, TEN}); /* which has heard of neither */
	take(&b, (struct visit){b.here, 1, session, code, TEN});
	ORGANISE(b.here, badge_revoke(store, code, &err));
	meet(&b);
	char stub[BADGE_CODE_MAX + 1];
	char *wanted = xasprintf("revoked|Олена Приклад|%s|arrival|B 0 counts|organiser ~0\n", checkin_stub(code, stub));
	tells(&b, wanted);
	free(wanted);
	close_bench(&b);
}

#define LONG_AGO INT64_C(1600000000000) /* before any clock here */

/* They came by the old badge, and it was replaced at another copy, which did not know: ordinary work. */
static void a_badge_that_was_replaced(void **state) {
	struct bench b;
	struct err err = {0};
	open_bench(&b, *state);
	take(&b, (struct visit){b.there, 2, POINT_ARRIVAL, "CODE-A", LONG_AGO});
	take(&b, (struct visit){b.there, 2, POINT_ARRIVAL, "CODE-B", LONG_AGO});
	clock_is_sure = true;
	ORGANISE(b.here, badge_revoke(store, "CODE-A", &err) && badge_issue(store, "NEW-A", people[0], "", &err));
	ORGANISE(b.here, badge_revoke(store, "CODE-B", &err)); /* for good */
	clock_is_sure = false;
	/* Later, by the badge that is good no more: others may have found it. */
	take(&b, (struct visit){b.there, 2, POINT_ARRIVAL, "CODE-A", clock_utc().v + DAY});
	meet(&b);
	char *said = told(&b, b.here);
	const char *once = strstr(said, "|CODE-A|arrival|B ");
	assert_non_null(once);
	assert_true(once[strlen("|CODE-A|arrival|B ")] != '-'); /* minutes from the event on */
	assert_holds(said, "revoked|Тарас Зразковий|CODE-B|arrival|");
	assert_null(strstr(once + 1, "|CODE-A|"));
	free(said);
	close_bench(&b);
}

/* Once a badge, a place and a box, however often they came by. */
static void a_revoked_badge_again_and_again(void **state) {
	struct bench b;
	struct err err = {0};
	open_bench(&b, *state);
	ORGANISE(b.here, badge_revoke(store, "CODE-A", &err));
	for (int i = 0; i < 3; i++) {
		take(&b, (struct visit){b.there, 2, POINT_ARRIVAL, "CODE-A", TEN + i * MINUTE});
	}
	meet(&b);
	tells(&b, "revoked|Олена Приклад|CODE-A|arrival|B 0 counts|organiser ~0\n");
	close_bench(&b);
}

static void a_revoked_check_in_that_was_undone(void **state) {
	struct bench b;
	struct err err = {0};
	struct strbuf name = {0};
	open_bench(&b, *state);
	ORGANISE(b.here, badge_revoke(store, "CODE-A", &err));
	take(&b, (struct visit){b.there, 2, POINT_ARRIVAL, "CODE-A", TEN});
	struct store *store = open_as(&b, b.there, 2);
	assert_ok(store_begin(store, &err) && checkin_undo(store, NULL, &name, &err) && store_commit(store, &err));
	store_close(store);
	meet(&b);
	tells(&b, "");
	strbuf_fini(&name);
	close_bench(&b);
}

/* --- field ----------------------------------------------------------------------------------------------------------------------- */

static bool rename_person(struct store *store, const char *organisation, struct err *err) {
	struct person p = {0};
	person_set(&p, PERSON_ORGANISATION, organisation);
	person_set(&p, PERSON_POSITION, "Директорка"); /* both say so: no contradiction */
	bool ok = person_edit(store, &(struct person_edit){.id = people[0], .set = &p}, err);
	person_fini(&p);
	return ok;
}

static bool move_session(struct store *store, int64_t start, struct err *err) {
	struct session_row before, after;
	bool found, changed;
	bool ok = session_get(store, session, &before, &found, err) && session_get(store, session, &after, &found, err);
	after.session.when.start.v = start;
	after.session.when.end.v = start + 14 * HOUR;
	struct session_edit edit = {.id = session, .before = &before.session, .s = &after.session, .named = SESSION_NAMED_WHEN};
	ok = ok && session_edit(store, &edit, &changed, err);
	session_row_fini(&before);
	session_row_fini(&after);
	return ok;
}

/* Which of the two values is shown is decided by hashes, so lines are looked for in both forms. */
static void holds_one_of(const char *text, const char *a, const char *b) {
	if (strstr(text, a) == NULL && strstr(text, b) == NULL) {
		fail_msg("neither %s nor %s stands in:\n%s", a, b, text);
	}
}

static void two_edits_apart(void **state) {
	struct bench b;
	struct err err = {0};
	open_bench(&b, *state);
	ORGANISE(b.here,
		 rename_person(store, "Школа", &err) && setting_put(store, "place", "Київ", &err) && move_session(store, TEN + HOUR, &err));
	ORGANISE(b.there,
		 rename_person(store, "Ліцей", &err) && setting_put(store, "place", "Львів", &err) && move_session(store, TEN, &err));
	meet(&b);
	char *text = told(&b, b.here), *other = told(&b, b.there);
	assert_string_equal(text, other);
	holds_one_of(text, "field|event|||place|Київ|Львів\n", "field|event|||place|Львів|Київ\n");
	holds_one_of(text, "field|person|0000000000000000000a|Олена Приклад|organisation|Школа|Ліцей\n",
		     "field|person|0000000000000000000a|Олена Приклад|organisation|Ліцей|Школа\n");
	holds_one_of(text,
		     "field|session|11111111111111111111|Мед|when|2026-05-14 10:00 to 2026-05-15 00:00, A|2026-05-14 11:00 to 2026-05-15 "
		     "01:00, A\n",
		     "field|session|11111111111111111111|Мед|when|2026-05-14 11:00 to 2026-05-15 01:00, A|2026-05-14 10:00 to 2026-05-15 "
		     "00:00, A\n");
	free(text);
	free(other);
	/* What an import keeps for itself is nobody's choice. */
	struct source_memory one = {.sheet = xstrdup("А")}, two = {.sheet = xstrdup("Б")};
	char *before = told(&b, b.here);
	ORGANISE(b.here, source_memory_save(store, "people", "x.csv", &one, &err));
	ORGANISE(b.there, source_memory_save(store, "people", "x.csv", &two, &err));
	meet(&b);
	tells(&b, before);
	free(before);
	source_memory_fini(&one);
	source_memory_fini(&two);
	/* Saying it again settles it, be it what is shown or what was said too. */
	ORGANISE(b.here,
		 rename_person(store, "Ліцей", &err) && setting_put(store, "place", "Львів", &err) && move_session(store, TEN, &err));
	meet(&b);
	tells(&b, "");
	close_bench(&b);
}

/* A field that nobody spoke of is not settled by an edit of another, and what is undisputed is not written again. */
static void only_what_is_named_is_settled(void **state) {
	struct bench b;
	struct err err = {0};
	struct session_row row;
	bool found = false, changed = true;
	open_bench(&b, *state);
	ORGANISE(b.here, move_session(store, TEN + HOUR, &err));
	ORGANISE(b.there, move_session(store, TEN + 2 * HOUR, &err));
	meet(&b);
	struct store *organiser = open_as(&b, b.here, 10);
	assert_ok(store_begin(organiser, &err) && session_get(organiser, session, &row, &found, &err));
	struct session_edit edit = {.id = session, .before = &row.session, .s = &row.session, .named = SESSION_NAMED(SESSION_TITLE)};
	assert_ok(session_edit(organiser, &edit, &changed, &err));
	assert_false(changed);
	edit.named = SESSION_NAMED_WHEN;
	assert_ok(session_edit(organiser, &edit, &changed, &err));
	assert_true(changed);
	assert_ok(store_commit(organiser, &err));
	session_row_fini(&row);
	store_close(organiser);
	meet(&b);
	tells(&b, "");
	close_bench(&b);
}

/* --- records that do not count ---------------------------------------------------------------------------------------------------- */

static void write_as(const struct bench *b, const char *kind, const char *body) {
	event_sample_append(b->s, b->here, 1, &(struct draft){.kind = kind, .author = AUTHOR_STATION, .subject = "", .body = body});
}

static void records_that_do_not_count(void **state) {
	struct bench b;
	open_bench(&b, *state);
	write_as(&b, "checkin", "{\"code\":\"CODE-A\"}");
	write_as(&b, "dance", "{}");
	write_as(&b, "badge", "{\"code\":\"X\",\"person\":\"0000000000000000000a\"}");
	write_as(&b, "undo", "{\"log\":\"zz\"}");
	write_as(&b, "anchor", "{\"rank\":\"astrologer\"}");
	meet(&b);
	tells(&b, "author|A|badge|author|the author may not write this\n"
		  "unknown|A|dance|kind|only a newer Turnout knows the kind\n"
		  "malformed|A|checkin|checkin|no whole check-in\n"
		  "malformed|A|undo|undo|nothing says what is undone\n"
		  "malformed|A|anchor|rank|no such rank of clock\n");
	/* The views of an older program, not computed again yet. */
	event_sample_sql(b.here, "UPDATE view_ignored SET reason = 'some sentence' WHERE reason = 'kind'");
	char *text = told(&b, b.here);
	assert_holds(text, "malformed|A|dance|some sentence|some sentence\n");
	free(text);
	close_bench(&b);
}

static void what_a_retired_station_wrote_later(void **state) {
	struct bench b;
	struct err err = {0};
	open_bench(&b, *state);
	take(&b, (struct visit){b.there, 1, POINT_ARRIVAL, "CODE-A", TEN});
	meet(&b);
	struct store *at = open_as(&b, b.here, 1);
	struct public_key key = *store_station(at);
	store_close(at);
	ORGANISE(b.here, role_retire(store, &key, &err));
	take(&b, (struct visit){b.there, 1, POINT_ARRIVAL, "CODE-B", TEN});
	meet(&b);
	tells(&b, "author|A|checkin|author|the author may not write this\n");
	close_bench(&b);
}

/* --- clocks and branches ---------------------------------------------------------------------------------------------------------- */

static void times_that_nothing_confirms(void **state) {
	struct bench b;
	struct err err = {0};
	open_bench(&b, *state);
	take(&b, (struct visit){b.here, 1, POINT_ARRIVAL, "CODE-A", 0});
	take(&b, (struct visit){b.here, 1, session, "CODE-A", TEN}); /* staff say when it was */
	take(&b, (struct visit){b.here, 2, session, "CODE-B", TEN});
	meet(&b);
	tells(&b, "clock|A|1\n");
	struct store *store = open_as(&b, b.here, 1);
	assert_ok(store_set_clock(store, (struct utc_ms){TEN}, false, &err));
	struct draft note = {.kind = "anchor", .author = AUTHOR_STATION, .subject = "", .body = "{\"rank\":\"staff\"}"};
	assert_ok(store_begin(store, &err) && store_append(store, &note, NULL, &err) && store_commit(store, &err));
	store_close(store);
	meet(&b);
	tells(&b, "");
	close_bench(&b);
}

static void a_log_that_goes_on_in_two_ways(void **state) {
	struct bench b;
	open_bench(&b, *state);
	take(&b, (struct visit){b.here, 1, POINT_ARRIVAL, "CODE-A", TEN});
	if (event_sample_number(b.here, "SELECT count(*) FROM pragma_table_info('log') WHERE name = 'origin'") == 0) {
		event_sample_sql(b.here, "ALTER TABLE log ADD COLUMN origin BLOB; ALTER TABLE log ADD COLUMN after INTEGER");
	}
	event_sample_sql(
		b.here,
		"INSERT INTO log (hash, author, origin, after) SELECT randomblob(32), author, hash, 2 FROM log ORDER BY id DESC LIMIT 1");
	char *text = told(&b, b.here);
	assert_string_equal(text, "branch|A|2\n");
	free(text);
	close_bench(&b);
}

static void walks_in(const struct bench *b, const char *path, int device, const char *name) {
	struct err err = {0};
	struct desk_answer answer;
	struct store *store = open_as(b, path, device);
	struct desk *desk = desk_open(store, POINT_ARRIVAL, &err);
	char *set = xasprintf("{\"name\":\"%s\",\"phone\":\"067 123 45 67\"}", name);
	const struct desk_scan scan = {.how = "walk-in", .has_at = true, .at = {TEN}};
	assert_ok(desk != NULL && desk_walk_in(desk, set, &scan, &answer, &err));
	desk_answer_fini(&answer);
	free(set);
	desk_close(desk);
	store_close(store);
}

/* Somebody whom the organiser has, under an id that is the greater or the smaller: it is the walk-in that is joined into them, never the other way round. */
static void a_walk_in_who_was_on_the_list(void **state) {
	static const char *const ids[] = {"00000000000000000000", "ffffffffffffffffffff"};
	struct bench b;
	open_bench(&b, *state);
	struct err err = {0};
	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		char *wanted = xasprintf("|%s|Прикладова Ясна|phone\n", ids[i]);
		struct person p = {0};
		person_set(&p, PERSON_NAME, "Прикладова Ясна");
		person_set(&p, PERSON_PHONE, "+380671234567");
		ORGANISE(b.here, person_edit(store, &(struct person_edit){.id = ids[i], .set = &p, .fresh = true}, &err));
		if (i == 0) {
			walks_in(&b, b.here, 1, "Ясна Прикладова");
		}
		char *text = told(&b, b.here);
		assert_true(str_starts(text, "alike|") && str_ends(text, wanted));
		ORGANISE(b.here, person_edit(store, &(struct person_edit){.id = ids[i], .status = "removed"}, &err));
		person_fini(&p);
		free(text);
		free(wanted);
	}
	close_bench(&b);
}

static bool count(void *context, const struct conflict *c, struct err *err) {
	(void)err;
	assert_int_not_equal(c->kind, CONFLICT_ALIKE);
	++*(int *)context;
	return true;
}

/* Nobody can say of a family with one telephone that they are two: they are a hint, and not counted among what is to be settled. */
static void a_family_with_one_telephone(void **state) {
	struct bench b;
	struct err err = {0};
	int settled = 0;
	open_bench(&b, *state);
	walks_in(&b, b.here, 1, "Ясна Прикладова");
	walks_in(&b, b.here, 1, "Ясна Прикладова");
	char *text = told(&b, b.here);
	assert_true(str_starts(text, "alike|"));
	struct store *store = store_open(b.here, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	assert_ok(conflicts_each_in(store, NULL, count, &settled, &err));
	assert_int_equal(settled, 0);
	store_close(store);
	free(text);
	close_bench(&b);
}

/* Two boxes that were apart each put them on the roster, and neither could know of the other. */
static void walk_ins_of_one_person(void **state) {
	struct bench b;
	open_bench(&b, *state);
	walks_in(&b, b.here, 1, "Ясна Прикладова");
	walks_in(&b, b.there, 2, "Прикладова Ясна");
	walks_in(&b, b.there, 2, "Іван Прикладовий");
	tells(&b, "");
	meet(&b);
	char *text = told(&b, b.here), *other = told(&b, b.there);
	assert_string_equal(text, other);
	assert_true(str_starts(text, "alike|") && str_ends(text, "|phone\n"));
	assert_ptr_equal(strchr(text, '\n'), strrchr(text, '\n')); /* and nothing else */
	char first[PERSON_ID_LEN + 1], second[PERSON_ID_LEN + 1];
	str_copy(first, sizeof first, text + strlen("alike|"));
	str_copy(second, sizeof second, text + strlen("alike|") + PERSON_ID_LEN + 1);
	struct err err = {0};
	ORGANISE(b.here, person_join(store, first, second, &err));
	meet(&b);
	char *after = told(&b, b.there);
	assert_null(strstr(after, "alike"));
	free(after);
	free(text);
	free(other);
	close_bench(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(two_boxes_let_one_person_in),
		TEST(who_was_known_to_be_in_is_none),
		TEST(a_known_one_that_comes_first_in_the_books),
		TEST(each_later_box_is_told),
		TEST(nobody_is_known_behind_the_code),
		TEST(joining_two_people_makes_one_arrival_of_two),
		TEST(undoing_one_settles_it),
		TEST(let_in_by_a_revoked_badge),
		TEST(who_left_and_came_back_is_none),
		TEST(handed_out_by_a_revoked_badge),
		TEST(let_in_by_a_revoked_signed_badge),
		TEST(a_badge_that_was_replaced),
		TEST(a_revoked_badge_again_and_again),
		TEST(a_revoked_check_in_that_was_undone),
		TEST(two_edits_apart),
		TEST(only_what_is_named_is_settled),
		TEST(records_that_do_not_count),
		TEST(what_a_retired_station_wrote_later),
		TEST(times_that_nothing_confirms),
		TEST(a_log_that_goes_on_in_two_ways),
		TEST(walk_ins_of_one_person),
		TEST(a_family_with_one_telephone),
		TEST(a_walk_in_who_was_on_the_list),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
