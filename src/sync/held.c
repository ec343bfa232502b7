#include "sync/held.h"

#include "base/str.h"

void held_fini(struct held *held) {
	for (int i = 0; i < HELD_SIDES; i++) {
		mapstr_fini(&held->logs[i]);
	}
}

void held_put(struct held *held, enum held_side side, const struct hash *log, struct mono_ms until) {
	char hex[2 * HASH_LEN + 1];
	bool made;
	int64_t most = clock_mono().v + HELD_MOST_MS;
	int64_t at = until.v < most ? until.v : most;
	str_hex(log->b, HASH_LEN, hex);
	*mapstr_place(&held->logs[side], hex, &made) = at;
	held->until.v = at > held->until.v ? at : held->until.v;
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

void held_forget(struct held *held, struct mono_ms now) {
	if (now.v >= held->until.v) {
		held_fini(held);
		held->tried = false;
	}
}

bool held_try(struct held *held) {
	if (held->tried || held->logs[HELD_THERE].count + held->logs[HELD_HERE].count == 0) {
		return false;
	}
	held_fini(held);
	held->tried = true;
	return true;
}
