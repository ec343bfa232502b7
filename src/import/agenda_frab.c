#include "import/agenda_frab.h"

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "import/fault.h"
#include "import/frab.h"

/* A text; of an object with one text a language ({"en": "Break", "uk": …}, as newer pretalx versions write) the first. */
static const char *text_of(const struct json *value) {
	if (json_kind(value) == JSON_KIND_OBJECT) {
		void *m = json_member_next(value, NULL);
		return m ? json_text(json_member_value(m)) : NULL;
	}
	return json_text(value);
}

static const char *member(const struct json *object, const char *key) { return text_of(json_get(object, key)); }

/* frab_source over a JSON object. A room may be an object with its name. */
static const char *entry_text(const void *entry, const char *name) {
	const struct json *value = json_get(entry, name);
	const char *inside = str_eq(name, "room") ? json_get_text(value, "name") : NULL;
	return inside ? inside : text_of(value);
}

/* Ids are numbers in frab's files and texts elsewhere; codes are texts. */
static const char *entry_id(const void *entry, const char *name, char number[FRAB_NUMBER_MAX]) {
	int64_t value = 0;
	if (!str_eq(name, "code") && json_int(json_get(entry, name), &value)) {
		snprintf(number, FRAB_NUMBER_MAX, "%lld", (long long)value);
		return number;
	}
	return member(entry, name);
}

static void read_speakers(const struct json *entry, struct frab_entry *e) {
	static const char *const keys[] = {"public_name", "full_public_name", "name"};
	const struct json *persons = json_get(entry, "persons");
	persons = persons ? persons : json_get(entry, "speakers");
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

static bool read_entry(struct frab *f, const struct json *entry, const char *room, struct err *err) {
	const struct frab_source source = {entry, entry_text, entry_id};
	struct frab_entry e = {0};
	if (json_kind(entry) != JSON_KIND_OBJECT) {
		return fault_fail(err, &(struct fault){.kind = FAULT_SCHEDULE_ENTRY});
	}
	frab_entry_read(&e, &source, room);
	read_speakers(entry, &e);
	bool ok = frab_add(f, &e, err);
	frab_entry_fini(&e);
	return ok;
}

static bool read_entries(struct frab *f, const struct json *entries, const char *room, struct err *err) {
	if (json_kind(entries) != JSON_KIND_ARRAY) {
		return fault_fail(err, &(struct fault){.kind = FAULT_SCHEDULE_ENTRIES});
	}
	for (size_t i = 0; i < json_count(entries); i++) {
		if (!read_entry(f, json_at(entries, i), room, err)) {
			return fault_wrap(err, &(struct fault_place){.entry = i + 1});
		}
	}
	return true;
}

static bool read_day(struct frab *f, const struct json *day, struct err *err) {
	const char *date = member(day, "date");
	if (!frab_set_day(f, date, member(day, "day_start"), err)) {
		return false;
	}
	const struct json *rooms = json_get(day, "rooms");
	if (json_kind(rooms) != JSON_KIND_OBJECT && json_count(rooms) != 0) {
		return fault_fail(err, &(struct fault){.kind = FAULT_SCHEDULE_ROOMS});
	}
	for (void *m = json_member_next(rooms, NULL); m != NULL; m = json_member_next(rooms, m)) {
		if (!read_entries(f, json_member_value(m), json_member_key(m), err)) {
			return fault_wrap(err, &(struct fault_place){.room = json_member_key(m)});
		}
	}
	return true;
}

static void read_conference(struct frab *f, const struct json *conference) {
	frab_set_conference(f, member(conference, "title"), member(conference, "time_zone_name"));
	const struct json *rooms = json_get(conference, "rooms");
	for (size_t i = 0; json_kind(rooms) == JSON_KIND_ARRAY && i < json_count(rooms); i++) {
		frab_set_room(f, member(json_at(rooms, i), "name"), json_get_int(json_at(rooms, i), "capacity", 0));
	}
	const struct json *tracks = json_get(conference, "tracks");
	for (size_t i = 0; json_kind(tracks) == JSON_KIND_ARRAY && i < json_count(tracks); i++) {
		frab_set_track(f, member(json_at(tracks, i), "name"), member(json_at(tracks, i), "color"));
	}
}

static bool read_days(struct frab *f, const struct json *days, struct err *err) {
	if (json_kind(days) != JSON_KIND_ARRAY) {
		return fault_fail(err, &(struct fault){.kind = FAULT_SCHEDULE_NO_JSON});
	}
	for (size_t i = 0; i < json_count(days); i++) {
		if (!read_day(f, json_at(days, i), err)) {
			return fault_wrap(err, &(struct fault_place){.day = i + 1});
		}
	}
	return true;
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
	const struct json *conference = json_get(schedule ? schedule : root, "conference");
	const struct json *days = json_get(conference, "days");
	read_conference(&f, conference);
	bool ok = read_days(&f, days ? days : json_get(schedule, "days"), err);
	frab_fini(&f);
	json_free(root);
	return ok;
}
