#include "store/view/signature.h"

#include <string.h>

#include "base/str.h"
#include "event/person.h"
#include "store/view/view.h"

static bool apply(struct store *store, const struct view_record *r, struct err *err) {
	const char *person = json_get_text(r->body, "person");
	bool whole = !str_empty(person) && strlen(person) <= PERSON_ID_LEN && json_get_text(r->body, "day") != NULL &&
		     json_get_text(r->body, "by") != NULL && json_kind(json_get(r->body, "strokes")) == JSON_KIND_ARRAY;
	return whole ? view_touch(store, r, SIGNATURE_THING, person, err) : view_ignore(store, r, IGNORE_THING, err);
}

const struct store_view view_signature = {
	.kinds = {{"signature", RIGHT_STATION, PASS_REST, apply}},
	.thing = SIGNATURE_THING,
	.compute = view_compute_nothing,
};
