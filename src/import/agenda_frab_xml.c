#include "import/agenda_frab_xml.h"

#include "base/str.h"
#include "import/fault.h"
#include "import/frab.h"
#include "import/xml.h"

static const char *first_of(const char *a, const char *b) { return str_empty(a) ? b : a; }

static void read_speakers(const struct xml_node *event, struct frab_entry *e) {
	const struct xml_node *persons = xml_child(event, "persons");
	for (const struct xml_node *p = xml_child(persons, "person"); p != NULL; p = xml_sibling(p, "person")) {
		frab_add_speaker(e, first_of(p->text, xml_child_text(p, "name")));
	}
}

/* frab_source over an element: ids are attributes, texts are elements. */
static const char *event_id(const void *event, const char *name, char number[FRAB_NUMBER_MAX]) {
	(void)number;
	return xml_node_attribute(event, name);
}

static const char *event_text(const void *event, const char *name) { return xml_child_text(event, name); }

static bool read_event(struct frab *f, const struct xml_node *event, const char *room, struct err *err) {
	const struct frab_source source = {event, event_text, event_id};
	struct frab_entry e = {0};
	frab_entry_read(&e, &source, room);
	read_speakers(event, &e);
	bool ok = frab_add(f, &e, err);
	frab_entry_fini(&e);
	return ok;
}

static bool read_events(struct frab *f, const struct xml_node *parent, const char *room, struct err *err) {
	for (const struct xml_node *e = xml_child(parent, "event"); e != NULL; e = xml_sibling(e, "event")) {
		struct agenda_attempt attempt;
		agenda_attempt_begin(&attempt, f->out);
		f->at = (struct fault_place){.line = (size_t)e->line};
		if (!read_event(f, e, room, &attempt.err) && !agenda_attempt_failed(&attempt, f->opt, &f->at, err)) {
			return false;
		}
	}
	return true;
}

/* Events stand in rooms, or in the day itself and name theirs. */
static bool read_day(struct frab *f, const struct xml_node *day, const char *day_change, struct err *err) {
	struct agenda_attempt attempt;
	agenda_attempt_begin(&attempt, f->out);
	/* Events of a day whose date cannot be read may have dates of their own. */
	if (!frab_set_day(f, xml_node_attribute(day, "date"), first_of(xml_node_attribute(day, "start"), day_change), &attempt.err) &&
	    !agenda_attempt_failed(&attempt, f->opt, &(struct fault_place){.line = (size_t)day->line}, err)) {
		return false;
	}
	bool ok = read_events(f, day, NULL, err);
	for (const struct xml_node *room = xml_child(day, "room"); ok && room != NULL; room = xml_sibling(room, "room")) {
		ok = read_events(f, room, xml_node_attribute(room, "name"), err);
	}
	return ok;
}

/* The days and the events without one, which have dates of their own. */
static bool read_days(struct frab *f, const struct xml_node *parent, const char *day_change, struct err *err) {
	bool ok = frab_set_day(f, NULL, NULL, err) && read_events(f, parent, NULL, err);
	for (const struct xml_node *day = ok ? xml_child(parent, "day") : NULL; ok && day != NULL; day = xml_sibling(day, "day")) {
		ok = read_day(f, day, day_change, err);
	}
	return ok;
}

static void read_conference(struct frab *f, const struct xml_node *conference) {
	frab_set_conference(f, xml_child_text(conference, "title"), xml_child_text(conference, "time_zone_name"));
	for (const struct xml_node *t = xml_child(conference, "track"); t != NULL; t = xml_sibling(t, "track")) {
		frab_set_track(f, first_of(xml_node_attribute(t, "name"), t->text), xml_node_attribute(t, "color"));
	}
}

bool agenda_frab_xml_parse(const struct agenda_input *in, struct agenda *out, struct err *err) {
	struct xml_tree *tree = xml_tree_open(in->bytes, in->n, err);
	if (tree == NULL) {
		return false;
	}
	struct frab f = {.zone = in->zone, .opt = in->opt, .out = out};
	const struct xml_node *root = xml_tree_root(tree);
	bool ok = str_eq(root->name, "schedule") ||
		  fault_fail(err, &(struct fault){.kind = FAULT_SCHEDULE_NO_XML, .at.line = (size_t)root->line, .value = root->name});
	const struct xml_node *conference = ok ? xml_child(root, "conference") : NULL;
	read_conference(&f, conference);
	const char *day_change = xml_child_text(conference, "day_change");
	ok = ok && read_days(&f, root, day_change, err) && (conference == NULL || read_days(&f, conference, day_change, err));
	frab_fini(&f);
	xml_tree_close(tree);
	return ok;
}
