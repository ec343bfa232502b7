#include "store/view/override.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/str.h"
#include "event/admission.h"
#include "store/view/view.h"

static bool apply(struct store *store, const struct view_record *r, struct err *err) {
	struct view_ref ref;
	char hex[2 * HASH_LEN + 1], id[2 * HASH_LEN + 32];
	const char *refused = json_get_text(r->body, "refused");
	bool whole = view_read_ref(r, &ref) && refused != NULL && outcome_find(refused) != OUTCOME_COUNT &&
		     !str_empty(json_get_text(r->body, "reason"));
	if (!whole) {
		return view_ignore(store, r, IGNORE_THING, err);
	}
	str_hex(ref.log.b, HASH_LEN, hex);
	snprintf(id, sizeof id, "%s:%" PRIu64, hex, ref.seq);
	return view_touch(store, r, OVERRIDE_THING, id, err);
}

const struct store_view view_override = {
	.kinds = {{"override", RIGHT_STATION, PASS_REST, apply}},
	.thing = OVERRIDE_THING,
	.compute = view_compute_nothing,
};
