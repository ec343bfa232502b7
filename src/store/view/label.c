#include "store/view/label.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/person.h"
#include "store/view/view.h"

static bool apply(struct store *store, const struct view_record *r, struct err *err) {
	const char *person = json_get_text(r->body, "person"), *code = json_get_text(r->body, "code");
	bool whole = (person == NULL) != (code == NULL) && (person == NULL || (person[0] != '\0' && strlen(person) <= PERSON_ID_LEN)) &&
		     (code == NULL || (code[0] != '\0' && strlen(code) <= BADGE_CODE_MAX));
	if (!whole) {
		return view_ignore(store, r, IGNORE_THING, err);
	}
	char *id = xasprintf("%c%s", person != NULL ? 'p' : 'c', person != NULL ? person : code);
	bool ok = view_touch(store, r, LABEL_THING, id, err);
	free(id);
	return ok;
}

const struct store_view view_label = {
	.kinds = {{"label", RIGHT_STATION, PASS_REST, apply}},
	.thing = LABEL_THING,
	.compute = view_compute_nothing,
};
