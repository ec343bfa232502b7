#include "sync/replica.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"

void replica_fini(struct replica *replica) { crypto_wipe(replica, sizeof *replica); }

enum standing replica_standing(enum station_verdict verdict, bool certificate, bool opens) {
	switch (verdict) {
	case VERDICT_STATION:
	case VERDICT_HUB:
	case VERDICT_EDITOR:
	case VERDICT_ORGANISER: return STANDING_MEMBER;
	case VERDICT_RETIRED: return STANDING_RETIRED;
	case VERDICT_OUTSIDER:
	case VERDICT_UNKNOWN: break;
	}
	return opens ? STANDING_MEMBER : certificate || verdict == VERDICT_OUTSIDER ? STANDING_CLOSED : STANDING_UNKNOWN;
}

/* True when the error is the run's own fault; else the replica itself failed. */
static bool note_wrong(struct run_fate *fate, const struct err *err) {
	if (err->kind != ERR_INPUT && err->kind != ERR_REFUSED) {
		return false;
	}
	fate->wrong = true;
	str_copy(fate->why, sizeof fate->why, err->text);
	return true;
}

static bool take_proofs(struct intake *intake, const struct intake_ops *ops, void *self, struct err *err) {
	for (size_t i = 0; i < intake->count; i++) {
		struct err wrong = {0};
		struct message_run *m = &intake->runs[i];
		if (m->proof && !ops->prove(self, &m->run, m->text, &wrong) && !note_wrong(&intake->fates[i], &wrong)) {
			*err = wrong;
			return false;
		}
	}
	return true;
}

void intake_check(struct intake *intake, const struct run_event *event) {
	struct run **runs = xcalloc(intake->count + 1, sizeof *runs);
	size_t count = 0;
	for (size_t i = 0; i < intake->count; i++) {
		struct message_run *m = &intake->runs[i];
		struct err ignored; /* taking the run will say it again */
		if (m->follows && i > 0 && intake->runs[i - 1].run.hashes != NULL) {
			m->run.before = intake->runs[i - 1].run.hashes[intake->runs[i - 1].run.count - 1];
		} else if (m->follows) {
			continue;
		}
		if (run_hash(&m->run, event, &ignored)) {
			runs[count++] = &m->run;
		}
	}
	run_check_signatures(runs, count);
	free(runs);
}

bool intake_run(struct intake *intake, const struct intake_ops *ops, void *self, struct err *err) {
	if (!take_proofs(intake, ops, self, err)) {
		return false;
	}
	for (size_t i = 0; i < intake->count; i++) {
		struct message_run *m = &intake->runs[i];
		struct run_fate *fate = &intake->fates[i];
		if (m->proof) {
			continue;
		}
		if (m->follows && i > 0) {
			const struct run_fate *last = &intake->fates[i - 1];
			if (last->wrong || last->failed || last->result.outcome == MERGE_GAP || last->result.outcome == MERGE_ERASURE) {
				fate->failed = true;
				continue;
			}
			if (m->run.hashes == NULL) {
				m->run.before = last->result.head;
			}
		}
		struct err wrong = {0};
		if (!ops->merge(self, &m->run, &fate->result, &wrong) && !note_wrong(fate, &wrong)) {
			*err = wrong;
			return false;
		}
	}
	return true;
}
