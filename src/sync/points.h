/* Points: records that a peer said that it holds, beside the chains that are held here. */
#ifndef TURNOUT_SYNC_POINTS_H
#define TURNOUT_SYNC_POINTS_H

#include "sync/offer.h"

/* *placed: one of our chains holds that very record, so the peer has nothing up to there that is missing here. Seq 0 is the empty log. */
bool points_place(const struct replica *replica, const struct log_view *view, const struct head *point, bool *placed,
		  struct err *err) TURNOUT_MUST_CHECK;
/* *held: likewise, and signed here, too. A copy that was made of a file in use holds records whose signature came later: that is asked for like a
 * record. */
bool points_hold_signed(const struct replica *replica, const struct log_view *view, const struct head *point, bool *held,
			struct err *err) TURNOUT_MUST_CHECK;

/* Adds one more point to a sorted list (heads_sort). Those below it on one chain of ours say nothing more and go; what lies on other chains, or on none
 * of ours, stays. Of one log only some hundred are remembered. */
bool points_add(const struct replica *replica, struct heads *points, const struct head *point, struct err *err) TURNOUT_MUST_CHECK;

#endif
