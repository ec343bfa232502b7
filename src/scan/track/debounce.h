/* Lets a code through once, not for every frame in which it is seen. Pure.
 *
 * A code passes when it was not seen for DEBOUNCE_MS: while it stays in view, and for 5 s after it left, it is ignored. Another code passes
 * at once; the last DEBOUNCE_CODES are remembered, so two badges in view do not take turns. */
#ifndef TURNOUT_SCAN_TRACK_DEBOUNCE_H
#define TURNOUT_SCAN_TRACK_DEBOUNCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/crypto.h"

#define DEBOUNCE_MS 5000
#define DEBOUNCE_CODES 16

struct debounce { /* a zeroed struct has seen nothing */
	struct {
		struct hash code; /* SHA-256 of the payload */
		int64_t seen_ms;
		bool used;
	} recent[DEBOUNCE_CODES];
};

/* To be called for every sighting, with a clock that does not go back. True when it is to be acted on. */
bool debounce_pass(struct debounce *d, const void *payload, size_t len, int64_t now_ms);

/* Forgets everything: another event, another source. */
void debounce_reset(struct debounce *d);

#endif
