#include "event/room.h"

#include <stdlib.h>

#include "base/str.h"
#include "event/fold.h"

/* Some sessions overlap what comes after them in their room, by a mistake or on purpose; of those that are on the one that began last is meant. */
static int find_running(const struct room_session *sessions, size_t count, struct utc_ms now) {
	int found = -1;
	for (size_t i = 0; i < count && sessions[i].start.v <= now.v; i++) {
		bool has_end = sessions[i].end.v > sessions[i].start.v;
		int64_t end = has_end ? sessions[i].end.v : i + 1 < count ? sessions[i + 1].start.v : INT64_MAX;
		found = now.v < end ? (int)i : found;
	}
	return found;
}

struct room_choice room_choose(const struct room_session *sessions, size_t count, struct utc_ms now, int64_t doors_ms) {
	struct room_choice choice = {find_running(sessions, count, now), -1};
	int coming = 0;
	while (coming < (int)count && sessions[coming].start.v <= now.v) {
		coming++;
	}
	bool comes = coming < (int)count;
	if (choice.now < 0) {
		choice.now = comes ? coming : (int)count - 1;
	} else if (comes && sessions[coming].start.v - now.v <= doors_ms) {
		choice.then = coming;
	}
	return choice;
}

bool room_is(const char *room, const char *folded) {
	char *own = fold_text(str_or_empty(room));
	bool same = str_eq(own, folded);
	free(own);
	return same;
}
