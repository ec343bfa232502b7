#include "cli/own_standing.h"

#include "cli/common.h"
#include "store/store.h"
#include "store/view/roles.h"

static const char *const RETIRED =
	"this box was retired by the organiser: it signs nobody in any more, and nothing that it records from then on counts";
static const char *const OUTSIDER =
	"what this box writes does not count until the organiser adds it (turnout station EVENT key tells its key)";
static const char *const REFUSED =
	"at the last exchange a hub took nothing of this box, as its invitation is closed or not known there yet: what it writes stays "
	"here until the organiser adds it (turnout station EVENT key tells its key), or their machine exchanges with that hub";

bool own_standing(struct store *store, const char **sentence, struct err *err) {
	enum station_verdict verdict;
	bool refused = false, counts = true;
	*sentence = NULL;
	if (!store_has_station(store)) {
		return true;
	}
	if (!role_verdict(store, store_station(store), &verdict, err) || !role_station_counts(store, &counts, err) ||
	    !role_station_refused(store, &refused, err)) {
		return false;
	}
	/* Of a box that has recorded nothing yet it is not known whether it would count. */
	*sentence = verdict == VERDICT_RETIRED ? RETIRED : !counts && verdict != VERDICT_UNKNOWN ? OUTSIDER : refused ? REFUSED : NULL;
	return true;
}

bool own_standing_say(struct store *store, struct err *err) {
	const char *sentence;
	if (!own_standing(store, &sentence, err)) {
		return false;
	}
	if (sentence != NULL) {
		cli_say("warning: %s", sentence);
	}
	return true;
}
