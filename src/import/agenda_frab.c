#include "import/agenda_frab.h"

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "import/fault.h"
#include "import/frab.h"

/* An entry among what it refers to. */
struct entry {
	const struct json *json, *conference;
};

/* A text; of an object with one text a language ({"en": "Break", "uk": null}, as newer pretalx versions and the hub write) the first. */
static const char *text_of(const struct json *value) {
	const char *text = json_text(value);
	if (json_kind(value) == JSON_KIND_OBJECT) {
		for (void *m = json_member_next(value, NULL); m != NULL && str_empty(text); m = json_member_next(value, m)) {
			text = json_text(json_member_value(m));
		}
	}
	return text;
}

static const char *member(const struct json *object, const char *key) { return text_of(json_get(object, key)); }

/* Goes through a list's elements, or an object's members with their keys. */
struct walk {
	const struct json *list;
	size_t next;
	void *member;
	const char *key; /* of the one that was given; NULL: it has none */
};

static const struct json *walk_next(struct walk *w) {
	if (json_kind(w->list) != JSON_KIND_OBJECT) {
		return w->next < json_count(w->list) ? json_at(w->list, w->next++) : NULL;
	}
	w->member = w->next++ == 0 ? json_member_next(w->list, NULL) : w->member ? json_member_next(w->list, w->member) : NULL;
	w->key = w->member ? json_member_key(w->member) : NULL;
	return w->member ? json_member_value(w->member) : NULL;
}

/* The name that one of the conference's rooms or tracks has by its guid or slug; NULL when it is none's. */
static const char *name_by(const struct json *list, const char *key, const char *value) {
	struct walk w = {.list = list};
	const struct json *one = str_empty(value) ? NULL : walk_next(&w);
	for (; one != NULL && w.next <= FRAB_TRACKS_MAX; one = walk_next(&w)) {
		if (str_eq(json_get_text(one, key), value) || (w.key != NULL && str_eq(w.key, value))) {
			return member(one, "name");
		}
	}
	return NULL;
}

/* A room or track is its name, or an object with a name, a guid or a slug that the conference's list explains. */
static const char *referred(const struct json *list, const struct json *value) {
	static const char *const keys[] = {"guid", "slug"};
	const char *name = json_get_text(value, "name");
	const char *text = json_text(value);
	for (size_t k = 0; k < COUNT_OF(keys) && str_empty(name); k++) {
		name = name_by(list, keys[k], text != NULL ? text : json_get_text(value, keys[k]));
	}
	return !str_empty(name) ? name : text_of(value);
}

/* frab_source over a JSON object. */
static const char *entry_text(const void *entry, const char *name) {
	const struct entry *e = entry;
	const struct json *value = json_get(e->json, name);
	return str_eq(name, "room")    ? referred(json_get(e->conference, "rooms"), value)
	       : str_eq(name, "track") ? referred(json_get(e->conference, "tracks"), value)
				       : text_of(value);
}

/* Ids are numbers in frab's files and texts elsewhere; codes are texts. */
static const char *entry_id(const void *entry, const char *name, char number[FRAB_NUMBER_MAX]) {
	const struct entry *e = entry;
	int64_t value = 0;
	if (!str_eq(name, "code") && json_int(json_get(e->json, name), &value)) {
		snprintf(number, FRAB_NUMBER_MAX, "%lld", (long long)value);
		return number;
	}
	return member(e->json, name);
}

static void read_speakers(const struct json *entry, struct frab_entry *e) {
	static const char *const keys[] = {"public_name", "full_public_name", "name"};
	const struct json *persons = json_get(entry, "persons");
	persons = persons ? persons : json_get(entry, "speakers");
	persons = persons ? persons : json_get(entry, "participants");
	size_t count = json_kind(persons) == JSON_KIND_ARRAY ? json_count(persons) : 0;
	for (size_t i = 0; i < count; i++) {
		const struct json *person = json_at(persons, i);
		const char *name = json_text(person);
		for (size_t k = 0; k < COUNT_OF(keys) && str_empty(name); k++) {
			name = json_get_text(person, keys[k]);
		}
		frab_add_speaker(e, name);
	}
}

struct place { /* where the entries stand */
	struct frab *f;
	const struct json *conference;
	size_t day;       /* from 1; 0: in none */
	const char *room; /* NULL: in none */
};

static bool read_entry(const struct place *p, const struct json *json, struct err *err) {
	const struct entry entry = {json, p->conference};
	const struct frab_source source = {&entry, entry_text, entry_id};
	struct frab_entry e = {0};
	if (json_kind(json) != JSON_KIND_OBJECT) {
		return fault_fail(err, &(struct fault){.kind = FAULT_SCHEDULE_ENTRY});
	}
	frab_entry_read(&e, &source, p->room);
	read_speakers(json, &e);
	bool ok = frab_add(p->f, &e, err);
	frab_entry_fini(&e);
	return ok;
}

static bool read_entries(const struct place *p, const struct json *entries, struct err *err) {
	struct fault_place at = {.day = p->day, .room = p->room};
	if (json_kind(entries) != JSON_KIND_ARRAY) {
		return fault_fail(err, &(struct fault){.kind = FAULT_SCHEDULE_ENTRIES, .at = at});
	}
	for (at.entry = 1; at.entry <= json_count(entries); at.entry++) {
		struct agenda_attempt attempt;
		agenda_attempt_begin(&attempt, p->f->out);
		p->f->at = at;
		if (!read_entry(p, json_at(entries, at.entry - 1), &attempt.err) && !agenda_attempt_failed(&attempt, p->f->opt, &at, err)) {
			return false;
		}
	}
	return true;
}

/* Rooms by their names, by their guids, or in a list; what stands in one is its entries, or an object with them. */
static bool read_rooms(struct place *p, const struct json *rooms, struct err *err) {
	struct walk w = {.list = rooms};
	for (const struct json *room = walk_next(&w); room != NULL; room = walk_next(&w)) {
		const char *name = member(room, "name");
		const char *named = name_by(json_get(p->conference, "rooms"), "guid", w.key);
		if (w.key == NULL && json_kind(room) != JSON_KIND_OBJECT) {
			return fault_fail(err, &(struct fault){.kind = FAULT_SCHEDULE_ROOMS, .at.day = p->day});
		}
		p->room = !str_empty(name) ? name : named != NULL ? named : w.key;
		const struct json *inside = json_get(room, "events");
		if (!read_entries(p, inside ? inside : room, err)) {
			return false;
		}
	}
	p->room = NULL;
	return true;
}

static bool read_day(struct place *p, const struct json *day, struct err *err) {
	const char *start = member(day, "day_start");
	struct agenda_attempt attempt;
	agenda_attempt_begin(&attempt, p->f->out);
	/* Entries of a day whose date cannot be read may have dates of their own. */
	if (!frab_set_day(p->f, member(day, "date"), start ? start : member(day, "start"), &attempt.err) &&
	    !agenda_attempt_failed(&attempt, p->f->opt, &(struct fault_place){.day = p->day}, err)) {
		return false;
	}
	const struct json *events = json_get(day, "events");
	return read_rooms(p, json_get(day, "rooms"), err) && (events == NULL || read_entries(p, events, err));
}

/* A number, or a text with one. */
static bool read_room(struct frab *f, const struct json *room, struct err *err) {
	struct strbuf number = {0};
	const struct json *capacity = json_get(room, "capacity");
	if (json_kind(capacity) == JSON_KIND_NUMBER) {
		json_dump(capacity, &number);
	}
	bool ok = frab_set_room(f, member(room, "name"), number.len != 0 ? strbuf_str(&number) : text_of(capacity), err);
	strbuf_fini(&number);
	return ok;
}

static bool read_conference(struct frab *f, const struct json *conference, struct err *err) {
	frab_set_conference(f, member(conference, "title"), member(conference, "time_zone_name"));
	struct walk rooms = {.list = json_get(conference, "rooms")};
	for (const struct json *room = walk_next(&rooms); room != NULL; room = walk_next(&rooms)) {
		if (!read_room(f, room, err)) {
			return false;
		}
	}
	struct walk tracks = {.list = json_get(conference, "tracks")};
	for (const struct json *track = walk_next(&tracks); track != NULL; track = walk_next(&tracks)) {
		const char *colour = member(track, "color");
		frab_set_track(f, member(track, "name"), colour ? colour : member(json_get(track, "colors"), "light"));
	}
	return true;
}

static bool read_schedule(struct place *p, const struct json *schedule, struct err *err) {
	const struct json *days = json_get(p->conference, "days");
	const struct json *events = json_get(schedule, "events");
	days = days ? days : json_get(schedule, "days");
	events = events ? events : json_get(p->conference, "events");
	if (json_kind(days) != JSON_KIND_ARRAY && json_kind(events) != JSON_KIND_ARRAY) {
		return fault_fail(err, &(struct fault){.kind = FAULT_SCHEDULE_NO_JSON});
	}
	for (size_t i = 0; i < json_count(days); i++) {
		p->day = i + 1;
		if (!read_day(p, json_at(days, i), err)) {
			return false;
		}
	}
	p->day = 0;
	return events == NULL || (frab_set_day(p->f, NULL, NULL, err) && read_entries(p, events, err));
}

static bool fail_broken(const struct json_broken *broken, struct err *err) {
	struct fault_place at = {.line = (size_t)broken->line, .column = (size_t)broken->column};
	return fault_fail(err, &(struct fault){.kind = FAULT_JSON_BROKEN, .at = at, .other = broken->why});
}

bool agenda_frab_parse(const struct agenda_input *in, struct agenda *out, struct err *err) {
	struct json_broken broken;
	struct json *root = json_parse_at(in->bytes, in->n, &broken);
	if (root == NULL) {
		return fail_broken(&broken, err);
	}
	struct frab f = {.zone = in->zone, .opt = in->opt, .out = out};
	const struct json *schedule = json_get(root, "schedule");
	schedule = schedule ? schedule : root;
	struct place p = {.f = &f, .conference = json_get(schedule, "conference")};
	bool ok = read_conference(&f, p.conference, err) && read_schedule(&p, schedule, err);
	frab_fini(&f);
	json_free(root);
	return ok;
}
