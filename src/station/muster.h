/* Groups of people (event/group.h) at a desk, and who of them is still to be ticked off there: not signed in where people come in, still inside where they leave,
 * without it where something is handed out. Nothing is written. What decides is the desk itself (desk_look), so the rules of the place hold. */
#ifndef TURNOUT_STATION_MUSTER_H
#define TURNOUT_STATION_MUSTER_H

#include <stddef.h>
#include <stdint.h>

#include "event/group.h"
#include "station/desk.h"

struct muster_group {
	char *name;            /* as whoever of them stands first on the roster spells it */
	int64_t people, to_do; /* of the group; of them not ticked off yet */
};

struct muster_groups { /* a zeroed one is empty; for muster_groups_fini */
	struct muster_group *items;
	size_t count, cap;
};

struct muster_person {
	char id[PERSON_ID_LEN + 1];
	char *name;
	enum outcome outcome; /* what a sign-in would be answered now */
};

struct muster { /* those who are to be ticked off; for muster_fini, which wipes it */
	struct muster_person *items;
	size_t count, cap;
	int64_t people; /* of the group */
};

/* One question to a desk of whoever reads the file. */
struct muster_question {
	struct store *store; /* the desk's */
	struct desk *desk;
	struct utc_ms now;
	enum group_kind kind;
};

/* All groups of that kind, by name; spellings that fold alike (event/fold.h) are one. */
bool muster_groups_load(const struct muster_question *question, struct muster_groups *out, struct err *err) TURNOUT_MUST_CHECK;
void muster_groups_fini(struct muster_groups *groups);
/* Whoever of one group is to be ticked off, by name. A name that is no group's is that of an empty one. */
bool muster_load(const struct muster_question *question, const char *group, struct muster *out, struct err *err) TURNOUT_MUST_CHECK;
void muster_fini(struct muster *muster);

#endif
