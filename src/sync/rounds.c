#include "sync/rounds.h"

bool rounds_due(const struct rounds *r, int64_t now_ms) { return now_ms >= r->due_ms; }

/* Before the first success and after every failure it is not known what the peer holds, so the round asks for that too. */
bool rounds_whole(const struct rounds *r, int64_t now_ms) { return !r->backoff.line_up || now_ms >= r->whole_ms; }

/* Something new is here. A peer that does not answer is left to its back-off: pokes come with every check-in. */
void rounds_poke(struct rounds *r, int64_t now_ms) {
	if (r->backoff.line_up && now_ms + ROUNDS_GATHER_MS < r->due_ms) {
		r->due_ms = now_ms + ROUNDS_GATHER_MS;
	}
}

void rounds_hurry(struct rounds *r, int64_t now_ms) { r->due_ms = r->whole_ms = now_ms; }

void rounds_done(struct rounds *r, const struct round_pace *pace, bool whole, int64_t now_ms) {
	backoff_reset(&r->backoff);
	if (whole) {
		r->whole_ms = now_ms + pace->every_ms;
	}
	r->due_ms = r->whole_ms;
}

void rounds_failed(struct rounds *r, const struct round_pace *pace, const struct round_failure *failure) {
	int64_t wait = backoff_fail(&r->backoff, failure->random, failure->retry_after_s);
	bool longer = pace->wait_most_ms != 0 && wait > pace->wait_most_ms;
	r->due_ms = failure->now_ms + (longer ? pace->wait_most_ms : wait);
}
