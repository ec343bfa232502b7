#include "scan/track/debounce.h"

bool debounce_pass(struct debounce *d, const void *payload, size_t len, int64_t now_ms) {
	struct hash code = crypto_sha256(payload, len);
	size_t place = 0;
	for (size_t i = 0; i < DEBOUNCE_CODES; i++) {
		if (d->recent[i].used && crypto_hash_eq(&d->recent[i].code, &code)) {
			bool pass = now_ms - d->recent[i].seen_ms >= DEBOUNCE_MS;
			/* Each sighting puts off the end of the pause: a code that stays in view never passes again. */
			d->recent[i].seen_ms = now_ms;
			return pass;
		}
		/* A new code goes into a free place, else into that of the one seen longest ago. */
		if (d->recent[place].used && (!d->recent[i].used || d->recent[i].seen_ms < d->recent[place].seen_ms)) {
			place = i;
		}
	}
	d->recent[place].code = code;
	d->recent[place].seen_ms = now_ms;
	d->recent[place].used = true;
	return true;
}

void debounce_reset(struct debounce *d) { *d = (struct debounce){0}; }
