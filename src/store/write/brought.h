/* How much of each station's was taken in, and whether there is more to be taken now: store/file/quota.h with this file's figures. Organiser, editors and
 * hubs are never paced. */
#ifndef TURNOUT_STORE_WRITE_BROUGHT_H
#define TURNOUT_STORE_WRITE_BROUGHT_H

#include "store/file/quota.h"
#include "store/log/branches.h"
#include "store/log/certificate.h"
#include "store/log/run.h"
#include "store/view/roles.h"

#define BROUGHT_CHAINS (BRANCHES_KEPT + 1) /* a machine that was set back within a boot makes two, a broken one a few */

struct store;

/* What a run would add. */
struct brought {
	const struct run *run;
	size_t first;  /* index of its first new record */
	bool begins;   /* a log or a branch */
	size_t chains; /* of the log that are held already: one of many branches misbehaves, and has a tenth */
	/* Filled by weighing: */
	struct quota_amount amount;
	struct quota_use use;   /* of the author until now */
	bool joins;             /* the author's first log: of the pool of its invitation */
	struct public_key pool; /* zeros: it came by none */
	struct quota_use pool_use;
};

/* How an author stands, as far as quotas go. */
enum trust {
	TRUST_NONE,    /* retired, not let in, unknown: a hundredth */
	TRUST_STATION, /* a day's share */
	TRUST_NAMED,   /* organiser, editor, hub: whatever they bring */
};

/* An author, perhaps of its first log. */
struct newcomer {
	const struct public_key *key;
	bool joins;
	const struct certificate *certificate; /* of that log, where it holds; else NULL */
};

/* What is asked of whoever keeps the figures. */
struct brought_ops {
	/* As of now, with the day begun (quota_begin_day); of a key that is not known zeros. */
	bool (*use)(void *self, const struct public_key *key, struct quota_use *out, struct err *err);
	bool (*trust)(void *self, const struct newcomer *author, enum trust *out, struct err *err);
	/* What was taken of all stations today. */
	bool (*event_bytes)(void *self, int64_t *out, struct err *err);
};

/* Decides; for any replica. */
bool brought_decide(const struct quota *quota, const struct run_event *event, const struct brought_ops *ops, void *self,
		    struct brought *brought, bool *fits, struct err *err) TURNOUT_MUST_CHECK;
/* What a verdict of the views makes of an author; `opens`: its certificate lets it in. One that is unknown and does not join did so in this very
 * transaction, which verdicts do not see yet. */
enum trust brought_trust(enum station_verdict verdict, const struct newcomer *author, bool opens);

/* --- of an event file --- */

/* Inside a writing transaction: *fits says whether it may be taken; when not, that is noted for who looks after stations. */
bool brought_weigh(struct store *store, struct brought *brought, bool *fits, struct err *err) TURNOUT_MUST_CHECK;
/* It was taken. */
bool brought_count(struct store *store, const struct brought *brought, struct err *err) TURNOUT_MUST_CHECK;

/* A hub's own figures, in place of the event's setting "quota". */
void store_set_quota(struct store *store, const struct quota *quota);

#endif
