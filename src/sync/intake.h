/* Taking in what a message brought: its runs are checked by a thread of their own while the ones before them are being written. */
#ifndef TURNOUT_SYNC_INTAKE_H
#define TURNOUT_SYNC_INTAKE_H

#include "store/log/share.h"
#include "sync/halt.h"
#include "sync/message.h"

/* What became of one run of a message. */
struct run_fate {
	bool wrong;  /* it could not be taken for what it is: `why` */
	bool failed; /* the runs before it in its piece were not taken, so it was not looked at */
	char why[160];
	struct merge_result result;
};

struct checker;

/* One taking of a message's runs: proofs first, then runs in their order. */
struct intake {
	struct message_run *runs;
	size_t count;
	struct run_fate *fates;  /* `count` of them, zeroed; filled */
	const struct halt *halt; /* looked at between runs; NULL: nothing ends it */
	struct checker *checker; /* NULL; between intake_check and intake_checked */
};

/* Hashes the runs and checks their signatures: few of them at once, before a replica is locked for taking them; many beside their taking. Which
 * are wrong is told by taking. Until intake_checked nobody else touches the runs. */
void intake_check(struct intake *intake, const struct run_event *event);
void intake_checked(struct intake *intake); /* also when taking was broken off */

/* Goes through an intake that is being checked with one function for a run and one for a proof, skipping what cannot be taken: what every
 * replica does alike. False: the replica itself failed. */
struct intake_ops {
	bool (*merge)(void *self, struct run *run, struct merge_result *result, struct err *err);
	bool (*prove)(void *self, struct run *proof, const char *text, struct err *err);
};
bool intake_run(struct intake *intake, const struct intake_ops *ops, void *self, struct err *err) TURNOUT_MUST_CHECK;

#endif
