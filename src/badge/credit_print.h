/* Whom the event thanks, on paper: logos side by side, and below them the sentences and disclaimers that they ask for. */
#ifndef TURNOUT_BADGE_CREDIT_PRINT_H
#define TURNOUT_BADGE_CREDIT_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event/credit.h"
#include "paper/canvas.h"
#include "paper/picture.h"

struct credit_prints { /* a zeroed one is empty; for credit_prints_fini */
	struct credits credits;
	struct picture *pictures[CREDITS_MAX]; /* one for each; NULL: they brought none, or it is not here yet */
	char language[8];                      /* of the paper */
};
void credit_prints_fini(struct credit_prints *prints);

enum credit_said { SAID_NOTHING, SAID_SENTENCES, SAID_ALL };

/* What has no room is told, never squeezed in. */
struct credit_left {
	bool logos[CREDITS_MAX]; /* by the credits' numbers */
	bool names, sentences, disclaimers;
};

struct credit_strip { /* set once, drawn on every badge */
	struct mm_rect box;
	struct {
		size_t credit;
		struct mm_rect at;
	} logos[CREDITS_MAX];
	size_t count;
	struct text_spec text;
	char *words; /* owned; of `text` */
	struct mm_point text_at;
	struct credit_left left;
};

/* Finds room in the box for as much as there can be: for logos first, then for sentences, then for disclaimers, whose letters are never smaller than
 * CREDIT_EM_MIN. For credit_strip_fini. */
#define CREDIT_EM_MAX 2.0 /* mm */
#define CREDIT_EM_MIN 1.5
void credit_strip_set(struct credit_strip *strip, struct canvas *c, const struct credit_prints *prints, struct mm_rect box);
void credit_strip_fini(struct credit_strip *strip);
/* `by`: the top left corner of the badge or page that the box counts from. */
void credit_strip_draw(const struct credit_strip *strip, struct canvas *c, const struct credit_prints *prints, struct mm_point by,
		       uint32_t ink);

#endif
