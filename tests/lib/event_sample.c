#include "lib/event_sample.h"

#include "base/alloc.h"
#include "base/str.h"
#include "station/desk.h"
#include "store/read/audit.h"
#include "store/read/badges.h"
#include "store/read/checkins.h"
#include "store/read/form.h"
#include "store/read/people.h"
#include "store/read/places.h"
#include "store/read/sessions.h"
#include "store/read/settings.h"
#include "store/sql/db.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"

void event_sample_device(const struct scratch *s, int number) {
	char *folder = xasprintf("%s/device-%d", s->folder, number);
	setenv("XDG_STATE_HOME", folder, 1);
	free(folder);
}

void event_sample_sql(const char *path, const char *sql) {
	struct err err = {0};
	struct db *db = db_open(path, DB_WRITE, &err);
	assert_ok(db != NULL);
	assert_ok(db_exec(db, sql, &err));
	db_close(db);
}

int64_t event_sample_number(const char *path, const char *sql) {
	struct err err = {0};
	int64_t n = 0;
	struct db *db = db_open(path, DB_READ, &err);
	assert_ok(db != NULL);
	assert_ok(db_number(db, sql, &n, &err));
	db_close(db);
	return n;
}

struct store *event_sample_open(const char *path) {
	struct err err = {0};
	struct store *store = store_open(path, STORE_WRITE, "test", &err);
	assert_ok(store != NULL);
	return store;
}

struct store *event_sample_open_as(const struct scratch *s, const char *path, int device) {
	event_sample_device(s, device);
	return event_sample_open(path);
}

char *event_sample_bare(const struct scratch *s, const char *name) {
	event_sample_device(s, 0);
	struct store *store = scratch_event(s, name);
	char *path = xstrdup(store_path(store));
	store_close(store);
	return path;
}

struct public_key event_sample_key(const struct scratch *s, const char *path, int device) {
	struct store *store = event_sample_open_as(s, path, device);
	struct public_key key = *store_station(store);
	store_close(store);
	return key;
}

void event_sample_append(const struct scratch *s, const char *path, int device, const struct draft *draft) {
	struct err err = {0};
	event_sample_write(s, path, device, store_append(store, draft, NULL, &err));
}

void event_sample_checkin(const struct scratch *s, const char *path, int device) {
	struct err err = {0};
	struct checkin_draft draft = {.code = "X", .point = POINT_ARRIVAL, .shown = OUTCOME_ACCEPTED, .how = "camera"};
	event_sample_write(s, path, device, checkin_append(store, &draft, NULL, &err));
}

void event_sample_stays_so(const char *path) {
	struct err err = {0};
	char before[65], after[65];
	event_sample_digest(path, before);
	struct store *store = event_sample_open(path);
	assert_ok(store_rebuild(store, &err));
	store_close(store);
	event_sample_digest(path, after);
	assert_string_equal(before, after);
}

void event_sample_refused(const char *path, enum err_kind kind, const char *says) {
	for (int mode = STORE_READ; mode <= STORE_WRITE; mode++) {
		struct err err = {0};
		struct store *store = store_open(path, (enum store_mode)mode, "test", &err);
		assert_null(store);
		assert_int_equal(err.kind, kind);
		assert_holds(err.text, says);
		assert_holds(err.text, path);
	}
}

void event_sample_merge(const char *into, const char *from) {
	struct err err = {0};
	char *sql = xasprintf(
		"ATTACH '%s' AS o; INSERT OR IGNORE INTO log (hash, author) SELECT hash, author FROM o.log ORDER BY id;"
		"INSERT OR IGNORE INTO record (id, kind, mono_ms, utc_ms, subject, body, body_sha256, hash) SELECT m.id << 40 | (r.id & "
		"1099511627775), r.kind, r.mono_ms, r.utc_ms, r.subject, r.body, r.body_sha256, r.hash FROM o.record r JOIN o.log l ON "
		"l.id = "
		"r.id >> 40 JOIN main.log m ON m.hash = l.hash;"
		"INSERT OR IGNORE INTO signature (log, seq, signature) SELECT m.id, s.seq, s.signature FROM o.signature s JOIN o.log l ON "
		"l.id = "
		"s.log JOIN main.log m ON m.hash = l.hash; DETACH o",
		from);
	event_sample_sql(into, sql);
	struct store *store = event_sample_open(into);
	assert_ok(store_rebuild(store, &err));
	store_close(store);
	free(sql);
}

void event_sample_digest(const char *path, char hex[65]) {
	struct err err = {0};
	struct hash digest;
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	assert_ok(audit_digest(store, &digest, &err));
	str_hex(digest.b, HASH_LEN, hex);
	store_close(store);
}

static void add_person(struct store *store, const char *id, const char *name, const char *code) {
	struct err err = {0};
	struct person p = {0};
	person_set(&p, PERSON_NAME, name);
	person_set(&p, PERSON_CODE, code);
	person_set_custom(&p, "Обід", "так");
	assert_ok(person_edit(store, &(struct person_edit){.id = id, .set = &p, .source = "people.csv", .fresh = true}, &err));
	person_fini(&p);
}

static void take(struct store *store, const char *point, const char *code) {
	struct err err = {0};
	struct desk_answer answer;
	struct desk *desk = desk_open(store, point, &err);
	assert_ok(desk != NULL);
	/* At a session staff say when it was, so that it does not hang on who vouches for the machine's clock whether it was over. */
	struct desk_scan scan = {
		.text = code, .len = strlen(code), .how = "camera", .has_at = !str_eq(point, "arrival"), .at = clock_utc()};
	assert_ok(desk_take(desk, &scan, &answer, &err));
	desk_answer_fini(&answer);
	desk_close(desk);
}

static void walk_in(struct store *store, const char *set) {
	struct err err = {0};
	struct desk_answer answer;
	static const struct handwriting hand = {
		.across = HANDWRITING_UNIT, .down = 4000, .points = {{10, 20, 0}, {900, 40, 16}}, .count = 2, .strokes = 1};
	const struct desk_signature signature = {SIGNED_BY_SELF, &hand};
	struct desk *desk = desk_open(store, "arrival", &err);
	assert_ok(desk != NULL);
	assert_ok(desk_walk_in(desk, set, &(struct desk_scan){.how = "walk-in", .signature = &signature}, &answer, &err));
	desk_answer_fini(&answer);
	desk_close(desk);
}

static void add_session(struct store *store, const char *id, const char *title, int64_t start) {
	struct err err = {0};
	bool changed;
	struct session s = {.uid = xstrdup(id)};
	session_set(&s, SESSION_TITLE, title);
	s.when = (struct session_when){.start = {start},
				       .end = {start + 3600000},
				       .offset_min = 180,
				       .place_offset_min = 180,
				       .room = xstrdup("A"),
				       .capacity = 2};
	assert_ok(session_edit(store, &(struct session_edit){.id = id, .s = &s, .source = "a.ics"}, &changed, &err));
	session_fini(&s);
}

static const char *const people[] = {"0000000000000000000a", "0000000000000000000b", "0000000000000000000c", "0000000000000000000d"};

static void organise(struct store *store) {
	struct err err = {0};
	assert_ok(store_begin(store, &err));
	add_person(store, people[0], "Олена Приклад", "CODE-A");
	add_person(store, people[1], "Тарас Зразковий", "CODE-B");
	add_person(store, people[2], "Пётр Примеров", "CODE-C");
	add_person(store, people[3], "Taras Zrazkovyi", "CODE-D");
	add_session(store, "11111111111111111111", "Мед", 1778745600000);
	add_session(store, "22222222222222222222", "Гранти", 1778749200000);
	assert_ok(setting_put(store, "place", "Сорочинці", &err));
	assert_ok(form_field_put(store, "consent:photo", "{\"text:uk\":\"Так\"}", &err));
	assert_ok(places_put(store,
			     &(struct place_list){.region = "Полтавська область",
						  .district = "Миргородський район",
						  .places = "Сорочинська\tВеликі Сорочинці"},
			     &err));
	assert_ok(store_commit(store, &err));
}

static void correct(struct store *store) {
	struct err err = {0};
	struct person p = {0};
	assert_ok(store_begin(store, &err));
	person_set(&p, PERSON_NAME, "Олена Приклад-Нова");
	assert_ok(person_edit(store, &(struct person_edit){.id = people[0], .set = &p}, &err));
	assert_ok(person_join(store, people[3], people[1], &err));
	assert_ok(badge_revoke(store, "CODE-C", &err));
	assert_ok(form_field_remove(store, "phone", &err));
	assert_ok(role_give(store, &(struct public_key){{1}}, "hub", "Хаб", &err));
	assert_ok(role_give(store, &(struct public_key){{1}}, "editor", "Хаб", &err));
	assert_ok(role_retire(store, &(struct public_key){{2}}, &err));
	assert_ok(store_commit(store, &err));
	person_fini(&p);
}

static void undo(struct store *store) {
	struct err err = {0};
	struct strbuf name = {0};
	assert_ok(store_begin(store, &err));
	assert_ok(checkin_undo(store, NULL, &name, &err));
	assert_ok(store_commit(store, &err));
	strbuf_fini(&name);
}

char *event_sample_make(const struct scratch *s, const char *name) {
	event_sample_device(s, 0);
	struct store *store = scratch_event(s, name);
	char *path = xstrdup(store_path(store));
	organise(store);
	store_close(store);
	static const char *const scans[] = {"CODE-A", "CODE-B", "CODE-A", "CODE-D", "CODE-C"};
	for (int device = 1; device <= 3; device++) {
		event_sample_device(s, device);
		store = event_sample_open(path);
		for (size_t i = 0; i < COUNT_OF(scans); i++) {
			take(store, i % 2 ? "11111111111111111111" : "arrival", scans[(i + (size_t)device) % COUNT_OF(scans)]);
		}
		if (device == 2) {
			undo(store);
			walk_in(store, "{\"name\":\"Ївга М’ясоїд\",\"community\":\"Зарічна\"}");
		}
		store_close(store);
	}
	event_sample_device(s, 0);
	store = event_sample_open(path);
	correct(store);
	store_close(store);
	return path;
}
