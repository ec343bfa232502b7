/* What comes from keyboards through SDL, parted: a hand scanner's codes, and what people type. What may be either is held back until it is known, some
 * fifty milliseconds (scan/hand/wedge.h). */
#ifndef TURNOUT_KIOSK_TYPING_H
#define TURNOUT_KIOSK_TYPING_H

#include "base/strbuf.h"
#include "scan/hand/wedge.h"

struct typing { /* with these set and else zeroed it is ready; for typing_fini */
	const struct framing *framing;
	void (*code)(void *context, const char *text, size_t n);
	void (*text)(void *context, const char *text, size_t n); /* ends with a NUL behind n */
	void *context;
	struct wedge wedge;
	struct strbuf held;
};

/* True when it was the last key of a code: then it means nothing else. */
bool typing_key(struct typing *t, const struct wedge_key *key);
void typing_text(struct typing *t, const char *text, int64_t now_ms);
/* Time passes: what was held and is no scanner's is typed. To be called before typing_deadline's time at the latest. */
void typing_pass(struct typing *t, int64_t now_ms);
/* When something that is held has to be decided; INT64_MAX: nothing is. */
int64_t typing_deadline(const struct typing *t, int64_t now_ms);
void typing_fini(struct typing *t);

#endif
