#include "sync/held.h"

#include "base/str.h"

void held_fini(struct held *held) {
	for (int i = 0; i < HELD_SIDES; i++) {
		mapstr_fini(&held->logs[i]);
	}
}

bool held_any(const struct held *held) { return held->logs[HELD_THERE].count + held->logs[HELD_HERE].count != 0; }

void held_put(struct held *held, enum held_side side, const struct hash *log, struct mono_ms until) {
	char hex[2 * HASH_LEN + 1];
	bool made;
	if (held->logs[side].count >= HELD_LOGS_MAX) {
		return;
	}
	if (!held_any(held)) {
		held->until.v = clock_mono().v + HELD_MOST_MS;
	}
	until.v = until.v < held->until.v ? until.v : held->until.v;
	str_hex(log->b, HASH_LEN, hex);
	*mapstr_place(&held->logs[side], hex, &made) = until.v;
}

struct mono_ms held_first(const struct held *held, struct mono_ms now) {
	struct mono_ms first = held->until;
	for (int side = 0; side < HELD_SIDES; side++) {
		size_t cursor = 0;
		for (const char *log = mapstr_next(&held->logs[side], &cursor); log != NULL;
		     log = mapstr_next(&held->logs[side], &cursor)) {
			int64_t until = *mapstr_find(&held->logs[side], log);
			first.v = until > now.v && until < first.v ? until : first.v;
		}
	}
	return first;
}

bool held_is(const struct held *held, enum held_side side, const struct hash *log, struct mono_ms now) {
	char hex[2 * HASH_LEN + 1];
	if (held->logs[side].count == 0) {
		return false;
	}
	str_hex(log->b, HASH_LEN, hex);
	const int64_t *until = mapstr_find(&held->logs[side], hex);
	return until != NULL && now.v < *until;
}

bool held_forget(struct held *held, struct mono_ms now) {
	if (now.v < held->until.v) {
		return false;
	}
	held_fini(held);
	held->tried = false;
	return true;
}

bool held_try(struct held *held) {
	if (held->tried || !held_any(held)) {
		return false;
	}
	held_fini(held);
	held->tried = true;
	return true;
}
