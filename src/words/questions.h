/* What the form for people without a badge asks, in people's words, for the keys that every event may have (event/form.h); an organiser's own fields bring theirs. */
#ifndef TURNOUT_WORDS_QUESTIONS_H
#define TURNOUT_WORDS_QUESTIONS_H

#include "words/words.h"

/* "name": Your given and family name. NULL: of a key that is not known here. */
const char *words_question(const struct tongue *tongue, const char *key);
/* What one agrees to by "consent:processing" and others. NULL: that is the organiser's to say. */
const char *words_consent(const struct tongue *tongue, const char *key);

/* On the button of a choice that is ours, by the form's key and as it is kept ("sex", "f"): Female. NULL: it is the organiser's. */
const char *words_choice(const struct tongue *tongue, const char *key, const char *choice);

#endif
