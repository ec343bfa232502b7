#include "store/view/note.h"

#include <string.h>

#include "base/str.h"
#include "event/person.h"
#include "store/view/view.h"

static const char *person_of(const struct view_record *r) {
	const char *person = json_get_text(r->body, "person");
	return str_empty(person) || strlen(person) > PERSON_ID_LEN ? NULL : person;
}

static bool apply_note(struct store *store, const struct view_record *r, struct err *err) {
	const char *person = person_of(r);
	bool whole = person != NULL && !str_empty(json_get_text(r->body, "text"));
	return whole ? view_touch(store, r, NOTE_THING, person, err) : view_ignore(store, r, IGNORE_THING, err);
}

static bool apply_noted(struct store *store, const struct view_record *r, struct err *err) {
	const char *person = person_of(r);
	struct view_ref ref;
	return person != NULL && view_read_ref(r, &ref) ? view_touch(store, r, NOTE_THING, person, err)
							: view_ignore(store, r, IGNORE_THING, err);
}

const struct store_view view_note = {
	.kinds = {{"note", RIGHT_STATION, PASS_REST, apply_note}, {"noted", RIGHT_STATION, PASS_REST, apply_noted}},
	.thing = NOTE_THING,
	.compute = view_compute_nothing,
};
