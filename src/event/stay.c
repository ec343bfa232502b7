#include "event/stay.h"

#include <stdlib.h>

static const char *const WORDS[] = {[STAY_LEFT] = "left", [STAY_BY_RULE] = "rule", [STAY_GOES_ON] = "on"};

const char *stay_end_word(enum stay_end end) { return WORDS[end]; }

/* Who comes and goes in one moment came first. */
static int by_time(const void *a, const void *b) {
	const struct stay_move *one = a, *other = b;
	if (one->utc.v != other->utc.v) {
		return one->utc.v < other->utc.v ? -1 : 1;
	}
	return (int)other->in - (int)one->in;
}

static void add(struct stay *out, const struct stay_span *span, struct utc_ms from, struct utc_ms to) {
	int64_t first = from.v > span->from.v ? from.v : span->from.v, last = to.v < span->until.v ? to.v : span->until.v;
	out->present_ms += last > first ? last - first : 0;
	out->last = to;
}

static void end_by_rule(struct stay *out, const struct stay_span *span, struct utc_ms since, struct utc_ms now) {
	struct utc_ms end = since.v > span->rule.v ? since : span->rule;
	bool on = clock_is_set(now) && now.v < end.v;
	out->end = on ? STAY_GOES_ON : STAY_BY_RULE;
	add(out, span, since, on && now.v > since.v ? now : on ? since : end);
}

bool stay_count(struct stay_move *moves, size_t count, const struct stay_span *span, struct utc_ms now, struct stay *out) {
	struct utc_ms since = {0};
	bool in = false;
	*out = (struct stay){.end = STAY_LEFT};
	if (count > 1) {
		qsort(moves, count, sizeof *moves, by_time);
	}
	for (size_t i = 0; i < count; i++) {
		const struct stay_move *m = &moves[i];
		if (m->in && !in) {
			in = true;
			since = m->utc;
			out->first = out->times++ == 0 ? m->utc : out->first;
			out->approximate = out->approximate || m->approximate;
		} else if (!m->in && in && m->utc.v <= span->late.v) {
			in = false;
			out->end = STAY_LEFT;
			out->approximate = out->approximate || m->approximate;
			add(out, span, since, m->utc);
		}
	}
	if (in) {
		end_by_rule(out, span, since, now);
	}
	return out->times > 0;
}
